// SPDX-License-Identifier: MIT
// What vouch check goes through: remarks are made, counted and told. Not for other commands.
#ifndef VOUCH_CHECK_H
#define VOUCH_CHECK_H

#include "cli/session.h"

struct checking {
    const struct session *session;
    const struct settings *settings;
    const char *language;
    bool full; // every problem of the data, not the first of its kind
    size_t errors, warnings;
};

// Counts and tells.
void checking_say(struct checking *checking, const struct remark *remark);

// Of imported and sealed data: problems, expectations, statements.
void check_data(struct checking *checking);

// Whether what is required can be tested, and anything at all.
void check_coverage(struct checking *checking);

#endif
