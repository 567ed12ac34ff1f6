// SPDX-License-Identifier: MIT
// A sealed column: cells of one field, stored in the narrowest width that holds them all.
#ifndef VOUCH_COLUMN_H
#define VOUCH_COLUMN_H

#include "engine/base/arena.h"
#include "engine/data/cell.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct invalid_cell {
    uint32_t row;
    const char *text; // as it stood in the source
};

// The currency mark that an amount carried in its source.
struct marked_cell {
    uint32_t row;
    uint16_t mark; // currency.h
};

struct column {
    void *cells;
    uint8_t width;       // bytes a cell: 1, 2, 4, 8; 0 when every cell is null
    uint8_t scale;       // of decimals and money
    bool imported;       // false: the source had no such column
    bool unrecorded;     // a source had it, but empty in every row where it need not be recorded:
                         // it counts as not imported
    bool given;          // not imported, and its cells hold what is assumed or worked out instead
    uint16_t assumption; // that it rests on where it was not imported; 0: it was
    uint16_t unreadable; // the one that lookups by it rest on where cells cannot be read; 0: none
    uint16_t emptied;    // the one that a row rests on whose empty cell was worked out; 0: none
    struct column *worked_out;    // what empty cells that tell nothing were worked out to be from
                                  // other columns; empty where they were not; owned; NULL: none was
    struct invalid_cell *invalid; // sorted by row; in an arena, with their texts
    size_t invalid_count;
    struct marked_cell *marked; // of money; sorted by row; until the data are sealed
    size_t marked_count;
};

// May its cells be read? If not, a rule that needs one cannot test its row.
static inline bool column_is_there(const struct column *column)
{
    return column->imported || column->given;
}

// The cell's word; CELL_NULL and CELL_INVALID whatever the width.
static inline int64_t column_get(const struct column *column, size_t row)
{
    switch (column->width) {
    case 1: {
        int8_t cell = ((const int8_t *)column->cells)[row];
        return cell > INT8_MIN + 1 ? cell : cell == INT8_MIN ? CELL_NULL : CELL_INVALID;
    }
    case 2: {
        int16_t cell = ((const int16_t *)column->cells)[row];
        return cell > INT16_MIN + 1 ? cell : cell == INT16_MIN ? CELL_NULL : CELL_INVALID;
    }
    case 4: {
        int32_t cell = ((const int32_t *)column->cells)[row];
        return cell > INT32_MIN + 1 ? cell : cell == INT32_MIN ? CELL_NULL : CELL_INVALID;
    }
    case 8:
        return ((const int64_t *)column->cells)[row];
    }
    return CELL_NULL;
}

// Makes room for `rows` cells, all null, that can hold words from `least` to `most`; nothing when
// least > most. column_set fills them.
void column_allocate(struct column *column, size_t rows, int64_t least, int64_t most);

static inline void column_set(struct column *column, size_t row, int64_t word)
{
    // Null and invalid are the two lowest values of each width.
    switch (column->width) {
    case 1:
        ((int8_t *)column->cells)[row] =
            word <= CELL_INVALID ? (int8_t)(INT8_MIN + (word == CELL_INVALID)) : (int8_t)word;
        break;
    case 2:
        ((int16_t *)column->cells)[row] =
            word <= CELL_INVALID ? (int16_t)(INT16_MIN + (word == CELL_INVALID)) : (int16_t)word;
        break;
    case 4:
        ((int32_t *)column->cells)[row] =
            word <= CELL_INVALID ? INT32_MIN + (word == CELL_INVALID) : (int32_t)word;
        break;
    case 8:
        ((int64_t *)column->cells)[row] = word;
        break;
    }
}

// The same for many cells in a row: words of cells [first, first + count), out and in.
void column_read(const struct column *column, size_t first, size_t count, int64_t *words);
void column_write(struct column *column, size_t first, size_t count, const int64_t *words);

// Copies the first `count` cells of a column of the same width.
void column_copy(struct column *to, size_t first, const struct column *from, size_t count);

// What the words of a run of cells reach from and to, null and invalid apart; least > most: all
// are.
struct column_range {
    int64_t least, most;
    bool any_invalid;
};
struct column_range column_range_of(const int64_t *words, size_t count);

// Packs `count` words; an empty or all-null run costs nothing. `imported` is left to the caller.
// Returns their range.
struct column_range column_pack(struct column *column, const int64_t *words, size_t count);
void column_clear(struct column *column);

// Adds an invalid cell behind the others; whoever adds out of order sorts them afterwards. The text
// is copied into `arena`, the one of all invalid cells of the column.
void column_add_invalid(struct column *column, struct arena *arena, uint32_t row, const char *text,
                        size_t length);
void column_sort_invalid(struct column *column);

// The source text of an invalid cell, or NULL.
const char *column_invalid_text(const struct column *column, size_t row);

// Bytes held by the cells.
size_t column_memory(const struct column *column, size_t rows);

#endif
