// SPDX-License-Identifier: MIT
#include "reports/figures/largest.h"

#include "engine/base/memory.h"

#include <stdlib.h>

enum { OF_EACH_CONTROL = 10 };

struct candidate {
    uint32_t finding;
    bool first; // among the largest of its control
};

static struct decimal magnitude(struct decimal amount)
{
    if (amount.coefficient < 0)
        amount.coefficient = amount.coefficient == INT64_MIN ? INT64_MAX : -amount.coefficient;
    return amount;
}

static int compare_amounts(const struct finding *left, const struct finding *right)
{
    if (left->has_amount != right->has_amount)
        return left->has_amount ? -1 : 1;
    return left->has_amount ? decimal_compare(magnitude(right->amount), magnitude(left->amount))
                            : 0;
}

static int compare(const void *a, const void *b, void *context)
{
    const struct candidate *left = a, *right = b;
    const struct finding *findings = context;
    if (left->first != right->first)
        return left->first ? -1 : 1;
    int order = compare_amounts(&findings[left->finding], &findings[right->finding]);
    return order ? order : (left->finding > right->finding) - (left->finding < right->finding);
}

// Findings are sorted by control, so each has a stretch of its own.
static void mark_first(struct candidate *candidates, size_t count, struct finding *findings)
{
    for (size_t from = 0, to; from < count; from = to) {
        for (to = from; to < count && findings[to].control == findings[from].control;)
            to++;
        qsort_r(candidates + from, to - from, sizeof *candidates, compare, findings);
        for (size_t i = from; i < to && i - from < OF_EACH_CONTROL; i++)
            candidates[i].first = true;
    }
}

bool *largest_pick(const struct run *run, size_t most)
{
    struct finding *findings = run->evaluation->findings;
    size_t count = run->evaluation->finding_count;
    if (count <= most)
        return NULL;
    struct candidate *candidates = memory_new(count, sizeof *candidates);
    bool *picked = memory_new(count, sizeof *picked);
    for (size_t i = 0; i < count; i++)
        candidates[i].finding = (uint32_t)i;
    mark_first(candidates, count, findings);
    qsort_r(candidates, count, sizeof *candidates, compare, findings);
    for (size_t i = 0; i < most; i++)
        picked[candidates[i].finding] = true;
    free(candidates);
    return picked;
}
