// SPDX-License-Identifier: MIT
// documents.csv: each document with exceptions, a line for each cause, so that exceptions of one
// cause on one document stand together.
#ifndef VOUCH_DOCUMENTS_CSV_H
#define VOUCH_DOCUMENTS_CSV_H

#include "engine/base/error.h"
#include "reports/figures/run.h"
#include "reports/files/output.h"

// 0 or -1 with `error`.
int documents_csv_write(const struct run *run, struct output *output, struct error *error);

#endif
