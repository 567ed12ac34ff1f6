// SPDX-License-Identifier: MIT
// Which controls read a table or a field.
#ifndef VOUCH_READERS_H
#define VOUCH_READERS_H

#include "engine/rules/engagement.h"

// Whether a control can be seen to read the field, or with NULL any of the table.
bool readers_have(const struct control *control, const char *table, const char *field);

// Adds their ids: "CRD-01, PRC-01".
void readers_add(const struct engagement *engagement, const char *table, const char *field,
                 struct buffer *out);

#endif
