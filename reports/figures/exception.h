// SPDX-License-Identifier: MIT
// An exception as results show it: a finding with everything that its row says about it, as text.
#ifndef VOUCH_EXCEPTION_H
#define VOUCH_EXCEPTION_H

#include "engine/base/buffer.h"
#include "reports/figures/run.h"

struct exception {
    const struct finding *finding;
    const struct control *control;
    const char *table;
    const char *currency;                  // NULL without an amount
    const char *status;                    // "open" or "waived"
    const struct disposition *disposition; // NULL
    const struct waiver *waiver;           // that names it, be it void; NULL
    enum waiver_status waiver_status;
    // Empty where there is none.
    struct buffer id, date, customer, actor, message, source, waiver_source;
};

// All-zero is valid; fill may be called again for the next finding and reuses the memory.
void exception_fill(struct exception *exception, const struct run *run,
                    const struct finding *finding);
void exception_clear(struct exception *exception);

#endif
