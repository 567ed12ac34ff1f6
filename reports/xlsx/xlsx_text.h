// SPDX-License-Identifier: MIT
// Text as a cell of a workbook can hold it, whatever a source or a rule has put into it.
#ifndef VOUCH_XLSX_TEXT_H
#define VOUCH_XLSX_TEXT_H

#include "engine/base/buffer.h"

#include <stdbool.h>
#include <stddef.h>

// What a cell holds at most, in UTF-16 units, as spreadsheets count.
enum { XLSX_TEXT_MAX = 32767 };

// Adds the text: control characters as their pictures ("␛"), marks that turn the direction of
// writing by name ("[U+202E]"), bytes that are no UTF-8 as U+FFFD, line ends as LF, "_x0041_"
// so that it is not taken for an escape. What is longer than a cell holds is cut and ends with "…".
// Markup is left to the writer of the file.
void xlsx_text_add(struct buffer *out, const char *text);

// The number of UTF-16 units of UTF-8 text.
size_t xlsx_text_length(const char *text);

// Would a spreadsheet run this as a formula, were it typed in?
bool xlsx_text_is_formula(const char *text);

#endif
