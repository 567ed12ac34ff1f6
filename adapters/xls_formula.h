// SPDX-License-Identifier: MIT
// The cells of an .xls file that libfreexl takes for empty: results of formulas, and errors.
#ifndef VOUCH_XLS_FORMULA_H
#define VOUCH_XLS_FORMULA_H

#include "engine/base/buffer.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct xls_formula {
    uint32_t sheet, row, column; // from 0
    size_t at, length;           // of its text
};

struct xls_formulas {
    struct xls_formula *items; // by sheet, row and column
    size_t count, capacity;
    struct buffer texts; // numbers with 15 digits, texts, errors with their mark (CELL_NO_VALUE)
};

// Finds them in the stream of records (xls_stream.h). false when its records cannot be followed.
bool xls_formulas_find(const struct buffer *stream, struct xls_formulas *formulas);
void xls_formulas_clear(struct xls_formulas *formulas);

#endif
