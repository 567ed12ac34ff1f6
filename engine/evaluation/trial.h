// SPDX-License-Identifier: MIT
// A trial: every control is tried on its rows, to tell what the data let it do. Its findings are
// nobody's business; what counts is whether it tests a row, and what it rests on then.
#ifndef VOUCH_TRIAL_H
#define VOUCH_TRIAL_H

#include "engine/evaluation/evaluation.h"
#include "engine/evaluation/readiness.h"

enum prospect {
    PROSPECT_READY,   // tests rows, and rests on nothing that is not there
    PROSPECT_ASSUMED, // tests rows, and rests on assumptions
    PROSPECT_NO_ROWS, // what it needs is there, and no row is in scope or applicable
    PROSPECT_LACKING, // tests no row, for want of data
    PROSPECT_OTHER,   // tests no row for another reason: too few of them, a mistake of the rule
    PROSPECT_NONE,    // disabled, or not part of the run
    PROSPECTS
};

// What a control would do, as far as it was tried.
struct trial {
    enum prospect prospect;
    struct readiness readiness; // what it lacks counts those, too, that stopped its rows
    struct rests rests;         // what it rests on, where it tests rows
    bool imported;              // any of its populations
    size_t population;          // rows of these
    size_t untestable;          // of the rows that were tried
    const char *reason;         // why no row was tested, or what stopped most of those that could
                                // not be; packed (reason.h), borrowed from the evaluation; NULL
};

// Tries each control on all of its rows, at most until so many of them were tested.
enum { TRIAL_ROWS = 10000 };
struct evaluation *trial_run(const struct engagement *engagement, const struct data *data, int jobs,
                             struct error *error);

// What the trial of one control says, or a whole run. The caller clears.
void trial_init(struct trial *trial, const struct control *control, const struct data *data,
                const struct control_result *result);
void trial_clear(struct trial *trial);

#endif
