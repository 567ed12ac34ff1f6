// SPDX-License-Identifier: MIT
#include "reports/figures/family.h"

#include <string.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void expect_title(const char *family, const char *language, const char *title)
{
    struct text found = family_title(family, language);
    assert_int_equal(found.length, strlen(title));
    assert_memory_equal(found.bytes, title, found.length);
}

static void test_a_family_has_its_title_in_both_languages(void **state)
{
    (void)state;
    expect_title("PRC", "en", "Prices");
    expect_title("PRC", "zh", "价格");
    expect_title("SVC", "en", "After-sales service"); // the last line
    expect_title("SVC", "zh", "售后服务");
}

static void test_an_own_family_has_none(void **state)
{
    (void)state;
    expect_title("OWN", "en", "");
    expect_title("PR", "en", "");
    expect_title("PRCX", "en", "");
    expect_title("", "en", "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_family_has_its_title_in_both_languages),
        cmocka_unit_test(test_an_own_family_has_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
