// SPDX-License-Identifier: MIT
// Refusals: the assumptions that a control does not accept, though the model allows them: what it
// says that it needs, and what is derived from the very thing with which it compares it (a line's
// net amount from quantity and price is no evidence about quantity and price). What the engagement
// states of its company stands.
#ifndef VOUCH_REFUSAL_H
#define VOUCH_REFUSAL_H

#include "engine/data/data.h"
#include "engine/rules/control.h"

// Adds the numbers of the assumptions to `needed` and `compared`, in `arena`. -1 with `error` where
// the control names what the model has not.
int refusals_find(const struct control *control, const struct data *data, struct arena *arena,
                  struct rests *needed, struct rests *compared, struct error *error);

#endif
