// SPDX-License-Identifier: MIT
// Dates and moments. A date is a day number, 1970-01-01 = 0, proleptic Gregorian, years 1 to 9999.
// A timestamp is microseconds since 1970-01-01T00:00:00 UTC; a zone tells its local day and clock.
#ifndef VOUCH_CALENDAR_H
#define VOUCH_CALENDAR_H

#include "engine/base/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { CALENDAR_TEXT_MAX = 40 };

#define CALENDAR_DAY_MIN (-719162) // 0001-01-01
#define CALENDAR_DAY_MAX 2932896   // 9999-12-31
#define CALENDAR_MICROSECONDS_PER_DAY INT64_C(86400000000)

struct civil {
    int year, month, day;
};

// -1 when there is no such day (31 February) or the year is outside 1..9999.
int calendar_day(struct civil civil, int *day);
struct civil calendar_civil(int day);
int calendar_weekday(int day); // 1 = Monday .. 7 = Sunday
int calendar_month_days(int year, int month);

// "2026-10-05"
int calendar_format_day(int day, char text[CALENDAR_TEXT_MAX]);
int calendar_parse_day(const char *text, size_t length, int *day);

// Reads "2026-10", "2026", "2026-10-05..2026-10-20" or one day into its first and last day; -1.
int calendar_parse_period(const char *text, int *from, int *to);

// Reads a month however systems write it: "2026-10", "202610", "2026/10", "2026.10", "10/2026",
// "2026年10月", "2026年第10期", "Oct-26", "2026M10", "2026010" (a posting period of three digits),
// also as its first or last day; -1 for anything else.
int calendar_parse_month(const char *text, size_t length, int *year, int *month);

// The rules of one time zone, read once from the system's zone data.
struct zone;

// NULL when there is no zone of that name; zone_check says why. The caller frees.
struct zone *zone_new(const char *name);
int zone_check(const char *name, struct error *error); // 0, or -1 with `error`
void zone_free(struct zone *zone);
const char *zone_name(const struct zone *zone);

int zone_day(const struct zone *zone, int64_t timestamp);       // its local date
int64_t zone_local(const struct zone *zone, int64_t timestamp); // its local clock, as if UTC
int64_t zone_timestamp(const struct zone *zone, int64_t local); // of two, the earlier moment

// "2026-10-05T09:30:00" in the zone's clock, with fractions of a second where there are any.
int zone_format(const struct zone *zone, int64_t timestamp, char text[CALENDAR_TEXT_MAX]);

#endif
