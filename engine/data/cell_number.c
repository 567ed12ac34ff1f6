// SPDX-License-Identifier: MIT
// A number as people write it: signs, currency, percent and brackets are taken off both ends, in
// any order, until nothing changes; what is left are digits, groups and at most one decimal mark,
// which are copied into the plain form of decimal_parse. No step goes through a binary fraction.
//
// Two signs, two currencies and groups that are not what thousands look like make no number; nor
// does, in a column that is doubtful, a text that means two ("61.500": with a decimal point, or
// with points between thousands).
#include "engine/base/currency.h"
#include "engine/data/cell_inside.h"

#include <string.h>

enum { DIGITS_MAX = 100 };

static const int64_t whole_max = INT64_C(1) << 53;

// What is left of the text while signs and currency are taken off its ends.
struct rest {
    const char *at, *end;
    int minus;    // how often a minus was written, in whichever way
    int currency; // how many currency signs
    uint16_t mark;
    bool plus, percent;
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

// Takes a currency's mark or code off either end; false when there is none, or there was one.
static bool take_currency(struct rest *rest, bool *again)
{
    size_t size = 0;
    size_t left = (size_t)(rest->end - rest->at);
    uint16_t mark = currency_mark_front(rest->at, left, &size);
    if (mark) {
        rest->at += size;
    } else {
        mark = currency_mark_back(rest->at, left, &size);
        rest->end -= size;
    }
    if (!mark)
        return false;
    while (rest->at < rest->end && *rest->at == ' ')
        rest->at++;
    while (rest->at < rest->end && rest->end[-1] == ' ')
        rest->end--;
    *again = rest->mark != 0;
    rest->mark = mark;
    return true;
}

static void strip_signs(struct rest *rest)
{
    for (bool more = true, again = false; more; again = false) {
        more = take_front(rest, "-") || take_parentheses(rest) || take_back(rest, "-");
        rest->minus += more;
        if (!more && !rest->plus)
            more = rest->plus = take_front(rest, "+");
        if (take_currency(rest, &again)) {
            rest->currency += 1 + again;
            more = true;
        }
        if (!more && !rest->percent)
            more = rest->percent = take_back(rest, "%");
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

// "61.500" and "12,345": one number with a decimal point, another with a decimal comma.
static bool means_two_numbers(const struct rest *rest)
{
    const char *mark = NULL;
    for (const char *at = rest->at; at < rest->end; at++) {
        if (*at >= '0' && *at <= '9')
            continue;
        if (mark || (*at != '.' && *at != ','))
            return false;
        mark = at;
    }
    return mark && rest->end - mark == 4 && mark > rest->at && mark - rest->at <= 3 &&
           *rest->at != '0';
}

// Rounds the written number, however long it is.
static void round_plain(struct plain *plain, int places, enum rounding rounding)
{
    bool negative = plain->text[0] == '-', up = false, rest = false;
    if (plain->places <= (size_t)places)
        return;
    size_t kept = plain->used - (plain->places - (size_t)places);
    char first = plain->text[kept];
    for (size_t i = kept + 1; i < plain->used; i++)
        rest = rest || plain->text[i] != '0';
    size_t last = kept - 1;
    if (plain->text[last] == '.')
        last--;
    bool odd = (plain->text[last] - '0') % 2 == 1, any = first != '0' || rest;
    switch (rounding) {
    case ROUND_HALF_UP:
        up = first >= '5';
        break;
    case ROUND_HALF_EVEN:
        up = first > '5' || (first == '5' && (rest || odd));
        break;
    case ROUND_UP:
        up = any;
        break;
    case ROUND_DOWN:
        break;
    case ROUND_CEILING:
        up = any && !negative;
        break;
    case ROUND_FLOOR:
        up = any && negative;
        break;
    }
    plain->used = places ? kept : kept - 1;
    plain->places = (size_t)places;
    size_t digit = plain->used;
    while (up && digit > negative) {
        char *at = &plain->text[--digit];
        if (*at == '.')
            continue;
        up = *at == '9';
        *at = up ? '0' : (char)(*at + 1);
    }
    if (!up || plain->used + 1 >= DIGITS_MAX)
        return;
    memmove(plain->text + negative + 1, plain->text + negative, plain->used - negative);
    plain->text[negative] = '1';
    plain->used++;
}

static int copy_digits(const struct reading *reading, const struct rest *rest, struct plain *plain)
{
    char decimal = reading->format->decimal ? reading->format->decimal : '.';
    char group = reading->format->group ? reading->format->group : decimal == ',' ? '.' : ',';
    bool doubtful = reading->format->doubtful && means_two_numbers(rest);
    if (doubtful)
        return reading_fail(reading, REASON_TWO_NUMBERS);
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

// "13 %" is 0.13, or 13 in a field that holds percent.
static int divide_percent(const struct reading *reading, struct decimal *number)
{
    const char *name = reading->field->name;
    size_t length = name ? strlen(name) : 0;
    if (reading->field->type != TYPE_DECIMAL)
        return reading_fail(reading, REASON_PERCENT_SIGN);
    if (length > 4 && strcmp(name + length - 4, "_pct") == 0)
        return 0;
    number->scale += 2;
    *number = decimal_normalise(*number);
    if (reading->format->rounded &&
        decimal_round(*number, reading->format->places, reading->format->rounding, number) != 0)
        return reading_fail(reading, REASON_NUMBER_TOO_LARGE);
    return number->scale > CELL_SCALE_MAX
               ? reading_fail_with(reading, REASON_TOO_MANY_PLACES, "%d", CELL_SCALE_MAX)
               : 0;
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
    if (reading->format->rounded && !rest.percent)
        round_plain(&plain, reading->format->places, reading->format->rounding);
    for (; plain.places > 0 && plain.text[plain.used - 1] == '0'; plain.places--)
        plain.used--;
    if (plain.places > CELL_SCALE_MAX)
        return reading_fail_with(reading, REASON_TOO_MANY_PLACES, "%d", CELL_SCALE_MAX);
    struct decimal number;
    if (decimal_parse(plain.text, plain.used, &number) != 0)
        return reading_fail(reading, REASON_NUMBER_TOO_LARGE);
    if (rest.percent && divide_percent(reading, &number) != 0)
        return -1;
    if (reading->format->negate &&
        __builtin_sub_overflow(0, number.coefficient, &number.coefficient))
        return reading_fail(reading, REASON_NUMBER_TOO_LARGE);
    if (set_number(reading, number) != 0)
        return -1;
    reading->value->mark = rest.mark;
    return 0;
}
