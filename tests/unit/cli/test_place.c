// SPDX-License-Identifier: MIT
#include "cli/place.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static void line_is(const char *text, int line, const char *expected)
{
    size_t begin, end;
    assert_true(place_line(text, strlen(text), line, &begin, &end));
    assert_int_equal(end - begin, strlen(expected));
    assert_memory_equal(text + begin, expected, end - begin);
}

static void lines_end_as_in_lua(void **state)
{
    (void)state;
    size_t begin, end;
    static const char *const texts[] = {"one\ntwo\n\nfour", "one\rtwo\r\rfour",
                                        "one\r\ntwo\r\n\r\nfour", "one\n\rtwo\n\r\n\rfour"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        line_is(texts[i], 1, "one");
        line_is(texts[i], 2, "two");
        line_is(texts[i], 3, "");
        line_is(texts[i], 4, "four");
        assert_false(place_line(texts[i], strlen(texts[i]), 5, &begin, &end));
    }
}

static void a_message_is_about_a_place_whatever_ends_lines(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "-- a list\nimport.csv {\n  -- 'expct'\n  文 = 1, expct = 2 }\n",
        "-- a list\rimport.csv {\r  -- 'expct'\r  文 = 1, expct = 2 }\r"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct place place =
            place_of_message(texts[i], strlen(texts[i]), 2, "import.csv has no setting 'expct'");
        assert_int_equal(place.line, 4);
        assert_int_equal(place.column, 10);
    }
}

static void a_text_stands_in_quotes(void **state)
{
    (void)state;
    const char *text = "a = \"b.csv\"\nc = 'data/b.csv'";
    struct place place;
    assert_true(place_of_text(text, strlen(text), "data/b.csv", &place));
    assert_int_equal(place.line, 2);
    assert_int_equal(place.column, 6);
    assert_false(place_of_text(text, strlen(text), "b", &place));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_end_as_in_lua),
        cmocka_unit_test(a_message_is_about_a_place_whatever_ends_lines),
        cmocka_unit_test(a_text_stands_in_quotes),
    };
    return cmocka_run_group_tests_name("place", tests, NULL, NULL);
}
