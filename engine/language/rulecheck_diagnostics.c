// SPDX-License-Identifier: MIT
// What the checks find, in the order in which they find it.
#include "engine/language/rulecheck_inside.h"

#include "engine/base/memory.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

bool check_has_errors(const struct check *check)
{
    for (size_t i = check->first; i < check->found->count; i++)
        if (check->found->items[i].severity == DIAGNOSTIC_ERROR)
            return true;
    return false;
}

bool check_full(const struct check *check)
{
    return check->found->count - check->first >= DIAGNOSTICS_MAX;
}

// The length of the well-formed UTF-8 character at `text`, or 0.
static size_t character_length(const unsigned char *text)
{
    if (text[0] < 0x80)
        return 1;
    size_t length = text[0] >= 0xF0 && text[0] <= 0xF4   ? 4
                    : text[0] >= 0xE0 && text[0] <= 0xEF ? 3
                    : text[0] >= 0xC2 && text[0] <= 0xDF ? 2
                                                         : 0;
    for (size_t i = 1; i < length; i++)
        if ((text[i] & 0xC0) != 0x80)
            return 0;
    return length;
}

// Names come from untrusted text: nothing in a message may steer a terminal.
static char *clean_message(const char *message)
{
    struct buffer out = {0};
    const unsigned char *at = (const unsigned char *)message;
    while (*at) {
        size_t length = character_length(at);
        bool control = *at < ' ' || *at == 0x7F || (*at == 0xC2 && at[1] < 0xA0);
        if (!length || control) {
            buffer_add_byte(&out, '?');
            at += length ? length : 1;
        } else {
            buffer_add(&out, at, length);
            at += length;
        }
    }
    return buffer_take(&out);
}

// What is wrong with the words of a line may follow from a mark that is missing in it.
static bool is_consequence(const struct check *check, uint32_t line)
{
    for (size_t i = 0; i < check->syntax_errors; i++)
        if (check->found->items[check->first + i].line == line)
            return true;
    return false;
}

void check_add(struct check *check, enum diagnostic_severity severity, uint32_t line,
               uint32_t column, const char *message)
{
    struct diagnostics *found = check->found;
    if (check_full(check) || is_consequence(check, line))
        return;
    found->capacity =
        memory_grow((void **)&found->items, found->count, found->capacity, sizeof *found->items);
    struct diagnostic *item = &found->items[found->count++];
    *item = (struct diagnostic){.severity = severity, .line = line, .column = column};
    found->error_count += severity == DIAGNOSTIC_ERROR;
    if (check_full(check))
        message = mistake_words(mistake_THERE_IS_MORE);
    item->message = clean_message(message);
}

static void add_formatted(struct check *check, enum diagnostic_severity severity,
                          const struct node *node, const char *format, va_list arguments)
{
    char message[1024];
    if (check_full(check))
        return;
    vsnprintf(message, sizeof message, mistake_words(format), arguments);
    check_add(check, severity, node->line, node->column, message);
}

void check_error(struct check *check, const struct node *node, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    add_formatted(check, DIAGNOSTIC_ERROR, node, format, arguments);
    va_end(arguments);
}

void check_warning(struct check *check, const struct node *node, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    add_formatted(check, DIAGNOSTIC_WARNING, node, format, arguments);
    va_end(arguments);
}

void check_word(struct check *check, const struct node *node, const struct setting *setting)
{
    if (!node || node->kind != NODE_STRING)
        return;
    struct nearest nearest = nearest_start(node->text);
    struct buffer list = {0};
    const char *word;
    for (int i = 0; (word = setting_word(setting, i)) && !text_is(node->text, word); i++) {
        nearest_try(&nearest, word);
        buffer_printf(&list, "%s%s",
                      !i                             ? ""
                      : setting_word(setting, i + 1) ? mistake_words(mistake_WORDS_COMMA)
                                                     : mistake_words(mistake_WORDS_OR),
                      word);
    }
    char hint[96];
    if (!word)
        check_error(check, node, mistake_NOT_ONE_OF_THE_WORDS, setting->name, node->text.bytes,
                    buffer_text(&list), nearest_hint(&nearest, hint));
    buffer_clear(&list);
}

void diagnostics_clear(struct diagnostics *diagnostics)
{
    for (size_t i = 0; i < diagnostics->count; i++)
        free(diagnostics->items[i].message);
    free(diagnostics->items);
    *diagnostics = (struct diagnostics){0};
}
