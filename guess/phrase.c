// SPDX-License-Identifier: MIT
#include "guess/phrase.h"

#include "engine/base/memory.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char *phrase_get(enum phrase phrase, const char *language)
{
    static const struct {
        const char *english, *chinese;
    } phrases[] = {
#define PHRASE(name, english, chinese) {english, chinese},
#include "guess/phrases.def"
#undef PHRASE
    };
    return strcmp(language, "zh") == 0 ? phrases[phrase].chinese : phrases[phrase].english;
}

static void add(enum phrase phrase, const char *language, struct buffer *out, va_list values)
{
    char *text = NULL;
    if (vasprintf(&text, phrase_get(phrase, language), values) < 0)
        memory_exhausted();
    buffer_add_text(out, text);
    free(text);
}

void phrase_add(enum phrase phrase, const char *language, struct buffer *out, ...)
{
    va_list values;
    va_start(values, out);
    add(phrase, language, out, values);
    va_end(values);
}

const char *phrase_make(enum phrase phrase, const char *language, struct arena *arena, ...)
{
    struct buffer text = {0};
    va_list values;
    va_start(values, arena);
    add(phrase, language, &text, values);
    va_end(values);
    const char *made = arena_text(arena, buffer_text(&text));
    buffer_clear(&text);
    return made;
}
