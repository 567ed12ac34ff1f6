// SPDX-License-Identifier: MIT
// The reports: one table of formats, each with the files it writes. `vouch run --format` names
// them.
#ifndef VOUCH_REPORT_H
#define VOUCH_REPORT_H

#include "engine/base/error.h"
#include "reports/figures/run.h"
#include "reports/files/output.h"

struct report {
    const char *name;      // for --format
    const char *summary;   // one line of help
    const char *files[12]; // what it may write, NULL-terminated
    int (*write)(const struct run *run, struct output *output, struct error *error); // or NULL
};

// All of them, the last with a NULL name.
extern const struct report reports[];

// What is written when --format does not say otherwise; NULL-terminated.
extern const char *const report_defaults[];

// The format of that name, or NULL.
const struct report *report_find(const char *name);

// Is this the name of a file that some format writes, or the run record?
bool report_is_result(const char *name);

// Writes the run's formats, removes results of earlier runs, and writes the run record last. 0 or
// -1 with `error`; without a run record the folder counts as unfinished.
int report_write(const struct run *run, struct output *output, struct error *error);

#endif
