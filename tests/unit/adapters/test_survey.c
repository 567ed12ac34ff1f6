// SPDX-License-Identifier: MIT
#include "adapters/survey.h"
#include "tests/unit/import_fixture.h"

static struct survey survey;

static int clear(void **state)
{
    survey_clear(&survey);
    return fixture_tear_down(state);
}

static void look(const char *shown)
{
    struct error error = {0};
    survey_clear(&survey);
    if (survey_folder(&survey, fixture_folder, shown, &error) != 0)
        fail_msg("%s: %s", error.where, error.message);
}

static const struct survey_sheet *only(void)
{
    look("");
    assert_int_equal(survey.count, 1);
    return &survey.sheets[0];
}

static void cell_is(size_t row, size_t column, const char *text)
{
    assert_string_equal(survey_text(&survey, &survey.sheets[0], row, column), text);
}

static void test_rows_with_their_lines(void **state)
{
    (void)state;
    fixture_write("a.csv", "title\n\nx,y\n1, 2 \n,,\n\"a\nb\",=\"007\"\n");
    const struct survey_sheet *sheet = only();
    assert_int_equal(sheet->row_count, 4); // without blank ones
    assert_int_equal(sheet->rows[1].line, 3);
    assert_int_equal(sheet->rows[3].line, 6);
    assert_int_equal(sheet->columns, 2);
    cell_is(2, 1, "2");
    cell_is(3, 1, "007"); // without what guards it
    cell_is(0, 1, "");    // the row is shorter
}

static void encoding_is(const char *bytes, size_t length, const char *encoding, const char *first)
{
    fixture_write_n("a.csv", bytes, length);
    const struct survey_sheet *sheet = only();
    if (encoding)
        assert_string_equal(sheet->encoding, encoding);
    else
        assert_null(sheet->encoding);
    cell_is(0, 0, first);
}

static void test_encodings(void **state)
{
    (void)state;
    encoding_is("a,b\n", 4, NULL, "a");
    encoding_is("客户,b\n", 9, NULL, "客户");
    encoding_is("\xEF\xBB\xBF"
                "a,b\n",
                7, NULL, "a");
    encoding_is("\xFF\xFE"
                "a\0\t\0b\0\n\0",
                10, NULL, "a");
    encoding_is("a\0,\0b\0\n\0", 8, "UTF-16LE", "a");
    encoding_is("\xBF\xCD\xBB\xA7,\xC3\xFB\xB3\xC6\n", 10, "GB18030", "客户");
    encoding_is("M\xFCller,Stra\xDF"
                "e\n",
                14, "windows-1252", "Müller");
}

static void delimiter_is(const char *text, char delimiter)
{
    fixture_write("a.csv", text);
    assert_int_equal(only()->delimiter, delimiter);
}

static void test_delimiters(void **state)
{
    (void)state;
    delimiter_is("a,b\n1,2\n", ',');
    delimiter_is("a;b;c\n1,5;2;3\n1,5;2;3\n", ';');
    delimiter_is("a\tb\n1\t2\n", '\t');
    delimiter_is("a|b\n1|2\n", '|');
    delimiter_is("alone\n1\n", ',');
}

static void test_a_folder(void **state)
{
    (void)state;
    fixture_write("b.csv", "x\n1\n");
    fixture_write("a.TSV", "x\ty\n1\t2\n");
    fixture_write("c.csv", "PK\003\004");
    fixture_write("notes.pdf", "%PDF-1");
    fixture_write("audit.lua", "-- ours");
    fixture_write(".hidden.csv", "x\n");
    look("export");
    assert_int_equal(survey.count, 3);
    assert_string_equal(survey.sheets[0].file, "export/a.TSV");
    assert_string_equal(survey.sheets[0].name, "a");
    assert_string_equal(survey.sheets[1].file, "export/b.csv");
    assert_non_null(strstr(survey.sheets[2].trouble, "workbook"));
    assert_int_equal(survey.ignored_count, 1);
    assert_string_equal(survey.ignored[0], "notes.pdf");
    char hidden[256];
    snprintf(hidden, sizeof hidden, "%s/.hidden.csv", fixture_folder);
    unlink(hidden);
}

static void test_what_is_not_there(void **state)
{
    (void)state;
    struct error error = {0};
    assert_int_equal(survey_folder(&survey, "/nowhere/at/all", "", &error), -1);
    assert_int_equal(error.kind, ERROR_SOURCE);
    assert_true(survey_is_database("dbname=erp"));
    assert_true(survey_is_database("postgresql://host/erp"));
    assert_false(survey_is_database("exports"));
    assert_false(survey_is_database(fixture_folder));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_rows_with_their_lines, fixture_set_up, clear),
        cmocka_unit_test_setup_teardown(test_encodings, fixture_set_up, clear),
        cmocka_unit_test_setup_teardown(test_delimiters, fixture_set_up, clear),
        cmocka_unit_test_setup_teardown(test_a_folder, fixture_set_up, clear),
        cmocka_unit_test_setup_teardown(test_what_is_not_there, fixture_set_up, clear),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
