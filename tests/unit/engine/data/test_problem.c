// SPDX-License-Identifier: MIT
// Problems show what stood in the source, whatever it was, as UTF-8.
#include "engine/data/problem.h"
#include "tests/unit/said.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static struct problem_list list;

static int tear_down(void **state)
{
    (void)state;
    problem_clear(&list);
    return 0;
}

static const char *shown(const char *value, size_t length)
{
    problem_add(&list, PROBLEM_INVALID_CELL, 0, 0, 2, "note", value, length, "no text");
    return list.items[list.count - 1].value;
}

static void text_is_shown_as_it_is(void **state)
{
    (void)state;
    static const char *const texts[] = {"",       "plain",           "轴承 €", "back\\slash",
                                        "\t tab", "\xF0\x9F\x93\x84"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        assert_string_equal(shown(texts[i], strlen(texts[i])), texts[i]);
    assert_null(shown(NULL, 0));
}

static void bytes_that_are_no_text_are_shown_by_their_numbers(void **state)
{
    (void)state;
    assert_string_equal(shown("\xFF\xFE", 2), "\\xFF\\xFE");
    assert_string_equal(shown("a\xE8\xBD", 3), "a\\xE8\\xBD");        // a character that breaks off
    assert_string_equal(shown("\xC0\x80", 2), "\\xC0\\x80");          // NUL in an overlong form
    assert_string_equal(shown("\xED\xA0\x80", 3), "\\xED\\xA0\\x80"); // half of a pair
    assert_string_equal(shown("\xFFé", 3), "\\xFFé");
    assert_string_equal(shown("a\0b", 3), "a\\x00b");
}

static void long_values_are_cut_between_characters(void **state)
{
    (void)state;
    char value[300], expected[1000];
    memset(value, 'x', sizeof value);
    assert_int_equal(strlen(shown(value, 200)), 200);
    snprintf(expected, sizeof expected, "%.200s…", value);
    assert_string_equal(shown(value, 201), expected);
    memcpy(value + 198, "轴承", 6);
    snprintf(expected, sizeof expected, "%.198s…", value);
    assert_string_equal(shown(value, sizeof value), expected);
}

static void a_long_value_without_characters_is_not_cut_to_nothing(void **state)
{
    (void)state;
    char value[300];
    memset(value, 0x80, sizeof value);
    const char *text = shown(value, sizeof value);
    assert_memory_equal(text, "\\x80\\x80", 8);
    assert_in_range(strlen(text), 4 * 197, 4 * 200 + 3);
}

static void headers_and_reasons_are_text_too(void **state)
{
    (void)state;
    problem_add(&list, PROBLEM_INVALID_CELL, 0, 0, 2, "no\xFFte", "x", 1, "not \"\xE8\"");
    assert_string_equal(list.items[0].column, "no\\xFFte");
    assert_string_equal(list.items[0].reason, "not \"\\xE8\"");
}

static void the_code_of_a_reason_is_left_as_it_is(void **state)
{
    (void)state;
    struct buffer reason = {0}, chinese = {0};
    reason_set_with(&reason, REASON_KEY_STANDS_ALREADY, "%s", "caf\xE9.csv:2");
    problem_add(&list, PROBLEM_DUPLICATE_KEY, 0, 0, 2, NULL, "x", 1, buffer_text(&reason));
    assert_string_equal(said(list.items[0].reason),
                        "the key stands already in caf\\xE9.csv:2; references go to that row");
    reason_add(list.items[0].reason, "zh", &chinese);
    assert_string_equal(buffer_text(&chinese), "该主键已出现在 caf\\xE9.csv:2；引用指向那一行");
    buffer_clear(&reason);
    buffer_clear(&chinese);
}

static void problems_are_moved_in_order(void **state)
{
    (void)state;
    struct problem_list from = {0};
    shown("first", 5);
    problem_add(&from, PROBLEM_REJECTED_RECORD, 1, 0, 7, NULL, "second", 6, "short");
    problem_move(&list, &from);
    problem_move(&list, &from);
    assert_int_equal(list.count, 2);
    assert_int_equal(from.count, 0);
    assert_string_equal(list.items[1].value, "second");
    assert_null(list.items[1].column);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_teardown(name, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(text_is_shown_as_it_is),
        TEST(bytes_that_are_no_text_are_shown_by_their_numbers),
        TEST(long_values_are_cut_between_characters),
        TEST(a_long_value_without_characters_is_not_cut_to_nothing),
        TEST(headers_and_reasons_are_text_too),
        TEST(the_code_of_a_reason_is_left_as_it_is),
        TEST(problems_are_moved_in_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
