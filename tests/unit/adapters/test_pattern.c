// SPDX-License-Identifier: MIT
#include "adapters/pattern.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void finds(const char *pattern, const char *text, int expected)
{
    assert_null(pattern_mistake(pattern));
    if (pattern_find(pattern, text, strlen(text)) != expected)
        fail_msg("\"%s\" in \"%s\": not %d", pattern, text, expected);
}

static void ends_classes_and_sets(void **state)
{
    (void)state;
    finds("^SO", "SO-1", 1);
    finds("^SO", "XSO-1", 0);
    finds("SO", "XSO-1", 1);
    finds("%d$", "SO-1", 1);
    finds("%d$", "SO-1x", 0);
    finds("^%d%d%d%d$", "2026", 1);
    finds("^%D+$", "abc", 1);
    finds("^[A-C]%-[^0-4]$", "B-7", 1);
    finds("^[A-C]%-[^0-4]$", "B-3", 0);
    finds("^[]x]$", "]", 1);
    finds("^[%d%s]+$", "1 2", 1);
    finds("1.5", "1x5", 1);
    finds("1%.5", "1x5", 0);
    finds("^%u%l%a%w%p%x%s$", "Aaa9!f ", 1);
    finds("a$b", "a$b", 1); // a $ that is not last
}

static void how_often(void **state)
{
    (void)state;
    finds("^a*b$", "b", 1);
    finds("^a*b$", "aaab", 1);
    finds("^a+b$", "b", 0);
    finds("^a?b$", "ab", 1);
    finds("^a?b$", "aab", 0);
    finds("^x.-y$", "xaybzy", 1);
    finds("^.*$", "", 1);
    finds("^%d+%-%d+$", "12-34", 1);
}

static void characters_are_not_bytes(void **state)
{
    (void)state;
    finds("^[合小]计$", "合计", 1);
    finds("^[合小]计$", "总计", 0);
    finds("^..$", "合计", 1);
    finds("^[^合]+$", "小计", 1);
    finds("^%a+$", "销售订单", 1);
    finds("^销.单$", "销售单", 1);
    finds("^合?计", "计", 1);
    finds("^.$", "\xFF", 1); // no text, and still one of something
}

static void mistakes_and_work_without_end(void **state)
{
    (void)state;
    assert_string_equal(pattern_mistake(""), "it is empty");
    assert_string_equal(pattern_mistake("^"), "it is empty");
    assert_non_null(pattern_mistake("[abc"));
    assert_non_null(pattern_mistake("[]"));
    assert_non_null(pattern_mistake("a%"));
    assert_non_null(pattern_mistake("(SO)"));
    assert_null(pattern_mistake("%(SO%)"));
    char text[400];
    memset(text, 'a', sizeof text);
    assert_int_equal(pattern_find("a*a*a*a*a*a*b", text, sizeof text), -1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ends_classes_and_sets),
        cmocka_unit_test(how_often),
        cmocka_unit_test(characters_are_not_bytes),
        cmocka_unit_test(mistakes_and_work_without_end),
    };
    return cmocka_run_group_tests_name("pattern", tests, NULL, NULL);
}
