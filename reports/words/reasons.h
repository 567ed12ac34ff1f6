// SPDX-License-Identifier: MIT
// Why a control or a row was not tested, in the languages of the reports.
#ifndef VOUCH_REASONS_H
#define VOUCH_REASONS_H

#include "engine/base/buffer.h"

// Adds a reason of a control's result in `language`. Those that the engine gives have a Chinese
// form; those of rules and of messages from elsewhere stay as they were written. Several joined by
// "; ", each with its number of rows, are taken one by one.
void reasons_add(const char *reason, const char *language, struct buffer *out);

#endif
