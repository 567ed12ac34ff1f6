// SPDX-License-Identifier: MIT
// Explaining one exception of a run: what vouch explain does with an id that has a colon.
#ifndef VOUCH_EXPLAIN_EXCEPTION_H
#define VOUCH_EXPLAIN_EXCEPTION_H

#include "cli/session.h"

struct explain_exception {
    const char *id;
    const char *run;       // folder; NULL: vouch-out beside the engagement
    const char *own_rules; // --rules as given; NULL: those of the run
    const char *mask;      // fields; those of the run are masked in any case
    bool json;
};

// `settings` has what the command line says of the engagement; where it says nothing, the run's
// record does. Returns the exit code.
int explain_exception(const struct explain_exception *wanted, const struct settings *settings);

#endif
