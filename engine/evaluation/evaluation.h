// SPDX-License-Identifier: MIT
// An evaluation: every selected control over every row of its population, in worker processes.
#ifndef VOUCH_EVALUATION_H
#define VOUCH_EVALUATION_H

#include "engine/base/arena.h"
#include "engine/base/error.h"
#include "engine/data/data.h"
#include "engine/rules/engagement.h"
#include "engine/rules/finding.h"
#include "engine/rules/pass_note.h"
#include "engine/rules/sums.h"

// A reason (engine/base/reason.h) and the number of rows it stopped, the most frequent first.
struct reason_count {
    const char *reason;
    size_t rows;
};

// Rows that passed, though only because of one day or of a tolerance, and their amounts.
struct noted_rows {
    size_t rows;
    struct sums amounts; // of no kind; the currencies are texts of the data
};

struct control_result {
    enum control_status status;
    // loaded = out of period + in scope; in scope = not applicable + tested + untestable + errors,
    // where tested = passed + passed_assumed + exception rows
    size_t loaded, in_scope, not_applicable, tested, passed, passed_assumed, untestable, errors,
        exception_rows;
    struct noted_rows notes[PASS_NOTE_KINDS]; // of those that passed
    struct rest_count *rests;                 // what it rests on, by assumption
    int rest_count;
    size_t exceptions;            // findings: a row may have several
    struct sums amounts;          // of its exceptions; the currencies are texts of the data
    struct reason_count *reasons; // of untestable rows and errors, at most 20 kinds
    int reason_count;
    // Of the control: why not run, failed, disabled, nothing tested; NULL: as `reasons`.
    const char *reason;
    // Nanoseconds of processor time, of the workers and for merging. No result depends on it.
    int64_t effort;
};

struct evaluation {
    struct control_result *results; // by control; those of controls not selected are all zero
    int result_count;
    struct finding *findings; // sorted
    size_t finding_count;
    size_t evaluated_rows;
    struct arena *arena; // holds this and all of the results but their amounts
};

struct evaluation_options {
    int jobs;                     // workers at the same time; less than 1: one
    int64_t instructions_per_row; // Lua VM instructions a row may take; 0: the default
    int64_t bytes_per_block;      // Lua memory of one block of rows; 0: the default
    size_t enough; // a control is not taken further when so many of its rows were tested, whose
                   // count and findings then say nothing; 0: every row
    // Called from the calling process while controls are evaluated; may be NULL.
    void (*progress)(void *context, int controls_done, int controls_total);
    void *progress_context;
};

// Evaluates over sealed data. -1 with `error` only when no worker could be started at all; what a
// rule does is part of the result. The caller frees.
struct evaluation *evaluation_run(const struct engagement *engagement, const struct data *data,
                                  const struct evaluation_options *options, struct error *error);
void evaluation_free(struct evaluation *evaluation);

// Adds in one line, in `language`, why a control did not run or which rows it could not test;
// nothing for one that tested them all. Of many reasons for rows the three most frequent.
void control_result_explain(const struct control_result *result, const char *language,
                            struct buffer *out);

enum { ALL_REASONS = 1000 }; // more than there are

// The same with that many of the reasons for rows, then "…".
void control_result_explain_some(const struct control_result *result, const char *language,
                                 int most, struct buffer *out);

#endif
