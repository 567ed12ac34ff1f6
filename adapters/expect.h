// SPDX-License-Identifier: MIT
// Control totals that imports state (`expect`), as expectations of the data.
#ifndef VOUCH_EXPECT_H
#define VOUCH_EXPECT_H

#include "adapters/feed.h"

// Are the names in `expect` of all imports those of numeric fields? ERROR_USAGE otherwise.
int expect_check(const struct import *import, struct error *error);

// Declares the control totals of a feed that has been read, about the rows of that source.
// ERROR_USAGE for what is no number, or a column that the import does not fill.
int expect_declare(struct feed *feed, int source, struct error *error);

#endif
