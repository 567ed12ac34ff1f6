// SPDX-License-Identifier: MIT
#include "engine/evaluation/title.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#define SAYS(expected, title, own, period)                                                         \
    do {                                                                                           \
        struct buffer text = {0};                                                                  \
        title_add(title, own, period, &text);                                                      \
        assert_string_equal(buffer_text(&text), expected);                                         \
        buffer_clear(&text);                                                                       \
    } while (0)

static void test_the_own_period_stays(void **state)
{
    (void)state;
    SAYS("Sales, October 2026", "Sales, October 2026", NULL, "2026-10");
    SAYS("Sales, October 2026", "Sales, October 2026", "2026-10", "2026-10");
}

static void test_a_month_is_renamed_as_it_was_written(void **state)
{
    (void)state;
    SAYS("Sales, September 2026", "Sales, October 2026", "2026-10", "2026-09");
    SAYS("Sep 2025: sales", "Oct 2026: sales", "2026-10", "2025-09");
    SAYS("销售 2026年9月 (ERP)", "销售 2026年10月 (ERP)", "2026-10", "2026-09");
    SAYS("销售 2026年09月", "销售 2026年01月", "2026-01", "2026-09");
    SAYS("Sales 2026/09", "Sales 2026/10", "2026-10", "2026-09");
    SAYS("Sales 202609", "Sales 202610", "2026-10-01..2026-10-31", "2026-09");
    SAYS("September", "October", "2026-10", "2026-09");
    SAYS("2025-09", "October", "2026-10", "2025-09");
}

static void test_a_year_and_other_periods(void **state)
{
    (void)state;
    SAYS("Year 2025", "Year 2026", "2026", "2025");
    SAYS("Year 2026-03", "Year 2026", "2026", "2026-03");
    SAYS("Sales, 2026-09-01..2026-09-15", "Sales, October 2026", "2026-10",
         "2026-09-01..2026-09-15");
}

static void test_a_title_without_a_period_gets_it(void **state)
{
    (void)state;
    SAYS("Sales (2026-09)", "Sales", "2026-10", "2026-09");
    SAYS("Sales", "Sales", NULL, "2026-10");
    SAYS("Sales of 2026-09, all", "Sales of {period}, all", NULL, "2026-09");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_own_period_stays),
        cmocka_unit_test(test_a_month_is_renamed_as_it_was_written),
        cmocka_unit_test(test_a_year_and_other_periods),
        cmocka_unit_test(test_a_title_without_a_period_gets_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
