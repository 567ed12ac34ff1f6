// SPDX-License-Identifier: MIT
// One mistake is told once, and nothing that follows from it.
#include "tests/unit/rulecheck_fixture.h"

static void one_mistake_is_told_once(void **state)
{
    (void)state;
    declared(MINIMAL("amountkind = \"exposure\", message = \"m\", test = function(o) return "
                     "exception { amount "
                     "= o.amount } end"),
             DIAGNOSTIC_ERROR, "a control has no \"amountkind\"; did you mean \"amount_kind\"?");
    declared(MINIMAL("test = function(o) end, titel = { en = \"t\", cn = \"t\" }"),
             DIAGNOSTIC_ERROR, "a control has no \"titel\"");
    declared(MINIMAL("test = function(o) end, message = { en = \"m\", cn = \"m\" }"),
             DIAGNOSTIC_ERROR, "has no language \"cn\"");
    refused("return line.order.approved_by == sales_order", "write \"sales_order\" in quotes");
    refused("return line.quantity + \"2026-10-05\"", "write date \"2026-10-05\"");
    // What is wrong with the words of a line whose marks are wrong waits for these.
    refused("return line.quantty != 5", "write ~= for \"not equal\"");
    run(RULECHECK_RULES, &model,
        with_test("local a = line.quantty\n if line.line_no = 5 then return end"));
    assert_int_equal(found.count, 2);
    assert_non_null(strstr(found.items[0].message, "did you mean \"quantity\"?"));
    assert_non_null(strstr(found.items[1].message, "to compare, write =="));
}

static void messages_speak_to_both_readers(void **state)
{
    (void)state;
    declared(MINIMAL("test = function(o) return exception { customer = o.customer_id } end"),
             DIAGNOSTIC_WARNING, "control A-1 has no message");
    declared(MINIMAL("test = function(o) end, message = { en = \"m\" }"), DIAGNOSTIC_WARNING,
             "message has no zh = \"...\"");
    declared(MINIMAL("test = function(o) end, message = { zh = \"m\" }"), DIAGNOSTIC_WARNING,
             "message has no en = \"...\"");
}

#define CASE(body)                                                                                 \
    "control \"A-1\" { title = \"t\", severity = \"low\", population = \"sales_order\", test = "   \
    "function(o) end, cases = { { "                                                                \
    "\"c\", " body " } } }"

static void cases_say_what_can_be(void **state)
{
    (void)state;
    declared(CASE("gven = {}, expect = {}"), DIAGNOSTIC_ERROR,
             "a case has no \"gven\"; did you mean \"given\"?");
    declared(CASE("expect = { { ky = \"SO1\" } }"), DIAGNOSTIC_ERROR,
             "an expected exception has no key");
    declared(CASE("expect = { key = \"SO1\" }"), DIAGNOSTIC_ERROR, "stand in a list");
    declared(CASE("given = { sales_order = { { order_date = \"2026-13-01\" } } }, expect = {}"),
             DIAGNOSTIC_ERROR, "order_date cannot be \"2026-13-01\": month 13 does not exist");
    declared(
        CASE("given = { sales_order = { { order_date = \"soon\" } } }, expect = { { untestable = "
             "\"cannot be read\" } }"),
        DIAGNOSTIC_ERROR, NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_mistake_is_told_once),
        cmocka_unit_test(messages_speak_to_both_readers),
        cmocka_unit_test(cases_say_what_can_be),
    };
    return cmocka_run_group_tests(tests, NULL, clear_found);
}
