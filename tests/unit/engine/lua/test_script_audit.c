// SPDX-License-Identifier: MIT
#include "tests/unit/script_fixture.h"

static void people_are_compared_by_who_they_are(void **state)
{
    (void)state;
    is("same_person('E1', 'u1')", "true");
    is("same_person('u1', 'u1')", "true");
    is("same_person('E1', 'E2')", "false");
    is("same_person(so1.entered_by, so1.approved_by)", "true");
    is("same_person(so1.entered_by_employee, 'u1')", "true");
    is("same_person(nil, nil) or same_person('E1', nil)", "false");
    is("same_person('sys', 'sys')", "false"); // system users are nobody's equal
    is("same_person('E9', 'E9')", "true");    // unknown, but equal to itself
    is("same_person('E9', 'E1')", "false");
    is("same_person('E9 ', 'E9')", "false");
    is("person('u2').name", "Zhou");
    is("person('sys') == nil and person('E9') == nil and person(nil) == nil", "true");
    is("is_system('sys') and not is_system('u1') and not is_system(nil) and not is_system('x')",
       "true");
    faults("same_person(5, {})", "");
}

static void what_was_imported_can_be_asked(void **state)
{
    (void)state;
    is("imported 'sales_order' and not imported 'approval'", "true");
    is("imported('sales_order', 'amount') and not imported('sales_order', 'note')", "true");
    is("read(so1, 'note') == nil and read(so1, 'order_id') == 'SO1' and read(nil, 'x') == nil",
       "true");
    faults("imported 'sales_orders'", "the model has no table 'sales_orders'");
    faults("imported('sales_order', 'x')", "sales_order has no field 'x'");
    faults("read(so1, 'customer')", "no field 'customer'");
    is_untestable("read(so3, 'amount')", "cannot be read");
}

static void rows_of_a_table(void **state)
{
    (void)state;
    is("#rows 'customer'", "2");
    is("#rows 'sales_order'", "3"); // SO4 is dated after as_of
    is("rows('customer')[1].customer_id", "C1");
    is_untestable("rows 'approval'", "approval was not imported");
    is("table_of(so1) .. ' ' .. key_of(line)", "sales_order SO1/1");
    faults("table_of('x')", "a row is wanted");
}

static void lookups_by_values(void **state)
{
    (void)state;
    is("#lookup('sales_order_line', { product = 'P1' })", "2");
    does("local s = '' for _, l in ipairs(lookup('sales_order_line', { order_id = 'SO1' })) do "
         "s = s .. l.line_no .. ' ' end return s",
         "1 2 10 "); // in key order
    is("#lookup('sales_order_line', { order_id = 'SO1', quantity = decimal '1.50' })", "1");
    is("#lookup('sales_order_line', { quantity = 3 })", "1");
    is("#lookup('sales_order_line', { quantity = decimal '0.001' })", "0");
    is("#lookup('sales_order_line', { is_gift = false })", "1");
    is("#lookup('sales_order', { order_date = date '2026-10-15' })", "1");
    is("#lookup('sales_order', { customer_id = 'C1' })", "2");
    is("#lookup('sales_order', { customer_id = 'C9' })", "0"); // dated after as_of
    is("#lookup('customer', { grade = 'A' })", "1");
    is("#lookup('customer', { grade = 'Z' })", "0");
    is("#lookup('customer', { name = '无' })", "0");
    is("lookup_one('sales_order_line', { product = 'P1' }).order_id", "SO1");
    is("lookup_one('customer', { customer_id = 'C7' }) == nil", "true");
    faults("lookup('customer', { nme = 'x' })", "a name is not one of its fields");
    faults("lookup('customer', { name = 5 })", "customer.name cannot be looked up by a number");
    faults("lookup('sales_order', { order_date = '2026-10-15' })",
           "cannot be looked up by a string");
    is_untestable("lookup('sales_order', { note = 'x' })", "sales_order.note was not imported");
    is_untestable("lookup('approval', { opinion = 'x' })", "approval was not imported");
}

static void what_is_in_force(void **state)
{
    (void)state;
    is("in_force('price', date '2026-10-15', { product = 'P1' }).price_id", "F1");
    is("in_force('price', date '2026-10-01', { product = 'P1' }).price_id", "F1");
    is("in_force('price', date '2026-09-30', { product = 'P1' }) == nil", "true");
    is("in_force('price', nil, { product = 'P1' }) == nil", "true");
    is("in_force('exchange_rate', timestamp '2026-10-10T00:00:00', { currency = 'USD' }, "
       "'rate_date').rate",
       "7.2");
    is("in_force('exchange_rate', date '2026-10-09', { currency = 'USD' }, 'rate_date').rate",
       "7.1");
    is("in_force('exchange_rate', date '2026-10-09', { currency = 'XXX' }, 'rate_date') == nil",
       "true");
    faults("in_force('price', 5, { product = 'P1' })", "a date or timestamp is wanted");
    faults("in_force('exchange_rate', date '2026-10-09', { currency = 'USD' })",
           "no field 'valid_from'");
}

static void a_window_that_was_not_imported_is_not_open(void **state)
{
    (void)state;
    world_start(model_of(trade_model));
    put_rows("price", "price_id,product\nF1,P1\n");
    seal();
    script_start();
    is_untestable("return in_force('price', date '2026-10-15', { product = 'P1' })",
                  "price.valid_from was not imported");
}

static void amounts_are_converted(void **state)
{
    (void)state;
    is("convert(decimal '10', 'USD', 'CNY', date '2026-10-01')", "71");
    is("convert(decimal '10', 'CNY', 'USD', date '2026-10-10')", "1.39");
    is("convert(decimal '10', 'CNY', 'USD', date '2026-10-10', 4)", "1.3889");
    is("convert(decimal '1.2345', 'USD', 'USD', nil)", "1.2345");
    is_untestable("convert(1, 'USD', 'CNY', date '2026-09-01')",
                  "no exchange rate of USD on 2026-09-01");
    is_untestable("convert(1, 'CNY', 'EUR', date '2026-10-01')", "no exchange rate of EUR");
    faults("convert(1, 'USD', 'CNY', nil)", "a date or timestamp is wanted");
    faults("convert(1, 'USD', 'CNY', date '2026-10-01', 99)", "0 to 18 places");
    faults("convert(1, 'ZZZ', 'CNY', date '2026-10-01')", "'ZZZ'");
    faults("select_currency 'ZZZ'", "'ZZZ'");
}

static void far_too_many_places_are_refused(void **state)
{
    (void)state;
    faults("convert(1, 'USD', 'CNY', date '2026-10-01', 4294967298)", "0 to 18 places");
    faults("money_in(so2, 'amount', 'CNY', date '2026-10-01', 4294967298)", "0 to 18 places");
}

static void marks_cannot_be_made_or_seen_by_rules(void **state)
{
    (void)state;
    is("type(exception { a = 1 })", "table");
    does("local s = '' for k in pairs(exception { a = 1 }) do s = s .. k end return s", "a");
    faults("exception 'x'", "table expected");
    faults("untestable(nil)", "string expected");
    faults("untestable_row(5, 'x')", "a row is wanted");
    is("untestable_row(so1, 'x').reason", "x");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        LUA_TEST(people_are_compared_by_who_they_are),
        LUA_TEST(what_was_imported_can_be_asked),
        LUA_TEST(rows_of_a_table),
        LUA_TEST(lookups_by_values),
        LUA_TEST(what_is_in_force),
        LUA_TEST(a_window_that_was_not_imported_is_not_open),
        LUA_TEST(amounts_are_converted),
        LUA_TEST(far_too_many_places_are_refused),
        LUA_TEST(marks_cannot_be_made_or_seen_by_rules),
    };
    return cmocka_run_group_tests_name("script_audit", tests, NULL, NULL);
}
