// SPDX-License-Identifier: MIT
#include "engine/rules/engagement.h"

#include "engine/base/mistake.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

void engagement_free(struct engagement *engagement)
{
    if (!engagement)
        return;
    scope_clear(&engagement->scope);
    model_free(engagement->model);
    json_decref(engagement->imports);
    json_decref(engagement->settings);
    json_decref(engagement->kept);
    arena_free(engagement->arena);
}

void engagement_complain(struct engagement *engagement, bool is_error, const char *file, int line,
                         const char *format, ...)
{
    char message[2048];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(message, sizeof message, mistake_words(format), arguments);
    va_end(arguments);
    engagement->diagnostics =
        arena_extend(engagement->arena, engagement->diagnostics,
                     (size_t)engagement->diagnostic_count, sizeof *engagement->diagnostics);
    engagement->diagnostics[engagement->diagnostic_count++] = (struct diagnostic_line){
        is_error, arena_text(engagement->arena, file ? file : engagement->file), line, 0,
        arena_text(engagement->arena, message)};
    engagement->error_count += is_error;
}

void engagement_check_names(struct engagement *engagement, const json_t *object, const char *what,
                            const struct setting *settings, int line)
{
    struct buffer names = {0};
    const char *name;
    json_t *value;
    setting_add_names(settings, &names);
    json_object_foreach((json_t *)object, name, value)
    {
        char hint[96];
        if (!setting_find(settings, name))
            engagement_complain(engagement, true, NULL, line, mistake_NO_SETTING, what, name,
                                setting_hint(settings, (struct text){name, strlen(name)}, hint),
                                buffer_text(&names));
    }
    buffer_clear(&names);
}

struct scope engagement_take_scope(struct engagement *engagement)
{
    struct scope scope = engagement->scope;
    engagement->scope = (struct scope){0};
    return scope;
}

const struct control *engagement_control(const struct engagement *engagement, const char *id)
{
    for (int i = 0; i < engagement->control_count; i++)
        if (strcmp(engagement->controls[i].id, id) == 0)
            return &engagement->controls[i];
    return NULL;
}
