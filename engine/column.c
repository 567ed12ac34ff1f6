// SPDX-License-Identifier: MIT
#include "engine/column.h"

#include "engine/memory.h"

#include <stdlib.h>

void column_allocate(struct column *column, size_t rows, int64_t least, int64_t most)
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
    for (size_t row = 0; row < rows; row++)
        column_set(column, row, CELL_NULL);
}

void column_pack(struct column *column, const int64_t *words, size_t count)
{
    int64_t least = INT64_MAX, most = INT64_MIN;
    bool invalid = false;
    for (size_t row = 0; row < count; row++) {
        int64_t word = words[row];
        if (word <= CELL_INVALID) {
            invalid |= word == CELL_INVALID;
            continue;
        }
        least = word < least ? word : least;
        most = word > most ? word : most;
    }
    if (least > most && invalid)
        least = most = 0;
    column_allocate(column, count, least, most);
    if (column->width)
        for (size_t row = 0; row < count; row++)
            column_set(column, row, words[row]);
}

void column_clear(struct column *column)
{
    free(column->cells);
    for (size_t at = 0; at < column->invalid_count; at++)
        free(column->invalid[at].text);
    free(column->invalid);
    *column = (struct column){0};
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
