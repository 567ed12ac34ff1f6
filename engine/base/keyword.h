// SPDX-License-Identifier: MIT
// The reserved words of Lua, in the order of the alphabet: no name may be one of them.
#ifndef VOUCH_KEYWORD_H
#define VOUCH_KEYWORD_H

#include <stdbool.h>

enum { KEYWORDS = 22 };
extern const char *const keywords[KEYWORDS];

bool keyword_is(const char *name);

#endif
