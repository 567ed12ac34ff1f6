// SPDX-License-Identifier: MIT
#include "guess/fit.h"
#include "tests/unit/guess_fixture.h"

static struct plan plan;
static struct fits fits;

static void look_at(const char *table, const char *text)
{
    given("list", text);
    plan_init(&plan, &survey, model, terms, utc);
    struct fitting fitting = {&survey, model, terms, utc, plan.habits};
    fits_init(&fits, plan.arena, &fitting, &plan.lists[0].list, table_at(table));
}

static int clear(void **state)
{
    plan_clear(&plan);
    return clear_survey(state);
}

static int column_of(const char *field)
{
    const struct fit *fit = fits_named(&fits, model, field);
    return fit ? (int)fit->column : -1;
}

static void test_the_key_comes_first(void **state)
{
    (void)state;
    // 订单号 is the model's term for another field; without a better one it is the key.
    look_at("sales_order", "订单号|订单日期\nS1|2026-10-01\n");
    assert_int_equal(column_of("order_id"), 0);
    assert_int_equal(column_of("order_no"), -1);
}

static void test_each_column_and_field_once(void **state)
{
    (void)state;
    look_at("sales_order", "单据编号|订单号|日期|订单日期\nS1|N1|2026-10-09|2026-10-01\n");
    assert_int_equal(column_of("order_id"), 0);
    assert_int_equal(column_of("order_no"), 1);
    assert_int_equal(column_of("order_date"), 3); // says more than 日期
    assert_null(fits_column(&fits, 2));
}

static void test_what_cannot_be_read_is_not_it(void **state)
{
    (void)state;
    look_at("sales_order", "Order ID|Order Date|Due Date\nS1|soon|2026-10-01\nS2|later|\n");
    assert_int_equal(column_of("order_date"), -1);
    assert_int_equal(column_of("delivery_due_on"), 2);
}

static void test_empty_columns_are_nothing(void **state)
{
    (void)state;
    look_at("sales_order", "Order ID|Order Date|Approved By\nS1|2026-10-01|\n");
    assert_int_equal(column_of("approved_by"), -1);
}

static void test_accounts_by_their_beginning(void **state)
{
    (void)state;
    look_at("voucher_line",
            "凭证号|行号|科目\nV1|1|应收账款\\甲公司\nV1|2|6001 主营业务收入\nV1|3|220301\n");
    const struct fit *account = fits_named(&fits, model, "account");
    assert_non_null(account);
    assert_int_equal(account->map_count, 3);
    assert_string_equal(account->to[0], "receivable");
    assert_string_equal(account->to[1], "revenue");
    assert_string_equal(account->to[2], "advance_from_customer");
}

static void test_an_enum_of_other_words_is_none(void **state)
{
    (void)state;
    look_at("sales_order", "Order ID|Order Date|Status\nS1|2026-10-01|blue\nS2|2026-10-01|green\n");
    assert_int_equal(column_of("status"), -1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(test_the_key_comes_first, clear),
        cmocka_unit_test_teardown(test_each_column_and_field_once, clear),
        cmocka_unit_test_teardown(test_what_cannot_be_read_is_not_it, clear),
        cmocka_unit_test_teardown(test_empty_columns_are_nothing, clear),
        cmocka_unit_test_teardown(test_accounts_by_their_beginning, clear),
        cmocka_unit_test_teardown(test_an_enum_of_other_words_is_none, clear),
    };
    return cmocka_run_group_tests(tests, guess_set_up, guess_tear_down);
}
