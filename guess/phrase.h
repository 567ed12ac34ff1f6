// SPDX-License-Identifier: MIT
// Phrases: what comments of an engagement that was guessed say, in two languages. Each stands once,
// in phrases.def, as a printf format.
#ifndef VOUCH_GUESS_PHRASE_H
#define VOUCH_GUESS_PHRASE_H

#include "engine/base/arena.h"
#include "engine/base/buffer.h"

enum phrase {
#define PHRASE(name, english, chinese) PHRASE_##name,
#include "guess/phrases.def"
#undef PHRASE
    PHRASES
};

// "zh"; anything else is English.
const char *phrase_get(enum phrase phrase, const char *language);

void phrase_add(enum phrase phrase, const char *language, struct buffer *out, ...);

// The same as a text of the arena.
const char *phrase_make(enum phrase phrase, const char *language, struct arena *arena, ...);

#endif
