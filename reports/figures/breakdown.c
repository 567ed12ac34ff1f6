// SPDX-License-Identifier: MIT
// All exceptions are gone over once, and each adds to one share of every breakdown, or to
// `without`, so that the shares of a breakdown add up to all. A sum that outgrows 128 bits is
// marked and never shown; comparing by size must work for any two totals all the same.
#include "reports/figures/breakdown.h"

#include "reports/figures/exception.h"
#include "reports/figures/risk.h"

#include <stdlib.h>
#include <string.h>

static void choose_measures(struct breakdowns *breakdowns, const struct run *run)
{
    const char *own = dictionary_get(run->data->texts, run->data->own_currency).bytes;
    struct risks risks;
    risks_init(&risks, run);
    for (int foreign = 0; foreign <= 1; foreign++)
        for (size_t i = 0; i < risks.count; i++) {
            const struct risk *risk = &risks.items[i];
            if (!risk_is_first(&risks, i) || (strcmp(risk->currency, own) != 0) != foreign)
                continue;
            if (breakdowns->measure_count < BREAKDOWN_MEASURES)
                breakdowns->measures[breakdowns->measure_count++] =
                    (struct measure){risk->kind, risk->currency, risk->negative};
            else
                breakdowns->left_out++;
        }
}

static struct share *get_share(struct arena *arena, struct breakdown *breakdown, const char *name)
{
    uint32_t code = dictionary_add(breakdown->names, name, strlen(name));
    if (code < breakdown->count)
        return &breakdown->items[code];
    breakdown->items =
        arena_extend(arena, breakdown->items, breakdown->count, sizeof *breakdown->items);
    struct share *share = &breakdown->items[breakdown->count++];
    *share = (struct share){.name = dictionary_get(breakdown->names, code).bytes,
                            .sums = {.arena = arena}};
    return share;
}

static void add(struct arena *arena, struct breakdown *breakdown, const char *name,
                const struct run *run, const struct finding *finding)
{
    if (!*name) {
        breakdown->without++;
        return;
    }
    struct share *share = get_share(arena, breakdown, name);
    share->exceptions++;
    finding_add_amount(run->data, run->engagement->controls, finding, &share->sums);
}

// The employee behind a user's or employee's id, so that one person counts once.
static void add_person(struct buffer *out, const struct data *data, const char *id)
{
    uint32_t code = dictionary_find(data->texts, id, strlen(id));
    int64_t row =
        code == DICTIONARY_NONE || data->employees < 0 ? ROW_NONE : data_person(data, code);
    if (row >= 0)
        data_key(data, data->employees, row, out);
    else
        buffer_add_text(out, id);
}

static void add_exception(struct breakdowns *breakdowns, const struct run *run,
                          const struct exception *exception)
{
    struct buffer actor = {0};
    if (exception->actor.length)
        add_person(&actor, run->data, buffer_text(&exception->actor));
    const struct {
        struct breakdown *breakdown;
        const char *name;
    } by[] = {
        {&breakdowns->family, exception->control->family},
        {&breakdowns->severity, severity_name(exception->finding->severity)},
        {&breakdowns->day, buffer_text(&exception->date)},
        {&breakdowns->customer, buffer_text(&exception->customer)},
        {&breakdowns->actor, buffer_text(&actor)},
    };
    for (size_t i = 0; i < sizeof by / sizeof *by; i++)
        add(breakdowns->arena, by[i].breakdown, by[i].name, run, exception->finding);
    buffer_clear(&actor);
}

enum { PARTS = 5 };

static void list_parts(struct breakdowns *breakdowns, struct breakdown *parts[PARTS])
{
    struct breakdown *all[PARTS] = {&breakdowns->family, &breakdowns->severity, &breakdowns->day,
                                    &breakdowns->customer, &breakdowns->actor};
    memcpy(parts, all, sizeof all);
}

void breakdowns_init(struct breakdowns *breakdowns, const struct run *run)
{
    struct breakdown *parts[PARTS];
    struct exception exception = {0};
    *breakdowns = (struct breakdowns){.arena = arena_new()};
    list_parts(breakdowns, parts);
    for (int i = 0; i < PARTS; i++)
        parts[i]->names = dictionary_new();
    choose_measures(breakdowns, run);
    for (size_t i = 0; i < run->evaluation->finding_count; i++) {
        exception_fill(&exception, run, &run->evaluation->findings[i]);
        add_exception(breakdowns, run, &exception);
    }
    exception_clear(&exception);
}

void breakdowns_clear(struct breakdowns *breakdowns)
{
    struct breakdown *parts[PARTS];
    list_parts(breakdowns, parts);
    for (int i = 0; i < PARTS; i++)
        dictionary_free(parts[i]->names);
    arena_free(breakdowns->arena);
    *breakdowns = (struct breakdowns){0};
}

const struct share *breakdown_find(const struct breakdown *breakdown, const char *name)
{
    uint32_t code = dictionary_find(breakdown->names, name, strlen(name));
    return code == DICTIONARY_NONE ? NULL : &breakdown->items[code];
}

static int compare_names(const void *a, const void *b)
{
    const struct share *left = a, *right = b;
    return strcmp(left->name, right->name);
}

void breakdown_sort_by_name(struct breakdown *breakdown)
{
    if (breakdown->count > 0)
        qsort(breakdown->items, breakdown->count, sizeof *breakdown->items, compare_names);
}

const struct sum *share_sum(const struct share *share, const struct measure *measure)
{
    return sums_find(&share->sums, measure->kind, measure->currency, measure->negative);
}

// One that is beyond counts as none: nobody knows where it stands.
static struct total largest_sum(const struct share *share, const struct breakdowns *of)
{
    struct total largest = {0};
    for (int i = 0; i < of->measure_count; i++) {
        const struct sum *sum = share_sum(share, &of->measures[i]);
        if (sum && strcmp(sum->currency, of->measures[0].currency) == 0 && !sum->total.beyond &&
            total_compare_sizes(sum->total, largest) > 0)
            largest = sum->total;
    }
    return largest;
}

static int compare_sizes(const void *a, const void *b, void *context)
{
    const struct share *left = a, *right = b;
    int order = total_compare_sizes(largest_sum(right, context), largest_sum(left, context));
    if (order == 0)
        order = (right->exceptions > left->exceptions) - (right->exceptions < left->exceptions);
    return order ? order : strcmp(left->name, right->name);
}

void breakdown_sort_by_size(struct breakdown *breakdown, const struct breakdowns *of)
{
    if (breakdown->count > 0)
        qsort_r(breakdown->items, breakdown->count, sizeof *breakdown->items, compare_sizes,
                (void *)of);
}
