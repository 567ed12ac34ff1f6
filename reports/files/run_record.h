// SPDX-License-Identifier: MIT
// The run record, run.json: versions, settings, hashes of every source, rule file and result,
// counts. Under "deterministic" stands what the same input gives again; "times" and "places" tell
// when and where.
//
// {"format": 3, "program": "vouch", "sha256", "deterministic": {"version", "formats", "engagement",
// "command_line",
//  "scope", "settings", "previous", "sources": [{"name", "sha256", "bytes", "details"}],
//  "rule_files":
//  [{"name", "kind", "sha256", "base", "path"}], "lists": [{"name", "kind", "sha256", "bytes"}],
//  "results": [{"name", "sha256", "bytes"}], "tables", "expectations", "controls": {id: {"status",
//  "scope", "untestable", "errors", "rule", "parameters"}}, "counts", "amounts":
//  [{"kind", "currency", "amount", "open_amount", "documents",
//  "distinct_amount"}], "documents", "grading", "complete", "notes"}, "times": {...}, "places":
//  {"engagement", "from_results", "rules", "previous", "previous_from_results", "jobs"}}
//
// `sha256` is that of the deterministic part as compact JSON: it tells an edited record from a
// damaged one. `previous` is the hash of the whole run.json of the run before: a chain.
//
// `rule` of a control is the hash of its rule (engine/language/rule_hash.h); in formats 1 and 2 it
// was that of the file.
//
// `base` says what the path of a rule file is relative to: "engagement", "rules" or, when absolute,
// "".
#ifndef VOUCH_RUN_RECORD_H
#define VOUCH_RUN_RECORD_H

#include "engine/base/error.h"
#include "engine/base/hash.h"
#include "reports/figures/run.h"
#include "reports/files/output.h"

// Writes the record of all files that the output holds, up to output_hold: output_end makes the run
// a finished one. Honours SOURCE_DATE_EPOCH. 0 or -1 with `error`.
int run_record_write(const struct run *run, struct output *output, struct error *error);

// The hash of a deterministic part, as `sha256` has it.
void run_record_hash(const json_t *deterministic, char hexadecimal[HASH_TEXT]);

// Its deterministic part alone, which the caller owns.
json_t *run_record_stated(const struct run *run, const struct output *output);

// SOURCE_DATE_EPOCH stands for every moment, so that whole folders can be compared. False when it
// is not set, or no moment.
bool run_record_fixed_time(struct timespec *at);

#endif
