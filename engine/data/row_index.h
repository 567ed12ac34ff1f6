// SPDX-License-Identifier: MIT
// An index of a table's rows by the words of some of its columns.
#ifndef VOUCH_ROW_INDEX_H
#define VOUCH_ROW_INDEX_H

#include "engine/data/data.h"

#include <stdint.h>

struct row_index;

// Rows whose columns are null or invalid are found by those words too. `fields` is copied.
struct row_index *row_index_new(const struct table *table, const int *fields, int field_count);
void row_index_free(struct row_index *index);

// Whether two rows hold the same words.
bool row_index_repeats(const struct row_index *index);

// Puts the rows of equal words, which stand in row order, into the order that `sort` gives them.
void row_index_sort(struct row_index *index,
                    void (*sort)(void *context, uint32_t *rows, size_t count), void *context);

// The first row whose columns hold `words` (one for each field), or ROW_NONE.
int64_t row_index_first(const struct row_index *index, const int64_t *words);

// The next row with the same words, or ROW_NONE.
int64_t row_index_next(const struct row_index *index, int64_t row);

#endif
