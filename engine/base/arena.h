// SPDX-License-Identifier: MIT
// An arena: memory for many small things that live as long as what they make up (a model, an
// engagement, a syntax tree). They are released together, none by itself.
#ifndef VOUCH_ARENA_H
#define VOUCH_ARENA_H

#include "engine/base/buffer.h"

#include <stddef.h>

struct arena;

struct arena *arena_new(void);
void arena_free(struct arena *arena); // NULL is fine

// `count` zeroed elements of `size` bytes, aligned for anything. An overflow counts as out of
// memory.
void *arena_take(struct arena *arena, size_t count, size_t size);

// Makes room for one more element behind the `count` of `items`, and returns where they are now.
// Room doubles when `count` is a power of two, so that nobody has to remember how much there is;
// what is outgrown is not given back before the arena is, so this is not for lists of millions.
void *arena_extend(struct arena *arena, void *items, size_t count, size_t size);

// Takes over what `other` holds, at no cost; `other` is gone. NULL is fine.
void arena_adopt(struct arena *arena, struct arena *other);

// Copies of text, NUL-terminated; arena_text gives NULL for NULL.
char *arena_text(struct arena *arena, const char *text);
char *arena_text_n(struct arena *arena, const char *text, size_t length);

// A copy of what the buffer holds, which is then cleared.
char *arena_text_of(struct arena *arena, struct buffer *buffer);

#endif
