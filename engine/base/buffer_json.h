// SPDX-License-Identifier: MIT
// JSON as text in a buffer.
#ifndef VOUCH_BUFFER_JSON_H
#define VOUCH_BUFFER_JSON_H

#include "engine/base/buffer.h"

#include <jansson.h>

// Adds the value as json_dumps writes it with these flags.
void buffer_add_json(struct buffer *buffer, const json_t *value, size_t flags);

#endif
