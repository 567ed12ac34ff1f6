// SPDX-License-Identifier: MIT
// A survey: a source as it stands before anything was declared about it: its lists, each a sheet of
// cells as text. Nothing is told apart yet: titles, headers, totals and footers are rows as others.
#ifndef VOUCH_SURVEY_H
#define VOUCH_SURVEY_H

#include "engine/base/arena.h"
#include "engine/base/buffer.h"
#include "engine/base/dictionary.h"
#include "engine/base/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum survey_kind { SURVEY_CSV, SURVEY_XLSX, SURVEY_XLS, SURVEY_POSTGRES };

// A row with anything in it.
struct survey_row {
    int64_t line;        // its first physical line, counted from 1
    size_t first, count; // of its cells
};

struct survey_sheet {
    enum survey_kind kind;
    const char *file; // as an engagement names it; of a database: the schema
    const char *part; // the sheet of a workbook, the relation of a database; NULL
    // What it is called: the file without folder and endings, the sheet, the relation.
    const char *name;
    const char *encoding; // what must be declared to read it; NULL: nothing
    char delimiter;
    bool named;      // row 0 holds the columns' names, whatever they look like
    size_t columns;  // of the widest row
    uint32_t *cells; // codes of the survey's texts, without what cell_bare takes off
    size_t cell_count, cell_capacity;
    struct survey_row *rows;
    size_t row_count, row_capacity;
    const char *trouble; // why nothing of it can be read; NULL
};

struct survey {
    struct arena *arena; // of its texts, and those of its sheets
    struct dictionary *texts;
    uint32_t empty; // the code of the empty text
    struct survey_sheet *sheets;
    size_t count;
    const char **ignored; // names of what is no list by its name
    size_t ignored_count;
    const char *conninfo; // of a database, without its secrets; NULL
};

// Looks at a folder, in the order of its names, or at one file. `shown` is how an engagement names
// the folder (or the file's), "" for its own. A file that cannot be read is a sheet with a trouble.
// -1 with `error` (ERROR_SOURCE) when the folder itself cannot be read. The caller clears.
int survey_folder(struct survey *survey, const char *path, const char *shown, struct error *error);

// Looks at the tables and views of a database: all schemas but its own, at most SURVEY_ROWS of
// each.
enum { SURVEY_ROWS = 100000 };
int survey_database(struct survey *survey, const char *conninfo, struct error *error);

void survey_clear(struct survey *survey);
void survey_clear_sheet(struct survey_sheet *sheet);

// The survey's arena, which is there from the first text on.
struct arena *survey_arena(struct survey *survey);

// Is it a setting for libpq rather than a path?
bool survey_is_database(const char *source);

// Adds what a sheet is called for people: "export/a.csv", "export/b.xlsx:Sheet1", "public.orders".
void survey_add_label(const struct survey_sheet *sheet, struct buffer *out);

// A new sheet at the end; texts are copied.
struct survey_sheet *survey_add(struct survey *survey, enum survey_kind kind, const char *file,
                                const char *part, const char *name);
void survey_begin_row(struct survey_sheet *sheet, int64_t line);
void survey_add_cell(const struct survey *survey, struct survey_sheet *sheet, const char *bytes,
                     size_t length);

// The code of a row's cell; that of the empty text where the row is shorter.
uint32_t survey_cell(const struct survey *survey, const struct survey_sheet *sheet, size_t row,
                     size_t column);
const char *survey_text(const struct survey *survey, const struct survey_sheet *sheet, size_t row,
                        size_t column);

// Reads the sheets of a workbook that are shown; `name` is what the file is called. One that cannot
// be read is a sheet with a trouble.
void survey_workbook(struct survey *survey, enum survey_kind kind, const char *file,
                     const char *name, const char *path);

// Notes what is no list by its name, or is hidden.
void survey_ignore(struct survey *survey, const char *name);

// Reads one CSV file into a sheet: encoding and delimiter are found from its bytes.
void survey_csv(struct survey *survey, struct survey_sheet *sheet, const char *path);

#endif
