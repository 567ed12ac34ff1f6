// SPDX-License-Identifier: MIT
// What a run tells about its data: problems, and the control totals that tie what was tested to the
// source. Of each imported table totals have one row for its records, then one for each numeric
// column: the exact sum of its cells, and how many are empty or invalid and so not in the sum.
// Where the engagement expects a number of records or a sum, it stands beside with the difference
// (actual - expected).
#include "engine/base/reason.h"
#include "reports/files/result_inside.h"

#include <stdlib.h>

// ---- problems

FILL_NAME(fill_kind, word_problem, problem_kind_name, row->problem->kind)

static void fill_source(const struct result_row *row, struct result_cell *cell)
{
    const struct problem *problem = row->problem;
    if (problem->source < 0)
        return;
    const struct source *source = &row->run->data->sources[problem->source];
    if (source->sheet && problem->column && problem->line > 0)
        data_place(row->run->data, problem->source, problem->line, problem->column, &cell->built);
    else
        result_cell_text(cell, source->name);
}

FILL_COUNT_IF(fill_line, row->problem->line > 0, (uint64_t)row->problem->line)
FILL_TEXT(fill_problem_column, row->problem->column)
FILL_TEXT(fill_value, row->problem->value)
FILL_BUILT(fill_reason, reason_add(row->problem->reason, row->run->language, out))

static void visit_problems(const struct result_walk *walk)
{
    const struct problem_list *problems = &walk->run->data->problems;
    struct result_row row = {.run = walk->run, .language = walk->language};
    for (; row.number < problems->count; row.number++) {
        row.problem = &problems->items[row.number];
        row.table = row.problem->table;
        walk->see(walk->context, &row);
    }
}

// ---- totals

static const struct table *table_of(const struct result_row *row)
{
    return &row->run->data->tables[row->table];
}

static void fill_table(const struct result_row *row, struct result_cell *cell)
{
    result_fill_table(row, cell);
    cell->tone = row->field < 0 ? TONE_STRONG : TONE_PLAIN;
}

FILL_TEXT(fill_column, row->field < 0 ? NULL : table_of(row)->definition->fields[row->field].name)
FILL_COUNT_IF(fill_read, row->field < 0, table_of(row)->records_read)

// People see it once.
FILL_COUNT_IF(fill_loaded, row->field < 0 || !row->language, table_of(row)->rows)
FILL_COUNT_IF(fill_rejected, row->field < 0, table_of(row)->records_rejected)
FILL_COUNT_IF(fill_left_out, row->field < 0, table_of(row)->records_left_out[LEFT_OUT_CONDITION])
FILL_COUNT_IF(fill_footers, row->field < 0, table_of(row)->records_left_out[LEFT_OUT_FOOTER])
FILL_COUNT_IF(fill_repeated, row->field < 0, table_of(row)->records_repeated)
FILL_COUNT_IF(fill_merged, row->field < 0, table_of(row)->records_merged)

static void fill_sum(const struct result_row *row, struct result_cell *cell)
{
    if (row->field < 0)
        return;
    result_cell_amount(cell, data_sum(row->run->data, row->table, row->field), NULL);
}

static void fill_empty(const struct result_row *row, struct result_cell *cell)
{
    size_t empty = 0;
    if (row->field < 0)
        return;
    for (size_t i = 0; i < table_of(row)->rows; i++)
        empty += column_get(&table_of(row)->columns[row->field], i) == CELL_NULL;
    result_cell_count(cell, empty);
}

FILL_COUNT_IF(fill_invalid, row->field >= 0, table_of(row)->columns[row->field].invalid_count)
FILL_TEXT(fill_expected, row->expectation ? row->expectation->expected : NULL)

static void fill_difference(const struct result_row *row, struct result_cell *cell)
{
    const struct expectation *expectation = row->expectation;
    if (expectation && !expectation->difference.beyond)
        total_format(expectation->difference, 0, false, &cell->built);
}

// The table's next expectation of this field from `*at` on, or NULL.
static const struct expectation *next_expectation(const struct data *data, int table, int field,
                                                  size_t *at)
{
    for (; *at < data->expectation_count; ++*at) {
        const struct expectation *expectation = &data->expectations[*at];
        if (expectation->table == table && expectation->field == field)
            return &data->expectations[(*at)++];
    }
    return NULL;
}

static void visit_total(const struct result_walk *walk, struct result_row *row)
{
    if (row->field >= 0) {
        enum type type = table_of(row)->definition->fields[row->field].type;
        bool numeric = type == TYPE_INT || type == TYPE_DECIMAL || type == TYPE_MONEY;
        if (!numeric || !table_of(row)->columns[row->field].imported)
            return;
    }
    // Several expectations of one total each get a row.
    size_t at = 0;
    row->expectation = next_expectation(row->run->data, row->table, row->field, &at);
    do
        walk->see(walk->context, row);
    while (row->expectation &&
           (row->expectation = next_expectation(row->run->data, row->table, row->field, &at)));
}

static void visit_totals(const struct result_walk *walk)
{
    struct result_row row = {.run = walk->run, .language = walk->language};
    for (; row.table < walk->run->data->model->table_count; row.table++)
        for (row.field = -1;
             table_of(&row)->imported && row.field < table_of(&row)->definition->field_count;
             row.field++)
            visit_total(walk, &row);
}

// ---- what was left out

static const struct left_out *left_out_of(const struct result_row *row)
{
    return &row->run->data->left_out.items[row->number];
}

FILL_TEXT(fill_left_out_source, row->run->data->sources[left_out_of(row)->source].name)
FILL_TEXT(fill_cause, left_out_cause_name(left_out_of(row)->cause))
FILL_COUNT(fill_first_line, (uint64_t)left_out_of(row)->first)
FILL_COUNT(fill_last_line, (uint64_t)left_out_of(row)->last)
FILL_COUNT(fill_records, left_out_of(row)->records)
FILL_TEXT(fill_amounts, left_out_of(row)->amounts)
FILL_TEXT(fill_left_out_value, left_out_of(row)->value)

static void visit_left_out(const struct result_walk *walk)
{
    struct result_row row = {.run = walk->run, .language = walk->language};
    for (; row.number < walk->run->data->left_out.count; row.number++) {
        row.table = left_out_of(&row)->table;
        walk->see(walk->context, &row);
    }
}

// ---- columns

static const struct result_column problem_columns[] = {
    COLUMN("position", WORD_NUMBER, SQL | NEEDED, COUNT, 0, result_fill_number),
    COLUMN("kind", WORD_KIND, FLAT | NEEDED, TEXT, 18, fill_kind),
    COLUMN("table", WORD_TABLE, FLAT | NEEDED, TEXT, 28, result_fill_table, .sql = "table_name"),
    COLUMN("source", WORD_SOURCE, FLAT, TEXT, 34, fill_source),
    COLUMN("line", WORD_LINE, FLAT, COUNT, 10, fill_line),
    COLUMN("column", WORD_COLUMN, FLAT, TEXT, 20, fill_problem_column, .sql = "column_name"),
    COLUMN("value", WORD_VALUE, FLAT, TEXT, 30, fill_value),
    COLUMN("reason", WORD_REASON, FLAT | NEEDED, LONG_TEXT, 80, fill_reason),
};

static const struct result_column total_columns[] = {
    COLUMN("table", WORD_TABLE, CSV | SHEET, TEXT, 0, fill_table),
    COLUMN("column", WORD_COLUMN, CSV | SHEET, TEXT, 0, fill_column),
    COLUMN("records_read", WORD_RECORDS_READ, CSV | SHEET, COUNT, 0, fill_read),
    COLUMN("loaded", WORD_LOADED, CSV | SHEET, COUNT, 0, fill_loaded),
    COLUMN("rejected", WORD_REJECTED, CSV | SHEET, COUNT, 0, fill_rejected),
    COLUMN("sum", WORD_SUM, CSV | SHEET, AMOUNT, 0, fill_sum),
    COLUMN("exact", WORD_EXACT, SHEET, EXACT, 0, NULL),
    COLUMN("empty", WORD_EMPTY, CSV | SHEET, COUNT, 0, fill_empty),
    COLUMN("invalid", WORD_INVALID, CSV | SHEET, COUNT, 0, fill_invalid),
    COLUMN("expected", WORD_EXPECTED, CSV | SHEET, NUMBER, 0, fill_expected),
    COLUMN("difference", WORD_DIFFERENCE, CSV | SHEET, NUMBER, 0, fill_difference),
    COLUMN("left_out", WORD_LEFT_OUT, CSV | SHEET, COUNT, 0, fill_left_out),
    COLUMN("repeated", WORD_REPEATED, CSV | SHEET, COUNT, 0, fill_repeated),
    COLUMN("merged", WORD_MERGED, CSV | SHEET, COUNT, 0, fill_merged),
    COLUMN("footers", WORD_FOOTERS, CSV | SHEET, COUNT, 0, fill_footers),
};

static const struct result_column left_out_columns[] = {
    COLUMN("table", WORD_TABLE, CSV, TEXT, 0, result_fill_table),
    COLUMN("source", WORD_SOURCE, CSV, TEXT, 0, fill_left_out_source),
    COLUMN("cause", WORD_CAUSE, CSV, TEXT, 0, fill_cause),
    COLUMN("first_line", WORD_FIRST_LINE, CSV, COUNT, 0, fill_first_line),
    COLUMN("last_line", WORD_LAST_LINE, CSV, COUNT, 0, fill_last_line),
    COLUMN("records", WORD_RECORDS, CSV, COUNT, 0, fill_records),
    COLUMN("amounts", WORD_AMOUNTS, CSV, LONG_TEXT, 0, fill_amounts),
    COLUMN("value", WORD_VALUE, CSV, TEXT, 0, fill_left_out_value),
};

const struct result_table result_problems = RESULT_TABLE(
    problem_columns, visit_problems, .csv = "data_problems.csv", .sql = "data_problem");
const struct result_table result_totals =
    RESULT_TABLE(total_columns, visit_totals, .csv = "totals.csv");
const struct result_table result_left_out =
    RESULT_TABLE(left_out_columns, visit_left_out, .csv = "left_out.csv");
