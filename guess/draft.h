// SPDX-License-Identifier: MIT
// A draft: the engagement file that a plan amounts to, each guess explained beside it, each doubt
// marked DRAFT_DOUBT.
#ifndef VOUCH_GUESS_DRAFT_H
#define VOUCH_GUESS_DRAFT_H

#include "engine/base/buffer.h"
#include "guess/plan.h"
#include "guess/scope.h"

#define DRAFT_DOUBT "-- ? "

// Adds the text of the file. `source` is what was looked at, as the user named it. Returns how many
// doubts are marked.
size_t draft_write(const struct plan *plan, const struct scope_guess *scope, const char *source,
                   struct buffer *out);

#endif
