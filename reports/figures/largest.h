// SPDX-License-Identifier: MIT
// The largest exceptions of a run, for results that cannot hold all of them: the ten largest of
// each control, so that none is passed over, then the largest of all. Large is what has a large
// amount, whatever its sign, kind and currency; what has none comes last, in the order of the
// results.
#ifndef VOUCH_LARGEST_H
#define VOUCH_LARGEST_H

#include "reports/figures/run.h"

// A flag for each finding of the run: is it among the `most` largest? NULL: all of them are. The
// caller frees.
bool *largest_pick(const struct run *run, size_t most);

#endif
