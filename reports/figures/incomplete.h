// SPDX-License-Identifier: MIT
// What makes a run incomplete, one after the other, as sentences of the reports.
#ifndef VOUCH_INCOMPLETE_H
#define VOUCH_INCOMPLETE_H

#include "reports/figures/run.h"
#include "reports/words/words.h"

// A sentence and what fills it; where `count` is not 0, it stands in the place of the first text,
// as the format writes counts.
struct incomplete_cause {
    enum word word;
    size_t count;
    const char *texts[4]; // never NULL; borrowed while it is seen
};

// Calls `see` for each cause, in the order of all reports. Nothing for a complete run.
void incomplete_visit(const struct run *run,
                      void (*see)(void *context, const struct incomplete_cause *cause),
                      void *context);

// Adds what a missed expectation of sealed data says, in one line.
void incomplete_add_missed(const struct data *data, const struct expectation *missed,
                           const char *language, struct buffer *out);

#endif
