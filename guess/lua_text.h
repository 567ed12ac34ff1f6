// SPDX-License-Identifier: MIT
#ifndef VOUCH_GUESS_LUA_TEXT_H
#define VOUCH_GUESS_LUA_TEXT_H

#include "engine/base/buffer.h"

// Adds a text as Lua writes it, in quotes.
void lua_text_add(const char *text, struct buffer *out);

#endif
