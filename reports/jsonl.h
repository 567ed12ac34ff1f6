// SPDX-License-Identifier: MIT
// exceptions.jsonl: one object a line, sorted by control, table, key and label.
#ifndef VOUCH_JSONL_H
#define VOUCH_JSONL_H

#include "engine/error.h"
#include "reports/output.h"
#include "reports/run.h"

// 0 or -1 with `error`.
int jsonl_write(const struct run *run, struct output *output, struct error *error);

#endif
