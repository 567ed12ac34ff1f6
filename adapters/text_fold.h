// SPDX-License-Identifier: MIT
#ifndef VOUCH_TEXT_FOLD_H
#define VOUCH_TEXT_FOLD_H

#include "engine/base/buffer.h"

// Adds a name as names are compared where they may differ in case, width and blanks: in lower case,
// in the widths of ASCII, without blanks. Bytes that are no text stay.
void text_fold(const char *name, struct buffer *out);

#endif
