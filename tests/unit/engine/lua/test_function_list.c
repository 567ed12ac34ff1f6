// SPDX-License-Identifier: MIT
#include "engine/lua/function_list.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static bool find(const char *name, struct listed_function *function)
{
    for (size_t i = 0; function_list_get(i, function); i++)
        if (strcmp(function->name, name) == 0)
            return true;
    return false;
}

static void test_every_function_says_what_it_is(void **state)
{
    (void)state;
    struct listed_function function;
    size_t count = 0;
    for (; function_list_get(count, &function); count++) {
        assert_non_null(function.signature);
        assert_non_null(function.result);
        assert_true(strlen(function.summary) > 0);
    }
    assert_true(count > 50);
    assert_false(function_list_get(count, &function));
}

static void test_functions_and_constants(void **state)
{
    (void)state;
    struct listed_function function;
    assert_true(find("div", &function));
    assert_string_equal(function.signature, "div(a, b, scale, mode)");
    assert_false(function.constant);
    assert_true(find("as_of", &function));
    assert_true(function.constant);
    assert_string_equal(function.result, "date");
    assert_false(find("io.open", &function));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_function_says_what_it_is),
        cmocka_unit_test(test_functions_and_constants),
    };
    return cmocka_run_group_tests_name("function_list", tests, NULL, NULL);
}
