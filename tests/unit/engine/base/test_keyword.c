// SPDX-License-Identifier: MIT
#include "engine/base/keyword.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void words_are_reserved_as_a_whole(void **state)
{
    (void)state;
    assert_true(keyword_is("and"));
    assert_true(keyword_is("while"));
    assert_false(keyword_is("an"));
    assert_false(keyword_is("ands"));
    assert_false(keyword_is("And"));
    assert_false(keyword_is(""));
}

static void they_stand_in_the_order_of_the_alphabet(void **state)
{
    (void)state;
    for (int i = 1; i < KEYWORDS; i++)
        assert_true(strcmp(keywords[i - 1], keywords[i]) < 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_are_reserved_as_a_whole),
        cmocka_unit_test(they_stand_in_the_order_of_the_alphabet),
    };
    return cmocka_run_group_tests_name("keyword", tests, NULL, NULL);
}
