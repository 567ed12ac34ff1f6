// SPDX-License-Identifier: MIT
// Ids that name what is not in the data.
#include "engine/base/reason.h"
#include "tests/unit/engine_fixture.h"

static void explained(const char *table, int64_t row, const char *reference, const char *expected)
{
    struct buffer reason = {0}, said = {0};
    assert_true(data_dangles(data, table_at(table), row, reference_at(table, reference)));
    data_explain_link(data, table_at(table), row, reference_at(table, reference), &reason);
    reason_add(buffer_text(&reason), "en", &said);
    assert_string_equal(buffer_text(&said), expected);
    buffer_clear(&reason);
    buffer_clear(&said);
}

static void rows_know_that_what_they_name_is_not_there(void **state)
{
    (void)state;
    put_rows("customer", "customer_id\nC1\n");
    put_rows("sales_order", "order_id,customer_id\nSO1,C9\nSO2,C1\nSO3,\nSO4,C8\n");
    put_rows("sales_order_line", "order_id,line_no\nSO2,1\nSO7,1\n");
    put_rows("contract_line", "contract_id,line_no\n");
    put_rows("approval", "approval_id,doc_kind,doc_id\n1,order,SO9\n2,order,SO1\n");
    seal();
    int orders = table_at("sales_order"), customer = reference_at("sales_order", "customer");
    assert_false(data_dangles(data, orders, 1, customer));
    assert_false(data_dangles(data, orders, 2, customer));
    explained("sales_order", 0, "customer", "customer \"C9\" is not in the data");
    explained("sales_order", 3, "customer", "customer \"C8\" is not in the data");
    explained("sales_order_line", 1, "order", "sales_order \"SO7\" is not in the data");
    explained("approval", 0, "document", "order \"SO9\" is not in the data");
}

// A price by grade cannot be known where the customer, who has the grade, is not there.
static void paths_over_them_cannot_be_read(void **state)
{
    (void)state;
    put_rows("customer", "customer_id,grade,region\nC1,A,\n");
    put_rows("sales_order", "order_id,customer_id,order_date,approved_at\n"
                            "SO1,C9,2026-10-05,2026-10-05T10:00:00\n"
                            "SO2,C1,2026-10-05,2026-10-05T10:00:00\n"
                            "SO3,,2026-10-05,2026-10-05T10:00:00\n");
    put_rows("sales_order_line", "order_id,line_no,product\nSO1,1,P1\nSO2,1,P1\nSO3,1,P1\n");
    put_rows("price", "price_id,product,grade,region,valid_from,valid_to,approved_at\n"
                      "A,P1,A,,2026-01-01,,2026-01-01T00:00:00\n"
                      "ANY,P1,,,2026-01-01,,2026-01-01T00:00:00\n");
    seal();
    leads_to("sales_order_line", "SO1/1", "price", "ambiguous");
    leads_to("sales_order_line", "SO2/1", "price", "price A");
    leads_to("sales_order_line", "SO3/1", "price", "price ANY");
    struct buffer reason = {0}, said = {0};
    data_explain_link(data, table_at("sales_order_line"), 0,
                      reference_at("sales_order_line", "price"), &reason);
    reason_add(buffer_text(&reason), "en", &said);
    assert_string_equal(buffer_text(&said), "customer \"C9\" is not in the data");
    buffer_clear(&reason);
    buffer_clear(&said);
}

// Orders, of which the first `lost` name a customer that is not there.
static void put_orders(int count, int lost)
{
    struct buffer rows = {0};
    buffer_add_text(&rows, "order_id,customer_id\n");
    for (int i = 0; i < count; i++)
        buffer_printf(&rows, "SO%d,%s\n", i, i < lost ? "C9" : "C1");
    put_rows("customer", "customer_id\nC1\n");
    put_rows("sales_order", buffer_text(&rows));
    buffer_clear(&rows);
    seal();
}

static void one_in_fifty_is_not_partial(void **state)
{
    (void)state;
    put_orders(100, 2);
    assert_int_equal(problems_of(PROBLEM_DANGLING_REFERENCE), 2);
    assert_int_equal(problems_of(PROBLEM_PARTIAL_EXTRACT), 0);
}

static void more_than_one_in_fifty_is(void **state)
{
    (void)state;
    put_orders(100, 3);
    assert_int_equal(problems_of(PROBLEM_PARTIAL_EXTRACT), 1);
    const struct problem *problem = problem_at(PROBLEM_PARTIAL_EXTRACT, 0);
    assert_string_equal(problem->column, "customer_id");
    assert_string_equal(said(problem->reason),
                        "the extract of customer is partial: 3 of 100 ids in "
                        "sales_order.customer_id are not in it; import it "
                        "whole");
}

static void documents_are_counted_by_kind(void **state)
{
    (void)state;
    put_rows("sales_order", "order_id\nSO1\nSO2\n");
    put_rows("sales_order_line", "order_id,line_no\nSO1,1\n");
    put_rows("approval", "approval_id,doc_kind,doc_id\n1,sales_order,SO1\n2,sales_order,SO2\n"
                         "3,sales_order_line,SO1/1\n4,sales_order_line,SO1/2\n");
    seal();
    assert_int_equal(problems_of(PROBLEM_PARTIAL_EXTRACT), 1);
    assert_non_null(strstr(said(problem_at(PROBLEM_PARTIAL_EXTRACT, 0)->reason),
                           "the extract of sales_order_line is partial: 1 of 2 ids in "
                           "approval.doc_id"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TRADE_TEST(rows_know_that_what_they_name_is_not_there),
        TRADE_TEST(paths_over_them_cannot_be_read),
        TRADE_TEST(one_in_fifty_is_not_partial),
        TRADE_TEST(more_than_one_in_fifty_is),
        TRADE_TEST(documents_are_counted_by_kind),
    };
    return cmocka_run_group_tests_name("data_dangling", tests, NULL, NULL);
}
