// SPDX-License-Identifier: MIT
#include "guess/draft.h"

#include "engine/base/calendar.h"
#include "engine/base/memory.h"
#include "guess/draft_inside.h"
#include "guess/lua_text.h"

#include <stdlib.h>
#include <string.h>

enum { WIDTH = 110, REMARK_COLUMN = 52, PLAIN_LEAST = 3 };

// Columns that text takes on a screen: Chinese characters are two wide.
static size_t width_of(const char *text, size_t length)
{
    size_t width = 0;
    for (size_t i = 0; i < length; i++) {
        unsigned char byte = (unsigned char)text[i];
        width += byte < 0x80 || (byte >= 0xC0 && byte < 0xE0) ? 1 : byte >= 0xE0 ? 2 : 0;
    }
    return width;
}

// Texts of the data must not end a comment's line.
static void add_clean(const char *text, size_t length, struct buffer *out)
{
    for (size_t i = 0; i < length; i++)
        buffer_add_byte(out, (unsigned char)text[i] < 0x20 ? ' ' : text[i]);
}

void draft_comment(struct draft *draft, const char *indent, bool doubt, const char *text)
{
    const char *mark = doubt ? DRAFT_DOUBT : "-- ";
    draft->doubts += doubt;
    do {
        size_t length = strlen(text), cut = length;
        if (width_of(text, length) > WIDTH) {
            cut = 0;
            for (size_t i = 0; i < length && width_of(text, i) <= WIDTH; i++)
                if (text[i] == ' ')
                    cut = i;
            cut = cut ? cut : length;
        }
        buffer_printf(draft->out, "%s%s", indent, mark);
        add_clean(text, cut, draft->out);
        buffer_add_byte(draft->out, '\n');
        text += cut + (text[cut] == ' ');
        mark = "--   ";
    } while (*text);
}

void draft_remark(struct draft *draft, size_t line_begin, bool doubt, const char *text)
{
    if (!doubt && !*text) {
        buffer_add_byte(draft->out, '\n');
        return;
    }
    size_t width = width_of(draft->out->data + line_begin, draft->out->length - line_begin);
    draft->doubts += doubt;
    do
        buffer_add_byte(draft->out, ' ');
    while (++width < REMARK_COLUMN);
    buffer_add_text(draft->out, doubt ? DRAFT_DOUBT : "-- ");
    add_clean(text, strlen(text), draft->out);
    buffer_add_byte(draft->out, '\n');
}

// ---- the engagement

static void add_setting(struct draft *draft, const char *name, const char *value, bool doubt,
                        const char *remark)
{
    size_t begin = draft->out->length;
    buffer_printf(draft->out, "  %-8s = ", name);
    lua_text_add(value, draft->out);
    buffer_add_byte(draft->out, ',');
    draft_remark(draft, begin, doubt, remark);
}

static void add_period(struct draft *draft, const struct scope_guess *scope)
{
    const char *language = draft->plan->language;
    char from[CALENDAR_TEXT_MAX], to[CALENDAR_TEXT_MAX], first[CALENDAR_TEXT_MAX],
        last[CALENDAR_TEXT_MAX];
    struct buffer remark = {0};
    if (scope->from > scope->to) {
        size_t line = draft->out->length;
        buffer_add_text(draft->out, "  period   = { from = \"2000-01-01\", to = \"2099-12-31\" },");
        draft_remark(draft, line, true, phrase_get(PHRASE_NO_PERIOD, language));
        return;
    }
    calendar_format_day(scope->from, from);
    calendar_format_day(scope->to, to);
    calendar_format_day(scope->first, first);
    calendar_format_day(scope->last, last);
    phrase_add(PHRASE_PERIOD, language, &remark, scope->within, scope->documents, first, last);
    size_t begin = draft->out->length;
    if (strncmp(from, to, 7) == 0)
        buffer_printf(draft->out, "  period   = \"%.7s\",", from);
    else
        buffer_printf(draft->out, "  period   = { from = \"%s\", to = \"%s\" },", from, to);
    draft_remark(draft, begin, scope->within < scope->documents, buffer_text(&remark));
    buffer_clear(&remark);
}

static void add_engagement(struct draft *draft, const struct scope_guess *scope, const char *source)
{
    const char *language = draft->plan->language;
    struct buffer text = {0};
    phrase_add(PHRASE_TITLE, language, &text, source);
    buffer_add_text(draft->out, "engagement {\n");
    add_setting(draft, "title", buffer_text(&text), false, "");
    buffer_reset(&text);
    add_period(draft, scope);
    if (scope->currency_from)
        phrase_add(PHRASE_CURRENCY, language, &text, scope->currency_from);
    else
        buffer_add_text(&text, phrase_get(PHRASE_NO_CURRENCY, language));
    add_setting(draft, "currency", scope->currency, !scope->currency_from, buffer_text(&text));
    add_setting(draft, "timezone", scope->timezone, false, phrase_get(PHRASE_ZONE, language));
    add_setting(draft, "language", language, false, "");
    buffer_add_text(draft->out, "}\n\n");
    buffer_clear(&text);
}

// ---- the whole

// The folder of files that are tables as they stand, where there are enough of them to say so once.
static size_t count_plain(const struct plan *plan)
{
    size_t plain = 0;
    for (size_t i = 0; i < plan->list_count; i++)
        plain += draft_is_plain(plan, i);
    return plain >= PLAIN_LEAST ? plain : 0;
}

static void add_folder(struct draft *draft, size_t plain)
{
    const struct plan *plan = draft->plan;
    size_t first = 0;
    struct buffer text = {0};
    while (!draft_is_plain(plan, first))
        first++;
    const struct survey_sheet *sheet = &plan->survey->sheets[first];
    phrase_add(PHRASE_PLAIN, plan->language, &text, plain);
    draft_comment(draft, "", false, buffer_text(&text));
    if (sheet->kind == SURVEY_POSTGRES) {
        buffer_add_text(draft->out, "import.postgres { conninfo = ");
        lua_text_add(plan->survey->conninfo, draft->out);
        buffer_add_text(draft->out, ", schema = ");
        lua_text_add(sheet->file, draft->out);
    } else {
        const char *slash = strrchr(sheet->file, '/');
        char *folder =
            slash ? memory_text_n(sheet->file, (size_t)(slash - sheet->file)) : memory_text(".");
        buffer_add_text(draft->out, "import.csv { folder = ");
        lua_text_add(folder, draft->out);
        free(folder);
    }
    buffer_add_text(draft->out, " }\n\n");
    buffer_clear(&text);
}

size_t draft_write(const struct plan *plan, const struct scope_guess *scope, const char *source,
                   struct buffer *out)
{
    struct draft draft = {.plan = plan, .out = out};
    struct buffer text = {0};
    size_t plain = count_plain(plan);
    phrase_add(PHRASE_TOP, plan->language, &text, source);
    draft_comment(&draft, "", false, buffer_text(&text));
    draft_comment(&draft, "", false, phrase_get(PHRASE_CONVENTION, plan->language));
    buffer_add_byte(out, '\n');
    add_engagement(&draft, scope, source);
    if (plain > 0)
        add_folder(&draft, plain);
    for (size_t i = 0; i < plan->list_count; i++) {
        if (plain > 0 && draft_is_plain(plan, i))
            continue;
        draft_records(&draft, i);
        for (size_t at = 0; at < plan->import_count; at++)
            if (plan->imports[at].list == i)
                draft_import(&draft, &plan->imports[at]);
        draft_leftover(&draft, i);
    }
    buffer_clear(&text);
    return draft.doubts;
}
