// SPDX-License-Identifier: MIT
// Running the checks, and the list of what they find.
#include "engine/language/rulecheck_inside.h"

#include "engine/base/memory.h"
#include "engine/language/typing_inside.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

static int compare_places(const void *a, const void *b)
{
    const struct diagnostic *left = a, *right = b;
    if (left->line != right->line)
        return left->line < right->line ? -1 : 1;
    if (left->column != right->column)
        return left->column < right->column ? -1 : 1;
    return strcmp(left->message, right->message);
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

void check_add(struct check *check, enum diagnostic_severity severity, uint32_t line,
               uint32_t column, const char *message)
{
    struct diagnostics *found = check->found;
    if (check_full(check))
        return;
    found->capacity =
        memory_grow((void **)&found->items, found->count, found->capacity, sizeof *found->items);
    struct diagnostic *item = &found->items[found->count++];
    *item = (struct diagnostic){.severity = severity, .line = line, .column = column};
    found->error_count += severity == DIAGNOSTIC_ERROR;
    if (check_full(check))
        message = "there is more to say about this file; correct the above first";
    item->message = clean_message(message);
}

static void add_formatted(struct check *check, enum diagnostic_severity severity,
                          const struct node *node, const char *format, va_list arguments)
{
    char message[1024];
    if (check_full(check))
        return;
    vsnprintf(message, sizeof message, format, arguments);
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

void diagnostics_clear(struct diagnostics *diagnostics)
{
    for (size_t i = 0; i < diagnostics->count; i++)
        free(diagnostics->items[i].message);
    free(diagnostics->items);
    *diagnostics = (struct diagnostics){0};
}

static void allow(struct check *check, const char *name, size_t length, bool closed)
{
    uint32_t known = dictionary_count(check->globals);
    uint32_t code = dictionary_add(check->globals, name, length);
    if (code >= known) {
        check->closed = memory_resize(check->closed, (size_t)code + 1, sizeof *check->closed);
        check->closed[code] = false;
        check->closed_count = (size_t)code + 1;
    }
    check->closed[code] |= closed;
}

static void allow_globals(struct check *check)
{
    check->globals = dictionary_new();
    for (size_t i = 0; i < check->input->global_count; i++) {
        const char *name = check->input->globals[i];
        const char *dot = strchr(name, '.');
        if (dot)
            allow(check, name, (size_t)(dot - name), true);
        allow(check, name, strlen(name), false);
    }
}

bool check_open(struct check *check, const struct rulecheck_input *input, struct diagnostics *found)
{
    struct syntax_error error;
    *check = (struct check){.input = input, .found = found, .first = found->count};
    check->syntax = syntax_parse(input->text, input->length, &error);
    if (!check->syntax) {
        check_add(check, DIAGNOSTIC_ERROR, error.line, error.column, error.message);
        return false;
    }
    allow_globals(check);
    check->seen = memory_new(check->syntax->node_count, sizeof *check->seen);
    check->visits_left = (size_t)check->syntax->node_count * 64;
    check->helpers = check_helpers(input, &check->helper_count);
    check->typing = typing_new(check->syntax, input->model, check->helpers, check->helper_count);
    if (input->kind == RULECHECK_RULES)
        check_find_controls(check);
    if (input->library)
        check->typing->calls = library_following(input->library);
    typing_run(check->typing);
    return true;
}

void check_close(struct check *check)
{
    typing_free(check->typing);
    dictionary_free(check->globals);
    free(check->closed);
    free(check->helpers);
    free(check->seen);
    free(check->controls);
    syntax_free((struct syntax *)check->syntax);
}

void rulecheck_run(const struct rulecheck_input *input, struct diagnostics *found)
{
    struct check check;
    if (check_open(&check, input, found)) {
        check_names(&check);
        check_values(&check);
        check_controls(&check);
        check_case_lists(&check);
        if (found->count > check.first)
            qsort(found->items + check.first, found->count - check.first, sizeof *found->items,
                  compare_places);
        check_close(&check);
    }
}
