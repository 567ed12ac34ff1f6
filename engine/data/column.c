// SPDX-License-Identifier: MIT
#include "engine/data/column.h"

#include "engine/base/memory.h"

#include <stdlib.h>
#include <string.h>

static void column_fill_null(struct column *column, size_t rows)
{
    switch (column->width) {
    case 1:
        memset(column->cells, INT8_MIN, rows);
        break;
    case 2:
        for (size_t row = 0; row < rows; row++)
            ((int16_t *)column->cells)[row] = INT16_MIN;
        break;
    case 4:
        for (size_t row = 0; row < rows; row++)
            ((int32_t *)column->cells)[row] = INT32_MIN;
        break;
    case 8:
        for (size_t row = 0; row < rows; row++)
            ((int64_t *)column->cells)[row] = CELL_NULL;
        break;
    }
}

// Room for the cells, not filled.
static void make_room(struct column *column, size_t rows, int64_t least, int64_t most)
{
    free(column->cells);
    column->cells = NULL;
    column->width = 0;
    if (least > most || rows == 0)
        return;
    if (least > INT8_MIN + 1 && most <= INT8_MAX)
        column->width = 1;
    else if (least > INT16_MIN + 1 && most <= INT16_MAX)
        column->width = 2;
    else if (least > INT32_MIN + 1 && most <= INT32_MAX)
        column->width = 4;
    else
        column->width = 8;
    column->cells = memory_resize(NULL, rows, column->width);
}

void column_allocate(struct column *column, size_t rows, int64_t least, int64_t most)
{
    make_room(column, rows, least, most);
    column_fill_null(column, rows);
}

#define READ_CELLS(type, lowest)                                                                   \
    for (size_t i = 0; i < count; i++) {                                                           \
        type cell = ((const type *)column->cells)[first + i];                                      \
        words[i] = cell > (lowest) + 1 ? (int64_t)cell : CELL_NULL + (cell - (lowest));            \
    }

void column_read(const struct column *column, size_t first, size_t count, int64_t *words)
{
    switch (column->width) {
    case 0:
        for (size_t i = 0; i < count; i++)
            words[i] = CELL_NULL;
        break;
    case 1:
        READ_CELLS(int8_t, INT8_MIN)
        break;
    case 2:
        READ_CELLS(int16_t, INT16_MIN)
        break;
    case 4:
        READ_CELLS(int32_t, INT32_MIN)
        break;
    case 8:
        memcpy(words, (const int64_t *)column->cells + first, count * sizeof *words);
        break;
    }
}

#define WRITE_CELLS(type, lowest)                                                                  \
    for (size_t i = 0; i < count; i++)                                                             \
        ((type *)column->cells)[first + i] =                                                       \
            (type)(words[i] > CELL_INVALID ? words[i] : (lowest) + (words[i] - CELL_NULL));

void column_write(struct column *column, size_t first, size_t count, const int64_t *words)
{
    switch (column->width) {
    case 1:
        WRITE_CELLS(int8_t, INT8_MIN)
        break;
    case 2:
        WRITE_CELLS(int16_t, INT16_MIN)
        break;
    case 4:
        WRITE_CELLS(int32_t, INT32_MIN)
        break;
    case 8:
        memcpy((int64_t *)column->cells + first, words, count * sizeof *words);
        break;
    }
}

void column_copy(struct column *to, size_t first, const struct column *from, size_t count)
{
    if (to->width)
        memcpy((char *)to->cells + first * to->width, from->cells, count * to->width);
}

struct column_range column_range_of(const int64_t *words, size_t count)
{
    struct column_range range = {INT64_MAX, INT64_MIN, false};
    for (size_t i = 0; i < count; i++) {
        int64_t word = words[i];
        range.any_invalid |= word == CELL_INVALID;
        range.least = word > CELL_INVALID && word < range.least ? word : range.least;
        range.most = word > CELL_INVALID && word > range.most ? word : range.most;
    }
    return range;
}

struct column_range column_pack(struct column *column, const int64_t *words, size_t count)
{
    struct column_range range = column_range_of(words, count);
    bool only_invalid = range.any_invalid && range.least > range.most;
    make_room(column, count, only_invalid ? 0 : range.least, only_invalid ? 0 : range.most);
    column_write(column, 0, count, words);
    return range;
}

void column_clear(struct column *column)
{
    if (column->worked_out)
        column_clear(column->worked_out);
    free(column->worked_out);
    free(column->cells);
    free(column->marked);
    *column = (struct column){0};
}

void column_add_invalid(struct column *column, struct arena *arena, uint32_t row, const char *text,
                        size_t length)
{
    column->invalid =
        arena_extend(arena, column->invalid, column->invalid_count, sizeof *column->invalid);
    column->invalid[column->invalid_count++] =
        (struct invalid_cell){row, arena_text_n(arena, text, length)};
}

static int compare_invalid(const void *a, const void *b)
{
    uint32_t x = ((const struct invalid_cell *)a)->row, y = ((const struct invalid_cell *)b)->row;
    return (x > y) - (x < y);
}

void column_sort_invalid(struct column *column)
{
    if (column->invalid_count)
        qsort(column->invalid, column->invalid_count, sizeof *column->invalid, compare_invalid);
}

const char *column_invalid_text(const struct column *column, size_t row)
{
    size_t low = 0, high = column->invalid_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (column->invalid[middle].row < row)
            low = middle + 1;
        else
            high = middle;
    }
    return low < column->invalid_count && column->invalid[low].row == row
               ? column->invalid[low].text
               : NULL;
}

size_t column_memory(const struct column *column, size_t rows)
{
    return rows * column->width;
}
