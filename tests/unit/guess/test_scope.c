// SPDX-License-Identifier: MIT
#include "guess/scope.h"
#include "tests/unit/guess_fixture.h"

static struct plan plan;
static struct scope_guess scope;

static void look(void)
{
    plan_init(&plan, &survey, model, terms, utc);
    scope_guess(&scope, &plan, utc);
}

static int clear(void **state)
{
    plan_clear(&plan);
    return clear_survey(state);
}

static void period_is(const char *from, const char *to, size_t within, size_t documents)
{
    assert_int_equal(scope.from, day_at(from));
    assert_int_equal(scope.to, day_at(to));
    assert_int_equal(scope.within, within);
    assert_int_equal(scope.documents, documents);
}

static void test_one_month_and_a_stray(void **state)
{
    (void)state;
    given("orders",
          "Order ID|Order Date|Customer ID\nS1|2026-10-01|C\nS2|2026-10-09|C\nS3|2026-10-30|C\n"
          "S4|2026-10-31|C\nS5|2026-08-01|C\n");
    look();
    period_is("2026-10-01", "2026-10-31", 4, 5);
    assert_int_equal(scope.first, day_at("2026-08-01"));
}

static void test_several_months(void **state)
{
    (void)state;
    given("orders",
          "Order ID|Order Date|Customer ID\nS1|2026-08-01|C\nS2|2026-09-09|C\nS3|2026-10-30|C\n");
    look();
    period_is("2026-08-01", "2026-10-31", 3, 3);
}

static void test_no_dates(void **state)
{
    (void)state;
    given("customers", "Customer ID|Customer Name|Phone\nC1|Acme|1\n");
    look();
    assert_true(scope.from > scope.to);
    assert_string_equal(scope.currency, "USD");
    assert_null(scope.currency_from);
}

static void test_currency_of_a_column(void **state)
{
    (void)state;
    given("orders", "单据编号|订单日期|客户编码|币种\nS1|2026-10-01|C|人民币\nS2|2026-10-01|C|"
                    "人民币\nS3|2026-10-01|C|美元\n");
    look();
    assert_string_equal(scope.currency, "CNY");
    assert_string_equal(scope.currency_from, "orders");
    assert_string_equal(scope.timezone, "Asia/Shanghai");
}

static void test_currency_of_marks(void **state)
{
    (void)state;
    given("orders", "Order ID|Order Date|Customer ID|Total\nS1|2026-10-01|C|12.00 "
                    "EUR\nS2|2026-10-01|C|5 EUR\n");
    look();
    assert_string_equal(scope.currency, "EUR");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(test_one_month_and_a_stray, clear),
        cmocka_unit_test_teardown(test_several_months, clear),
        cmocka_unit_test_teardown(test_no_dates, clear),
        cmocka_unit_test_teardown(test_currency_of_a_column, clear),
        cmocka_unit_test_teardown(test_currency_of_marks, clear),
    };
    return cmocka_run_group_tests(tests, guess_set_up, guess_tear_down);
}
