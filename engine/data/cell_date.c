// SPDX-License-Identifier: MIT
// Untrusted text to a day or a moment, by a declared format or the forms below. A text that can
// mean two days is refused, never guessed: a year that does not stand first with four digits, the
// day number of a spreadsheet, numbers of a format that touch without both their digits. The cursor
// never passes the end, and the text need not end with NUL. A moment's word is its microseconds UTC
// doubled, plus one where the text named a day only.
#include "engine/data/cell_inside.h"

#include <string.h>
#include <strings.h>

static const int64_t second_microseconds = 1000000;

// A date and a time of day as the text has them; hour -1: no time of day was given.
struct moment {
    struct civil civil;
    int hour, minute, second, microsecond;
    int half; // of the day: 0 not said, 1 AM, 2 PM
    bool offset_given;
    int64_t offset; // from UTC, in seconds
};

struct cursor {
    const char *at, *end;
};

static bool take(struct cursor *cursor, const char *mark)
{
    size_t length = strlen(mark);
    if ((size_t)(cursor->end - cursor->at) < length || memcmp(cursor->at, mark, length) != 0)
        return false;
    cursor->at += length;
    return true;
}

static int count_digits(const struct cursor *cursor)
{
    int count = 0;
    while (cursor->at + count < cursor->end && cursor->at[count] >= '0' && cursor->at[count] <= '9')
        count++;
    return count;
}

// Between `least` and `most` digits, as many as there are; -1 when there are fewer.
static int take_number(struct cursor *cursor, int least, int most)
{
    int count = count_digits(cursor), value = 0;
    if (count < least)
        return -1;
    for (int i = 0; i < count && i < most; i++)
        value = value * 10 + (*cursor->at++ - '0');
    return value;
}

static bool skip_blanks(struct cursor *cursor)
{
    bool any = false;
    for (; cursor->at < cursor->end && *cursor->at == ' '; cursor->at++)
        any = true;
    return any;
}

// ---- what is wrong with it

static int fail_civil(const struct reading *reading, struct civil civil)
{
    if (civil.year < 1 || civil.year > 9999)
        return reading_fail_with(reading, REASON_NO_SUCH_YEAR, "%d", civil.year);
    if (civil.month < 1 || civil.month > 12)
        return reading_fail_with(reading, REASON_NO_SUCH_MONTH, "%d", civil.month);
    if (civil.month == 2 && civil.day == 29)
        return reading_fail_with(reading, REASON_NO_LEAP_DAY, "%d", civil.year);
    return reading_fail_with(reading, REASON_NO_SUCH_DAY, "%d" REASON_AND "%d", civil.day,
                             civil.month);
}

// The text starts with digits and a separator, but not with a year of four digits.
static int fail_short_year(const struct reading *reading, struct cursor cursor)
{
    const char *text = cursor.at;
    int first = take_number(&cursor, 1, 2);
    char separator = cursor.at < cursor.end ? *cursor.at++ : '\0';
    int second = take_number(&cursor, 1, 2);
    bool same = cursor.at < cursor.end && separator && *cursor.at++ == separator;
    int digits = count_digits(&cursor);
    if (first < 0 || second < 0 || !same || digits < 1 || !strchr("-/.", separator))
        return reading_fail(reading, REASON_NOT_A_DATE);
    int length = (int)(cursor.at - text) + digits;
    if (digits != 4)
        return reading_fail_with(reading, REASON_YEAR_OF_TWO_DIGITS, "%.*s", length, text);
    if (first <= 12 && second <= 12 && first != second)
        return reading_fail_with(reading, REASON_TWO_DATES, "%.*s", length, text);
    return reading_fail_with(reading, REASON_YEAR_NOT_FIRST, "%.*s", length, text);
}

static int fail_digits(const struct reading *reading, int count)
{
    if (count == 5)
        return reading_fail(reading, REASON_SPREADSHEET_DAY);
    return reading_fail(reading, REASON_NOT_A_DATE);
}

// ---- the forms that are understood without a format

static int read_day(const struct reading *reading, struct cursor *cursor, struct civil *civil)
{
    struct cursor start = *cursor;
    int digits = count_digits(cursor);
    if (digits == 8 || digits == 14) {
        civil->year = take_number(cursor, 4, 4);
        civil->month = take_number(cursor, 2, 2);
        civil->day = take_number(cursor, 2, 2);
        return 0;
    }
    if (digits != 4)
        return digits == 1 || digits == 2 ? fail_short_year(reading, start)
                                          : fail_digits(reading, digits);
    civil->year = take_number(cursor, 4, 4);
    static const char *const marks[][3] = {
        {"-", "-", ""}, {"/", "/", ""}, {".", ".", ""}, {"年", "月", "日"}};
    for (size_t form = 0; form < sizeof marks / sizeof *marks; form++) {
        struct cursor tried = *cursor;
        if (take(&tried, marks[form][0]) && (civil->month = take_number(&tried, 1, 2)) >= 0 &&
            take(&tried, marks[form][1]) && (civil->day = take_number(&tried, 1, 2)) >= 0 &&
            take(&tried, marks[form][2])) {
            *cursor = tried;
            return 0;
        }
    }
    return reading_fail(reading, REASON_NOT_A_DATE);
}

static int take_fraction(const struct reading *reading, struct cursor *cursor, int *microsecond)
{
    int digits = count_digits(cursor), value = 0;
    for (int i = 0; i < 6; i++)
        value = value * 10 + (i < digits ? cursor->at[i] - '0' : 0);
    for (int i = 6; i < digits; i++)
        if (cursor->at[i] != '0')
            return reading_fail(reading, REASON_SECOND_TOO_FINE);
    if (digits == 0)
        return reading_fail(reading, REASON_NOT_A_TIME_OF_DAY);
    cursor->at += digits;
    *microsecond = value;
    return 0;
}

static int check_time(const struct reading *reading, const struct moment *moment)
{
    if (moment->hour > 23)
        return reading_fail_with(reading, REASON_NO_SUCH_HOUR, "%d", moment->hour);
    if (moment->minute > 59)
        return reading_fail_with(reading, REASON_NO_SUCH_MINUTE, "%d", moment->minute);
    if (moment->second > 59)
        return reading_fail_with(reading, REASON_NO_SUCH_SECOND, "%d", moment->second);
    return 0;
}

// H:MM[:SS[.ffffff]], or the six digits that follow a compact date.
static int read_time(const struct reading *reading, struct cursor *cursor, bool compact,
                     struct moment *moment)
{
    const char *mark = compact ? "" : ":";
    moment->hour = take_number(cursor, compact ? 2 : 1, 2);
    bool colon = take(cursor, mark);
    moment->minute = take_number(cursor, 2, 2);
    if (moment->hour < 0 || !colon || moment->minute < 0)
        return reading_fail(reading, REASON_NOT_A_TIME_OF_DAY);
    if (take(cursor, mark) && (compact || count_digits(cursor))) {
        moment->second = take_number(cursor, 2, 2);
        if (moment->second < 0)
            return reading_fail(reading, REASON_NOT_A_TIME_OF_DAY);
        if (take(cursor, ".") && take_fraction(reading, cursor, &moment->microsecond) != 0)
            return -1;
    }
    return check_time(reading, moment);
}

static int read_moment(const struct reading *reading, struct cursor *cursor, struct moment *moment)
{
    bool compact = count_digits(cursor) == 14;
    if (read_day(reading, cursor, &moment->civil) != 0)
        return -1;
    moment->hour = -1;
    if (!compact && cursor->at == cursor->end)
        return 0;
    if (!compact && !take(cursor, "T") && !skip_blanks(cursor))
        return reading_fail(reading, REASON_NOT_A_DATE);
    return read_time(reading, cursor, compact, moment);
}

// ---- a declared format

static int take_month_name(struct cursor *cursor)
{
    static const char *const names[] = {"january",   "february", "march",    "april",
                                        "may",       "june",     "july",     "august",
                                        "september", "october",  "november", "december"};
    size_t left = (size_t)(cursor->end - cursor->at);
    for (int month = 1; month <= 12; month++) {
        const char *name = names[month - 1];
        size_t full = strlen(name), length = 3;
        if (left >= full && strncasecmp(name, cursor->at, full) == 0)
            length = full;
        if (left >= length && strncasecmp(name, cursor->at, length) == 0) {
            cursor->at += length;
            return month;
        }
    }
    return -1;
}

static bool is_number_item(const char *format)
{
    return format[0] == '%' && format[1] && strchr("YmdHIMSyf", format[1]);
}

// A literal Z that ends the format, or stands before a blank, behind a time of day: UTC.
static bool is_zulu(const char *format, const char *item)
{
    if (*item != 'Z' || (item > format && item[-1] == '%') || (item[1] && item[1] != ' '))
        return false;
    for (const char *at = format; at < item; at++)
        if (*at == '%' && at[1] && strchr("HIMSf", at[1]))
            return true;
    return false;
}

bool cell_date_has_offset(const char *format)
{
    for (const char *at = format; *at; at++)
        if ((at[0] == '%' && (at[1] == 'z' || at[1] == 'Z')) || is_zulu(format, at))
            return true;
    return false;
}

// "Z", "UTC", "GMT"; with `numbers` also "+08:00", "+0800", "+08", "UTC+8".
static bool take_offset(struct cursor *cursor, bool numbers, struct moment *moment)
{
    bool named = take(cursor, "UTC") || take(cursor, "GMT") || take(cursor, "Z");
    moment->offset_given = true;
    moment->offset = 0;
    if (!numbers || cursor->at == cursor->end || (*cursor->at != '+' && *cursor->at != '-'))
        return named;
    int sign = *cursor->at++ == '-' ? -1 : 1;
    int hours = take_number(cursor, 1, 2);
    bool colon = take(cursor, ":");
    int minutes = colon || count_digits(cursor) ? take_number(cursor, 2, 2) : 0;
    moment->offset = sign * (hours * 3600 + minutes * 60);
    return hours >= 0 && hours <= 18 && minutes >= 0 && minutes < 60;
}

static bool take_half(struct cursor *cursor, struct moment *moment)
{
    static const char *const marks[][4] = {{"AM", "A.M.", "上午", "凌晨"},
                                           {"PM", "P.M.", "下午", "晚上"}};
    size_t left = (size_t)(cursor->end - cursor->at);
    for (int half = 0; half < 2; half++)
        for (int i = 0; i < 4; i++) {
            size_t length = strlen(marks[half][i]);
            if (left >= length && strncasecmp(cursor->at, marks[half][i], length) == 0) {
                cursor->at += length;
                moment->half = half + 1;
                return true;
            }
        }
    return false;
}

// One item of the format, "%m" or a literal byte; false when the text does not have it there.
static bool take_item(const struct reading *reading, struct cursor *cursor, const char *item,
                      bool packed, struct moment *moment)
{
    int least = packed ? 2 : 1, value;
    if (item[0] == ' ')
        return skip_blanks(cursor);
    if (is_zulu(reading->format->date, item))
        return take_offset(cursor, false, moment);
    if (item[0] != '%' || item[1] == '%')
        return cursor->at < cursor->end && *cursor->at++ == item[0];
    switch (item[1]) {
    case 'Y':
        return (value = moment->civil.year = take_number(cursor, 4, 4)) >= 0;
    case 'y':
        value = take_number(cursor, 2, 2);
        moment->civil.year = value < 69 ? 2000 + value : 1900 + value; // as POSIX has it
        return value >= 0;
    case 'm':
        return (value = moment->civil.month = take_number(cursor, least, 2)) >= 0;
    case 'b':
        return (value = moment->civil.month = take_month_name(cursor)) >= 0;
    case 'd':
        return (value = moment->civil.day = take_number(cursor, least, 2)) >= 0;
    case 'H':
        return (value = moment->hour = take_number(cursor, least, 2)) >= 0;
    case 'M':
        return (value = moment->minute = take_number(cursor, least, 2)) >= 0;
    case 'S':
        return (value = moment->second = take_number(cursor, least, 2)) >= 0;
    case 'I':
        value = moment->hour = take_number(cursor, least, 2);
        return value >= 1 && value <= 12;
    case 'f':
        return take_fraction(reading, cursor, &moment->microsecond) == 0;
    case 'p':
        return take_half(cursor, moment);
    case 'z':
        return take_offset(cursor, true, moment);
    case 'Z':
        return take_offset(cursor, false, moment);
    }
    return false;
}

// Numbers that touch one another must have both their digits: 2026105 would mean two dates.
static int read_format(const struct reading *reading, struct cursor *cursor, struct moment *moment)
{
    const char *format = reading->format->date;
    moment->hour = -1;
    bool touches = false, fits = true;
    for (const char *item = format; *item && fits;) {
        size_t length = item[0] == '%' && item[1] ? 2 : 1;
        bool number = is_number_item(item);
        bool packed = number && (touches || is_number_item(item + length));
        fits = take_item(reading, cursor, item, packed, moment);
        touches = number;
        item += length;
    }
    if (!fits || cursor->at != cursor->end)
        return reading_fail_with(reading, REASON_OTHER_FORM, "%s", format);
    if (moment->half)
        moment->hour = moment->hour % 12 + (moment->half == 2 ? 12 : 0);
    return moment->hour < 0 ? 0 : check_time(reading, moment);
}

// ---- a spreadsheet's serials

bool cell_date_is_serial(const char *format)
{
    return strcmp(format, "excel") == 0 || strcmp(format, "excel1904") == 0;
}

// Digits, and with a point what part of the day has passed, to the nearest millisecond.
static bool take_serial(struct cursor *cursor, int *days, int64_t *microseconds)
{
    const int64_t milliseconds = 86400000;
    int64_t fraction = 0, unit = 1;
    int digits = count_digits(cursor);
    *microseconds = 0;
    if (digits == 0 || digits > 7)
        return false;
    *days = take_number(cursor, 1, 7);
    if (cursor->at < cursor->end && (take(cursor, ".") || take(cursor, ","))) {
        for (int left = count_digits(cursor); left > 0; left--, cursor->at++)
            if (unit < INT64_C(10000000000)) {
                fraction = fraction * 10 + (*cursor->at - '0');
                unit *= 10;
            }
        int64_t passed = (fraction * milliseconds + unit / 2) / unit;
        *days += (int)(passed / milliseconds);
        *microseconds = passed % milliseconds * 1000;
    }
    return cursor->at == cursor->end;
}

// The day before the spreadsheet's first, and the day in 1900 that never was.
enum cell_serial cell_serial(const char *text, size_t length, bool late, int *day,
                             int64_t *microseconds)
{
    struct cursor cursor = {text, text + length};
    int days = 0, first = 0;
    if (!take_serial(&cursor, &days, microseconds))
        return SERIAL_NONE;
    calendar_day(late ? (struct civil){1904, 1, 1} : (struct civil){1899, 12, 30}, &first);
    if (!late && days == 60)
        return SERIAL_NEVER;
    if (!late && days == 0)
        return SERIAL_TIME;
    *day = first + days + (!late && days < 60);
    return *day > CALENDAR_DAY_MAX ? SERIAL_NONE : SERIAL_DAY;
}

int cell_read_serial(const struct reading *reading, const char *text, size_t length)
{
    int day = 0;
    int64_t microseconds = 0;
    bool late = strcmp(reading->format->date, "excel1904") == 0;
    enum cell_serial serial = cell_serial(text, length, late, &day, &microseconds);
    if (serial == SERIAL_NEVER)
        return reading_fail_with(reading, REASON_NO_LEAP_DAY, "%d", 1900);
    if (serial != SERIAL_DAY)
        return reading_fail(reading, REASON_NO_SERIAL);
    if (reading->field->type == TYPE_DATE) {
        *reading->value = (struct cell_value){.is = CELL_IS_WORD, .word = day};
        return 0;
    }
    int64_t local = day * CALENDAR_MICROSECONDS_PER_DAY + microseconds;
    int64_t moment = reading->zone ? zone_timestamp(reading->zone, local) : local;
    *reading->value =
        (struct cell_value){.is = CELL_IS_WORD, .word = moment * 2 + (microseconds == 0)};
    return 0;
}

// ---- the values

// "Z", "+08:00", "+0800" or "+08"; offset_given is false when there is none and the zone's clock
// counts.
static int read_offset(const struct reading *reading, struct cursor *cursor, struct moment *moment)
{
    skip_blanks(cursor);
    if (cursor->at == cursor->end)
        return 0;
    if (!take_offset(cursor, true, moment) || cursor->at != cursor->end)
        return reading_fail(reading, REASON_NOT_A_TIME);
    return 0;
}

// Microseconds UTC of a moment whose day is known to be one.
static int64_t moment_utc(const struct reading *reading, const struct moment *moment, int day)
{
    int64_t local = day * CALENDAR_MICROSECONDS_PER_DAY;
    if (moment->hour >= 0)
        local +=
            (moment->hour * 3600 + moment->minute * 60 + moment->second) * second_microseconds +
            moment->microsecond;
    return moment->offset_given ? local - moment->offset * second_microseconds
           : reading->zone      ? zone_timestamp(reading->zone, local)
                                : local;
}

// A moment of a declared format, or of the forms that are understood.
static int read_value(const struct reading *reading, const char *text, size_t length,
                      struct moment *moment, int *day)
{
    struct cursor cursor = {text, text + length};
    if (reading->format->date ? read_format(reading, &cursor, moment) != 0
                              : read_moment(reading, &cursor, moment) != 0)
        return -1;
    if (!reading->format->date && moment->hour < 0 && cursor.at != cursor.end)
        return reading_fail(reading, REASON_NOT_A_DATE);
    if (!reading->format->date && read_offset(reading, &cursor, moment) != 0)
        return -1;
    return calendar_day(moment->civil, day) == 0 ? 0 : fail_civil(reading, moment->civil);
}

// With a serial's format a column may hold dates as text too, where not all cells were dates.
static bool is_serial(const struct reading *reading, const char *text, size_t length)
{
    return reading->format->date && cell_date_is_serial(reading->format->date) &&
           !memchr(text, '-', length) && !memchr(text, '/', length) && length < 32;
}

static struct reading without_format(const struct reading *reading, struct cell_format *plain)
{
    struct reading other = *reading;
    *plain = *reading->format;
    plain->date = NULL;
    other.format = plain;
    return other;
}

int cell_read_date(const struct reading *reading, const char *text, size_t length)
{
    struct moment moment = {0};
    struct cell_format plain;
    int day;
    if (is_serial(reading, text, length))
        return cell_read_serial(reading, text, length);
    struct reading other = without_format(reading, &plain);
    if (reading->format->date && cell_date_is_serial(reading->format->date))
        reading = &other;
    if (read_value(reading, text, length, &moment, &day) != 0)
        return -1;
    if (moment.offset_given && moment.hour >= 0 && reading->zone)
        day = zone_day(reading->zone, moment_utc(reading, &moment, day));
    else if (!reading->format->date &&
             (moment.hour > 0 || moment.minute || moment.second || moment.microsecond))
        return reading_fail(reading, REASON_TIME_IN_DATE);
    *reading->value = (struct cell_value){.is = CELL_IS_WORD, .word = day};
    return 0;
}

int cell_read_timestamp(const struct reading *reading, const char *text, size_t length)
{
    struct moment moment = {0};
    struct cell_format plain;
    int day;
    if (is_serial(reading, text, length))
        return cell_read_serial(reading, text, length);
    struct reading other = without_format(reading, &plain);
    if (reading->format->date && cell_date_is_serial(reading->format->date))
        reading = &other;
    if (read_value(reading, text, length, &moment, &day) != 0)
        return -1;
    *reading->value = (struct cell_value){
        .is = CELL_IS_WORD, .word = moment_utc(reading, &moment, day) * 2 + (moment.hour < 0)};
    return 0;
}
