// SPDX-License-Identifier: MIT
// totals.csv: the control totals that tie the data tested to the source. For each imported table
// one line of its records (empty column: records read, loaded, rejected), then one for each numeric
// column: the exact sum of its cells, and how many cells are empty or invalid and so not in the
// sum. Where the engagement expects a number of records or a sum, it stands beside with the
// difference (actual − expected).
#ifndef VOUCH_TOTALS_H
#define VOUCH_TOTALS_H

#include "engine/base/error.h"
#include "reports/figures/run.h"
#include "reports/files/output.h"

// Calls `visit` for each line: a table's records (`field` -1) or a numeric column; `expectation` is
// NULL where the engagement expects nothing of it.
void totals_visit(const struct data *data,
                  void (*visit)(void *context, int table, int field,
                                const struct expectation *expectation),
                  void *context);

// Adds actual − expected, where both are known.
void totals_add_difference(const struct expectation *expectation, struct buffer *out);

// Cells of a column that are empty.
size_t totals_empty(const struct table *table, int field);

// 0 or -1 with `error`.
int totals_write(const struct run *run, struct output *output, struct error *error);

#endif
