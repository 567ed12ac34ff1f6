// SPDX-License-Identifier: MIT
// The work paper of a sample: sample.csv with the rows drawn and columns to fill in, apart.csv with
// the rows that could not be drawn, and the record of both, sample.json.
#ifndef VOUCH_SAMPLE_SHEET_H
#define VOUCH_SAMPLE_SHEET_H

#include "engine/base/error.h"
#include "reports/files/output.h"
#include "reports/sampling/sample_record.h"

#define SAMPLE_SHEET "sample.csv"
#define SAMPLE_APART "apart.csv"
#define SAMPLE_RECORD "sample.json"

// Writes the three files into a folder that holds no other sample and no run: a sheet that was
// filled in is never overwritten. 0 or -1 with `error`.
int sample_sheet_write(const struct sample_paper *paper, const char *folder, struct error *error);

#endif
