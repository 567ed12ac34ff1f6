// SPDX-License-Identifier: MIT
// What a misspelled word was probably meant to be, and how source looks in a message.
#include "engine/rulecheck_internal.h"

#include <ctype.h>
#include <stdio.h>

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
        snprintf(room, 96, "; did you mean \"%s\"?", nearest->best);
    return room;
}

void nearest_try_table(struct nearest *nearest, const struct model *model, int table)
{
    const struct model_table *definition = &model->tables[table];
    for (int i = 0; i < definition->field_count; i++)
        nearest_try(nearest, definition->fields[i].name);
    for (int i = 0; i < definition->reference_count; i++)
        nearest_try(nearest, definition->references[i].name);
    for (int i = 0; i < definition->reverse_count; i++)
        nearest_try(nearest, definition->reverses[i].name);
}

void nearest_try_tables(struct nearest *nearest, const struct model *model)
{
    for (int i = 0; i < model->table_count; i++)
        nearest_try(nearest, model->tables[i].name);
}

struct snippet check_source(const struct check *check, const struct node *node)
{
    enum { CUT = 40 };
    struct snippet snippet = {""};
    size_t length = node->end - node->begin, used = 0;
    const char *source = check->syntax->text + node->begin;
    for (size_t i = 0; i < length && used < CUT; i++) {
        bool blank = source[i] == '\n' || source[i] == '\r' || source[i] == '\t';
        // NUL would end the message.
        snippet.text[used++] = blank ? ' ' : source[i] ? source[i] : '?';
    }
    while (used == CUT && used > 0 && (snippet.text[used - 1] & 0xC0) == 0x80)
        used--;
    if (used && length > CUT && (snippet.text[used - 1] & 0xC0) == 0xC0)
        used--;
    snprintf(snippet.text + used, sizeof snippet.text - used, "%s", length > CUT ? "..." : "");
    return snippet;
}
