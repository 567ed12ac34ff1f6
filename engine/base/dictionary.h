// SPDX-License-Identifier: MIT
// A dictionary of texts: each distinct text has one code, counted from 0 in order of first
// appearance. Columns hold codes; equal texts have equal codes, so keys compare and join as
// integers.
#ifndef VOUCH_DICTIONARY_H
#define VOUCH_DICTIONARY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct dictionary;

struct text {
    const char *bytes; // NUL-terminated after `length`, though texts may hold NUL themselves
    size_t length;
};

#define DICTIONARY_NONE UINT32_MAX

struct dictionary *dictionary_new(void);
void dictionary_free(struct dictionary *dictionary);

// The text's code, new or known.
uint32_t dictionary_add(struct dictionary *dictionary, const char *bytes, size_t length);

// The codes of `count` texts, as dictionary_add gives them one after the other, only faster.
void dictionary_add_many(struct dictionary *dictionary, const struct text *texts, size_t count,
                         uint32_t *codes);

// The text's code, or DICTIONARY_NONE.
uint32_t dictionary_find(const struct dictionary *dictionary, const char *bytes, size_t length);

// Borrowed while the dictionary lives; `code` must come from this dictionary.
struct text dictionary_get(const struct dictionary *dictionary, uint32_t code);
uint32_t dictionary_count(const struct dictionary *dictionary);
size_t dictionary_memory(const struct dictionary *dictionary); // bytes held

// Orders two texts bytewise: negative, zero, positive.
int text_compare(struct text a, struct text b);

#endif
