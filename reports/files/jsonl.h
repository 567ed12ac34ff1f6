// SPDX-License-Identifier: MIT
// exceptions.jsonl: one object a line, sorted by control, table, key and label.
#ifndef VOUCH_JSONL_H
#define VOUCH_JSONL_H

#include "engine/base/error.h"
#include "reports/figures/run.h"
#include "reports/files/output.h"

// 0 or -1 with `error`.
int jsonl_write(const struct run *run, struct output *output, struct error *error);

#endif
