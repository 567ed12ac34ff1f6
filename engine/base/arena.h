// SPDX-License-Identifier: MIT
// An arena: memory for many small things that live as long as what they make up (a model, an
// engagement, a syntax tree). They are released together, none by itself.
#ifndef VOUCH_ARENA_H
#define VOUCH_ARENA_H

#include <stddef.h>

struct arena;

struct arena *arena_new(void);
void arena_free(struct arena *arena); // NULL is fine

// `count` zeroed elements of `size` bytes, aligned for anything. An overflow counts as out of
// memory.
void *arena_take(struct arena *arena, size_t count, size_t size);

// Copies of text, NUL-terminated; arena_text gives NULL for NULL.
char *arena_text(struct arena *arena, const char *text);
char *arena_text_n(struct arena *arena, const char *text, size_t length);

#endif
