// SPDX-License-Identifier: MIT
#include "reports/figures/risk.h"

#include <stdlib.h>
#include <string.h>

static int compare_kinds(const struct risk *a, const struct risk *b)
{
    const char *x = amount_kind_name(a->kind), *y = amount_kind_name(b->kind);
    int order = strcmp(x ? x : "", y ? y : "");
    return order ? order : strcmp(a->currency, b->currency);
}

static int compare(const void *a, const void *b)
{
    const struct risk *x = a, *y = b;
    int order = compare_kinds(x, y);
    if (order)
        return order;
    return x->negative != y->negative ? x->negative - y->negative : x->assumed - y->assumed;
}

static struct risk *get(struct risks *risks, struct arena *arena, struct risk wanted)
{
    for (size_t i = 0; i < risks->count; i++)
        if (compare(&risks->items[i], &wanted) == 0)
            return &risks->items[i];
    risks->items = arena_extend(arena, risks->items, risks->count, sizeof *risks->items);
    risks->items[risks->count] = wanted;
    return &risks->items[risks->count++];
}

static bool has_unknown_amount(const struct finding *finding)
{
    for (int i = 0; i < finding->unknown_count; i++)
        if (strcmp(finding->unknowns[i].name, "amount") == 0)
            return true;
    return false;
}

void risks_init(struct risks *risks, const struct run *run)
{
    const struct data *data = run->data;
    *risks = (struct risks){0};
    for (size_t i = 0; i < run->evaluation->finding_count; i++) {
        const struct finding *finding = &run->evaluation->findings[i];
        bool assumed = finding_is_assumed(run->data, finding);
        risks->unknown[assumed] += has_unknown_amount(finding);
        if (!finding->has_amount || finding->currency == DICTIONARY_NONE)
            continue;
        struct risk *risk =
            get(risks, run->arena,
                (struct risk){.kind = run->engagement->controls[finding->control].amount_kind,
                              .currency = dictionary_get(data->texts, finding->currency).bytes,
                              .assumed = assumed,
                              .negative = finding->amount.coefficient < 0});
        struct total amount = total_of(finding->amount);
        risk->exceptions++;
        risk->all = total_add(risk->all, amount);
        if (!waivers_cover(run->waivers, i))
            risk->open = total_add(risk->open, amount);
    }
    if (risks->count > 1)
        qsort(risks->items, risks->count, sizeof *risks->items, compare);
}

const struct sum *risk_once(const struct risks *risks, size_t at, const struct documents *documents)
{
    const struct risk *risk = &risks->items[at];
    if (!risk_is_first(risks, at))
        return NULL;
    return sums_find(&documents->totals, risk->kind, risk->currency, risk->negative);
}

bool risk_is_first(const struct risks *risks, size_t at)
{
    return at == 0 || compare_kinds(&risks->items[at - 1], &risks->items[at]) != 0 ||
           risks->items[at - 1].negative != risks->items[at].negative;
}
