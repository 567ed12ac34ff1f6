// SPDX-License-Identifier: MIT
// What is at risk in a run: the amounts of its exceptions, before waivers and after. What is
// established and what rests on an assumption stand apart, as do amounts above and below zero:
// they are never added together.
#ifndef VOUCH_RISK_H
#define VOUCH_RISK_H

#include "reports/figures/documents.h"
#include "reports/figures/run.h"

struct risk {
    enum amount_kind kind;
    const char *currency; // borrowed
    bool assumed;         // of exceptions that rest on an assumption
    bool negative;
    struct total all, open; // open: what is not waived
    size_t exceptions;
};

struct risks {
    struct risk *items; // by kind, currency and sign, positive first; of these established first
    size_t count;
    size_t unknown[2]; // exceptions whose amount is not known: established, assumed
};

void risks_init(struct risks *risks, const struct run *run);

// What its documents come to, each once, established or not: for the first of its kind, currency
// and sign; NULL for the others, and where no document has such an amount.
const struct sum *risk_once(const struct risks *risks, size_t at,
                            const struct documents *documents);

// Is it the first of its kind, currency and sign?
bool risk_is_first(const struct risks *risks, size_t at);

#endif
