// SPDX-License-Identifier: MIT
// Number formats of a workbook: what kind of number a cell shows. A date, for one, is a number like
// any other, and only its format says that it is one.
#ifndef VOUCH_NUMBER_FORMAT_H
#define VOUCH_NUMBER_FORMAT_H

#include "engine/base/buffer.h"

#include <stdbool.h>
#include <stddef.h>

enum number_format {
    FORMAT_NUMBER, // also lengths of time: [h]:mm
    FORMAT_PERCENT,
    FORMAT_DATE, // days, times of day, or both
};

// A format that every workbook has, by its number (ECMA-376 part 1, 18.8.30, those for East Asia
// among them).
enum number_format number_format_built_in(int id);

// One that the workbook declares, such as yyyy"年"m"月"d"日".
enum number_format number_format_of(const char *code);

// Adds a number as number_text_add has written it, as its format says: 46300 as "2026-10-05",
// 46300.5 as "2026-10-05 12:00:00", 0.5 as "12:00:00", 0.13 as "13%". `late`: the workbook counts
// days from 1904. A number that no date can be is added as it is.
void number_format_add(enum number_format format, bool late, const char *number, size_t length,
                       struct buffer *out);

#endif
