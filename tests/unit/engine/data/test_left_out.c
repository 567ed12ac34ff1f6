// SPDX-License-Identifier: MIT
// What is said of records that were left out, and of ids and amounts that were changed on the way.
#include "engine/data/left_out.h"
#include "tests/unit/engine_fixture.h"

static void a_record_left_out_that_is_referred_to(void **state)
{
    (void)state;
    put_rows("customer", "customer_id\nC1\n");
    put_rows("sales_order", "order_id,customer_id\nSO1,C1\nSO2,C2\nSO3,C2\nSO4,C3\n");
    int table = table_at("customer");
    left_out_add_key(&data->left_out, table, 0, 7, "C2");
    left_out_add_key(&data->left_out, table, 0, 8, "C9"); // nobody asks for it
    seal();
    assert_int_equal(problems_of(PROBLEM_LEFT_OUT_RECORD), 1);
    const struct problem *problem = problem_at(PROBLEM_LEFT_OUT_RECORD, 7);
    assert_string_equal(problem->value, "C2");
    assert_non_null(strstr(said(problem->reason), "data/sales_order.csv:3 refers to it"));
}

static void a_record_left_out_whose_key_is_loaded(void **state)
{
    (void)state;
    put_rows("sales_order_line", "order_id,line_no\nSO1,1\nSO1,2\n");
    left_out_add_key(&data->left_out, table_at("sales_order_line"), 0, 9, "SO1/2");
    left_out_add_key(&data->left_out, table_at("sales_order_line"), 0, 10, "SO1/2");
    left_out_add_key(&data->left_out, table_at("sales_order_line"), 0, 11, "SO1/x");
    seal();
    assert_int_equal(problems_of(PROBLEM_LEFT_OUT_RECORD), 1); // told once for a key
    assert_non_null(strstr(said(problem_at(PROBLEM_LEFT_OUT_RECORD, 9)->reason),
                           "its key is loaded from data/sales_order_line.csv:3"));
}

static const char *dangling_at(int64_t line)
{
    return said(problem_at(PROBLEM_DANGLING_REFERENCE, line)->reason);
}

static void the_nearest_id_is_named_with_its_difference(void **state)
{
    (void)state;
    put_rows("customer", "customer_id\n104711\nc-7\nＡ1\nAB 12\nx0\n");
    put_rows("sales_order", "order_id,customer_id\nS1,0000104711\nS2,C-7\nS3,A1\nS4,AB12\n"
                            "S5,c-007\nS6,C-007\nS7,C-8\nS8,x\n");
    seal();
    assert_non_null(strstr(dangling_at(2), "nearest is 104711, which differs in leading zeros"));
    assert_non_null(strstr(dangling_at(3), "nearest is c-7, which differs in case"));
    assert_non_null(strstr(dangling_at(4), "nearest is Ａ1, which differs in the width"));
    assert_non_null(strstr(dangling_at(5), "nearest is AB 12, which differs in blanks"));
    assert_non_null(strstr(dangling_at(6), "nearest is c-7, which differs in leading zeros"));
    assert_non_null(strstr(dangling_at(7), "differs in leading zeros, case, width or blanks"));
    assert_non_null(strstr(dangling_at(8), "there is no such customer; import it"));
    assert_non_null(strstr(dangling_at(9), "there is no such customer; import it"));
}

static void rows_that_look_like_totals(void **state)
{
    (void)state;
    put_rows("customer", "customer_id\nC1\n小计\nTotalEnergies\nTOTAL\n*\n共 4 条\n");
    put_rows("sales_order", "order_id\n共 4 条\nSO1\n"); // only at the end
    seal();
    assert_int_equal(problems_of(PROBLEM_DOUBTFUL_RECORD), 4);
    problem_at(PROBLEM_DOUBTFUL_RECORD, 3);
    problem_at(PROBLEM_DOUBTFUL_RECORD, 5);
    problem_at(PROBLEM_DOUBTFUL_RECORD, 6);
    problem_at(PROBLEM_DOUBTFUL_RECORD, 7);
    assert_false(problem_is_loss(PROBLEM_DOUBTFUL_RECORD));
}

static void ids_that_were_rounded(void **state)
{
    (void)state;
    put_rows("customer", "customer_id\n202610070000000000\n202610080000000000\n2026100900000000\n");
    put_rows("sales_order", "order_id,customer_id\nS1,202610070000000000\nS2,202610080000000000\n");
    put_rows("price", "price_id\n202610070000000000\n202610080000000000\n2026100800000001\n");
    seal();
    assert_int_equal(problems_of(PROBLEM_DOUBTFUL_SOURCE), 1);
    assert_non_null(
        strstr(said(problem_at(PROBLEM_DOUBTFUL_SOURCE, 2)->reason), "all end in zeros"));
}

static void a_mark_must_fit_the_currency_of_its_row(void **state)
{
    (void)state;
    put_rows("sales_order", "order_id,currency,amount\nS1,EUR,12 €\nS2,USD,12 €\nS3,USD,US$ 12\n"
                            "S4,,€ 12\nS5,CNY,￥12\n");
    seal();
    has_cell("sales_order", 0, "amount", "12.00");
    has_cell("sales_order", 1, "amount", NULL);
    has_cell("sales_order", 2, "amount", "12.00");
    has_cell("sales_order", 3, "amount", "12.00"); // its own currency is not said
    has_cell("sales_order", 4, "amount", "12.00");
    assert_non_null(strstr(said(problem_at(PROBLEM_INVALID_CELL, 3)->reason),
                           "marked €, and its row is in USD"));
    assert_non_null(
        strstr(said(problem_at(PROBLEM_DOUBTFUL_SOURCE, 5)->reason), "taken to be in CNY"));
    assert_int_equal(data->problems.count, 2);
}

static void a_mark_against_the_currency_of_the_header(void **state)
{
    (void)state;
    put_rows("sales_order", "order_id,currency\nS1,EUR\nS2,USD\n");
    put_rows("sales_order_line",
             "order_id,line_no,unit_price\nS1,1,€5\nS2,1,€6\nS2,2,$7\nS1,2,8\n");
    seal();
    has_cell("sales_order_line", 0, "unit_price", "5.00");
    has_cell("sales_order_line", 1, "unit_price", NULL);
    has_cell("sales_order_line", 2, "unit_price", "7.00");
    problem_at(PROBLEM_INVALID_CELL, 3);
    assert_int_equal(problems_of(PROBLEM_INVALID_CELL), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TRADE_TEST(a_record_left_out_that_is_referred_to),
        TRADE_TEST(a_record_left_out_whose_key_is_loaded),
        TRADE_TEST(the_nearest_id_is_named_with_its_difference),
        TRADE_TEST(rows_that_look_like_totals),
        TRADE_TEST(ids_that_were_rounded),
        TRADE_TEST(a_mark_must_fit_the_currency_of_its_row),
        TRADE_TEST(a_mark_against_the_currency_of_the_header),
    };
    return cmocka_run_group_tests_name("left_out", tests, NULL, NULL);
}
