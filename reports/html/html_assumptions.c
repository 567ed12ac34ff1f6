// SPDX-License-Identifier: MIT
// What the results rest on: how much was tested, the assumptions with what they bear, what
// management states, and which data would let more be tested.
#include "reports/html/html_inside.h"

#include "engine/data/statement.h"
#include "reports/figures/coverage.h"
#include "reports/figures/system_actors.h"

enum { LACKS_MAX = 20 };

static void add_head(struct html_page *page, enum word word, const char *class)
{
    buffer_printf(&page->text, "<th scope=col%s>", class);
    html_page_say(page, word, NULL, NULL, NULL, NULL);
    buffer_add_text(&page->text, "</th>");
}

static void add_count(struct html_page *page, size_t count)
{
    buffer_add_text(&page->text, "<td class=n>");
    html_count_add(&page->text, count);
}

static void begin_table(struct html_page *page, enum word caption)
{
    buffer_add_text(&page->text, "<table><caption>");
    html_page_say(page, caption, NULL, NULL, NULL, NULL);
    buffer_add_text(&page->text, "</caption><thead><tr>");
}

static void end_table(struct html_page *page)
{
    buffer_add_text(&page->text, "</tbody></table>\n");
    html_page_flush(page);
}

static void write_totals(struct html_page *page, const struct coverage *coverage)
{
    struct buffer texts[4] = {0};
    html_count_add(&texts[0], coverage->tested);
    html_count_add(&texts[1], coverage->controls);
    html_count_add(&texts[2], page->run->verdict.statuses[STATUS_CLEAN]);
    html_count_add(&texts[3], coverage->resting);
    buffer_add_text(&page->text, "<p>");
    html_page_say(page, WORD_RUN_COVERAGE, buffer_text(&texts[0]), buffer_text(&texts[1]),
                  buffer_text(&texts[2]), buffer_text(&texts[3]));
    for (int i = 0; i < 4; i++)
        buffer_reset(&texts[i]);
    html_count_add(&texts[0], coverage->established);
    html_count_add(&texts[1], coverage->assumed);
    html_count_add(&texts[2], coverage->untestable);
    buffer_add_text(&page->text, "</p><p>");
    html_page_say(page, WORD_RUN_TOTALS, buffer_text(&texts[0]), buffer_text(&texts[1]),
                  buffer_text(&texts[2]), NULL);
    buffer_add_text(&page->text, "</p>\n");
    for (int i = 0; i < 4; i++)
        buffer_clear(&texts[i]);
}

static void write_rest(struct html_page *page, const struct coverage_rest *rest)
{
    const struct data *data = page->run->data;
    const struct assumption *it = &data->assumptions[rest->assumption];
    struct buffer text = {0};
    assumption_sentence(data, rest->assumption, page->run->language, &text);
    buffer_add_text(&page->text, "<tr><th scope=row>");
    html_page_add(page, buffer_text(&text));
    buffer_reset(&text);
    assumption_name(data, rest->assumption, &text);
    buffer_add_text(&page->text, "<td><code>");
    html_page_add(page, buffer_text(&text));
    buffer_add_text(&page->text, "</code><td>");
    html_text_add(&page->text, word_bearing(it->accuses, it->acquits, page->run->language));
    add_count(page, rest->controls);
    add_count(page, rest->exceptions);
    add_count(page, rest->passed);
    buffer_add_text(&page->text, "<td>");
    html_text_add(&page->text, assumption_origin_name(it->origin));
    buffer_add_text(&page->text, "\n");
    buffer_clear(&text);
}

static void write_rests(struct html_page *page, const struct coverage *coverage)
{
    if (coverage->rest_count == 0) {
        buffer_add_text(&page->text, "<p>");
        html_page_say(page, WORD_RESTS_ON_NOTHING, NULL, NULL, NULL, NULL);
        buffer_add_text(&page->text, "</p>\n");
        return;
    }
    begin_table(page, WORD_HEAD_ASSUMPTIONS);
    add_head(page, WORD_SENTENCE, "");
    add_head(page, WORD_TAKEN_AS, "");
    add_head(page, WORD_BEARING, "");
    add_head(page, WORD_CONTROL_COUNT, " class=n");
    add_head(page, WORD_EXCEPTION_ROWS, " class=n");
    add_head(page, WORD_RESTING_PASSED, " class=n");
    add_head(page, WORD_ASSUMED_BY, "");
    buffer_add_text(&page->text, "</tr></thead><tbody>\n");
    for (size_t i = 0; i < coverage->rest_count; i++)
        write_rest(page, &coverage->rests[i]);
    end_table(page);
}

static void write_statement(struct html_page *page, size_t number)
{
    const struct data *data = page->run->data;
    const struct statement *it = &data->statements[number];
    const struct stating *by = &page->run->engagement->statings[number];
    const char *cells[] = {by->by, by->on, by->because, by->reference,
                           word_standing(statement_standing(data, it), page->run->language)};
    struct buffer text = {0};
    buffer_printf(&text, "%s ", statement_name(it->kind));
    statement_subject(data, it, &text);
    buffer_add_text(&page->text, "<tr><th scope=row><code>");
    html_page_add(page, buffer_text(&text));
    buffer_add_text(&page->text, "</code>");
    for (size_t i = 0; i < sizeof cells / sizeof *cells; i++) {
        buffer_add_text(&page->text, "<td>");
        html_page_add(page, cells[i] ? cells[i] : "");
    }
    buffer_add_text(&page->text, "\n");
    buffer_clear(&text);
}

static void write_statements(struct html_page *page)
{
    if (page->run->engagement->statement_count == 0)
        return;
    begin_table(page, WORD_HEAD_STATEMENTS);
    add_head(page, WORD_STATEMENT, "");
    add_head(page, WORD_STATED_BY, "");
    add_head(page, WORD_STATED_ON, "");
    add_head(page, WORD_STATED_BECAUSE, "");
    add_head(page, WORD_STATED_REFERENCE, "");
    add_head(page, WORD_STANDING_OF, "");
    buffer_add_text(&page->text, "</tr></thead><tbody>\n");
    for (size_t i = 0; i < page->run->engagement->statement_count; i++)
        write_statement(page, i);
    end_table(page);
}

static void write_lacks(struct html_page *page, const struct coverage *coverage)
{
    if (coverage->lack_count == 0)
        return;
    begin_table(page, WORD_HEAD_LACKS);
    add_head(page, WORD_NAME, "");
    add_head(page, WORD_LACKING_CONTROLS, " class=n");
    add_head(page, WORD_LACKING_ALONE, " class=n");
    buffer_add_text(&page->text, "</tr></thead><tbody>\n");
    for (size_t i = 0; i < coverage->lack_count && i < LACKS_MAX; i++) {
        struct buffer name = {0};
        lack_name(page->run->data, &coverage->lacks[i].lack, &name);
        buffer_add_text(&page->text, "<tr><th scope=row><code>");
        html_text_add(&page->text, buffer_text(&name));
        buffer_add_text(&page->text, "</code>");
        add_count(page, coverage->lacks[i].controls);
        add_count(page, coverage->lacks[i].alone);
        buffer_add_text(&page->text, "\n");
        buffer_clear(&name);
    }
    end_table(page);
}

static void write_systems(struct html_page *page)
{
    const struct model *model = page->run->data->model;
    struct system_acts acts;
    system_acts_init(&acts, page->run->arena, page->run->data);
    if (acts.count) {
        begin_table(page, WORD_HEAD_SYSTEMS);
        add_head(page, WORD_SYSTEM_USER, "");
        add_head(page, WORD_ACT, "");
        add_head(page, WORD_DOCUMENTS, " class=n");
        add_head(page, WORD_AMOUNT, " class=n");
        buffer_add_text(&page->text, "</tr></thead><tbody>\n");
    }
    for (size_t i = 0; i < acts.count; i++) {
        const struct system_act *it = &acts.items[i];
        buffer_add_text(&page->text, "<tr><th scope=row><code>");
        html_page_add(page, it->user);
        buffer_printf(&page->text, "</code><td><code>%s.%s</code>", model->tables[it->table].name,
                      model->tables[it->table].fields[it->field].name);
        add_count(page, it->documents);
        buffer_add_text(&page->text, "<td class=n>");
        for (size_t sum = 0; sum < it->amounts.count; sum++) {
            buffer_printf(&page->text, "%s%s ", sum ? "<br>" : "", it->amounts.items[sum].currency);
            sum_format(&it->amounts.items[sum], true, &page->text);
        }
        buffer_add_text(&page->text, "\n");
    }
    if (acts.count)
        end_table(page);
}

void html_assumptions_write(struct html_page *page)
{
    struct coverage coverage;
    coverage_init(&coverage, page->run);
    buffer_add_text(&page->text, "<section id=assumptions><h2>");
    html_page_say(page, WORD_RESTS_ON, NULL, NULL, NULL, NULL);
    buffer_add_text(&page->text, "</h2>\n");
    write_totals(page, &coverage);
    write_rests(page, &coverage);
    write_statements(page);
    write_systems(page);
    write_lacks(page, &coverage);
    buffer_add_text(&page->text, "</section>\n");
    html_page_flush(page);
}

void html_rests_add(struct html_page *page, int assumption)
{
    struct buffer sentence = {0};
    assumption_sentence(page->run->data, assumption, page->run->language, &sentence);
    buffer_add_text(&page->text, "<li>");
    html_page_add(page, buffer_text(&sentence));
    buffer_clear(&sentence);
}
