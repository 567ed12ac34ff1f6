// SPDX-License-Identifier: MIT
// The word that was probably meant, for messages about one that does not exist.
#ifndef VOUCH_NEAREST_H
#define VOUCH_NEAREST_H

#include "engine/base/dictionary.h"

#include <stddef.h>

// The candidate most like a misspelled word, as candidates are tried.
struct nearest {
    struct text wanted;
    char best[64]; // "" when none is near enough to suggest
    size_t distance;
    unsigned tries; // bounds the work on hostile files
};

struct nearest nearest_start(struct text wanted);
void nearest_try(struct nearest *nearest, const char *candidate);
void nearest_try_text(struct nearest *nearest, struct text candidate);

// "; did you mean \"x\"?" or ""; lives as long as `room`.
const char *nearest_hint(const struct nearest *nearest, char room[96]);

// Of candidates at hand: the most like `name`, or NULL when none is near enough.
const char *nearest_name(const char *name, const char *const *candidates, size_t count);

#endif
