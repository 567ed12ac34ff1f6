// SPDX-License-Identifier: MIT
// Memory of the program. These functions never return NULL: when memory runs out the process says
// so in one line, removes half-written results (memory_on_failure) and exits with status 4.
#ifndef VOUCH_MEMORY_H
#define VOUCH_MEMORY_H

#include <stddef.h>

// `count` zeroed elements of `size` bytes; free() releases them. An overflow counts as out of
// memory.
void *memory_new(size_t count, size_t size);

// As realloc for `count` elements of `size` bytes; new bytes are not cleared.
void *memory_resize(void *old, size_t count, size_t size);

// Copies of text, NUL-terminated; the caller frees.
char *memory_text(const char *text);
char *memory_text_n(const char *text, size_t length);

// For libraries that return NULL: says what could not be had and ends the process as above.
_Noreturn void memory_exhausted(void);

// Runs once before the process ends for lack of memory; the results' writer removes its temporary
// files.
void memory_on_failure(void (*clean_up)(void));

// Grows a vector: makes room for one more element in `*items`, doubling; returns its new capacity.
size_t memory_grow(void **items, size_t used, size_t capacity, size_t size);

#endif
