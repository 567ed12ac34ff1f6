// SPDX-License-Identifier: MIT
// A workbook: named sheets of rows and cells, whichever format it is stored in (.xlsx, .xls). Every
// cell comes as the text that it means: numbers with 15 digits, dates as 2026-10-05, what is no
// value with its mark (CELL_NO_VALUE).
#ifndef VOUCH_WORKBOOK_H
#define VOUCH_WORKBOOK_H

#include "adapters/unpack_limit.h"
#include "engine/base/arena.h"
#include "engine/base/buffer.h"
#include "engine/base/dictionary.h"
#include "engine/base/error.h"
#include "engine/base/hash.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { WORKBOOK_ROWS_MAX = 1048576, WORKBOOK_COLUMNS_MAX = 16384, WORKBOOK_LETTERS = 4 };

struct workbook_sheet {
    const char *name;
    bool hidden;
    bool is_table; // rows and cells, rather than a chart
};

struct workbook {
    struct arena *arena; // of the workbook, its sheets and what the format likes to put there
    const struct workbook_format *format;
    const char *name; // as errors call it
    char sha256[HASH_TEXT];
    int64_t bytes;
    struct workbook_sheet *sheets; // in the order of their tabs
    size_t sheet_count;
    bool stale;  // asks whoever opens it to calculate all formulas first
    void *state; // the format's own
};

struct workbook_row {
    int64_t number;           // counted from 1
    const struct text *cells; // from column A on; what is not there is empty. Borrowed
    size_t count;
    bool hidden, has_formula;
    int64_t position; // bytes of the sheet read so far
};

// Where the rows of a sheet go. Functions return 0, or 1 to read no further. Only `row` may not be
// NULL.
struct workbook_target {
    void *context;
    int (*row)(void *context, const struct workbook_row *row);
    // Before the rows: a hidden column, counted from 0.
    void (*hidden_column)(void *context, size_t column);
    // Behind the rows: cells merged over several rows.
    void (*merged)(void *context, int64_t first_row, int64_t last_row, size_t first_column,
                   size_t last_column);
};

// How workbooks of one kind are read.
struct workbook_format {
    const char *kind; // "xlsx"
    bool opens_alone; // in a process of its own: only while no thread exists
    int (*open)(struct workbook *workbook, const char *path, const struct unpack_limit *limit,
                struct error *error);
    int (*read)(const struct workbook *workbook, size_t sheet, const struct workbook_target *target,
                struct error *error);
    int64_t (*size)(const struct workbook *workbook, size_t sheet);
    void (*close)(struct workbook *workbook); // whatever is not in the arena
};

extern const struct workbook_format workbook_xlsx;
extern const struct workbook_format workbook_xls;

// Opens a workbook; `name` is what errors call it, and `limit` holds what its import declares. NULL
// with `error`, ERROR_SOURCE, when it is absent, another kind of file, damaged or encrypted. The
// caller frees.
struct workbook *workbook_new(const struct workbook_format *format, const char *path,
                              const char *name, const struct unpack_limit *limit,
                              struct error *error);
void workbook_free(struct workbook *workbook);

// The sheet of that name (without regard to case, width and blanks where none is equal), or -1.
int workbook_find(const struct workbook *workbook, const char *name);

// Adds the names of its sheets: "发货单, 客户".
void workbook_add_names(const struct workbook *workbook, struct buffer *out);

// Reads a sheet. 0 at its end, 1 when the target wants no more, -1 with `error`. Several threads
// may read the sheets of one workbook.
int workbook_read(const struct workbook *workbook, size_t sheet,
                  const struct workbook_target *target, struct error *error);

// Bytes that reading a sheet goes through (workbook_row.position), as far as the file says.
int64_t workbook_size(const struct workbook *workbook, size_t sheet);

// "C" of 2.
void workbook_letters(size_t column, char letters[WORKBOOK_LETTERS]);

#endif
