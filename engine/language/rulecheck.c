// SPDX-License-Identifier: MIT
// The order of the checks of one file.
#include "engine/language/rulecheck_inside.h"

#include <stdlib.h>

static int compare_places(const void *a, const void *b)
{
    const struct diagnostic *left = a, *right = b;
    if (left->line != right->line)
        return left->line < right->line ? -1 : 1;
    if (left->column != right->column)
        return left->column < right->column ? -1 : 1;
    return strcmp(left->message, right->message);
}

void rulecheck_run(const struct rulecheck_input *input, struct diagnostics *found)
{
    struct check check;
    if (check_open(&check, input, found)) {
        check_names(&check);
        check_values(&check);
        check_controls(&check);
        check_case_lists(&check);
        if (found->count > check.first)
            qsort(found->items + check.first, found->count - check.first, sizeof *found->items,
                  compare_places);
        check_close(&check);
    }
}
