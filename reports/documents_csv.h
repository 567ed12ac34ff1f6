// SPDX-License-Identifier: MIT
// documents.csv: each document with exceptions, a line for each cause, so that exceptions of one
// cause on one document stand together.
#ifndef VOUCH_DOCUMENTS_CSV_H
#define VOUCH_DOCUMENTS_CSV_H

#include "engine/error.h"
#include "reports/output.h"
#include "reports/run.h"

// 0 or -1 with `error`.
int documents_csv_write(const struct run *run, struct output *output, struct error *error);

#endif
