// SPDX-License-Identifier: MIT
// The first row of a key stays; the others are compared with it column by column and taken out. A
// column is unpacked when its first cell changes and packed again at the end.
#include "engine/data/data_merge.h"

#include "engine/base/reason.h"
#include "engine/data/data_inside.h"

#include <string.h>

struct merge {
    int table, source;
    int *sums;
    size_t sum_count;
};

struct merging {
    struct data *data;
    const struct merge *merge;
    struct table *table;
    struct arena *scratch;
    int64_t **words; // by field; NULL: nothing of it has changed
    bool *dropped;
    uint32_t from, to; // the rows of the source
};

void data_merge_later(struct data *data, int table, int source, const int *sums, size_t sum_count)
{
    data->merges = arena_extend(data->arena, data->merges, data->merge_count, sizeof *data->merges);
    struct merge *merge = &data->merges[data->merge_count++];
    *merge = (struct merge){.table = table, .source = source, .sum_count = sum_count};
    merge->sums = arena_take(data->arena, sum_count, sizeof *merge->sums);
    for (size_t i = 0; i < sum_count; i++)
        merge->sums[i] = sums[i];
}

static int64_t *open_words(struct merging *merging, int field)
{
    const struct column *column = &merging->table->columns[field];
    uint32_t rows = merging->table->rows;
    if (merging->words[field])
        return merging->words[field];
    int64_t *words = merging->words[field] =
        arena_take(merging->scratch, (size_t)rows + 1, sizeof *words);
    for (uint32_t row = 0; row < rows; row++)
        words[row] = column_get(column, row);
    return words;
}

static int64_t word_of(const struct merging *merging, int field, uint32_t row)
{
    return merging->words[field] ? merging->words[field][row]
                                 : column_get(&merging->table->columns[field], row);
}

static void spoil(struct merging *merging, int field, uint32_t row, enum problem_kind kind,
                  uint32_t other, const char *text, const char *reason)
{
    struct column *column = &merging->table->columns[field];
    column_add_invalid(column, merging->data->arena, row, text, strlen(text));
    open_words(merging, field)[row] = CELL_INVALID;
    problem_add(&merging->data->problems, kind, merging->merge->table, merging->merge->source,
                column_get(&merging->table->lines, other),
                merging->table->definition->fields[field].name, text, strlen(text), reason);
}

static void conflict(struct merging *merging, int field, uint32_t kept, uint32_t other)
{
    struct buffer first = {0}, second = {0}, all = {0}, origin = {0}, reason = {0};
    data_format(merging->data, merging->merge->table, kept, field, &first);
    data_format(merging->data, merging->merge->table, other, field, &second);
    buffer_printf(&all, "%s | %s", buffer_text(&first), buffer_text(&second));
    data_origin(merging->data, merging->merge->table, kept, &origin);
    reason_set_with(&reason, REASON_CONFLICTING, "%s", buffer_text(&origin));
    spoil(merging, field, kept, PROBLEM_CONFLICTING_ROWS, other, buffer_text(&all),
          buffer_text(&reason));
    buffer_clear(&first);
    buffer_clear(&second);
    buffer_clear(&all);
    buffer_clear(&origin);
    buffer_clear(&reason);
}

static void add_up(struct merging *merging, int field, uint32_t kept, uint32_t other)
{
    int64_t a = word_of(merging, field, kept), b = word_of(merging, field, other), sum;
    if (b == CELL_NULL || a == CELL_INVALID)
        return;
    if (a == CELL_NULL)
        sum = b;
    else if (b == CELL_INVALID || __builtin_add_overflow(a, b, &sum) || sum <= CELL_INVALID)
        sum = CELL_INVALID;
    if (sum > CELL_INVALID) {
        open_words(merging, field)[kept] = sum;
        return;
    }
    struct buffer reason = {0};
    const char *text = column_invalid_text(&merging->table->columns[field], other);
    reason_set(&reason, b == CELL_INVALID ? REASON_SUM_UNREADABLE : REASON_NUMBER_TOO_LARGE);
    spoil(merging, field, kept, PROBLEM_INVALID_CELL, other, text ? text : "",
          buffer_text(&reason));
    buffer_clear(&reason);
}

static bool is_summed(const struct merge *merge, int field)
{
    for (size_t i = 0; i < merge->sum_count; i++)
        if (merge->sums[i] == field)
            return true;
    return false;
}

static void merge_row(struct merging *merging, uint32_t kept, uint32_t other)
{
    const struct model_table *definition = merging->table->definition;
    for (int field = 0; field < definition->field_count; field++) {
        if (!merging->table->columns[field].imported || definition->fields[field].key)
            continue;
        if (is_summed(merging->merge, field)) {
            add_up(merging, field, kept, other);
            continue;
        }
        int64_t a = word_of(merging, field, kept), b = word_of(merging, field, other);
        if (a != b && a != CELL_INVALID)
            conflict(merging, field, kept, other);
    }
    merging->dropped[other] = true;
}

static void close_words(struct merging *merging)
{
    for (int field = 0; field < merging->table->definition->field_count; field++) {
        struct column *column = &merging->table->columns[field];
        if (!merging->words[field])
            continue;
        column_pack(column, merging->words[field], merging->table->rows);
        column_sort_invalid(column);
    }
}

// The rows of a source stand together: its parts were added one after the other.
static void find_rows(struct merging *merging)
{
    const struct table *table = merging->table;
    merging->from = merging->to = 0;
    for (size_t i = 0; i < table->span_count; i++)
        if (table->spans[i].source == merging->merge->source) {
            merging->from = table->spans[i].first;
            merging->to = i + 1 < table->span_count ? table->spans[i + 1].first : table->rows;
        }
}

static void merge_source(struct data *data, const struct merge *merge)
{
    struct table *table = &data->tables[merge->table];
    const struct model_table *definition = table->definition;
    size_t fields = (size_t)definition->field_count;
    struct arena *scratch = arena_new();
    struct merging merging = {.data = data, .merge = merge, .table = table, .scratch = scratch};
    find_rows(&merging);
    merging.words = arena_take(scratch, fields, sizeof *merging.words);
    merging.dropped = arena_take(scratch, table->rows, sizeof *merging.dropped);
    struct row_index *keys = row_index_new(table, definition->key, definition->key_count);
    for (uint32_t row = merging.from; row_index_repeats(keys) && row < merging.to; row++) {
        int64_t words[16];
        for (int i = 0; i < definition->key_count; i++)
            words[i] = column_get(&table->columns[definition->key[i]], row);
        int64_t kept = row_index_first(keys, words);
        while (kept >= 0 && kept < merging.from)
            kept = row_index_next(keys, kept);
        if (kept >= 0 && kept < row)
            merge_row(&merging, (uint32_t)kept, row);
    }
    row_index_free(keys);
    close_words(&merging);
    data_drop_rows(data, merge->table, merging.dropped, &table->records_merged);
    arena_free(scratch);
}

void data_merge(struct data *data)
{
    for (size_t i = 0; i < data->merge_count; i++)
        merge_source(data, &data->merges[i]);
    data->merge_count = 0;
}
