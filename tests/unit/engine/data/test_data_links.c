// SPDX-License-Identifier: MIT
#include "engine/base/reason.h"
#include "tests/unit/engine_fixture.h"

static const char *missing_of(const char *table, const char *name)
{
    static struct buffer said;
    const char *missing = data->tables[table_at(table)].links[reference_at(table, name)].missing;
    buffer_reset(&said);
    reason_add(missing ? missing : "nothing", "en", &said);
    return buffer_text(&said);
}

// ---- by key

static void references_lead_to_the_first_row_with_the_key(void **state)
{
    (void)state;
    put_rows("customer", "customer_id,name\nC2,two\nC1,first\nC1,second\n");
    put_rows("sales_order", "order_id,customer_id,reversal_of\nSO1,C1,\nSO2,C2,SO1\n");
    seal();
    leads_to("sales_order", "SO1", "customer", "customer C1");
    leads_to("sales_order", "SO2", "customer", "customer C2");
    leads_to("sales_order", "SO2", "reversal_of_sales_order", "sales_order SO1");
    leads_to("sales_order", "SO1", "reversal_of_sales_order", "none");
    int target;
    assert_int_equal(data_follow(data, table_at("sales_order"), 0,
                                 reference_at("sales_order", "customer"), &target),
                     1);
    assert_int_equal(problems_of(PROBLEM_DANGLING_REFERENCE), 0);
}

static void a_keyword_makes_the_name_of_the_target(void **state)
{
    (void)state;
    world_start(
        model_of("{'tables':[{'name':'customer','key':['customer_id'],'fields':["
                 "{'name':'customer_id','type':'text'}]},{'name':'visit','key':['visit_id'],"
                 "'fields':[{'name':'visit_id','type':'text'},"
                 "{'name':'end_id','type':'text','to':'customer'}]}]}"));
    assert_true(model_find_reference(&model->tables[table_at("visit")], "customer") >= 0);
    assert_true(model_find_reference(&model->tables[table_at("visit")], "end") < 0);
}

static void a_dangling_reference_is_told_and_is_nothing(void **state)
{
    (void)state;
    put_rows("customer", "customer_id\nC1\n");
    put_rows("sales_order", "order_id,customer_id\nSO1,C9\nSO2,C1\nSO3,\nSO4,*\n");
    seal();
    leads_to("sales_order", "SO1", "customer", "none");
    leads_to("sales_order", "SO4", "customer", "none");
    has_cell("sales_order", 0, "customer_id", "C9"); // the raw text stays
    assert_int_equal(problems_of(PROBLEM_DANGLING_REFERENCE), 1);
    const struct problem *problem = problem_at(PROBLEM_DANGLING_REFERENCE, 2);
    assert_string_equal(problem->column, "customer_id");
    assert_string_equal(problem->value, "C9");
    assert_non_null(strstr(said(problem->reason), "no such customer"));
}

static void a_target_that_was_not_imported_is_missing_not_dangling(void **state)
{
    (void)state;
    put_rows("sales_order", "order_id,customer_id\nSO1,C9\nSO2,\n");
    seal();
    leads_to("sales_order", "SO1", "customer", "ambiguous");
    leads_to("sales_order", "SO2", "customer", "none"); // it names none
    struct buffer reason = {0}, said = {0};
    data_explain_link(data, table_at("sales_order"), 0, reference_at("sales_order", "customer"),
                      &reason);
    reason_add(buffer_text(&reason), "en", &said);
    assert_string_equal(buffer_text(&said), "customer was not imported");
    buffer_clear(&reason);
    buffer_clear(&said);
    assert_int_equal(data->problems.count, 0);
}

static void a_column_that_was_not_imported_is_missing(void **state)
{
    (void)state;
    put_rows("customer", "customer_id\nC1\n");
    put_rows("sales_order", "order_id\nSO1\n");
    seal();
    assert_string_equal(missing_of("sales_order", "customer"),
                        "sales_order.customer_id was not imported");
}

static void composite_references_need_all_their_columns(void **state)
{
    (void)state;
    put_rows("contract_line", "contract_id,line_no\nK1,1\nK1,2\nK2,1\n");
    put_rows("sales_order", "order_id,contract_id\nSO1,K2\n");
    put_rows("sales_order_line", "order_id,line_no,contract_id,contract_line_no\n"
                                 "SO1,1,K1,2\nSO1,2,,1\nSO1,3,K1,\nSO1,4,K1,9\nSO1,5,,7\n");
    seal();
    leads_to("sales_order_line", "SO1/1", "contract_line", "contract_line K1/2");
    leads_to("sales_order_line", "SO1/2", "contract_line", "contract_line K2/1"); // its order's
    leads_to("sales_order_line", "SO1/3", "contract_line", "none");
    leads_to("sales_order_line", "SO1/4", "contract_line", "none");
    assert_int_equal(problems_of(PROBLEM_DANGLING_REFERENCE), 2);
    assert_string_equal(problem_at(PROBLEM_DANGLING_REFERENCE, 5)->value, "K1/9");
    assert_string_equal(problem_at(PROBLEM_DANGLING_REFERENCE, 6)->value, "K2/7");
}

static void what_another_path_would_give_is_not_known_without_it(void **state)
{
    (void)state;
    put_rows("contract_line", "contract_id,line_no\nK1,1\n");
    put_rows("sales_order_line", "order_id,line_no,contract_id,contract_line_no\n"
                                 "SO1,1,K1,1\nSO1,2,,1\n");
    seal(); // the orders, whose contract stands for a line's own, were not imported
    leads_to("sales_order_line", "SO1/1", "contract_line", "contract_line K1/1");
    leads_to("sales_order_line", "SO1/2", "contract_line", "ambiguous");
    struct buffer said = {0};
    reason_add(data->tables[table_at("sales_order_line")]
                   .links[reference_at("sales_order_line", "contract_line")]
                   .unlisted,
               "en", &said);
    assert_string_equal(buffer_text(&said), "sales_order was not imported");
    buffer_clear(&said);
}

static void an_optional_reference_does_not_dangle(void **state)
{
    (void)state;
    put_rows("contract_line", "contract_id,line_no\nK1,1\n");
    put_rows("sales_order", "order_id,contract_id\nSO1,\n");
    put_rows("sales_order_line", "order_id,line_no,contract_id,contract_line_no\n"
                                 "SO1,1,K1,1\nSO1,2,K1,1\n");
    seal();
    leads_to("sales_order_line", "SO1/1", "hint", "contract_line K1/1");
    leads_to("sales_order_line", "SO1/2", "hint", "none");
    assert_int_equal(data->problems.count, 0);
}

// Touching what could not be read makes a row untestable; it is not the same as nothing.
static void a_reference_by_an_invalid_cell_cannot_be_followed(void **state)
{
    (void)state;
    put_rows("contract_line", "contract_id,line_no\nK1,1\n");
    put_rows("sales_order_line", "order_id,line_no,contract_id,contract_line_no\n"
                                 "SO1,1,K1,one\nSO1,2,K1,1\n");
    seal();
    leads_to("sales_order_line", "SO1/2", "contract_line", "contract_line K1/1");
    leads_to("sales_order_line", "SO1/1", "contract_line", "ambiguous");
}

static const char duty_model[] =
    "{'tables':[{'name':'duty','key':['role'],'fields':[{'name':'role','type':'text'}]},"
    "{'name':'rank','key':['level'],'fields':[{'name':'level','type':'enum','values':['x','y']}]},"
    "{'name':'holder','key':['id'],'fields':[{'name':'id','type':'text'},"
    "{'name':'role','type':'enum','values':['cashier','clerk']},{'name':'level','type':'text'}],"
    "'references':[{'name':'duty','target':'duty','match':[{'from':'role','to':'role'}]},"
    "{'name':'rank','target':'rank','match':[{'from':'level','to':'level'}]}]}]}";

static void enums_and_texts_match_by_name(void **state)
{
    (void)state;
    world_start(model_of(duty_model));
    put_rows("duty", "role\nclerk\ncashier\n");
    put_rows("rank", "level\ny\n");
    put_rows("holder", "id,role,level\n1,cashier,y\n2,clerk,\n");
    seal();
    leads_to("holder", "1", "duty", "duty cashier");
    leads_to("holder", "2", "duty", "duty clerk");
    leads_to("holder", "1", "rank", "rank y");
    leads_to("holder", "2", "rank", "none");
    assert_int_equal(data->problems.count, 0);
}

// Whether the name happens to stand elsewhere in the data makes no difference.
static void an_enum_without_its_row_dangles(void **state)
{
    (void)state;
    world_start(model_of(duty_model));
    put_rows("duty", "role\nclerk\n");
    put_rows("rank", "level\ny\n");
    put_rows("holder", "id,role,level\n1,cashier,y\n2,clerk,z\n");
    seal();
    leads_to("holder", "1", "duty", "none");
    leads_to("holder", "2", "rank", "none");
    assert_int_equal(problem_at(PROBLEM_DANGLING_REFERENCE, 2)->line, 2);
    assert_int_equal(problem_at(PROBLEM_DANGLING_REFERENCE, 3)->line, 3);
}

// ---- people

static void a_user_account_stands_for_its_employee(void **state)
{
    (void)state;
    put_rows("employee", "employee_id,name\nE1,Chen\nE2,Zhou\nboth,Lin\n");
    put_rows("user_account",
             "user_id,employee_id,is_system\nu1,E1,false\nsys,,true\nboth,E2,false\n");
    put_rows("sales_order",
             "order_id,entered_by,approved_by\nSO1,u1,E1\nSO2,sys,E9\nSO3,both,\nSO4,Ｕ1,e2\n");
    seal();
    leads_to("sales_order", "SO1", "entered_by_employee", "employee E1");
    leads_to("sales_order", "SO1", "approved_by_employee", "employee E1");
    leads_to("sales_order", "SO2", "entered_by_employee", "none");
    leads_to("sales_order", "SO3", "entered_by_employee", "ambiguous");   // E2's account, or Lin
    leads_to("sales_order", "SO4", "entered_by_employee", "employee E1"); // width and case
    leads_to("sales_order", "SO4", "approved_by_employee", "employee E2");
    assert_int_equal(problems_of(PROBLEM_DANGLING_REFERENCE), 1); // E9
    assert_string_equal(problem_at(PROBLEM_DANGLING_REFERENCE, 3)->value, "E9");
}

static void without_accounts_ids_are_employees(void **state)
{
    (void)state;
    put_rows("employee", "employee_id\nE1\n");
    put_rows("sales_order", "order_id,entered_by\nSO1,E1\nSO2,u1\n");
    seal();
    leads_to("sales_order", "SO1", "entered_by_employee", "employee E1");
    assert_int_equal(problem_at(PROBLEM_DANGLING_REFERENCE, 3)->line, 3);
}

// ---- as of a moment

// One customer of grade A in the west, one order on 2026-10-15 approved at noon, one line of P1.
static void sell(const char *prices)
{
    put_rows("customer", "customer_id,grade,region\nC1,A,west\nC2,,\n");
    put_rows("sales_order", "order_id,customer_id,order_date,approved_at\n"
                            "SO1,C1,2026-10-15,2026-10-15T12:00:00\nSO2,C2,2026-10-15,\n"
                            "SO3,C1,,2026-10-15T12:00:00\nSO4,C1,x,\n");
    put_rows("sales_order_line",
             "order_id,line_no,product\nSO1,1,P1\nSO2,1,P1\nSO3,1,P1\nSO4,1,P1\n");
    put_rows("price", prices);
    seal();
}

#define PRICES "price_id,product,grade,region,valid_from,valid_to,approved_at\n"
#define OK ",2026-01-01T00:00:00\n"

static void the_ends_of_a_window_are_inclusive(void **state)
{
    (void)state;
    sell(PRICES "early,P1,,,2026-10-01,2026-10-14" OK "day,P1,,,2026-10-15,2026-10-15" OK
                "late,P1,,,2026-10-16,2026-10-31" OK);
    leads_to("sales_order_line", "SO1/1", "price", "price day");
}

static void the_first_and_the_last_day(void **state)
{
    (void)state;
    sell(PRICES "a,P1,,,2026-10-15,2026-12-31" OK);
    leads_to("sales_order_line", "SO1/1", "price", "price a");
    world_start(model_of(trade_model));
    sell(PRICES "b,P1,,,2026-01-01,2026-10-15" OK);
    leads_to("sales_order_line", "SO1/1", "price", "price b");
    world_start(model_of(trade_model));
    sell(PRICES "c,P1,,,2026-01-01,2026-10-14" OK "d,P1,,,2026-10-16," OK);
    leads_to("sales_order_line", "SO1/1", "price", "none");
    assert_int_equal(problems_of(PROBLEM_DANGLING_REFERENCE), 0);
}

static void empty_ends_are_open(void **state)
{
    (void)state;
    sell(PRICES "open,P1,,,," OK);
    leads_to("sales_order_line", "SO1/1", "price", "price open");
    world_start(model_of(trade_model));
    sell(PRICES "since,P1,,,2026-10-01," OK "ever,P1,,,,2026-10-31" OK);
    leads_to("sales_order_line", "SO1/1", "price", "price since");
}

static void the_latest_from_wins(void **state)
{
    (void)state;
    sell(PRICES "may,P1,,,2026-05-01," OK "october,P1,,,2026-10-01," OK "june,P1,,,2026-06-01," OK
                "november,P1,,,2026-11-01," OK);
    leads_to("sales_order_line", "SO1/1", "price", "price october");
}

static void the_most_specific_wins_whatever_its_date(void **state)
{
    (void)state;
    sell(PRICES "any,P1,,,2026-10-10," OK "star,P1,*,*,2026-10-11," OK
                "west,P1,,west,2026-10-12," OK "grade,P1,A,,2026-01-01," OK
                "other,P1,B,west,2026-10-13," OK "product,P2,A,west,2026-10-13," OK);
    leads_to("sales_order_line", "SO1/1", "price",
             "price grade"); // grade is declared before region
}

static void all_columns_go_before_one(void **state)
{
    (void)state;
    sell(PRICES "grade,P1,A,,2026-10-10," OK "both,P1,A,west,2026-01-01," OK);
    leads_to("sales_order_line", "SO1/1", "price", "price both");
}

static void a_row_without_the_value_matches_only_any(void **state)
{
    (void)state;
    sell(PRICES "grade,P1,A,west,2026-10-10," OK "any,P1,,*,2026-01-01," OK);
    leads_to("sales_order_line", "SO2/1", "price", "price any");
}

static void the_grades_of_an_enum_match_texts(void **state)
{
    (void)state;
    sell(PRICES "a,P1,A,,," OK);
    leads_to("sales_order_line", "SO1/1", "price", "price a");
    leads_to("sales_order_line", "SO2/1", "price", "none");
}

static void a_tie_is_ambiguous_and_says_how_many(void **state)
{
    (void)state;
    sell(PRICES "older,P1,,,2026-09-01," OK "one,P1,,,2026-10-01," OK "two,P1,*,,2026-10-01," OK
                "three,P1,,,2026-10-01," OK);
    leads_to("sales_order_line", "SO1/1", "price", "ambiguous");
    struct buffer reason = {0};
    data_explain_link(data, table_at("sales_order_line"), row_at("sales_order_line", "SO1/1"),
                      reference_at("sales_order_line", "price"), &reason);
    char *text = reason_text(buffer_text(&reason));
    assert_string_equal(text, "3 price in force");
    free(text);
    buffer_clear(&reason);
}

static void a_tie_that_a_better_one_settles(void **state)
{
    (void)state;
    sell(PRICES "one,P1,,,2026-10-01," OK "two,P1,,,2026-10-01," OK "three,P1,A,,2026-10-01," OK);
    leads_to("sales_order_line", "SO1/1", "price", "price three");
    world_start(model_of(trade_model));
    sell(PRICES "one,P1,,,," OK "two,P1,,,," OK);
    leads_to("sales_order_line", "SO1/1", "price", "ambiguous");
}

static void where_compares_the_two_rows(void **state)
{
    (void)state;
    sell(PRICES "noon,P1,,,2026-10-01,,2026-10-15T12:00:00\n"
                "after,P1,,,2026-10-02,,2026-10-15T12:00:01\n"
                "never,P1,,,2026-10-03,,\n");
    leads_to("sales_order_line", "SO1/1", "price", "price noon");
    // The second order is not approved yet: there is nothing to compare with, but never stays out.
    leads_to("sales_order_line", "SO2/1", "price", "price after");
}

static void a_day_without_time_compares_by_day(void **state)
{
    (void)state;
    sell(PRICES "day,P1,,,2026-10-01,,2026-10-15\nnext,P1,,,2026-10-02,,2026-10-16\n");
    leads_to("sales_order_line", "SO1/1", "price", "price day");
}

static void without_a_date_nothing_is_in_force(void **state)
{
    (void)state;
    sell(PRICES "open,P1,,,," OK);
    leads_to("sales_order_line", "SO3/1", "price", "none");
}

static void a_date_that_cannot_be_read_cannot_be_followed(void **state)
{
    (void)state;
    sell(PRICES "open,P1,,,," OK);
    leads_to("sales_order_line", "SO4/1", "price", "ambiguous");
}

static void a_window_that_cannot_be_read_is_not_open(void **state)
{
    (void)state;
    sell(PRICES "broken,P1,,,2026-01-01,31.12.20x6" OK);
    int target;
    assert_true(data_follow(data, table_at("sales_order_line"), row_at("sales_order_line", "SO1/1"),
                            reference_at("sales_order_line", "price"), &target) < 0);
}

// Whatever the order of the rows: only one at least as specific as the best can take its place.
static void a_window_that_cannot_be_read_hides_what_is_no_better(void **state)
{
    (void)state;
    sell(PRICES "any,P1,,,2026-02-01,31.12.20x6" OK "grade,P1,A,,2026-01-01," OK);
    leads_to("sales_order_line", "SO1/1", "price", "price grade");
    world_start(model_of(trade_model));
    sell(PRICES "grade,P1,A,,2026-01-01," OK "any,P1,,,2026-02-01,31.12.20x6" OK);
    leads_to("sales_order_line", "SO1/1", "price", "price grade");
    world_start(model_of(trade_model));
    sell(PRICES "any,P1,,,2026-02-01," OK "grade,P1,A,,2026-01-01,31.12.20x6" OK);
    leads_to("sales_order_line", "SO1/1", "price", "ambiguous");
    world_start(model_of(trade_model));
    sell(PRICES "grade,P1,A,,2026-01-01,31.12.20x6" OK "any,P1,,,2026-02-01," OK);
    leads_to("sales_order_line", "SO1/1", "price", "ambiguous");
}

// It began after the day: whenever it ends, it was not in force.
static void a_window_that_had_not_begun_needs_no_end(void **state)
{
    (void)state;
    sell(PRICES "next,P1,,,2026-11-01,31.12.20x6" OK "now,P1,,,2026-01-01," OK);
    leads_to("sales_order_line", "SO1/1", "price", "price now");
}

static void an_empty_currency_is_the_companys_own(void **state)
{
    (void)state;
    put_rows("exchange_rate", "currency,rate_date,rate\nUSD,2026-10-01,7.1\n");
    put_rows("sales_order", "order_id,order_date,currency\nSO1,2026-10-15,\nSO2,2026-10-15,USD\n"
                            "SO3,2026-09-30,USD\n");
    seal();
    leads_to("sales_order", "SO2", "day_rate", "exchange_rate USD/2026-10-01");
    leads_to("sales_order", "SO3", "day_rate", "none");
    leads_to("sales_order", "SO1", "day_rate", "none"); // empty is the company's own currency
}

static void the_rate_of_a_day_holds_until_the_next(void **state)
{
    (void)state;
    put_rows("exchange_rate", "currency,rate_date,rate\nUSD,2026-10-08,7.2\nUSD,2026-10-01,7.1\n"
                              "CNY,2020-01-01,1\n");
    put_rows("sales_order", "order_id,order_date,currency\nSO1,2026-10-07,USD\nSO2,2026-10-08,USD\n"
                            "SO3,2026-10-08,\n");
    seal();
    leads_to("sales_order", "SO1", "day_rate", "exchange_rate USD/2026-10-01");
    leads_to("sales_order", "SO2", "day_rate", "exchange_rate USD/2026-10-08");
    leads_to("sales_order", "SO3", "day_rate", "exchange_rate CNY/2020-01-01");
}

static void wildcard_columns_are_any_where_the_model_assumes_it(void **state)
{
    (void)state;
    put_rows("customer", "customer_id,grade,region\nC1,A,west\n");
    put_rows("sales_order", "order_id,customer_id,order_date,approved_at\nSO1,C1,2026-10-15,\n");
    put_rows("sales_order_line", "order_id,line_no,product\nSO1,1,P1\n");
    put_rows("price",
             "price_id,product,grade,valid_from,approved_at\nall,P1,,2026-01-01,2026-01-01\n");
    seal();
    leads_to("sales_order_line", "SO1/1", "price", "price all");
    const struct link *link = &data->tables[table_at("sales_order_line")]
                                   .links[reference_at("sales_order_line", "price")];
    struct buffer names = {0};
    for (int i = 0; i < link->rests.count; i++) {
        buffer_add_byte(&names, ' ');
        assumption_name(data, link->rests.items[i], &names);
    }
    assert_non_null(strstr(buffer_text(&names), " price.region="));
    assert_non_null(strstr(buffer_text(&names), " price.valid_to="));
    buffer_clear(&names);
}

static void wildcard_columns_that_are_needed_are_missing(void **state)
{
    (void)state;
    put_rows("customer", "customer_id,grade,region\nC1,A,west\n");
    put_rows("sales_order", "order_id,customer_id,order_date,approved_at\nSO1,C1,2026-10-15,\n");
    put_rows("sales_order_line", "order_id,line_no,product\nSO1,1,P1\n");
    put_rows("price", "price_id,product,valid_from,approved_at\nall,P1,2026-01-01,2026-01-01\n");
    seal();
    assert_string_equal(missing_of("sales_order_line", "price"), "price.grade was not imported");
}

static void graded_prices_are_unknown_where_no_grade_was_imported(void **state)
{
    (void)state;
    put_rows("customer", "customer_id,region\nC1,west\n");
    put_rows("sales_order", "order_id,customer_id,order_date,approved_at\nSO1,C1,2026-10-15,\n");
    put_rows("sales_order_line", "order_id,line_no,product\nSO1,1,P1\nSO1,2,P2\n");
    put_rows("price", "price_id,product,grade,region,valid_from,approved_at\n"
                      "graded,P1,A,west,2026-01-01,2026-01-01\n"
                      "all,P1,,west,2026-01-01,2026-01-01\n"
                      "other,P2,,west,2026-01-01,2026-01-01\n");
    seal();
    leads_to("sales_order_line", "SO1/1", "price", "ambiguous");
    leads_to("sales_order_line", "SO1/2", "price", "price other");
}

static void graded_prices_are_unknown_where_the_way_to_the_grade_was_not_imported(void **state)
{
    (void)state;
    struct buffer why = {0};
    put_rows("customer", "customer_id,grade,region\nC1,A,west\n");
    put_rows("sales_order", "order_id,order_date,approved_at\nSO1,2026-10-15,\n");
    put_rows("sales_order_line", "order_id,line_no,product\nSO1,1,P1\nSO1,2,P2\n");
    put_rows("price", "price_id,product,grade,region,valid_from,approved_at\n"
                      "graded,P1,A,,2026-01-01,2026-01-01\n"
                      "other,P2,,,2026-01-01,2026-01-01\n");
    seal();
    leads_to("sales_order_line", "SO1/1", "price", "ambiguous");
    leads_to("sales_order_line", "SO1/2", "price", "price other");
    data_explain_link(data, table_at("sales_order_line"), 0,
                      reference_at("sales_order_line", "price"), &why);
    assert_true(reason_is(buffer_text(&why), REASON_NOT_IMPORTED));
    buffer_clear(&why);
}

static void own_columns_that_were_not_imported_are_missing(void **state)
{
    (void)state;
    put_rows("sales_order", "order_id,order_date,approved_at\nSO1,2026-10-15,\n");
    put_rows("sales_order_line", "order_id,line_no,product\nSO1,1,P1\n");
    put_rows("price", "price_id,product,grade,region,valid_from,approved_at\n"
                      "a,P1,A,west,2026-01-01,2026-01-01\n");
    seal();
    assert_string_not_equal(missing_of("sales_order_line", "price"), "nothing");
    leads_to("sales_order_line", "SO1/1", "price", "none");
}

// ---- documents

static void documents_are_found_by_kind_and_key(void **state)
{
    (void)state;
    put_rows("sales_order", "order_id\nSO1\nSO/2\nSO%3\n");
    put_rows("sales_order_line", "order_id,line_no\nSO1,1\nSO/2,12\n");
    put_rows("approval", "approval_id,doc_kind,doc_id\n"
                         "1,sales_order,SO1\n2,order,SO1\n3,sales_order_line,SO1/1\n"
                         "4,sales_order_line,SO%2F2/12\n5,sales_order,SO%2F2\n6,sales_order,SO/2\n"
                         "7,sales_order,SO%253\n8,sales_order_line,SO1/1.0\n9,,SO1\n10,order,\n");
    seal();
    leads_to("approval", "1", "document", "sales_order SO1");
    leads_to("approval", "2", "document", "sales_order SO1"); // by the name that stands for it
    leads_to("approval", "3", "document", "sales_order_line SO1/1");
    leads_to("approval", "4", "document", "sales_order_line SO%2F2/12");
    leads_to("approval", "5", "document", "sales_order SO%2F2");
    leads_to("approval", "6", "document", "sales_order SO%2F2");
    leads_to("approval", "7", "document", "sales_order SO%253");
    leads_to("approval", "9", "document", "none");
    leads_to("approval", "10", "document", "none");
    assert_int_equal(problems_of(PROBLEM_DANGLING_REFERENCE), 0);
}

static void documents_that_do_not_exist_dangle(void **state)
{
    (void)state;
    put_rows("sales_order", "order_id\nSO1\n");
    put_rows("sales_order_line", "order_id,line_no\nSO1,1\n");
    put_rows("approval", "approval_id,doc_kind,doc_id\n1,sales_order,SO9\n2,sales_order_line,SO1\n"
                         "3,sales_order_line,SO1/x\n4,sales_order_line,SO1/1/1\n5,order,so1\n");
    seal();
    for (int64_t line = 2; line <= 6; line++)
        problem_at(PROBLEM_DANGLING_REFERENCE, line);
    assert_string_equal(problem_at(PROBLEM_DANGLING_REFERENCE, 2)->value, "SO9");
    assert_string_equal(problem_at(PROBLEM_DANGLING_REFERENCE, 2)->column, "doc_id");
    leads_to("approval", "4", "document", "none");
}

static void a_kind_that_is_no_table_is_told(void **state)
{
    (void)state;
    put_rows("sales_order", "order_id\nSO1\n");
    put_rows("approval", "approval_id,doc_kind,doc_id\n1,sales_ordr,SO1\n");
    seal();
    leads_to("approval", "1", "document", "none");
    problem_at(PROBLEM_DANGLING_REFERENCE, 2);
}

static void a_document_of_a_table_that_was_not_imported_is_not_nothing(void **state)
{
    (void)state;
    put_rows("approval", "approval_id,doc_kind,doc_id\n1,sales_order,SO1\n");
    seal();
    assert_int_equal(data->problems.count, 0);
    leads_to("approval", "1", "document", "ambiguous");
}

static void a_document_that_cannot_be_read_is_not_nothing(void **state)
{
    (void)state;
    put_rows("sales_order", "order_id\nSO1\n");
    put_rows("approval", "approval_id,doc_kind,doc_id\n1,sales_order,S\xff\n2,,S\xff\n");
    seal();
    leads_to("approval", "1", "document", "ambiguous");
    leads_to("approval", "2", "document", "none");
    struct buffer why = {0};
    data_explain_link(data, table_at("approval"), row_at("approval", "1"),
                      reference_at("approval", "document"), &why);
    char *text = reason_text(buffer_text(&why));
    assert_string_equal(text, "approval.doc_id cannot be read");
    free(text);
    buffer_clear(&why);
}

static void documents_without_their_columns_are_missing(void **state)
{
    (void)state;
    put_rows("sales_order", "order_id\nSO1\n");
    put_rows("approval", "approval_id,doc_kind\n1,sales_order\n");
    seal();
    assert_string_equal(missing_of("approval", "document"), "approval.doc_id was not imported");
    lists("sales_order", "SO1", "approvals", "missing");
}

// ---- lists

static void lists_are_in_key_order(void **state)
{
    (void)state;
    put_rows("sales_order",
             "order_id,order_date\nSO1,2026-10-05\nSO2,2026-10-05\nSO3,2026-10-05\n");
    put_rows("sales_order_line",
             "order_id,line_no\nSO1,10\nSO2,1\nSO1,9\nSO1,100\nSO1,2\nSO9,1\nSO1,2\n");
    seal();
    lists("sales_order", "SO1", "lines", "SO1/2 SO1/2 SO1/9 SO1/10 SO1/100");
    lists("sales_order", "SO2", "lines", "SO2/1");
    lists("sales_order", "SO3", "lines", "");
    // Of equal keys the row that came first.
    int table = table_at("sales_order");
    const struct row_lists *list = &data->tables[table].reverses[0];
    assert_int_equal(list->rows[list->offsets[row_at("sales_order", "SO1")]], 4);
}

static void lists_hold_nothing_dated_after_as_of(void **state)
{
    (void)state;
    put_rows("customer", "customer_id\nC1\n");
    put_rows("sales_order",
             "order_id,customer_id,order_date\nSO1,C1,2026-11-05\nSO2,C1,2026-11-06\n"
             "SO3,C1,\nSO4,C1,2026-09-01\n");
    put_rows("sales_order_line", "order_id,line_no\nSO2,1\nSO3,1\n");
    seal();
    lists("customer", "C1", "orders", "SO1 SO3 SO4");
    lists("sales_order", "SO2", "lines", ""); // its header is too late
    lists("sales_order", "SO3", "lines", "SO3/1");
    // References are not cut.
    leads_to("sales_order", "SO2", "customer", "customer C1");
}

static void timestamps_are_cut_by_the_day_of_the_zone(void **state)
{
    (void)state;
    put_rows("sales_order", "order_id\nSO1\n");
    put_rows("approval", "approval_id,doc_kind,doc_id,decided_at,requested_at\n"
                         "1,order,SO1,2026-11-05T23:59:59,\n2,order,SO1,2026-11-06T00:00:00,\n"
                         "3,order,SO1,,2026-11-06\n4,order,SO1,,2026-11-05\n5,order,SO1,,\n"
                         "6,order,SO1,2026-11-05T16:30:00Z,\n");
    seal();
    lists("sales_order", "SO1", "approvals", "1 4 5");
}

static void lists_of_documents_hold_their_own_kind(void **state)
{
    (void)state;
    put_rows("sales_order", "order_id\nSO1\n");
    put_rows("sales_order_line", "order_id,line_no\nSO1,1\n");
    put_rows("approval",
             "approval_id,doc_kind,doc_id\n2,sales_order,SO1\n1,sales_order_line,SO1/1\n"
             "3,order,SO1\n");
    seal();
    lists("sales_order", "SO1", "approvals", "2 3");
    lists("sales_order_line", "SO1/1", "approvals", "1");
}

static void lists_of_what_was_not_imported_are_missing(void **state)
{
    (void)state;
    put_rows("sales_order", "order_id\nSO1\n");
    put_rows("approval", "approval_id,doc_id\nA1,SO1\n");
    seal();
    lists("sales_order", "SO1", "lines", "missing");
    lists("sales_order", "SO1", "approvals", "missing"); // a column was not imported
}

static void an_imported_table_without_rows_makes_empty_lists(void **state)
{
    (void)state;
    put_rows("sales_order", "order_id\nSO1\n");
    put_rows("sales_order_line", "order_id,line_no\n");
    put_rows("approval", "approval_id,doc_kind,doc_id\n");
    seal();
    lists("sales_order", "SO1", "lines", "");
    lists("sales_order", "SO1", "approvals", "");
}

static void paths_in_a_circle_lead_nowhere(void **state)
{
    (void)state;
    world_start(
        model_of("{'tables':[{'name':'a','key':['id'],'fields':[{'name':'id','type':'text'},"
                 "{'name':'v','type':'text'}],'references':["
                 "{'name':'x','target':'a','match':[{'from':'y.v','to':'id'}]},"
                 "{'name':'y','target':'a','match':[{'from':'x.v','to':'id'}]}]}]}"));
    put_rows("a", "id,v\n1,2\n2,1\n");
    seal();
    assert_non_null(strstr(missing_of("a", "x"), "circle"));
    assert_non_null(strstr(missing_of("a", "y"), "circle"));
    leads_to("a", "1", "x", "none");
}

static void the_shipped_model_resolves_over_no_rows(void **state)
{
    (void)state;
    json_t *declared = shipped_declaration();
    struct error error = {0};
    struct model *shipped = model_new(declared, &error);
    json_decref(declared);
    if (!shipped)
        fail_msg("%s: %s", error.where, error.message);
    world_start(shipped);
    for (int table = 0; table < model->table_count; table++) {
        struct part *part = part_new(model, table, 0, data->scope.zone);
        for (int field = 0; field < model->tables[table].field_count; field++)
            part_add_column(part, field, NULL, model->tables[table].fields[field].name);
        data_add_part(data, part);
    }
    seal();
    assert_int_equal(data->problems.count, 0);
    for (int table = 0; table < model->table_count; table++) {
        for (int i = 0; i < model->tables[table].reference_count; i++)
            if (data->tables[table].links[i].missing)
                fail_msg("%s.%s: %s", model->tables[table].name,
                         model->tables[table].references[i].name,
                         data->tables[table].links[i].missing);
        for (int i = 0; i < model->tables[table].reverse_count; i++)
            if (!data->tables[table].reverses[i].offsets)
                fail_msg("%s.%s is missing", model->tables[table].name,
                         model->tables[table].reverses[i].name);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TRADE_TEST(references_lead_to_the_first_row_with_the_key),
        TRADE_TEST(a_keyword_makes_the_name_of_the_target),
        TRADE_TEST(a_dangling_reference_is_told_and_is_nothing),
        TRADE_TEST(a_target_that_was_not_imported_is_missing_not_dangling),
        TRADE_TEST(a_column_that_was_not_imported_is_missing),
        TRADE_TEST(composite_references_need_all_their_columns),
        TRADE_TEST(what_another_path_would_give_is_not_known_without_it),
        TRADE_TEST(an_optional_reference_does_not_dangle),
        TRADE_TEST(a_reference_by_an_invalid_cell_cannot_be_followed),
        TRADE_TEST(enums_and_texts_match_by_name),
        TRADE_TEST(an_enum_without_its_row_dangles),
        TRADE_TEST(a_user_account_stands_for_its_employee),
        TRADE_TEST(without_accounts_ids_are_employees),
        TRADE_TEST(the_ends_of_a_window_are_inclusive),
        TRADE_TEST(the_first_and_the_last_day),
        TRADE_TEST(empty_ends_are_open),
        TRADE_TEST(the_latest_from_wins),
        TRADE_TEST(the_most_specific_wins_whatever_its_date),
        TRADE_TEST(all_columns_go_before_one),
        TRADE_TEST(a_row_without_the_value_matches_only_any),
        TRADE_TEST(the_grades_of_an_enum_match_texts),
        TRADE_TEST(a_tie_is_ambiguous_and_says_how_many),
        TRADE_TEST(a_tie_that_a_better_one_settles),
        TRADE_TEST(where_compares_the_two_rows),
        TRADE_TEST(a_day_without_time_compares_by_day),
        TRADE_TEST(without_a_date_nothing_is_in_force),
        TRADE_TEST(a_date_that_cannot_be_read_cannot_be_followed),
        TRADE_TEST(a_window_that_cannot_be_read_is_not_open),
        TRADE_TEST(a_window_that_cannot_be_read_hides_what_is_no_better),
        TRADE_TEST(a_window_that_had_not_begun_needs_no_end),
        TRADE_TEST(an_empty_currency_is_the_companys_own),
        TRADE_TEST(the_rate_of_a_day_holds_until_the_next),
        TRADE_TEST(wildcard_columns_are_any_where_the_model_assumes_it),
        TRADE_TEST(wildcard_columns_that_are_needed_are_missing),
        TRADE_TEST(graded_prices_are_unknown_where_no_grade_was_imported),
        TRADE_TEST(graded_prices_are_unknown_where_the_way_to_the_grade_was_not_imported),
        TRADE_TEST(own_columns_that_were_not_imported_are_missing),
        TRADE_TEST(documents_are_found_by_kind_and_key),
        TRADE_TEST(documents_that_do_not_exist_dangle),
        TRADE_TEST(a_kind_that_is_no_table_is_told),
        TRADE_TEST(a_document_of_a_table_that_was_not_imported_is_not_nothing),
        TRADE_TEST(a_document_that_cannot_be_read_is_not_nothing),
        TRADE_TEST(documents_without_their_columns_are_missing),
        TRADE_TEST(lists_are_in_key_order),
        TRADE_TEST(lists_hold_nothing_dated_after_as_of),
        TRADE_TEST(timestamps_are_cut_by_the_day_of_the_zone),
        TRADE_TEST(lists_of_documents_hold_their_own_kind),
        TRADE_TEST(lists_of_what_was_not_imported_are_missing),
        TRADE_TEST(an_imported_table_without_rows_makes_empty_lists),
        TRADE_TEST(paths_in_a_circle_lead_nowhere),
        TRADE_TEST(the_shipped_model_resolves_over_no_rows),
    };
    return cmocka_run_group_tests_name("data_links", tests, NULL, NULL);
}
