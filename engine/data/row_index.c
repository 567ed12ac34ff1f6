// SPDX-License-Identifier: MIT
// Open addressing over rows; rows of equal words are chained in row order. Where the first column's
// words are dense (codes, dates, small numbers), rows whose words are near stand near one another:
// whole tables are looked up in row order, and then mostly find the next place in the cache
// already. A crowded place gives way to one by hash.
#include "engine/data/row_index.h"

#include "engine/base/memory.h"

#include <stdlib.h>
#include <string.h>

enum { NO_ROW = UINT32_MAX, NEAR = 8, SCATTERED = -1 };

struct row_index {
    const struct table *table;
    int *fields;
    int field_count;
    uint32_t *slots; // first row of each chain
    size_t mask;
    uint32_t *next; // by row; allocated when the first chain grows
    int64_t least;  // word of the first column
    int spread;     // each of its words has 2^spread slots; SCATTERED: too many
};

static uint64_t hash_words(const int64_t *words, int count)
{
    uint64_t state = UINT64_C(0x9e3779b97f4a7c15);
    for (int i = 0; i < count; i++) {
        __uint128_t product =
            (__uint128_t)(state ^ (uint64_t)words[i]) * UINT64_C(0xa0761d6478bd642f);
        state = (uint64_t)product ^ (uint64_t)(product >> 64);
    }
    return state ^ (state >> 29);
}

static bool holds(const struct row_index *index, int64_t row, const int64_t *words)
{
    for (int i = 0; i < index->field_count; i++)
        if (column_get(&index->table->columns[index->fields[i]], (size_t)row) != words[i])
            return false;
    return true;
}

static uint32_t *locate(const struct row_index *index, const int64_t *words)
{
    uint64_t hash = hash_words(words, index->field_count);
    uint64_t offset = index->spread == SCATTERED ? 0 : (uint64_t)words[0] - (uint64_t)index->least;
    if (index->spread != SCATTERED && offset <= index->mask >> index->spread) {
        uint64_t among =
            index->field_count > 1 ? hash >> 32 & ((UINT64_C(1) << index->spread) - 1) : 0;
        for (size_t step = 0; step < NEAR; step++) {
            uint32_t *slot =
                &index->slots[((offset << index->spread) + among + step) & index->mask];
            if (*slot == NO_ROW || holds(index, *slot, words))
                return slot;
        }
    }
    size_t at = hash & index->mask;
    while (index->slots[at] != NO_ROW && !holds(index, index->slots[at], words))
        at = (at + 1) & index->mask;
    return &index->slots[at];
}

// Finds out whether the words of the first column are few enough for places of their own.
static void spread_words(struct row_index *index)
{
    int64_t least = INT64_MAX, most = INT64_MIN;
    index->spread = SCATTERED;
    for (uint32_t row = 0; index->field_count > 0 && row < index->table->rows; row++) {
        int64_t word = column_get(&index->table->columns[index->fields[0]], row);
        least = word > CELL_INVALID && word < least ? word : least;
        most = word > CELL_INVALID && word > most ? word : most;
    }
    if (least > most)
        return;
    uint64_t last = (uint64_t)most - (uint64_t)least;
    index->least = least;
    while (index->spread < 31 && last <= index->mask >> (index->spread + 1))
        index->spread++;
}

struct row_index *row_index_new(const struct table *table, const int *fields, int field_count)
{
    struct row_index *index = memory_new(1, sizeof *index);
    index->table = table;
    index->fields = memory_new((size_t)field_count, sizeof *fields);
    memcpy(index->fields, fields, (size_t)field_count * sizeof *fields);
    index->field_count = field_count;
    index->mask = 15;
    while (index->mask < (size_t)table->rows * 2)
        index->mask = index->mask * 2 + 1;
    index->slots = memory_resize(NULL, index->mask + 1, sizeof *index->slots);
    memset(index->slots, 0xFF, (index->mask + 1) * sizeof *index->slots);
    spread_words(index);
    int64_t words[16];
    // From the last row to the first, so that each chain ends up in row order.
    for (uint32_t row = table->rows; row-- > 0;) {
        for (int i = 0; i < field_count; i++)
            words[i] = column_get(&table->columns[fields[i]], row);
        uint32_t *slot = locate(index, words);
        if (*slot != NO_ROW) {
            if (!index->next) {
                index->next = memory_resize(NULL, table->rows, sizeof *index->next);
                memset(index->next, 0xFF, table->rows * sizeof *index->next);
            }
            index->next[row] = *slot;
        }
        *slot = row;
    }
    return index;
}

bool row_index_repeats(const struct row_index *index)
{
    return index->next != NULL;
}

void row_index_sort(struct row_index *index,
                    void (*sort)(void *context, uint32_t *rows, size_t count), void *context)
{
    if (!index->next)
        return;
    uint32_t *rows = memory_resize(NULL, index->table->rows, sizeof *rows);
    for (size_t slot = 0; slot <= index->mask; slot++) {
        size_t count = 0;
        for (uint32_t row = index->slots[slot]; row != NO_ROW; row = index->next[row])
            rows[count++] = row;
        if (count < 2)
            continue;
        sort(context, rows, count);
        index->slots[slot] = rows[0];
        for (size_t i = 0; i < count; i++)
            index->next[rows[i]] = i + 1 < count ? rows[i + 1] : NO_ROW;
    }
    free(rows);
}

void row_index_free(struct row_index *index)
{
    if (!index)
        return;
    free(index->fields);
    free(index->slots);
    free(index->next);
    free(index);
}

int64_t row_index_first(const struct row_index *index, const int64_t *words)
{
    uint32_t row = *locate(index, words);
    return row == NO_ROW ? ROW_NONE : (int64_t)row;
}

int64_t row_index_next(const struct row_index *index, int64_t row)
{
    uint32_t next = index->next ? index->next[row] : NO_ROW;
    return next == NO_ROW ? ROW_NONE : (int64_t)next;
}
