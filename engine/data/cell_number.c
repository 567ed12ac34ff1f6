// SPDX-License-Identifier: MIT
#include "engine/data/cell_inside.h"

#include <string.h>

enum { DIGITS_MAX = 100 };

static const int64_t whole_max = INT64_C(1) << 53;

// What is left of the text while signs and currency are taken off its ends.
struct rest {
    const char *at, *end;
    int minus;    // how often a minus was written, in whichever way
    int currency; // how many currency signs
};

static bool take_front(struct rest *rest, const char *mark)
{
    size_t length = strlen(mark);
    if ((size_t)(rest->end - rest->at) < length || memcmp(rest->at, mark, length) != 0)
        return false;
    rest->at += length;
    while (rest->at < rest->end && *rest->at == ' ')
        rest->at++;
    return true;
}

static bool take_back(struct rest *rest, const char *mark)
{
    size_t length = strlen(mark);
    if ((size_t)(rest->end - rest->at) < length || memcmp(rest->end - length, mark, length) != 0)
        return false;
    rest->end -= length;
    while (rest->at < rest->end && rest->end[-1] == ' ')
        rest->end--;
    return true;
}

static bool take_parentheses(struct rest *rest)
{
    if (rest->end - rest->at < 3 || *rest->at != '(' || rest->end[-1] != ')')
        return false;
    return take_front(rest, "(") && take_back(rest, ")");
}

static void strip_signs(struct rest *rest)
{
    if (take_front(rest, "+"))
        return;
    for (bool more = true; more;) {
        more = take_front(rest, "-") || take_parentheses(rest) || take_back(rest, "-");
        rest->minus += more;
        if (take_front(rest, "¥") || take_front(rest, "￥") || take_front(rest, "$") ||
            take_front(rest, "€") || take_back(rest, "元")) {
            rest->currency++;
            more = true;
        }
    }
}

static int fail_at(const struct reading *reading, const char *at, const char *end, char decimal)
{
    if (*at == decimal)
        return reading_fail(reading, REASON_TWO_POINTS);
    if ((*at == 'e' || *at == 'E') && end - at > 1)
        return reading_fail(reading, REASON_EXPONENT);
    if (*at == '%')
        return reading_fail(reading, REASON_PERCENT_SIGN);
    int size = 1;
    while (at + size < end && ((unsigned char)at[size] & 0xC0) == 0x80)
        size++;
    return reading_fail_with(reading, REASON_NOT_A_NUMBER, "%.*s", size, at);
}

// Groups of digits: without a declared separator they must be what thousands look like.
struct groups {
    int count;  // separators so far
    int digits; // since the last one
    bool leading_zero;
};

static int end_group(const struct reading *reading, const struct groups *groups, char group,
                     bool last)
{
    if (groups->count == 0 && last)
        return 0;
    if (groups->digits == 0)
        return reading_fail_with(reading, REASON_GROUP_WITHOUT_DIGITS, "%c", group);
    if (reading->format->group)
        return 0;
    bool first = groups->count == 0;
    if (first && !groups->leading_zero && groups->digits <= 3)
        return 0;
    if (!first && groups->digits == 3)
        return 0;
    return reading_fail_with(reading, REASON_GROUP_NOT_OF_THREE, "%c", group);
}

// A number as decimal_parse reads it.
struct plain {
    char text[DIGITS_MAX];
    size_t used, digits, places; // places: digits after the point
};

static int copy_digits(const struct reading *reading, const struct rest *rest, struct plain *plain)
{
    char decimal = reading->format->decimal ? reading->format->decimal : '.';
    char group = reading->format->group ? reading->format->group : decimal == ',' ? '.' : ',';
    struct groups groups = {0};
    bool point = false;
    if ((size_t)(rest->end - rest->at) > DIGITS_MAX - 2)
        return reading_fail(reading, REASON_NUMBER_TOO_LONG);
    for (const char *at = rest->at; at < rest->end; at++) {
        if (*at >= '0' && *at <= '9') {
            groups.leading_zero =
                groups.leading_zero || (groups.digits == 0 && groups.count == 0 && *at == '0');
            groups.digits++;
            plain->digits++;
            plain->places += point;
            plain->text[plain->used++] = *at;
        } else if (*at == decimal && !point) {
            if (end_group(reading, &groups, group, true) != 0)
                return -1;
            point = true;
            plain->text[plain->used++] = '.';
        } else if (*at == group && !point) {
            if (end_group(reading, &groups, group, false) != 0)
                return -1;
            groups.count++;
            groups.digits = 0;
        } else if (*at == group) {
            return reading_fail_with(reading, REASON_GROUP_AFTER_DECIMAL, "%c" REASON_AND "%c",
                                     group, decimal);
        } else {
            return fail_at(reading, at, rest->end, decimal);
        }
    }
    return point ? 0 : end_group(reading, &groups, group, true);
}

static int set_number(const struct reading *reading, struct decimal number)
{
    struct cell_value *value = reading->value;
    if (reading->field->type != TYPE_INT) {
        *value = (struct cell_value){.is = CELL_IS_NUMBER, .number = number};
        return 0;
    }
    if (number.scale > 0)
        return reading_fail(reading, REASON_NOT_WHOLE);
    if (number.coefficient > whole_max || number.coefficient < -whole_max)
        return reading_fail(reading, REASON_WHOLE_TOO_LARGE);
    *value = (struct cell_value){.is = CELL_IS_WORD, .word = number.coefficient};
    return 0;
}

int cell_read_number(const struct reading *reading, const char *text, size_t length)
{
    struct rest rest = {.at = text, .end = text + length};
    strip_signs(&rest);
    if (rest.minus > 1)
        return reading_fail(reading, REASON_TWO_MINUS_SIGNS);
    if (rest.currency > 1)
        return reading_fail(reading, REASON_TWO_CURRENCY_SIGNS);
    struct plain plain = {0};
    if (rest.minus)
        plain.text[plain.used++] = '-';
    if (copy_digits(reading, &rest, &plain) != 0)
        return -1;
    if (plain.digits == 0)
        return reading_fail(reading, REASON_NO_DIGITS);
    for (; plain.places > 0 && plain.text[plain.used - 1] == '0'; plain.places--)
        plain.used--;
    if (plain.places > CELL_SCALE_MAX)
        return reading_fail_with(reading, REASON_TOO_MANY_PLACES, "%d", CELL_SCALE_MAX);
    struct decimal number;
    if (decimal_parse(plain.text, plain.used, &number) != 0)
        return reading_fail(reading, REASON_NUMBER_TOO_LARGE);
    if (reading->format->negate &&
        __builtin_sub_overflow(0, number.coefficient, &number.coefficient))
        return reading_fail(reading, REASON_NUMBER_TOO_LARGE);
    return set_number(reading, number);
}
