// SPDX-License-Identifier: MIT
// What a row under test rests on where data are not there.
#include "tests/unit/evaluation_fixture.h"

// Prices whose regions and ends the list does not have; the model assumes them.
static void price_list(const char *columns)
{
    world_start(model_of(trade_model));
    put_rows("customer", "customer_id,grade,region\nC1,A,west\n");
    put_rows("sales_order", "order_id,customer_id,order_date,approved_at\nSO1,C1,2026-10-15,\n");
    put_rows("sales_order_line", "order_id,line_no,product\nSO1,1,P1\n");
    put_rows("price", columns);
    seal();
}

static void rests_on(size_t number, const char *expected)
{
    struct buffer names = {0};
    finding_assumptions(data, &evaluation->findings[number], &names);
    assert_string_equal(buffer_text(&names), expected);
    buffer_clear(&names);
}

static void exceptions_state_what_they_rest_on(void **state)
{
    (void)state;
    price_list("price_id,product,grade,valid_from,approved_at\n1,P1,,2026-01-01,2026-01-01\n");
    run_control("population = 'price', scope = 'all', test = function(row) "
                "if row.region == nil then return exception { why = row.valid_to } end end");
    has_status("OWN-01", STATUS_EXCEPTIONS);
    rests_on(0, "price.region="); // valid_to is only shown
}

static void rows_that_an_assumption_acquits_are_counted_apart(void **state)
{
    (void)state;
    price_list("price_id,product,grade,valid_from,approved_at\n1,P1,,2026-01-01,2026-01-01\n");
    run_control("population = 'price', scope = 'all', test = function(row) "
                "if row.region ~= nil then return exception {} end end");
    has_status("OWN-01", STATUS_CONDITIONAL);
    assert_int_equal(result_of("OWN-01")->passed_assumed, 1);
    counts("1 1 0 1 0 0 0 0 0");
    run_control("population = 'price', scope = 'all', "
                "applies = function(row) return row.region ~= nil end, " TEST_ALL);
    has_status("OWN-01", STATUS_CONDITIONAL); // it may have applied
    counts("1 1 0 1 0 0 0 0 0");
    run_control("population = 'price', scope = 'all', test = function(row) return nil end");
    has_status("OWN-01", STATUS_CLEAN); // it asked for nothing that is missing
}

// Each row that in_force looks at has an end that is assumed: none may be left on the stack.
static void what_is_in_force_may_rest_on_an_assumption_many_times(void **state)
{
    (void)state;
    struct buffer rows = {0};
    buffer_add_text(&rows, "price_id,product,grade,valid_from,approved_at\n");
    for (int i = 1; i <= 500; i++)
        buffer_printf(&rows, "%03d,P1,,2026-01-01,2026-01-01\n", i);
    price_list(buffer_text(&rows));
    buffer_clear(&rows);
    run_control("population = 'customer', scope = 'all', test = function(row) "
                "local found = in_force('price', date('2026-10-15'), { product = 'P1' }) "
                "if found then return exception { label = found.price_id } end end");
    finds("OWN-01:customer:C1#001");
    rests_on(0, "price.valid_to=");
}

static void a_control_may_need_what_the_model_assumes(void **state)
{
    (void)state;
    price_list("price_id,product,grade,valid_from,approved_at\n1,P1,,2026-01-01,2026-01-01\n");
    run_control("population = 'price', scope = 'all', needs = { 'price.region' }, "
                "test = function(row) if row.region == nil then return exception {} end end");
    has_status("OWN-01", STATUS_NOT_RUN);
    has_reason("price.region was not imported");
}

static void what_is_needed_is_untestable(void **state)
{
    (void)state;
    price_list("price_id,product,valid_from,approved_at\n1,P1,2026-01-01,2026-01-01\n");
    run_control("population = 'price', scope = 'all', test = function(row) "
                "if row.grade == nil then return exception {} end end");
    has_status("OWN-01", STATUS_NOT_RUN);
    has_reason("price.grade was not imported");
}

static void what_is_asked_about_absence_is_an_assumption(void **state)
{
    (void)state;
    sell();
    run_control("population = 'customer', test = function(row) "
                "if not imported('approval') then return exception {} end end");
    rests_on(0, "approval=not imported");
}

// Whoever asks whether a row is there must know that its record may have been rejected.
static void what_is_not_found_may_have_been_rejected(void **state)
{
    (void)state;
    world_start(model_of(trade_model));
    put_rows("customer", "customer_id,grade,region\nC1,A,west\n");
    data->tables[table_at("customer")].records_rejected = 2;
    put_rows("sales_order", "order_id,customer_id,order_date,approved_at\n"
                            "SO1,C1,2026-10-15,\nSO2,C2,2026-10-15,\n");
    seal();
    run_control("population = 'sales_order', test = function(row) "
                "if find(row, 'customer') == nil then return exception {} end end");
    has_status("OWN-01", STATUS_EXCEPTIONS);
    counts("2 2 0 2 1 0 0 1 1");
    rests_on(0, "customer=without 2 rejected records");
}

static void what_is_shown_never_decides(void **state)
{
    (void)state;
    price_list("price_id,product,valid_from,approved_at\n1,P1,2026-01-01,2026-01-01\n");
    run_control(
        "population = 'price', scope = 'all', test = function(row) "
        "return exception { amount = row.floor * 2, grade = row.grade, product = row.product, "
        "evidence = { row, row.grade } } end");
    has_status("OWN-01", STATUS_EXCEPTIONS);
    const struct finding *finding = &evaluation->findings[0];
    struct buffer unknown = {0};
    finding_unknowns(finding, "en", &unknown);
    assert_string_equal(buffer_text(&unknown),
                        "amount: price.floor was not imported; evidence: price.grade was not "
                        "imported; grade: price.grade was not imported");
    buffer_clear(&unknown);
    assert_false(finding->has_amount);
    assert_int_equal(finding->evidence_count, 1);
    assert_int_equal(finding->value_count, 1); // the product, which is known
    assert_int_equal(finding->rest_count, 0);
    run_control("population = 'price', scope = 'all', test = function(row) "
                "return exception { label = row.grade } end");
    has_status("OWN-01", STATUS_NOT_RUN); // a label decides
}

static void a_member_that_cannot_be_tested_makes_its_group_untestable(void **state)
{
    (void)state;
    world_start(model_of(trade_model));
    put_rows("customer", "customer_id,grade,region\nC1,A,west\nC2,A,west\nC3,B,west\n");
    seal();
    run_control("population = 'customer', scope = 'all', group = { 'grade' }, "
                "applies = function(row) if row.customer_id == 'C2' then untestable 'odd' end "
                "return true end, test = function(rows) return exception {} end");
    has_status("OWN-01", STATUS_EXCEPTIONS);
    counts("3 3 0 1 0 2 0 1 1");
    has_reason("odd (2)");
    run_control("population = 'customer', scope = 'all', group = function(row) return nil end, "
                "applies = function(row) untestable 'odd' end, "
                "test = function(rows) return exception {} end");
    counts("3 3 0 0 0 3 0 0 0"); // no group, and not known to be none of its rows
}

static void a_group_of_several_populations_rests_on_those_that_are_not_there(void **state)
{
    (void)state;
    world_start(model_of(trade_model));
    put_rows("customer", "customer_id,grade,region\nC1,A,west\n");
    seal();
    run_control("population = { 'customer', 'sales_order' }, scope = 'all', "
                "group = function(row) return row.customer_id end, "
                "test = function(rows) return nil end");
    assert_int_equal(result_of("OWN-01")->passed_assumed, 1);
    run_control("population = { 'customer', 'sales_order' }, scope = 'all', "
                "group = function(row) return row.customer_id end, "
                "test = function(rows) return exception {} end");
    rests_on(0, "sales_order=not imported");
}

static void a_group_that_counts_on_what_applies_is_no_fault(void **state)
{
    (void)state;
    world_start(model_of(trade_model));
    put_rows("customer", "customer_id,grade\nC1,A\n");
    put_rows("sales_order", "order_id,order_date,customer_id\nSO1,2026-10-15,\n");
    seal();
    run_control("population = 'sales_order', scope = 'all', "
                "applies = function(o) return o.amount > 0 and o.customer ~= nil end, "
                "group = function(o) return o.customer.grade end, "
                "test = function(rows) return exception {} end");
    counts("1 1 0 0 0 1 0 0 0"); // the group of a row without a customer cannot be told
    has_reason("sales_order.amount was not imported");
}

static void what_is_derived_is_not_compared_with_its_source(void **state)
{
    (void)state;
    world_start(
        model_of("{'tables':[{'name':'line','key':['id'],'fields':[{'name':'id','type':'text'},"
                 "{'name':'quantity','type':'decimal'},{'name':'price','type':'decimal'},"
                 "{'name':'amount','type':'decimal'}],"
                 "'absence':{'amount':{'from':{'times':['quantity','price']},"
                 "'en':'a','zh':'a'}}}]}"));
    put_rows("line", "id,quantity,price\nA,2,3\n");
    seal();
#define COMPARES                                                                                   \
    "population = 'line', scope = 'all', test = function(l) "                                      \
    "if l.amount ~= l.quantity * l.price then return exception {} end end"
    run_control(COMPARES);
    has_status("OWN-01", STATUS_CONDITIONAL);
    run_control(COMPARES ", compares = { 'line.amount', 'line.quantity' }");
    has_status("OWN-01", STATUS_NOT_RUN);
    has_reason("line.amount was not imported, and is derived from what it is compared with");
    run_control(COMPARES ", compares = { 'line.amount', 'line.id' }");
    has_status("OWN-01", STATUS_CONDITIONAL);
#undef COMPARES
}

static void reasons_in(const char *language, const char *expected)
{
    struct buffer out = {0};
    control_result_explain(result_of("OWN-01"), language, &out);
    assert_string_equal(buffer_text(&out), expected);
    buffer_clear(&out);
}

static void a_rule_says_why_in_both_languages(void **state)
{
    (void)state;
    world_start(model_of(trade_model));
    put_rows("customer", "customer_id,grade,region\nC1,A,west\nC2,A,west\n");
    seal();
    run_control("population = 'customer', scope = 'all', test = function(row) "
                "if row.customer_id == 'C1' then untestable { en = 'no cost of {what}, {n}', "
                "zh = '{what} 无成本', what = row.region, n = decimal('1.50') } end "
                "untestable('\\1\\128\\129 odd\\n') end"); // a text packs no reason
    reasons_in("en", " \x80\x81 odd  (1); no cost of west, 1.5 (1)");
    reasons_in("zh", " \x80\x81 odd  (1); west 无成本 (1)");
    run_control("population = 'customer', scope = 'all', group = { 'grade' }, "
                "test = function(group) return { untestable_row(group[1], "
                "{ en = 'no cost', zh = '无成本' }) } end");
    reasons_in("zh", "无成本 (1)");
    run_control("population = 'customer', scope = 'all', test = function(row) "
                "local text = '价' for i = 1, 10 do text = text .. text end "
                "untestable { en = 'no {text}', zh = text, text = text } end");
    struct buffer out = {0};
    control_result_explain(result_of("OWN-01"), "zh", &out);
    assert_int_equal(out.length, strlen("价") * 166 + strlen("… (2)")); // 500 bytes, whole letters
    buffer_clear(&out);
    run_control(
        "population = 'customer', scope = 'all', "
        "test = function(row) local why = { en = 'no {cost}', zh = '无成本' } untestable(why) end");
    counts("2 2 0 0 0 0 2 0 0");
    run_control("population = 'customer', scope = 'all', "
                "test = function(row) local why = { en = 'no cost' } untestable(why) end");
    counts("2 2 0 0 0 0 2 0 0");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        EVALUATION_TEST(exceptions_state_what_they_rest_on),
        EVALUATION_TEST(rows_that_an_assumption_acquits_are_counted_apart),
        EVALUATION_TEST(what_is_in_force_may_rest_on_an_assumption_many_times),
        EVALUATION_TEST(a_control_may_need_what_the_model_assumes),
        EVALUATION_TEST(what_is_needed_is_untestable),
        EVALUATION_TEST(what_is_asked_about_absence_is_an_assumption),
        EVALUATION_TEST(what_is_not_found_may_have_been_rejected),
        EVALUATION_TEST(what_is_shown_never_decides),
        EVALUATION_TEST(a_group_of_several_populations_rests_on_those_that_are_not_there),
        EVALUATION_TEST(a_group_that_counts_on_what_applies_is_no_fault),
        EVALUATION_TEST(what_is_derived_is_not_compared_with_its_source),
        EVALUATION_TEST(a_rule_says_why_in_both_languages),
        EVALUATION_TEST(a_member_that_cannot_be_tested_makes_its_group_untestable),
    };
    return cmocka_run_group_tests_name("tester", tests, NULL, NULL);
}
