// SPDX-License-Identifier: MIT
// Taking rows out of a joined table: records whose computed key turns out to be none, that stand
// in the source twice, or that were made one with others.
#include "engine/data/data_inside.h"

static void drop_cells(struct column *column, uint32_t rows, const bool *dropped)
{
    struct arena *scratch = arena_new();
    int64_t *words = arena_take(scratch, rows, sizeof *words);
    uint32_t *moved = arena_take(scratch, rows, sizeof *moved);
    uint32_t kept = 0;
    size_t invalid = 0;
    for (uint32_t row = 0; row < rows; row++) {
        moved[row] = kept;
        if (!dropped[row])
            words[kept++] = column_get(column, row);
    }
    for (size_t i = 0; i < column->invalid_count; i++) {
        struct invalid_cell cell = column->invalid[i];
        if (!dropped[cell.row])
            column->invalid[invalid++] = (struct invalid_cell){moved[cell.row], cell.text};
    }
    column->invalid_count = invalid;
    size_t marked = 0;
    for (size_t i = 0; i < column->marked_count; i++)
        if (!dropped[column->marked[i].row])
            column->marked[marked++] =
                (struct marked_cell){moved[column->marked[i].row], column->marked[i].mark};
    column->marked_count = marked;
    column_pack(column, words, kept);
    arena_free(scratch);
}

static void drop_spans(struct table *table, const bool *dropped)
{
    uint32_t row = 0, kept = 0;
    for (size_t i = 0; i < table->span_count; i++) {
        for (; row < table->spans[i].first; row++)
            kept += !dropped[row];
        table->spans[i].first = kept;
    }
}

void data_drop_rows(struct data *data, int index, const bool *dropped, size_t *count)
{
    struct table *table = &data->tables[index];
    uint32_t rows = table->rows, kept = 0;
    for (uint32_t row = 0; row < rows; row++)
        kept += !dropped[row];
    if (kept == rows)
        return;
    for (int field = 0; field < table->definition->field_count; field++)
        drop_cells(&table->columns[field], rows, dropped);
    drop_cells(&table->lines, rows, dropped);
    if (table->digests.width)
        drop_cells(&table->digests, rows, dropped);
    drop_spans(table, dropped);
    table->rows = kept;
    *count += rows - kept;
}
