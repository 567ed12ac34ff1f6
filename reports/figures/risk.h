// SPDX-License-Identifier: MIT
// What is at risk in a run: the amounts of its exceptions, before waivers and after.
#ifndef VOUCH_RISK_H
#define VOUCH_RISK_H

#include "reports/figures/run.h"

struct risks {
    struct sums all;
    struct sums open; // of the same kinds and currencies, what is not waived
};

void risks_init(struct risks *risks, const struct run *run);
void risks_clear(struct risks *risks);

#endif
