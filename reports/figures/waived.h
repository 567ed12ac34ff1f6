// SPDX-License-Identifier: MIT
// What waivers take away from a control: how many of its exceptions are waived, and what of its
// amounts is still open.
#ifndef VOUCH_WAIVED_H
#define VOUCH_WAIVED_H

#include "engine/base/total.h"
#include "reports/figures/run.h"

struct waived_amount {
    struct total waived;
    bool too_large; // for 128 bits; `waived` means nothing
};

struct waived_control {
    size_t exceptions;
    struct waived_amount *amounts; // as those of the control's result
};

struct waived {
    struct waived_control *controls; // by control
    int count;
};

void waived_init(struct waived *waived, const struct run *run);
void waived_clear(struct waived *waived);

// What is left of the control's amount of that place in its result; false when a total is too
// large.
bool waived_open(const struct waived *waived, const struct run *run, int control, int amount,
                 struct total *open);

#endif
