// SPDX-License-Identifier: MIT
#include "reports/files/json_text.h"

#include "engine/base/calendar.h"
#include "engine/base/memory.h"

#include <stdbool.h>
#include <string.h>
#include <utf8proc.h>

static json_t *repaired(const char *text, size_t length)
{
    struct buffer buffer = {0};
    const utf8proc_uint8_t *at = (const utf8proc_uint8_t *)text;
    while (length > 0) {
        utf8proc_int32_t character;
        utf8proc_ssize_t size = utf8proc_iterate(at, (utf8proc_ssize_t)length, &character);
        if (size > 0)
            buffer_add(&buffer, at, (size_t)size);
        else
            buffer_add_text(&buffer, "\xEF\xBF\xBD");
        size = size > 0 ? size : 1;
        at += size;
        length -= (size_t)size;
    }
    json_t *result = json_stringn(buffer_text(&buffer), buffer.length);
    buffer_clear(&buffer);
    return result;
}

json_t *json_text(const char *text)
{
    if (!text)
        return json_null();
    size_t length = strlen(text);
    json_t *result = json_stringn(text, length);
    if (!result)
        result = repaired(text, length);
    if (!result)
        memory_exhausted();
    return result;
}

static void add_escaped(struct buffer *out, unsigned char byte)
{
    static const char letters[] = "btnfr", bytes[] = "\b\t\n\f\r";
    const char *letter = byte ? strchr(bytes, byte) : NULL;
    if (byte == '"' || byte == '\\')
        buffer_printf(out, "\\%c", byte);
    else if (letter)
        buffer_printf(out, "\\%c", letters[letter - bytes]);
    else
        buffer_printf(out, "\\u%04X", byte);
}

static bool must_escape(unsigned char byte)
{
    return byte < 0x20 || byte == '"' || byte == '\\';
}

void json_text_add(struct buffer *out, const char *text)
{
    if (!text) {
        buffer_add_text(out, "null");
        return;
    }
    buffer_add_byte(out, '"');
    const utf8proc_uint8_t *at = (const utf8proc_uint8_t *)text;
    while (*at) {
        const utf8proc_uint8_t *plain = at;
        utf8proc_int32_t character;
        utf8proc_ssize_t size = 1;
        while (*at && !must_escape(*at) &&
               (*at < 0x80 || (size = utf8proc_iterate(at, -1, &character)) > 0)) {
            at += size;
            size = 1;
        }
        buffer_add(out, plain, (size_t)(at - plain));
        if (!*at)
            break;
        if (must_escape(*at))
            add_escaped(out, *at);
        else
            buffer_add_text(out, "\xEF\xBF\xBD");
        at++;
    }
    buffer_add_byte(out, '"');
}

json_t *json_decimal(struct decimal value)
{
    char text[DECIMAL_TEXT_MAX];
    decimal_format(value, 0, text);
    return json_text(text);
}

json_t *json_day(int day)
{
    char text[CALENDAR_TEXT_MAX];
    if (day <= CALENDAR_DAY_MIN || day >= CALENDAR_DAY_MAX)
        return json_null();
    calendar_format_day(day, text);
    return json_text(text);
}

json_t *json_time(time_t moment)
{
    char text[40];
    struct tm broken_down;
    gmtime_r(&moment, &broken_down);
    strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &broken_down);
    return json_text(text);
}

json_t *json_files(const struct output *output)
{
    size_t count;
    const struct output_file *files = output_files(output, &count);
    json_t *array = json_array();
    for (size_t i = 0; i < count; i++) {
        json_t *object = json_object();
        json_set(object, "name", json_text(files[i].name));
        json_set(object, "sha256", json_text(files[i].sha256));
        json_set(object, "bytes", json_integer(files[i].bytes));
        json_append(array, object);
    }
    return array;
}

void json_set(json_t *object, const char *name, json_t *value)
{
    if (json_object_set_new(object, name, value) < 0)
        memory_exhausted();
}

void json_append(json_t *array, json_t *value)
{
    if (json_array_append_new(array, value) < 0)
        memory_exhausted();
}

static int add(const char *bytes, size_t length, void *output)
{
    output_add(output, bytes, length);
    return 0;
}

void json_write(const json_t *value, size_t flags, struct output *output)
{
    if (json_dump_callback(value, add, output, flags) < 0)
        memory_exhausted();
}
