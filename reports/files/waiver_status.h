// SPDX-License-Identifier: MIT
// waiver_status.csv: each line of the engagement's waivers and what came of it. Only there when the
// engagement has waivers.
#ifndef VOUCH_WAIVER_STATUS_H
#define VOUCH_WAIVER_STATUS_H

#include "engine/base/error.h"
#include "reports/figures/run.h"
#include "reports/files/output.h"

// 0 or -1 with `error`.
int waiver_status_write(const struct run *run, struct output *output, struct error *error);

// How many exceptions it names and does not waive.
size_t waiver_status_refused(const struct waiver *waiver);

// What is wrong with a waiver in words of `language`; nothing when it is not void.
void waiver_status_explain(const struct waiver *waiver, const char *language, struct buffer *out);

#endif
