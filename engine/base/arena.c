// SPDX-License-Identifier: MIT
// Blocks of one size, each filled from its start; what is larger gets a block of its own.
#include "engine/base/arena.h"

#include "engine/base/memory.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { ARENA_BLOCK = 32 << 10 };

struct arena_block {
    struct arena_block *next;
    size_t used, size;
    max_align_t bytes[];
};

struct arena {
    struct arena_block *blocks; // the first has room, perhaps
};

struct arena *arena_new(void)
{
    return memory_new(1, sizeof(struct arena));
}

void arena_free(struct arena *arena)
{
    if (!arena)
        return;
    for (struct arena_block *block = arena->blocks, *next; block; block = next) {
        next = block->next;
        free(block);
    }
    free(arena);
}

static struct arena_block *add_block(struct arena *arena, size_t size)
{
    struct arena_block *block = memory_new(1, sizeof *block + size);
    block->size = size;
    // A block that one thing fills stands behind the one that has room left.
    struct arena_block **place =
        arena->blocks && size > ARENA_BLOCK ? &arena->blocks->next : &arena->blocks;
    block->next = *place;
    *place = block;
    return block;
}

void *arena_take(struct arena *arena, size_t count, size_t size)
{
    enum { UNIT = _Alignof(max_align_t) };
    size_t bytes;
    if (__builtin_mul_overflow(count, size, &bytes) || bytes > SIZE_MAX / 2)
        memory_exhausted();
    bytes = (bytes + UNIT - 1) / UNIT * UNIT;
    struct arena_block *block = arena->blocks;
    if (!block || block->size - block->used < bytes)
        block = add_block(arena, bytes > ARENA_BLOCK ? bytes : ARENA_BLOCK);
    void *taken = (char *)block->bytes + block->used;
    block->used += bytes;
    return taken;
}

char *arena_text(struct arena *arena, const char *text)
{
    return text ? arena_text_n(arena, text, strlen(text)) : NULL;
}

char *arena_text_n(struct arena *arena, const char *text, size_t length)
{
    char *copy = arena_take(arena, length + 1, 1);
    if (length)
        memcpy(copy, text, length);
    return copy;
}
