// SPDX-License-Identifier: MIT
#include "reports/figures/coverage.h"

#include <stdlib.h>

static int compare_rests(const void *a, const void *b)
{
    const struct coverage_rest *x = a, *y = b;
    if (x->controls != y->controls)
        return x->controls < y->controls ? 1 : -1;
    return (x->assumption > y->assumption) - (x->assumption < y->assumption);
}

static int compare_lacks(const void *a, const void *b)
{
    const struct coverage_lack *x = a, *y = b;
    if (x->alone != y->alone)
        return x->alone < y->alone ? 1 : -1;
    if (x->controls != y->controls)
        return x->controls < y->controls ? 1 : -1;
    if (x->lack.table != y->lack.table)
        return x->lack.table < y->lack.table ? -1 : 1;
    return (x->lack.field > y->lack.field) - (x->lack.field < y->lack.field);
}

static void add_rest(struct coverage *coverage, const struct rest_count *rest)
{
    size_t at = 0;
    while (at < coverage->rest_count && coverage->rests[at].assumption != rest->assumption)
        at++;
    if (at == coverage->rest_count) {
        coverage->rests =
            arena_extend(coverage->arena, coverage->rests, at, sizeof *coverage->rests);
        coverage->rests[at] = (struct coverage_rest){.assumption = rest->assumption};
        coverage->rest_count++;
    }
    coverage->rests[at].controls++;
    coverage->rests[at].exceptions += rest->exceptions;
    coverage->rests[at].passed += rest->passed;
}

static void add_lack(struct coverage *coverage, const struct lack *lack, bool alone)
{
    size_t at = 0;
    while (at < coverage->lack_count && (coverage->lacks[at].lack.table != lack->table ||
                                         coverage->lacks[at].lack.field != lack->field))
        at++;
    if (at == coverage->lack_count) {
        coverage->lacks =
            arena_extend(coverage->arena, coverage->lacks, at, sizeof *coverage->lacks);
        coverage->lacks[at] = (struct coverage_lack){.lack = *lack};
        coverage->lack_count++;
    }
    coverage->lacks[at].controls++;
    coverage->lacks[at].alone += alone;
}

void coverage_count_lacks(struct coverage *coverage, const struct engagement *engagement,
                          const struct data *data, const struct evaluation *evaluation)
{
    for (int i = 0; i < engagement->control_count; i++) {
        struct trial trial;
        trial_init(&trial, &engagement->controls[i], data, &evaluation->results[i]);
        const struct readiness *readiness = &trial.readiness;
        for (int j = 0; j < readiness->missing_count && trial.prospect == PROSPECT_LACKING; j++)
            add_lack(coverage, &readiness->missing[j], readiness->missing_count == 1);
        trial_clear(&trial);
    }
    if (coverage->lack_count > 1)
        qsort(coverage->lacks, coverage->lack_count, sizeof *coverage->lacks, compare_lacks);
}

static void add_control(struct coverage *coverage, const struct control_result *result)
{
    bool rests = false;
    coverage->controls += result->status != STATUS_DISABLED;
    coverage->tested += result->tested > 0;
    coverage->rows += result->tested;
    coverage->untestable += result->untestable + result->errors;
    for (int i = 0; i < result->rest_count && result->tested > 0; i++)
        if (result->rests[i].exceptions + result->rests[i].passed > 0) {
            add_rest(coverage, &result->rests[i]);
            rests = true;
        }
    coverage->resting += rests;
}

void coverage_init(struct coverage *coverage, const struct run *run)
{
    *coverage = (struct coverage){.arena = run->arena};
    for (int i = 0; i < run->engagement->control_count; i++)
        if (run_has_control(run, i))
            add_control(coverage, &run->evaluation->results[i]);
    for (int i = SEVERITY_LOW; i <= SEVERITY_CRITICAL; i++) {
        coverage->assumed += run->verdict.assumed[i];
        coverage->established += run->verdict.exceptions[i] - run->verdict.assumed[i];
    }
    coverage_count_lacks(coverage, run->engagement, run->data, run->evaluation);
    if (coverage->rest_count > 1)
        qsort(coverage->rests, coverage->rest_count, sizeof *coverage->rests, compare_rests);
}
