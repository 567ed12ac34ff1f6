// SPDX-License-Identifier: MIT
// Sums: amounts added exactly, those of each kind, currency and sign apart. Amounts of different
// kinds or currencies are never added together, and what is too little never hides what is too
// much.
#ifndef VOUCH_SUMS_H
#define VOUCH_SUMS_H

#include "engine/base/arena.h"
#include "engine/base/total.h"
#include "engine/rules/classes.h"

struct sum {
    enum amount_kind kind;
    const char *currency; // borrowed
    bool negative;        // of amounts below zero
    struct total total;
    size_t count; // of the amounts in it
};

// All-zero but for the arena is empty.
struct sums {
    struct sum *items; // by the name of the kind, none first, by currency, then positive first
    size_t count;
    struct arena *arena; // takes the items; needed where sums are added to
};

void sums_merge(struct sums *sums, const struct sums *more);

// The sum of that kind, currency and sign: made, with nothing in it, when it is not there; or NULL.
// Who means to net amounts, as of what is within a tolerance, adds all to the positive one.
struct sum *sums_get(struct sums *sums, enum amount_kind kind, const char *currency, bool negative);
const struct sum *sums_find(const struct sums *sums, enum amount_kind kind, const char *currency,
                            bool negative);

void sum_add(struct sum *sum, struct total amount);

// A total as amounts of that currency are written: with at least its minor digits.
void sum_format(const struct sum *sum, bool grouped, struct buffer *out);
void amount_format(struct total amount, const char *currency, bool grouped, struct buffer *out);

#endif
