// SPDX-License-Identifier: MIT
#include "engine/language/rule_comment.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static void above(const char *text, const char *expected)
{
    struct buffer comment = {0};
    rule_comment_above(text, strstr(text, "function"), &comment);
    assert_string_equal(buffer_text(&comment), expected);
    buffer_clear(&comment);
}

static void test_the_comment_right_above(void **state)
{
    (void)state;
    above("-- One.\nfunction f() end", "One.");
    above("local x\n-- One line,\n-- and another.\nfunction f() end", "One line, and another.");
    above("--tight\nfunction f() end", "tight");
}

static void test_none_right_above(void **state)
{
    (void)state;
    above("function f() end", "");
    above("-- One.\n\nfunction f() end", "");
    above("local x = 1 -- beside\nfunction f() end", "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_comment_right_above),
        cmocka_unit_test(test_none_right_above),
    };
    return cmocka_run_group_tests_name("rule_comment", tests, NULL, NULL);
}
