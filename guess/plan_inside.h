// SPDX-License-Identifier: MIT
// What the files of a plan share.
#ifndef VOUCH_GUESS_PLAN_INSIDE_H
#define VOUCH_GUESS_PLAN_INSIDE_H

#include "guess/plan.h"

// Decides what the lists are and adds their imports.
void plan_choose(struct plan *plan, const struct fitting *fitting);

// A new import at the end; pointers to earlier ones are void.
struct plan_import *plan_add(struct plan *plan, size_t list, int table);
struct plan_column *plan_add_column(struct plan *plan, struct plan_import *import, int field,
                                    const struct fit *fit);

// Tables that go together: a document and its lines; -1 where there is none.
struct family {
    int head, lines; // the one table is `head` where there are no lines
};

// Adds the imports of a list that is taken for a family, and of the tables beside it. `taken` says
// by table that another list is it. false where what it would need is not there.
bool plan_take(struct plan *plan, const struct fitting *fitting, size_t list, struct family family,
               const bool *taken);

#endif
