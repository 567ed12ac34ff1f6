// SPDX-License-Identifier: MIT
#include "adapters/number_format.h"
#include "tests/unit/import_fixture.h"

static void formats_that_every_workbook_has(void **state)
{
    (void)state;
    static const int dates[] = {14, 15, 16, 17, 18, 19, 20, 21, 22, 27, 28, 29, 30, 31, 32,
                                33, 34, 35, 36, 45, 47, 50, 51, 52, 53, 54, 55, 56, 57, 58};
    static const int numbers[] = {0,  1,  2,  3,  4,  11, 12, 13,  23, 26,
                                  37, 40, 44, 46, 48, 49, 59, 163, -1};
    for (size_t i = 0; i < sizeof dates / sizeof *dates; i++)
        if (number_format_built_in(dates[i]) != FORMAT_DATE)
            fail_msg("%d is no date", dates[i]);
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        if (number_format_built_in(numbers[i]) != FORMAT_NUMBER)
            fail_msg("%d is no number", numbers[i]);
    assert_int_equal(number_format_built_in(9), FORMAT_PERCENT);
    assert_int_equal(number_format_built_in(10), FORMAT_PERCENT);
}

static void formats_that_a_workbook_declares(void **state)
{
    (void)state;
    static const struct {
        const char *code;
        enum number_format format;
    } codes[] = {
        {"yyyy\"年\"m\"月\"d\"日\"", FORMAT_DATE},
        {"yyyy年m月d日", FORMAT_DATE},
        {"[$-804]yyyy\"年\"m\"月\"d\"日\";@", FORMAT_DATE},
        {"yyyy/m/d;@", FORMAT_DATE},
        {"[$-409]d\\-mmm\\-yy;@", FORMAT_DATE},
        {"YYYY-MM-DD HH:MM:SS", FORMAT_DATE},
        {"h:mm AM/PM", FORMAT_DATE},
        {"上午/下午h\"时\"mm\"分\"", FORMAT_DATE},
        {"mm:ss.0", FORMAT_DATE},
        {"[$-411]ge.m.d", FORMAT_DATE},
        {"e\"年\"", FORMAT_DATE},
        {"[h]:mm:ss", FORMAT_NUMBER},
        {"[mm]:ss", FORMAT_NUMBER},
        {"General", FORMAT_NUMBER},
        {"GENERAL", FORMAT_NUMBER},
        {"#,##0.00", FORMAT_NUMBER},
        {"0.00E+00", FORMAT_NUMBER},
        {"##0.0E+0", FORMAT_NUMBER},
        {"0.00\"day\"", FORMAT_NUMBER},
        {"#,##0.00\\d", FORMAT_NUMBER},
        {"_(* #,##0.00_);_(* \\(#,##0.00\\);_(* \"-\"??_);_(@_)", FORMAT_NUMBER},
        {"[Red]-0.00;[Green]0.00", FORMAT_NUMBER},
        {"[$￥-804]#,##0.00", FORMAT_NUMBER},
        {"[DBNum1][$-804]General", FORMAT_NUMBER},
        {"00000", FORMAT_NUMBER},
        {"@", FORMAT_NUMBER},
        {"", FORMAT_NUMBER},
        {"0;yyyy", FORMAT_NUMBER},
        {"0%", FORMAT_PERCENT},
        {"0.00%;[Red]-0.00%", FORMAT_PERCENT},
        {"0\"%\"", FORMAT_NUMBER},
        {"\"unclosed yyyy", FORMAT_NUMBER},
        {"[unclosed yyyy", FORMAT_NUMBER},
        {"0\\", FORMAT_NUMBER},
    };
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++)
        if (number_format_of(codes[i].code) != codes[i].format)
            fail_msg("%s", codes[i].code);
}

static void shows(enum number_format format, bool late, const char *number, const char *expected)
{
    struct buffer out = {0};
    number_format_add(format, late, number, strlen(number), &out);
    if (strcmp(buffer_text(&out), expected) != 0)
        fail_msg("%s is \"%s\", not \"%s\"", number, buffer_text(&out), expected);
    buffer_clear(&out);
}

static void numbers_of_days_are_dates(void **state)
{
    (void)state;
    shows(FORMAT_DATE, false, "46300", "2026-10-05");
    shows(FORMAT_DATE, false, "46300.5", "2026-10-05 12:00:00");
    shows(FORMAT_DATE, false, "46300.3541666667", "2026-10-05 08:30:00");
    shows(FORMAT_DATE, false, "46300.9999999999", "2026-10-06");
    shows(FORMAT_DATE, false, "46300.000011574", "2026-10-05 00:00:01");
    shows(FORMAT_DATE, false, "46300.0000057870", "2026-10-05 00:00:00.500");
    shows(FORMAT_DATE, false, "1", "1900-01-01");
    shows(FORMAT_DATE, false, "59", "1900-02-28");
    shows(FORMAT_DATE, false, "60", "1900-02-29"); // which never was, and no cell takes
    shows(FORMAT_DATE, false, "61", "1900-03-01");
    shows(FORMAT_DATE, false, "2958465", "9999-12-31");
}

static void old_macintosh_files_count_from_1904(void **state)
{
    (void)state;
    shows(FORMAT_DATE, true, "44838", "2026-10-05");
    shows(FORMAT_DATE, true, "0", "1904-01-01");
    shows(FORMAT_DATE, true, "0.5", "12:00:00");
}

static void parts_of_a_day_are_times(void **state)
{
    (void)state;
    shows(FORMAT_DATE, false, "0.5", "12:00:00");
    shows(FORMAT_DATE, false, "0.354166666666667", "08:30:00");
}

static void what_can_be_no_date_stays_a_number(void **state)
{
    (void)state;
    shows(FORMAT_DATE, false, "0", "0");
    shows(FORMAT_DATE, false, "-1", "-1");
    shows(FORMAT_DATE, false, "2958466", "2958466");
    shows(FORMAT_DATE, false, "1.23456789012346E+17", "1.23456789012346E+17");
}

static void others_are_numbers(void **state)
{
    (void)state;
    shows(FORMAT_NUMBER, false, "46300", "46300");
    shows(FORMAT_PERCENT, false, "0.13", "13%");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(formats_that_every_workbook_has),
        cmocka_unit_test(formats_that_a_workbook_declares),
        cmocka_unit_test(numbers_of_days_are_dates),
        cmocka_unit_test(old_macintosh_files_count_from_1904),
        cmocka_unit_test(parts_of_a_day_are_times),
        cmocka_unit_test(what_can_be_no_date_stays_a_number),
        cmocka_unit_test(others_are_numbers),
    };
    return cmocka_run_group_tests_name("number_format", tests, NULL, NULL);
}
