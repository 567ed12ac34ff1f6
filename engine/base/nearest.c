// SPDX-License-Identifier: MIT
#include "engine/base/nearest.h"

#include "engine/base/mistake.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

enum { WORD_MAX = 48, TRIES_MAX = 2000 };

struct nearest nearest_start(struct text wanted)
{
    return (struct nearest){.wanted = wanted, .distance = wanted.length / 3 + 1};
}

static size_t smaller(size_t a, size_t b)
{
    return a < b ? a : b;
}

// Insertions, deletions, changes and swaps of neighbours; letters of either case are alike.
static size_t word_distance(struct text a, struct text b)
{
    size_t rows[3][WORD_MAX + 1];
    for (size_t j = 0; j <= b.length; j++)
        rows[0][j] = j;
    for (size_t i = 1; i <= a.length; i++) {
        size_t *above = rows[(i - 1) % 3], *row = rows[i % 3], *two_above = rows[(i + 1) % 3];
        row[0] = i;
        for (size_t j = 1; j <= b.length; j++) {
            bool same =
                tolower((unsigned char)a.bytes[i - 1]) == tolower((unsigned char)b.bytes[j - 1]);
            row[j] = smaller(smaller(above[j], row[j - 1]) + 1, above[j - 1] + !same);
            if (i > 1 && j > 1 && a.bytes[i - 1] == b.bytes[j - 2] &&
                a.bytes[i - 2] == b.bytes[j - 1])
                row[j] = smaller(row[j], two_above[j - 2] + 1);
        }
    }
    return rows[a.length % 3][b.length];
}

// order_dat for order_date, hired for hired_on: a word that was cut off.
static bool is_beginning(struct text beginning, struct text word)
{
    return beginning.length >= 4 && beginning.length < word.length &&
           memcmp(beginning.bytes, word.bytes, beginning.length) == 0;
}

void nearest_try_text(struct nearest *nearest, struct text candidate)
{
    struct text wanted = nearest->wanted;
    if (wanted.length > WORD_MAX || candidate.length > WORD_MAX)
        return;
    size_t gap = wanted.length > candidate.length ? wanted.length - candidate.length
                                                  : candidate.length - wanted.length;
    bool cut = is_beginning(wanted, candidate);
    if ((gap > nearest->distance && !cut) || nearest->tries++ > TRIES_MAX)
        return;
    size_t distance = cut ? 1 : word_distance(wanted, candidate);
    // A word of one or two letters is not like another that shares none of them.
    if (distance > nearest->distance || distance >= wanted.length ||
        (distance == nearest->distance && nearest->best[0]))
        return;
    nearest->distance = distance;
    snprintf(nearest->best, sizeof nearest->best, "%.*s", (int)candidate.length, candidate.bytes);
}

void nearest_try(struct nearest *nearest, const char *candidate)
{
    nearest_try_text(nearest, (struct text){candidate, strlen(candidate)});
}

const char *nearest_hint(const struct nearest *nearest, char room[96])
{
    room[0] = '\0';
    if (nearest->best[0])
        snprintf(room, 96, mistake_words(mistake_DID_YOU_MEAN), nearest->best);
    return room;
}

const char *nearest_name(const char *name, const char *const *candidates, size_t count)
{
    struct nearest nearest = nearest_start((struct text){name, strlen(name)});
    const char *found = NULL;
    for (size_t i = 0; i < count; i++) {
        nearest_try(&nearest, candidates[i]);
        if (!found || strcmp(found, nearest.best) != 0)
            found = nearest.best[0] ? candidates[i] : NULL;
    }
    return found;
}
