// SPDX-License-Identifier: MIT
#include "tests/unit/engine_fixture.h"
#include "tests/unit/total_text.h"

static void parts_keep_the_order_in_which_they_come(void **state)
{
    (void)state;
    int first = data_add_source(data, "a.csv", "aa", 10, NULL);
    int second = data_add_source(data, "b.csv", NULL, 0, NULL);
    data_add_part(data, part_of("customer", second, "customer_id,name\nC3,three\n"));
    data_add_part(data, part_of("customer", first, "name,customer_id\none,C1\ntwo,C2\n"));
    data_add_part(data, part_of("customer", first, "customer_id\nC0\n"));
    seal();
    static const char *const keys[] = {"C3", "C1", "C2", "C0"};
    static const char *const names[] = {"three", "one", "two", NULL};
    static const char *const origins[] = {"b.csv:2", "a.csv:2", "a.csv:3", "a.csv:2"};
    const struct table *table = &data->tables[table_at("customer")];
    assert_int_equal(table->rows, 4);
    assert_int_equal(table->span_count, 2);
    for (int row = 0; row < 4; row++) {
        struct buffer origin = {0};
        has_cell("customer", row, "customer_id", keys[row]);
        has_cell("customer", row, "name", names[row]);
        data_origin(data, table_at("customer"), row, &origin);
        assert_string_equal(origin.data, origins[row]);
        buffer_clear(&origin);
    }
    assert_string_equal(data->sources[first].sha256, "aa");
    assert_null(data->sources[second].sha256);
}

static void a_part_without_rows_among_others(void **state)
{
    (void)state;
    put_rows("customer", "customer_id\n");
    put_rows("customer", "customer_id\nC1\n");
    put_rows("customer", "customer_id\n");
    seal();
    assert_int_equal(data->tables[table_at("customer")].rows, 1);
    struct buffer origin = {0};
    data_origin(data, table_at("customer"), 0, &origin);
    assert_string_equal(origin.data, "data/customer.csv:2");
    assert_int_equal(data_source(&data->tables[table_at("customer")], 0), 1);
    buffer_clear(&origin);
}

static void a_table_without_rows_is_imported(void **state)
{
    (void)state;
    data_add_table(data, table_at("customer"));
    put_rows("price", "price_id\n");
    seal();
    assert_true(data->tables[table_at("customer")].imported);
    assert_true(data->tables[table_at("price")].imported);
    assert_false(data->tables[table_at("employee")].imported);
    assert_true(data->tables[table_at("price")].columns[field_at("price", "price_id")].imported);
    assert_false(data->tables[table_at("price")].columns[field_at("price", "floor")].imported);
}

static void texts_have_one_code_over_parts_and_tables(void **state)
{
    (void)state;
    put_rows("customer", "customer_id,region\nC1,west\nC2,east\n");
    put_rows("customer", "customer_id,region\nC3,east\nwest,west\n");
    seal();
    const struct table *table = &data->tables[table_at("customer")];
    const struct column *region = &table->columns[field_at("customer", "region")];
    assert_int_equal(column_get(region, 0), column_get(region, 3));
    assert_int_equal(column_get(region, 1), column_get(region, 2));
    assert_int_equal(column_get(&table->columns[0], 3), column_get(region, 0));
}

static void duplicate_keys_are_told_with_the_first_row(void **state)
{
    (void)state;
    put_rows("sales_order_line", "order_id,line_no\nSO1,1\nSO1,2\nSO1,1\nSO2,1\nSO1,1\n");
    seal();
    assert_int_equal(data->tables[table_at("sales_order_line")].rows, 5);
    assert_int_equal(problems_of(PROBLEM_DUPLICATE_KEY), 2);
    const struct problem *problem = problem_at(PROBLEM_DUPLICATE_KEY, 4);
    assert_string_equal(problem->value, "SO1/1");
    assert_non_null(strstr(said(problem->reason), "data/sales_order_line.csv:2"));
    assert_non_null(strstr(said(problem_at(PROBLEM_DUPLICATE_KEY, 6)->reason), ".csv:2;"));
}

static void keys_that_look_alike_are_no_duplicates(void **state)
{
    (void)state;
    put_rows("customer", "customer_id\nc1\nC1\nC1 x\nC01\n");
    seal();
    assert_int_equal(problems_of(PROBLEM_DUPLICATE_KEY), 0);
}

static void duplicates_over_sources(void **state)
{
    (void)state;
    put_rows("customer", "customer_id\nC1\n");
    data_add_part(data, part_of("customer", data_add_source(data, "late.csv", NULL, 0, NULL),
                                "customer_id\nC1\n"));
    seal();
    const struct problem *problem = problem_at(PROBLEM_DUPLICATE_KEY, 2);
    assert_string_equal(data->sources[problem->source].name, "late.csv");
    assert_non_null(strstr(said(problem->reason), "data/customer.csv:2"));
}

static void expectations_met_and_missed(void **state)
{
    (void)state;
    int table = table_at("exchange_rate"), rate = field_at("exchange_rate", "rate");
    put_rows(
        "exchange_rate",
        "currency,rate_date,rate\nUSD,2026-10-01,7.10\nUSD,2026-10-02,\n,,1\nEUR,2026-10-01,x\n");
    data_expect(data, table, 0, 1, -1, "4");
    data_expect(data, table, 0, 1, -1, "3");
    data_expect(data, table, 0, 1, rate, "7.1");
    data_expect(data, table, 0, 1, rate, "+007.1000");
    data_expect(data, table, 0, 1, rate, "8.1");
    data_expect(data, table, 0, 1, rate, "-7.1");
    seal();
    static const bool met[] = {false, true, true, true, false, false};
    for (int i = 0; i < 6; i++)
        if (data->expectations[i].met != met[i])
            fail_msg("expected %s: %d", data->expectations[i].expected, data->expectations[i].met);
    is_total(data->expectations[0].actual, "3"); // loaded: one of four was rejected
    is_total(data->expectations[0].difference, "-1");
    is_total(data->expectations[2].actual, "7.1");
    is_total(data->expectations[4].difference, "-1");
}

static void sums_of_more_than_64_bits_are_exact(void **state)
{
    (void)state;
    int table = table_at("entry"), amount = field_at("entry", "amount");
    put_rows("entry", "entry_id,amount\n1,9223372036854775807\n2,9223372036854775807\n"
                      "3,9223372036854775807\n");
    data_expect(data, table, 0, 1, amount, "27670116110564327421");
    data_expect(data, table, 0, 1, amount, "27670116110564327421.00");
    data_expect(data, table, 0, 1, amount, "27670116110564327420");
    data_expect(data, table, 0, 1, amount, "-27670116110564327421");
    seal();
    assert_true(data->expectations[0].met);
    assert_true(data->expectations[1].met);
    assert_false(data->expectations[2].met);
    assert_false(data->expectations[3].met);
    is_total(data->expectations[0].actual, "27670116110564327421");
    is_total(data->expectations[2].difference, "1");
}

static void the_sum_of_nothing_is_zero(void **state)
{
    (void)state;
    int table = table_at("entry"), amount = field_at("entry", "amount");
    put_rows("entry", "entry_id,amount\n1,\n");
    data_expect(data, table, 0, 1, amount, "0.00");
    data_expect(data, table, 0, 1, amount, "-0");
    data_expect(data, table, 0, 1, amount, "0.01");
    data_expect(data, table, 0, 1, -1, "1");
    seal();
    assert_true(data->expectations[0].met);
    assert_true(data->expectations[1].met);
    assert_false(data->expectations[2].met);
    assert_true(data->expectations[3].met);
}

static void sums_of_negative_amounts(void **state)
{
    (void)state;
    put_rows("entry", "entry_id,amount\n1,-9223372036854775806\n2,-9223372036854775806\n");
    seal();
    is_total(data_sum(data, table_at("entry"), field_at("entry", "amount")),
             "-18446744073709551612");
}

static void problems_come_in_one_order(void **state)
{
    (void)state;
    put_rows("sales_order", "order_id,customer_id,amount\nSO1,C9,x\nSO1,C8,1\n,C1,1\n");
    put_rows("customer", "customer_id,credit_limit\nC1,y\nC1,z\n");
    seal();
    static const struct {
        enum problem_kind kind;
        const char *table;
        int64_t line;
    } expected[] = {
        {PROBLEM_INVALID_CELL, "customer", 2},       {PROBLEM_INVALID_CELL, "customer", 3},
        {PROBLEM_DUPLICATE_KEY, "customer", 3},      {PROBLEM_PARTIAL_EXTRACT, "sales_order", 0},
        {PROBLEM_INVALID_CELL, "sales_order", 2},    {PROBLEM_DANGLING_REFERENCE, "sales_order", 2},
        {PROBLEM_DUPLICATE_KEY, "sales_order", 3},   {PROBLEM_DANGLING_REFERENCE, "sales_order", 3},
        {PROBLEM_REJECTED_RECORD, "sales_order", 4},
    };
    enum { COUNT = sizeof expected / sizeof *expected };
    assert_int_equal(data->problems.count, COUNT);
    for (size_t i = 0; i < COUNT; i++) {
        const struct problem *problem = &data->problems.items[i];
        assert_int_equal(problem->kind, expected[i].kind);
        assert_string_equal(model->tables[problem->table].name, expected[i].table);
        assert_int_equal(problem->line, expected[i].line);
    }
}

static void long_values_of_problems_are_cut(void **state)
{
    (void)state;
    struct buffer text = {0};
    buffer_add_text(&text, "customer_id,credit_limit\nC1,");
    for (int i = 0; i < 300; i++)
        buffer_add_text(&text, "额");
    buffer_add_text(&text, "\n");
    put_rows("customer", text.data);
    buffer_clear(&text);
    seal();
    const char *value = problem_at(PROBLEM_INVALID_CELL, 2)->value;
    assert_true(strlen(value) <= 200 + strlen("…"));
    assert_string_equal(value + strlen(value) - strlen("…"), "…");
    assert_int_equal((strlen(value) - strlen("…")) % strlen("额"), 0); // no half character
}

static void joined_data_can_be_read_before_they_are_sealed(void **state)
{
    (void)state;
    put_rows("customer", "customer_id,name\nC1,one\n");
    data_join(data);
    assert_false(data->sealed);
    has_cell("customer", 0, "name", "one");
    seal();
    assert_true(data->sealed);
    has_cell("customer", 0, "name", "one");
    assert_int_equal(data->tables[table_at("customer")].rows, 1);
}

static void data_that_were_never_joined_are_released(void **state)
{
    (void)state;
    put_rows("customer", "customer_id,credit_limit\nC1,x\n");
    data_expect(data, 0, 0, 1, -1, "1");
    data_add_source(data, "x", "y", 1, json_object());
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TRADE_TEST(parts_keep_the_order_in_which_they_come),
        TRADE_TEST(a_part_without_rows_among_others),
        TRADE_TEST(a_table_without_rows_is_imported),
        TRADE_TEST(texts_have_one_code_over_parts_and_tables),
        TRADE_TEST(duplicate_keys_are_told_with_the_first_row),
        TRADE_TEST(keys_that_look_alike_are_no_duplicates),
        TRADE_TEST(duplicates_over_sources),
        TRADE_TEST(expectations_met_and_missed),
        TRADE_TEST(sums_of_more_than_64_bits_are_exact),
        TRADE_TEST(the_sum_of_nothing_is_zero),
        TRADE_TEST(sums_of_negative_amounts),
        TRADE_TEST(problems_come_in_one_order),
        TRADE_TEST(long_values_of_problems_are_cut),
        TRADE_TEST(joined_data_can_be_read_before_they_are_sealed),
        TRADE_TEST(data_that_were_never_joined_are_released),
    };
    return cmocka_run_group_tests_name("data", tests, NULL, NULL);
}
