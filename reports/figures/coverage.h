// SPDX-License-Identifier: MIT
// Coverage: how much of a run was tested at all, what its results rest on, and which data would
// let more controls test something.
#ifndef VOUCH_COVERAGE_H
#define VOUCH_COVERAGE_H

#include "engine/evaluation/trial.h"
#include "reports/figures/run.h"

// How many controls rest on an assumption.
struct coverage_rest {
    int assumption;
    size_t controls;
    size_t exceptions, passed; // rows, or groups
};

// How many controls that tested nothing lack a table or a column, and how many lack nothing else.
struct coverage_lack {
    struct lack lack;
    size_t controls, alone;
};

struct coverage {
    struct arena *arena;         // of the lists
    size_t controls, tested;     // of the run, disabled ones left out; that tested a row
    size_t rows;                 // tested, over all controls
    size_t untestable;           // rows, errors too
    size_t established, assumed; // exceptions: those that rest on no assumption, and the others
    size_t resting;              // controls that rest on an assumption
    struct coverage_rest *rests; // by how many controls they bear, then as the data number them
    size_t rest_count;
    struct coverage_lack *lacks; // by how many controls lack nothing else, then by all of them
    size_t lack_count;
};

void coverage_init(struct coverage *coverage, const struct run *run);

// What controls lack that tested nothing for want of data, in a run or a trial; the coverage has
// its arena.
void coverage_count_lacks(struct coverage *coverage, const struct engagement *engagement,
                          const struct data *data, const struct evaluation *evaluation);

#endif
