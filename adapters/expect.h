// SPDX-License-Identifier: MIT
// Control totals that imports state (`expect`), as expectations of the data.
#ifndef VOUCH_EXPECT_H
#define VOUCH_EXPECT_H

#include "adapters/feed.h"

// Declares the control totals of all imports. Totals of several imports into one table are added,
// which needs all of them to state the total. ERROR_USAGE otherwise, and for what is no number or
// field.
int expect_declare(struct import *import, struct error *error);

#endif
