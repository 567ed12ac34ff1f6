// SPDX-License-Identifier: MIT
#include "tests/unit/script_fixture.h"

static void days_of_dates_and_timestamps(void **state)
{
    (void)state;
    is("day(timestamp '2026-10-05T16:00:00Z')", "2026-10-06");
    is("day(date '2026-10-05')", "2026-10-05");
    is("day(nil) == nil", "true");
    is("month(date '2026-10-05')", "2026-10");
    is("month(timestamp '2026-09-30T16:00:00Z')", "2026-10");
    is("year(date '0001-01-01')", "1");
    is("weekday(date '2026-10-05') .. weekday(date '2026-10-04')", "17");
    faults("day('2026-10-05')", "a date is wanted, this is a string");
    faults("month(5)", "a date is wanted");
}

static void months_end_where_they_end(void **state)
{
    (void)state;
    is("add_months(date '2026-01-31', 1)", "2026-02-28");
    is("add_months(date '2024-01-31', 1)", "2024-02-29");
    is("add_months(date '2026-03-31', -1)", "2026-02-28");
    is("add_months(date '2026-12-15', 1)", "2027-01-15");
    is("add_months(date '2026-01-15', -1)", "2025-12-15");
    is("add_months(date '2026-01-15', 0)", "2026-01-15");
    is("add_months(date '2026-01-15', -24)", "2024-01-15");
    is("month_end(date '2024-02-01')", "2024-02-29");
    is("month_end(date '9999-12-01')", "9999-12-31");
    faults("add_months(date '9999-12-15', 1)", "years 1 to 9999");
    faults("add_months(date '0001-01-15', -1)", "years 1 to 9999");
    faults("add_months(date '2026-01-15', 9223372036854775807)", "too many months");
}

static int holidays_set_up(void **state)
{
    script_set_up(state);
    static const char *const off[] = {"2026-10-01", "2026-10-02", "2026-10-05", "2026-10-06",
                                      "2026-10-07"};
    static const char *const worked[] = {"2026-09-20", "2026-10-10"};
    struct scope *scope = &data->scope;
    scope->holidays = arena_take(scope_arena(scope), 5, sizeof *scope->holidays);
    scope->workdays = arena_take(scope_arena(scope), 2, sizeof *scope->workdays);
    for (size_t i = 0; i < 5; i++)
        scope->holidays[scope->holiday_count++] = day_at(off[i]);
    for (size_t i = 0; i < 2; i++)
        scope->workdays[scope->workday_count++] = day_at(worked[i]);
    return 0;
}

static void holidays_and_weekends_are_no_working_days(void **state)
{
    (void)state;
    is("is_working_day(date '2026-09-30')", "true");
    is("is_working_day(date '2026-10-01')", "false"); // a holiday
    is("is_working_day(date '2026-10-03')", "false"); // a Saturday
    is("is_working_day(date '2026-10-10')", "true");  // a Saturday that is worked
    is("is_working_day(date '2026-10-11')", "false");
    is("is_working_day(timestamp '2026-10-07T16:00:00Z')", "true"); // the 8th
    is("working_days(date '2026-09-30', date '2026-10-08')", "1");
    is("working_days(date '2026-09-30', date '2026-10-07') == 0", "true");
    is("working_days(date '2026-10-08', date '2026-10-12')", "3"); // 9, 10, 12
    is("working_days(date '2026-10-08', date '2026-10-08') == 0", "true");
    is("add_working_days(date '2026-09-30', 1)", "2026-10-08");
    is("add_working_days(date '2026-10-08', 2)", "2026-10-10");
    is("add_working_days(date '2026-10-08', -1)", "2026-09-30");
    is("add_working_days(date '2026-10-03', 0)", "2026-10-03");
}

static void working_days_backwards_are_negative(void **state)
{
    (void)state;
    is("working_days(date '2026-10-12', date '2026-10-08')", "-3");
    // One measure: as many on from a day as it takes to come back to it.
    is("working_days(add_working_days(date '2026-10-12', -2), date '2026-10-12')", "2");
}

static void counting_days_takes_of_the_budget(void **state)
{
    (void)state;
    faults("add_working_days(date '9999-12-01', 100)", "years 1 to 9999");
    spends("local n = 0 for i = 1, 100 do n = n + working_days(date '0001-01-01', date "
           "'9999-12-31') end",
           "instructions");
    spends("local n = 0 for i = 1, 1000 do n = add_working_days(date '0001-01-01', 100000) end",
           "instructions");
    faults("add_working_days(date '9999-01-01', 9223372036854775807)", "years 1 to 9999");
}

static void the_longest_way_back_leaves_the_years(void **state)
{
    (void)state;
    faults("return add_working_days(date '0001-02-01', -9223372036854775807 - 1)",
           "years 1 to 9999");
}

static void moments_are_read_in_the_zone(void **state)
{
    (void)state;
    is("timestamp '2026-10-05T09:30:00'", "2026-10-05T09:30:00");
    is("timestamp '2026-10-05 09:30'", "2026-10-05T09:30:00");
    is("timestamp '2026-10-05T09:30:00+01:00'", "2026-10-05T16:30:00");
    faults("timestamp '2026-10-05T25:00:00'", "is no moment");
    faults("date '2026/10/05'", "is no day");
    is("as_of .. ' ' .. period_from .. ' ' .. period_to .. ' ' .. company_currency",
       "2026-11-05 2026-10-01 2026-10-31 CNY");
}

static void an_open_scope_has_no_days(void **state)
{
    (void)state;
    fixture_scope.from = fixture_scope.to = fixture_scope.as_of = NULL;
    world_start(model_of(trade_model));
    fixture_scope.from = "2026-10-01";
    fixture_scope.to = "2026-10-31";
    fixture_scope.as_of = "2026-11-05";
    seal();
    script_start();
    is("as_of == nil and period_from == nil and period_to == nil", "true");
}

static void without_data_there_is_no_zone(void **state)
{
    (void)state;
    struct data *kept = data;
    data = NULL;
    script_start();
    is("date '2026-10-05'", "2026-10-05");
    faults("timestamp '2026-10-05T09:30:00'", "while the file is loaded");
    faults("rows('sales_order')", "while the file is loaded");
    data = kept;
}

int main(void)
{
#define HOLIDAY_TEST(test) cmocka_unit_test_setup_teardown(test, holidays_set_up, script_tear_down)
    const struct CMUnitTest tests[] = {
        LUA_TEST(days_of_dates_and_timestamps),
        LUA_TEST(months_end_where_they_end),
        HOLIDAY_TEST(holidays_and_weekends_are_no_working_days),
        HOLIDAY_TEST(working_days_backwards_are_negative),
        LUA_TEST(counting_days_takes_of_the_budget),
        LUA_TEST(the_longest_way_back_leaves_the_years),
        LUA_TEST(moments_are_read_in_the_zone),
        LUA_TEST(an_open_scope_has_no_days),
        LUA_TEST(without_data_there_is_no_zone),
    };
    return cmocka_run_group_tests_name("script_time", tests, NULL, NULL);
}
