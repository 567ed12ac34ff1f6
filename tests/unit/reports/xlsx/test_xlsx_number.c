// SPDX-License-Identifier: MIT
#include "reports/xlsx/xlsx_number.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static bool is_exact(const char *text)
{
    struct total total;
    assert_int_equal(total_parse(text, &total), 0);
    return xlsx_number_is_exact(total);
}

static void test_fifteen_digits_hold(void **state)
{
    (void)state;
    assert_true(is_exact("0"));
    assert_true(is_exact("-5.00"));
    assert_true(is_exact("9999999999999.99"));
    assert_false(is_exact("99999999999999.99"));
    assert_false(is_exact("-0.1234567890123456"));
    assert_true(is_exact("0.000000000000000001")); // one digit, however far behind the point
}

static void test_noughts_at_the_end_cost_nothing(void **state)
{
    (void)state;
    assert_true(is_exact("1000000000000000000000"));
    assert_true(is_exact("123456789012345.000000"));
    assert_false(is_exact("1234567890123456"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_fifteen_digits_hold),
        cmocka_unit_test(test_noughts_at_the_end_cost_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
