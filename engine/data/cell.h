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

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define CELL_NULL INT64_MIN
#define CELL_INVALID (INT64_MIN + 1) // the source text could not be read as the field's type

// More places than this make a number invalid: one odd cell may not take away the range of a
// column.
enum { CELL_SCALE_MAX = 8 };

// A text that begins with this is no value: behind it stands what a workbook shows in its place, an
// error ("#N/A") or a formula that was never calculated ("=A1*2"). It is null where a format says
// so, and mapped where a map has it; otherwise the cell cannot be read.
#define CELL_NO_VALUE "\xFE\x01"
enum { CELL_NO_VALUE_LENGTH = 2 };

// Takes that mark off; false when there is none.
bool cell_unmark(const char **text, size_t *length);

struct value_map {
    char **from; // source texts
    char **to;   // what they stand for; the canonical text, read as if it had stood in the source
    int count;
};

// How a source column writes its values; all-zero: everything that can mean one thing is
// understood.
struct cell_format {
    char *date;   // strptime-like pattern: %Y %m %d %H %M %S %y %b %I %p %f %z %Z and literal text,
                  // or a name of cell_date_is_serial; NULL: see cell_parse
    char decimal; // decimal sign; 0: "."
    char group;   // thousands separator; 0: "," where the groups are of three digits
    char **nulls; // texts that mean null, besides the empty text; NULL: only the empty text
    int null_count;
    struct value_map
        map;       // exact matches, before anything else; a text not in the map passes through
    bool negate;   // the source writes this number with the opposite sign
    bool rounded;  // to `places`, by `rounding`, however many digits there are
    bool doubtful; // a number that means another with a decimal comma is not read
    int places;
    enum rounding rounding;
};

// What a text turned out to be: a number is a decimal, text stays text, the rest is a cell word.
struct cell_value {
    enum { CELL_IS_NULL, CELL_IS_WORD, CELL_IS_NUMBER, CELL_IS_TEXT } is;
    int64_t word;
    struct decimal number;
    struct text text; // borrowed from the input or the map, or until the thread's next cell
    uint16_t mark;    // of a number: its currency mark (currency.h); 0: none
};

// Takes off what is no part of a value: blanks at its ends, and what guards it from a spreadsheet
// (="001", a TAB, a ' before a digit or one of = + - @).
void cell_bare(const char **text, size_t *length);

// "excel" or "excel1904": `date` says that dates are a spreadsheet's serials.
bool cell_date_is_serial(const char *format);

// What the number of a spreadsheet's day means: a day, and the microseconds that have passed of it
// to the nearest millisecond. `late`: days are counted from 1904, as old Macintosh files do.
enum cell_serial {
    SERIAL_DAY,
    SERIAL_TIME,  // of no day
    SERIAL_NEVER, // 29 February 1900, which spreadsheets have
    SERIAL_NONE,  // not such a number
};
enum cell_serial cell_serial(const char *text, size_t length, bool late, int *day,
                             int64_t *microseconds);

// Does a date pattern say at which offset from UTC its clock runs: %z, %Z, or a literal Z after the
// time of day?
bool cell_date_has_offset(const char *format);

// Reads `text` (UTF-8, not necessarily NUL-terminated) as a value of `field`, without what
// cell_bare takes off. Understood without a format, for numbers: "1,234.50", full-width digits,
// "(1,234.00)" as negative, a leading or trailing "-", a currency's mark or code on either side,
// "13 %" as 0.13 (in a field whose name ends in _pct as 13); no exponents. For dates 2026-10-05,
// 2026/10/5, 2026.10.5, 20261005, 2026年10月5日, also followed by midnight ("2026-10-05 00:00:00"),
// or a moment with its offset, whose day is the zone's; for timestamps a date, then optionally "T"
// or blank and HH:MM[:SS[.ffffff]] and "Z" or "+08:00"; without an offset the clock is the zone's.
// For bool true/false, t/f, yes/no, y/n, 1/0, 是/否. For enums the exact value. For periods what
// calendar_parse_month reads. Two-digit years and 5/10/2026 need a `date` format. An id that a
// spreadsheet has rounded (2.0261E+17) is not read. 0, or -1 with the `reason` (reason.h; NULL:
// nobody asks) set to what is wrong with the text.
int cell_parse(const struct cell_format *format, const struct field *field, const struct zone *zone,
               const char *text, size_t length, struct cell_value *value, struct buffer *reason);

#endif
