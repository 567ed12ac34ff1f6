// SPDX-License-Identifier: MIT
#include "reports/figures/risk.h"

#include "reports/figures/waived.h"

void risks_init(struct risks *risks, const struct run *run)
{
    struct waived waived;
    *risks = (struct risks){0};
    waived_init(&waived, run);
    for (int i = 0; i < run->engagement->control_count; i++) {
        const struct control_result *result = &run->evaluation->results[i];
        if (!run_has_control(run, i) || result->status != STATUS_EXCEPTIONS)
            continue;
        sums_merge(&risks->all, &result->amounts);
        sums_merge(&risks->open, &waived.controls[i].open);
    }
    waived_clear(&waived);
}

void risks_clear(struct risks *risks)
{
    sums_clear(&risks->all);
    sums_clear(&risks->open);
}
