// SPDX-License-Identifier: MIT
// The plain forms (ASCII digits, ISO dates, exact enum values) are read at once, since an import
// reads millions of them. What is left is looked at again without its blanks, then in the widths of
// ASCII.
#include "engine/data/cell.h"

#include "engine/data/cell_inside.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <utf8proc.h>

enum { NARROW_MAX = 160, VALUES_NAMED = 236 };

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

// The bytes of the blank that the text begins with, or ends with; 0: none.
static size_t blank_at(const char *text, size_t length, bool at_end)
{
    static const char *const wide[] = {"\xC2\xA0", "\xE3\x80\x80", "\xEF\xBB\xBF"};
    if (length && is_blank(at_end ? text[length - 1] : *text))
        return 1;
    for (size_t i = 0; i < sizeof wide / sizeof *wide; i++) {
        size_t size = strlen(wide[i]);
        if (length >= size && memcmp(at_end ? text + length - size : text, wide[i], size) == 0)
            return size;
    }
    return 0;
}

static void trim(const char **text, size_t *length)
{
    for (size_t size; (size = blank_at(*text, *length, false));)
        *text += size, *length -= size;
    for (size_t size; (size = blank_at(*text, *length, true));)
        *length -= size;
}

void cell_bare(const char **text, size_t *length)
{
    trim(text, length);
    if (*length > 2 && memcmp(*text, "=\"", 2) == 0 && (*text)[*length - 1] == '"') {
        *text += 2, *length -= 3;
        trim(text, length);
    } else if (*length > 1 && **text == '\'' && strchr("0123456789=+-@", (*text)[1]) &&
               (*text)[1]) {
        (*text)++, (*length)--;
    }
}

bool cell_unmark(const char **text, size_t *length)
{
    bool marked =
        *length >= CELL_NO_VALUE_LENGTH && memcmp(*text, CELL_NO_VALUE, CELL_NO_VALUE_LENGTH) == 0;
    if (marked)
        *text += CELL_NO_VALUE_LENGTH, *length -= CELL_NO_VALUE_LENGTH;
    return marked;
}

// Whether cell_bare may find something to take off.
static inline bool may_be_guarded(const char *text, size_t length)
{
    unsigned char first = (unsigned char)*text, last = (unsigned char)text[length - 1];
    return first <= ' ' || last <= ' ' || first == '=' || first == '\'' || first >= 0x80 ||
           last >= 0x80;
}

// 2.0261E+17: what a spreadsheet makes of a long number, whose digits are lost.
static bool is_damaged(const char *text, size_t length)
{
    const char *end = text + length - 4; // E+17
    if (length < 5 || (end[0] != 'E' && end[0] != 'e') || end[1] != '+' || end[2] < '0' ||
        end[2] > '9' || end[3] < '0' || end[3] > '9' || *text < '1' || *text > '9')
        return false;
    if (end - text > 1 && text[1] != '.' && text[1] != ',')
        return false;
    for (const char *at = text + 2; at < end; at++)
        if (*at < '0' || *at > '9')
            return false;
    return end - text != 2;
}

// A text, as an id or an accounting period where it is one.
static int read_text(const struct reading *reading, const char *text, size_t length)
{
    static _Thread_local char month[8];
    const struct field *field = reading->field;
    struct civil civil;
    if (field->period && calendar_parse_month(text, length, &civil.year, &civil.month) == 0) {
        length = (size_t)snprintf(month, sizeof month, "%04u-%02u", (unsigned)civil.year % 10000U,
                                  (unsigned)civil.month % 100U);
        text = month;
    } else if ((field->key || field->refers) && is_damaged(text, length)) {
        return reading_fail(reading, REASON_DAMAGED_ID);
    }
    *reading->value = (struct cell_value){.is = CELL_IS_TEXT, .text = {text, length}};
    return 0;
}

// Whether the text is ASCII without NUL: one bit of each byte tells both.
static bool is_plain(const char *text, size_t length)
{
    const uint64_t high = UINT64_C(0x8080808080808080), ones = UINT64_C(0x0101010101010101);
    uint64_t seen = 0, word;
    if (length < sizeof word) {
        for (size_t i = 0; i < length; i++)
            seen |= (uint64_t)((unsigned char)(text[i] - 1) >= 0x7F);
        return seen == 0;
    }
    for (size_t i = 0; i + sizeof word < length; i += sizeof word) {
        memcpy(&word, text + i, sizeof word);
        seen |= (word - ones) | word;
    }
    memcpy(&word, text + length - sizeof word, sizeof word);
    seen |= (word - ones) | word;
    return (seen & high) == 0;
}

// 0, or -1 with the reason when the bytes are not text.
static int check_text(const struct reading *reading, const char *text, size_t length)
{
    for (size_t i = 0; i < length;) {
        unsigned char byte = (unsigned char)text[i];
        if (byte == 0)
            return reading_fail_with(reading, REASON_NUL_BYTE, "%zu", i + 1);
        if (byte < 0x80) {
            i++;
            continue;
        }
        utf8proc_int32_t point;
        utf8proc_ssize_t used = utf8proc_iterate((const utf8proc_uint8_t *)text + i,
                                                 (utf8proc_ssize_t)(length - i), &point);
        if (used > 0) {
            i += (size_t)used;
            continue;
        }
        if (byte == 0xFF) // what decoding leaves where the source's bytes mean nothing
            return reading_fail_with(reading, REASON_UNDECODED_BYTE, "%zu", i + 1);
        return reading_fail_with(reading, REASON_INVALID_BYTE, "%02X" REASON_AND "%zu", byte,
                                 i + 1);
    }
    return 0;
}

// Full-width forms and special blanks become their ASCII selves. Other compatibility forms stay: a
// superscript 2 is not the digit 2. Returns the new length, or 0 when nothing changed or all is too
// long.
static size_t narrow(const char *text, size_t length, char out[NARROW_MAX])
{
    size_t used = 0;
    bool changed = false;
    for (size_t i = 0; i < length;) {
        utf8proc_int32_t point, plain[18];
        utf8proc_ssize_t step = utf8proc_iterate((const utf8proc_uint8_t *)text + i,
                                                 (utf8proc_ssize_t)(length - i), &point);
        if (step <= 0 || used + 18 * 4 > NARROW_MAX)
            return 0;
        i += (size_t)step;
        int type = (int)utf8proc_get_property(point)->decomp_type;
        utf8proc_ssize_t count = 1;
        plain[0] = point;
        if (type == UTF8PROC_DECOMP_TYPE_WIDE || type == UTF8PROC_DECOMP_TYPE_NARROW ||
            type == UTF8PROC_DECOMP_TYPE_NOBREAK || type == UTF8PROC_DECOMP_TYPE_SMALL) {
            count = utf8proc_decompose_char(point, plain, 18, UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT,
                                            NULL);
            changed = true;
        } else if (point == 0x2212) { // the minus sign
            plain[0] = '-';
            changed = true;
        }
        for (utf8proc_ssize_t each = 0; each < count && each < 18; each++)
            used += (size_t)utf8proc_encode_char(plain[each], (utf8proc_uint8_t *)out + used);
    }
    return changed ? used : 0;
}

static int read_bool(const struct reading *reading, const char *text, size_t length)
{
    static const struct {
        const char *text;
        bool value;
    } words[] = {{"true", true}, {"false", false}, {"1", true},   {"0", false},
                 {"t", true},    {"f", false},     {"yes", true}, {"no", false},
                 {"y", true},    {"n", false},     {"是", true},  {"否", false}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strlen(words[i].text) == length && strncasecmp(words[i].text, text, length) == 0) {
            *reading->value = (struct cell_value){.is = CELL_IS_WORD, .word = words[i].value};
            return 0;
        }
    return reading_fail_with(reading, REASON_NOT_ONE_OF, "true, false, yes, no, 1, 0, 是, 否");
}

static int find_value(const struct field *field, const char *text, size_t length)
{
    for (int i = 0; i < field->value_count; i++) {
        const char *value = field->values[i];
        if (value[0] == text[0] && strlen(value) == length && memcmp(value, text, length) == 0)
            return i;
    }
    return -1;
}

static int read_enum(const struct reading *reading, const char *text, size_t length)
{
    const struct field *field = reading->field;
    int found = find_value(field, text, length);
    if (found >= 0) {
        *reading->value = (struct cell_value){.is = CELL_IS_WORD, .word = found};
        return 0;
    }
    struct buffer known = {0};
    for (int i = 0; i < field->value_count; i++) {
        const char *separator = i ? ", " : "";
        if (known.length + strlen(field->values[i]) > VALUES_NAMED) {
            buffer_printf(&known, "%s…", separator);
            break;
        }
        buffer_printf(&known, "%s%s", separator, field->values[i]);
    }
    reading_fail_with(reading, REASON_NOT_ONE_OF, "%s", buffer_text(&known));
    buffer_clear(&known);
    return -1;
}

static int read_form(const struct reading *reading, const char *text, size_t length)
{
    switch (reading->field->type) {
    case TYPE_INT:
    case TYPE_DECIMAL:
    case TYPE_MONEY:
        return cell_read_number(reading, text, length);
    case TYPE_DATE:
        return cell_read_date(reading, text, length);
    case TYPE_TIMESTAMP:
        return cell_read_timestamp(reading, text, length);
    case TYPE_BOOL:
        return read_bool(reading, text, length);
    case TYPE_ENUM:
        return read_enum(reading, text, length);
    case TYPE_TEXT:
        break;
    }
    return read_text(reading, text, length);
}

static bool is_null(const struct cell_format *format, const char *text, size_t length)
{
    for (int i = 0; i < format->null_count; i++)
        if (strlen(format->nulls[i]) == length && memcmp(format->nulls[i], text, length) == 0)
            return true;
    return length == 0;
}

static const struct cell_format no_format;

// "#N/A", or "=A1*2".
static int fail_no_value(const struct reading *reading, const char *text, size_t length)
{
    int shown = length < 80 ? (int)length : 80;
    return reading_fail_with(reading,
                             length && *text == '=' ? REASON_NOT_CALCULATED : REASON_ERROR_VALUE,
                             "%.*s", shown, text);
}

__attribute__((noinline)) static int read_slowly(struct reading *reading, const char *text,
                                                 size_t length)
{
    reading->format = reading->format ? reading->format : &no_format;
    if (cell_unmark(&text, &length))
        return fail_no_value(reading, text, length);
    if (!is_plain(text, length) && check_text(reading, text, length) != 0)
        return -1;
    cell_bare(&text, &length);
    if (is_null(reading->format, text, length)) {
        *reading->value = (struct cell_value){.is = CELL_IS_NULL};
        return 0;
    }
    char narrowed[NARROW_MAX];
    if (reading->field->type == TYPE_TEXT) {
        int year, month;
        size_t narrower = reading->field->period ? narrow(text, length, narrowed) : 0;
        return narrower && calendar_parse_month(narrowed, narrower, &year, &month) == 0
                   ? read_text(reading, narrowed, narrower)
                   : read_text(reading, text, length);
    }
    if (read_form(reading, text, length) == 0)
        return 0;
    size_t narrowed_length = is_plain(text, length) ? 0 : narrow(text, length, narrowed);
    if (narrowed_length == 0)
        return -1;
    text = narrowed;
    trim(&text, &narrowed_length);
    if (narrowed_length == 0) {
        *reading->value = (struct cell_value){.is = CELL_IS_NULL};
        return 0;
    }
    return read_form(reading, text, narrowed_length);
}

// "2026-10-05". The dates of a file lie in few months: their first days are kept, one for each
// place that a month of the year leads to.
static bool plain_day(const char *text, int *day)
{
    static _Thread_local struct month {
        char text[8]; // "2026-10-"
        int first, days;
    } months[16];
    struct month *month = &months[(text[5] * 10 + text[6]) & 15];
    if (memcmp(month->text, text, sizeof month->text) != 0) {
        char first[10];
        memcpy(first, text, sizeof month->text);
        memcpy(first + sizeof month->text, "01", 2);
        if (calendar_parse_day(first, sizeof first, &month->first) != 0) {
            memset(month->text, 0, sizeof month->text);
            return false;
        }
        struct civil civil = calendar_civil(month->first);
        month->days = calendar_month_days(civil.year, civil.month);
        memcpy(month->text, text, sizeof month->text);
    }
    unsigned tens = (unsigned)(unsigned char)text[8] - '0';
    unsigned ones = (unsigned)(unsigned char)text[9] - '0';
    unsigned number = tens * 10 + ones;
    if (tens > 9 || ones > 9 || number == 0 || number > (unsigned)month->days)
        return false;
    *day = month->first + (int)number - 1;
    return true;
}

// Two digits below `limit`, or -1.
static int two_digits(const char *text, unsigned limit)
{
    unsigned tens = (unsigned)(unsigned char)text[0] - '0';
    unsigned ones = (unsigned)(unsigned char)text[1] - '0';
    return tens > 9 || ones > 9 || tens * 10 + ones >= limit ? -1 : (int)(tens * 10 + ones);
}

// "2026-10-05T09:30:00" in the zone's clock, with a "T" or a blank.
static bool plain_moment(const struct zone *zone, const char *text, int64_t *word)
{
    int day;
    if ((text[10] != 'T' && text[10] != ' ') || text[13] != ':' || text[16] != ':' ||
        !plain_day(text, &day) || !zone)
        return false;
    int hour = two_digits(text + 11, 24), minute = two_digits(text + 14, 60);
    int second = two_digits(text + 17, 60);
    if (hour < 0 || minute < 0 || second < 0)
        return false;
    int64_t seconds = hour * 3600 + minute * 60 + second;
    *word = zone_timestamp(zone, day * CALENDAR_MICROSECONDS_PER_DAY + seconds * 1000000) * 2;
    return true;
}

// Whether numbers cannot be taken as they stand.
static bool is_own_form(const struct cell_format *format)
{
    return format->decimal || format->group || format->negate || format->rounded ||
           format->doubtful;
}

// 0 when the text has the plain form of its type.
static int read_plainly(const struct cell_format *format, const struct field *field,
                        const struct zone *zone, const char *text, size_t length,
                        struct cell_value *value)
{
    switch (field->type) {
    case TYPE_TEXT:
        if (field->period || !is_plain(text, length) || may_be_guarded(text, length) ||
            (length > 4 && text[length - 3] == '+'))
            return -1;
        value->is = CELL_IS_TEXT;
        value->text = (struct text){text, length};
        return 0;
    case TYPE_DECIMAL:
    case TYPE_MONEY:
        if ((format && is_own_form(format)) || !cell_plain_number(text, length, &value->number))
            return -1;
        value->is = CELL_IS_NUMBER;
        return 0;
    case TYPE_DATE: {
        int day;
        if ((format && format->date) || length != 10 || !plain_day(text, &day))
            return -1;
        value->is = CELL_IS_WORD;
        value->word = day;
        return 0;
    }
    case TYPE_ENUM:
        value->is = CELL_IS_WORD;
        value->word = find_value(field, text, length);
        return value->word < 0 ? -1 : 0;
    case TYPE_INT:
        if ((format && is_own_form(format)) || length > 15 ||
            !cell_plain_number(text, length, &value->number) || value->number.scale)
            return -1;
        value->is = CELL_IS_WORD;
        value->word = value->number.coefficient;
        return 0;
    case TYPE_TIMESTAMP:
        value->is = CELL_IS_WORD;
        return (format && format->date) || length != 19 || !plain_moment(zone, text, &value->word)
                   ? -1
                   : 0;
    case TYPE_BOOL:
        break;
    }
    return -1;
}

static bool substitute(const struct value_map *map, const char **text, size_t *length)
{
    for (int i = 0; i < map->count; i++)
        if (strlen(map->from[i]) == *length && memcmp(map->from[i], *text, *length) == 0) {
            *text = map->to[i];
            *length = strlen(*text);
            return true;
        }
    return false;
}

// What a format says of a text that is no value: it is what that says of what is shown instead.
static void settle_no_value(const struct cell_format *format, const char **text, size_t *length)
{
    const char *shown = *text;
    size_t shown_length = *length;
    if (!cell_unmark(&shown, &shown_length))
        return;
    if (is_null(format, shown, shown_length) || substitute(&format->map, &shown, &shown_length)) {
        *text = shown;
        *length = shown_length;
    }
}

int cell_parse(const struct cell_format *format, const struct field *field, const struct zone *zone,
               const char *text, size_t length, struct cell_value *value, struct buffer *reason)
{
    value->mark = 0;
    if (format && (format->map.count || format->null_count) && length &&
        may_be_guarded(text, length)) {
        cell_bare(&text, &length);
        settle_no_value(format, &text, &length);
    }
    if (format && format->map.count)
        substitute(&format->map, &text, &length);
    if (length == 0 || (format && format->null_count && is_null(format, text, length))) {
        value->is = CELL_IS_NULL;
        return 0;
    }
    if (read_plainly(format, field, zone, text, length, value) == 0)
        return 0;
    struct reading reading = {format, field, zone, value, reason};
    return read_slowly(&reading, text, length);
}
