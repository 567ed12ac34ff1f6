// SPDX-License-Identifier: MIT
// A run: what the reports write about, and the verdict on it. Everything is borrowed.
#ifndef VOUCH_RUN_H
#define VOUCH_RUN_H

#include "engine/base/arena.h"
#include "engine/data/data.h"
#include "engine/evaluation/disposition.h"
#include "engine/evaluation/evaluation.h"
#include "engine/evaluation/mask.h"
#include "engine/evaluation/waiver.h"
#include "engine/rules/engagement.h"

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <time.h>

// Is the run complete, and what did it find?
struct verdict {
    size_t problems[PROBLEM_KINDS]; // by kind
    size_t missed_expectations;
    size_t statuses[STATUS_DISABLED + 1];     // selected controls by status
    size_t selected;                          // controls
    size_t required_open;                     // required controls that were not fully tested
    size_t exceptions[SEVERITY_CRITICAL + 1]; // by severity
    size_t waived[SEVERITY_CRITICAL + 1];     // of these
    size_t assumed[SEVERITY_CRITICAL + 1];    // exceptions that rest on assumptions
    size_t assumed_waived[SEVERITY_CRITICAL + 1];
    size_t tested;       // controls that tested a row
    size_t contradicted; // statements of the engagement that the data contradict
    size_t waiver_warnings;
    bool incomplete; // rejected records, invalid cells, a missed `expect`, a failed control, a
                     // required control not fully tested, a contradicted statement, or no control
                     // tested a row
};

struct run_times {
    struct timespec started, imported, evaluated;
};

// A file beside the engagement that says something about its exceptions.
struct run_list {
    const char *kind; // "waivers", "dispositions"
    const char *name; // as the engagement names it
    const char *sha256;
    int64_t bytes;
};

struct run {
    struct arena *arena; // takes the figures of the run that reports ask for, for as long as it is
    const struct engagement *engagement;
    const struct data *data;
    const struct evaluation *evaluation;
    const char *language; // of messages and titles: "zh" or "en"
    const char *only;     // as given on the command line; NULL
    char **overrides;     // --param as given, NULL-terminated; NULL
    const char *rules_folder;
    const char *const *formats;              // names, NULL-terminated
    const char *export_to;                   // conninfo of the database that results go to; NULL
    bool create_schema;                      // there, when it is absent
    const struct waivers *waivers;           // applied to the evaluation; NULL
    const struct dispositions *dispositions; // applied to it; NULL
    const struct mask *mask;     // applied to the evaluation and the data's problems; NULL
    const char *previous_sha256; // of the record of the run before; NULL
    const char *previous_folder;
    const struct run_list *lists;
    size_t list_count;
    json_t *import_notes; // array of sentences about the import; may be NULL
    int jobs;
    struct run_times times;
    struct verdict verdict; // run_judge
    // Told how many of the exceptions stand in a result so far; NULL: nobody asks.
    void (*progress)(void *context, const char *result, size_t done, size_t total);
    void *progress_context;
};

// Tells run->progress, every thousand exceptions or so.
void run_tell(const struct run *run, const char *result, size_t done);

// Fills run->verdict.
void run_judge(struct run *run);

// Does this control count as required and not fully tested? One left out by --only does not.
bool run_is_required_open(const struct run *run, int control);

// The exit code of `vouch run`; open exceptions count from `fail_on` up, those that rest on an
// assumption from `fail_on_assumed` up; less than 0: none count.
int run_exit_code(const struct run *run, int fail_on, int fail_on_assumed);

// Does this control belong to the run: in the results even when disabled or not run?
bool run_has_control(const struct run *run, int control);

#endif
