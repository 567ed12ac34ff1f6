// SPDX-License-Identifier: MIT
// What the engagement states, held against the data.
#include "engine/data/statement.h"

#include "tests/unit/engine_fixture.h"

// The standing of `none { "customer" }` over orders of these records.
static enum standing standing_of(const char *orders)
{
    world_start(model_of(trade_model));
    put_rows("sales_order", orders);
    statement_add(data, STATE_NONE, table_at("customer"), -1, NULL);
    seal();
    return statement_standing(data, &data->statements[0]);
}

static void what_names_a_row_contradicts(void **state)
{
    (void)state;
    assert_int_equal(standing_of("order_id,customer_id\nSO1,C1\n"), STANDING_CONTRADICTED);
    assert_string_equal(statement_contradiction(data, &data->statements[0]),
                        "sales_order.customer_id");
}

static void what_could_name_a_row_and_names_none_corroborates(void **state)
{
    (void)state;
    assert_int_equal(standing_of("order_id,customer_id\nSO1,\n"), STANDING_CORROBORATED);
    assert_null(statement_contradiction(data, &data->statements[0]));
}

static void without_such_a_column_nothing_speaks_for_it(void **state)
{
    (void)state;
    assert_int_equal(standing_of("order_id\nSO1\n"), STANDING_UNCORROBORATED);
}

static void statements_are_told_by_what_they_are_about(void **state)
{
    (void)state;
    struct buffer text = {0};
    const int orders = table_at("sales_order");
    const struct statement assumed = {STATE_ASSUME, orders, field_at("sales_order", "note"),
                                      (char *)"none"};
    statement_subject(data, &assumed, &text);
    assert_string_equal(buffer_text(&text), "sales_order.note=none");
    assert_int_equal(statement_standing(data, &assumed), STANDING_UNCORROBORATED);
    assert_string_equal(statement_name(STATE_COMPLETE), "complete");
    assert_string_equal(standing_name(STANDING_CONTRADICTED), "contradicted");
    buffer_clear(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TRADE_TEST(what_names_a_row_contradicts),
        TRADE_TEST(what_could_name_a_row_and_names_none_corroborates),
        TRADE_TEST(without_such_a_column_nothing_speaks_for_it),
        TRADE_TEST(statements_are_told_by_what_they_are_about),
    };
    return cmocka_run_group_tests_name("statement", tests, NULL, NULL);
}
