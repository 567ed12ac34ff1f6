// SPDX-License-Identifier: MIT
// Up to which day the sources of a table cover it.
#include "engine/data/extent.h"
#include "tests/unit/engine_fixture.h"

static void declare(const char *table, const char *from, const char *to)
{
    extent_declare(data, table_at(table), from ? day_at(from) : CALENDAR_DAY_MIN, day_at(to));
}

static void covers(const char *table, const char *day)
{
    assert_int_equal(data->tables[table_at(table)].covered_to, day_at(day));
}

static void a_table_whose_sources_say_nothing_is_covered_to_as_of(void **state)
{
    (void)state;
    declare("sales_order", NULL, "2026-10-31");
    seal();
    covers("sales_order", "2026-10-31");
    covers("approval", "2026-11-05");
}

static void nothing_is_covered_after_as_of(void **state)
{
    (void)state;
    declare("sales_order", "2026-10-01", "2026-11-30");
    seal();
    covers("sales_order", "2026-11-05");
}

static void a_source_goes_on_where_another_ends(void **state)
{
    (void)state;
    declare("sales_order", "2026-10-16", "2026-11-02");
    declare("sales_order", "2026-09-01", "2026-09-30");
    declare("sales_order", "2026-10-01", "2026-10-15");
    seal();
    covers("sales_order", "2026-11-02");
}

static void a_gap_ends_it(void **state)
{
    (void)state;
    declare("sales_order", "2026-09-01", "2026-09-30");
    declare("sales_order", "2026-10-02", "2026-10-31");
    seal();
    covers("sales_order", "2026-09-30");
}

// As of two branches.
static void of_sources_side_by_side_the_first_end_counts(void **state)
{
    (void)state;
    declare("sales_order", "2026-10-01", "2026-11-03");
    declare("sales_order", "2026-10-01", "2026-10-31");
    seal();
    covers("sales_order", "2026-10-31");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TRADE_TEST(a_table_whose_sources_say_nothing_is_covered_to_as_of),
        TRADE_TEST(nothing_is_covered_after_as_of),
        TRADE_TEST(a_source_goes_on_where_another_ends),
        TRADE_TEST(a_gap_ends_it),
        TRADE_TEST(of_sources_side_by_side_the_first_end_counts),
    };
    return cmocka_run_group_tests_name("extent", tests, NULL, NULL);
}
