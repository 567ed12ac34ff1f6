// SPDX-License-Identifier: MIT
// The comment of a function in a rule file: the lines of comment right above it.
#ifndef VOUCH_RULE_COMMENT_H
#define VOUCH_RULE_COMMENT_H

#include "engine/base/buffer.h"

// Adds lines of comment from `at` to `end` without their dashes; `between` joins them.
void rule_comment_add(const char *at, const char *end, const char *between, struct buffer *out);

// Adds the comment that ends right above the line that begins at `line`, in one line; nothing where
// none does.
void rule_comment_above(const char *text, const char *line, struct buffer *out);

#endif
