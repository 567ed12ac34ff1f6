// SPDX-License-Identifier: MIT
// A decimal number: coefficient × 10^-scale. Every operation is exact or fails; only decimal_round
// and decimal_divide round, with a named mode. Amounts never pass through binary floating point.
#ifndef VOUCH_DECIMAL_H
#define VOUCH_DECIMAL_H

#include <stddef.h>
#include <stdint.h>

enum { DECIMAL_SCALE_MAX = 18, DECIMAL_TEXT_MAX = 48 };

// Normalised: no trailing zero in the coefficient while scale > 0; zero has scale 0. Functions
// accept any value with 0 <= scale <= DECIMAL_SCALE_MAX and return normalised ones, so equal is
// identical.
struct decimal {
    int64_t coefficient;
    int scale;
};

enum rounding { ROUND_HALF_UP, ROUND_HALF_EVEN, ROUND_UP, ROUND_DOWN, ROUND_CEILING, ROUND_FLOOR };

struct decimal decimal_from_int(int64_t value);
struct decimal decimal_normalise(struct decimal value);

// Reads "-1234.50": optional sign, ASCII digits, at most one point, at least one digit. 0, or -1
// when the text is no such number or needs more than 64 bits or DECIMAL_SCALE_MAX places.
int decimal_parse(const char *text, size_t length, struct decimal *result);

// Writes the shortest exact text with at least `places` decimal places; returns its length.
int decimal_format(struct decimal value, int places, char text[DECIMAL_TEXT_MAX]);

// 0, or -1 when the exact result needs more than 64 bits or DECIMAL_SCALE_MAX places.
int decimal_add(struct decimal a, struct decimal b, struct decimal *result);
int decimal_subtract(struct decimal a, struct decimal b, struct decimal *result);
int decimal_multiply(struct decimal a, struct decimal b, struct decimal *result);

// a / b rounded to `scale` places. -1 for b = 0, a scale outside 0..DECIMAL_SCALE_MAX, or overflow.
int decimal_divide(struct decimal a, struct decimal b, int scale, enum rounding mode,
                   struct decimal *result);
int decimal_round(struct decimal value, int scale, enum rounding mode, struct decimal *result);

// The coefficient of `value` at exactly `scale` places; -1 when digits would be lost or it
// overflows.
int decimal_at_scale(struct decimal value, int scale, int64_t *coefficient);

// 10^exponent, for 0 <= exponent <= DECIMAL_SCALE_MAX.
int64_t decimal_power(int exponent);

// Negative, zero or positive, by value; never fails.
int decimal_compare(struct decimal a, struct decimal b);

// "half_up", "half_even", "up", "down", "ceiling", "floor"; -1 for another name.
int rounding_from_name(const char *name, enum rounding *mode);
const char *rounding_name(enum rounding mode);

#endif
