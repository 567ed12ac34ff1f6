// SPDX-License-Identifier: MIT
// Sums: amounts added exactly, those of each kind and currency apart. Amounts of different kinds or
// currencies are never added together.
#ifndef VOUCH_SUMS_H
#define VOUCH_SUMS_H

#include "engine/base/arena.h"
#include "engine/base/total.h"
#include "engine/rules/classes.h"

struct sum {
    enum amount_kind kind;
    const char *currency; // borrowed
    struct total total;
    size_t count; // of the amounts in it
};

// All-zero but for the arena is empty.
struct sums {
    struct sum *items; // by the name of the kind, none first, then by currency
    size_t count;
    struct arena *arena; // takes the items; needed where sums are added to
};

void sums_merge(struct sums *sums, const struct sums *more);

// The sum of that kind and currency: made, with nothing in it, when it is not there; or NULL.
struct sum *sums_get(struct sums *sums, enum amount_kind kind, const char *currency);
const struct sum *sums_find(const struct sums *sums, enum amount_kind kind, const char *currency);

void sum_add(struct sum *sum, struct total amount);

// A total as amounts of that currency are written: with at least its minor digits.
void sum_format(const struct sum *sum, bool grouped, struct buffer *out);
void amount_format(struct total amount, const char *currency, bool grouped, struct buffer *out);

#endif
