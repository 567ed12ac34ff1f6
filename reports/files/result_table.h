// SPDX-License-Identifier: MIT
// A table of the results: exceptions, controls, parameters, ... Which columns it has, what each is
// called and how its cells are filled is said here, a line for each column. A format walks the
// columns that have its mark, knowing only their types: a new column needs no word in any format.
#ifndef VOUCH_RESULT_TABLE_H
#define VOUCH_RESULT_TABLE_H

#include "engine/base/buffer.h"
#include "reports/figures/documents.h"
#include "reports/figures/exception.h"
#include "reports/figures/grading.h"
#include "reports/figures/run.h"
#include "reports/figures/system_actors.h"
#include "reports/figures/waived.h"
#include "reports/words/words.h"

// What a column is marked with: the formats that have it, and more.
enum {
    RESULT_CSV = 1,
    RESULT_JSON = 2,
    RESULT_SQL = 4,
    RESULT_SHEET = 8,   // of the workbook
    RESULT_NEEDED = 16, // never empty: NOT NULL in a database
    RESULT_ONCE = 32,   // empty where a control goes on in a further line
    RESULT_PEOPLE = 64, // what people wrote: the workbook masks it
};

enum result_type {
    RESULT_TEXT,
    RESULT_LONG_TEXT, // broken into lines in a workbook
    RESULT_JSON_TEXT, // JSON already
    RESULT_COUNT,
    RESULT_POSITION, // a count that fits into 31 bits
    RESULT_NUMBER,   // exact
    RESULT_AMOUNT,   // exact; the workbook has its column and that of RESULT_EXACT after it
    RESULT_EXACT,    // the amount before it as text, where a spreadsheet's number loses digits
    RESULT_RATE,
    RESULT_DAY, // "2026-10-05"
};

enum result_tone { TONE_PLAIN, TONE_STRONG, TONE_WARNING };

// Where a cell of the workbook leads.
enum result_link { LINK_NONE, LINK_CONTROL, LINK_EXCEPTION, LINK_EVIDENCE };

struct result_cell {
    enum result_type type; // the column's, unless values of several types stand in it
    bool empty;
    bool people;         // RESULT_PEOPLE
    const char *text;    // of all types but the next two
    uint64_t count;      // of RESULT_COUNT, RESULT_POSITION; the part of RESULT_RATE
    uint64_t whole;      // of RESULT_RATE
    struct total amount; // of RESULT_AMOUNT, where it is one
    int places;          // of it, at least
    enum result_tone tone;
    struct buffer built; // room for a text that the cell makes
};

// What a row is about; each table sets what its columns ask for. Everything is borrowed.
struct result_row {
    const struct run *run;
    const char *language; // of words for people; NULL: severities, kinds and so on as programs
                          // know them. Titles and messages are in the run's language.
    size_t number;        // of the row, from 0
    int control;
    int line; // of a control in the workbook, and of its amounts; -1: all amounts in one cell
    const struct waived *waived;
    const struct grading *grading;
    const struct exception *exception;
    int position; // of a row of evidence; 0: the row tested
    int table, field;
    int64_t row;
    const struct expectation *expectation;
    const struct parameter *parameter;
    const struct problem *problem;
    const struct waiver *waiver;
    const struct documents *documents;
    const struct document *document;
    struct document_cause cause;
    const struct system_act *act;
};

struct result_column {
    const char *name; // in files and, but for `sql`, in a database
    enum word heading;
    int marks;
    enum result_type type;
    int width; // in the workbook, in characters
    void (*fill)(const struct result_row *row, struct result_cell *cell);
    enum result_link link;
    const char *sql; // its name where SQL has another use for it; NULL
};

struct result_walk {
    const struct run *run;
    const char *language; // of the rows
    const char *result;   // what progress calls it; run_tell
    void (*see)(void *context, const struct result_row *row);
    void *context;
};

struct result_table {
    const char *csv; // its file; NULL: it has no columns there
    const char *sql; // in the schema `vouch` of a database; NULL
    const struct result_column *columns;
    int count;
    void (*visit)(const struct result_walk *walk); // shows all rows; NULL: they are part of others
};

extern const struct result_table result_exceptions, result_evidence; // result_exceptions.c
// result_controls.c; of those that were not tested, or not fully, people see a list of their own
extern const struct result_table result_controls, result_amounts, result_parameters,
    result_untested;
extern const struct result_table result_assumptions; // result_assumptions.c
extern const struct result_table result_problems, result_totals, result_left_out; // result_data.c
extern const struct result_table result_documents, result_waivers; // result_followup.c

extern const struct result_table result_systems; // result_systems.c

enum { RESULT_TABLES = 12 };
extern const struct result_table *const result_tables[RESULT_TABLES];

// Fills the cell of a column; what it holds is valid until the next one. All-zero is a cell, and
// `built` is the caller's to clear.
void result_cell_fill(struct result_cell *cell, const struct result_column *column,
                      const struct result_row *row);

// Adds the row as a JSON object.
void result_add_json(const struct result_table *table, const struct result_row *row,
                     struct buffer *out);

// The row for a piece of the exception's evidence; 0: the row tested.
struct result_row result_evidence_row(const struct result_row *exception, int position);

// What a table is called: in Chinese its term and the name. A NULL language: its name.
void result_add_table_name(const struct run *run, int table, const char *language,
                           struct buffer *out);

#endif
