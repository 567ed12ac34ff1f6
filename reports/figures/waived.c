// SPDX-License-Identifier: MIT
#include "reports/figures/waived.h"

void waived_init(struct waived *waived, const struct run *run)
{
    const struct evaluation *evaluation = run->evaluation;
    waived->count = run->engagement->control_count;
    waived->controls = arena_take(run->arena, (size_t)waived->count, sizeof *waived->controls);
    for (int i = 0; i < waived->count; i++) {
        waived->controls[i].open.arena = run->arena;
        sums_merge(&waived->controls[i].open, &evaluation->results[i].amounts);
    }
    for (size_t i = 0; run->waivers && i < evaluation->finding_count; i++) {
        const struct finding *finding = &evaluation->findings[i];
        if (!waivers_cover(run->waivers, i))
            continue;
        waived->controls[finding->control].exceptions++;
        struct sum *open = finding_sum(run->data, run->engagement->controls, finding,
                                       &waived->controls[finding->control].open);
        if (open)
            open->total = total_subtract(open->total, total_of(finding->amount));
    }
}
