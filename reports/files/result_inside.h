// SPDX-License-Identifier: MIT
// What the files that declare tables of results share. Inside of result_*.c.
#ifndef VOUCH_RESULT_INSIDE_H
#define VOUCH_RESULT_INSIDE_H

#include "reports/files/result_table.h"

// The marks by short names, for the lines of the tables.
enum {
    CSV = RESULT_CSV,
    JSON = RESULT_JSON,
    SQL = RESULT_SQL,
    SHEET = RESULT_SHEET,
    FLAT = CSV | SQL | SHEET,
    NEEDED = RESULT_NEEDED,
    ONCE = RESULT_ONCE,
    PEOPLE = RESULT_PEOPLE,
};

// Columns, what visits the rows, and where the table stands, `.csv = ...`.
#define RESULT_TABLE(all, ...)                                                                     \
    {                                                                                              \
        .columns = (all), .count = sizeof(all) / sizeof *(all), .visit = __VA_ARGS__               \
    }

// The members of a column in their order; after the function those that few have, `.link = ...`.
#define COLUMN(called, word, marked, of_type, wide, ...)                                           \
    {                                                                                              \
        .name = (called), .heading = (word), .marks = (marked), .type = RESULT_##of_type,          \
        .width = (wide), .fill = __VA_ARGS__                                                       \
    }

// Define functions that fill a cell of `row`: with a text or nothing (NULL), with a word for people
// or its name for programs, with what an expression adds to the buffer `out`, with a count or a day
// where there is one.
#define FILL(function, statement)                                                                  \
    static void function(const struct result_row *row, struct result_cell *cell)                   \
    {                                                                                              \
        statement;                                                                                 \
    }
#define FILL_TEXT(function, text) FILL(function, result_cell_text(cell, text))
#define FILL_NAME(function, word, name, value)                                                     \
    FILL_TEXT(function, row->language ? word(value, row->language) : name(value))
#define FILL_BUFFER(function, text) FILL(function, result_cell_buffer(cell, text))
#define FILL_BUILT(function, add) FILL(function, struct buffer *out = &cell->built; add)
#define FILL_COUNT(function, count) FILL(function, result_cell_count(cell, count))
#define FILL_COUNT_IF(function, known, count)                                                      \
    FILL(function, if (known) result_cell_count(cell, count))
#define FILL_DAY_IF(function, known, day) FILL(function, if (known) result_cell_day(cell, day))

// A function may also leave its text in cell->built.
void result_cell_text(struct result_cell *cell, const char *text);            // NULL: nothing
void result_cell_buffer(struct result_cell *cell, const struct buffer *text); // empty: nothing
void result_cell_count(struct result_cell *cell, uint64_t count);
// With at least the minor digits of its currency; NULL: of none.
void result_cell_amount(struct result_cell *cell, struct total amount, const char *currency);
void result_cell_day(struct result_cell *cell, int day);

// Columns of several tables.
void result_fill_number(const struct result_row *row, struct result_cell *cell);
void result_fill_control(const struct result_row *row, struct result_cell *cell);
void result_fill_title(const struct result_row *row, struct result_cell *cell);
void result_fill_table(const struct result_row *row, struct result_cell *cell);
void result_fill_amount_kind(const struct result_row *row, struct result_cell *cell);

const struct control *result_control(const struct result_row *row);

#endif
