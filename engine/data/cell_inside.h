// SPDX-License-Identifier: MIT
// What reading cells, numbers and dates share.
#ifndef VOUCH_CELL_INSIDE_H
#define VOUCH_CELL_INSIDE_H

#include "engine/data/cell.h"

#include <stdbool.h>
#include <stddef.h>

struct reading {
    const struct cell_format *format; // never NULL here
    const struct field *field;
    const struct zone *zone;
    struct cell_value *value;
    const char **reason;
    char *scratch; // READING_SCRATCH bytes
};
enum { READING_SCRATCH = 256 };

// Sets the reason and returns -1.
int reading_fail(const struct reading *reading, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

// Text without blanks at either end, in the widths of ASCII; 0, or -1 with the reason.
int cell_read_number(const struct reading *reading, const char *text, size_t length);
int cell_read_date(const struct reading *reading, const char *text, size_t length);
int cell_read_timestamp(const struct reading *reading, const char *text, size_t length);

// The reader of the commonest number: "-", digits, a point. false: let cell_read_number look at it.
static inline bool cell_plain_number(const char *text, size_t length, struct decimal *number)
{
    if (length == 0 || length > 18) // up to 18 digits fit in 64 bits
        return false;
    const char *at = text, *end = text + length, *point = NULL;
    bool negative = *at == '-';
    at += negative;
    int64_t coefficient = 0;
    for (; at < end; at++) {
        unsigned digit = (unsigned)(unsigned char)*at - '0';
        if (digit < 10)
            coefficient = coefficient * 10 + digit;
        else if (*at == '.' && !point)
            point = at;
        else
            return false;
    }
    if (length == (size_t)negative + (point != NULL))
        return false; // no digit
    int scale = point ? (int)(end - point) - 1 : 0;
    // Zeros that some systems append ("1.50000000") must not make the column finer; two are left
    // alone, since dividing them away in every amount would cost more than they do.
    for (; scale > 2 && coefficient % 10 == 0; scale--)
        coefficient /= 10;
    if (scale > CELL_SCALE_MAX)
        return false;
    *number = (struct decimal){negative ? -coefficient : coefficient, scale};
    return true;
}

#endif
