// SPDX-License-Identifier: MIT
// Types of expressions: what is certain is known, what is not is any.
#include "engine/base/buffer.h"
#include "engine/language/typing.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { EMPLOYEE, ORDER, LINE };

static char *statuses[] = {"draft", "approved"};
static struct field employee_fields[] = {{.name = "name", .type = TYPE_TEXT}};
static struct field order_fields[] = {
    {.name = "order_date", .type = TYPE_DATE},
    {.name = "approved_at", .type = TYPE_TIMESTAMP},
    {.name = "status", .type = TYPE_ENUM, .values = statuses, .value_count = 2},
    {.name = "urgent", .type = TYPE_BOOL},
    {.name = "amount", .type = TYPE_MONEY}};
static struct reference order_references[] = {{.name = "clerk", .target = EMPLOYEE},
                                              {.name = "anything", .target = -1}};
static struct reverse order_reverses[] = {{.name = "lines", .table = LINE, .reference = 0}};
static struct field line_fields[] = {{.name = "line_no", .type = TYPE_INT},
                                     {.name = "quantity", .type = TYPE_DECIMAL},
                                     {.name = "amount", .type = TYPE_MONEY}};
static struct reference line_references[] = {{.name = "order", .target = ORDER}};
static struct model_table tables[] = {
    [EMPLOYEE] = {.name = "employee", .fields = employee_fields, .field_count = 1},
    [ORDER] = {.name = "sales_order",
               .fields = order_fields,
               .field_count = 5,
               .references = order_references,
               .reference_count = 2,
               .reverses = order_reverses,
               .reverse_count = 1},
    [LINE] = {.name = "sales_order_line",
              .fields = line_fields,
              .field_count = 3,
              .references = line_references,
              .reference_count = 1},
};
static const struct model model = {.tables = tables, .table_count = 3};
static const struct helper_type helpers[] = {
    {.name = "total", .result = "money"},
    {.name = "clerk_of", .result = "row:employee"},
    {.name = "lines_of", .result = "list:sales_order_line"},
    {.name = "larger", .result = "argument 1"},
    {.name = "first", .result = "element 1"},
    {.name = "strange", .result = "something new"},
    {.name = "all_rows", .result = "list:argument 1"},
    {.name = "one_row", .result = "row:argument 2"},
    {.name = "as_of", .result = "date"},
    {.name = "matching", .result = "argument 1", .callback = "element 1"},
};

// The type of the expression returned by `function(line, order, list)` after `body`.
static void expect(const char *body, const char *described)
{
    struct buffer text = {0};
    struct syntax_error error;
    buffer_printf(&text, "local function f(line, order, list) %s end", body);
    struct syntax *syntax = syntax_parse(buffer_text(&text), text.length, &error);
    assert_non_null(syntax);
    struct typing *typing = typing_new(syntax, &model, helpers, sizeof helpers / sizeof *helpers);
    int line = LINE, order = ORDER;
    struct node *function = syntax->root->last->first->last;
    typing_bind(typing, function,
                (struct value_type[]){typing_rows(typing, VALUE_ROW, &line, 1),
                                      typing_rows(typing, VALUE_ROW, &order, 1),
                                      typing_rows(typing, VALUE_LIST, &line, 1)},
                3);
    typing_run(typing);
    const struct node *last = function->last->last;
    assert_int_equal(last->kind, NODE_RETURN);
    char what[120];
    value_describe(typing, typing_of(typing, last->first), what);
    if (strcmp(what, described) != 0)
        print_message("%s\n", body);
    assert_string_equal(what, described);
    typing_free(typing);
    syntax_free(syntax);
    buffer_clear(&text);
}

#define DECIMAL "a decimal"
#define WHOLE "a whole number"
#define ANY "an unknown value"

static void rows_lead_to_fields_rows_and_lists(void **state)
{
    (void)state;
    expect("return line.quantity", DECIMAL);
    expect("return line.amount", DECIMAL);
    expect("return line.line_no", WHOLE);
    expect("return line.order", "a row of sales_order");
    expect("return line.order.clerk.name", "a text");
    expect("return line.order.lines", "a list of rows of sales_order_line");
    expect("return line.order.lines[1].order.urgent", "true or false");
    expect("return line.order.order_date", "a date");
    expect("return line.order.approved_at", "a timestamp");
    expect("return order.anything", ANY);
    expect("return line.nothing", ANY);
    expect("return line[line.order]", ANY);
    expect("return list.n", ANY);
}

static void calculations(void **state)
{
    (void)state;
    expect("return line.quantity * line.amount - 1", DECIMAL);
    expect("return line.quantity + unknown", DECIMAL);
    expect("return line.line_no + unknown", ANY);
    expect("return line.line_no * 2 - 1", WHOLE);
    expect("return -line.quantity", DECIMAL);
    expect("return order.order_date - order.order_date", WHOLE);
    expect("return order.order_date + 30", "a date");
    expect("return order.approved_at - order.approved_at", ANY);
    expect("return #list", WHOLE);
    expect("return line.quantity < 3", "true or false");
    expect("return not line.order", "true or false");
    expect("return line.line_no .. 1", "a text");
    expect("return line.quantity / 2", ANY);
}

static void choices_join(void **state)
{
    (void)state;
    expect("return line.order and line.order.amount or 0", DECIMAL);
    expect("return line.quantity or line.order.status", ANY);
    expect("return line.quantity or 3", ANY);
    expect("return line.quantity or nil", DECIMAL);
    expect("return order.status or order.clerk.name", "a text");
    expect("return order.order_date or order.approved_at", ANY);
    expect("return (unknown and line or line.order.lines[2]).quantity", DECIMAL);
    expect("return (unknown and line or order).amount", DECIMAL);
    expect("return (unknown and line or order)", "a row");
}

static void locals_hold_all_they_are_given(void **state)
{
    (void)state;
    expect("local q = line.quantity return q", DECIMAL);
    expect("local q q = line.quantity return q", DECIMAL);
    expect("local q = line.quantity q = \"x\" return q", ANY);
    expect("local function set() q = 1 end local q = 0 q = line.quantity return q", DECIMAL);
    expect("local q = 0 local function set() q = line.quantity end return q", DECIMAL);
    expect("local t = 0 for _, l in ipairs(list) do t = t + l.quantity end return t", DECIMAL);
    expect("local n = 0 for _ in ipairs(list) do n = n + 1 end return n", WHOLE);
    expect("local a, b = line.quantity, order.status return b", "a text");
    expect("local a, b = total(1) return a", DECIMAL);
    expect("local a, b = total(1) return b", ANY);
    expect("local a, b = 1 return b", "nil");
    expect("local a, b = line.line_no, line.quantity a, b = b, a return a", ANY);
    // The type arrives by way of a later statement.
    expect("local a local b for i = 1, 3 do b = a a = line.quantity end return b", DECIMAL);
}

static void loops_give_rows(void **state)
{
    (void)state;
    expect("local x for i, l in ipairs(list) do x = l end return x", "a row of sales_order_line");
    expect("local x for i, l in ipairs(list) do x = i end return x", WHOLE);
    expect("local x for l in each(list) do x = l end return x", "a row of sales_order_line");
    expect("local x for _, l in each(list) do x = l end return x", "a row of sales_order_line");
    expect("local x for a, b in each(list) do x = b end return x", ANY);
    expect("local x for _, l in pairs(list) do x = l.quantity end return x", DECIMAL);
    expect("local x for i = 1, line.quantity do x = i end return x", WHOLE);
    expect("local x for i = line.quantity, 9 do x = i end return x", ANY);
    expect("local ipairs = unknown local x for _, l in ipairs(list) do x = l end return x", ANY);
}

static void helpers_have_results(void **state)
{
    (void)state;
    expect("return total(list)", DECIMAL);
    expect("return clerk_of(line).name", "a text");
    expect("return lines_of(order)[1].quantity", DECIMAL);
    expect("return larger(order.order_date, unknown)", "a date");
    expect("return larger(1, line.quantity)", ANY);
    expect("return larger(0, line.quantity)", DECIMAL);
    expect("return larger()", ANY);
    expect("return first(list)", "a row of sales_order_line");
    expect("return first(unknown)", ANY);
    expect("return strange(1)", ANY);
    expect("return all_rows(\"sales_order\")", "a list of rows of sales_order");
    expect("return all_rows \"sales_order_line\"", "a list of rows of sales_order_line");
    expect("return one_row(line, \"employee\").name", "a text");
    expect("return one_row(line, line.order)", ANY);
    expect("return one_row(line, \"no_table\")", ANY);
    expect("return as_of - order.order_date", WHOLE);
    expect("local as_of = unknown return as_of", ANY);
    expect("return decimal \"1.5\"", DECIMAL);
    expect("return date \"2026-10-05\"", "a date");
    expect("local total = unknown return total(1)", ANY);
    expect("local x matching(list, function(l, m) x = l end) return x",
           "a row of sales_order_line");
    expect("local x matching(list, function(l, m) x = m end) return x", ANY);
    expect("local x unknown(list, function(l) x = l end) return x", ANY);
}

static void local_functions_are_seen_through(void **state)
{
    (void)state;
    expect("local function q(l) return l.quantity end return q(line)", DECIMAL);
    expect("local q = function(l) return l.amount end return q(line)", DECIMAL);
    expect("local function q(l) if l then return 0 end return l.quantity end return q(line)",
           DECIMAL);
    expect("local function q(l) return l end q(order) return q(line)", "a row");
    expect("local function q(l) return l end unknown(q) return q(line)", ANY);
    expect("local function q(l) return l end local r = q return q(line)", ANY);
    expect("local function q(l) return l end if unknown then q = unknown end return q(line)", ANY);
    expect("local function q(n) if n == 0 then return 1 end return n * q(n - 1) end return q(5)",
           WHOLE);
    expect("local t = { q = function(l) return l end } return t.q(line)", ANY);
}

static void slow_growth_ends_in_any(void **state)
{
    (void)state;
    // Each pass carries the type one local further back.
    struct buffer text = {0};
    buffer_add_text(&text, "local a0");
    for (int i = 1; i < 60; i++)
        buffer_printf(&text, ", a%d", i);
    buffer_add_text(&text, " while unknown do ");
    for (int i = 0; i < 59; i++)
        buffer_printf(&text, "a%d = a%d ", i, i + 1);
    buffer_add_text(&text, "a59 = line.quantity end return a0");
    expect(buffer_text(&text), ANY);
    buffer_clear(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_lead_to_fields_rows_and_lists),
        cmocka_unit_test(calculations),
        cmocka_unit_test(choices_join),
        cmocka_unit_test(locals_hold_all_they_are_given),
        cmocka_unit_test(loops_give_rows),
        cmocka_unit_test(helpers_have_results),
        cmocka_unit_test(local_functions_are_seen_through),
        cmocka_unit_test(slow_growth_ends_in_any),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
