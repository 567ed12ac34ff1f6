// SPDX-License-Identifier: MIT
#include "guess/gather.h"
#include "tests/unit/guess_fixture.h"

static void test_months_of_one_list(void **state)
{
    (void)state;
    given("x/SO_2026-09.csv",
          "Order ID|Order "
          "Date|Qty|Price\nS1|2026-09-01|1|2\nS0|2026-09-02|1|2\nS9|2026-09-02|1|2\nprinted|||\n");
    given("x/SO_2026-10.csv",
          "Order ID|Order "
          "Date|Qty|Price\nS2|2026-10-01|1|2\nS3|2026-10-02|1|2\nS4|2026-10-02|1|2\nprinted|||\n");
    given("x/customers.csv", "Customer ID|Customer Name\nC1|Acme\n");
    gather(&survey, terms);
    assert_int_equal(survey.count, 2);
    assert_string_equal(survey.sheets[0].file, "x/SO_2026-*.csv");
    assert_int_equal(survey.sheets[0].row_count, 8); // header, six records, one footer
    assert_string_equal(survey_text(&survey, &survey.sheets[0], 5, 0), "S3");
    assert_string_equal(survey_text(&survey, &survey.sheets[0], 7, 0), "printed");
    assert_string_equal(survey.sheets[1].file, "x/customers.csv");
}

static void test_lists_that_are_not_one(void **state)
{
    (void)state;
    given("SO_1.csv", "Order ID|Order Date\nS1|2026-09-01\n");
    given("SO_2.csv", "Order ID|Order Date|Qty\nS2|2026-10-01|1\n");
    given("SO_3.csv", "Order ID|Order Date\nS3|2026-10-01\n"); // the pattern would mean SO_2 too
    given("a.csv", "Product ID|Product Name\nP1|Nut\n");
    given("b.csv", "Product ID|Product Name\nP2|Bolt\n"); // nothing in common but the ending
    gather(&survey, terms);
    assert_int_equal(survey.count, 5);
}

static void test_characters_are_not_cut(void **state)
{
    (void)state;
    given("订单九月.csv", "单据编号|订单日期\nS1|2026-09-01\n");
    given("订单十月.csv", "单据编号|订单日期\nS2|2026-10-01\n");
    gather(&survey, terms);
    assert_int_equal(survey.count, 1);
    assert_string_equal(survey.sheets[0].file, "订单*月.csv");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(test_months_of_one_list, clear_survey),
        cmocka_unit_test_teardown(test_lists_that_are_not_one, clear_survey),
        cmocka_unit_test_teardown(test_characters_are_not_cut, clear_survey),
    };
    return cmocka_run_group_tests(tests, guess_set_up, guess_tear_down);
}
