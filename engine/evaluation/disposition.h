// SPDX-License-Identifier: MIT
// Dispositions: what people note about exceptions while they work on them. They change no result.
#ifndef VOUCH_DISPOSITION_H
#define VOUCH_DISPOSITION_H

#include "engine/base/arena.h"
#include "engine/evaluation/evaluation.h"

struct disposition {
    int64_t line; // of the file; 0: carried over from the previous run
    const char *exception, *owner, *status, *cause, *comment; // as written, "" where empty
    size_t order;                                             // of adding
    bool found;                                               // its exception is there
};

struct dispositions {
    struct disposition *items;
    size_t count, capacity;
    size_t unreadable;
    const struct disposition **outcomes; // by finding; NULL: none
    struct arena *arena;                 // holds this and all but the items
};

// The columns of a file of dispositions, NULL-terminated; those with "?" may be absent.
extern const char *const disposition_columns[];

struct dispositions *dispositions_new(void);
void dispositions_free(struct dispositions *dispositions);

// Adds a line; `cells` in the order of disposition_columns, or NULL: a line that cannot be read.
void dispositions_add(struct dispositions *dispositions, int64_t line, const char *const *cells);

// Adds what the previous run knew; a line of the file goes before it. NULL texts are empty.
void dispositions_carry(struct dispositions *dispositions, const char *exception, const char *owner,
                        const char *status, const char *cause, const char *comment);

// Finds the exceptions: of several lines for one the last counts. Once.
void dispositions_apply(struct dispositions *dispositions, const struct engagement *engagement,
                        const struct data *data, const struct evaluation *evaluation);

// NULL when there is none; `dispositions` may be NULL.
const struct disposition *dispositions_of(const struct dispositions *dispositions, size_t finding);

#endif
