// SPDX-License-Identifier: MIT
#include "engine/base/fold.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void folds_to(const char *text, const char *expected)
{
    size_t length;
    char *folded = fold_text(text, strlen(text), &length);
    assert_int_equal(length, strlen(expected));
    assert_memory_equal(folded, expected, length);
    free(folded);
}

static void case_and_width_fall_away(void **state)
{
    (void)state;
    folds_to("Ｕ1b", "u1b");
    folds_to("张三", "张三");
    folds_to("\xFF", "\xFF");
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(case_and_width_fall_away)};
    return cmocka_run_group_tests_name("fold", tests, NULL, NULL);
}
