// SPDX-License-Identifier: MIT
#include "reports/figures/risk.h"

#include "engine/base/memory.h"
#include "reports/figures/waived.h"

#include <stdlib.h>
#include <string.h>

static struct risk *find(struct risks *risks, const char *kind, const char *currency)
{
    for (size_t i = 0; i < risks->count; i++)
        if (strcmp(risks->items[i].kind, kind) == 0 &&
            strcmp(risks->items[i].currency, currency) == 0)
            return &risks->items[i];
    risks->capacity =
        memory_grow((void **)&risks->items, risks->count, risks->capacity, sizeof *risks->items);
    struct risk *risk = &risks->items[risks->count++];
    *risk = (struct risk){.kind = kind, .currency = currency};
    return risk;
}

static void add(struct risks *risks, const struct run *run, const struct waived *waived,
                int control, int amount)
{
    const char *kind = run->engagement->controls[control].amount_kind;
    const struct amount_total *all = &run->evaluation->results[control].amounts[amount];
    const char *currency = dictionary_get(run->data->texts, all->currency).bytes;
    struct risk *risk = find(risks, kind ? kind : "", currency);
    struct total total;
    if (total_parse(all->text, &total) < 0 || total_add(risk->total, total, &risk->total) < 0)
        risk->too_large = true;
    if (!waived_open(waived, run, control, amount, &total) ||
        total_add(risk->open, total, &risk->open) < 0)
        risk->open_too_large = true;
}

static int compare(const void *a, const void *b)
{
    const struct risk *left = a, *right = b;
    int order = strcmp(left->kind, right->kind);
    return order ? order : strcmp(left->currency, right->currency);
}

void risks_init(struct risks *risks, const struct run *run)
{
    struct waived waived;
    *risks = (struct risks){0};
    waived_init(&waived, run);
    for (int i = 0; i < run->engagement->control_count; i++) {
        const struct control_result *result = &run->evaluation->results[i];
        if (!run_has_control(run, i) || result->status != STATUS_EXCEPTIONS)
            continue;
        for (int j = 0; j < result->amount_count; j++)
            add(risks, run, &waived, i, j);
    }
    waived_clear(&waived);
    if (risks->count > 0)
        qsort(risks->items, risks->count, sizeof *risks->items, compare);
}

void risks_clear(struct risks *risks)
{
    free(risks->items);
    *risks = (struct risks){0};
}
