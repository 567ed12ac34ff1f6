// SPDX-License-Identifier: MIT
// A cell: one value of a table as a 64-bit word, and how untrusted source text becomes one.
//
// The word means, by type of the field:
//   text       a code of the dictionary at hand       int        the number
//   decimal    coefficient at the column's scale      money      as decimal
//   date       day number (calendar.h)                bool       0 or 1
//   enum       index into the field's values
//   timestamp  microseconds UTC × 2, plus 1 where the source gave a day without a time of day: such
//   a
//              cell stands for the whole day, and rules see a date
#ifndef VOUCH_CELL_H
#define VOUCH_CELL_H

#include "engine/base/buffer.h"
#include "engine/base/calendar.h"
#include "engine/base/decimal.h"
#include "engine/base/dictionary.h"
#include "engine/data/model.h"

#include <stddef.h>
#include <stdint.h>

#define CELL_NULL INT64_MIN
#define CELL_INVALID (INT64_MIN + 1) // the source text could not be read as the field's type

// More places than this make a number invalid: one odd cell may not take away the range of a
// column.
enum { CELL_SCALE_MAX = 8 };

struct value_map {
    char **from; // source texts
    char **to;   // what they stand for; the canonical text, read as if it had stood in the source
    int count;
};

// How a source column writes its values; all-zero: everything that can mean one thing is
// understood.
struct cell_format {
    char *date;   // strptime-like pattern: %Y %m %d %H %M %S %y %b and literal text; NULL: see
                  // cell_parse
    char decimal; // decimal sign; 0: "."
    char group;   // thousands separator; 0: "," where the groups are of three digits
    char **nulls; // texts that mean null, besides the empty text; NULL: only the empty text
    int null_count;
    struct value_map
        map;     // exact matches, before anything else; a text not in the map passes through
    bool negate; // the source writes this number with the opposite sign
};

// What a text turned out to be: a number is a decimal, text stays text, the rest is a cell word.
struct cell_value {
    enum { CELL_IS_NULL, CELL_IS_WORD, CELL_IS_NUMBER, CELL_IS_TEXT } is;
    int64_t word;
    struct decimal number;
    struct text text; // borrowed from the input or the map
};

// Reads `text` (UTF-8, not necessarily NUL-terminated) as a value of `field`.
// Understood without a format: blanks around the value; for numbers "1,234.50", full-width digits,
// "(1,234.00)" as negative, a leading or trailing "-", "￥ ¥ $ €" before, "元" after; no exponents,
// no percent. For dates 2026-10-05, 2026/10/5, 2026.10.5, 20261005, 2026年10月5日, also followed by
// midnight ("2026-10-05 00:00:00"); for timestamps a date, then optionally "T" or blank and
// HH:MM[:SS[.ffffff]] and "Z" or "+08:00"; without an offset the clock is the zone's. For bool
// true/false, t/f, yes/no, y/n, 1/0, 是/否. For enums the exact value. Two-digit years and
// 5/10/2026 need a `date` format. 0, or -1 with the `reason` (reason.h; NULL: nobody asks) set to
// what is wrong with the text.
int cell_parse(const struct cell_format *format, const struct field *field, const struct zone *zone,
               const char *text, size_t length, struct cell_value *value, struct buffer *reason);

#endif
