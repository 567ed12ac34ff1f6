// SPDX-License-Identifier: MIT
#include "reports/files/csv_text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void expect_text(const char *text, const char *expected)
{
    struct buffer line = {0};
    csv_text_add(&line, text);
    csv_text_end_line(&line);
    assert_string_equal(buffer_text(&line), expected);
    buffer_clear(&line);
}

static void expect_number(const char *number, const char *expected)
{
    struct buffer line = {0};
    csv_text_add_number(&line, number);
    csv_text_end_line(&line);
    assert_string_equal(buffer_text(&line), expected);
    buffer_clear(&line);
}

static void test_plain_text_stands_as_it_is(void **state)
{
    (void)state;
    expect_text("SO1/1", "SO1/1\n");
    expect_text("低于最低限价", "低于最低限价\n");
    expect_text(" blanks ", " blanks \n");
}

static void test_nothing_is_an_empty_cell(void **state)
{
    (void)state;
    expect_text("", "\n");
    expect_text(NULL, "\n");
    expect_number(NULL, "\n");
    expect_number("", "\n");
}

static void test_separators_and_quotes_are_quoted(void **state)
{
    (void)state;
    expect_text("a,b", "\"a,b\"\n");
    expect_text("say \"no\"", "\"say \"\"no\"\"\"\n");
    expect_text("\"", "\"\"\"\"\n");
    expect_text("two\nlines", "\"two\nlines\"\n");
    expect_text("carriage\rreturn", "\"carriage\rreturn\"\n");
}

static void test_formulas_are_neutralised(void **state)
{
    (void)state;
    expect_text("=1+1", "'=1+1\n");
    expect_text("+49 30", "'+49 30\n");
    expect_text("-5", "'-5\n");
    expect_text("@SUM(A1)", "'@SUM(A1)\n");
    expect_text("\tx", "'\tx\n");
    expect_text("\rx", "\"'\rx\"\n");
    expect_text("=cmd|'/c calc'!A1,\"x\"", "\"'=cmd|'/c calc'!A1,\"\"x\"\"\"\n");
    expect_text("a=b", "a=b\n");
}

static void test_numbers_stay_numbers(void **state)
{
    (void)state;
    expect_number("-5.00", "-5.00\n");
    expect_number("0", "0\n");
    expect_number("79228162514264337593543950336.00", "79228162514264337593543950336.00\n");
}

static void test_what_only_looks_like_a_number_is_text(void **state)
{
    (void)state;
    expect_number("-", "'-\n");
    expect_number("-5.", "'-5.\n");
    expect_number("--5", "'--5\n");
    expect_number("-1.00; 2.00", "'-1.00; 2.00\n");
    expect_number("-5+cmd", "'-5+cmd\n");
    expect_number("+5", "'+5\n");
}

static void test_cells_of_a_line_are_separated(void **state)
{
    (void)state;
    struct buffer line = {0};
    csv_text_add(&line, NULL);
    csv_text_add_count(&line, UINT64_MAX);
    csv_text_add(&line, "a,b");
    csv_text_add(&line, "");
    csv_text_end_line(&line);
    assert_string_equal(buffer_text(&line), ",18446744073709551615,\"a,b\",\n");
    buffer_clear(&line);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_plain_text_stands_as_it_is),
        cmocka_unit_test(test_nothing_is_an_empty_cell),
        cmocka_unit_test(test_separators_and_quotes_are_quoted),
        cmocka_unit_test(test_formulas_are_neutralised),
        cmocka_unit_test(test_numbers_stay_numbers),
        cmocka_unit_test(test_what_only_looks_like_a_number_is_text),
        cmocka_unit_test(test_cells_of_a_line_are_separated),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
