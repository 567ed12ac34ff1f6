// SPDX-License-Identifier: MIT
// The text of a control in its rule file: the whole declaration, and nothing else.
#ifndef VOUCH_RULE_TEXT_H
#define VOUCH_RULE_TEXT_H

#include "engine/base/buffer.h"
#include "engine/rules/engagement.h"

// Adds its lines, each with its line end; nothing where it cannot be seen. The number of the first.
int rule_text_get(const struct engagement *engagement, const struct control *control,
                  struct buffer *out);

#endif
