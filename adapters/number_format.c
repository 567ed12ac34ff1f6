// SPDX-License-Identifier: MIT
#include "adapters/number_format.h"

#include "adapters/number_text.h"
#include "engine/base/calendar.h"
#include "engine/data/cell.h"

#include <string.h>
#include <strings.h>

enum number_format number_format_built_in(int id)
{
    static const struct {
        int first, last;
        enum number_format format;
    } ranges[] = {
        {9, 10, FORMAT_PERCENT}, {14, 22, FORMAT_DATE}, {27, 36, FORMAT_DATE},
        {45, 45, FORMAT_DATE},   {47, 47, FORMAT_DATE}, // 46 is a length of time
        {50, 58, FORMAT_DATE},
    };
    for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++)
        if (id >= ranges[i].first && id <= ranges[i].last)
            return ranges[i].format;
    return FORMAT_NUMBER;
}

// What stands in brackets: a colour, a condition, a locale, or a length of time.
static bool is_elapsed(const char *from, const char *to)
{
    if (from == to)
        return false;
    for (const char *at = from; at < to; at++)
        if (!strchr("hHmMsS", *at))
            return false;
    return true;
}

// Behind what is shown as it stands: "text", \c, and the blanks of _c and *c.
static const char *skip_literal(const char *at)
{
    if (*at == '"') {
        const char *end = strchr(at + 1, '"');
        return end ? end + 1 : at + strlen(at);
    }
    return at[1] ? at + 2 : at + 1;
}

// Only the first section counts: the others are for negative numbers, zero and texts.
enum number_format number_format_of(const char *code)
{
    static const char general[] = "general";
    bool percent = false, digits = false, era = false;
    for (const char *at = code; *at && *at != ';';) {
        if (strchr("\"\\_*", *at)) {
            at = skip_literal(at);
            continue;
        }
        if (strncasecmp(at, general, sizeof general - 1) == 0) {
            at += sizeof general - 1;
            continue;
        }
        if (*at == '[') {
            const char *end = strchr(at, ']');
            if (!end || is_elapsed(at + 1, end))
                return FORMAT_NUMBER;
            at = end + 1;
            continue;
        }
        if (strchr("yYmMdDhHsS", *at))
            return FORMAT_DATE;
        percent |= *at == '%';
        digits |= strchr("0#?", *at) != NULL;
        era |= *at == 'e' || *at == 'E'; // a Japanese year; behind digits an exponent
        at++;
    }
    return percent ? FORMAT_PERCENT : era && !digits ? FORMAT_DATE : FORMAT_NUMBER;
}

static void add_time(int64_t microseconds, struct buffer *out)
{
    int seconds = (int)(microseconds / 1000000), thousandths = (int)(microseconds % 1000000 / 1000);
    buffer_printf(out, "%02d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60);
    if (thousandths)
        buffer_printf(out, ".%03d", thousandths);
}

static void add_date(bool late, const char *number, size_t length, struct buffer *out)
{
    int day = 0;
    int64_t microseconds = 0;
    enum cell_serial serial = cell_serial(number, length, late, &day, &microseconds);
    if (late && serial == SERIAL_DAY && *number == '0' && length > 1)
        serial = SERIAL_TIME; // of its first day, which nobody means
    struct civil civil = serial == SERIAL_DAY     ? calendar_civil(day)
                         : serial == SERIAL_NEVER ? (struct civil){1900, 2, 29}
                                                  : (struct civil){0};
    if (serial == SERIAL_NONE || (serial == SERIAL_TIME && microseconds == 0)) {
        buffer_add(out, number, length);
        return;
    }
    if (serial != SERIAL_TIME)
        buffer_printf(out, "%04d-%02d-%02d", civil.year, civil.month, civil.day);
    if (microseconds) {
        buffer_add_text(out, serial == SERIAL_TIME ? "" : " ");
        add_time(microseconds, out);
    }
}

void number_format_add(enum number_format format, bool late, const char *number, size_t length,
                       struct buffer *out)
{
    switch (format) {
    case FORMAT_NUMBER:
        buffer_add(out, number, length);
        return;
    case FORMAT_PERCENT:
        number_text_add_percent(number, length, out);
        return;
    case FORMAT_DATE:
        add_date(late, number, length, out);
        return;
    }
}
