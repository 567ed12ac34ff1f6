// SPDX-License-Identifier: MIT
#include "reports/html/html_text.h"

#include "engine/base/hash.h"

#include <stdint.h>
#include <string.h>
#include <utf8proc.h>

enum { ANCHOR_MAX = 240 };

// Those that open an embedding, an override or an isolate, or close one, change the order of
// everything up to the end of the paragraph. Plain marks (U+200E, U+200F, U+061C) do not.
static bool turns_direction(utf8proc_int32_t character)
{
    return (character >= 0x202A && character <= 0x202E) ||
           (character >= 0x2066 && character <= 0x2069);
}

static bool is_control(utf8proc_int32_t character)
{
    return character < 0x20 || (character >= 0x7F && character < 0xA0);
}

// HTML forbids them, escaped or not.
static bool is_noncharacter(utf8proc_int32_t character)
{
    return (character & 0xFFFE) == 0xFFFE || (character >= 0xFDD0 && character <= 0xFDEF);
}

static const char *entity(utf8proc_int32_t character)
{
    switch (character) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return "&quot;";
    case '\'':
        return "&#39;";
    case '\t':
    case '\n':
    case '\r':
        return " ";
    default:
        return NULL;
    }
}

static void add_character(struct buffer *out, const utf8proc_uint8_t *at, size_t size,
                          utf8proc_int32_t character)
{
    const char *instead = entity(character);
    if (instead)
        buffer_add_text(out, instead);
    else if (is_control(character) || turns_direction(character))
        buffer_printf(out, "<i>U+%04X</i>", (unsigned int)character);
    else if (is_noncharacter(character))
        buffer_add_text(out, "\xEF\xBF\xBD");
    else
        buffer_add(out, at, size);
}

bool html_text_add_some(struct buffer *out, const char *text, size_t characters)
{
    const utf8proc_uint8_t *at = (const utf8proc_uint8_t *)(text ? text : "");
    size_t left = strlen((const char *)at);
    for (; left > 0 && characters > 0; characters--) {
        utf8proc_int32_t character;
        utf8proc_ssize_t size = utf8proc_iterate(at, (utf8proc_ssize_t)left, &character);
        if (size > 0) {
            add_character(out, at, (size_t)size, character);
        } else {
            buffer_add_text(out, "\xEF\xBF\xBD");
            size = 1;
        }
        at += size;
        left -= (size_t)size;
    }
    if (left > 0)
        buffer_add_text(out, "…");
    return left > 0;
}

void html_text_add(struct buffer *out, const char *text)
{
    html_text_add_some(out, text, SIZE_MAX);
}

static bool is_plain(unsigned char byte)
{
    return (byte >= '0' && byte <= '9') || (byte >= 'A' && byte <= 'Z') ||
           (byte >= 'a' && byte <= 'z') || (byte && strchr("._:/-", byte));
}

void html_anchor_add(struct buffer *out, const char *id)
{
    size_t before = out->length;
    for (const char *at = id; *at && out->length - before <= ANCHOR_MAX; at++)
        if (is_plain((unsigned char)*at))
            buffer_add_byte(out, *at);
        else
            buffer_printf(out, "~%02X", (unsigned char)*at);
    if (out->length - before <= ANCHOR_MAX)
        return;
    char hash[HASH_TEXT];
    hash_bytes(id, strlen(id), hash);
    out->length = before;
    buffer_printf(out, "~~%s", hash);
}
