// SPDX-License-Identifier: MIT
// What is given in place of what was not imported, and what speaks against it.
#include "engine/base/reason.h"
#include "engine/data/statement.h"
#include "tests/unit/engine_fixture.h"

// Orders with lines, receipts of several companies; what each absence means is stated in full.
static const char books[] =
    "{'tables':["
    "{'name':'company','key':['company_id'],'fields':[{'name':'company_id','type':'text'}],"
    " 'absent':{'en':'one company','zh':'一家公司'}},"
    "{'name':'contract','key':['contract_id'],'fields':[{'name':'contract_id','type':'text'},"
    "  {'name':'customer_id','type':'text'}],"
    " 'absent':{'en':'there are no contracts','zh':'没有合同','contradicted':['line.price=9']}},"
    "{'name':'customer','key':['customer_id'],'fields':[{'name':'customer_id','type':'text'},"
    "  {'name':'grade','type':'text'}],"
    " 'absent':{'ids':true,'en':'known by their ids','zh':'仅有编号'},"
    " 'absence':{'grade':{'role':'accuses','en':'no grades','zh':'无等级'}}},"
    "{'name':'orders','key':['order_id'],'fields':[{'name':'order_id','type':'text'},"
    "  {'name':'contract_id','type':'text','to':'contract'},"
    "  {'name':'customer_id','type':'text','to':'customer'},"
    "  {'name':'company_id','type':'text','to':'company'},"
    "  {'name':'ordered_on','type':'date'},{'name':'period','type':'text'},"
    "  {'name':'first_day','type':'date'},{'name':'last_day','type':'date'},"
    "  {'name':'amount','type':'money'},{'name':'kind','type':'enum','values':['blue','red']},"
    "  {'name':'status','type':'enum','values':['open','closed']},"
    "  {'name':'currency','type':'text'},{'name':'needed','type':'text'}],"
    " 'reverse':[{'name':'lines','table':'line','by':'order'}],'period':'ordered_on',"
    " 'absence':{'customer_id':{'from':'contract.customer_id','en':'a','zh':'a'},"
    "  'company_id':{'from':{'only':true},'en':'a','zh':'a'},"
    "  'period':{'from':{'month':'ordered_on'},'en':'a','zh':'a'},"
    "  'first_day':{'from':{'first_day':'period'},'en':'a','zh':'a'},"
    "  'last_day':{'from':{'last_day':'period'},'en':'a','zh':'a'},"
    "  'amount':{'from':'lines.net','en':'a','zh':'a'},"
    "  "
    "'kind':{'from':{'sign':'lines.quantity','positive':'blue','negative':'red'},'en':'a','zh':'a'}"
    ","
    "  'status':{'value':'open','role':'acquits','en':'all are open','zh':'均未结'},"
    "  'currency':{'from':{'currency':true},'role':'neither','en':'a','zh':'a'}}},"
    "{'name':'line','key':['order_id','line_no'],'fields':["
    "  {'name':'order_id','type':'text','to':'orders'},{'name':'line_no','type':'int'},"
    "  {'name':'quantity','type':'decimal'},{'name':'price','type':'decimal'},"
    "  "
    "{'name':'net','type':'money'},{'name':'tax','type':'money'},{'name':'gross','type':'money',"
    "   'empty':'unknown'},"
    "  {'name':'discount','type':'money'},{'name':'rate','type':'decimal'}],"
    " 'references':[{'name':'order','target':'orders','match':[{'from':'order_id','to':'order_id'}]"
    "}],"
    " 'absence':{'net':{'from':[{'minus':['gross','tax']},"
    "   {'times':['quantity','price'],'less_if_any':'discount'}],'en':'a','zh':'a'},"
    "  'discount':{'from':[{'times':['quantity','price'],'less':'net'},{'none':true}],"
    "   'en':'a','zh':'a'},"
    "  'tax':{'from':{'tax':['net','rate']},'en':'a','zh':'a'},"
    "  'gross':{'from':{'plus':['net','tax']},'en':'a','zh':'a'}}}]}";

static int set_up(void **state)
{
    (void)state;
    // The reference of a line is declared by hand: its field's own would have the table's name.
    char *text = memory_text(books), *own;
    own = strstr(text, ",'to':'orders'");
    memset(own, ' ', strlen(",'to':'orders'"));
    world_start(model_of(text));
    free(text);
    return 0;
}

static const struct assumption *assumption_of(const char *table, const char *field)
{
    const struct table *rows = &data->tables[table_at(table)];
    return &data->assumptions[field ? rows->columns[field_at(table, field)].assumption
                                    : rows->assumption];
}

static void named(const char *table, const char *field, const char *expected)
{
    struct buffer name = {0};
    assumption_name(data, (int)(assumption_of(table, field) - data->assumptions), &name);
    assert_string_equal(buffer_text(&name), expected);
    buffer_clear(&name);
}

static void explained(const char *table, const char *field, const char *expected)
{
    struct buffer reason = {0}, said = {0};
    assumption_explain(data, table_at(table), field ? field_at(table, field) : -1, &reason);
    reason_add(buffer_text(&reason), "en", &said);
    assert_string_equal(buffer_text(&said), expected);
    buffer_clear(&reason);
    buffer_clear(&said);
}

static void columns_take_the_value_that_the_model_gives(void **state)
{
    (void)state;
    put_rows("orders", "order_id,ordered_on\nA,2026-10-05\n");
    seal();
    has_cell("orders", 0, "status", "open");
    named("orders", "status", "orders.status=open");
    assert_true(assumption_of("orders", "status")->acquits);
    assert_false(assumption_of("orders", "status")->accuses);
    assert_false(assumption_of("orders", "needed")->given);
    explained("orders", "needed", "orders.needed was not imported");
}

static void tables_are_taken_as_none_unless_something_names_their_rows(void **state)
{
    (void)state;
    put_rows("orders", "order_id,contract_id,ordered_on\nA,,2026-10-05\n");
    seal();
    assert_true(table_is_there(&data->tables[table_at("contract")]));
    named("contract", NULL, "contract=none");
    world_start(model_of(trade_model));
    set_up(NULL);
    put_rows("orders", "order_id,contract_id,ordered_on\nA,K1,2026-10-05\n");
    seal();
    assert_false(table_is_there(&data->tables[table_at("contract")]));
    explained("contract", NULL,
              "contract was not imported, and orders.contract_id says that there is something");
}

static void declared_values_contradict(void **state)
{
    (void)state;
    put_rows("line", "order_id,line_no,price\nA,1,9\n");
    seal();
    explained("contract", NULL,
              "contract was not imported, and line.price says that there is something");
}

static void ids_become_the_rows_of_a_master(void **state)
{
    (void)state;
    put_rows("orders",
             "order_id,customer_id,ordered_on\nA,C2,2026-10-05\nB,C1,2026-10-06\nC,C2,\n");
    seal();
    leads_to("orders", "A", "customer", "customer C2");
    assert_int_equal(data->tables[table_at("customer")].rows, 2);
    assert_false(data->tables[table_at("customer")].imported);
    assert_true(assumption_of("customer", "grade")->given);
    assert_int_equal(data->problems.count, 0);
}

static void columns_are_worked_out(void **state)
{
    (void)state;
    put_rows("orders", "order_id,ordered_on\nA,2026-02-05\nB,2026-03-06\n");
    put_rows("line",
             "order_id,line_no,quantity,price,tax\nA,1,2,1.5,0.39\nA,2,-5,1,-0.65\nB,1,1,4,\n");
    seal();
    has_cell("line", 0, "net", "3.00");
    has_cell("line", 0, "gross", "3.39");
    has_cell("line", 2, "gross", NULL); // its tax is empty
    has_cell("orders", 0, "amount", "-2.00");
    has_cell("orders", 0, "kind", "red");
    has_cell("orders", 1, "kind", "blue");
    has_cell("orders", 0, "period", "2026-02");
    has_cell("orders", 0, "first_day", "2026-02-01");
    has_cell("orders", 0, "last_day", "2026-02-28");
    has_cell("orders", 0, "currency", "CNY");
    named("orders", "amount", "orders.amount=derived");
}

static void has_rests(const char *table, const char *field, const char *expected)
{
    struct buffer names = {0};
    const struct assumption *it = assumption_of(table, field);
    for (int i = 0; i < it->from.count; i++) {
        buffer_add_text(&names, i ? "; " : "");
        assumption_name(data, it->from.items[i], &names);
    }
    assert_string_equal(buffer_text(&names), expected);
    buffer_clear(&names);
}

static bool comes_from(const char *field, const char *from)
{
    int number = (int)(assumption_of("line", field) - data->assumptions);
    return assumption_comes_from(data, number, table_at("line"), field_at("line", from));
}

static void what_is_worked_out_rests_on_what_that_rests_on(void **state)
{
    (void)state;
    put_rows("line", "order_id,line_no,quantity,price,rate\nA,1,2,100.5,13\nA,2,1,100,0.06\n");
    seal();
    has_cell("line", 0, "net", "201.00"); // no discount is listed
    has_cell("line", 0, "tax", "26.13");  // of 13 percent
    has_cell("line", 1, "tax", "6.00");   // a rate of 0.06 is 6 percent
    has_cell("line", 0, "gross", "227.13");
    has_rests("line", "gross", "line.net=derived; line.discount=derived; line.tax=derived");
    assert_true(comes_from("gross", "quantity"));
    assert_true(comes_from("gross", "rate"));
    assert_false(comes_from("gross", "gross"));
    assert_false(comes_from("discount", "net")); // which could not be had
}

static void a_discount_is_what_price_and_net_amount_leave(void **state)
{
    (void)state;
    put_rows("line", "order_id,line_no,quantity,price,net\nA,1,2,100,190\nA,2,1,100,\n");
    seal();
    has_cell("line", 0, "discount", "10.00");
    has_cell("line", 1, "discount", NULL); // a net amount that is empty is not 0
    assert_true(comes_from("discount", "net"));
}

static void a_discount_that_is_empty_is_none(void **state)
{
    (void)state;
    put_rows("line", "order_id,line_no,quantity,price,discount\nA,1,2,100,10\nA,2,1,100,\n");
    seal();
    has_cell("line", 0, "net", "190.00");
    has_cell("line", 1, "net", "100.00");
}

static void a_sum_without_one_of_its_parts_is_not_known(void **state)
{
    (void)state;
    put_rows("orders", "order_id,ordered_on\nA,2026-02-05\n");
    put_rows("line", "order_id,line_no,net\nA,1,3\nA,2,\n");
    seal();
    const struct column *amount =
        &data->tables[table_at("orders")].columns[field_at("orders", "amount")];
    assert_true(column_get(amount, 0) == CELL_INVALID);
}

static void the_first_way_that_gives_a_value_counts(void **state)
{
    (void)state;
    put_rows("line", "order_id,line_no,quantity,price,gross,tax\nA,1,2,3,10,1\nA,2,2,3,,1\n");
    seal();
    has_cell("line", 0, "net", "9.00");
    has_cell("line", 1, "net", "6.00");
}

static void what_cannot_be_read_is_not_worked_out(void **state)
{
    (void)state;
    put_rows("orders", "order_id,ordered_on\nA,2026-02-05\nB,2026-02-05\n");
    put_rows("line", "order_id,line_no,net,quantity\nA,1,x,1\nA,2,2,1\nB,1,3,1\n");
    seal();
    const struct column *amount =
        &data->tables[table_at("orders")].columns[field_at("orders", "amount")];
    assert_true(column_get(amount, 0) == CELL_INVALID);
    has_cell("orders", 1, "amount", "3.00");
}

static void empty_cells_are_worked_out_where_they_tell_nothing(void **state)
{
    (void)state;
    put_rows("orders", "order_id\nA\n");
    put_rows("line", "order_id,line_no,net,tax,gross\nA,1,10,1.3,11.30\nA,2,20,2.6,\nA,3,30,,\n"
                     "A,4,x,1,\n");
    seal();
    const struct column *gross = &data->tables[table_at("line")].columns[field_at("line", "gross")];
    assert_true(column_get(gross, 1) == CELL_NULL); // what stood in the source stays
    assert_non_null(gross->worked_out);
    assert_true(column_get(gross->worked_out, 0) == CELL_NULL);
    assert_int_equal(column_get(gross->worked_out, 1), 226);
    assert_int_equal(gross->worked_out->scale, 1);
    assert_true(column_get(gross->worked_out, 2) == CELL_NULL);
    assert_true(column_get(gross->worked_out, 3) == CELL_INVALID);
    struct buffer text = {0};
    assumption_name(data, gross->emptied, &text);
    buffer_add_byte(&text, '|');
    assumption_sentence(data, gross->emptied, "en", &text);
    assert_string_equal(buffer_text(&text),
                        "line.gross=derived where empty|where line.gross is empty (3 rows): a");
    buffer_clear(&text);
    // The tax of the third line tells nothing less: an empty one is a fact.
    assert_null(data->tables[table_at("line")].columns[field_at("line", "tax")].worked_out);
}

static void nothing_is_worked_out_that_the_engagement_refuses(void **state)
{
    (void)state;
    data->refuses_all = true;
    put_rows("orders", "order_id\nA\n");
    put_rows("line", "order_id,line_no,net,tax,gross\nA,1,10,1.3,\nA,2,10,1.3,11.3\n");
    seal();
    assert_null(data->tables[table_at("line")].columns[field_at("line", "gross")].worked_out);
}

static void the_only_company_is_taken_and_of_several_none(void **state)
{
    (void)state;
    put_rows("orders", "order_id,ordered_on\nA,2026-02-05\n");
    seal();
    has_cell("orders", 0, "company_id", NULL); // nobody names one: there is one without a name
    assert_true(assumption_of("orders", "company_id")->given);
}

static void statements_of_the_engagement_go_first(void **state)
{
    (void)state;
    struct error error;
    statement_add(data, STATE_ASSUME, table_at("orders"), field_at("orders", "needed"), "yes");
    statement_add(data, STATE_REFUSE, table_at("orders"), field_at("orders", "status"), NULL);
    statement_add(data, STATE_NONE, table_at("line"), -1, NULL);
    put_rows("orders", "order_id,ordered_on\nA,2026-02-05\n");
    data_join(data);
    assert_int_equal(statement_check_all(data, &error), 0);
    seal();
    has_cell("orders", 0, "needed", "yes");
    assert_int_equal(assumption_of("orders", "needed")->origin, ORIGIN_ENGAGEMENT);
    explained("orders", "status", "orders.status was not imported, and nothing may be assumed");
    assert_true(table_is_there(&data->tables[table_at("line")]));
}

static void what_was_imported_is_not_assumed(void **state)
{
    (void)state;
    struct error error;
    statement_add(data, STATE_ASSUME, table_at("orders"), field_at("orders", "status"), "open");
    put_rows("orders", "order_id,status\nA,closed\n");
    data_join(data);
    assert_int_equal(statement_check_all(data, &error), -1);
    assert_non_null(strstr(error.message, "orders.status was imported"));
}

static void a_stated_value_is_one_of_its_column(void **state)
{
    (void)state;
    struct error error;
    statement_add(data, STATE_ASSUME, table_at("orders"), field_at("orders", "status"), "lost");
    put_rows("orders", "order_id\nA\n");
    data_join(data);
    assert_int_equal(statement_check_all(data, &error), -1);
    assert_non_null(strstr(error.message, "'lost'"));
}

static void a_table_without_rows_needs_no_columns(void **state)
{
    (void)state;
    put_rows("orders", "order_id\n");
    seal();
    assert_true(
        column_is_there(&data->tables[table_at("orders")].columns[field_at("orders", "needed")]));
}

static void rejected_records_and_unreadable_cells_are_numbered(void **state)
{
    (void)state;
    put_rows("orders", "order_id,ordered_on\nA,bad\n,2026-01-01\n");
    seal();
    const struct table *orders = &data->tables[table_at("orders")];
    struct buffer name = {0};
    assumption_name(data, orders->unrejected, &name);
    assert_string_equal(buffer_text(&name), "orders=without 1 rejected records");
    buffer_reset(&name);
    assumption_name(data, orders->columns[field_at("orders", "ordered_on")].unreadable, &name);
    assert_string_equal(buffer_text(&name), "orders.ordered_on=without 1 unreadable cells");
    buffer_clear(&name);
}

#define BOOKS_TEST(test) cmocka_unit_test_setup_teardown(test, set_up, trade_tear_down)

// A model whose orders may not record who asked and who checked.
static void sell_recorded(const char *rows)
{
    world_start(
        model_of("{'tables':[{'name':'sale','key':['id'],'fields':[{'name':'id','type':'text'},"
                 "{'name':'asked_by','type':'text','recorded':'maybe'},"
                 "{'name':'step','type':'int','recorded':'maybe'},{'name':'note','type':'text'}],"
                 "'absence':{'step':{'value':'1','en':'one step','zh':'一级'}}}]}"));
    put_rows("sale", rows);
}

static void what_nobody_records_counts_as_absent(void **state)
{
    (void)state;
    sell_recorded("id,asked_by,step,note\nS1,,,\nS2,,,\n");
    seal();
    const struct column *columns = data->tables[table_at("sale")].columns;
    struct buffer reason = {0};
    assert_false(column_is_there(&columns[field_at("sale", "asked_by")]));
    assert_true(columns[field_at("sale", "note")].imported); // recorded always: a fact
    has_cell("sale", 0, "step", "1");
    named("sale", "step", "sale.step=1");
    assumption_explain(data, table_at("sale"), field_at("sale", "asked_by"), &reason);
    char *text = reason_text(buffer_text(&reason));
    assert_string_equal(text, "sale.asked_by is empty in all 2 rows");
    free(text);
    buffer_clear(&reason);
}

static void one_row_that_states_it_shows_that_it_is_recorded(void **state)
{
    (void)state;
    sell_recorded("id,asked_by,step,note\nS1,,,\nS2,E1,2,\n");
    seal();
    assert_true(data->tables[table_at("sale")].columns[field_at("sale", "asked_by")].imported);
    has_cell("sale", 0, "step", NULL);
    sell_recorded("id,asked_by,step,note\nS1,,,\n");
    data->all_recorded = true; // a case
    seal();
    assert_true(data->tables[table_at("sale")].columns[field_at("sale", "asked_by")].imported);
}

static void the_engagement_may_state_that_it_is_recorded(void **state)
{
    (void)state;
    struct error error = {0};
    sell_recorded("id,asked_by,step,note\nS1,,,\n");
    statement_add(data, STATE_ASSUME, table_at("sale"), field_at("sale", "asked_by"), "");
    seal();
    assert_int_equal(statement_check_all(data, &error), 0);
    assert_true(
        column_is_there(&data->tables[table_at("sale")].columns[field_at("sale", "asked_by")]));
    named("sale", "asked_by", "sale.asked_by=");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        BOOKS_TEST(columns_take_the_value_that_the_model_gives),
        BOOKS_TEST(tables_are_taken_as_none_unless_something_names_their_rows),
        BOOKS_TEST(declared_values_contradict),
        BOOKS_TEST(ids_become_the_rows_of_a_master),
        BOOKS_TEST(columns_are_worked_out),
        BOOKS_TEST(what_is_worked_out_rests_on_what_that_rests_on),
        BOOKS_TEST(a_discount_is_what_price_and_net_amount_leave),
        BOOKS_TEST(a_discount_that_is_empty_is_none),
        BOOKS_TEST(a_sum_without_one_of_its_parts_is_not_known),
        BOOKS_TEST(the_first_way_that_gives_a_value_counts),
        BOOKS_TEST(what_cannot_be_read_is_not_worked_out),
        BOOKS_TEST(empty_cells_are_worked_out_where_they_tell_nothing),
        BOOKS_TEST(nothing_is_worked_out_that_the_engagement_refuses),
        BOOKS_TEST(the_only_company_is_taken_and_of_several_none),
        BOOKS_TEST(statements_of_the_engagement_go_first),
        BOOKS_TEST(what_was_imported_is_not_assumed),
        BOOKS_TEST(a_stated_value_is_one_of_its_column),
        BOOKS_TEST(a_table_without_rows_needs_no_columns),
        TRADE_TEST(what_nobody_records_counts_as_absent),
        TRADE_TEST(one_row_that_states_it_shows_that_it_is_recorded),
        TRADE_TEST(the_engagement_may_state_that_it_is_recorded),
        BOOKS_TEST(rejected_records_and_unreadable_cells_are_numbered),
    };
    return cmocka_run_group_tests_name("assumption", tests, NULL, NULL);
}
