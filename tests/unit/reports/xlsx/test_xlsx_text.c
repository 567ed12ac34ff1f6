// SPDX-License-Identifier: MIT
#include "reports/xlsx/xlsx_text.h"

#include "engine/base/memory.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void assert_cell(const char *text, const char *expected)
{
    struct buffer out = {0};
    xlsx_text_add(&out, text);
    assert_string_equal(buffer_text(&out), expected);
    buffer_clear(&out);
}

static void test_plain_text_stays(void **state)
{
    (void)state;
    assert_cell("", "");
    assert_cell("轴承 <script>alert(1)</script> & \"x\"", "轴承 <script>alert(1)</script> & \"x\"");
    assert_cell("=1+1", "=1+1");
    assert_cell("a\tb\nc", "a\tb\nc");
}

static void test_control_characters_become_pictures(void **state)
{
    (void)state;
    assert_cell("a\x01"
                "b\x1B[2J\x7F",
                "a␁b␛[2J␡");
    assert_cell("\xC2\x85", "\xEF\xBF\xBD"); // next line, of the second set
    assert_cell("one\r\ntwo\rthree", "one\ntwo\nthree");
}

static void test_marks_of_direction_are_named(void **state)
{
    (void)state;
    assert_cell("invoice\u202Egpj.exe", "invoice[U+202E]gpj.exe");
    assert_cell("\u200F\u2066\u061C", "[U+200F][U+2066][U+061C]");
}

static void test_what_is_no_text_is_replaced(void **state)
{
    (void)state;
    assert_cell("a\xFF"
                "b",
                "a\xEF\xBF\xBD"
                "b");
    assert_cell("\xE8\xBD", "\xEF\xBF\xBD\xEF\xBF\xBD"); // a character cut in two
    assert_cell("\xEF\xBF\xBE", "\xEF\xBF\xBD");         // U+FFFE
}

static void test_what_looks_like_an_escape_is_no_escape(void **state)
{
    (void)state;
    assert_cell("_x0041_", "_x005F_x0041_");
    assert_cell("_x004_ _x00g1_ _y0041_", "_x004_ _x00g1_ _y0041_");
    assert_cell("_x0041", "_x0041");
}

// `count` times the text, as a cell.
static char *cell_of(const char *text, size_t count)
{
    struct buffer in = {0}, out = {0};
    for (size_t i = 0; i < count; i++)
        buffer_add_text(&in, text);
    xlsx_text_add(&out, buffer_text(&in));
    buffer_clear(&in);
    return buffer_take(&out);
}

static void test_a_cell_holds_32767_units(void **state)
{
    (void)state;
    char *cell = cell_of("x", XLSX_TEXT_MAX);
    assert_int_equal(strlen(cell), XLSX_TEXT_MAX);
    assert_null(strstr(cell, "…"));
    free(cell);
    cell = cell_of("x", XLSX_TEXT_MAX + 1);
    assert_int_equal(xlsx_text_length(cell), XLSX_TEXT_MAX);
    assert_string_equal(cell + XLSX_TEXT_MAX - 1, "…");
    free(cell);
    cell = cell_of("𝄞", 20000); // two units each
    assert_true(xlsx_text_length(cell) <= XLSX_TEXT_MAX);
    assert_int_equal(strlen(cell), 16383 * 4 + 3);
    free(cell);
}

static void test_length_counts_as_spreadsheets_do(void **state)
{
    (void)state;
    assert_int_equal(xlsx_text_length(""), 0);
    assert_int_equal(xlsx_text_length("轴承a"), 3);
    assert_int_equal(xlsx_text_length("𝄞"), 2);
}

static void test_formulas_are_told_by_their_beginning(void **state)
{
    (void)state;
    assert_true(xlsx_text_is_formula("=1"));
    assert_true(xlsx_text_is_formula("+1"));
    assert_true(xlsx_text_is_formula("-SO/2"));
    assert_true(xlsx_text_is_formula("@C1"));
    assert_true(xlsx_text_is_formula("\t=1"));
    assert_false(xlsx_text_is_formula(""));
    assert_false(xlsx_text_is_formula("a=1"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_plain_text_stays),
        cmocka_unit_test(test_control_characters_become_pictures),
        cmocka_unit_test(test_marks_of_direction_are_named),
        cmocka_unit_test(test_what_is_no_text_is_replaced),
        cmocka_unit_test(test_what_looks_like_an_escape_is_no_escape),
        cmocka_unit_test(test_a_cell_holds_32767_units),
        cmocka_unit_test(test_length_counts_as_spreadsheets_do),
        cmocka_unit_test(test_formulas_are_told_by_their_beginning),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
