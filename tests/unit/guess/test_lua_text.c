// SPDX-License-Identifier: MIT
#include "guess/lua_text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void test_quotes(void **state)
{
    (void)state;
    struct buffer text = {0};
    lua_text_add("a\"b\\c\nd\t1", &text);
    assert_string_equal(buffer_text(&text), "\"a\\\"b\\\\c\\nd\\0091\"");
    buffer_clear(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_quotes)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
