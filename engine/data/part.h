// SPDX-License-Identifier: MIT
// A part: rows of one table while they are read by one thread from one piece of one source.
// Adapters fill parts; data_add_part (data.h) joins them, in source order, into the table.
#ifndef VOUCH_PART_H
#define VOUCH_PART_H

#include "engine/data/cell.h"
#include "engine/data/left_out.h"
#include "engine/data/problem.h"

#include <stddef.h>
#include <stdint.h>

struct part;

// `table` is an index of the model, `source` one of data_add_source. The caller frees, or gives it
// to data_add_part.
struct part *part_new(const struct model *model, int table, int source, const struct zone *zone);
void part_free(struct part *part);

// Declares a column to be filled, before the first row, and returns its number, counted from 0.
// `format` is borrowed while the part lives (NULL: no format); `label` is the source's own name of
// the column for problems, copied.
int part_add_column(struct part *part, int field, const struct cell_format *format,
                    const char *label);

// A column of the source itself, kept as text for computed columns to read. One column for each
// label.
int part_add_source_column(struct part *part, const char *label);

// The cells of the current row; a column not put is null. Text that cannot be read becomes an
// invalid cell and a problem. In a `red` (reversing) record a number is negative, whatever sign it
// was written with.
void part_put(struct part *part, int column, const char *text, size_t length, bool red);

// The same for a number that was worked out.
void part_put_number(struct part *part, int column, struct decimal number);

// A digest of all texts of the current row's record, and of what its columns are called: rows of
// one key and one digest are one record that stands in the source twice. For all rows of a part, or
// none.
void part_digest(struct part *part, uint64_t digest);

// Ends the current row, which began at physical line `line`. 0, or -1 when a key column is null or
// invalid: the record is then rejected with a problem, and counted. (Keys that are computed later
// are checked by data_seal.)
int part_end_row(struct part *part, int64_t line);

// A record that never became a row, and the reason (reason.h).
void part_reject(struct part *part, int64_t line, const char *value, size_t length,
                 const char *reason);

// Adds `by` to the line of every record so far: parts that are read side by side count from 1 each,
// and are numbered through when it is known how many records come before them.
void part_shift_lines(struct part *part, int64_t by);

// A record that is left out by a stated condition, or is one of the stated footers: counted, no
// more (left_out.h says which they were).
void part_leave_out(struct part *part, enum left_out_cause cause);

// The line of the first number of a field that can only be read with a decimal comma, which its
// column does not declare; 0: none.
int64_t part_comma_line(const struct part *part, int field);

// read = loaded + rejected + left out
size_t part_rows(const struct part *part);     // loaded
size_t part_rejected(const struct part *part); // rejected
size_t part_left_out(const struct part *part); // for whichever cause

#endif
