// SPDX-License-Identifier: MIT
#include "tests/unit/engine_fixture.h"
#include "tests/unit/total_text.h"

static void has_key(const char *table, int64_t row, const char *expected)
{
    struct buffer key = {0};
    data_key(data, table_at(table), row, &key);
    assert_string_equal(buffer_text(&key), expected);
    buffer_clear(&key);
}

// ---- keys

static void special_bytes_of_keys_are_encoded(void **state)
{
    (void)state;
    put_rows("customer", "customer_id\nC1\nA/B\n100%\na:b#c*d\n客户 1\nx\x01y\n~\x7F\nA%2FB\n");
    seal();
    static const char *const keys[] = {"C1",     "A%2FB", "100%25", "a%3Ab%23c%2Ad",
                                       "客户 1", "x%01y", "~%7F",   "A%252FB"};
    for (int64_t row = 0; row < 8; row++) {
        has_key("customer", row, keys[row]);
        assert_int_equal(data_find_key(data, table_at("customer"), keys[row]), row);
    }
}

static void key_columns_are_joined(void **state)
{
    (void)state;
    put_rows("sales_order_line", "order_id,line_no\nSO/1,10\nSO,1\n");
    put_rows("exchange_rate", "currency,rate_date\nUSD,2026/10/5\n");
    seal();
    has_key("sales_order_line", 0, "SO%2F1/10");
    has_key("sales_order_line", 1, "SO/1");
    has_key("exchange_rate", 0, "USD/2026-10-05");
    int lines = table_at("sales_order_line");
    assert_int_equal(data_find_key(data, lines, "SO%2F1/10"), 0);
    assert_int_equal(data_find_key(data, lines, "SO/1"), 1);
    assert_int_equal(data_find_key(data, lines, "SO/1/10"), ROW_NONE);
    assert_int_equal(data_find_key(data, lines, "SO"), ROW_NONE);
    assert_int_equal(data_find_key(data, lines, "SO/"), ROW_NONE);
    assert_int_equal(data_find_key(data, lines, ""), ROW_NONE);
    assert_int_equal(data_find_key(data, table_at("exchange_rate"), "USD/2026-10-05"), 0);
    assert_int_equal(data_find_key(data, table_at("exchange_rate"), "USD/05.10.26"), ROW_NONE);
}

static void empty_parts_of_a_key_stay_empty(void **state)
{
    (void)state;
    world_start(model_of("{'tables':[{'name':'role','key':['who','what?','since?'],'fields':["
                         "{'name':'who','type':'text'},{'name':'what','type':'text'},"
                         "{'name':'since','type':'date'}]}]}"));
    put_rows("role", "who,what,since\nE1,,\nE1,x,\nE1,,2026-10-05\n");
    seal();
    static const char *const keys[] = {"E1//", "E1/x/", "E1//2026-10-05"};
    for (int64_t row = 0; row < 3; row++) {
        has_key("role", row, keys[row]);
        assert_int_equal(data_find_key(data, table_at("role"), keys[row]), row);
    }
    assert_int_equal(problems_of(PROBLEM_DUPLICATE_KEY), 0);
}

static void keys_compare_column_by_column(void **state)
{
    (void)state;
    put_rows("sales_order_line", "order_id,line_no\nSO1,10\nSO1,9\nSO10,1\nSO2,1\nSO1,10\n");
    seal();
    int table = table_at("sales_order_line");
    assert_true(data_compare_keys(data, table, 0, 1) > 0); // numbers as numbers
    assert_true(data_compare_keys(data, table, 2, 3) < 0); // texts bytewise
    assert_true(data_compare_keys(data, table, 0, 2) < 0);
    assert_int_equal(data_compare_keys(data, table, 0, 4), 0);
}

static void an_empty_key_column_goes_before_values(void **state)
{
    (void)state;
    world_start(model_of("{'tables':[{'name':'t','key':['a','b?'],'fields':["
                         "{'name':'a','type':'int'},{'name':'b','type':'text'}]}]}"));
    put_rows("t", "a,b\n1,x\n1,\n-5,x\n");
    seal();
    assert_true(data_compare_keys(data, 0, 1, 0) < 0);
    assert_true(data_compare_keys(data, 0, 2, 1) < 0);
}

// ---- texts

static void fields_show_as_reports_print_them(void **state)
{
    (void)state;
    put_rows("sales_order", "order_id,order_date,approved_at,currency,amount\n"
                            "1,2026-10-05,2026-10-05T09:30:00.5,,9\n"
                            "2,x,2026-10-05,JPY,1200.00\n3,,2026-10-05T00:00:00Z,KWD,0.5\n"
                            "4,,,CNY,0.125\n");
    put_rows("customer", "customer_id,grade\nC1,B\n");
    put_rows("sales_order_line", "order_id,line_no,is_gift,quantity\n1,1,是,1.500\n1,2,no,-0\n");
    seal();
    has_cell("sales_order", 0, "order_date", "2026-10-05");
    has_cell("sales_order", 0, "approved_at", "2026-10-05T09:30:00.5");
    has_cell("sales_order", 1, "approved_at", "2026-10-05"); // the whole day
    has_cell("sales_order", 2, "approved_at", "2026-10-05T08:00:00");
    has_cell("sales_order", 3, "approved_at", NULL);
    has_cell("sales_order", 1, "order_date", NULL); // it cannot be read
    has_cell("sales_order", 0, "amount", "9.00");
    has_cell("sales_order", 1, "amount", "1200");
    has_cell("sales_order", 2, "amount", "0.500");
    has_cell("sales_order", 3, "amount", "0.125"); // never less than there is
    has_cell("customer", 0, "grade", "B");
    has_cell("customer", 0, "credit_limit", NULL);
    has_cell("sales_order_line", 0, "is_gift", "true");
    has_cell("sales_order_line", 1, "is_gift", "false");
    has_cell("sales_order_line", 0, "quantity", "1.5");
    has_cell("sales_order_line", 1, "quantity", "0");
    has_cell("sales_order_line", 1, "line_no", "2");
}

// ---- currencies

static const char *currency_at(const char *table, const char *key)
{
    return dictionary_get(data->texts, data_currency(data, table_at(table), row_at(table, key)))
        .bytes;
}

static void currencies_come_by_their_path(void **state)
{
    (void)state;
    put_rows("sales_order", "order_id,currency,amount\nSO1,USD,1\nSO2,,2\nSO3,EUR,3\n");
    put_rows("sales_order_line",
             "order_id,line_no,unit_price\nSO1,1,1\nSO2,1,1\nSO9,1,1\nSO3,1,5\n");
    put_rows("contract_line", "contract_id,line_no,floor\nK,1,1\n");
    seal();
    assert_string_equal(currency_at("sales_order", "SO1"), "USD");
    assert_string_equal(currency_at("sales_order", "SO2"), "CNY"); // the company's
    assert_string_equal(currency_at("sales_order_line", "SO1/1"), "USD");
    assert_string_equal(currency_at("sales_order_line", "SO2/1"), "CNY");
    assert_string_equal(currency_at("sales_order_line", "SO9/1"), "CNY"); // no header
    assert_string_equal(currency_at("sales_order_line", "SO3/1"), "EUR");
    assert_string_equal(currency_at("contract_line", "K/1"), "CNY"); // no path
    assert_false(data->tables[table_at("sales_order")].one_currency);
    assert_true(data->tables[table_at("contract_line")].one_currency);
}

static void a_table_of_one_foreign_currency(void **state)
{
    (void)state;
    put_rows("sales_order", "order_id,currency,amount\nSO1,USD,1\nSO2,USD,2\n");
    seal();
    assert_true(data->tables[table_at("sales_order")].one_currency);
    assert_string_equal(currency_at("sales_order", "SO2"), "USD");
    has_cell("sales_order", 0, "amount", "1.00");
}

static void without_a_currency_column_it_is_the_companys(void **state)
{
    (void)state;
    put_rows("sales_order", "order_id,amount\nSO1,1\n");
    put_rows("sales_order_line", "order_id,line_no,unit_price\nSO1,1,1\n");
    seal();
    assert_string_equal(currency_at("sales_order", "SO1"), "CNY");
    assert_string_equal(currency_at("sales_order_line", "SO1/1"), "CNY");
}

// ---- days

static void is_placed(const char *table, const char *key, const char *expected)
{
    int day;
    char text[CALENDAR_TEXT_MAX] = "nowhere";
    if (data_row_day(data, table_at(table), row_at(table, key), &day))
        calendar_format_day(day, text);
    if (strcmp(text, expected) != 0)
        fail_msg("%s %s lies on %s, expected %s", table, key, text, expected);
}

static void rows_are_placed_by_dates_and_local_days(void **state)
{
    (void)state;
    put_rows("sales_order", "order_id,order_date\nSO1,2026-10-05\nSO2,\nSO3,x\n");
    put_rows("sales_order_line", "order_id,line_no\nSO1,1\nSO2,1\nSO9,1\n");
    put_rows("approval", "approval_id,decided_at,requested_at\n1,2026-10-31T16:00:00Z,2026-09-01\n"
                         "2,,2026-10-31T15:59:59Z\n3,2026-10-31,\n4,,\n");
    put_rows("contract_line", "contract_id,line_no\nK,1\n");
    seal();
    is_placed("sales_order", "SO1", "2026-10-05");
    is_placed("sales_order", "SO2", "nowhere");
    is_placed("sales_order", "SO3", "nowhere");
    is_placed("sales_order_line", "SO1/1", "2026-10-05");
    is_placed("sales_order_line", "SO2/1", "nowhere");
    is_placed("sales_order_line", "SO9/1", "nowhere");
    is_placed("approval", "1", "2026-11-01");
    is_placed("approval", "2", "2026-10-31"); // not decided: by its request
    is_placed("approval", "3", "2026-10-31");
    is_placed("approval", "4", "nowhere");
    is_placed("contract_line", "K/1", "nowhere");
}

static void periods_end_with_their_month(void **state)
{
    (void)state;
    put_rows("entry",
             "entry_id,period\n1,2026-10\n2,2024-02\n3,2026-13\n4,October\n5,2026-10-05\n6,\n"
             "7,2026-1\n");
    seal();
    is_placed("entry", "1", "2026-10-31");
    is_placed("entry", "2", "2024-02-29");
    is_placed("entry", "3", "nowhere");
    is_placed("entry", "4", "nowhere");
    is_placed("entry", "5", "nowhere");
    is_placed("entry", "6", "nowhere");
}

static void periods_end_as_their_table_says(void **state)
{
    (void)state;
    put_rows("accounting_period", "period,ends_on\n2026-10,2026-10-25\nP13,2026-12-31\n2026-09,\n");
    put_rows("entry", "entry_id,period\n1,2026-10\n2,P13\n3,2026-09\n4,2026-08\n5,P14\n");
    seal();
    is_placed("entry", "1", "2026-10-25");
    is_placed("entry", "2", "2026-12-31");
    is_placed("entry", "3", "2026-09-30");
    is_placed("entry", "4", "2026-08-31");
    is_placed("entry", "5", "nowhere");
}

static void paths_lead_over_references(void **state)
{
    (void)state;
    put_rows("customer", "customer_id,region\nC1,west\n");
    put_rows("sales_order", "order_id,customer_id\nSO1,C1\nSO2,\n");
    put_rows("sales_order_line", "order_id,line_no\nSO1,1\nSO2,1\n");
    seal();
    struct path path;
    struct error error;
    int lines = table_at("sales_order_line");
    assert_int_equal(model_find_path(model, lines, "order.customer.region", &path, &error), 0);
    assert_int_equal(data_walk(data, lines, &path, 0), dictionary_find(data->texts, "west", 4));
    assert_true(data_walk(data, lines, &path, 1) == CELL_NULL);
}

static void sums_and_origins(void **state)
{
    (void)state;
    put_rows("sales_order", "order_id,amount\n1,10.00\n2,-0.05\n3,\n4,x\n");
    seal();
    is_total(data_sum(data, table_at("sales_order"), field_at("sales_order", "amount")), "9.95");
    is_total(data_sum(data, table_at("entry"), field_at("entry", "amount")), "0");
    struct buffer origin = {0};
    data_origin(data, table_at("sales_order"), 3, &origin);
    assert_string_equal(origin.data, "data/sales_order.csv:5");
    buffer_clear(&origin);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TRADE_TEST(special_bytes_of_keys_are_encoded),
        TRADE_TEST(key_columns_are_joined),
        TRADE_TEST(empty_parts_of_a_key_stay_empty),
        TRADE_TEST(keys_compare_column_by_column),
        TRADE_TEST(an_empty_key_column_goes_before_values),
        TRADE_TEST(fields_show_as_reports_print_them),
        TRADE_TEST(currencies_come_by_their_path),
        TRADE_TEST(a_table_of_one_foreign_currency),
        TRADE_TEST(without_a_currency_column_it_is_the_companys),
        TRADE_TEST(rows_are_placed_by_dates_and_local_days),
        TRADE_TEST(periods_end_with_their_month),
        TRADE_TEST(periods_end_as_their_table_says),
        TRADE_TEST(paths_lead_over_references),
        TRADE_TEST(sums_and_origins),
    };
    return cmocka_run_group_tests_name("data_rows", tests, NULL, NULL);
}
