// SPDX-License-Identifier: MIT
// The basis of totals: whether what documents state as their amount is what their lines come to.
// Where it is not for most of them, one is with tax and the other without, and comparing the two
// would accuse every document.
#ifndef VOUCH_GUESS_BASIS_H
#define VOUCH_GUESS_BASIS_H

#include "guess/plan.h"

// Takes amounts of documents out of the plan that are on another basis than their lines, which
// state no tax, and says so.
void basis_check(struct plan *plan, const struct zone *zone);

#endif
