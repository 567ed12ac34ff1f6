// SPDX-License-Identifier: MIT
// What a row says that it is worth.
#include "tests/unit/engine_fixture.h"

static const char bills[] =
    "{'tables':[{'name':'bill','key':['id'],'fields':[{'name':'id','type':'text'},"
    "{'name':'net_amount','type':'money'},{'name':'gross_amount','type':'money'},"
    "{'name':'doc_amount','type':'money'}]},"
    "{'name':'deal','key':['id'],'fields':[{'name':'id','type':'text'},"
    "{'name':'amount','type':'text'},{'name':'doc_amount','type':'money'}]},"
    "{'name':'note','key':['id'],'fields':[{'name':'id','type':'text'}]}]}";

static void is_worth(const char *table, const char *key, int64_t coefficient, uint8_t scale)
{
    struct decimal amount;
    assert_true(data_amount(data, table_at(table), row_at(table, key), &amount));
    assert_int_equal(amount.coefficient, coefficient);
    assert_int_equal(amount.scale, scale);
}

static bool states_none(const char *table, const char *key)
{
    struct decimal amount;
    return !data_amount(data, table_at(table), row_at(table, key), &amount);
}

static void gross_goes_before_net_and_that_before_its_document(void **state)
{
    (void)state;
    world_start(model_of(bills));
    put_rows("bill", "id,net_amount,gross_amount,doc_amount\nB1,1,1.13,9\nB2,2,,9\nB3,,,9\n"
                     "B4,,,\nB5,5,oops,9\nB6,0,0,9\n");
    seal();
    is_worth("bill", "B1", 113, 2);
    is_worth("bill", "B2", 2, 0);
    is_worth("bill", "B3", 9, 0);
    assert_true(states_none("bill", "B4"));
    is_worth("bill", "B5", 5, 0); // what cannot be read says nothing
    is_worth("bill", "B6", 0, 2);
}

static void what_was_not_imported_says_nothing(void **state)
{
    (void)state;
    world_start(model_of(bills));
    put_rows("bill", "id,net_amount\nB1,1\n");
    put_rows("note", "id\nN1\n");
    seal();
    is_worth("bill", "B1", 1, 0);
    assert_true(states_none("note", "N1"));
}

static void only_money_counts(void **state)
{
    (void)state;
    world_start(model_of(bills));
    put_rows("deal", "id,amount,doc_amount\nD1,7,3\n");
    seal();
    is_worth("deal", "D1", 3, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TRADE_TEST(gross_goes_before_net_and_that_before_its_document),
        TRADE_TEST(what_was_not_imported_says_nothing),
        TRADE_TEST(only_money_counts),
    };
    return cmocka_run_group_tests_name("data_amount", tests, NULL, NULL);
}
