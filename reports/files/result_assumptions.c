// SPDX-License-Identifier: MIT
// What the results of each control rest on: a row for each of its assumptions.
#include "reports/files/result_inside.h"

static const struct rest_count *rest_of(const struct result_row *row)
{
    return &row->run->evaluation->results[row->control].rests[row->line];
}

static const struct assumption *assumption_of(const struct result_row *row)
{
    return &row->run->data->assumptions[rest_of(row)->assumption];
}

static void fill_column(const struct result_row *row, struct result_cell *cell)
{
    const struct assumption *it = assumption_of(row);
    if (it->field >= 0)
        result_cell_text(cell, row->run->data->model->tables[it->table].fields[it->field].name);
}

FILL_BUILT(fill_taken, assumption_taken(row->run->data, rest_of(row)->assumption, out))
FILL_COUNT(fill_rows, rest_of(row)->exceptions + rest_of(row)->passed)
FILL_COUNT(fill_exception_rows, rest_of(row)->exceptions)
FILL_BUILT(fill_sentence,
           assumption_sentence(row->run->data, rest_of(row)->assumption, row->run->language, out))

static void fill_bearing(const struct result_row *row, struct result_cell *cell)
{
    const struct assumption *it = assumption_of(row);
    const char *word = word_bearing(it->accuses, it->acquits, row->language ? row->language : "en");
    result_cell_text(cell, *word ? word : NULL);
}

static void fill_origin(const struct result_row *row, struct result_cell *cell)
{
    result_cell_text(cell, assumption_origin_name(assumption_of(row)->origin));
}

// The exceptions' amounts that rest on it, by currency.
static void fill_amount(const struct result_row *row, struct result_cell *cell)
{
    const struct run *run = row->run;
    struct sums sums = {.arena = arena_new()};
    for (size_t i = row->number; i < run->evaluation->finding_count; i++) {
        const struct finding *finding = &run->evaluation->findings[i];
        if (finding->control != row->control)
            break;
        for (int rest = 0; rest < finding->rest_count; rest++)
            if (finding->rests[rest] == rest_of(row)->assumption)
                finding_add_amount(run->data, run->engagement->controls, finding, &sums);
    }
    for (size_t i = 0; i < sums.count; i++) {
        buffer_add_text(&cell->built, i ? "; " : "");
        sum_format(&sums.items[i], false, &cell->built);
        buffer_printf(&cell->built, " %s", sums.items[i].currency);
    }
    arena_free(sums.arena);
}

static const struct result_column assumption_columns[] = {
    COLUMN("control", WORD_CONTROL, FLAT | NEEDED, TEXT, 10, result_fill_control,
           .link = LINK_CONTROL),
    COLUMN("table", WORD_TABLE, FLAT | NEEDED, TEXT, 24, result_fill_table, .sql = "table_name"),
    COLUMN("column", WORD_COLUMN, FLAT, TEXT, 20, fill_column, .sql = "column_name"),
    COLUMN("taken_as", WORD_TAKEN_AS, FLAT, TEXT, 18, fill_taken),
    COLUMN("bearing", WORD_BEARING, FLAT, TEXT, 18, fill_bearing),
    COLUMN("rows", WORD_ROWS_RESTING, FLAT, COUNT, 10, fill_rows, .sql = "rows_resting"),
    COLUMN("exception_rows", WORD_EXCEPTION_ROWS, FLAT, COUNT, 10, fill_exception_rows),
    COLUMN("amount", WORD_AMOUNT, FLAT, TEXT, 20, fill_amount),
    COLUMN("sentence", WORD_SENTENCE, FLAT, LONG_TEXT, 60, fill_sentence),
    COLUMN("origin", WORD_ASSUMED_BY, FLAT, TEXT, 14, fill_origin),
};

static void visit_assumptions(const struct result_walk *walk)
{
    const struct evaluation *evaluation = walk->run->evaluation;
    struct result_row row = {.run = walk->run, .language = walk->language};
    for (; row.control < walk->run->engagement->control_count; row.control++) {
        // Findings and controls stand in one order; `number` is the control's first finding.
        while (row.number < evaluation->finding_count &&
               evaluation->findings[row.number].control < row.control)
            row.number++;
        int count = evaluation->results[row.control].rest_count;
        for (row.line = 0; run_has_control(walk->run, row.control) && row.line < count;
             row.line++) {
            row.table = assumption_of(&row)->table;
            walk->see(walk->context, &row);
        }
    }
}

const struct result_table result_assumptions = RESULT_TABLE(
    assumption_columns, visit_assumptions, .csv = "assumptions.csv", .sql = "assumption");
