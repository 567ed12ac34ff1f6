// SPDX-License-Identifier: MIT
#include "engine/data/profile.h"

#include "tests/unit/engine_fixture.h"

static struct profile profile;

static void look_at(const char *column)
{
    int table, field;
    assert_true(model_find_column(model, column, &table, &field));
    profile_clear(&profile);
    profile_init(&profile, data, table, field);
}

// The field's text in that row.
static void row_says(int64_t row, const char *column, const char *expected)
{
    int table, field;
    struct buffer text = {0};
    assert_true(model_find_column(model, column, &table, &field));
    assert_true(row >= 0);
    data_format(data, table, row, field, &text);
    assert_string_equal(buffer_text(&text), expected);
    buffer_clear(&text);
}

static void sum_says(size_t at, const char *currency, const char *expected)
{
    struct buffer text = {0};
    assert_true(at < profile.sum_count);
    total_format(profile.sums[at].total, 2, false, &text);
    assert_string_equal(buffer_text(&text), expected);
    assert_string_equal(dictionary_get(data->texts, profile.sums[at].currency).bytes, currency);
    buffer_clear(&text);
}

static void orders(void)
{
    world_start(model_of(trade_model));
    data->scope.from = 20727; // October 2026
    data->scope.to = 20757;
    put_rows("customer", "customer_id,grade\nC1,A\n");
    put_rows("sales_order", "order_id,customer_id,order_date,currency,amount,note,approved_at\n"
                            "SO-003,C1,2026-10-01,CNY,1.50,b,2026-10-31T23:00:00\n"
                            "SO-001,C1,2026-09-30,CNY,-0.25,,2026-11-01T00:30:00\n"
                            "SO-004,C9,2026-10-31,USD,7,长文本,\n"
                            "SO-008,C1,,CNY,oops,a,\n"
                            "SO-009,,2026-12-01,CNY,2.00,b,\n"
                            "XX-900,C1,2026-10-02,CNY,,b,\n");
    seal();
}

static void counts_and_extremes(void **state)
{
    (void)state;
    orders();
    look_at("sales_order.order_date");
    assert_int_equal(profile.rows, 6);
    assert_int_equal(profile.empty, 1);
    assert_int_equal(profile.distinct, 5);
    row_says(profile.least_row, "sales_order.order_date", "2026-09-30");
    row_says(profile.most_row, "sales_order.order_date", "2026-12-01");
    look_at("sales_order.note");
    assert_int_equal(profile.longest, 3); // characters, not bytes
    row_says(profile.longest_row, "sales_order.note", "长文本");
    row_says(profile.least_row, "sales_order.note", "a");
    assert_int_equal(profile.value_count, 3);
    assert_int_equal(profile.values[0].count, 3);
    row_says(profile.values[0].row, "sales_order.note", "b");
}

static void sums_are_exact_and_by_currency(void **state)
{
    (void)state;
    orders();
    look_at("sales_order.amount");
    assert_int_equal(profile.unreadable, 1);
    assert_int_equal(profile.empty, 1);
    assert_int_equal(profile.sum_count, 2);
    sum_says(0, "CNY", "3.25");
    sum_says(1, "USD", "7.00");
    row_says(profile.least_row, "sales_order.amount", "-0.25");
}

static void days_outside_the_period(void **state)
{
    (void)state;
    orders();
    look_at("sales_order.order_date");
    assert_true(profile.dated);
    assert_int_equal(profile.outside, 2);
    look_at("sales_order.approved_at"); // its day in the engagement's zone
    assert_int_equal(profile.outside, 1);
    data->scope.from = CALENDAR_DAY_MIN;
    data->scope.to = CALENDAR_DAY_MAX;
    look_at("sales_order.order_date");
    assert_false(profile.dated);
}

static void gaps_in_numbers(void **state)
{
    (void)state;
    orders();
    look_at("sales_order.order_id");
    assert_true(profile.numbered);
    assert_int_equal(profile.missing, 4); // 002, 005 to 007; nothing between SO and XX
    assert_int_equal(profile.gap_count, 2);
    assert_string_equal(profile.gaps[0].first, "SO-002");
    assert_string_equal(profile.gaps[0].last, "SO-002");
    assert_string_equal(profile.gaps[1].first, "SO-005");
    assert_string_equal(profile.gaps[1].last, "SO-007");
    look_at("sales_order.customer_id"); // another table's numbers
    assert_false(profile.numbered);
}

// Sparse numbers are no numbering, and those of another day begin anew.
static void what_does_not_follow_is_not_numbered(void **state)
{
    (void)state;
    world_start(model_of(trade_model));
    put_rows("sales_order", "order_id\n20261001001\n20261001002\n20261001003\n20261001005\n"
                            "20261002001\n20261002002\n20261002003\nA1\nA20\nA400\n");
    seal();
    look_at("sales_order.order_id");
    assert_int_equal(profile.missing, 1);
    assert_string_equal(profile.gaps[0].first, "20261001004");
}

static void references_that_find_nothing(void **state)
{
    (void)state;
    orders();
    look_at("sales_order.customer_id");
    assert_int_equal(profile.dangling, 1);
    assert_int_equal(profile.empty, 1);
}

static void a_table_without_rows(void **state)
{
    (void)state;
    world_start(model_of(trade_model));
    put_rows("sales_order", "order_id,amount,order_date\n");
    seal();
    look_at("sales_order.amount");
    assert_int_equal(profile.rows, 0);
    assert_int_equal(profile.distinct, 0);
    assert_int_equal(profile.least_row, -1);
    assert_int_equal(profile.sum_count, 0);
}

static void many_values_are_counted_and_not_listed(void **state)
{
    (void)state;
    struct buffer rows = {0};
    world_start(model_of(trade_model));
    buffer_add_text(&rows, "order_id,note\n");
    for (int i = 0; i < 10000; i++)
        buffer_printf(&rows, "SO%05d,n%d\n", i, i % 1234);
    put_rows("sales_order", buffer_text(&rows));
    buffer_clear(&rows);
    seal();
    look_at("sales_order.note");
    assert_int_equal(profile.distinct, 1234);
    assert_int_equal(profile.value_count, 0);
    look_at("sales_order.order_id");
    assert_int_equal(profile.distinct, 10000);
    assert_true(profile.numbered);
    assert_int_equal(profile.missing, 0);
}

static int forget(void **state)
{
    profile_clear(&profile);
    return trade_tear_down(state);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(counts_and_extremes, forget),
        cmocka_unit_test_teardown(sums_are_exact_and_by_currency, forget),
        cmocka_unit_test_teardown(days_outside_the_period, forget),
        cmocka_unit_test_teardown(gaps_in_numbers, forget),
        cmocka_unit_test_teardown(what_does_not_follow_is_not_numbered, forget),
        cmocka_unit_test_teardown(references_that_find_nothing, forget),
        cmocka_unit_test_teardown(a_table_without_rows, forget),
        cmocka_unit_test_teardown(many_values_are_counted_and_not_listed, forget),
    };
    return cmocka_run_group_tests_name("profile", tests, NULL, NULL);
}
