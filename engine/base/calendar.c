// SPDX-License-Identifier: MIT
// All is whole-number arithmetic on day numbers and microseconds. A zone is asked of the C library
// once, when it is made, and is from then on a sorted table of offsets: no later answer depends on
// the environment, and none waits for a lock.
#include "engine/base/calendar.h"

#include "engine/base/memory.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>

int calendar_month_days(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return days[month - 1] + (month == 2 && leap);
}

// Days from civil and back: eras of 400 years counted from 0000-03-01, so that the leap day ends a
// year.
int calendar_day(struct civil civil, int *day)
{
    if (civil.year < 1 || civil.year > 9999 || civil.month < 1 || civil.month > 12 ||
        civil.day < 1 || civil.day > calendar_month_days(civil.year, civil.month))
        return -1;
    int year = civil.year - (civil.month <= 2);
    int era = year / 400, of_era = year % 400;
    int of_year = (153 * (civil.month + (civil.month > 2 ? -3 : 9)) + 2) / 5 + civil.day - 1;
    *day = era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
    return 0;
}

struct civil calendar_civil(int day)
{
    int shifted = day + 719468;
    int era = shifted / 146097, of_era = shifted % 146097;
    int year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    int of_year = of_era - (365 * year + year / 4 - year / 100);
    int month = (5 * of_year + 2) / 153;
    struct civil civil;
    civil.day = of_year - (153 * month + 2) / 5 + 1;
    civil.month = month < 10 ? month + 3 : month - 9;
    civil.year = year + era * 400 + (civil.month <= 2);
    return civil;
}

int calendar_weekday(int day)
{
    return ((day + 3) % 7 + 7) % 7 + 1; // 1970-01-01 was a Thursday
}

int calendar_format_day(int day, char text[CALENDAR_TEXT_MAX])
{
    struct civil civil = calendar_civil(day);
    return snprintf(text, CALENDAR_TEXT_MAX, "%04d-%02d-%02d", civil.year, civil.month, civil.day);
}

int calendar_parse_day(const char *text, size_t length, int *day)
{
    static const char pattern[] = "dddd-dd-dd";
    if (length != sizeof pattern - 1)
        return -1;
    for (size_t i = 0; i < length; i++)
        if (pattern[i] == '-' ? text[i] != '-' : text[i] < '0' || text[i] > '9')
            return -1;
    struct civil civil = {
        (text[0] - '0') * 1000 + (text[1] - '0') * 100 + (text[2] - '0') * 10 + text[3] - '0',
        (text[5] - '0') * 10 + text[6] - '0',
        (text[8] - '0') * 10 + text[9] - '0',
    };
    return calendar_day(civil, day);
}

int calendar_parse_period(const char *text, int *from, int *to)
{
    struct civil civil = {0};
    const char *dots = strstr(text, "..");
    size_t length = strlen(text);
    if (dots)
        return calendar_parse_day(text, (size_t)(dots - text), from) == 0 &&
                       calendar_parse_day(dots + 2, strlen(dots + 2), to) == 0 && *from <= *to
                   ? 0
                   : -1;
    if (length == 10) {
        if (calendar_parse_day(text, length, from) != 0)
            return -1;
        *to = *from;
        return 0;
    }
    size_t year = strspn(text, "0123456789");
    if (year != 4 ||
        (length != 4 && (length != 7 || text[4] != '-' || strspn(text + 5, "0123456789") != 2)))
        return -1;
    civil.year = atoi(text);
    civil.month = length == 7 ? atoi(text + 5) : 1;
    civil.day = 1;
    if (calendar_day(civil, from) != 0)
        return -1;
    civil.month = length == 7 ? civil.month : 12;
    civil.day = calendar_month_days(civil.year, civil.month);
    return calendar_day(civil, to);
}

// ---- months as systems write them

struct month_text {
    const char *at, *end;
};

// The next number of up to four digits, more with `many`; -1. `*digits`: how many.
static int take_digits(struct month_text *text, int most, int *digits)
{
    int value = 0;
    for (*digits = 0;
         *digits < most && text->at < text->end && *text->at >= '0' && *text->at <= '9'; ++*digits)
        value = value * 10 + (*text->at++ - '0');
    return *digits ? value : -1;
}

static bool take_text(struct month_text *text, const char *mark)
{
    size_t length = strlen(mark);
    if ((size_t)(text->end - text->at) < length || strncasecmp(text->at, mark, length) != 0)
        return false;
    text->at += length;
    return true;
}

static bool take_separator(struct month_text *text)
{
    static const char *const marks[] = {" ", "-", "/", ".", "'"};
    bool any = false;
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        any = any || take_text(text, marks[i]);
    return any;
}

static int take_month_name(struct month_text *text)
{
    static const char *const names[] = {"january",   "february", "march",    "april",
                                        "may",       "june",     "july",     "august",
                                        "september", "october",  "november", "december"};
    for (int month = 0; month < 12; month++) {
        char brief[4] = {names[month][0], names[month][1], names[month][2], '\0'};
        if (take_text(text, names[month]) || take_text(text, brief))
            return month + 1;
    }
    return -1;
}

// "Oct-26", "October 2026", "10/2026"
static int read_month_first(struct month_text text, int *year, int *month)
{
    int digits;
    struct month_text start = text;
    *month = take_month_name(&text);
    bool named = *month > 0;
    if (!named) {
        text = start;
        *month = take_digits(&text, 2, &digits);
    }
    if (*month < 1 || !take_separator(&text))
        return -1;
    *year = take_digits(&text, 4, &digits);
    if (digits == 2 && named)
        *year += 2000;
    else if (digits != 4)
        return -1;
    return text.at == text.end ? 0 : -1;
}

// What may stand behind a month: nothing, or the day that the period begins or ends with.
static bool ends_as_month(struct month_text text, int year, int month)
{
    int digits, ignored;
    if (text.at == text.end || (take_text(&text, "月") && text.at == text.end))
        return true;
    if (!take_separator(&text))
        return false;
    int day = take_digits(&text, 2, &digits);
    if (text.at < text.end && !take_text(&text, " 00:00:00") && !take_text(&text, "T00:00:00"))
        return false;
    return day >= 1 && text.at == text.end &&
           calendar_day((struct civil){year, month, day}, &ignored) == 0;
}

// "2026-10", "2026M10", "2026年第10期"; the year was taken.
static int read_year_first(struct month_text text, int year, int *month)
{
    int digits;
    if (take_text(&text, "年")) {
        bool numbered = take_text(&text, "第");
        *month = take_digits(&text, 2, &digits);
        if (numbered)
            return take_text(&text, "期") && text.at == text.end ? 0 : -1;
        take_text(&text, "月");
        return text.at == text.end ? 0 : -1;
    }
    bool marked = take_separator(&text);
    marked = take_text(&text, "M") || take_text(&text, "P") || marked;
    struct month_text start = text;
    *month = take_month_name(&text);
    if (*month > 0)
        return marked && text.at == text.end ? 0 : -1;
    text = start;
    *month = take_digits(&text, 3, &digits);
    if (digits == 3 || (digits == 1 && !marked))
        return digits == 3 && text.at == text.end ? 0 : -1;
    return digits > 0 && ends_as_month(text, year, *month) ? 0 : -1;
}

int calendar_parse_month(const char *text, size_t length, int *year, int *month)
{
    int digits, first, last;
    struct month_text rest = {text, text + length};
    *year = take_digits(&rest, 4, &digits);
    if (length == 8 && strspn(text, "0123456789") >= 8) { // 20261001
        struct civil civil = {*year, (text[4] - '0') * 10 + text[5] - '0',
                              (text[6] - '0') * 10 + text[7] - '0'};
        *month = civil.month;
        return calendar_day(civil, &first);
    }
    int result = digits == 4 ? read_year_first(rest, *year, month) : -1;
    if (result != 0)
        result = read_month_first((struct month_text){text, text + length}, year, month);
    last = result == 0 && *month >= 1 && *month <= 12 && *year >= 1000;
    return last ? 0 : -1;
}

// A zone is the list of its changes of offset, found by asking the C library once; asking it for
// each timestamp would take a lock and be many times slower.
struct change {
    int64_t from; // seconds UTC
    int64_t offset;
};

struct zone {
    char *name;
    struct change *changes;
    size_t count;
};

static const int64_t first_second = -2208988800, last_second = 4102444800; // 1900 .. 2100

static int64_t offset_at(int64_t second)
{
    time_t moment = (time_t)second;
    struct tm local;
    localtime_r(&moment, &local);
    return local.tm_gmtoff;
}

static void add_change(struct zone *zone, size_t *capacity, int64_t from, int64_t offset)
{
    *capacity = memory_grow((void **)&zone->changes, zone->count, *capacity, sizeof *zone->changes);
    zone->changes[zone->count++] = (struct change){from, offset};
}

int zone_check(const char *name, struct error *error)
{
    if (strcmp(name, "UTC") == 0)
        return 0;
    const char *folder = getenv("TZDIR");
    char path[512], magic[4] = "";
    int length =
        snprintf(path, sizeof path, "%s/%s", folder ? folder : "/usr/share/zoneinfo", name);
    bool named = *name && *name != '/' && *name != ':' && !strstr(name, "..") &&
                 (size_t)length < sizeof path;
    FILE *file = named ? fopen(path, "rb") : NULL;
    if (!named || (!file && (errno == ENOENT || errno == ENOTDIR)))
        return error_set(
            error, ERROR_USAGE, name,
            "is not known to the system; zones such as \"Asia/Shanghai\" come with Debian's "
            "package tzdata");
    size_t got = file ? fread(magic, 1, sizeof magic, file) : 0;
    int failed = !file || ferror(file) ? errno : 0;
    if (file)
        fclose(file);
    errno = failed;
    if (failed)
        return error_set_errno(error, ERROR_USAGE, name, "its file %s cannot be read", path);
    if (got != sizeof magic || memcmp(magic, "TZif", sizeof magic) != 0)
        return error_set(error, ERROR_USAGE, name, "its file %s holds no time zone", path);
    return 0;
}

struct zone *zone_new(const char *name)
{
    struct error ignored;
    if (zone_check(name, &ignored) != 0)
        return NULL;
    char *before = getenv("TZ") ? memory_text(getenv("TZ")) : NULL;
    setenv("TZ", name, 1);
    tzset();
    struct zone *zone = memory_new(1, sizeof *zone);
    zone->name = memory_text(name);
    size_t capacity = 0;
    int64_t step = 14 * 86400, offset = offset_at(first_second);
    add_change(zone, &capacity, INT64_MIN, offset);
    for (int64_t second = first_second; second < last_second; second += step) {
        int64_t low = second, high = second + step, next = offset_at(high);
        if (next == offset)
            continue;
        while (high - low > 1) {
            int64_t middle = low + (high - low) / 2;
            if (offset_at(middle) == offset)
                low = middle;
            else
                high = middle;
        }
        add_change(zone, &capacity, high, next);
        offset = next;
    }
    if (before)
        setenv("TZ", before, 1);
    else
        unsetenv("TZ");
    tzset();
    free(before);
    return zone;
}

void zone_free(struct zone *zone)
{
    if (!zone)
        return;
    free(zone->name);
    free(zone->changes);
    free(zone);
}

const char *zone_name(const struct zone *zone)
{
    return zone->name;
}

static int64_t floor_divide(int64_t value, int64_t by)
{
    return value / by - (value % by < 0);
}

static int64_t offset_of(const struct zone *zone, int64_t second)
{
    size_t low = 0, high = zone->count;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (zone->changes[middle].from <= second)
            low = middle;
        else
            high = middle;
    }
    return zone->changes[low].offset;
}

int64_t zone_local(const struct zone *zone, int64_t timestamp)
{
    return timestamp + offset_of(zone, floor_divide(timestamp, 1000000)) * 1000000;
}

int64_t zone_timestamp(const struct zone *zone, int64_t local)
{
    // The offset on either side of any change nearby; where both fit, the larger offset is earlier.
    int64_t second = floor_divide(local, 1000000);
    int64_t before = offset_of(zone, second - 86400), after = offset_of(zone, second + 86400);
    int64_t earlier = before > after ? before : after, later = before > after ? after : before;
    if (offset_of(zone, second - earlier) == earlier)
        return local - earlier * 1000000;
    if (offset_of(zone, second - later) == later)
        return local - later * 1000000;
    return local - before * 1000000; // a clock time that was skipped: read as if it had not been
}

int zone_day(const struct zone *zone, int64_t timestamp)
{
    return (int)floor_divide(zone_local(zone, timestamp), CALENDAR_MICROSECONDS_PER_DAY);
}

int zone_format(const struct zone *zone, int64_t timestamp, char text[CALENDAR_TEXT_MAX])
{
    int64_t local = zone_local(zone, timestamp);
    int day = (int)floor_divide(local, CALENDAR_MICROSECONDS_PER_DAY);
    int64_t rest = local - day * CALENDAR_MICROSECONDS_PER_DAY;
    int used = calendar_format_day(day, text);
    int second = (int)(rest / 1000000), fraction = (int)(rest % 1000000);
    used += snprintf(text + used, CALENDAR_TEXT_MAX - (size_t)used, "T%02d:%02d:%02d",
                     second / 3600, second / 60 % 60, second % 60);
    if (fraction) {
        used += snprintf(text + used, CALENDAR_TEXT_MAX - (size_t)used, ".%06d", fraction);
        while (text[used - 1] == '0')
            text[--used] = '\0';
    }
    return used;
}
