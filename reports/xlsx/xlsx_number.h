// SPDX-License-Identifier: MIT
// Numbers of a workbook. A spreadsheet knows binary floating point only, with 15 digits that hold:
// this module, and no other, turns exact numbers into it.
#ifndef VOUCH_XLSX_NUMBER_H
#define VOUCH_XLSX_NUMBER_H

#include "engine/base/total.h"

#include <stdbool.h>
#include <stdint.h>
#include <xlsxwriter.h>

// Does the cell lose no digit of it? It loses all of one that is beyond.
bool xlsx_number_is_exact(struct total total);

// Writes the number nearest to the total.
lxw_error xlsx_number_write(lxw_worksheet *sheet, lxw_row_t row, lxw_col_t column,
                            struct total total, lxw_format *format);

// Writes part / whole; `whole` is not 0.
lxw_error xlsx_number_write_rate(lxw_worksheet *sheet, lxw_row_t row, lxw_col_t column,
                                 uint64_t part, uint64_t whole, lxw_format *format);

// Writes a formula whose result is a count.
lxw_error xlsx_number_write_formula(lxw_worksheet *sheet, lxw_row_t row, lxw_col_t column,
                                    const char *formula, uint64_t result, lxw_format *format);

#endif
