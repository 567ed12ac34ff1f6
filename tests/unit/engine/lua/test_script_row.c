// SPDX-License-Identifier: MIT
#include "tests/unit/script_fixture.h"

static void rows_are_read_by_plain_names(void **state)
{
    (void)state;
    is("line.order.customer.name", "Alpha");
    is("line.quantity", "1.5");
    is("line.line_no", "1");
    is("line.is_gift", "true");
    is("line2.is_gift == nil", "true");
    is("so1.customer.grade", "A");
    is("so2.customer.grade == nil", "true");
    is("so1.order_date", "2026-10-15");
    is("so3.order_date == nil", "true");
    is("find(so1, 'customer') == so1.customer", "true");
    is("find(so4, 'customer') == nil and so4.customer_id == 'C9'", "true"); // dangling
    is("so1.approved_by_employee.name", "Chen");                            // by the user's account
    is("line.price.floor", "9.5");
    faults("return so1.amuont", "sales_order has no field, reference or list named 'amuont'");
    faults("return so3.customer.orders.amount", "by position");
    faults("return find(so1, 'custmer')", "sales_order has no reference 'custmer'");
    faults("return so1[1]", "read by name");
}

static void lists_are_read_by_position(void **state)
{
    (void)state;
    is("#so1.lines", "3");
    is("so1.lines[1].line_no .. ',' .. so1.lines[2].line_no .. ',' .. so1.lines[3].line_no",
       "1,2,10");
    is("so1.lines[0] == nil and so1.lines[4] == nil and so1.lines[-1] == nil", "true");
    is("#so4.lines", "0");
    is("so1.lines == line.order.lines", "true");
    does("local s = '' for l in each(so1.lines) do s = s .. l.line_no .. ' ' end return s",
         "1 2 10 ");
    does("local s = '' for i, l in ipairs(so1.lines) do s = s .. i .. l.product end return s",
         "1P12P23P3");
    // Dated after as_of: in no list, though its row can be read.
    is("#so3.customer.orders", "2");
}

static void what_cannot_be_read_is_untestable(void **state)
{
    (void)state;
    is_untestable("return so3.amount", "sales_order.amount cannot be read: \"oops\"");
    is_untestable("return line.contract_id", "sales_order_line.contract_id was not imported");
    is_untestable("return line.contract_line", "was not imported");
    is_untestable("return so1.approvals", "approval was not imported");
    is_untestable("return so4.customer == nil", "customer \"C9\" is not in the data");
    is_untestable("return find(line, 'contract_line')", "was not imported");
    is_untestable("return line2.price", "2 price in force");
    is_untestable("return untestable 'no price'", "no price");
    is_untestable("local x = so1.amount * 2 if x > 0 then untestable('because') end", "because");
    // The next row starts afresh.
    is("so1.amount", "100.5");
}

static void money_of_two_currencies_does_not_mix(void **state)
{
    (void)state;
    is_untestable("return so1.amount + so2.amount", "mixed currencies (CNY, USD)");
    is_untestable("local a = so1.amount return line.order.amount and so2.lines[1].unit_price",
                  "mixed currencies (CNY, USD)");
    is("so1.amount + so1.customer.credit_limit", "1100.5");
    is("so2.amount + so2.lines[1].unit_price", "40");
    // Whether the amount is zero or empty does not matter; quantities have no currency.
    is_untestable("return so4.amount == 0 and so2.amount", "mixed currencies");
    is("so2.customer.credit_limit == nil and so2.amount", "20");
    is("so2.amount * line.quantity", "30");
    does("select_currency 'USD' return so1.amount + so2.amount", "120.5");
    // The next row starts afresh.
    is("so2.amount", "20");
    is("so1.amount", "100.5");
}

static void money_in_another_currency(void **state)
{
    (void)state;
    is("currency_of(so2) .. currency_of(so1)", "USDCNY");
    is("money_in(so2, 'amount', 'CNY', so2.order_date)", "144");
    is("money_in(so2, 'amount', 'CNY', date '2026-10-09')", "142");
    is("so1.amount + money_in(so2, 'amount', 'CNY', so2.order_date)", "244.5");
    is("money_in(so1, 'amount')", "100.5");
    is("money_in(so1, 'amount', 'USD', date '2026-10-10', 2)", "13.96");
    is_untestable("return money_in(so2, 'amount', 'CNY', date '2026-09-30')",
                  "no exchange rate of USD");
    is_untestable("return money_in(so2, 'amount', 'CNY', so2.order_date) + so2.amount", "mixed");
    is_untestable("return money_in(so3, 'amount', 'CNY', date '2026-10-01')", "cannot be read");
    faults("return money_in(so1, 'amount', 'XXX', date '2026-10-01')", "XXX");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        LUA_TEST(rows_are_read_by_plain_names),      LUA_TEST(lists_are_read_by_position),
        LUA_TEST(what_cannot_be_read_is_untestable), LUA_TEST(money_of_two_currencies_does_not_mix),
        LUA_TEST(money_in_another_currency),
    };
    return cmocka_run_group_tests_name("script_row", tests, NULL, NULL);
}
