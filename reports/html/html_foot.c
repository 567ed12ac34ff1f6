// SPDX-License-Identifier: MIT
#include "reports/html/html_inside.h"

#include "engine/base/memory.h"
#include "engine/base/reason.h"
#include "reports/files/version.h"
#include "reports/html/html_assets.h"

#include <stdio.h>
#include <stdlib.h>

// Extracts that are partial, each with what shows it.
static void write_partial(struct html_page *page)
{
    const struct problem_list *problems = &page->run->data->problems;
    bool any = false;
    for (size_t i = 0; i < problems->count; i++) {
        if (problems->items[i].kind != PROBLEM_PARTIAL_EXTRACT)
            continue;
        struct buffer text = {0};
        reason_add(problems->items[i].reason, page->run->language, &text);
        buffer_add_text(&page->text, any ? "<li>" : "<ul><li>");
        html_text_add(&page->text, buffer_text(&text));
        buffer_clear(&text);
        any = true;
    }
    if (any)
        buffer_add_text(&page->text, "</ul>\n");
}

static void write_problems(struct html_page *page)
{
    enum { KINDS = PROBLEM_KINDS };
    const struct data *data = page->run->data;
    size_t(*counts)[KINDS] = memory_new((size_t)data->model->table_count + 1, sizeof *counts);
    for (size_t i = 0; i < data->problems.count; i++)
        counts[data->problems.items[i].table][data->problems.items[i].kind]++;
    buffer_add_text(&page->text, "<table><caption>");
    html_page_say(page, WORD_PROBLEMS_IN_FILE, "", "", "", "");
    buffer_add_text(&page->text, "</caption><thead><tr><th scope=col>");
    html_page_say(page, WORD_TABLE, "", "", "", "");
    for (int kind = 0; kind < KINDS; kind++) {
        buffer_add_text(&page->text, "<th scope=col class=n>");
        html_text_add(&page->text, word_problem((enum problem_kind)kind, page->run->language));
    }
    buffer_add_text(&page->text, "</tr></thead><tbody>\n");
    for (int table = 0; table < data->model->table_count; table++) {
        size_t any = 0;
        for (int kind = 0; kind < KINDS; kind++)
            any += counts[table][kind];
        if (any == 0)
            continue;
        buffer_add_text(&page->text, "<tr><th scope=row>");
        html_text_add(&page->text, data->model->tables[table].name);
        for (int kind = 0; kind < KINDS; kind++) {
            buffer_add_text(&page->text, "<td class=n>");
            html_count_add(&page->text, counts[table][kind]);
        }
        buffer_add_text(&page->text, "\n");
    }
    buffer_add_text(&page->text, "</tbody></table>\n");
    write_partial(page);
    free(counts);
}

static void write_notes(struct html_page *page)
{
    size_t count = json_array_size(page->run->import_notes);
    if (count == 0)
        return;
    buffer_add_text(&page->text, "<h3>");
    html_page_say(page, WORD_NOTES, "", "", "", "");
    buffer_add_text(&page->text, "</h3><ul>");
    for (size_t i = 0; i < count; i++) {
        buffer_add_text(&page->text, "<li>");
        html_page_add(page, json_string_value(json_array_get(page->run->import_notes, i)));
        html_page_flush(page);
    }
    buffer_add_text(&page->text, "</ul>\n");
}

static void write_scripts(struct html_page *page)
{
    struct buffer scripts = {0};
    html_libraries_add(&scripts);
    buffer_add_text(&page->text, "<script>");
    html_page_put(page, (struct text){buffer_text(&scripts), scripts.length});
    buffer_add_text(&page->text, "</script>\n<script>");
    html_page_put(page, html_asset(HTML_SCRIPT));
    buffer_add_text(&page->text, "</script>\n</body>\n</html>\n");
    html_page_flush(page);
    buffer_clear(&scripts);
}

void html_foot_write(struct html_page *page)
{
    char format[16];
    snprintf(format, sizeof format, "%d", HTML_FORMAT);
    buffer_add_text(&page->text, "<section id=data><h2>");
    html_page_say(page, WORD_DATA, NULL, NULL, NULL, NULL);
    buffer_add_text(&page->text, "</h2>\n");
    if (page->run->data->problems.count > 0) {
        write_problems(page);
    } else {
        buffer_add_text(&page->text, "<p>");
        html_page_say(page, WORD_NO_PROBLEMS, NULL, NULL, NULL, NULL);
        buffer_add_text(&page->text, "</p>\n");
    }
    write_notes(page);
    buffer_add_text(&page->text, "</section>\n</main>\n<footer><h2>");
    html_page_say(page, WORD_ABOUT, NULL, NULL, NULL, NULL);
    buffer_add_text(&page->text, "</h2><p>");
    html_page_say(page, WORD_WRITTEN_BY, VOUCH_VERSION, format, NULL, NULL);
    buffer_add_text(&page->text, "</p></footer>\n");
    html_page_flush(page);
    write_scripts(page);
}
