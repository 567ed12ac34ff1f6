// SPDX-License-Identifier: MIT
// Patterns as Lua writes them, over characters rather than bytes and without captures: ^ and $ at
// the ends, any character (.), classes (%d %a %l %u %w %s %p %x, in capitals what they are not),
// sets ([abc], [0-9], [^x]), and behind one of these * + - ? for how often. % before anything else
// means that itself. A pattern is found anywhere in a text that it is not tied to an end of.
#ifndef VOUCH_PATTERN_H
#define VOUCH_PATTERN_H

#include <stdbool.h>
#include <stddef.h>

// What is wrong with a pattern, in a few words; NULL: nothing.
const char *pattern_mistake(const char *pattern);

// 1: the pattern is found in the text, 0: it is not, -1: it takes too many steps to say.
int pattern_find(const char *pattern, const char *text, size_t length);

#endif
