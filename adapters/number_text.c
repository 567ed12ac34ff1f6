// SPDX-License-Identifier: MIT
#include "adapters/number_text.h"

#include <string.h>

enum { DIGITS = 15, DIGITS_KEPT = 40, EXPONENT_MAX = 400 };

// 0.d1d2d3... times ten to the power of `point`, without zeros at either end.
struct digits {
    char at[DIGITS_KEPT + 1];
    int count, point;
    bool negative;
};

static bool is_digit(const char *at, const char *end)
{
    return at < end && *at >= '0' && *at <= '9';
}

// The exponent behind "E"; false when there is none.
static bool take_exponent(const char **at, const char *end, int *exponent)
{
    bool negative = *at < end && **at == '-';
    if (*at < end && (**at == '-' || **at == '+'))
        (*at)++;
    const char *from = *at;
    for (*exponent = 0; is_digit(*at, end); (*at)++)
        if (*exponent <= EXPONENT_MAX)
            *exponent = *exponent * 10 + (**at - '0');
    if (negative)
        *exponent = -*exponent;
    return *at > from && *exponent <= EXPONENT_MAX && *exponent >= -EXPONENT_MAX;
}

static void drop_zeros(struct digits *digits)
{
    while (digits->count && digits->at[digits->count - 1] == '0')
        digits->count--;
}

static bool read_digits(const char *text, size_t length, struct digits *digits)
{
    const char *at = text, *end = text + length;
    bool any = false, behind = false;
    *digits = (struct digits){.negative = at < end && *at == '-'};
    if (at < end && (*at == '-' || *at == '+'))
        at++;
    for (; is_digit(at, end) || (at < end && *at == '.' && !behind); at++) {
        if (*at == '.') {
            behind = true;
            continue;
        }
        any = true;
        if (digits->count || *at != '0')
            digits->point += !behind;
        else if (behind)
            digits->point--;
        if (digits->count == DIGITS_KEPT || (digits->count == 0 && *at == '0'))
            continue;
        digits->at[digits->count++] = *at;
    }
    int exponent = 0;
    if (any && at < end && (*at == 'e' || *at == 'E')) {
        at++;
        if (!take_exponent(&at, end, &exponent))
            return false;
    }
    digits->point += exponent;
    drop_zeros(digits);
    if (digits->count == 0)
        digits->point = 0;
    return any && at == end;
}

static void round_digits(struct digits *digits)
{
    bool up = digits->at[DIGITS] >= '5';
    digits->count = DIGITS;
    for (int i = DIGITS - 1; up && i >= 0; i--) {
        up = digits->at[i] == '9';
        digits->at[i] = (char)(up ? '0' : digits->at[i] + 1);
    }
    if (up) { // all were nines
        digits->at[0] = '1';
        digits->count = 1;
        digits->point++;
    }
    drop_zeros(digits);
}

// Every whole number up to 2^53 is a binary number of its own.
static bool is_exact(const struct digits *digits)
{
    static const char most[] = "9007199254740992";
    enum { MOST = sizeof most - 1 };
    if (digits->point != MOST || digits->count > MOST)
        return false;
    char all[MOST + 1] = "0000000000000000";
    memcpy(all, digits->at, (size_t)digits->count);
    return memcmp(all, most, MOST) <= 0;
}

static void add_large(const struct digits *digits, struct buffer *out)
{
    buffer_add(out, digits->at, 1);
    if (digits->count > 1) {
        buffer_add_byte(out, '.');
        buffer_add(out, digits->at + 1, (size_t)digits->count - 1);
    }
    buffer_printf(out, "E+%02d", digits->point - 1);
}

static void add_zeros(struct buffer *out, int count)
{
    for (; count > 0; count--)
        buffer_add_byte(out, '0');
}

static void add_plain(const struct digits *digits, struct buffer *out)
{
    int whole = digits->count < digits->point ? digits->count : digits->point;
    if (whole <= 0) {
        buffer_add_text(out, "0");
        whole = 0;
    }
    buffer_add(out, digits->at, (size_t)whole);
    add_zeros(out, digits->point - digits->count);
    if (digits->count <= whole)
        return;
    buffer_add_byte(out, '.');
    add_zeros(out, -digits->point);
    buffer_add(out, digits->at + whole, (size_t)(digits->count - whole));
}

// Most numbers are short, and stand as they are meant.
static bool is_plain(const char *text, size_t length)
{
    size_t digits = 0, points = 0;
    for (size_t i = 0; i < length; i++) {
        digits += text[i] >= '0' && text[i] <= '9';
        points += text[i] == '.' && i > 0 && i + 1 < length;
    }
    return digits > 0 && digits <= DIGITS && points <= 1 && digits + points == length &&
           (length == 1 || *text != '0' || text[1] == '.') &&
           (points == 0 || text[length - 1] != '0');
}

bool number_text_add(const char *text, size_t length, struct buffer *out)
{
    struct digits digits;
    if (is_plain(text, length)) {
        buffer_add(out, text, length);
        return true;
    }
    if (!read_digits(text, length, &digits))
        return false;
    bool exact = is_exact(&digits), large = digits.point > DIGITS && !exact;
    if (digits.count > DIGITS && !exact)
        round_digits(&digits);
    if (digits.negative && digits.count)
        buffer_add_byte(out, '-');
    if (digits.count && large)
        add_large(&digits, out);
    else
        add_plain(&digits, out);
    return true;
}

void number_text_add_percent(const char *text, size_t length, struct buffer *out)
{
    struct digits digits;
    if (!read_digits(text, length, &digits) || digits.point > DIGITS) {
        buffer_add(out, text, length);
        return;
    }
    digits.point += digits.count ? 2 : 0;
    if (digits.negative && digits.count)
        buffer_add_byte(out, '-');
    add_plain(&digits, out);
    buffer_add_byte(out, '%');
}
