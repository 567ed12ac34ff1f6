// SPDX-License-Identifier: MIT
#include "tests/unit/script_fixture.h"

static void zero_is_the_integer_zero(void **state)
{
    (void)state;
    is("decimal '0.00' == 0", "true");
    is("type(decimal '0')", "number");
    is("decimal '1.5' - decimal '1.50' == 0", "true");
    is("so4.amount == 0", "true");
    is("decimal '0.01' == 0", "false");
    is("-decimal '0' == 0", "true");
}

static void equal_values_are_one_value(void **state)
{
    (void)state;
    is("decimal '1.50' == decimal '1.5'", "true");
    is("decimal '1.5' == decimal '1.51'", "false");
    is("decimal '2' * decimal '1.5' == decimal '3.00'", "true");
    is("decimal '-1' == decimal '1'", "false");
    does("local t = {} t[decimal '1.50'] = 'x' return t[decimal '3' - decimal '1.5']", "x");
    does("local t = {} t[decimal '0.0'] = 'x' return t[0]", "x");
    does("local t = {} t[date '2026-10-05'] = 'x' return t[date '2026-10-04' + 1]", "x");
    does("local t = {} t[line.order] = 'x' return t[so1]", "x");
    is("line.order == so1 and line.order ~= so2", "true");
}

static void long_decimals_are_one_value_too(void **state)
{
    (void)state;
    // 54 bits hold up to 9007199254740991.
    static const char *const texts[] = {
        "9007199254740991",     "9007199254740992",     "9007199254740993",
        "-9007199254740992",    "-9007199254740993",    "9223372036854775807",
        "-9223372036854775808", "9.223372036854775807", "-9.223372036854775808"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        char chunk[300];
        snprintf(chunk, sizeof chunk, "return decimal '%s'", texts[i]);
        does(chunk, texts[i]);
        snprintf(
            chunk, sizeof chunk,
            "local a, b = decimal '%s', decimal '%s' local t = {[a] = 'x'} "
            "return a == b and a <= b and not (a < b) and t[b] == 'x' and type(a) == 'decimal'",
            texts[i], texts[i]);
        does(chunk, "true");
    }
    is("decimal '9223372036854775807' == decimal '9223372036854775806'", "false");
    is("decimal '922337203685477580.7' == decimal '9223372036854775807'", "false");
    is("decimal '9223372036854775807' - decimal '9223372036854775806'", "1");
}

static void long_decimals_survive_collection(void **state)
{
    (void)state;
    does("local t = {} "
         "for i = 1, 5000 do t[decimal '9223372036854770000' + decimal(tostring(i % 50))] = i end "
         "local n = 0 for _ in pairs(t) do n = n + 1 end return n",
         "50");
}

static void arithmetic_is_exact(void **state)
{
    (void)state;
    is("decimal '0.1' + decimal '0.2'", "0.3");
    is("decimal '0.1' * 3", "0.3");
    is("3 * decimal '0.1' == decimal '0.3'", "true");
    is("100 - decimal '0.01'", "99.99");
    is("-decimal '1.5'", "-1.5");
    is("line.quantity * line.unit_price", "15");
    is("so4.amount + 5", "5");
}

static void overflow_is_an_error(void **state)
{
    (void)state;
    faults("return decimal '9223372036854775807' + 1", "more than 64 bits");
    faults("return decimal '-9223372036854775808' - 1", "more than 64 bits");
    faults("return decimal '9223372036854775807' * 2", "more than 64 bits");
    faults("return -decimal '-9223372036854775808'", "more than 64 bits");
    faults("return decimal '0.0000000001' * decimal '0.000000001'", "more than 64 bits");
}

static void floats_are_refused(void **state)
{
    (void)state;
    faults("return decimal '1' + 0.5", "a float is not exact");
    faults("return 0.5 * decimal '1'", "a float is not exact");
    faults("return decimal(0.5)", "a float is not exact");
    faults("return decimal '1' < 0.5", "cannot be compared");
    faults("return div(1.5, 2, 2)", "a float is not exact");
    faults("return round(0.5, 0)", "a float is not exact");
}

static void division_names_div(void **state)
{
    (void)state;
    static const char *const signs[] = {"/", "//", "%", "^"};
    for (int i = 0; i < 4; i++) {
        char chunk[100];
        snprintf(chunk, sizeof chunk, "return decimal '1.5' %s 2", signs[i]);
        faults(chunk, "div(a, b, scale, mode)");
        snprintf(chunk, sizeof chunk, "return 2 %s decimal '1.5'", signs[i]);
        faults(chunk, "div(a, b, scale, mode)");
    }
}

static void numbers_compare_by_value(void **state)
{
    (void)state;
    is("decimal '0.10' < decimal '0.9'", "true");
    is("decimal '10' > 9", "true");
    is("9 < decimal '9.5' and decimal '9.5' < 10", "true");
    is("decimal '-1' <= -1", "true");
    is("decimal '9223372036854775807' > decimal '1'", "true");
    is("so4.amount < decimal '0.01'", "true");
}

static void texts_do_not_calculate(void **state)
{
    (void)state;
    faults("return '1' + 1", "text '1'");
    faults("return 1 + '1'", "text '1'");
    faults("return '10' * '2'", "text '10'");
    faults("return -'1'", "text '1'");
    faults("return '1' // 1", "text '1'");
    faults("return '2' ^ 2", "text '2'");
    faults("return '7' % 2", "text '7'");
    faults("return decimal '1' + '1'", "");
    faults("return '1' + decimal '1'", "");
    faults("return '1' < 1", "compare");
    faults("return decimal '1' < '2'", "cannot be compared");
}

static void an_empty_field_is_named_in_the_error(void **state)
{
    (void)state;
    faults("return decimal '1' + nil", "empty field");
    faults("return nil * decimal '1'", "empty field");
    faults("return date '2026-10-05' < nil", "cannot be compared");
    faults("return decimal '1' + {}", "decimal and a table");
}

static void dates_calculate_in_days(void **state)
{
    (void)state;
    is("date '2026-10-05' - date '2026-09-30'", "5");
    is("date '2026-10-05' - date '2026-10-05' == 0", "true");
    is("date '2026-10-05' + 30", "2026-11-04");
    is("30 + date '2026-10-05'", "2026-11-04");
    is("date '2026-03-01' - 1", "2026-02-28");
    is("date '2024-02-28' + 1", "2024-02-29");
    is("date '0001-01-01'", "0001-01-01");
    is("date '1969-12-31' - date '9999-12-31'", "-2932897");
    faults("return date '9999-12-31' + 1", "years 1 to 9999");
    faults("return date '0001-01-01' - 1", "years 1 to 9999");
    faults("return date '2026-10-05' + 9223372036854775807", "years 1 to 9999");
    faults("return date '2026-10-05' - (-9223372036854775807 - 1)", "years 1 to 9999");
    faults("return date '2026-10-05' + date '2026-10-05'", "attempt to add");
    faults("return date '2026-10-05' + decimal '0.5'", "attempt to add");
    faults("return 1 - date '2026-10-05'", "attempt to subtract");
    faults("return date '2026-10-05' * 2", "attempt to multiply");
    faults("return -date '2026-10-05'", "negate");
    faults("return date '2026-02-30'", "no day");
}

static void timestamps_differ_in_seconds(void **state)
{
    (void)state;
    is("timestamp '2026-10-05T09:30:00' - timestamp '2026-10-05T09:00:00'", "1800");
    is("timestamp '2026-10-05T09:30:00.5' - timestamp '2026-10-05T09:30:00'", "0.5");
    is("timestamp '2026-10-05T09:00:00' - timestamp '2026-10-05T09:00:00' == 0", "true");
    is("timestamp '2026-10-05T00:00:00Z' == timestamp '2026-10-05T08:00:00'", "true");
    faults("return timestamp '2026-10-05T09:00:00' + 1", "attempt to add");
    faults("return timestamp '2026-10-05T09:00:00' - date '2026-10-05'", "use day(x)");
    faults("return timestamp '2026-10-05'", "no moment");
}

static void dates_and_timestamps_compare_by_calendar_day(void **state)
{
    (void)state;
    is("timestamp '2026-10-05T23:59:59' <= date '2026-10-05'", "true");
    is("timestamp '2026-10-05T23:59:59' > date '2026-10-05'", "false");
    is("date '2026-10-05' < timestamp '2026-10-05T00:00:01'", "false");
    is("date '2026-10-05' < timestamp '2026-10-06T00:00:00'", "true");
    // 16:00 UTC is the next day in Shanghai.
    is("timestamp '2026-10-05T16:00:00Z' > date '2026-10-05'", "true");
    is("timestamp '2026-10-05T15:59:59Z' > date '2026-10-05'", "false");
    is("so1.approved_at <= so1.order_date and so1.approved_at >= so1.order_date", "true");
    // Two timestamps compare exactly, and a day without a time of day is a date.
    is("timestamp '2026-10-05T09:00:00' < timestamp '2026-10-05T09:00:00.000001'", "true");
    is("type(so2.approved_at) .. ' ' .. type(so1.approved_at)", "date timestamp");
    faults("return date '2026-10-05' < 5", "cannot be compared");
    faults("return date '2026-10-05' < decimal '5'", "cannot be compared");
}

static void the_day_of_the_zone_decides(void **state)
{
    (void)state;
    fixture_scope.zone = "America/New_York";
    world_start(model_of(trade_model));
    fixture_scope.zone = "Asia/Shanghai";
    seal();
    script_start();
    is("timestamp '2026-10-06T03:00:00Z' <= date '2026-10-05'", "true");
    is("day(timestamp '2026-10-06T03:00:00Z')", "2026-10-05");
}

static void rows_and_lists_have_no_order_and_do_not_change(void **state)
{
    (void)state;
    faults("return so1 < so2", "a row and a row cannot be compared");
    faults("so1.amount = 1", "cannot be changed");
    faults("so1.lines[1] = nil", "cannot be changed");
    faults("local d = date '2026-10-05' d.x = 1", "cannot be changed");
    faults("return (date '2026-10-05').year", "a date has no field 'year'");
    faults("return #so1", "a row has no length");
    faults("return so1 + 1", "attempt to add");
}

static void values_join_as_text(void **state)
{
    (void)state;
    is("'price ' .. decimal '9.50'", "price 9.5");
    is("decimal '9.50' .. ' ' .. date '2026-10-05'", "9.5 2026-10-05");
    is("1 .. '/' .. so1", "1/SO1");
    is("line .. ''", "SO1/1");
    is("'' .. timestamp '2026-10-05T01:30:00Z'", "2026-10-05T09:30:00");
    faults("return 'x' .. so1.lines", "join");
    faults("return 'x' .. nil", "");
}

static void a_long_decimal_is_no_way_into_the_metatable(void **state)
{
    (void)state;
    is("getmetatable == nil and setmetatable == nil and rawset == nil and debug == nil", "true");
    faults("local x = decimal '9223372036854775807' x.a = 1", "");
    faults("local x = decimal '9223372036854775807' return x.__add", "");
}

static void words_come_back_from_the_stack(void **state)
{
    (void)state;
    static const int days[] = {CALENDAR_DAY_MIN, -1, 0, 1, CALENDAR_DAY_MAX};
    for (size_t i = 0; i < sizeof days / sizeof *days; i++) {
        script_push_date(L, days[i]);
        assert_int_equal(script_value_kind(L, -1), WORD_DATE);
        assert_int_equal(script_get_date(L, -1), days[i]);
        int64_t moment = days[i] * CALENDAR_MICROSECONDS_PER_DAY + 1;
        script_push_timestamp(L, moment);
        assert_int_equal(script_value_kind(L, -1), WORD_TIMESTAMP);
        assert_true(script_get_timestamp(L, -1) == moment);
        lua_pop(L, 2);
    }
    int table;
    int64_t row;
    script_push_row(L, 65535, UINT32_MAX - 1);
    script_get_row(L, -1, &table, &row);
    assert_int_equal(table, 65535);
    assert_int_equal(row, UINT32_MAX - 1);
    script_push_list(L, (struct list){4095, 254, UINT32_MAX - 1});
    struct list list = script_get_list(L, -1);
    assert_int_equal(list.table, 4095);
    assert_int_equal(list.reverse, 254);
    assert_int_equal(list.row, UINT32_MAX - 1);
    script_push_mark(L, MARK_STOP);
    assert_int_equal(script_value_kind(L, -1), WORD_MARK);
    assert_int_equal(script_get_mark(L, -1), MARK_STOP);
    lua_pop(L, 3);
    for (int scale = 0; scale <= DECIMAL_SCALE_MAX; scale++) {
        static const int64_t coefficients[] = {1,         -1,        (1LL << 53) - 1, -(1LL << 53),
                                               1LL << 53, INT64_MAX, INT64_MIN};
        for (size_t i = 0; i < sizeof coefficients / sizeof *coefficients; i++) {
            struct decimal value,
                wanted = decimal_normalise((struct decimal){coefficients[i], scale});
            script_push_decimal(L, (struct decimal){coefficients[i], scale});
            assert_true(script_get_decimal(L, -1, &value));
            assert_true(value.coefficient == wanted.coefficient);
            assert_int_equal(value.scale, wanted.scale);
            lua_pop(L, 1);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        LUA_TEST(zero_is_the_integer_zero),
        LUA_TEST(equal_values_are_one_value),
        LUA_TEST(long_decimals_are_one_value_too),
        LUA_TEST(long_decimals_survive_collection),
        LUA_TEST(arithmetic_is_exact),
        LUA_TEST(overflow_is_an_error),
        LUA_TEST(floats_are_refused),
        LUA_TEST(division_names_div),
        LUA_TEST(numbers_compare_by_value),
        LUA_TEST(texts_do_not_calculate),
        LUA_TEST(an_empty_field_is_named_in_the_error),
        LUA_TEST(dates_calculate_in_days),
        LUA_TEST(timestamps_differ_in_seconds),
        LUA_TEST(dates_and_timestamps_compare_by_calendar_day),
        LUA_TEST(the_day_of_the_zone_decides),
        LUA_TEST(rows_and_lists_have_no_order_and_do_not_change),
        LUA_TEST(values_join_as_text),
        LUA_TEST(a_long_decimal_is_no_way_into_the_metatable),
        LUA_TEST(words_come_back_from_the_stack),
    };
    return cmocka_run_group_tests_name("script_value", tests, NULL, NULL);
}
