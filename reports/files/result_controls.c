// SPDX-License-Identifier: MIT
// Controls with what came of them, their amounts by currency, their parameters.
#include "engine/base/reason.h"
#include "reports/files/result_inside.h"

#include "reports/words/words.h"

#include <stdlib.h>
#include <string.h>

static const struct control_result *result_of(const struct result_row *row)
{
    return &row->run->evaluation->results[row->control];
}

// ---- the control

FILL_NAME(fill_severity, word_severity, severity_name, result_control(row)->severity)

static void fill_population(const struct result_row *row, struct result_cell *cell)
{
    const struct control *control = result_control(row);
    for (int i = 0; i < control->population_count; i++) {
        buffer_add_text(&cell->built, i ? ", " : "");
        result_add_table_name(row->run, control->populations[i], row->language, &cell->built);
    }
}

static void fill_sources(const struct result_row *row, struct result_cell *cell)
{
    const struct control *control = result_control(row);
    for (int i = 0; i < control->source_count; i++)
        buffer_printf(&cell->built, "%s%s", i ? "; " : "", control->sources[i]);
}

FILL_TEXT(fill_family, result_control(row)->family)
FILL_TEXT(fill_risk, bilingual_get(&result_control(row)->risk, row->run->language))
FILL_TEXT(fill_tests, bilingual_get(&result_control(row)->tests, row->run->language))
FILL_TEXT(fill_follow_up, bilingual_get(&result_control(row)->follow_up, row->run->language))
FILL_TEXT(fill_required, result_control(row)->required ? word_get(WORD_YES, row->language) : NULL)
FILL_TEXT(fill_rule_file, result_control(row)->file)
FILL_TEXT(fill_rule, result_control(row)->hash)

// ---- what came of it

FILL_NAME(fill_status, word_status, status_name, result_of(row)->status)
FILL_COUNT(fill_loaded, result_of(row)->loaded)
FILL_COUNT(fill_in_scope, result_of(row)->in_scope)
FILL_COUNT(fill_not_applicable, result_of(row)->not_applicable)
FILL_COUNT(fill_tested, result_of(row)->tested)
FILL_COUNT(fill_passed, result_of(row)->passed)
FILL_COUNT(fill_passed_assumed, result_of(row)->passed_assumed)
FILL_COUNT(fill_untestable, result_of(row)->untestable)
FILL_COUNT(fill_errors, result_of(row)->errors)
FILL_COUNT(fill_exception_rows, result_of(row)->exception_rows)
FILL_COUNT(fill_exceptions, result_of(row)->exceptions)
FILL_COUNT(fill_waived, row->waived->controls[row->control].exceptions)

// ---- of the rows that passed, those that did so because of one day or of a tolerance

// "CNY 100.00; USD -3.00": the currency first, since what begins with a sign would be guarded as a
// formula.
static void add_noted_amounts(const struct result_row *row, enum pass_note_kind kind,
                              struct buffer *out)
{
    const struct sums *sums = &result_of(row)->notes[kind].amounts;
    for (size_t i = 0; i < sums->count; i++) {
        buffer_printf(out, "%s%s ", i ? "; " : "", sums->items[i].currency);
        sum_format(&sums->items[i], false, out);
    }
}

FILL_COUNT(fill_same_day, result_of(row)->notes[PASS_SAME_DAY].rows)
FILL_BUILT(fill_same_day_amount, add_noted_amounts(row, PASS_SAME_DAY, out))
FILL_COUNT(fill_within_tolerance, result_of(row)->notes[PASS_WITHIN_TOLERANCE].rows)
FILL_BUILT(fill_within_tolerance_amount, add_noted_amounts(row, PASS_WITHIN_TOLERANCE, out))

static void fill_rate(const struct result_row *row, struct result_cell *cell)
{
    result_cell_count(cell, result_of(row)->exception_rows);
    cell->whole = result_of(row)->tested;
}

// "sales_order.contract_id=; approval=none"
static void fill_assumptions(const struct result_row *row, struct result_cell *cell)
{
    const struct control_result *result = result_of(row);
    for (int i = 0; i < result->rest_count; i++) {
        buffer_add_text(&cell->built, i ? "; " : "");
        assumption_name(row->run->data, result->rests[i].assumption, &cell->built);
    }
}

// Why it did not run, or which rows it could not test.
FILL_BUILT(fill_reasons,
           control_result_explain_some(result_of(row), row->language, ALL_REASONS, out))

// The same in short.
FILL_BUILT(fill_reason, control_result_explain(result_of(row), row->language, out))

// ---- its amounts: one, or all of them joined by "; " in the order of the currencies,
// that of what lies below zero after that of what does not

static void fill_currency(const struct result_row *row, struct result_cell *cell)
{
    const struct sums *sums = &result_of(row)->amounts;
    for (size_t i = 0; i < sums->count; i++)
        if (row->line < 0 || (size_t)row->line == i)
            buffer_printf(&cell->built, "%s%s", cell->built.length ? "; " : "",
                          sums->items[i].currency);
}

static void fill_sign(const struct result_row *row, struct result_cell *cell)
{
    const struct sum *sum = &result_of(row)->amounts.items[row->line];
    result_cell_text(cell, sum->negative ? "negative" : "positive");
}

static void fill_sums(const struct result_row *row, struct result_cell *cell,
                      const struct sums *sums)
{
    if (row->line >= 0) {
        if ((size_t)row->line < sums->count)
            result_cell_amount(cell, sums->items[row->line].total, sums->items[row->line].currency);
        return;
    }
    for (size_t i = 0; i < sums->count; i++) {
        buffer_add_text(&cell->built, i ? "; " : "");
        sum_format(&sums->items[i], false, &cell->built);
    }
}

static void fill_amount(const struct result_row *row, struct result_cell *cell)
{
    fill_sums(row, cell, &result_of(row)->amounts);
}

static void fill_open_amount(const struct result_row *row, struct result_cell *cell)
{
    fill_sums(row, cell, &row->waived->controls[row->control].open);
}

// A database takes no "?" for a number.
static void fill_one_amount(const struct result_row *row, struct result_cell *cell)
{
    fill_amount(row, cell);
    if (cell->amount.beyond)
        result_cell_text(cell, "NaN");
}

static void fill_one_open_amount(const struct result_row *row, struct result_cell *cell)
{
    fill_open_amount(row, cell);
    if (cell->amount.beyond)
        buffer_reset(&cell->built);
}

// ---- the grade that it suggests

static void fill_grade(const struct result_row *row, struct result_cell *cell)
{
    enum grade grade = row->grading->controls[row->control].grade;
    if (row->language)
        result_cell_text(cell, grade_text(grade, row->language));
    else if (grade != GRADE_NONE)
        result_cell_text(cell, grade_name(grade));
}

FILL_BUILT(fill_grade_reason,
           grade_reasons(row->grading->controls[row->control].reasons, row->language, out))
FILL_BUILT(fill_threshold,
           grade_threshold(row->run, row->grading->controls[row->control].grade, out))

// ---- parameters

FILL_TEXT(fill_parameter, row->parameter->name)
FILL_TEXT(fill_type, row->parameter->type)
FILL_TEXT(fill_note, row->parameter->note)
FILL_TEXT(fill_origin, row->language ? word_origin(row->parameter->origin, row->language)
                                     : row->parameter->origin)

// A number, a day, or text that people wrote.
static void fill_parameter_value(struct result_cell *cell, const char *type, const json_t *value)
{
    if (!value)
        return;
    bool written = json_is_string(value);
    if (json_is_integer(value) || (written && strcmp(type, "decimal") == 0))
        cell->type = RESULT_NUMBER;
    else if (written && strcmp(type, "date") == 0)
        cell->type = RESULT_DAY;
    else
        cell->people = true;
    parameter_add(value, &cell->built);
}

static void fill_value(const struct result_row *row, struct result_cell *cell)
{
    fill_parameter_value(cell, row->parameter->type, row->parameter->value);
}

static void fill_declared(const struct result_row *row, struct result_cell *cell)
{
    fill_parameter_value(cell, row->parameter->type, row->parameter->declared);
}

// ---- columns

// What the workbook has in another place than the files stands twice.
static const struct result_column control_columns[] = {
    COLUMN("control", WORD_CONTROL, FLAT | NEEDED, TEXT, 10, result_fill_control,
           .link = LINK_EXCEPTION),
    COLUMN("title", WORD_TITLE, FLAT, LONG_TEXT, 40, result_fill_title),
    COLUMN("family", WORD_FAMILY, SHEET, TEXT, 8, fill_family),
    COLUMN("severity", WORD_SEVERITY, FLAT | NEEDED, TEXT, 10, fill_severity),
    COLUMN("status", WORD_STATUS, FLAT | NEEDED, TEXT, 13, fill_status),
    COLUMN("population", WORD_POPULATION, SHEET, LONG_TEXT, 28, fill_population),
    COLUMN("loaded", WORD_LOADED, FLAT | ONCE, COUNT, 10, fill_loaded),
    COLUMN("in_scope", WORD_IN_SCOPE, FLAT | ONCE, COUNT, 10, fill_in_scope),
    COLUMN("not_applicable", WORD_NOT_APPLICABLE, FLAT | ONCE, COUNT, 11, fill_not_applicable),
    COLUMN("tested", WORD_TESTED, FLAT | ONCE, COUNT, 10, fill_tested),
    COLUMN("passed", WORD_PASSED, FLAT | ONCE, COUNT, 10, fill_passed),
    COLUMN("passed_assumed", WORD_PASSED_ASSUMED, FLAT | ONCE, COUNT, 11, fill_passed_assumed),
    COLUMN("untestable", WORD_UNTESTABLE, FLAT | ONCE, COUNT, 11, fill_untestable),
    COLUMN("errors", WORD_ERRORS, FLAT | ONCE, COUNT, 8, fill_errors),
    COLUMN("exception_rows", WORD_EXCEPTION_ROWS, CSV | SQL, COUNT, 0, fill_exception_rows),
    COLUMN("exceptions", WORD_EXCEPTION_COUNT, FLAT | ONCE, COUNT, 11, fill_exceptions,
           .link = LINK_EXCEPTION),
    COLUMN("waived", WORD_WAIVED, FLAT | ONCE, COUNT, 9, fill_waived),
    COLUMN("rate", WORD_RATE, SHEET | ONCE, RATE, 10, fill_rate),
    COLUMN("exception_rows", WORD_EXCEPTION_ROWS, SHEET | ONCE, COUNT, 11, fill_exception_rows),
    COLUMN("amount", WORD_AMOUNT, CSV | SHEET, AMOUNT, 18, fill_amount),
    COLUMN("exact", WORD_EXACT, SHEET, EXACT, 14, NULL),
    COLUMN("open_amount", WORD_AMOUNT_OPEN, SHEET, AMOUNT, 18, fill_open_amount),
    COLUMN("exact", WORD_EXACT_OPEN, SHEET, EXACT, 14, NULL),
    COLUMN("currency", WORD_CURRENCY, CSV | SHEET, TEXT, 9, fill_currency),
    COLUMN("amount_kind", WORD_KIND, FLAT, TEXT, 13, result_fill_amount_kind),
    COLUMN("assumptions", WORD_ASSUMPTIONS, FLAT | ONCE, LONG_TEXT, 30, fill_assumptions),
    COLUMN("reason", WORD_REASON, CSV | SQL, LONG_TEXT, 0, fill_reason),
    COLUMN("open_amount", WORD_AMOUNT_OPEN, CSV, AMOUNT, 0, fill_open_amount),
    COLUMN("suggested_grade", WORD_SUGGESTED_GRADE, FLAT | ONCE, TEXT, 18, fill_grade),
    COLUMN("grade_reason", WORD_SUGGESTED_BY, FLAT | ONCE, TEXT, 16, fill_grade_reason),
    COLUMN("threshold", WORD_THRESHOLD, SHEET | ONCE, LONG_TEXT, 40, fill_threshold),
    COLUMN("reason", WORD_REASON, SHEET | ONCE, LONG_TEXT, 40, fill_reasons),
    COLUMN("risk", WORD_RISK, SHEET | ONCE, LONG_TEXT, 40, fill_risk),
    COLUMN("tests", WORD_TESTS, SHEET | ONCE, LONG_TEXT, 50, fill_tests),
    COLUMN("follow_up", WORD_FOLLOW_UP, SHEET | ONCE, LONG_TEXT, 50, fill_follow_up),
    COLUMN("clauses", WORD_SOURCE_CLAUSE, SHEET | ONCE, LONG_TEXT, 30, fill_sources),
    COLUMN("required", WORD_REQUIRED, SHEET | ONCE, TEXT, 9, fill_required),
    COLUMN("rule_file", WORD_RULE_FILE, SHEET | ONCE, TEXT, 28, fill_rule_file),
    COLUMN("rule", WORD_RULE_HASH, SHEET | ONCE, TEXT, 20, fill_rule),
    COLUMN("passed_same_day", WORD_PASSED_SAME_DAY, FLAT | ONCE, COUNT, 11, fill_same_day),
    COLUMN("same_day_amount", WORD_SAME_DAY_AMOUNT, FLAT | ONCE, TEXT, 18, fill_same_day_amount),
    COLUMN("passed_within_tolerance", WORD_PASSED_WITHIN_TOLERANCE, FLAT | ONCE, COUNT, 11,
           fill_within_tolerance),
    COLUMN("within_tolerance_amount", WORD_WITHIN_TOLERANCE_AMOUNT, FLAT | ONCE, TEXT, 18,
           fill_within_tolerance_amount),
};

static const struct result_column untested_columns[] = {
    COLUMN("control", WORD_CONTROL, SHEET, TEXT, 0, result_fill_control, .link = LINK_CONTROL),
    COLUMN("status", WORD_STATUS, SHEET, TEXT, 0, fill_status),
    COLUMN("tested", WORD_TESTED, SHEET, COUNT, 0, fill_tested),
    COLUMN("untestable", WORD_UNTESTABLE, SHEET, COUNT, 0, fill_untestable),
    COLUMN("errors", WORD_ERRORS, SHEET, COUNT, 0, fill_errors),
    COLUMN("title", WORD_TITLE, SHEET, LONG_TEXT, 0, result_fill_title),
    // One line, which runs on into the empty cells.
    COLUMN("reason", WORD_REASON, SHEET, TEXT, 0, fill_reasons),
};

static const struct result_column amount_columns[] = {
    COLUMN("control", WORD_CONTROL, SQL | NEEDED, TEXT, 0, result_fill_control),
    COLUMN("currency", WORD_CURRENCY, SQL | NEEDED, TEXT, 0, fill_currency),
    COLUMN("sign", WORD_SIGN, SQL | NEEDED, TEXT, 0, fill_sign),
    COLUMN("amount", WORD_AMOUNT, SQL | NEEDED, NUMBER, 0, fill_one_amount),
    COLUMN("open_amount", WORD_AMOUNT_OPEN, SQL, NUMBER, 0, fill_one_open_amount),
};

static const struct result_column parameter_columns[] = {
    COLUMN("control", WORD_CONTROL, CSV | SHEET, TEXT, 10, result_fill_control,
           .link = LINK_CONTROL),
    COLUMN("title", WORD_TITLE, SHEET, TEXT, 40, result_fill_title),
    COLUMN("parameter", WORD_PARAMETER, CSV | SHEET, TEXT, 28, fill_parameter),
    COLUMN("value", WORD_VALUE, CSV | SHEET, TEXT, 24, fill_value),
    COLUMN("type", WORD_TYPE, SHEET, TEXT, 10, fill_type),
    COLUMN("origin", WORD_ORIGIN, CSV | SHEET, TEXT, 14, fill_origin),
    COLUMN("declared", WORD_DECLARED, SHEET, TEXT, 24, fill_declared),
    COLUMN("note", WORD_NOTE, SHEET, LONG_TEXT, 60, fill_note),
};

// ---- rows

// All controls of the run, in `row`: once for each part that `choose` finds.
static void visit(const struct result_walk *walk, struct result_row row,
                  bool (*choose)(struct result_row *row, int part))
{
    row.run = walk->run;
    row.language = walk->language;
    row.line = -1;
    for (; row.control < walk->run->engagement->control_count; row.control++)
        for (int i = 0; run_has_control(walk->run, row.control) && choose(&row, i); i++)
            walk->see(walk->context, &row);
}

static bool choose_all(struct result_row *row, int part)
{
    (void)row;
    return part == 0;
}

static bool choose_untested(struct result_row *row, int part)
{
    const struct control_result *result = result_of(row);
    return part == 0 &&
           (result->status >= STATUS_PARTIAL || result->untestable + result->errors > 0);
}

static bool choose_amount(struct result_row *row, int part)
{
    row->line = part;
    return (size_t)part < result_of(row)->amounts.count;
}

static bool choose_parameter(struct result_row *row, int part)
{
    row->parameter = &result_control(row)->parameters[part];
    return part < result_control(row)->parameter_count;
}

static void visit_controls(const struct result_walk *walk)
{
    struct waived waived;
    struct grading grading;
    waived_init(&waived, walk->run);
    grading_init(&grading, walk->run);
    visit(walk, (struct result_row){.waived = &waived, .grading = &grading}, choose_all);
}

static void visit_untested(const struct result_walk *walk)
{
    visit(walk, (struct result_row){0}, choose_untested);
}

static void visit_amounts(const struct result_walk *walk)
{
    struct waived waived;
    waived_init(&waived, walk->run);
    visit(walk, (struct result_row){.waived = &waived}, choose_amount);
}

static void visit_parameters(const struct result_walk *walk)
{
    visit(walk, (struct result_row){0}, choose_parameter);
}

const struct result_table result_controls =
    RESULT_TABLE(control_columns, visit_controls, .csv = "controls.csv", .sql = "control_result");
const struct result_table result_untested = RESULT_TABLE(untested_columns, visit_untested);
const struct result_table result_amounts =
    RESULT_TABLE(amount_columns, visit_amounts, .sql = "control_amount");
const struct result_table result_parameters =
    RESULT_TABLE(parameter_columns, visit_parameters, .csv = "parameters.csv");
