// SPDX-License-Identifier: MIT
// Cases: the small worlds that each control brings along, run as tests of the control.
#ifndef VOUCH_CASES_H
#define VOUCH_CASES_H

#include "engine/base/arena.h"
#include "engine/base/error.h"
#include "engine/rules/engagement.h"

#include <jansson.h>
#include <stdbool.h>

struct case_result {
    const char *control;
    const char *name;
    const char *file; // as the user knows it
    int line;         // of the case, else of its control; 0 of a file whose process was lost
    bool passed;
    const char *message; // what was expected and what was found; NULL when passed
};

// Lines of one control's test, applies and group.
struct case_coverage {
    const char *control;
    const char *file;
    int lines;   // on which something happens when they run
    int *missed; // lines that no case ran, in order
    int missed_count;
};

struct cases_report {
    struct case_result *items; // by file, control and case in their order
    int count, failed;
    int without;                    // controls that have no case
    struct case_coverage *coverage; // by rule file and control; empty unless asked for
    int coverage_count;
    struct arena *arena; // holds what the items and the coverage point to
};

// Runs the cases of the selected controls; when `file` is not NULL, of the controls in that rule
// file, or those in that file of cases. Each file that holds cases has a child process of its own;
// one that is lost counts as a failed case. `coverage` asks
// which lines run, also of controls without a case. The caller clears the report.
void cases_run(const struct engagement *engagement, const char *file, bool coverage,
               struct cases_report *report);
void cases_report_clear(struct cases_report *report);

// The cases of the selected controls as they are written, without running them: [ { "control",
// "name", "given", "expect", ... } ], by file, control and case in their order; the caller
// owns it. NULL with `error` when a child was lost.
json_t *cases_written(const struct engagement *engagement, struct error *error);

#endif
