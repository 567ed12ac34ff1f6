// SPDX-License-Identifier: MIT
#include "adapters/nearest.h"

#include <string.h>

enum { NAME_MAX_COMPARED = 64 };

static size_t smallest(size_t a, size_t b, size_t c)
{
    size_t least = a < b ? a : b;
    return least < c ? least : c;
}

// Insertions, deletions and replacements that turn `a` into `b`.
static size_t distance(const char *a, size_t a_length, const char *b, size_t b_length)
{
    size_t row[NAME_MAX_COMPARED + 1];
    for (size_t at = 0; at <= b_length; at++)
        row[at] = at;
    for (size_t i = 1; i <= a_length; i++) {
        size_t diagonal = row[0];
        row[0] = i;
        for (size_t j = 1; j <= b_length; j++) {
            size_t above = row[j];
            row[j] = smallest(above + 1, row[j - 1] + 1, diagonal + (a[i - 1] != b[j - 1]));
            diagonal = above;
        }
    }
    return row[b_length];
}

const char *nearest_name(const char *name, const char *const *candidates, size_t count)
{
    size_t length = strlen(name), best = length / 3 + 2;
    const char *found = NULL;
    if (length > NAME_MAX_COMPARED)
        return NULL;
    for (size_t at = 0; at < count; at++) {
        size_t candidate_length = strlen(candidates[at]);
        if (candidate_length > NAME_MAX_COMPARED)
            continue;
        size_t changes = distance(name, length, candidates[at], candidate_length);
        if (changes < best) {
            best = changes;
            found = candidates[at];
        }
    }
    return found;
}
