// SPDX-License-Identifier: MIT
// A workbook while it is written: sheets that are filled row by row, from left to right. Memory
// does not grow with the rows. Failures are kept and reported by book_close.
#ifndef VOUCH_XLSX_BOOK_H
#define VOUCH_XLSX_BOOK_H

#include "engine/base/error.h"
#include "engine/base/total.h"
#include "reports/xlsx/xlsx_package.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct book;
struct sheet;

// What the format, or the test of what happens beyond it, allows. All-zero: the format's own.
struct book_limits {
    size_t rows;  // of a sheet, its heading included
    size_t links; // of a sheet
};

enum style {
    STYLE_TEXT,
    STYLE_WRAP, // long text, broken into lines
    STYLE_COUNT,
    STYLE_AMOUNT,
    STYLE_RATE,
    STYLE_DATE,
    STYLE_LINK,
    STYLE_BOLD,
    STYLE_TITLE,
    STYLE_HEADING,
    STYLE_WARNING,
    STYLE_COUNT_LINK, // the rest is the module's own
    STYLE_FORMULA_TEXT,
    STYLES
};

struct sheet_column {
    const char *heading;
    int width; // in characters
};

struct sheet_plan {
    const char *name; // at most 25 characters, so that a number can follow
    const struct sheet_column *columns;
    int column_count;
    size_t rows;   // below the heading, at least as many as will be added
    int frozen;    // columns that stay in sight
    bool headless; // no heading, filter or frozen row: laid out by its rows
};

// `path` is where the file goes, `folder` where the library may put its own temporary files;
// `large` when a sheet may need more than 4 GiB. `limits` may be NULL. NULL with `error`.
struct book *book_new(const char *path, const char *folder, const struct book_limits *limits,
                      bool large, struct error *error);

// Properties of the document; `created` in seconds since 1970.
void book_describe(struct book *book, const char *title, const char *entity, int64_t created);

// Adds a sheet with its heading; where the rows do not fit, further ones of the same name and a
// number.
struct sheet *book_add_sheet(struct book *book, const struct sheet_plan *plan);

// Begins the next row; cells then follow one another.
void sheet_add_row(struct sheet *sheet);
void sheet_skip(struct sheet *sheet, int cells);
// NULL or empty: an empty cell.
void sheet_add_text(struct sheet *sheet, const char *text, enum style style);
void sheet_add_count(struct sheet *sheet, uint64_t count);
// Two cells: the number, and its exact text where the number has lost digits or is beyond.
void sheet_add_amount(struct sheet *sheet, struct total amount, int places);
// A parameter or a sum in one cell: a number where that is exact, else text.
void sheet_add_number(struct sheet *sheet, const char *number);
void sheet_add_rate(struct sheet *sheet, uint64_t part, uint64_t whole); // whole 0: empty
void sheet_add_day(struct sheet *sheet, const char *day); // "2026-10-05"; NULL or empty: empty
// Links to the first cell of a row below the heading, counted from 0.
void sheet_add_link(struct sheet *sheet, const char *text, const struct sheet *target, size_t row);
void sheet_add_count_link(struct sheet *sheet, uint64_t count, const struct sheet *target,
                          size_t row);

// Where such a row stands: "'Exceptions 2'!A17".
void sheet_place(const struct sheet *sheet, size_t row, struct buffer *out);

// Writes the file and releases the book. `contents` is filled with what its sheets must hold, for
// package_copy. 0, or -1 with `error` when anything could not be written.
int book_close(struct book *book, struct package_contents *contents, struct error *error);

#endif
