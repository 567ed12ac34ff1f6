// SPDX-License-Identifier: MIT
// Computed columns: functions of the engagement file that make a field out of a source's own
// columns. They are Lua of users, so they run in a child process; their results are read as if they
// had stood in the source.
#ifndef VOUCH_COMPUTATION_H
#define VOUCH_COMPUTATION_H

#include "engine/base/error.h"
#include "engine/data/data.h"
#include "engine/rules/engagement.h"

// Fills the computed fields of data that were joined (data_join) and not sealed. What a function
// gets wrong on a row is an invalid cell and a problem. -1 with `error` when the child was lost.
int computation_run(const struct engagement *engagement, struct data *data, struct error *error);

#endif
