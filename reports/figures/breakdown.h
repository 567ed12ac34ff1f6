// SPDX-License-Identifier: MIT
// Breakdowns: the exceptions of a run counted, and their amounts summed, by something that they
// have in common: family, severity, day, customer, who acted. Amounts of different kinds,
// currencies or signs are never added together: results show a sum for each of the most important
// of them (a measure).
#ifndef VOUCH_BREAKDOWN_H
#define VOUCH_BREAKDOWN_H

#include "reports/figures/run.h"

enum { BREAKDOWN_MEASURES = 8 };

// Amounts of one kind, one currency and one sign.
struct measure {
    enum amount_kind kind;
    const char *currency;
    bool negative;
};

// Exceptions that have one thing in common.
struct share {
    const char *name; // borrowed from the names
    size_t exceptions;
    struct sums sums; // of their amounts
};

struct breakdown {
    struct share *items; // in order of first appearance, until they are sorted
    size_t count;
    struct dictionary *names; // name to index
    size_t without;           // exceptions that name none
};

struct breakdowns {
    struct arena *arena; // of the shares
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

// The share's sum of that measure; NULL when none of its exceptions has such an amount.
const struct sum *share_sum(const struct share *share, const struct measure *measure);

// The share of that name, or NULL. Not after the breakdown was sorted.
const struct share *breakdown_find(const struct breakdown *breakdown, const char *name);

// By name; or the largest first: by the greatest of their sums of the first measure's currency,
// whatever its kind, then by the number of exceptions, then by name.
void breakdown_sort_by_name(struct breakdown *breakdown);
void breakdown_sort_by_size(struct breakdown *breakdown, const struct breakdowns *of);

#endif
