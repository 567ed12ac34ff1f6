// SPDX-License-Identifier: MIT
// Lines of comma-separated values as results are written: RFC 4180 with LF. Each function but the
// last adds one cell to the line at the end of the buffer.
#ifndef VOUCH_CSV_TEXT_H
#define VOUCH_CSV_TEXT_H

#include "engine/base/buffer.h"

#include <stdint.h>

// Text from rules or sources. Text that a spreadsheet would run as a formula (it begins with = + -
// @, a tab or a carriage return) gets an apostrophe in front. NULL: an empty cell.
void csv_text_add(struct buffer *line, const char *text);

// A number stands as it is, "-5.00" too; anything else is added as text. NULL: an empty cell.
void csv_text_add_number(struct buffer *line, const char *number);
void csv_text_add_count(struct buffer *line, uint64_t count);

void csv_text_end_line(struct buffer *line);

#endif
