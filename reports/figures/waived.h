// SPDX-License-Identifier: MIT
// What waivers take away from a control: how many of its exceptions are waived, and what of its
// amounts is still open.
#ifndef VOUCH_WAIVED_H
#define VOUCH_WAIVED_H

#include "reports/figures/run.h"

struct waived_control {
    size_t exceptions;
    struct sums open; // of the same kinds and currencies as the amounts of the control's result
};

struct waived {
    struct waived_control *controls; // by control
    int count;
};

void waived_init(struct waived *waived, const struct run *run);

#endif
