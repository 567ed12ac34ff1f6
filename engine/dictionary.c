// SPDX-License-Identifier: MIT
// Open addressing over (hash, code) slots; the bytes stand in blocks that never move, so that a
// struct text stays valid while the dictionary grows.
#include "engine/dictionary.h"

#include "engine/memory.h"

#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

enum { BLOCK_SIZE = 1 << 18 };

struct slot {
    uint32_t hash;
    uint32_t code; // code + 1; 0 is an empty slot
};

struct entry {
    const char *bytes;
    uint32_t length;
    uint32_t hash;
};

struct block {
    struct block *next;
    char bytes[];
};

struct dictionary {
    struct slot *slots;
    size_t slot_mask;
    struct entry *entries;
    size_t count, capacity;
    struct block *blocks;
    size_t block_left;
    char *block_at;
    size_t bytes_held;
    uint64_t seed; // random, so that a file cannot be written to collide; codes do not depend on it
};

struct dictionary *dictionary_new(void)
{
    struct dictionary *dictionary = memory_new(1, sizeof *dictionary);
    dictionary->slot_mask = 63;
    dictionary->slots = memory_new(dictionary->slot_mask + 1, sizeof *dictionary->slots);
    if (getrandom(&dictionary->seed, sizeof dictionary->seed, GRND_NONBLOCK) < 0)
        dictionary->seed = (uint64_t)(uintptr_t)dictionary;
    return dictionary;
}

void dictionary_free(struct dictionary *dictionary)
{
    if (!dictionary)
        return;
    for (struct block *block = dictionary->blocks, *next; block; block = next) {
        next = block->next;
        free(block);
    }
    free(dictionary->slots);
    free(dictionary->entries);
    free(dictionary);
}

static uint64_t mix(uint64_t a, uint64_t b)
{
    __uint128_t product = (__uint128_t)a * b;
    return (uint64_t)product ^ (uint64_t)(product >> 64);
}

static uint32_t hash_of(const struct dictionary *dictionary, const char *bytes, size_t length)
{
    uint64_t state = dictionary->seed ^ (length * UINT64_C(0x9e3779b97f4a7c15));
    uint64_t word;
    for (; length >= 8; bytes += 8, length -= 8) {
        memcpy(&word, bytes, 8);
        state = mix(state ^ word, UINT64_C(0xa0761d6478bd642f));
    }
    if (length) {
        word = 0;
        memcpy(&word, bytes, length);
        state = mix(state ^ word, UINT64_C(0xe7037ed1a0b428db));
    }
    state = mix(state, UINT64_C(0x8ebc6af09c88c6e3));
    return (uint32_t)(state ^ (state >> 32));
}

// The slot that holds the text, or the empty slot where it would go.
static struct slot *locate(const struct dictionary *dictionary, const char *bytes, size_t length,
                           uint32_t hash)
{
    for (size_t at = hash & dictionary->slot_mask;; at = (at + 1) & dictionary->slot_mask) {
        struct slot *slot = &dictionary->slots[at];
        if (slot->code == 0)
            return slot;
        if (slot->hash != hash)
            continue;
        const struct entry *entry = &dictionary->entries[slot->code - 1];
        if (entry->length == length && memcmp(entry->bytes, bytes, length) == 0)
            return slot;
    }
}

static void grow_slots(struct dictionary *dictionary)
{
    free(dictionary->slots);
    dictionary->slot_mask = dictionary->slot_mask * 2 + 1;
    dictionary->slots = memory_new(dictionary->slot_mask + 1, sizeof *dictionary->slots);
    for (size_t code = 0; code < dictionary->count; code++) {
        uint32_t hash = dictionary->entries[code].hash;
        size_t at = hash & dictionary->slot_mask;
        while (dictionary->slots[at].code)
            at = (at + 1) & dictionary->slot_mask;
        dictionary->slots[at] = (struct slot){hash, (uint32_t)code + 1};
    }
}

static const char *keep(struct dictionary *dictionary, const char *bytes, size_t length)
{
    if (length + 1 > dictionary->block_left) {
        size_t size = length + 1 > BLOCK_SIZE / 8 ? length + 1 : BLOCK_SIZE;
        struct block *block = memory_resize(NULL, sizeof *block + size, 1);
        block->next = dictionary->blocks;
        dictionary->blocks = block;
        dictionary->bytes_held += sizeof *block + size;
        dictionary->block_at = block->bytes;
        dictionary->block_left = size;
    }
    char *copy = dictionary->block_at;
    if (length)
        memcpy(copy, bytes, length);
    copy[length] = '\0';
    dictionary->block_at += length + 1;
    dictionary->block_left -= length + 1;
    return copy;
}

uint32_t dictionary_add(struct dictionary *dictionary, const char *bytes, size_t length)
{
    uint32_t hash = hash_of(dictionary, bytes, length);
    struct slot *slot = locate(dictionary, bytes, length, hash);
    if (slot->code)
        return slot->code - 1;
    if (dictionary->count >= DICTIONARY_NONE - 1)
        memory_exhausted();
    dictionary->capacity = memory_grow((void **)&dictionary->entries, dictionary->count,
                                       dictionary->capacity, sizeof *dictionary->entries);
    uint32_t code = (uint32_t)dictionary->count++;
    dictionary->entries[code] =
        (struct entry){keep(dictionary, bytes, length), (uint32_t)length, hash};
    *slot = (struct slot){hash, code + 1};
    if (dictionary->count * 2 > dictionary->slot_mask)
        grow_slots(dictionary);
    return code;
}

uint32_t dictionary_find(const struct dictionary *dictionary, const char *bytes, size_t length)
{
    const struct slot *slot =
        locate(dictionary, bytes, length, hash_of(dictionary, bytes, length));
    return slot->code ? slot->code - 1 : DICTIONARY_NONE;
}

struct text dictionary_get(const struct dictionary *dictionary, uint32_t code)
{
    const struct entry *entry = &dictionary->entries[code];
    return (struct text){entry->bytes, entry->length};
}

uint32_t dictionary_count(const struct dictionary *dictionary)
{
    return (uint32_t)dictionary->count;
}

size_t dictionary_memory(const struct dictionary *dictionary)
{
    return dictionary->bytes_held + (dictionary->slot_mask + 1) * sizeof *dictionary->slots +
           dictionary->capacity * sizeof *dictionary->entries;
}

int text_compare(struct text a, struct text b)
{
    size_t shorter = a.length < b.length ? a.length : b.length;
    int order = shorter ? memcmp(a.bytes, b.bytes, shorter) : 0;
    return order ? order : (a.length > b.length) - (a.length < b.length);
}
