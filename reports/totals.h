// SPDX-License-Identifier: MIT
// totals.csv: the control totals that tie the data tested to the source. For each imported table
// one line of its records (empty column: records read, loaded, rejected), then one for each numeric
// column: the exact sum of its cells, and how many cells are empty or invalid and so not in the
// sum. Where the engagement expects a number of records or a sum, it stands beside with the
// difference (actual − expected).
#ifndef VOUCH_TOTALS_H
#define VOUCH_TOTALS_H

#include "engine/error.h"
#include "reports/output.h"
#include "reports/run.h"

// 0 or -1 with `error`.
int totals_write(const struct run *run, struct output *output, struct error *error);

#endif
