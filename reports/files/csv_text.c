// SPDX-License-Identifier: MIT
#include "reports/files/csv_text.h"

#include <stdbool.h>
#include <string.h>

// Each cell is followed by a comma; the last one becomes the end of the line.
static void add_cell(struct buffer *line, const char *text)
{
    if (!text[strcspn(text, ",\"\r\n")]) {
        buffer_add_text(line, text);
        buffer_add_byte(line, ',');
        return;
    }
    buffer_add_byte(line, '"');
    for (const char *quote; (quote = strchr(text, '"')); text = quote + 1) {
        buffer_add(line, text, (size_t)(quote - text));
        buffer_add_text(line, "\"\"");
    }
    buffer_add_text(line, text);
    buffer_add_text(line, "\",");
}

void csv_text_add(struct buffer *line, const char *text)
{
    if (!text || !*text || !strchr("=+-@\t\r", *text)) {
        add_cell(line, text ? text : "");
        return;
    }
    struct buffer neutral = {0};
    buffer_add_byte(&neutral, '\'');
    buffer_add_text(&neutral, text);
    add_cell(line, buffer_text(&neutral));
    buffer_clear(&neutral);
}

static bool is_number(const char *text)
{
    static const char digits[] = "0123456789";
    text += *text == '-';
    size_t whole = strspn(text, digits);
    text += whole;
    if (*text != '.')
        return whole > 0 && !*text;
    text++;
    size_t places = strspn(text, digits);
    return places > 0 && !text[places];
}

void csv_text_add_number(struct buffer *line, const char *number)
{
    if (number && is_number(number))
        add_cell(line, number);
    else
        csv_text_add(line, number);
}

void csv_text_add_count(struct buffer *line, uint64_t count)
{
    buffer_printf(line, "%llu,", (unsigned long long)count);
}

void csv_text_end_line(struct buffer *line)
{
    line->data[line->length - 1] = '\n';
}
