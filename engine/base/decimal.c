// SPDX-License-Identifier: MIT
// Operands have 64 bits, operations work in 128, which no sum, product or comparison of two such
// numbers overflows. narrow brings a result back and drops trailing zeros; what then does not fit
// is an error, never rounded quietly.
#include "engine/base/decimal.h"

#include <stdbool.h>
#include <string.h>

typedef __int128 wide;

static const int64_t power[DECIMAL_SCALE_MAX + 1] = {
    1LL,
    10LL,
    100LL,
    1000LL,
    10000LL,
    100000LL,
    1000000LL,
    10000000LL,
    100000000LL,
    1000000000LL,
    10000000000LL,
    100000000000LL,
    1000000000000LL,
    10000000000000LL,
    100000000000000LL,
    1000000000000000LL,
    10000000000000000LL,
    100000000000000000LL,
    1000000000000000000LL,
};

int64_t decimal_power(int exponent)
{
    return power[exponent];
}

struct decimal decimal_from_int(int64_t value)
{
    return (struct decimal){value, 0};
}

struct decimal decimal_normalise(struct decimal value)
{
    if (value.coefficient == 0)
        return (struct decimal){0, 0};
    while (value.scale > 0 && value.coefficient % 10 == 0) {
        value.coefficient /= 10;
        value.scale--;
    }
    return value;
}

// Brings a wide result back to 64 bits, dropping trailing zeros where that helps.
static int narrow(wide coefficient, int scale, struct decimal *result)
{
    while (scale > 0 && coefficient % 10 == 0) {
        coefficient /= 10;
        scale--;
    }
    if (scale > DECIMAL_SCALE_MAX || coefficient > INT64_MAX || coefficient < INT64_MIN)
        return -1;
    if (coefficient == 0)
        scale = 0;
    *result = (struct decimal){(int64_t)coefficient, scale};
    return 0;
}

int decimal_parse(const char *text, size_t length, struct decimal *result)
{
    size_t at = 0;
    bool negative = false;
    if (at < length && (text[at] == '-' || text[at] == '+'))
        negative = text[at++] == '-';
    wide coefficient = 0;
    int scale = 0;
    bool point = false, digit = false;
    int pending = 0; // zeros after the point that count only if another digit follows
    for (; at < length; at++) {
        char c = text[at];
        if (c == '.' && !point) {
            point = true;
            continue;
        }
        if (c < '0' || c > '9')
            return -1;
        digit = true;
        if (point && c == '0') {
            pending++;
            continue;
        }
        int steps = point ? pending + 1 : 1;
        if (scale + (point ? steps : 0) > DECIMAL_SCALE_MAX)
            return -1;
        for (int step = 0; step < steps; step++) {
            coefficient *= 10;
            if (coefficient > (wide)INT64_MAX + 1)
                return -1;
        }
        coefficient += c - '0';
        if (point)
            scale += steps;
        pending = 0;
    }
    if (!digit)
        return -1;
    return narrow(negative ? -coefficient : coefficient, scale, result);
}

int decimal_format(struct decimal value, int places, char text[DECIMAL_TEXT_MAX])
{
    value = decimal_normalise(value);
    if (places > DECIMAL_SCALE_MAX)
        places = DECIMAL_SCALE_MAX;
    char reversed[DECIMAL_TEXT_MAX];
    int count = 0;
    // Negating in unsigned arithmetic is defined for INT64_MIN too.
    uint64_t rest =
        value.coefficient < 0 ? 0 - (uint64_t)value.coefficient : (uint64_t)value.coefficient;
    for (int place = places; place > value.scale; place--)
        reversed[count++] = '0';
    for (int place = 0; rest || place <= value.scale; place++) {
        if (place == value.scale && (value.scale > 0 || places > 0))
            reversed[count++] = '.';
        reversed[count++] = (char)('0' + rest % 10);
        rest /= 10;
    }
    if (value.coefficient < 0)
        reversed[count++] = '-';
    for (int i = 0; i < count; i++)
        text[i] = reversed[count - 1 - i];
    text[count] = '\0';
    return count;
}

static void align(struct decimal a, struct decimal b, wide *x, wide *y, int *scale)
{
    *scale = a.scale > b.scale ? a.scale : b.scale;
    *x = (wide)a.coefficient * power[*scale - a.scale];
    *y = (wide)b.coefficient * power[*scale - b.scale];
}

int decimal_add(struct decimal a, struct decimal b, struct decimal *result)
{
    wide x, y;
    int scale;
    align(a, b, &x, &y, &scale);
    return narrow(x + y, scale, result);
}

int decimal_subtract(struct decimal a, struct decimal b, struct decimal *result)
{
    wide x, y;
    int scale;
    align(a, b, &x, &y, &scale);
    return narrow(x - y, scale, result);
}

int decimal_multiply(struct decimal a, struct decimal b, struct decimal *result)
{
    return narrow((wide)a.coefficient * b.coefficient, a.scale + b.scale, result);
}

int decimal_compare(struct decimal a, struct decimal b)
{
    wide x, y;
    int scale;
    align(a, b, &x, &y, &scale);
    return (x > y) - (x < y);
}

// The quotient rounded by what is left of the numerator; denominator > 0, `rest` has the
// numerator's sign.
static wide round_quotient(wide quotient, wide rest, wide denominator, int sign, enum rounding mode)
{
    if (rest == 0)
        return quotient;
    wide left = rest < 0 ? -rest : rest;
    bool away = false; // from zero
    switch (mode) {
    case ROUND_HALF_UP:
        away = left >= denominator - left;
        break;
    case ROUND_HALF_EVEN:
        away = left > denominator - left || (left == denominator - left && quotient % 2 != 0);
        break;
    case ROUND_UP:
        away = true;
        break;
    case ROUND_DOWN:
        break;
    case ROUND_CEILING:
        away = sign > 0;
        break;
    case ROUND_FLOOR:
        away = sign < 0;
        break;
    }
    return away ? quotient + sign : quotient;
}

int decimal_divide(struct decimal a, struct decimal b, int scale, enum rounding mode,
                   struct decimal *result)
{
    if (b.coefficient == 0 || scale < 0 || scale > DECIMAL_SCALE_MAX)
        return -1;
    a = decimal_normalise(a);
    b = decimal_normalise(b);
    wide numerator = a.coefficient, denominator = b.coefficient;
    if (denominator < 0) {
        numerator = -numerator;
        denominator = -denominator;
    }
    int sign = numerator < 0 ? -1 : 1;
    // a/b = (A / B) × 10^(b.scale - a.scale); wanted at 10^-scale.
    int shift = scale + b.scale - a.scale;
    for (; shift < 0; shift++)
        if (__builtin_mul_overflow(denominator, (wide)10, &denominator))
            return -1;
    wide quotient = numerator / denominator, rest = numerator % denominator;
    // One digit at a time, as on paper: only a quotient too long overflows, never what leads to it.
    for (; shift > 0; shift--) {
        rest *= 10;
        if (__builtin_mul_overflow(quotient, (wide)10, &quotient) ||
            __builtin_add_overflow(quotient, rest / denominator, &quotient))
            return -1;
        rest %= denominator;
    }
    return narrow(round_quotient(quotient, rest, denominator, sign, mode), scale, result);
}

int decimal_round(struct decimal value, int scale, enum rounding mode, struct decimal *result)
{
    return decimal_divide(value, decimal_from_int(1), scale, mode, result);
}

int decimal_at_scale(struct decimal value, int scale, int64_t *coefficient)
{
    value = decimal_normalise(value);
    if (scale < value.scale || scale > DECIMAL_SCALE_MAX)
        return -1;
    wide moved = (wide)value.coefficient * power[scale - value.scale];
    if (moved > INT64_MAX || moved < INT64_MIN)
        return -1;
    *coefficient = (int64_t)moved;
    return 0;
}

static const char *const rounding_names[] = {"half_up", "half_even", "up",
                                             "down",    "ceiling",   "floor"};
_Static_assert(sizeof rounding_names / sizeof *rounding_names == ROUND_FLOOR + 1,
               "a name for each mode");

int rounding_from_name(const char *name, enum rounding *mode)
{
    for (int i = 0; i <= ROUND_FLOOR; i++)
        if (strcmp(name, rounding_names[i]) == 0) {
            *mode = (enum rounding)i;
            return 0;
        }
    return -1;
}

const char *rounding_name(enum rounding mode)
{
    return rounding_names[mode];
}
