// SPDX-License-Identifier: MIT
// The policy lets run and look only what has the hashes that it names, so the style and the scripts
// in the page must be, byte for byte, those that were hashed. What makes the run incomplete, and
// what the page leaves out, stand before anything that was found.
#include "reports/figures/incomplete.h"
#include "reports/html/html_inside.h"

#include "engine/base/calendar.h"
#include "reports/html/html_assets.h"

#include <string.h>

// Long tables are laid out once the script has taken them apart, not before and again after it.
// They are shown at the latest when the page is loaded, whatever the script did.
static const char early_script[] =
    "document.documentElement.className=\"early\";"
    "addEventListener(\"load\",function(){document.documentElement.className=\"\"})";

// ---- the head: what the browser may do, and how it looks

// The words that narrow screens show before each cell of an exception.
static void add_style(struct buffer *style, const struct html_page *page)
{
    static const enum word heads[] = {WORD_HEAD_SEVERITY, WORD_HEAD_DATE, WORD_HEAD_CUSTOMER,
                                      WORD_HEAD_ACTOR, WORD_HEAD_AMOUNT};
    struct text css = html_asset(HTML_STYLE);
    buffer_add_text(style, ":root{");
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
        buffer_printf(style, "--head-%zu:\"%s \";", i + 2, html_page_word(page, heads[i]));
    buffer_add_text(style, "}\n");
    buffer_add(style, css.bytes, css.length);
}

// Nothing is loaded, and only this style and these scripts have a say.
static void add_policy(struct html_page *page, const struct buffer *style)
{
    struct buffer scripts = {0};
    html_libraries_add(&scripts);
    buffer_add_text(&page->text, "<meta http-equiv=Content-Security-Policy content=\""
                                 "default-src 'none'; base-uri 'none'; form-action 'none'; "
                                 "style-src ");
    html_policy_add(&page->text, (struct text){buffer_text(style), style->length});
    buffer_add_text(&page->text, "; script-src ");
    html_policy_add(&page->text, (struct text){buffer_text(&scripts), scripts.length});
    buffer_add_text(&page->text, " ");
    html_policy_add(&page->text, html_asset(HTML_SCRIPT));
    buffer_add_text(&page->text, " ");
    html_policy_add(&page->text, (struct text){early_script, sizeof early_script - 1});
    buffer_add_text(&page->text, "\">\n");
    buffer_clear(&scripts);
}

static void add_title(struct html_page *page)
{
    const struct engagement *engagement = page->run->engagement;
    if (engagement->title)
        html_text_add(&page->text, engagement->title);
    else
        html_page_say(page, WORD_REPORT, NULL, NULL, NULL, NULL);
    if (engagement->entity) {
        buffer_add_text(&page->text, " — ");
        html_text_add(&page->text, engagement->entity);
    }
}

static void write_head(struct html_page *page)
{
    bool chinese = strcmp(page->run->language, "zh") == 0;
    struct buffer style = {0};
    add_style(&style, page);
    buffer_printf(&page->text, "<!DOCTYPE html>\n<html lang=%s>\n<head>\n<meta charset=utf-8>\n",
                  chinese ? "zh-CN" : "en");
    add_policy(page, &style);
    buffer_add_text(&page->text,
                    "<meta name=viewport content=\"width=device-width,initial-scale=1\">\n"
                    "<meta name=color-scheme content=\"light dark\">\n"
                    "<meta name=referrer content=no-referrer>\n<title>");
    add_title(page);
    buffer_add_text(&page->text, "</title>\n<style>");
    buffer_add(&page->text, style.data, style.length);
    buffer_printf(&page->text, "</style>\n<script>%s</script>\n</head>\n<body>\n", early_script);
    buffer_clear(&style);
    html_page_flush(page);
}

// ---- the beginning of the page

static void add_scope(struct html_page *page)
{
    const struct scope *scope = &page->run->data->scope;
    char from[CALENDAR_TEXT_MAX], to[CALENDAR_TEXT_MAX], as_of[CALENDAR_TEXT_MAX];
    calendar_format_day(scope->as_of, as_of);
    buffer_add_text(&page->text, "<p>");
    if (scope->from <= CALENDAR_DAY_MIN || scope->to >= CALENDAR_DAY_MAX) {
        html_page_say(page, WORD_RUN_OPEN_PERIOD, as_of, "", "", "");
    } else {
        calendar_format_day(scope->from, from);
        calendar_format_day(scope->to, to);
        html_page_say(page, WORD_RUN_PERIOD, from, to, as_of, "");
    }
    buffer_add_text(&page->text, "</p>\n");
}

static void add_volume(struct html_page *page)
{
    const struct run *run = page->run;
    size_t rows = 0, tables = 0, tested = 0;
    struct buffer texts[3] = {0};
    for (int i = 0; i < run->data->model->table_count; i++) {
        bool imported = run->data->tables[i].imported;
        tables += imported;
        rows += imported ? run->data->tables[i].rows : 0;
    }
    for (int i = 0; i < run->engagement->control_count; i++)
        tested += run->evaluation->results[i].tested;
    html_count_add(&texts[0], rows);
    html_count_add(&texts[1], tables);
    html_count_add(&texts[2], tested);
    buffer_add_text(&page->text, "<p>");
    html_page_say(page, WORD_RUN_TESTED, buffer_text(&texts[0]), buffer_text(&texts[1]),
                  buffer_text(&texts[2]), NULL);
    buffer_add_text(&page->text, "</p>\n");
    for (int i = 0; i < 3; i++)
        buffer_clear(&texts[i]);
}

static void add_cause(void *context, const struct incomplete_cause *cause)
{
    struct html_page *page = context;
    struct buffer count = {0};
    if (cause->count)
        html_count_add(&count, cause->count);
    buffer_add_text(&page->text, "<li>");
    html_page_say(page, cause->word, cause->count ? buffer_text(&count) : cause->texts[0],
                  cause->texts[1], cause->texts[2], cause->texts[3]);
    buffer_clear(&count);
}

// What makes the run incomplete comes before everything that it found.
static void add_verdict(struct html_page *page)
{
    if (!page->run->verdict.incomplete) {
        buffer_add_text(&page->text, "<p class=verdict>");
        html_page_say(page, WORD_RUN_COMPLETE, NULL, NULL, NULL, NULL);
        buffer_add_text(&page->text, "</p>\n");
        return;
    }
    buffer_add_text(&page->text, "<div class=\"verdict open\"><p><strong>");
    html_page_say(page, WORD_RUN_INCOMPLETE, NULL, NULL, NULL, NULL);
    buffer_add_text(&page->text, "</strong></p><ul>");
    incomplete_visit(page->run, add_cause, page);
    buffer_add_text(&page->text, "</ul></div>\n");
}

// What this file leaves out, and where it is.
static void add_left_out(struct html_page *page)
{
    struct buffer shown = {0}, all = {0};
    if (page->shown < page->run->evaluation->finding_count) {
        html_count_add(&shown, page->shown);
        html_count_add(&all, page->run->evaluation->finding_count);
        buffer_add_text(&page->text, "<p class=verdict>");
        html_page_say(page, WORD_ONLY_LARGEST, buffer_text(&shown), buffer_text(&all), NULL, NULL);
        buffer_add_text(&page->text, "</p>\n");
    }
    if (page->shortened) {
        buffer_add_text(&page->text, "<p class=verdict>");
        html_page_say(page, WORD_SHORTENED, NULL, NULL, NULL, NULL);
        buffer_add_text(&page->text, "</p>\n");
    }
    buffer_clear(&shown);
    buffer_clear(&all);
}

static void add_contents(struct html_page *page)
{
    static const struct {
        const char *id;
        enum word name;
    } parts[] = {
        {"picture", WORD_PICTURE},
        {"assumptions", WORD_RESTS_ON},
        {"controls", WORD_HEAD_CONTROLS},
        {"details", WORD_DETAILS},
        {"data", WORD_DATA},
    };
    buffer_add_text(&page->text, "<nav aria-label=\"");
    html_page_say(page, WORD_CONTENTS, NULL, NULL, NULL, NULL);
    buffer_add_text(&page->text, "\">");
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        buffer_printf(&page->text, "<a href=\"#%s\">", parts[i].id);
        html_page_say(page, parts[i].name, NULL, NULL, NULL, NULL);
        buffer_add_text(&page->text, "</a> ");
    }
    buffer_add_text(&page->text, "</nav>\n");
}

void html_head_write(struct html_page *page)
{
    write_head(page);
    buffer_add_text(&page->text, "<a class=skip href=\"#controls\">");
    html_page_say(page, WORD_SKIP, NULL, NULL, NULL, NULL);
    buffer_add_text(&page->text, "</a>\n<header><h1>");
    add_title(page);
    buffer_add_text(&page->text, "</h1>\n");
    add_scope(page);
    add_volume(page);
    add_contents(page);
    buffer_add_text(&page->text, "</header>\n<main>\n");
    add_verdict(page);
    add_left_out(page);
    html_page_flush(page);
}
