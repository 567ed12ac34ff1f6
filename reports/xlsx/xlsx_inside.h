// SPDX-License-Identifier: MIT
// The sheets of report.xlsx: what they share while they are written. Inside of xlsx.c and
// xlsx_*.c.
#ifndef VOUCH_XLSX_INSIDE_H
#define VOUCH_XLSX_INSIDE_H

#include "engine/base/arena.h"
#include "reports/figures/grading.h"
#include "reports/figures/run.h"
#include "reports/figures/waived.h"
#include "reports/files/output.h"
#include "reports/files/result_table.h"
#include "reports/words/words.h"
#include "reports/xlsx/xlsx_book.h"

struct xlsx {
    struct arena *arena; // of what is gathered for the sheets
    const struct run *run;
    const struct output *output;
    struct book *book;
    struct sheet *summary, *controls, *exceptions, *evidence, *problems, *parameters, *mapping,
        *record, *assumptions, *systems;
    // By control: its row on the sheet of controls, its first row on that of exceptions.
    size_t *control_rows, *first_exceptions;
    size_t evidence_rows; // written so far
    struct grading grading;
};

// The sheets in the order of the book; rows follow by the functions below.
void xlsx_add_results(struct xlsx *xlsx); // controls, exceptions, evidence
void xlsx_add_tables(struct xlsx *xlsx);  // problems, parameters, mapping, run record
void xlsx_add_mapping(struct xlsx *xlsx); // called by it

void xlsx_write_summary(struct xlsx *xlsx);
void xlsx_write_followup(const struct xlsx *xlsx); // called by it
void xlsx_write_coverage(const struct xlsx *xlsx); // called by it
void xlsx_write_results(struct xlsx *xlsx);
void xlsx_write_tables(struct xlsx *xlsx);
void xlsx_write_mapping(struct xlsx *xlsx); // called by it

const char *xlsx_say(const struct xlsx *xlsx, enum word word);

// A column's heading is a word until its sheet is made.
struct xlsx_column {
    enum word heading;
    int width;
};
struct sheet *xlsx_add_sheet(struct xlsx *xlsx, enum word name, const struct xlsx_column *columns,
                             int count, size_t rows, int frozen);

// The same of the columns that a table of results has here, and a row of such a table.
struct sheet *xlsx_add_result(struct xlsx *xlsx, enum word name, const struct result_table *table,
                              size_t rows, int frozen);
void xlsx_add_result_row(const struct xlsx *xlsx, struct sheet *sheet,
                         const struct result_table *table, const struct result_row *row);

// A section of the summary: an empty row, its name, its headings.
void xlsx_begin_section(const struct xlsx *xlsx, const char *name);
void xlsx_add_headings(const struct xlsx *xlsx, const enum word *words, size_t count);
#define HEADINGS(xlsx, ...)                                                                        \
    xlsx_add_headings(xlsx, (const enum word[]){__VA_ARGS__},                                      \
                      sizeof((const enum word[]){__VA_ARGS__}) / sizeof(enum word))
void xlsx_add_result_headings(const struct xlsx *xlsx, const struct result_table *table);

// Text that people or sources wrote, as the mask leaves it.
void xlsx_add_masked(const struct xlsx *xlsx, struct sheet *sheet, const char *text,
                     enum style style);

// Two cells, as sheet_add_amount.
void xlsx_add_sum(struct sheet *sheet, const struct sum *sum);

// The control's id as a link to its row.
void xlsx_add_control(const struct xlsx *xlsx, struct sheet *sheet, int control);

#endif
