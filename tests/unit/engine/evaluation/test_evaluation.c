// SPDX-License-Identifier: MIT
#include "tests/unit/evaluation_fixture.h"

#include <sys/wait.h>
#include <unistd.h>

// ---- which rows

static void the_ends_of_the_period_are_inclusive(void **state)
{
    (void)state;
    sell();
    run_control(ORDERS TEST_ALL);
    finds("OWN-01:sales_order:SO2 OWN-01:sales_order:SO3 OWN-01:sales_order:SO7");
    counts("7 4 0 3 0 1 0 3 3");
    has_reason("no date: sales_order.order_date is empty (1)");
    has_status("OWN-01", STATUS_EXCEPTIONS);
    assert_int_equal(evaluation->evaluated_rows, 4);
}

static void open_scope_takes_what_is_dated_up_to_as_of(void **state)
{
    (void)state;
    sell();
    run_control(ORDERS "scope = 'open', " TEST_ALL);
    finds("OWN-01:sales_order:SO1 OWN-01:sales_order:SO2 OWN-01:sales_order:SO3 "
          "OWN-01:sales_order:SO4 OWN-01:sales_order:SO7");
    counts("7 6 0 5 0 1 0 5 5");
}

static void all_rows_include_those_without_a_date(void **state)
{
    (void)state;
    sell();
    run_control(ORDERS "scope = 'all', " TEST_ALL);
    counts("7 6 0 6 0 0 0 6 6");
}

static void a_table_without_a_date_is_in_scope(void **state)
{
    (void)state;
    sell();
    run_control("population = 'customer', " TEST_ALL);
    counts("2 2 0 2 0 0 0 2 2");
}

static void a_control_may_name_another_date(void **state)
{
    (void)state;
    put_rows("sales_order", "order_id,order_date,approved_at\nSO1,2026-09-30,2026-10-01T00:00:00\n"
                            "SO2,2026-10-01,2026-11-01T00:00:00\nSO3,2026-10-01,\n"
                            "SO4,2026-10-01,2026-10-31T23:59:59\n");
    seal();
    run_control(ORDERS "period = 'approved_at', " TEST_ALL);
    finds("OWN-01:sales_order:SO1 OWN-01:sales_order:SO4");
    counts("4 3 0 2 0 1 0 2 2");
}

static void another_date_after_as_of_is_not_open(void **state)
{
    (void)state;
    put_rows("sales_order", "order_id,order_date,approved_at\nSO1,2026-10-01,2026-11-05T23:00:00\n"
                            "SO2,2026-10-01,2026-11-06T00:00:00\n");
    seal();
    run_control(ORDERS "period = 'approved_at', scope = 'open', " TEST_ALL);
    finds("OWN-01:sales_order:SO1");
}

static void entries_are_placed_by_their_period(void **state)
{
    (void)state;
    put_rows("entry",
             "entry_id,period,amount\n1,2026-09,1\n2,2026-10,1\n3,2026-11,1\n4,,1\n5,x,1\n");
    seal();
    run_control("population = 'entry', " TEST_ALL);
    finds("OWN-01:entry:2");
    counts("5 3 0 1 0 2 0 1 1");
}

static void several_populations_are_one_control(void **state)
{
    (void)state;
    sell();
    run_control("population = { 'sales_order_line', 'customer' }, " TEST_ALL);
    finds("OWN-01:customer:C1 OWN-01:customer:C2 OWN-01:sales_order_line:SO2/1 "
          "OWN-01:sales_order_line:SO3/1 OWN-01:sales_order_line:SO3/2");
    counts("6 5 0 5 0 0 0 5 5");
}

// ---- what becomes of them

static void every_row_ends_somewhere(void **state)
{
    (void)state;
    sell();
    run_control(ORDERS
                "scope = 'all', "
                "applies = function(row) return row.order_id ~= 'SO1' end, "
                "test = function(row) "
                " if row.order_id == 'SO2' then return end "
                " if row.order_id == 'SO3' then return exception { amount = row.amount } end "
                " if row.order_id == 'SO4' then untestable 'no contract' end "
                " if row.order_id == 'SO6' then error('broken') end "
                " if row.amount > 0 then return end end");
    counts("7 6 1 2 1 2 1 1 1");
    has_status("OWN-01", STATUS_EXCEPTIONS);
    has_reason("no contract (1)");
    has_reason("broken (1)");
    has_reason("sales_order.amount cannot be read: \"oops\" (1)");
}

static void nothing_found_is_clean_only_when_all_was_tested(void **state)
{
    (void)state;
    sell();
    run_control("population = 'customer', test = function(row) end");
    has_status("OWN-01", STATUS_CLEAN);
    has_no_reason();
    run_control("population = 'customer', test = function(row) return false end");
    has_status("OWN-01", STATUS_CLEAN);
    run_control("population = 'customer', test = function(row) "
                "if row.name == 'Beta' then untestable 'odd' end end");
    has_status("OWN-01", STATUS_PARTIAL);
    run_control("population = 'customer', test = function(row) untestable 'odd' end");
    has_status("OWN-01", STATUS_NOT_RUN);
    has_reason("odd (2)");
    run_control("population = 'customer', applies = function(row) return nil end, " TEST_ALL);
    has_status("OWN-01", STATUS_UNTESTED);
    counts("2 2 2 0 0 0 0 0 0");
}

static void an_error_on_every_row_is_a_failure(void **state)
{
    (void)state;
    sell();
    run_control("population = 'customer', test = function(row) return row.name .. {} end");
    has_status("OWN-01", STATUS_FAILED);
    has_reason("attempt to");
    run_control("population = 'customer', test = function(row) "
                "if row.name == 'Beta' then error('broken') end end");
    has_status("OWN-01", STATUS_PARTIAL);
    run_control("population = 'customer', applies = function(row) error('broken') end, " TEST_ALL);
    has_status("OWN-01", STATUS_FAILED);
}

static void an_error_on_every_row_that_could_be_tested_is_a_failure(void **state)
{
    (void)state;
    sell();
    run_control(ORDERS "test = function(row) error('broken') end"); // SO6 has no date
    has_status("OWN-01", STATUS_FAILED);
}

static void results_that_are_no_results_are_errors(void **state)
{
    (void)state;
    sell();
    static const char *const wrong[] = {"return true", "return 5",
                                        "return 'x'",  "return { 5 }",
                                        "return row",  "return { exception { }, true }"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        char body[200];
        snprintf(body, sizeof body,
                 "population = 'customer', test = function(row) local x = row.name %s end",
                 wrong[i]);
        run_control(body);
        const struct control_result *result = &evaluation->results[0];
        if (result->errors != 2 || result->exceptions != 0)
            fail_msg("%s: %zu errors", wrong[i], result->errors);
    }
    run_control("population = 'customer', test = function(row) return { } end");
    has_status("OWN-01", STATUS_CLEAN);
}

// ---- exceptions

static void add_amounts(struct buffer *out, const struct control_result *result)
{
    for (size_t i = 0; i < result->amounts.count; i++) {
        sum_format(&result->amounts.items[i], false, out);
        buffer_printf(out, " %s\n", result->amounts.items[i].currency);
    }
}

static void has_amounts(const char *expected)
{
    struct buffer text = {0};
    add_amounts(&text, &evaluation->results[0]);
    assert_string_equal(buffer_text(&text), expected);
    buffer_clear(&text);
}

static void an_exception_tells_what_decided_it(void **state)
{
    (void)state;
    sell();
    run_control(
        "population = 'sales_order_line', message = 'order {order} of {when}: {nothing} {amount}', "
        "test = function(row) if row.order_id == 'SO3' and row.line_no == 1 then return exception "
        "{ "
        "amount = row.order.amount * 2, nothing = row.quantity and nil, order = row.order, when = "
        "row.order.order_date, "
        "quantities = { 1, decimal '2.50' }, severity = 'low', label = 'a/b', "
        "evidence = { row.order, { row.order.customer }, row.order.lines } } end end");
    assert_int_equal(evaluation->finding_count, 1);
    const struct finding *finding = &evaluation->findings[0];
    assert_string_equal(finding->key, "SO3/1");
    assert_string_equal(finding->label, "a%2Fb");
    assert_int_equal(finding->severity, SEVERITY_LOW);
    assert_int_equal(finding->amount.coefficient, 7);
    assert_string_equal(dictionary_get(data->texts, finding->currency).bytes, "USD");
    assert_int_equal(finding->value_count, 3);
    assert_string_equal(finding->values[0].name, "order");
    assert_string_equal(finding->values[0].text, "SO3");
    assert_string_equal(finding->values[1].text, "1, 2.5");
    assert_string_equal(finding->values[2].text, "2026-10-31");
    assert_int_equal(finding->evidence_count, 4);
    assert_int_equal(finding->evidence[1].table, table_at("customer"));
    assert_int_equal(finding->evidence[2].row, row_at("sales_order_line", "SO3/1"));
    assert_int_equal(strlen(finding->fingerprint), 64);
    struct buffer message = {0};
    finding_message(data, engagement.controls, finding, "zh", &message);
    assert_string_equal(message.data, "order SO3 of 2026-10-31: – 7.00");
    buffer_clear(&message);
    has_amounts("7.00 USD\n");
}

static void amounts_are_added_by_currency_and_sign(void **state)
{
    (void)state;
    put_rows("sales_order",
             "order_id,order_date,currency,amount\n1,2026-10-01,USD,0.1\n"
             "2,2026-10-01,,9223372036854775.8\n3,2026-10-01,CNY,9223372036854775.8\n"
             "4,2026-10-01,USD,-0.35\n5,2026-10-01,EUR,\n");
    seal();
    run_control(ORDERS "test = function(row) return exception { amount = row.amount } end");
    const struct control_result *result = &evaluation->results[0];
    has_amounts("18446744073709551.60 CNY\n0.10 USD\n-0.35 USD\n");
    assert_int_equal(result->exceptions, 5);
}

// Fifty of them at eighteen places need more than 128 bits.
static void a_sum_that_cannot_be_held_is_not_known(void **state)
{
    (void)state;
    struct buffer rows = {0};
    buffer_add_text(&rows, "order_id,order_date,currency,amount\n0,2026-10-01,CNY,1\n");
    for (int row = 1; row <= 50; row++)
        buffer_printf(&rows, "%d,2026-10-01,%s,1\n", row, row > 1 ? "CNY" : "USD");
    put_rows("sales_order", rows.data);
    buffer_clear(&rows);
    seal();
    run_control(ORDERS "test = function(row) return exception { amount = row.order_id == '0' and "
                       "decimal '0.000000000000000001' or 9223372036854775807 } end");
    has_amounts("? CNY\n9223372036854775807.00 USD\n");
}

static void the_currency_of_an_exception(void **state)
{
    (void)state;
    sell();
    run_control(ORDERS "test = function(row) if row.order_id == 'SO3' then "
                       "return exception { amount = 5, currency = 'CNY' } end end");
    assert_string_equal(dictionary_get(data->texts, evaluation->findings[0].currency).bytes, "CNY");
    run_control(ORDERS "test = function(row) if row.order_id == 'SO3' then "
                       "return exception { amount = 5 } end end");
    assert_string_equal(dictionary_get(data->texts, evaluation->findings[0].currency).bytes, "USD");
    run_control(ORDERS "test = function(row) if row.order_id == 'SO3' then "
                       "return exception { amount = 5, currency = 'XYZ' } end end");
    assert_int_equal(evaluation->results[0].errors, 1);
    assert_int_equal(evaluation->finding_count, 0);
}

static void several_exceptions_of_a_row_need_labels(void **state)
{
    (void)state;
    sell();
    run_control("population = 'customer', test = function(row) return { exception { label = 'a' }, "
                "exception { label = 'b' } } end");
    finds("OWN-01:customer:C1#a OWN-01:customer:C1#b OWN-01:customer:C2#a OWN-01:customer:C2#b");
    counts("2 2 0 2 0 0 0 2 4");
    run_control("population = 'customer', test = function(row) "
                "return { exception { }, exception { } } end");
    has_status("OWN-01", STATUS_FAILED);
    has_reason("OWN-01:customer:C1");
    has_reason("label");
    assert_int_equal(evaluation->finding_count, 0);
    assert_int_equal(evaluation->results[0].loaded, 2);
}

// Two rows of one key are a finding about the data, not a mistake of the rule.
static void rows_of_one_key_do_not_fail_the_control(void **state)
{
    (void)state;
    put_rows("customer", "customer_id,name\nC1,a\nC1,b\nC2,c\n");
    seal();
    run_control("population = 'customer', " TEST_ALL);
    has_status("OWN-01", STATUS_EXCEPTIONS);
    assert_int_equal(evaluation->results[0].exception_rows, 3);
    finds("OWN-01:customer:C1 OWN-01:customer:C1##duplicate-2 OWN-01:customer:C2");
    run_control(
        "population = 'customer', test = function(row) "
        "if row.name == 'a' then return { exception {}, exception { label = 'duplicate-2' }, "
        "exception { label = '#duplicate-2' } } end return exception {} end");
    finds("OWN-01:customer:C1 OWN-01:customer:C1##duplicate-2 OWN-01:customer:C1#%23duplicate-2 "
          "OWN-01:customer:C1#duplicate-2 OWN-01:customer:C2");
}

// ---- groups

static void groups_come_whole_and_in_key_order(void **state)
{
    (void)state;
    put_rows("sales_order", "order_id,customer_id,order_date\n3,C1,2026-10-05\n10,C2,2026-10-05\n"
                            "1,C1,2026-10-06\n2,C2,2026-10-05\n4,,2026-10-05\n5,C1,2026-09-01\n"
                            "6,C3,\n");
    seal();
    run_control(ORDERS "group = { 'customer_id' }, test = function(rows) local s = '' "
                       "for _, r in ipairs(rows) do s = s .. r.order_id .. ' ' end "
                       "return exception { ids = s } end");
    finds("OWN-01:sales_order:C1 OWN-01:sales_order:C2");
    assert_string_equal(evaluation->findings[0].values[0].text, "1 3 ");
    assert_string_equal(evaluation->findings[1].values[0].text, "10 2 "); // texts, bytewise
    // One without a customer is not applicable, one without a date is untestable.
    counts("7 6 1 4 0 1 0 4 2");
}

static void groups_by_a_function_of_the_row(void **state)
{
    (void)state;
    sell();
    run_control("population = { 'sales_order_line', 'sales_order' }, scope = 'all', "
                "group = function(row) if row.order_id ~= 'SO1' then "
                "return { row.order_id, 'a/b' } end end, "
                "test = function(rows) if #rows > 2 then return exception { n = #rows } end end");
    finds("OWN-01:sales_order:SO3/a%2Fb"); // its first table of the model
    assert_string_equal(evaluation->findings[0].values[0].text, "3");
    const struct control_result *result = &evaluation->results[0];
    assert_int_equal(result->exception_rows, 3);
    assert_int_equal(result->not_applicable, 1);
}

static void a_row_of_a_group_may_be_named(void **state)
{
    (void)state;
    sell();
    run_control(ORDERS
                "scope = 'all', group = { 'customer_id' }, test = function(rows) local all = { } "
                "for i, r in ipairs(rows) do if i > 1 then "
                "table.insert(all, exception { row = r }) end end return all end");
    // C1: SO1 SO2 SO6; C2: SO3 SO4; C9: SO7
    finds("OWN-01:sales_order:SO2 OWN-01:sales_order:SO4 OWN-01:sales_order:SO6");
    counts("7 6 0 6 3 0 0 3 3");
}

static void a_named_row_whose_key_is_the_groups(void **state)
{
    (void)state;
    put_rows("sales_order", "order_id,order_date,contract_id\nA,2026-10-05,A\nB,2026-10-05,A\n"
                            "C,2026-10-05,A\n");
    seal();
    run_control(ORDERS "group = { 'contract_id' }, test = function(rows) "
                       "return exception { row = rows[1] } end");
    finds("OWN-01:sales_order:A");
    counts("3 3 0 3 2 0 0 1 1");
}

static void one_row_of_a_group_may_be_untestable(void **state)
{
    (void)state;
    sell();
    run_control(ORDERS "scope = 'all', group = { 'customer_id' }, test = function(rows) "
                       "return { untestable_row(rows[1], 'no terms') } end");
    counts("7 6 0 3 3 3 0 0 0");
    has_reason("no terms (3)");
    run_control(ORDERS "scope = 'all', group = { 'customer_id' }, test = function(rows) "
                       "if #rows == 3 then untestable 'no limit' end end");
    counts("7 6 0 3 3 3 0 0 0");
    run_control(ORDERS "scope = 'all', group = { 'customer_id' }, test = function(rows) "
                       "if #rows == 3 then error('broken') end end");
    counts("7 6 0 3 3 0 3 0 0");
    // What is wrong further on takes the whole result back, with the reasons before it.
    run_control(ORDERS "scope = 'all', group = { 'customer_id' }, test = function(rows) "
                       "return { untestable_row(rows[1], 'no terms'), 'wrong' } end");
    counts("7 6 0 0 0 0 6 0 0");
    assert_int_equal(result_of("OWN-01")->reason_count, 1);
    assert_int_equal(result_of("OWN-01")->reasons[0].rows, 6);
}

static void a_group_larger_than_a_block_is_not_split(void **state)
{
    (void)state;
    enum { ROWS = 70000 };
    struct buffer text = {0};
    buffer_add_text(&text, "order_id,line_no,product\n");
    for (int row = 0; row < ROWS; row++)
        buffer_printf(&text, "SO%d,1,%s\n", row, row % 7 ? "P" : row % 2 ? "Q" : "R");
    put_rows("sales_order_line", text.data);
    buffer_clear(&text);
    put_rows("sales_order", "order_id,order_date\n");
    seal();
    run_control("population = 'sales_order_line', scope = 'all', group = { 'product' }, "
                "test = function(rows) return exception { n = #rows } end");
    finds("OWN-01:sales_order_line:P OWN-01:sales_order_line:Q OWN-01:sales_order_line:R");
    assert_string_equal(evaluation->findings[0].values[0].text, "60000");
    assert_string_equal(evaluation->findings[1].values[0].text, "5000");
    counts("70000 70000 0 70000 0 0 0 70000 3");
}

// ---- before any row is tested

static void evidence_that_nobody_records(void **state)
{
    (void)state;
    put_rows("sales_order", "order_id,order_date,note\nSO1,2026-10-05,\nSO2,2026-10-05,\n");
    seal();
    const char *body = ORDERS "evidence_columns = { 'sales_order.note' }, " TEST_ALL;
    run_control(body);
    has_status("OWN-01", STATUS_NOT_RUN);
    has_reason("sales_order.note is empty in all 2 rows");
    assert_int_equal(evaluation->results[0].loaded, 2);
    assert_int_equal(evaluation->finding_count, 0);
    run_control(ORDERS
                "evidence_columns = { 'sales_order.note' }, "
                "parameters = { assume_recorded = { true, origin = 'default' } }, " TEST_ALL);
    has_status("OWN-01", STATUS_EXCEPTIONS);
    world_start(model_of(trade_model));
    put_rows("sales_order", "order_id,order_date,note\nSO1,2026-10-05,x\nSO2,2026-10-05,\n");
    seal();
    run_control(body);
    has_status("OWN-01", STATUS_EXCEPTIONS);
    world_start(model_of(trade_model));
    put_rows("sales_order", "order_id,order_date\nSO1,2026-10-05\n");
    seal();
    run_control(body);
    has_status("OWN-01", STATUS_NOT_RUN);
    has_reason("sales_order.note was not imported");
}

static void populations_that_were_not_imported(void **state)
{
    (void)state;
    sell();
    run_control("population = 'approval', " TEST_ALL);
    has_status("OWN-01", STATUS_NOT_RUN);
    has_reason("approval was not imported");
    run_control("population = { 'approval', 'entry' }, " TEST_ALL);
    has_reason("approval and entry were not imported");
    run_control("population = { 'approval', 'customer' }, " TEST_ALL);
    has_status("OWN-01", STATUS_EXCEPTIONS);
    world_start(model_of(trade_model));
    put_rows("customer", "customer_id\n");
    seal();
    run_control("population = 'customer', " TEST_ALL);
    has_status("OWN-01", STATUS_UNTESTED);
    counts("0 0 0 0 0 0 0 0 0");
}

static void one_of_several_populations_missing_is_partial(void **state)
{
    (void)state;
    sell();
    run_control("population = { 'approval', 'customer' }, test = function() end");
    has_status("OWN-01", STATUS_PARTIAL);
    has_reason("approval was not imported");
}

static void disabled_and_unselected_controls(void **state)
{
    (void)state;
    sell();
    declare("control 'OWN-03' { title = 'c', severity = 'low', amount_kind = 'exposure', "
            "population = 'customer', " TEST_ALL " }\n"
            "control 'OWN-01' { title = 'a', severity = 'low', amount_kind = 'exposure', "
            "population = 'customer', " TEST_ALL " }\n"
            "control 'OWN-02' { title = 'b', severity = 'low', amount_kind = 'exposure', "
            "population = 'customer', " TEST_ALL " }\n");
    engagement.controls[0].disabled = true;
    engagement.controls[0].disabled_reason = "done elsewhere";
    engagement.controls[1].selected = false;
    evaluate();
    has_status("OWN-01", STATUS_DISABLED);
    has_reason("done elsewhere");
    assert_int_equal(result_of("OWN-02")->loaded, 0);
    finds("OWN-03:customer:C1 OWN-03:customer:C2");
}

static void parameters_reach_the_test(void **state)
{
    (void)state;
    sell();
    run_control(
        "population = 'customer', parameters = { limit = { decimal '0.50', origin = 'policy' }, "
        "days = { 3 }, grades = { { 'A', 'X' } }, on = { date '2026-10-05' } }, "
        "applies = function(row, p) return p.days == 3 end, "
        "test = function(row, p) if row.grade == p.grades[1] then "
        "return exception { limit = p.limit, on = p.on + p.days } end end");
    finds("OWN-01:customer:C1");
    assert_string_equal(evaluation->findings[0].values[0].text, "0.5");
    assert_string_equal(evaluation->findings[0].values[1].text, "2026-10-08");
}

// ---- limits

static void an_endless_loop_fails_only_its_control(void **state)
{
    (void)state;
    sell();
    options.instructions_per_row = 100000;
    declare("control 'OWN-01' { title = 'a', severity = 'low', amount_kind = 'exposure', "
            "population = 'customer', " TEST_ALL " }\n"
            "control 'OWN-02' { title = 'b', severity = 'low', amount_kind = 'exposure', "
            "population = 'customer', "
            "test = function(row) while true do end end }\n"
            "control 'OWN-03' { title = 'c', severity = 'low', amount_kind = 'exposure', "
            "population = 'customer', test = function(row) "
            "if row.name == 'Beta' then while true do end end return exception { } end }\n"
            "control 'OWN-04' { title = 'd', severity = 'low', amount_kind = 'exposure', "
            "population = 'customer', group = { 'grade' }, "
            "test = function(rows) while true do end end }\n"
            "control 'OWN-05' { title = 'e', severity = 'low', amount_kind = 'exposure', "
            "population = 'customer', " TEST_ALL " }\n");
    evaluate();
    has_status("OWN-01", STATUS_EXCEPTIONS);
    has_status("OWN-02", STATUS_FAILED);
    has_status("OWN-03", STATUS_FAILED);
    has_status("OWN-04", STATUS_FAILED);
    has_status("OWN-05", STATUS_EXCEPTIONS);
    char *reason = reason_of(result_of("OWN-02"));
    assert_string_equal(reason, "used more than 100000 instructions on one row customer C1");
    free(reason);
    assert_int_equal(result_of("OWN-03")->loaded, 2);
    assert_int_equal(result_of("OWN-03")->exceptions, 0);
    finds("OWN-01:customer:C1 OWN-01:customer:C2 OWN-05:customer:C1 OWN-05:customer:C2");
}

static void too_much_memory_fails_only_its_control(void **state)
{
    (void)state;
    sell();
    options.bytes_per_block = 4 << 20;
    declare("control 'OWN-01' { title = 'a', severity = 'low', amount_kind = 'exposure', "
            "population = 'customer', test = function(row) "
            "local t = { } for i = 1, 10000000 do t[i] = i end end }\n"
            "control 'OWN-02' { title = 'b', severity = 'low', amount_kind = 'exposure', "
            "population = 'customer', " TEST_ALL " }\n");
    evaluate();
    has_status("OWN-01", STATUS_FAILED);
    has_status("OWN-02", STATUS_EXCEPTIONS);
}

// ---- the same whatever the order

// All that a run says, as one text.
static char *told(void)
{
    struct buffer text = {0};
    for (int i = 0; i < evaluation->result_count; i++) {
        const struct control_result *result = &evaluation->results[i];
        char *reason = reason_of(result);
        buffer_printf(&text, "%s %s %zu %zu %zu %zu %zu %zu %zu %s\n", engagement.controls[i].id,
                      status_name(result->status), result->loaded, result->in_scope, result->tested,
                      result->untestable, result->errors, result->exception_rows,
                      result->exceptions, reason);
        free(reason);
        add_amounts(&text, result);
    }
    for (size_t i = 0; i < evaluation->finding_count; i++) {
        finding_id(data, engagement.controls, &evaluation->findings[i], &text);
        buffer_printf(&text, " %s", evaluation->findings[i].fingerprint);
        for (int value = 0; value < evaluation->findings[i].value_count; value++)
            buffer_printf(&text, " %s", evaluation->findings[i].values[value].text);
        buffer_add_text(&text, "\n");
    }
    return buffer_take(&text);
}

static const char several[] =
    "control 'OWN-01' { title = 'a', severity = 'low', amount_kind = 'exposure', population = "
    "'sales_order_line', scope = 'all', "
    "test = function(row) if row.quantity > 95 then "
    "return exception { amount = row.quantity * row.unit_price, n = #row.order.lines } end "
    "if row.quantity < 2 then untestable('too few ' .. row.quantity) end end }\n"
    "control 'OWN-02' { title = 'b', severity = 'low', amount_kind = 'exposure', population = "
    "'sales_order_line', scope = 'all', "
    "group = { 'product' }, test = function(rows) local s = '' local first = rows[1] "
    "for i, r in ipairs(rows) do if i < 9 then s = s .. r end end "
    "return exception { keys = s, evidence = rows[2] } end }\n"
    "control 'OWN-03' { title = 'c', severity = 'low', amount_kind = 'exposure', population = "
    "'sales_order_line', scope = 'all', "
    "test = function(row) if row.line_no == 2 then error('odd ' .. row.product) end end }\n"
    "control 'OWN-04' { title = 'd', severity = 'low', amount_kind = 'exposure', population = "
    "'sales_order', scope = 'all', "
    "test = function(row) local s = '' for _, l in ipairs(sort(row.lines, 'quantity')) do "
    "s = s .. l.line_no end return exception { s = s } end }\n";

// Lines of many orders; `stride` takes them in another order.
static void many_lines(int stride)
{
    enum { ROWS = 3001 };
    struct buffer lines = {0}, orders = {0};
    buffer_add_text(&lines, "order_id,line_no,product,quantity,unit_price\n");
    buffer_add_text(&orders, "order_id,order_date\n");
    for (int i = 0; i < ROWS; i++) {
        int row = (int)((int64_t)i * stride % ROWS);
        buffer_printf(&lines, "SO%d,%d,P%d,%d.5,%d\n", row / 3, row % 3 + 1, row % 11,
                      row * 37 % 100, row % 5);
        if (row % 3 == 0)
            buffer_printf(&orders, "SO%d,2026-10-05\n", row / 3);
    }
    put_rows("sales_order_line", lines.data);
    put_rows("sales_order", orders.data);
    buffer_clear(&lines);
    buffer_clear(&orders);
    seal();
}

static void the_same_for_any_number_of_workers(void **state)
{
    (void)state;
    many_lines(1);
    declare(several);
    char *first = NULL;
    for (options.jobs = 1; options.jobs <= 3; options.jobs++) {
        evaluate();
        char *text = told();
        if (first)
            assert_string_equal(text, first);
        else
            first = memory_text(text);
        free(text);
    }
    assert_non_null(strstr(first, "OWN-01 exceptions"));
    free(first);
}

static void the_same_for_any_order_of_rows(void **state)
{
    (void)state;
    static const int strides[] = {1, 2, 7, 1009, 3000};
    char *first = NULL;
    for (size_t i = 0; i < sizeof strides / sizeof *strides; i++) {
        world_start(model_of(trade_model));
        many_lines(strides[i]);
        declare(several);
        evaluate();
        char *text = told();
        if (first)
            assert_string_equal(text, first);
        else
            first = memory_text(text);
        free(text);
    }
    free(first);
}

// Each of a hundred rows has a reason of its own; which are named may not depend on the rows'
// order.
static void many_reasons_are_the_same_for_any_order_of_rows(void **state)
{
    (void)state;
    char *first = NULL;
    for (int stride = 1; stride <= 7; stride += 6) {
        world_start(model_of(trade_model));
        struct buffer text = {0};
        buffer_add_text(&text, "customer_id\n");
        for (int i = 0; i < 100; i++)
            buffer_printf(&text, "C%02d\n", i * stride % 100);
        put_rows("customer", text.data);
        buffer_clear(&text);
        seal();
        run_control(
            "population = 'customer', test = function(row) untestable(row.customer_id) end");
        char *said = told();
        if (first)
            assert_string_equal(said, first);
        else
            first = memory_text(said);
        free(said);
    }
    free(first);
}

static void rows_tell_nothing_to_one_another(void **state)
{
    (void)state;
    put_rows("customer", "customer_id\nC1\nC2\nC3\n");
    seal();
    run_control("population = 'customer', parameters = { n = { 0 } }, test = function(row, p) "
                "return exception { n = p.n } end");
    for (int i = 0; i < 3; i++)
        assert_string_equal(evaluation->findings[i].values[0].text, "0");
}

static int progress_done, progress_total;

static void count_progress(void *context, int done, int total)
{
    (void)context;
    assert_true(done > progress_done);
    progress_done = done;
    progress_total = total;
}

static void progress_ends_at_the_total(void **state)
{
    (void)state;
    many_lines(1);
    declare(several);
    progress_done = progress_total = 0;
    options.progress = count_progress;
    evaluate();
    assert_int_equal(progress_done, 4);
    assert_int_equal(progress_total, 4);
}

static void no_worker_is_left_behind(void **state)
{
    (void)state;
    sell();
    run_control(ORDERS TEST_ALL);
    assert_int_equal(waitpid(-1, NULL, WNOHANG), -1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        EVALUATION_TEST(the_ends_of_the_period_are_inclusive),
        EVALUATION_TEST(open_scope_takes_what_is_dated_up_to_as_of),
        EVALUATION_TEST(all_rows_include_those_without_a_date),
        EVALUATION_TEST(a_table_without_a_date_is_in_scope),
        EVALUATION_TEST(a_control_may_name_another_date),
        EVALUATION_TEST(another_date_after_as_of_is_not_open),
        EVALUATION_TEST(entries_are_placed_by_their_period),
        EVALUATION_TEST(several_populations_are_one_control),
        EVALUATION_TEST(every_row_ends_somewhere),
        EVALUATION_TEST(nothing_found_is_clean_only_when_all_was_tested),
        EVALUATION_TEST(an_error_on_every_row_is_a_failure),
        EVALUATION_TEST(an_error_on_every_row_that_could_be_tested_is_a_failure),
        EVALUATION_TEST(results_that_are_no_results_are_errors),
        EVALUATION_TEST(an_exception_tells_what_decided_it),
        EVALUATION_TEST(amounts_are_added_by_currency_and_sign),
        EVALUATION_TEST(a_sum_that_cannot_be_held_is_not_known),
        EVALUATION_TEST(the_currency_of_an_exception),
        EVALUATION_TEST(several_exceptions_of_a_row_need_labels),
        EVALUATION_TEST(rows_of_one_key_do_not_fail_the_control),
        EVALUATION_TEST(groups_come_whole_and_in_key_order),
        EVALUATION_TEST(groups_by_a_function_of_the_row),
        EVALUATION_TEST(a_row_of_a_group_may_be_named),
        EVALUATION_TEST(a_named_row_whose_key_is_the_groups),
        EVALUATION_TEST(one_row_of_a_group_may_be_untestable),
        EVALUATION_TEST(a_group_larger_than_a_block_is_not_split),
        EVALUATION_TEST(evidence_that_nobody_records),
        EVALUATION_TEST(populations_that_were_not_imported),
        EVALUATION_TEST(one_of_several_populations_missing_is_partial),
        EVALUATION_TEST(disabled_and_unselected_controls),
        EVALUATION_TEST(parameters_reach_the_test),
        EVALUATION_TEST(an_endless_loop_fails_only_its_control),
        EVALUATION_TEST(too_much_memory_fails_only_its_control),
        EVALUATION_TEST(the_same_for_any_number_of_workers),
        EVALUATION_TEST(the_same_for_any_order_of_rows),
        EVALUATION_TEST(many_reasons_are_the_same_for_any_order_of_rows),
        EVALUATION_TEST(rows_tell_nothing_to_one_another),
        EVALUATION_TEST(progress_ends_at_the_total),
        EVALUATION_TEST(no_worker_is_left_behind),
    };
    return cmocka_run_group_tests_name("evaluation", tests, NULL, NULL);
}
