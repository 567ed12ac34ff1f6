// SPDX-License-Identifier: MIT
// report.xlsx: the whole run as a workbook. Sheets: summary, controls (risk and control matrix),
// exceptions, evidence, data problems, parameters, mapping of source columns, run record. The same
// run gives the same bytes: its date is SOURCE_DATE_EPOCH or the day as of which the run was.
#ifndef VOUCH_XLSX_H
#define VOUCH_XLSX_H

#include "engine/base/error.h"
#include "reports/figures/run.h"
#include "reports/files/output.h"

// 0 or -1 with `error`. Works in a process of its own; no thread may exist.
int xlsx_write(const struct run *run, struct output *output, struct error *error);

#endif
