// SPDX-License-Identifier: MIT
// The text of a control in its rule file: from its first line to the brace that closes it at the
// margin.
#ifndef VOUCH_RULE_TEXT_H
#define VOUCH_RULE_TEXT_H

#include "engine/base/buffer.h"
#include "engine/rules/engagement.h"

// Adds its lines, each with its line end; the first is that of number control->line.
void rule_text_get(const struct engagement *engagement, const struct control *control,
                   struct buffer *out);

#endif
