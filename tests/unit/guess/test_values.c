// SPDX-License-Identifier: MIT
#include "tests/unit/guess_fixture.h"

static struct frame frame;
static struct values values;
static struct reading reading;
static struct habits habits;

// Reads a column of these cells, '\n' between them, as a field.
static void read_cells(const char *field, const char *cells)
{
    struct buffer text = {0};
    survey_clear(&survey);
    buffer_printf(&text, "Order Date\n%s", cells);
    given("list", buffer_text(&text));
    buffer_clear(&text);
    frame_init(&frame, survey.arena, &survey, &survey.sheets[0], terms);
    values_init(&values, &frame, 0);
    values_read(&values, &survey, field_of(field), utc, &habits, &reading);
}

static int clear(void **state)
{
    habits = (struct habits){0};
    return clear_survey(state);
}

static void dates_are(const char *cells, const char *format)
{
    read_cells("sales_order.order_date", cells);
    assert_int_equal(reading.read, values.filled);
    if (!format)
        assert_null(reading.date);
    else
        assert_string_equal(reading.date, format);
}

static void test_dates_by_all_values(void **state)
{
    (void)state;
    dates_are("2026-10-05\n2026-10-06\n", NULL);
    dates_are("5/10/2026\n31/10/2026\n", "%d/%m/%Y");
    dates_are("5/10/2026\n10/31/2026\n", "%m/%d/%Y");
    assert_false(reading.doubtful);
    dates_are("05.10.2026\n", "%d.%m.%Y");
    dates_are("46300\n46301.5\n", "excel");
    dates_are("05-Oct-2026\n", "%d-%b-%Y");
    dates_are("2026-10-05 09:30:00\n", "%Y-%m-%d %H:%M:%S");
}

static void test_day_and_month_in_doubt(void **state)
{
    (void)state;
    dates_are("5/10/2026\n6/10/2026\n", "%d/%m/%Y");
    assert_true(reading.doubtful);
    assert_string_equal(reading.other, "%m/%d/%Y");
    habits.month_first = true; // as the rest of the source is
    dates_are("5/10/2026\n6/10/2026\n", "%m/%d/%Y");
    assert_true(reading.doubtful);
}

static void numbers_are(const char *cells, char decimal, char group, bool doubtful)
{
    read_cells("sales_order_line.quantity", cells);
    assert_int_equal(reading.read, values.filled);
    assert_int_equal(reading.decimal, decimal);
    assert_int_equal(reading.group, group);
    assert_int_equal(reading.doubtful, doubtful);
}

static void test_numbers(void **state)
{
    (void)state;
    numbers_are("1\n2.5\n1,234.50\n", 0, 0, false);
    numbers_are("9.8\n14\n21.05\n", 0, 0, false);
    numbers_are("1,5\n1.234,56\n", ',', '.', false);
    numbers_are("1 234,56\n12,5\n", ',', ' ', false);
    numbers_are("1'234.56\n", '.', '\'', false);
    numbers_are("61.500\n12.345\n", 0, 0, true);
    habits.comma = true;
    numbers_are("61.500\n12.345\n", ',', '.', true);
}

static void test_dust_is_rounded(void **state)
{
    (void)state;
    read_cells("sales_order_line.quantity", "133.80000000000001\n2\n");
    assert_int_equal(reading.read, 2);
    assert_int_equal(reading.places, 4);
}

static void test_what_cannot_be_read(void **state)
{
    (void)state;
    read_cells("sales_order_line.quantity", "1\n2\nmany\n2\n");
    assert_int_equal(values.filled, 4);
    assert_int_equal(values.distinct, 3);
    assert_int_equal(reading.read, 3);
    assert_string_equal(dictionary_get(survey.texts, reading.unread).bytes, "many");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(test_dates_by_all_values, clear),
        cmocka_unit_test_teardown(test_day_and_month_in_doubt, clear),
        cmocka_unit_test_teardown(test_numbers, clear),
        cmocka_unit_test_teardown(test_dust_is_rounded, clear),
        cmocka_unit_test_teardown(test_what_cannot_be_read, clear),
    };
    return cmocka_run_group_tests(tests, guess_set_up, guess_tear_down);
}
