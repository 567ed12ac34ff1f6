// SPDX-License-Identifier: MIT
#include "reports/figures/waived.h"

#include "engine/base/memory.h"

#include <stdlib.h>

static void add(struct waived_control *control, const struct control_result *result,
                const struct finding *finding)
{
    control->exceptions++;
    for (int i = 0; finding->has_amount && i < result->amount_count; i++) {
        struct waived_amount *amount = &control->amounts[i];
        struct total one = {finding->amount.coefficient, finding->amount.scale};
        if (result->amounts[i].currency == finding->currency &&
            total_add(amount->waived, one, &amount->waived) < 0)
            amount->too_large = true;
    }
}

void waived_init(struct waived *waived, const struct run *run)
{
    const struct evaluation *evaluation = run->evaluation;
    waived->count = run->engagement->control_count;
    waived->controls = memory_new((size_t)waived->count, sizeof *waived->controls);
    for (int i = 0; i < waived->count; i++)
        waived->controls[i].amounts =
            memory_new((size_t)evaluation->results[i].amount_count, sizeof(struct waived_amount));
    for (size_t i = 0; run->waivers && i < evaluation->finding_count; i++) {
        const struct finding *finding = &evaluation->findings[i];
        if (waivers_cover(run->waivers, i))
            add(&waived->controls[finding->control], &evaluation->results[finding->control],
                finding);
    }
}

void waived_clear(struct waived *waived)
{
    for (int i = 0; i < waived->count; i++)
        free(waived->controls[i].amounts);
    free(waived->controls);
    *waived = (struct waived){0};
}

bool waived_open(const struct waived *waived, const struct run *run, int control, int amount,
                 struct total *open)
{
    const struct waived_amount *gone = &waived->controls[control].amounts[amount];
    const struct amount_total *all = &run->evaluation->results[control].amounts[amount];
    struct total total;
    return total_parse(all->text, &total) == 0 && !gone->too_large &&
           total_subtract(total, gone->waived, open) == 0;
}
