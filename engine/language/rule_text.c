// SPDX-License-Identifier: MIT
#include "engine/language/rule_text.h"

#include <string.h>

void rule_text_get(const struct engagement *engagement, const struct control *control,
                   struct buffer *out)
{
    const struct rule_file *file = &engagement->files[control->file_index];
    const char *at = file->text, *end = file->text + file->length;
    for (int number = 1; at < end && number < control->line; number++) {
        const char *newline = memchr(at, '\n', (size_t)(end - at));
        at = newline ? newline + 1 : end;
    }
    for (bool closed = false; at < end && !closed;) {
        const char *newline = memchr(at, '\n', (size_t)(end - at));
        size_t length = (size_t)((newline ? newline : end) - at);
        closed = *at == '}';
        buffer_add(out, at, length);
        buffer_add_byte(out, '\n');
        at += length + (newline != NULL);
    }
}
