// SPDX-License-Identifier: MIT
// The run record, run.json: versions, settings, hashes of every source, rule file and result,
// counts. Under "deterministic" stands what the same input gives again; "times" and "places" tell
// when and where.
//
// {"format": 1, "program": "vouch", "deterministic": {"version", "formats", "engagement",
// "command_line",
//  "scope", "settings", "sources": [{"name", "sha256", "bytes", "details"}], "rule_files":
//  [{"name", "kind", "sha256", "base", "path"}], "results": [{"name", "sha256", "bytes"}],
//  "tables", "expectations", "counts", "complete", "notes"}, "times": {...}, "places":
//  {"engagement", "from_results", "rules", "jobs"}}
//
// `base` says what the path of a rule file is relative to: "engagement", "rules" or, when absolute,
// "".
#ifndef VOUCH_RUN_RECORD_H
#define VOUCH_RUN_RECORD_H

#include "engine/error.h"
#include "reports/output.h"
#include "reports/run.h"

// Writes the record of all files that the output holds, up to output_hold: output_end makes the run
// a finished one. Honours SOURCE_DATE_EPOCH. 0 or -1 with `error`.
int run_record_write(const struct run *run, struct output *output, struct error *error);

// Its deterministic part alone, as compact JSON; the caller frees.
char *run_record_text(const struct run *run, const struct output *output);

// SOURCE_DATE_EPOCH stands for every moment, so that whole folders can be compared. False when it
// is not set, or no moment.
bool run_record_fixed_time(struct timespec *at);

#endif
