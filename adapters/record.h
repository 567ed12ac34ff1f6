// SPDX-License-Identifier: MIT
// Records of a CSV text, one after the other, with the physical line on which each begins. Lines
// end at LF, CR LF or a lone CR. The text is parsed by libcsv in its strict mode; a line without a
// quote is only cut at its delimiters, which comes to the same. Blanks around an unquoted field are
// dropped, as libcsv does.
//
// A record that cannot be split is reported with a reason, and reading goes on at the physical line
// after its first: a quote that is never closed swallows one line, not the rest of the file.
#ifndef VOUCH_RECORD_H
#define VOUCH_RECORD_H

#include "engine/base/dictionary.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct record {
    int64_t line;              // its first physical line
    const struct text *fields; // borrowed until the next record; not NUL-terminated
    size_t field_count;
    struct text first_line; // as it stands in the source, without its line end
    const char *reason; // NULL, or why it cannot be split (reason.h): no fields, but where there
                        // are too many or too few of them
    struct text bytes;  // all of it as it stands in the source
};

// Is there nothing in it: empty cells only, or a rule of dashes such as frames a printed list?
bool record_is_empty(const struct record *record);

// What a text is read with.
struct record_format {
    char delimiter;
    size_t columns;   // fields that each record must have; 0: any number
    size_t field_cap; // bytes of the longest field
};

// A piece of a text.
struct record_range {
    const char *text;
    size_t length;
    int64_t line; // of its first byte
    bool last;    // the source ends where it ends; otherwise it ends with a line end
};

struct record_reader;

struct record_reader *record_reader_new(const struct record_format *format,
                                        const struct record_range *range);
void record_reader_free(struct record_reader *reader);

// RECORD_OPEN: a record goes on after the end of a range that is not the last; nothing can be said
// about it from this range alone.
enum record_status { RECORD_READ, RECORD_END, RECORD_OPEN };
enum record_status record_next(struct record_reader *reader, struct record *record);

size_t record_position(const struct record_reader *reader); // bytes read so far
int64_t record_line(const struct record_reader *reader);    // physical line of the next byte
int64_t record_blank_lines(const struct record_reader *reader);

// The byte after the line end that comes first at or after `from`, or `end`.
const char *record_line_end(const char *from, const char *end);

#endif
