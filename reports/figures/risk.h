// SPDX-License-Identifier: MIT
// What is at risk in a run: the amounts of its exceptions, one total for each kind of amount and
// currency. Totals of different kinds or currencies are never added together.
#ifndef VOUCH_RISK_H
#define VOUCH_RISK_H

#include "engine/base/total.h"
#include "reports/figures/run.h"

struct risk {
    const char *kind; // "misstatement", ...; "" where the control names none
    const char *currency;
    struct total total;
    struct total open;              // of the total, what is not waived
    bool too_large, open_too_large; // for 128 bits; the total means nothing
};

struct risks {
    struct risk *items; // by kind, then currency
    size_t count, capacity;
};

void risks_init(struct risks *risks, const struct run *run);
void risks_clear(struct risks *risks);

#endif
