// SPDX-License-Identifier: MIT
// What reading cells, numbers and dates share.
#ifndef VOUCH_CELL_INSIDE_H
#define VOUCH_CELL_INSIDE_H

#include "engine/base/reason.h"
#include "engine/data/cell.h"

#include <stdbool.h>
#include <stddef.h>

struct reading {
    const struct cell_format *format; // never NULL here
    const struct field *field;
    const struct zone *zone;
    struct cell_value *value;
    struct buffer *reason; // NULL: nobody asks
};

// Set the reason, as reason_set and reason_set_with do, and return -1.
int reading_fail(const struct reading *reading, enum reason code);
int reading_fail_with(const struct reading *reading, enum reason code, const char *values, ...)
    __attribute__((format(printf, 3, 4)));

// Text without blanks at either end, in the widths of ASCII; 0, or -1 with the reason.
int cell_read_number(const struct reading *reading, const char *text, size_t length);
int cell_read_date(const struct reading *reading, const char *text, size_t length);
int cell_read_timestamp(const struct reading *reading, const char *text, size_t length);

// "excel" or "excel1904" (cell.h), and a text that is such a serial.
int cell_read_serial(const struct reading *reading, const char *text, size_t length);

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
