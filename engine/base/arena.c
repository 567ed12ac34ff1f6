// SPDX-License-Identifier: MIT
// Blocks are filled from their start, and double up to one size: many arenas hold little. What is
// large gets a block of its own. Texts stand close to one another, other things are aligned for
// anything.
#include "engine/base/arena.h"

#include "engine/base/memory.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { FIRST_BLOCK = 512, LAST_BLOCK = 32 << 10, LARGE = LAST_BLOCK / 4 };

struct arena_block {
    struct arena_block *next;
    size_t used, size;
    max_align_t bytes[];
};

struct arena {
    struct arena_block *blocks; // the first has room, perhaps
    size_t last;                // size of the latest that was not made for one thing
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

static struct arena_block *add_block(struct arena *arena, size_t bytes)
{
    size_t size = arena->last ? arena->last * 2 : FIRST_BLOCK;
    while (size < bytes && size < LAST_BLOCK)
        size *= 2;
    size = bytes > LARGE ? bytes : size < LAST_BLOCK ? size : LAST_BLOCK;
    struct arena_block *block = memory_new(1, sizeof *block + size);
    block->size = size;
    // A block that one thing fills stands behind the one that has room left.
    bool behind = arena->blocks && bytes > LARGE;
    struct arena_block **place = behind ? &arena->blocks->next : &arena->blocks;
    block->next = *place;
    *place = block;
    arena->last = bytes > LARGE ? arena->last : size;
    return block;
}

static void *take(struct arena *arena, size_t bytes, size_t unit)
{
    if (bytes > SIZE_MAX / 2)
        memory_exhausted();
    struct arena_block *block = arena->blocks;
    size_t begin = block ? (block->used + unit - 1) / unit * unit : 0;
    if (!block || begin > block->size || block->size - begin < bytes) {
        block = add_block(arena, bytes);
        begin = 0;
    }
    block->used = begin + bytes;
    return (char *)block->bytes + begin;
}

void *arena_take(struct arena *arena, size_t count, size_t size)
{
    size_t bytes;
    if (__builtin_mul_overflow(count, size, &bytes))
        memory_exhausted();
    return take(arena, bytes, _Alignof(max_align_t));
}

void *arena_extend(struct arena *arena, void *items, size_t count, size_t size)
{
    if (count & (count - 1) || (items && count == 0))
        return items;
    void *wider = arena_take(arena, count ? count * 2 : 1, size);
    if (count)
        memcpy(wider, items, count * size);
    return wider;
}

void arena_adopt(struct arena *arena, struct arena *other)
{
    if (!other)
        return;
    // Behind the first of ours, which has room.
    struct arena_block **place = arena->blocks ? &arena->blocks->next : &arena->blocks;
    struct arena_block **end = &other->blocks;
    while (*end)
        end = &(*end)->next;
    *end = *place;
    *place = other->blocks;
    free(other);
}

char *arena_text(struct arena *arena, const char *text)
{
    return text ? arena_text_n(arena, text, strlen(text)) : NULL;
}

char *arena_text_n(struct arena *arena, const char *text, size_t length)
{
    char *copy = take(arena, length + 1, 1);
    if (length)
        memcpy(copy, text, length);
    return copy;
}

char *arena_text_of(struct arena *arena, struct buffer *buffer)
{
    char *copy = arena_text_n(arena, buffer_text(buffer), buffer->length);
    buffer_clear(buffer);
    return copy;
}
