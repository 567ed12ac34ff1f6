// SPDX-License-Identifier: MIT
// The sheets of report.xlsx: what they share while they are written. Inside of xlsx.c and
// xlsx_*.c.
#ifndef VOUCH_XLSX_INSIDE_H
#define VOUCH_XLSX_INSIDE_H

#include "reports/output.h"
#include "reports/run.h"
#include "reports/xlsx_book.h"
#include "reports/xlsx_words.h"

struct xlsx {
    const struct run *run;
    const struct output *output;
    struct book *book;
    struct sheet *summary, *controls, *exceptions, *evidence, *problems, *parameters, *mapping,
        *record;
    // By control: its row on the sheet of controls, its first row on that of exceptions.
    size_t *control_rows, *first_exceptions;
};

// The sheets in the order of the book; rows follow by the functions below.
void xlsx_add_results(struct xlsx *xlsx); // controls, exceptions, evidence
void xlsx_add_tables(struct xlsx *xlsx);  // problems, parameters, mapping, run record
void xlsx_add_mapping(struct xlsx *xlsx); // called by it

void xlsx_write_summary(struct xlsx *xlsx);
void xlsx_write_results(struct xlsx *xlsx);
void xlsx_write_tables(struct xlsx *xlsx);
void xlsx_write_mapping(struct xlsx *xlsx); // called by it

const char *xlsx_say(const struct xlsx *xlsx, enum xlsx_word word);

// A column's heading is a word until its sheet is made.
struct xlsx_column {
    enum xlsx_word heading;
    int width;
};
struct sheet *xlsx_add_sheet(struct xlsx *xlsx, enum xlsx_word name,
                             const struct xlsx_column *columns, int count, size_t rows, int frozen);

// The control's id as a link to its row.
void xlsx_add_control(const struct xlsx *xlsx, struct sheet *sheet, int control);

// Why a control did not run, or which rows it could not test.
void xlsx_add_reasons(const struct xlsx *xlsx, struct sheet *sheet, int control, enum style style);

// What tables and fields are called: the Chinese term beside the name, where that is the language.
void xlsx_add_table_name(const struct xlsx *xlsx, int table, struct buffer *out);

#endif
