// SPDX-License-Identifier: MIT
#include "reports/html/html_inside.h"

#include "reports/figures/family.h"

#include <string.h>

static const struct control *control_at(const struct html_page *page, int index)
{
    return &page->run->engagement->controls[index];
}

// ---- each, by family

static void add_family(struct html_page *page, const char *family)
{
    struct text title = family_title(family, page->run->language);
    buffer_add_text(&page->text, "<h3 id=\"family-");
    html_anchor_add(&page->text, family);
    buffer_add_text(&page->text, "\">");
    html_text_add(&page->text, family);
    buffer_add_text(&page->text, " ");
    buffer_add(&page->text, title.bytes, title.length);
    buffer_add_text(&page->text, "</h3>\n");
}

static void write_each(struct html_page *page)
{
    const struct engagement *engagement = page->run->engagement;
    const struct evaluation *evaluation = page->run->evaluation;
    const char *family = NULL;
    size_t from = 0, to = 0;
    buffer_add_text(&page->text, "<section id=details><h2>");
    html_page_say(page, WORD_DETAILS, NULL, NULL, NULL, NULL);
    buffer_add_text(&page->text, "</h2>\n");
    for (int i = 0; i < engagement->control_count; i++, from = to) {
        while (to < evaluation->finding_count && evaluation->findings[to].control == i)
            to++;
        if (!run_has_control(page->run, i))
            continue;
        if (!family || strcmp(family, control_at(page, i)->family) != 0) {
            if (family)
                buffer_add_text(&page->text, "</section>");
            buffer_add_text(&page->text, "<section class=family>");
            add_family(page, family = control_at(page, i)->family);
        }
        html_control_write(page, i, from, to);
    }
    buffer_add_text(&page->text, family ? "</section></section>\n" : "</section>\n");
}

// ---- the table of all

static void write_line(struct html_page *page, int index)
{
    const struct control *control = control_at(page, index);
    const struct control_result *result = &page->run->evaluation->results[index];
    buffer_add_text(&page->text, "<tr><th scope=row><a href=\"#");
    html_anchor_add(&page->text, control->id);
    buffer_add_text(&page->text, "\">");
    html_text_add(&page->text, control->id);
    buffer_add_text(&page->text, "</a><td>");
    html_severity_add(page, control->severity);
    buffer_add_text(&page->text, "<td>");
    html_text_add(&page->text, bilingual_get(&control->title, page->run->language));
    buffer_printf(&page->text, "<td><span class=r%d>%s</span><td class=n>", (int)result->status,
                  word_status(result->status, page->run->language));
    html_count_add(&page->text, result->tested);
    buffer_add_text(&page->text, "<td class=n>");
    html_count_add(&page->text, result->exceptions);
    buffer_add_text(&page->text, "<td class=n>");
    html_control_add_amounts(page, index);
    buffer_add_text(&page->text, "\n");
    html_page_flush(page);
}

static void add_head(struct html_page *page, enum word word, const char *class)
{
    buffer_printf(&page->text, "<th scope=col%s>", class);
    html_page_say(page, word, NULL, NULL, NULL, NULL);
    buffer_add_text(&page->text, "</th>");
}

static void write_table(struct html_page *page)
{
    buffer_add_text(&page->text, "<table id=overview class=cards><caption>");
    html_page_say(page, WORD_OVERVIEW, NULL, NULL, NULL, NULL);
    buffer_add_text(&page->text, "</caption><thead><tr>");
    add_head(page, WORD_HEAD_CONTROL, "");
    add_head(page, WORD_HEAD_SEVERITY, "");
    add_head(page, WORD_HEAD_TITLE, "");
    add_head(page, WORD_HEAD_RESULT, "");
    add_head(page, WORD_HEAD_TESTED, " class=n");
    add_head(page, WORD_HEAD_EXCEPTIONS, " class=n");
    add_head(page, WORD_HEAD_AMOUNT, " class=n");
    buffer_add_text(&page->text, "</tr></thead><tbody>\n");
    for (int i = 0; i < page->run->engagement->control_count; i++)
        if (run_has_control(page->run, i))
            write_line(page, i);
    buffer_add_text(&page->text, "</tbody></table>\n");
}

// ---- what finds some of them; shown where the script runs

static void add_option(struct html_page *page, int value, const char *name)
{
    buffer_printf(&page->text, "<option value=%d>%s</option>", value, name);
}

static void begin_choice(struct html_page *page, const char *id, enum word name)
{
    buffer_printf(&page->text, "<label for=%s>", id);
    html_page_say(page, name, NULL, NULL, NULL, NULL);
    buffer_printf(&page->text, "</label><select id=%s><option value=\"\">", id);
    html_page_say(page, WORD_ALL, NULL, NULL, NULL, NULL);
    buffer_add_text(&page->text, "</option>");
}

static void add_choices(struct html_page *page)
{
    const struct engagement *engagement = page->run->engagement;
    const char *language = page->run->language, *family = NULL;
    begin_choice(page, "by-severity", WORD_HEAD_SEVERITY);
    for (int i = SEVERITY_CRITICAL; i >= SEVERITY_LOW; i--)
        add_option(page, i, word_severity((enum severity)i, language));
    buffer_add_text(&page->text, "</select>");
    begin_choice(page, "by-family", WORD_HEAD_FAMILY);
    for (int i = 0; i < engagement->control_count; i++) {
        const char *own = control_at(page, i)->family;
        if (!run_has_control(page->run, i) || (family && strcmp(own, family) == 0))
            continue;
        family = own;
        struct text title = family_title(family, language);
        buffer_add_text(&page->text, "<option value=\"");
        html_anchor_add(&page->text, family);
        buffer_add_text(&page->text, "\">");
        html_text_add(&page->text, family);
        buffer_add_text(&page->text, " ");
        buffer_add(&page->text, title.bytes, title.length);
        buffer_add_text(&page->text, "</option>");
    }
    buffer_add_text(&page->text, "</select>");
    if (page->run->waivers) {
        begin_choice(page, "by-standing", WORD_STANDING);
        add_option(page, 0, html_page_word(page, WORD_OPEN));
        add_option(page, 1, html_page_word(page, WORD_WAIVED));
        buffer_add_text(&page->text, "</select>");
    }
    begin_choice(page, "by-result", WORD_HEAD_RESULT);
    for (int i = STATUS_EXCEPTIONS; i <= STATUS_DISABLED; i++)
        if (page->run->verdict.statuses[i] > 0)
            add_option(page, i, word_status((enum control_status)i, language));
    buffer_add_text(&page->text, "</select>");
}

static void add_said(struct html_page *page, const char *name, enum word word)
{
    buffer_printf(&page->text, " data-%s=\"", name);
    html_text_add(&page->text, html_page_word(page, word));
    buffer_add_text(&page->text, "\"");
}

static void write_tools(struct html_page *page)
{
    buffer_add_text(&page->text, "<form id=tools role=search hidden aria-label=\"");
    html_page_say(page, WORD_FILTER, NULL, NULL, NULL, NULL);
    buffer_add_text(&page->text, "\"");
    add_said(page, "shown", WORD_SHOWN);
    add_said(page, "none", WORD_NONE_FITS);
    add_said(page, "ascending", WORD_ASCENDING);
    add_said(page, "descending", WORD_DESCENDING);
    add_said(page, "previous", WORD_PREVIOUS_PAGE);
    add_said(page, "next", WORD_NEXT_PAGE);
    add_said(page, "unfold", WORD_UNFOLD);
    add_said(page, "fold", WORD_FOLD);
    buffer_add_text(&page->text, "><label for=search>");
    html_page_say(page, WORD_SEARCH, NULL, NULL, NULL, NULL);
    buffer_add_text(&page->text, "</label><input id=search type=search autocomplete=off>");
    add_choices(page);
    buffer_add_text(&page->text, "<button type=reset>");
    html_page_say(page, WORD_RESET, NULL, NULL, NULL, NULL);
    buffer_add_text(&page->text, "</button><button type=button id=unfold>");
    html_page_say(page, WORD_UNFOLD, NULL, NULL, NULL, NULL);
    buffer_add_text(&page->text, "</button><output id=shown role=status></output></form>\n");
}

void html_controls_write(struct html_page *page)
{
    write_tools(page);
    buffer_add_text(&page->text, "<section id=controls><h2>");
    html_page_say(page, WORD_HEAD_CONTROLS, NULL, NULL, NULL, NULL);
    buffer_add_text(&page->text, "</h2>\n");
    write_table(page);
    buffer_add_text(&page->text, "</section>\n");
    write_each(page);
}
