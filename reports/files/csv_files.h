// SPDX-License-Identifier: MIT
// The results that open in a spreadsheet, a file for each table of results: exceptions, controls,
// parameters, data problems, totals, documents; waivers when the engagement has some. All are UTF-8
// with a header line.
#ifndef VOUCH_CSV_FILES_H
#define VOUCH_CSV_FILES_H

#include "engine/base/error.h"
#include "reports/figures/run.h"
#include "reports/files/output.h"

// Writes all of them. 0 or -1 with `error`.
int csv_files_write(const struct run *run, struct output *output, struct error *error);

#endif
