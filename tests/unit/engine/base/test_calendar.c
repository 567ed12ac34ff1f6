// SPDX-License-Identifier: MIT
#include "engine/base/calendar.h"

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

static const int64_t second = 1000000;

static int day_of(int year, int month, int day)
{
    int number = 0;
    if (calendar_day((struct civil){year, month, day}, &number) != 0)
        fail_msg("%d-%d-%d was refused", year, month, day);
    return number;
}

static void no_day(int year, int month, int day)
{
    int number;
    if (calendar_day((struct civil){year, month, day}, &number) == 0)
        fail_msg("%d-%d-%d is no day", year, month, day);
}

// Microseconds of a clock time, as if UTC.
static int64_t clock_at(const char *day, int hour, int minute, int seconds)
{
    int number = 0;
    assert_int_equal(calendar_parse_day(day, strlen(day), &number), 0);
    return number * CALENDAR_MICROSECONDS_PER_DAY +
           ((int64_t)hour * 3600 + minute * 60 + seconds) * second;
}

static void days_count_from_1970(void **state)
{
    (void)state;
    assert_int_equal(day_of(1970, 1, 1), 0);
    assert_int_equal(day_of(1969, 12, 31), -1);
    assert_int_equal(day_of(2026, 10, 1), 20727);
    assert_int_equal(day_of(1, 1, 1), CALENDAR_DAY_MIN);
    assert_int_equal(day_of(9999, 12, 31), CALENDAR_DAY_MAX);
}

static void days_that_do_not_exist_are_refused(void **state)
{
    (void)state;
    no_day(2026, 2, 31);
    no_day(2026, 2, 29);
    no_day(1900, 2, 29);
    no_day(2100, 2, 29);
    no_day(2026, 4, 31);
    no_day(2026, 0, 1);
    no_day(2026, 13, 1);
    no_day(2026, 1, 0);
    no_day(2026, 1, 32);
    no_day(2026, 1, -1);
    no_day(0, 12, 31);
    no_day(10000, 1, 1);
    no_day(-1, 1, 1);
    assert_int_equal(day_of(2000, 2, 29) + 1, day_of(2000, 3, 1));
    assert_int_equal(day_of(1900, 2, 28) + 1, day_of(1900, 3, 1));
    assert_int_equal(day_of(2024, 2, 29) + 1, day_of(2024, 3, 1));
}

static void every_day_has_its_date(void **state)
{
    (void)state;
    struct civil before = calendar_civil(CALENDAR_DAY_MIN);
    for (int day = CALENDAR_DAY_MIN; day <= CALENDAR_DAY_MAX; day++) {
        struct civil civil = calendar_civil(day);
        int again = 0;
        if (calendar_day(civil, &again) != 0 || again != day)
            fail_msg("day %d is %d-%d-%d, which is day %d", day, civil.year, civil.month, civil.day,
                     again);
        bool next =
            civil.day == before.day + 1 ||
            (civil.day == 1 && before.day == calendar_month_days(before.year, before.month));
        if (day > CALENDAR_DAY_MIN && !next)
            fail_msg("day %d does not follow its day before", day);
        before = civil;
    }
}

static void months_have_their_lengths(void **state)
{
    (void)state;
    assert_int_equal(calendar_month_days(1900, 2), 28);
    assert_int_equal(calendar_month_days(2000, 2), 29);
    assert_int_equal(calendar_month_days(2026, 2), 28);
    assert_int_equal(calendar_month_days(2024, 2), 29);
    assert_int_equal(calendar_month_days(2026, 12), 31);
    assert_int_equal(calendar_month_days(2026, 11), 30);
}

static void weeks_begin_on_monday(void **state)
{
    (void)state;
    assert_int_equal(calendar_weekday(0), 4);
    assert_int_equal(calendar_weekday(-1), 3);
    assert_int_equal(calendar_weekday(-4), 7);
    assert_int_equal(calendar_weekday(-3), 1);
    assert_int_equal(calendar_weekday(day_of(2026, 10, 5)), 1);
    assert_int_equal(calendar_weekday(day_of(2026, 10, 4)), 7);
    assert_int_equal(calendar_weekday(CALENDAR_DAY_MIN), 1);
    assert_int_equal(calendar_weekday(CALENDAR_DAY_MAX), 5);
}

static void days_are_written_and_read(void **state)
{
    (void)state;
    char text[CALENDAR_TEXT_MAX];
    assert_int_equal(calendar_format_day(CALENDAR_DAY_MIN, text), 10);
    assert_string_equal(text, "0001-01-01");
    calendar_format_day(CALENDAR_DAY_MAX, text);
    assert_string_equal(text, "9999-12-31");
    int day;
    assert_int_equal(calendar_parse_day("2026-10-05", 10, &day), 0);
    assert_int_equal(day, day_of(2026, 10, 5));
    static const char *const wrong[] = {"2026-10-5",  "2026-13-05", "2026-02-30", "0000-01-01",
                                        "2026/10/05", "20261005",   "",           "2026-10-05 ",
                                        "-026-10-05", "2026-1a-05", "+026-10-05"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        if (calendar_parse_day(wrong[i], strlen(wrong[i]), &day) == 0)
            fail_msg("\"%s\" was read as a day", wrong[i]);
}

static void zones_have_names_of_the_system(void **state)
{
    (void)state;
    static const char *const none[] = {"",      "Nowhere/City", "/etc/localtime",
                                       ":UTC",  "Europe",       "../zoneinfo/UTC",
                                       "CST-8", "asia/shanghai"};
    for (size_t i = 0; i < sizeof none / sizeof *none; i++) {
        struct zone *zone = zone_new(none[i]);
        if (zone)
            fail_msg("\"%s\" was taken for a zone", none[i]);
    }
    struct zone *zone = zone_new("Asia/Shanghai");
    assert_non_null(zone);
    assert_string_equal(zone_name(zone), "Asia/Shanghai");
    zone_free(zone);
    zone_free(NULL);
}

static void other_files_among_the_zones_are_no_zones(void **state)
{
    (void)state;
    static const char *const none[] = {"zone.tab", "iso3166.tab", "tzdata.zi"};
    for (size_t i = 0; i < sizeof none / sizeof *none; i++) {
        struct zone *zone = zone_new(none[i]);
        bool made = zone != NULL;
        zone_free(zone);
        if (made)
            fail_msg("\"%s\" was taken for a zone", none[i]);
    }
}

static void a_zone_that_cannot_be_read_says_why(void **state)
{
    (void)state;
    struct error error = {0};
    char folder[64], path[100];
    const char *base = getenv("TMPDIR");
    snprintf(folder, sizeof folder, "%.40s/vouch-XXXXXX", base ? base : "/tmp");
    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/Town", folder);
    setenv("TZDIR", folder, 1);
    assert_int_equal(zone_check("UTC", &error), 0);
    assert_int_equal(zone_check("Town", &error), -1);
    assert_non_null(strstr(error.message, "not known"));
    assert_int_equal(mkdir(path, 0700), 0);
    assert_int_equal(zone_check("Town", &error), -1);
    assert_non_null(strstr(error.message, path));
    assert_non_null(strstr(error.message, strerror(EISDIR)));
    assert_int_equal(rmdir(path), 0);
    assert_int_equal(symlink("Town", path), 0); // leads to itself
    assert_int_equal(zone_check("Town", &error), -1);
    assert_non_null(strstr(error.message, strerror(ELOOP)));
    assert_int_equal(unlink(path), 0);
    FILE *file = fopen(path, "wb");
    fputs("TZi", file);
    fclose(file);
    assert_int_equal(zone_check("Town", &error), -1);
    assert_non_null(strstr(error.message, "holds no time zone"));
    unsetenv("TZDIR");
    assert_int_equal(zone_check("Europe/Berlin", &error), 0);
    unlink(path);
    rmdir(folder);
}

static void making_a_zone_leaves_the_process_alone(void **state)
{
    (void)state;
    setenv("TZ", "America/New_York", 1);
    zone_free(zone_new("Europe/Berlin"));
    assert_string_equal(getenv("TZ"), "America/New_York");
    unsetenv("TZ");
    zone_free(zone_new("Europe/Berlin"));
    assert_null(getenv("TZ"));
}

static void shanghai_is_eight_hours_ahead(void **state)
{
    (void)state;
    struct zone *zone = zone_new("Asia/Shanghai");
    int64_t last = clock_at("2026-10-31", 15, 59, 59) + second - 1; // UTC
    assert_int_equal(zone_day(zone, last), day_of(2026, 10, 31));
    assert_int_equal(zone_day(zone, last + 1), day_of(2026, 11, 1));
    assert_int_equal(zone_local(zone, 0), 8 * 3600 * second);
    assert_int_equal(zone_timestamp(zone, 8 * 3600 * second), 0);
    char text[CALENDAR_TEXT_MAX];
    zone_format(zone, last, text);
    assert_string_equal(text, "2026-10-31T23:59:59.999999");
    zone_format(zone, last + 1, text);
    assert_string_equal(text, "2026-11-01T00:00:00");
    zone_format(zone, last + 1 + 500000, text);
    assert_string_equal(text, "2026-11-01T00:00:00.5");
    zone_free(zone);
}

static void moments_before_1970_have_a_day(void **state)
{
    (void)state;
    struct zone *zone = zone_new("UTC");
    assert_int_equal(zone_day(zone, -1), -1);
    assert_int_equal(zone_day(zone, -CALENDAR_MICROSECONDS_PER_DAY), -1);
    assert_int_equal(zone_day(zone, -CALENDAR_MICROSECONDS_PER_DAY - 1), -2);
    char text[CALENDAR_TEXT_MAX];
    zone_format(zone, -1, text);
    assert_string_equal(text, "1969-12-31T23:59:59.999999");
    zone_free(zone);
}

static void shanghai_had_summer_time(void **state)
{
    (void)state;
    struct zone *zone = zone_new("Asia/Shanghai");
    // From 1986 to 1991 clocks went forward.
    int64_t summer = clock_at("1988-07-01", 12, 0, 0), winter = clock_at("1988-12-01", 12, 0, 0);
    assert_int_equal(zone_local(zone, summer) - summer, 9 * 3600 * second);
    assert_int_equal(zone_local(zone, winter) - winter, 8 * 3600 * second);
    assert_int_equal(zone_timestamp(zone, zone_local(zone, summer)), summer);
    zone_free(zone);
}

static void berlin_repeats_an_hour(void **state)
{
    (void)state;
    struct zone *zone = zone_new("Europe/Berlin");
    // 2026-10-25: from 03:00 back to 02:00 at 01:00 UTC.
    int64_t change = clock_at("2026-10-25", 1, 0, 0);
    assert_int_equal(zone_local(zone, change - 1), clock_at("2026-10-25", 3, 0, 0) - 1);
    assert_int_equal(zone_local(zone, change), clock_at("2026-10-25", 2, 0, 0));
    // Of the two moments at 02:30 the earlier one.
    assert_int_equal(zone_timestamp(zone, clock_at("2026-10-25", 2, 30, 0)),
                     clock_at("2026-10-25", 0, 30, 0));
    assert_int_equal(zone_timestamp(zone, clock_at("2026-10-25", 2, 0, 0)),
                     clock_at("2026-10-25", 0, 0, 0));
    assert_int_equal(zone_timestamp(zone, clock_at("2026-10-25", 1, 59, 59)),
                     clock_at("2026-10-24", 23, 59, 59));
    assert_int_equal(zone_timestamp(zone, clock_at("2026-10-25", 3, 0, 0)),
                     clock_at("2026-10-25", 2, 0, 0));
    zone_free(zone);
}

static void berlin_skips_an_hour(void **state)
{
    (void)state;
    struct zone *zone = zone_new("Europe/Berlin");
    // 2026-03-29: from 02:00 to 03:00 at 01:00 UTC.
    int64_t change = clock_at("2026-03-29", 1, 0, 0);
    assert_int_equal(zone_local(zone, change - 1), clock_at("2026-03-29", 2, 0, 0) - 1);
    assert_int_equal(zone_local(zone, change), clock_at("2026-03-29", 3, 0, 0));
    // 02:30 did not happen; it stays on its day and between its neighbours' moments.
    int64_t skipped = zone_timestamp(zone, clock_at("2026-03-29", 2, 30, 0));
    assert_int_equal(zone_day(zone, skipped), day_of(2026, 3, 29));
    assert_int_equal(skipped, clock_at("2026-03-29", 1, 30, 0));
    assert_int_equal(zone_timestamp(zone, clock_at("2026-03-29", 1, 59, 59)), change - second);
    assert_int_equal(zone_timestamp(zone, clock_at("2026-03-29", 3, 0, 0)), change);
    zone_free(zone);
}

static void every_hour_of_berlin_comes_back(void **state)
{
    (void)state;
    struct zone *zone = zone_new("Europe/Berlin");
    int64_t from = clock_at("2026-01-01", 0, 0, 0), to = clock_at("2027-01-01", 0, 0, 0);
    int others = 0;
    for (int64_t moment = from; moment < to; moment += 900 * second) {
        int64_t again = zone_timestamp(zone, zone_local(zone, moment));
        others += again != moment;
        if (again != moment && again != moment - 3600 * second)
            fail_msg("a moment of 2026 comes back as another");
    }
    assert_int_equal(others, 4); // the quarters of the second 02:xx
    zone_free(zone);
}

static void a_zone_that_skipped_a_day(void **state)
{
    (void)state;
    struct zone *zone = zone_new("Pacific/Apia"); // 2011-12-30 did not happen
    int64_t change = clock_at("2011-12-30", 10, 0, 0);
    assert_int_equal(zone_day(zone, change - 1), day_of(2011, 12, 29));
    assert_int_equal(zone_day(zone, change), day_of(2011, 12, 31));
    assert_int_equal(zone_timestamp(zone, clock_at("2011-12-31", 0, 0, 0)), change);
    assert_int_equal(zone_timestamp(zone, clock_at("2011-12-29", 23, 59, 59)), change - second);
    zone_free(zone);
}

static void zones_of_half_hours(void **state)
{
    (void)state;
    struct zone *zone = zone_new("Asia/Kathmandu");
    int64_t moment = clock_at("2026-10-05", 0, 0, 0);
    assert_int_equal(zone_local(zone, moment) - moment, (5 * 3600 + 45 * 60) * second);
    assert_int_equal(zone_timestamp(zone, zone_local(zone, moment)), moment);
    zone_free(zone);
}

static void summer_time_is_known_up_to_2099(void **state)
{
    (void)state;
    struct zone *zone = zone_new("Europe/Berlin");
    int64_t july = clock_at("2099-07-01", 12, 0, 0);
    assert_int_equal(zone_local(zone, july) - july, 2 * 3600 * second);
    zone_free(zone);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(days_count_from_1970),
        cmocka_unit_test(days_that_do_not_exist_are_refused),
        cmocka_unit_test(every_day_has_its_date),
        cmocka_unit_test(months_have_their_lengths),
        cmocka_unit_test(weeks_begin_on_monday),
        cmocka_unit_test(days_are_written_and_read),
        cmocka_unit_test(zones_have_names_of_the_system),
        cmocka_unit_test(other_files_among_the_zones_are_no_zones),
        cmocka_unit_test(a_zone_that_cannot_be_read_says_why),
        cmocka_unit_test(making_a_zone_leaves_the_process_alone),
        cmocka_unit_test(shanghai_is_eight_hours_ahead),
        cmocka_unit_test(moments_before_1970_have_a_day),
        cmocka_unit_test(shanghai_had_summer_time),
        cmocka_unit_test(berlin_repeats_an_hour),
        cmocka_unit_test(berlin_skips_an_hour),
        cmocka_unit_test(every_hour_of_berlin_comes_back),
        cmocka_unit_test(a_zone_that_skipped_a_day),
        cmocka_unit_test(zones_of_half_hours),
        cmocka_unit_test(summer_time_is_known_up_to_2099),
    };
    return cmocka_run_group_tests_name("calendar", tests, NULL, NULL);
}
