// SPDX-License-Identifier: MIT
#include "tests/unit/script_fixture.h"

static void decimals_are_read_from_text(void **state)
{
    (void)state;
    is("decimal '-1234.50'", "-1234.5");
    is("decimal(7)", "7");
    is("decimal(decimal '1.5')", "1.5");
    faults("decimal '1,000'", "'1,000' is no number");
    faults("decimal ''", "is no number");
    faults("decimal(nil)", "string expected");
    faults("decimal '99999999999999999999'", "is no number");
    faults("decimal(1.0)", "a float is not exact");
}

static void division_rounds_as_named(void **state)
{
    (void)state;
    is("div(1, 3, 4)", "0.3333");
    is("div(decimal '2.5', 1, 0)", "3");
    is("div(decimal '2.5', 1, 0, 'half_even')", "2");
    is("div(decimal '-2.5', 1, 0, 'half_up')", "-3");
    is("div(7, 2, 0, 'down') .. div(7, 2, 0, 'up')", "34");
    is("div(-7, 2, 0, 'floor') .. div(-7, 2, 0, 'ceiling')", "-4-3");
    is("div(0, 5, 2) == 0", "true");
    faults("div(1, 0, 2)", "division by zero");
    faults("div(1, decimal '0.00', 2)", "division by zero");
    faults("div(1, 3)", "number expected");
    faults("div(1, 3, 19)", "0 to 18 places");
    faults("div(1, 3, -1)", "0 to 18 places");
    faults("div(1, 3, 2, 'nearest')", "half_up, half_even, up, down, ceiling or floor");
    faults("div(decimal '9223372036854775807', decimal '0.1', 0)", "more than 64 bits");
    faults("div('1', 3, 2)", "a number is wanted, this is a string");
    faults("div(nil, 3, 2)", "this is a nil");
}

static void rounding_and_signs(void **state)
{
    (void)state;
    is("round(decimal '1.005', 2)", "1.01");
    is("round(decimal '-1.005', 2)", "-1.01");
    is("round(decimal '1.005', 2, 'half_even')", "1");
    is("round(5, 2)", "5");
    is("abs(decimal '-1.5')", "1.5");
    is("abs(-3) == 3 or abs(-3)", "3");
    is("abs(0) == 0", "true");
    faults("abs(decimal '-9223372036854775808')", "more than 64 bits");
    faults("abs(date '2026-10-05')", "this is a date");
}

static void least_and_greatest(void **state)
{
    (void)state;
    is("min(3, decimal '2.5', 4)", "2.5");
    is("max(3, decimal '2.5', 4)", "4");
    is("max(nil, 2, nil)", "2");
    is("max() == nil and min(nil, nil) == nil and max({}) == nil", "true");
    is("max({1, 7, 3})", "7");
    is("max(so1.lines, 'unit_price')", "20.25");
    is("min(so1.lines, function(l) return l.line_no end)", "1");
    is("max(date '2026-10-05', timestamp '2026-10-06T00:00:00')", "2026-10-06T00:00:00");
    is("min('b', 'a')", "a");
    faults("max(1, 'a')", "cannot be compared");
    faults("max(date '2026-10-05', 5)", "cannot be compared");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        LUA_TEST(decimals_are_read_from_text),
        LUA_TEST(division_rounds_as_named),
        LUA_TEST(rounding_and_signs),
        LUA_TEST(least_and_greatest),
    };
    return cmocka_run_group_tests_name("script_number", tests, NULL, NULL);
}
