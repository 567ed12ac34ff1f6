// SPDX-License-Identifier: MIT
// Open addressing over rows; rows of equal words are chained in row order.
#include "engine/row_index.h"

#include "engine/memory.h"

#include <stdlib.h>
#include <string.h>

enum { NO_ROW = UINT32_MAX };

struct row_index {
    const struct table *table;
    int *fields;
    int field_count;
    uint32_t *slots; // first row of each chain
    size_t mask;
    uint32_t *next;  // by row; allocated when the first chain grows
};

static uint64_t hash_words(const int64_t *words, int count)
{
    uint64_t state = UINT64_C(0x9e3779b97f4a7c15);
    for (int at = 0; at < count; at++) {
        __uint128_t product = (__uint128_t)(state ^ (uint64_t)words[at]) *
                              UINT64_C(0xa0761d6478bd642f);
        state = (uint64_t)product ^ (uint64_t)(product >> 64);
    }
    return state ^ (state >> 29);
}

static bool holds(const struct row_index *index, int64_t row, const int64_t *words)
{
    for (int at = 0; at < index->field_count; at++)
        if (column_get(&index->table->columns[index->fields[at]], (size_t)row) != words[at])
            return false;
    return true;
}

static uint32_t *locate(const struct row_index *index, const int64_t *words)
{
    size_t at = hash_words(words, index->field_count) & index->mask;
    while (index->slots[at] != NO_ROW && !holds(index, index->slots[at], words))
        at = (at + 1) & index->mask;
    return &index->slots[at];
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
    int64_t words[16];
    // From the last row to the first, so that each chain ends up in row order.
    for (uint32_t row = table->rows; row-- > 0;) {
        for (int at = 0; at < field_count; at++)
            words[at] = column_get(&table->columns[fields[at]], row);
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
