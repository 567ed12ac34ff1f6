// SPDX-License-Identifier: MIT
#include "reports/xlsx/xlsx_text.h"

#include <ctype.h>
#include <string.h>
#include <utf8proc.h>

static const char replacement[] = "\xEF\xBF\xBD", ellipsis[] = "…";

static bool turns_direction(utf8proc_int32_t character)
{
    return character == 0x061C || character == 0x200E || character == 0x200F ||
           (character >= 0x202A && character <= 0x202E) ||
           (character >= 0x2066 && character <= 0x2069);
}

static bool is_no_text(utf8proc_int32_t character)
{
    return (character >= 0x80 && character <= 0x9F) || (character & 0xFFFE) == 0xFFFE ||
           (character >= 0xFDD0 && character <= 0xFDEF);
}

static void add_character(struct buffer *out, utf8proc_int32_t character)
{
    utf8proc_uint8_t bytes[4];
    utf8proc_ssize_t size = utf8proc_encode_char(character, bytes);
    buffer_add(out, bytes, (size_t)size);
}

// "_x", four hexadecimal digits, "_".
static bool is_escape(const char *text)
{
    if (text[0] != '_' || text[1] != 'x')
        return false;
    for (int i = 2; i < 6; i++)
        if (!isxdigit((unsigned char)text[i]))
            return false;
    return text[6] == '_';
}

// Adds the character at the beginning of `text` and returns how many bytes it took there.
static size_t add_safely(struct buffer *out, const char *text)
{
    utf8proc_int32_t character;
    utf8proc_ssize_t size = utf8proc_iterate((const utf8proc_uint8_t *)text, -1, &character);
    if (size <= 0) {
        buffer_add_text(out, replacement);
        return 1;
    }
    if (character == '\r') {
        buffer_add_byte(out, '\n');
        return text[1] == '\n' ? 2 : 1;
    }
    if (character < 0x20 && character != '\n' && character != '\t')
        add_character(out, 0x2400 + character);
    else if (character == 0x7F)
        add_character(out, 0x2421);
    else if (is_no_text(character))
        buffer_add_text(out, replacement);
    else if (turns_direction(character))
        buffer_printf(out, "[U+%04X]", (unsigned)character);
    else if (is_escape(text))
        buffer_add_text(out, "_x005F_");
    else
        buffer_add(out, text, (size_t)size);
    return (size_t)size;
}

size_t xlsx_text_length(const char *text)
{
    size_t length = 0;
    for (; *text; text++) {
        unsigned char byte = (unsigned char)*text;
        length += (byte & 0xC0) != 0x80; // the first byte of a character
        length += byte >= 0xF0;          // one beyond the basic plane takes two units
    }
    return length;
}

void xlsx_text_add(struct buffer *out, const char *text)
{
    size_t length = 0;
    size_t room = out->length; // where the ellipsis would still fit
    while (*text) {
        size_t before = out->length;
        text += add_safely(out, text);
        length += xlsx_text_length(out->data + before);
        if (length < XLSX_TEXT_MAX)
            room = out->length;
        if (length > XLSX_TEXT_MAX) {
            out->length = room;
            buffer_add_text(out, ellipsis);
            return;
        }
    }
}

bool xlsx_text_is_formula(const char *text)
{
    return *text && strchr("=+-@\t\n\r", *text);
}
