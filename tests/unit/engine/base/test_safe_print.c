// SPDX-License-Identifier: MIT
#include "engine/base/safe_print.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

static void expect_safe(const char *text, const char *expected)
{
    char *safe = NULL;
    size_t length;
    FILE *out = open_memstream(&safe, &length);
    print_safely(text, out);
    fclose(out);
    assert_string_equal(safe, expected);
    free(safe);
}

static void test_source_text_cannot_drive_the_terminal(void **state)
{
    (void)state;
    expect_safe("客户 A-1", "客户 A-1");
    expect_safe("\033[2Jgone", "?[2Jgone");
    expect_safe("a\nb\x7f", "a?b?");
    expect_safe("\xC2\x9B"
                "2J",
                "?2J");
    expect_safe("\xC2\xA5 1", "\xC2\xA5 1");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_source_text_cannot_drive_the_terminal),
    };
    return cmocka_run_group_tests_name("safe_print", tests, NULL, NULL);
}
