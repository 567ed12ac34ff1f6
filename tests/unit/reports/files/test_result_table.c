// SPDX-License-Identifier: MIT
#include "reports/files/result_table.h"

#include "tests/unit/sample_run.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static const int formats[] = {RESULT_CSV, RESULT_JSON, RESULT_SQL, RESULT_SHEET};

// ---- the tables

static void each_column(void (*look)(const struct result_table *table, int column))
{
    for (int i = 0; i < RESULT_TABLES; i++)
        for (int j = 0; j < result_tables[i]->count; j++)
            look(result_tables[i], j);
}

static const char *name_in(const struct result_column *column, int format)
{
    return format == RESULT_SQL && column->sql ? column->sql : column->name;
}

static void look_for_twins(const struct result_table *table, int index)
{
    const struct result_column *column = &table->columns[index];
    for (size_t f = 0; f < sizeof formats / sizeof *formats; f++)
        for (int i = 0; i < index; i++)
            if (column->marks & table->columns[i].marks & formats[f] &&
                column->type != RESULT_EXACT)
                assert_string_not_equal(name_in(column, formats[f]),
                                        name_in(&table->columns[i], formats[f]));
}

static void test_a_name_stands_once_in_each_format(void **state)
{
    (void)state;
    each_column(look_for_twins);
}

static void look_for_words(const struct result_table *table, int index)
{
    enum word heading = table->columns[index].heading;
    assert_true(*word_get(heading, "en") && *word_get(heading, "zh"));
    assert_string_not_equal(word_get(heading, "en"), word_get(heading, "zh"));
}

static void test_each_column_has_words_in_both_languages(void **state)
{
    (void)state;
    each_column(look_for_words);
}

// The first member of the enum of words stands for a heading that was forgotten.
static void look_at_marks(const struct result_table *table, int index)
{
    const struct result_column *column = &table->columns[index];
    assert_int_not_equal(column->heading, 0);
    assert_true(!(column->marks & RESULT_CSV) || table->csv);
    assert_true(!(column->marks & RESULT_SQL) || table->sql);
    assert_true(column->marks & (RESULT_CSV | RESULT_JSON | RESULT_SQL | RESULT_SHEET));
    if (column->type != RESULT_EXACT) {
        assert_non_null(column->fill);
        return;
    }
    assert_true(index > 0 && table->columns[index - 1].type == RESULT_AMOUNT);
    assert_int_equal(column->marks & ~RESULT_ONCE, RESULT_SHEET);
    assert_true(table->columns[index - 1].marks & RESULT_SHEET);
}

static void look_at_amounts(const struct result_table *table, int index)
{
    const struct result_column *column = &table->columns[index];
    if (column->type == RESULT_AMOUNT && column->marks & RESULT_SHEET)
        assert_int_equal(table->columns[index + 1].type, RESULT_EXACT);
}

static void test_each_column_has_a_place_and_amounts_their_second_cell(void **state)
{
    (void)state;
    each_column(look_at_marks);
    each_column(look_at_amounts);
}

// SQL has other uses for these words.
static void look_for_keywords(const struct result_table *table, int index)
{
    static const char *const words[] = {"table", "column", "values"};
    const struct result_column *column = &table->columns[index];
    for (size_t i = 0; column->marks & RESULT_SQL && i < sizeof words / sizeof *words; i++)
        assert_string_not_equal(name_in(column, RESULT_SQL), words[i]);
}

static void test_names_are_no_words_of_sql(void **state)
{
    (void)state;
    each_column(look_for_keywords);
}

// ---- cells of the sample

static const struct result_column *find_column(const struct result_table *table, const char *name,
                                               int format)
{
    for (int i = 0; i < table->count; i++)
        if (table->columns[i].marks & format && strcmp(table->columns[i].name, name) == 0)
            return &table->columns[i];
    fail_msg("no column %s", name);
    return NULL;
}

struct looked_for {
    const struct result_column *column;
    size_t row, rows;
    int line; // of a control; 0: as visited
    struct result_cell cell;
    char text[200];
};

static void keep(void *context, const struct result_row *row)
{
    struct looked_for *looked_for = context;
    struct result_row line = *row;
    if (looked_for->rows++ != looked_for->row)
        return;
    if (looked_for->line)
        line.line = looked_for->line;
    result_cell_fill(&looked_for->cell, looked_for->column, &line);
    snprintf(looked_for->text, sizeof looked_for->text, "%s",
             looked_for->cell.text ? looked_for->cell.text : "");
    buffer_clear(&looked_for->cell.built);
}

static struct looked_for cell_of(const struct run *run, const struct result_table *table,
                                 const char *name, const char *language, struct looked_for which)
{
    which.column = find_column(table, name, language ? RESULT_SHEET : RESULT_CSV);
    table->visit(&(struct result_walk){
        .run = run, .language = language, .result = "test", .see = keep, .context = &which});
    assert_true(which.rows > which.row);
    return which;
}

static void test_people_read_words_and_programs_names(void **state)
{
    (void)state;
    struct sample *sample = sample_new();
    const struct result_table *table = &result_controls;
    struct looked_for second = {.row = 1};
    assert_string_equal(cell_of(&sample->run, table, "status", NULL, second).text, "not_run");
    assert_string_equal(cell_of(&sample->run, table, "status", "en", second).text, "not run");
    assert_string_equal(cell_of(&sample->run, table, "status", "zh", second).text, "未执行");
    sample_free(sample);
}

static void test_a_further_line_of_a_control_has_no_counts(void **state)
{
    (void)state;
    struct sample *sample = sample_new();
    struct sum amounts[] = {{AMOUNT_MISSTATEMENT, "CNY", false, total_of_units(1, 0), 1},
                            {AMOUNT_MISSTATEMENT, "JPY", false, total_of_units(20, 0), 1}};
    sample->results[0].amounts = (struct sums){.items = amounts, .count = 2};
    struct looked_for all =
        cell_of(&sample->run, &result_controls, "amount", NULL, (struct looked_for){0});
    assert_string_equal(all.text, "1.00; 20");
    struct looked_for further = {.line = 1};
    assert_string_equal(cell_of(&sample->run, &result_controls, "amount", "en", further).text,
                        "20");
    assert_true(cell_of(&sample->run, &result_controls, "tested", "en", further).cell.empty);
    further.line = 0;
    struct looked_for first = cell_of(&sample->run, &result_controls, "tested", "en", further);
    assert_false(first.cell.empty);
    assert_int_equal(first.cell.count, 3);
    sample_free(sample);
}

static void test_a_parameter_s_value_has_the_type_of_its_content(void **state)
{
    (void)state;
    static const enum result_type types[] = {RESULT_NUMBER, RESULT_DAY, RESULT_TEXT, RESULT_NUMBER};
    struct sample *sample = sample_new();
    struct parameter parameters[] = {
        {.name = "limit", .value = json_string("-5.0"), .type = "decimal", .origin = "policy"},
        {.name = "from", .value = json_string("2026-10-05"), .type = "date", .origin = "policy"},
        {.name = "role", .value = json_string("manager"), .type = "text", .origin = "policy"},
        {.name = "days", .value = json_integer(30), .type = "int", .origin = "policy"},
    };
    sample->controls[0].parameters = parameters;
    sample->controls[0].parameter_count = 4;
    for (size_t i = 0; i < 4; i++) {
        struct looked_for found =
            cell_of(&sample->run, &result_parameters, "value", "en", (struct looked_for){.row = i});
        assert_int_equal(found.cell.type, types[i]);
        assert_int_equal(found.cell.people, i == 2); // the workbook masks what people wrote
        json_decref(parameters[i].value);
    }
    sample_free(sample);
}

static void add_evidence(void *context, const struct result_row *row)
{
    for (int i = 0; i <= row->exception->finding->evidence_count; i++) {
        struct result_row piece = result_evidence_row(row, i);
        result_add_json(&result_evidence, &piece, context);
    }
}

static void test_the_row_tested_is_evidence_too(void **state)
{
    (void)state;
    struct sample *sample = sample_new();
    struct buffer text = {0};
    sample->evaluation.finding_count = 1;
    result_exceptions.visit(&(struct result_walk){
        .run = &sample->run, .result = "test", .see = add_evidence, .context = &text});
    assert_string_equal(buffer_text(&text),
                        "{\"table\":\"sale\",\"key\":\"S1/1\",\"source\":\"data/sale.csv:2\"}"
                        "{\"table\":\"price\",\"key\":\"P,1\",\"source\":\"data/price.csv:2\"}");
    buffer_clear(&text);
    sample_free(sample);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_name_stands_once_in_each_format),
        cmocka_unit_test(test_each_column_has_words_in_both_languages),
        cmocka_unit_test(test_each_column_has_a_place_and_amounts_their_second_cell),
        cmocka_unit_test(test_names_are_no_words_of_sql),
        cmocka_unit_test(test_people_read_words_and_programs_names),
        cmocka_unit_test(test_a_further_line_of_a_control_has_no_counts),
        cmocka_unit_test(test_a_parameter_s_value_has_the_type_of_its_content),
        cmocka_unit_test(test_the_row_tested_is_evidence_too),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
