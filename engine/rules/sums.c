// SPDX-License-Identifier: MIT
#include "engine/rules/sums.h"

#include "engine/base/currency.h"

#include <string.h>

static int compare_kinds(enum amount_kind a, enum amount_kind b)
{
    const char *x = amount_kind_name(a), *y = amount_kind_name(b);
    return strcmp(x ? x : "", y ? y : "");
}

// The first place whose sum does not come before that one; there are few of them.
static size_t place_of(const struct sums *sums, enum amount_kind kind, const char *currency,
                       bool negative, bool *there)
{
    int order = 1;
    size_t at = 0;
    for (; at < sums->count; at++) {
        order = compare_kinds(sums->items[at].kind, kind);
        order = order ? order : strcmp(sums->items[at].currency, currency);
        order = order ? order : sums->items[at].negative - negative;
        if (order >= 0)
            break;
    }
    *there = order == 0;
    return at;
}

const struct sum *sums_find(const struct sums *sums, enum amount_kind kind, const char *currency,
                            bool negative)
{
    bool there;
    size_t at = place_of(sums, kind, currency, negative, &there);
    return there ? &sums->items[at] : NULL;
}

struct sum *sums_get(struct sums *sums, enum amount_kind kind, const char *currency, bool negative)
{
    bool there;
    size_t at = place_of(sums, kind, currency, negative, &there);
    if (!there) {
        sums->items = arena_extend(sums->arena, sums->items, sums->count, sizeof *sums->items);
        memmove(&sums->items[at + 1], &sums->items[at], (sums->count - at) * sizeof *sums->items);
        sums->items[at] = (struct sum){.kind = kind, .currency = currency, .negative = negative};
        sums->count++;
    }
    return &sums->items[at];
}

void sum_add(struct sum *sum, struct total amount)
{
    sum->total = total_add(sum->total, amount);
    sum->count++;
}

void sums_merge(struct sums *sums, const struct sums *more)
{
    for (size_t i = 0; i < more->count; i++) {
        const struct sum *item = &more->items[i];
        struct sum *sum = sums_get(sums, item->kind, item->currency, item->negative);
        sum->total = total_add(sum->total, item->total);
        sum->count += item->count;
    }
}

void amount_format(struct total amount, const char *currency, bool grouped, struct buffer *out)
{
    total_format(amount, currency_digits(currency), grouped, out);
}

void sum_format(const struct sum *sum, bool grouped, struct buffer *out)
{
    amount_format(sum->total, sum->currency, grouped, out);
}
