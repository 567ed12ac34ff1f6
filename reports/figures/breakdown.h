// SPDX-License-Identifier: MIT
// Breakdowns: the exceptions of a run counted, and their amounts summed, by something that they
// have in common: family, severity, day, customer, who acted. Amounts of different kinds or
// currencies are never added together: each breakdown has a sum for each of them (a measure).
#ifndef VOUCH_BREAKDOWN_H
#define VOUCH_BREAKDOWN_H

#include "engine/base/total.h"
#include "reports/figures/run.h"

enum { BREAKDOWN_MEASURES = 4 };

// Amounts of one kind in one currency, as in risk.h.
struct measure {
    const char *kind;
    const char *currency;
};

struct sum {
    struct total total;
    bool too_large; // for 128 bits; `total` means nothing
    bool any;       // some exception has such an amount
};

// Exceptions that have one thing in common.
struct share {
    char *name;
    size_t exceptions;
    struct sum sums[BREAKDOWN_MEASURES];
};

struct breakdown {
    struct share *items; // in order of first appearance, until they are sorted
    size_t count, capacity;
    struct dictionary *names; // name to index
    size_t without;           // exceptions that name none
};

struct breakdowns {
    struct measure measures[BREAKDOWN_MEASURES];
    int measure_count;
    size_t left_out;                        // measures of the run that are not among them
    struct breakdown family, severity, day; // "PRC", "high", "2026-10-05"
    struct breakdown customer, actor;       // ids; of an actor the employee's where known
};

// Goes over all exceptions once. The measures are those of the run, at most BREAKDOWN_MEASURES: the
// company's currency first. breakdowns_clear releases.
void breakdowns_init(struct breakdowns *breakdowns, const struct run *run);
void breakdowns_clear(struct breakdowns *breakdowns);

// The share of that name, or NULL. Not after the breakdown was sorted.
const struct share *breakdown_find(const struct breakdown *breakdown, const char *name);

// By name; or the largest first: by the greatest of their sums of the first measure's currency,
// whatever its kind, then by the number of exceptions, then by name.
void breakdown_sort_by_name(struct breakdown *breakdown);
void breakdown_sort_by_size(struct breakdown *breakdown, const struct breakdowns *of);

#endif
