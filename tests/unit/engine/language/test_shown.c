// SPDX-License-Identifier: MIT
#include "engine/language/shown.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

// The values that are only shown, as they stand in the text: "a.b c()".
static void shows(const char *text, const char *expected)
{
    struct syntax_error error;
    struct syntax *syntax = syntax_parse(text, strlen(text), &error);
    char found[200] = "";
    assert_non_null(syntax);
    for (struct node *node = syntax->root; node; node = node_next(syntax->root, node))
        if (shown_is_value(node))
            snprintf(found + strlen(found), sizeof found - strlen(found), "%s%.*s",
                     *found ? " " : "", (int)(node->end - node->begin), text + node->begin);
    assert_string_equal(found, expected);
    syntax_free(syntax);
}

static void test_values_of_an_exception(void **state)
{
    (void)state;
    shows("return exception { price = l.price, evidence = { l }, n = 1 }", "l.price { l } 1");
    shows("return exception { label = l.a, severity = l.b, row = l.c, currency = l.d }", "");
    shows("return exception { l.a, [l.b] = l.c }", ""); // no value of a name
}

static void test_helpers_that_make_one(void **state)
{
    (void)state;
    shows("return late_exception(l.a, { by = l.b })", "l.b");
    shows("return passed_same_day { by = l.b }", "l.b");
    shows("return row_passed_same_day { by = l.b }", "l.b");
    shows("return late_exception({ by = l.b }, l.a)", ""); // not the last
    shows("return other { by = l.b }", "");
    shows("local exception_of = 1 return exception_of { by = l.b }", "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_values_of_an_exception),
        cmocka_unit_test(test_helpers_that_make_one),
    };
    return cmocka_run_group_tests_name("shown", tests, NULL, NULL);
}
