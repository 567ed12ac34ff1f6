// SPDX-License-Identifier: MIT
// What functions may be called with.
#include "tests/unit/rulecheck_fixture.h"

static void arguments_are_as_declared(void **state)
{
    (void)state;
    refused("return any(line.order.lines, \"quantity\", 3)",
            "any(list, condition) takes at most 2 arguments, and here are 3");
    refused("return any(line.quantity)", "list must be a list, and line.quantity is a decimal");
    refused("return any(line)", "line is a row of sales_order_line");
    refused(
        "return any(line.order.lines, 3)",
        "condition must be a function or the name of a field in quotes, and 3 is a whole number");
    refused("return any()", "any(list, condition): nothing is given");
    refused("return day(line.order_id)", "moment must be a date or a timestamp");
    refused("local function f(a, b) return a == b end return f(1, 2, 3)",
            "f(a, b) takes at most 2 arguments, and here are 3");
    refused("for one in line.order.lines do return one end",
            "line.order.lines is a list; write for one in each(line.order.lines) do");
    refused("return line.order.lines (1)",
            "is a list of rows of sales_order_line and cannot be called");
    passes("return any(line.order.lines, \"quantity\") and day(line.order.approved_at)");
    passes("return any(line.order.lines, function(one) return one.quantity end)");
    passes("local function f(a, ...) return a end return f(1, 2, 3)");
    passes("local function list(a) return a end return list(line)");
    passes("return div(line.unit_price, 3, 2, \"half_up\")");
    // What a wrong call makes is not blamed as well.
    refused("local found = any(line) return found.nothing", "list must be a list");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(arguments_are_as_declared),
    };
    return cmocka_run_group_tests(tests, NULL, clear_found);
}
