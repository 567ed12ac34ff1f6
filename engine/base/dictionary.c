// SPDX-License-Identifier: MIT
// Open addressing over (hash, code) slots. Entries stand in pages and long texts in blocks that
// never move, so that a struct text stays valid while the dictionary grows; short texts stand in
// their entry, which spares a look-up one place in memory and the dictionary a quarter of its size.
#include "engine/base/dictionary.h"

#include "engine/base/memory.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

enum { BLOCK_SIZE = 1 << 18, PAGE_BITS = 12, PAGE_ENTRIES = 1 << PAGE_BITS, SHORT_SIZE = 12 };
enum { AHEAD = 8 };

struct slot {
    uint32_t hash;
    uint32_t code; // code + 1; 0 is an empty slot
};

struct entry {
    uint32_t length;
    char bytes[SHORT_SIZE]; // the text itself, with its NUL; of a longer text the pointer to it
};

struct slab {
    struct slab *next;
    char bytes[];
};

struct dictionary {
    struct slot *slots;
    size_t slot_mask;
    struct entry **pages;
    size_t count, page_count, page_capacity;
    struct slab *blocks;
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
    for (struct slab *block = dictionary->blocks, *next; block; block = next) {
        next = block->next;
        free(block);
    }
    for (size_t i = 0; i < dictionary->page_count; i++)
        free(dictionary->pages[i]);
    free(dictionary->slots);
    free(dictionary->pages);
    free(dictionary);
}

static uint64_t mix(uint64_t a, uint64_t b)
{
    __uint128_t product = (__uint128_t)a * b;
    return (uint64_t)product ^ (uint64_t)(product >> 64);
}

// The last 1 to 7 bytes as one word; overlapping loads are faster than a copy of unknown length.
static uint64_t tail_of(const char *bytes, size_t length)
{
    uint32_t front, back;
    if (length < sizeof front)
        return (uint64_t)(unsigned char)bytes[0] << 16 |
               (uint64_t)(unsigned char)bytes[length / 2] << 8 | (unsigned char)bytes[length - 1];
    memcpy(&front, bytes, sizeof front);
    memcpy(&back, bytes + length - sizeof back, sizeof back);
    return (uint64_t)front << 32 | back;
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
        word = tail_of(bytes, length);
        state = mix(state ^ word, UINT64_C(0xe7037ed1a0b428db));
    }
    state = mix(state, UINT64_C(0x8ebc6af09c88c6e3));
    return (uint32_t)(state ^ (state >> 32));
}

static const struct entry *entry_of(const struct dictionary *dictionary, uint32_t code)
{
    return &dictionary->pages[code >> PAGE_BITS][code & (PAGE_ENTRIES - 1)];
}

static const char *bytes_of(const struct entry *entry)
{
    const char *bytes;
    if (entry->length < SHORT_SIZE)
        return entry->bytes;
    memcpy(&bytes, entry->bytes, sizeof bytes);
    return bytes;
}

// As memcmp, which is slow to call for texts that are mostly shorter than two words.
static bool same_bytes(const char *a, const char *b, size_t length)
{
    uint64_t front_a, front_b, back_a, back_b;
    if (length < sizeof front_a || length > 2 * sizeof front_a)
        return memcmp(a, b, length) == 0;
    memcpy(&front_a, a, sizeof front_a);
    memcpy(&front_b, b, sizeof front_b);
    memcpy(&back_a, a + length - sizeof back_a, sizeof back_a);
    memcpy(&back_b, b + length - sizeof back_b, sizeof back_b);
    return front_a == front_b && back_a == back_b;
}

// The slot that holds the text, or the empty slot where it would go.
static struct slot *locate(const struct dictionary *dictionary, const char *bytes, size_t length,
                           uint32_t hash)
{
    for (size_t i = hash & dictionary->slot_mask;; i = (i + 1) & dictionary->slot_mask) {
        struct slot *slot = &dictionary->slots[i];
        if (slot->code == 0)
            return slot;
        if (slot->hash != hash)
            continue;
        const struct entry *entry = entry_of(dictionary, slot->code - 1);
        if (entry->length == length && same_bytes(bytes_of(entry), bytes, length))
            return slot;
    }
}

static void grow_slots(struct dictionary *dictionary)
{
    struct slot *old = dictionary->slots;
    size_t count = dictionary->slot_mask + 1;
    dictionary->slot_mask = count * 2 - 1;
    dictionary->slots = memory_new(count * 2, sizeof *dictionary->slots);
    for (size_t from = 0; from < count; from++) {
        size_t at = old[from].hash & dictionary->slot_mask;
        if (old[from].code == 0)
            continue;
        while (dictionary->slots[at].code)
            at = (at + 1) & dictionary->slot_mask;
        dictionary->slots[at] = old[from];
    }
    free(old);
}

static const char *keep(struct dictionary *dictionary, const char *bytes, size_t length)
{
    if (length + 1 > dictionary->block_left) {
        size_t size = length + 1 > BLOCK_SIZE / 8 ? length + 1 : BLOCK_SIZE;
        struct slab *block = memory_resize(NULL, sizeof *block + size, 1);
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

static struct entry *new_entry(struct dictionary *dictionary)
{
    if (dictionary->count == dictionary->page_count * PAGE_ENTRIES) {
        dictionary->page_capacity =
            memory_grow((void **)&dictionary->pages, dictionary->page_count,
                        dictionary->page_capacity, sizeof *dictionary->pages);
        dictionary->pages[dictionary->page_count++] =
            memory_resize(NULL, PAGE_ENTRIES, sizeof **dictionary->pages);
    }
    uint32_t code = (uint32_t)dictionary->count++;
    return &dictionary->pages[code >> PAGE_BITS][code & (PAGE_ENTRIES - 1)];
}

static uint32_t add_hashed(struct dictionary *dictionary, const char *bytes, size_t length,
                           uint32_t hash)
{
    struct slot *slot = locate(dictionary, bytes, length, hash);
    if (slot->code)
        return slot->code - 1;
    if (dictionary->count >= DICTIONARY_NONE - 1)
        memory_exhausted();
    struct entry *entry = new_entry(dictionary);
    *entry = (struct entry){.length = (uint32_t)length};
    if (length < SHORT_SIZE) {
        memcpy(entry->bytes, bytes, length);
    } else {
        const char *kept = keep(dictionary, bytes, length);
        memcpy(entry->bytes, &kept, sizeof kept);
    }
    uint32_t code = (uint32_t)dictionary->count - 1;
    *slot = (struct slot){hash, code + 1};
    if (dictionary->count * 4 > dictionary->slot_mask * 3)
        grow_slots(dictionary);
    return code;
}

uint32_t dictionary_add(struct dictionary *dictionary, const char *bytes, size_t length)
{
    return add_hashed(dictionary, bytes, length, hash_of(dictionary, bytes, length));
}

// Look-ups at random places of a big dictionary wait for memory: the next ones' places are asked
// for while the last ones are compared.
void dictionary_add_many(struct dictionary *dictionary, const struct text *texts, size_t count,
                         uint32_t *codes)
{
    uint32_t hashes[AHEAD * 2];
    for (size_t i = 0; i < count + AHEAD * 2; i++) {
        if (i >= AHEAD * 2) {
            size_t now = i - AHEAD * 2;
            codes[now] = add_hashed(dictionary, texts[now].bytes, texts[now].length,
                                    hashes[now % (AHEAD * 2)]);
        }
        if (i >= AHEAD && i - AHEAD < count) {
            uint32_t hash = hashes[(i - AHEAD) % (AHEAD * 2)];
            const struct slot *slot = &dictionary->slots[hash & dictionary->slot_mask];
            if (slot->code)
                __builtin_prefetch(entry_of(dictionary, slot->code - 1));
        }
        if (i < count) {
            uint32_t hash = hash_of(dictionary, texts[i].bytes, texts[i].length);
            hashes[i % (AHEAD * 2)] = hash;
            __builtin_prefetch(&dictionary->slots[hash & dictionary->slot_mask], 1);
        }
    }
}

uint32_t dictionary_find(const struct dictionary *dictionary, const char *bytes, size_t length)
{
    const struct slot *slot = locate(dictionary, bytes, length, hash_of(dictionary, bytes, length));
    return slot->code ? slot->code - 1 : DICTIONARY_NONE;
}

struct text dictionary_get(const struct dictionary *dictionary, uint32_t code)
{
    const struct entry *entry = entry_of(dictionary, code);
    return (struct text){bytes_of(entry), entry->length};
}

uint32_t dictionary_count(const struct dictionary *dictionary)
{
    return (uint32_t)dictionary->count;
}

size_t dictionary_memory(const struct dictionary *dictionary)
{
    return dictionary->bytes_held + (dictionary->slot_mask + 1) * sizeof *dictionary->slots +
           dictionary->page_count * PAGE_ENTRIES * sizeof **dictionary->pages;
}

int text_compare(struct text a, struct text b)
{
    size_t shorter = a.length < b.length ? a.length : b.length;
    int order = shorter ? memcmp(a.bytes, b.bytes, shorter) : 0;
    return order ? order : (a.length > b.length) - (a.length < b.length);
}
