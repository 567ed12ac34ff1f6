// SPDX-License-Identifier: MIT
// Readiness: what a control reads that the data do not have: what is missing, and what would be
// assumed in its place. Told from what its functions can be seen to decide by, so some of it may
// matter for some rows only.
#ifndef VOUCH_READINESS_H
#define VOUCH_READINESS_H

#include "engine/data/data.h"
#include "engine/rules/control.h"

// A table (field -1) or a column.
struct lack {
    int table, field;
    bool always; // a population, or a table that no row can be tested without; false of columns
};

struct readiness {
    struct lack *missing; // neither imported nor assumed; populations first
    int missing_count;
    struct rests assumed; // assumptions that stand for what was not imported
    struct arena *arena;  // of both
};

// Of sealed data. The caller clears.
void readiness_init(struct readiness *readiness, const struct control *control,
                    const struct data *data);
void readiness_clear(struct readiness *readiness);

// Is anything missing without which no row can be tested?
bool readiness_is_blocked(const struct readiness *readiness);

// "approval", "approval.step_no"
void lack_name(const struct data *data, const struct lack *lack, struct buffer *out);

// Their names, REASON_LIST between them.
void readiness_names(const struct readiness *readiness, const struct data *data,
                     struct buffer *out);

#endif
