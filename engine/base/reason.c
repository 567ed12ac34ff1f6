// SPDX-License-Identifier: MIT
// A packed reason is the byte 1, its code as two bytes that only go on with a character of UTF-8,
// and its values with REASON_AND before each. No text begins so, and nothing that is replaced in
// texts fits a byte of it.
#include "engine/base/reason.h"

#include "engine/base/dictionary.h"
#include "engine/base/memory.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MARK = 1, HEAD = 3, CODE_BYTE = 0x80, CODE_BITS = 6, VALUES_MAX = 4 };
_Static_assert((int)REASONS < 1 << 2 * CODE_BITS, "a code fits two bytes");

static const char *const words[REASONS][2] = {
#define REASON(name, english, chinese) [REASON_##name] = {english, chinese},
#include "engine/base/reasons.def"
#undef REASON
};

void reason_set(struct buffer *out, enum reason code)
{
    buffer_reset(out);
    buffer_add_byte(out, MARK);
    buffer_add_byte(out, (char)(CODE_BYTE | code >> CODE_BITS));
    buffer_add_byte(out, (char)(CODE_BYTE | (code & ((1 << CODE_BITS) - 1))));
}

void reason_set_values(struct buffer *out, enum reason code, const char *values, va_list arguments)
{
    char *text = NULL;
    if (vasprintf(&text, values, arguments) < 0)
        memory_exhausted();
    reason_set(out, code);
    reason_add_value(out, text);
    free(text);
}

void reason_set_with(struct buffer *out, enum reason code, const char *values, ...)
{
    va_list arguments;
    va_start(arguments, values);
    reason_set_values(out, code, values, arguments);
    va_end(arguments);
}

void reason_add_value(struct buffer *out, const char *value)
{
    buffer_add_text(out, REASON_AND);
    buffer_add_text(out, value);
}

// Its code; text may come from another process.
static enum reason code_of(const char *reason)
{
    enum { ANY_BITS = (1 << CODE_BITS) - 1 };
    if (reason[0] != MARK || (reason[1] & ~ANY_BITS & 0xFF) != CODE_BYTE ||
        (reason[2] & ~ANY_BITS & 0xFF) != CODE_BYTE)
        return REASON_OWN_WORDS;
    int code = (reason[1] & ANY_BITS) << CODE_BITS | (reason[2] & ANY_BITS);
    return code < (int)REASONS ? (enum reason)code : REASON_OWN_WORDS;
}

// The next %s, %2$s, %l or %m of a format, and which value it wants; NULL: none.
static const char *next_mark(const char *format, int *value, size_t *length)
{
    const char *mark = strchr(format, '%');
    if (!mark)
        return NULL;
    *length = 2;
    if (mark[1] >= '1' && mark[1] <= '0' + VALUES_MAX) {
        *value = mark[1] - '1';
        *length = 4;
    }
    return mark;
}

// How many values the reason has: each is shown in one of the languages at least.
static int count_values(enum reason code)
{
    int count = 0;
    for (size_t language = 0; language < 2; language++) {
        const char *at = words[code][language];
        int value = 0;
        for (size_t length; (at = next_mark(at, &value, &length)); at += length)
            count = ++value > count ? value : count;
    }
    return count;
}

// Takes the values apart; the last holds all that follows.
static void find_values(const char *at, int count, struct text values[VALUES_MAX])
{
    for (int number = 0; number < count && *at == *REASON_AND; number++) {
        const char *next = strchr(++at, *REASON_AND);
        size_t length = next && number < count - 1 ? (size_t)(next - at) : strlen(at);
        values[number] = (struct text){at, length};
        at += length;
    }
}

static void add_list(struct text names, bool chinese, struct buffer *out)
{
    size_t last = 0; // of the marks between names
    for (size_t i = 0; i < names.length; i++)
        if (names.bytes[i] == *REASON_LIST)
            last = i;
    for (size_t i = 0; i < names.length; i++)
        if (names.bytes[i] == *REASON_LIST)
            buffer_add_text(out, chinese ? "、" : i == last ? " and " : ", ");
        else
            buffer_add_byte(out, names.bytes[i]);
}

static void add_month(struct text number, bool chinese, struct buffer *out)
{
    static const char *const names[] = {"January",   "February", "March",    "April",
                                        "May",       "June",     "July",     "August",
                                        "September", "October",  "November", "December"};
    unsigned long month = number.length ? strtoul(number.bytes, NULL, 10) : 0;
    bool named = month >= 1 && month <= sizeof names / sizeof *names;
    if (named && !chinese)
        buffer_add_text(out, names[month - 1]);
    else
        buffer_add(out, number.bytes ? number.bytes : "", number.length);
}

static void add_value(struct text value, const char *language, struct buffer *out)
{
    if (value.length && *value.bytes == MARK) {
        char *reason = memory_text_n(value.bytes, value.length);
        reason_add(reason, language, out);
        free(reason);
    } else {
        buffer_add(out, value.bytes ? value.bytes : "", value.length);
    }
}

void reason_add(const char *reason, const char *language, struct buffer *out)
{
    enum reason code = code_of(reason);
    if (code == REASON_OWN_WORDS) {
        buffer_add_text(out, reason);
        return;
    }
    bool chinese = language && strcmp(language, "zh") == 0;
    const char *format = words[code][chinese], *mark;
    struct text values[VALUES_MAX] = {{0}};
    int value = 0;
    find_values(reason + HEAD, count_values(code), values);
    for (size_t length; (mark = next_mark(format, &value, &length)); format = mark + length) {
        bool absent = !values[value].bytes && mark > format && mark[-1] == ' ';
        buffer_add(out, format, (size_t)(mark - format) - absent);
        char kind = mark[length - 1];
        if (kind == 'l')
            add_list(values[value], chinese, out);
        else if (kind == 'm')
            add_month(values[value], chinese, out);
        else
            add_value(values[value], language, out);
        value++;
    }
    buffer_add_text(out, format);
}

bool reason_is(const char *reason, enum reason code)
{
    return code_of(reason) == code;
}

void reason_add_first(const char *reason, struct buffer *out)
{
    const char *value = code_of(reason) == REASON_OWN_WORDS ? NULL : strchr(reason, *REASON_AND);
    if (value)
        buffer_add(out, value + 1, strcspn(value + 1, REASON_AND));
}

char *reason_text(const char *reason)
{
    struct buffer text = {0};
    reason_add(reason, NULL, &text);
    return buffer_take(&text);
}

void reason_add_with(const char *reason,
                     void (*add)(void *context, const char *text, struct buffer *out),
                     void *context, struct buffer *out)
{
    enum reason code = code_of(reason);
    if (code == REASON_OWN_WORDS) {
        add(context, reason, out);
        return;
    }
    struct text values[VALUES_MAX] = {{0}};
    int count = count_values(code);
    find_values(reason + HEAD, count, values);
    buffer_add(out, reason, HEAD);
    for (int i = 0; i < count && values[i].bytes; i++) {
        char *value = memory_text_n(values[i].bytes, values[i].length);
        buffer_add_text(out, REASON_AND);
        reason_add_with(value, add, context, out);
        free(value);
    }
}

int reason_compare(const char *a, const char *b)
{
    if (code_of(a) == REASON_OWN_WORDS && code_of(b) == REASON_OWN_WORDS)
        return strcmp(a, b);
    char *first = reason_text(a), *second = reason_text(b);
    int order = strcmp(first, second);
    free(first);
    free(second);
    return order;
}
