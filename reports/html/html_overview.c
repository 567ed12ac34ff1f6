// SPDX-License-Identifier: MIT
// Each picture is a table whose numbers stand in its cells: the bars beside them only help. A bar
// is measured against the longest of its own column, since amounts of different kinds and
// currencies have no common scale; a sum that is too large is as long as the longest.
#include "reports/html/html_inside.h"

#include "engine/base/memory.h"
#include "reports/figures/family.h"
#include "reports/html/html_picture.h"

#include <stdlib.h>

enum { LARGEST = 10 };

// ---- key figures

static void add_figure(struct html_page *page, size_t count, enum word what)
{
    buffer_add_text(&page->text, "<li><b>");
    html_count_add(&page->text, count);
    buffer_add_text(&page->text, "</b> ");
    html_page_say(page, what, NULL, NULL, NULL, NULL);
}

static size_t waived_count(const struct html_page *page)
{
    size_t count = 0;
    for (int i = SEVERITY_LOW; i <= SEVERITY_CRITICAL; i++)
        count += page->run->verdict.waived[i];
    return count;
}

static void write_figures(struct html_page *page)
{
    const struct verdict *verdict = &page->run->verdict;
    size_t open = verdict->statuses[STATUS_NOT_RUN] + verdict->statuses[STATUS_FAILED] +
                  verdict->statuses[STATUS_PARTIAL] + verdict->statuses[STATUS_DISABLED] +
                  verdict->statuses[STATUS_UNTESTED];
    for (int i = 0; i < page->run->engagement->control_count; i++) {
        const struct control_result *result = &page->run->evaluation->results[i];
        open += run_has_control(page->run, i) && result->status == STATUS_EXCEPTIONS &&
                result->untestable + result->errors > 0;
    }
    buffer_add_text(&page->text, "<ul class=figures>");
    add_figure(page, page->run->evaluation->finding_count, WORD_EXCEPTIONS_FOUND);
    buffer_add_text(&page->text, "<span>");
    for (int i = SEVERITY_CRITICAL; i >= SEVERITY_LOW; i--) {
        if (verdict->exceptions[i] == 0)
            continue;
        buffer_add_text(&page->text, "<span>");
        html_severity_add(page, (enum severity)i);
        buffer_add_text(&page->text, " ");
        html_count_add(&page->text, verdict->exceptions[i]);
        buffer_add_text(&page->text, "</span> ");
    }
    buffer_add_text(&page->text, "</span>");
    if (page->run->waivers)
        add_figure(page, waived_count(page), WORD_WAIVED);
    add_figure(page, verdict->selected, WORD_CONTROLS_SELECTED);
    add_figure(page, verdict->statuses[STATUS_EXCEPTIONS], WORD_WITH_EXCEPTIONS);
    add_figure(page, open, WORD_NOT_FULLY_TESTED);
    buffer_add_text(&page->text, "</ul>\n");
}

// ---- a breakdown as a table of bars

// What its columns show: the number of exceptions, then each measure that any of its rows has.
struct chart {
    const struct share **rows;
    size_t count;
    size_t most;
    struct total largest[BREAKDOWN_MEASURES];
    bool used[BREAKDOWN_MEASURES];
};

static void measure_chart(struct chart *chart, const struct breakdowns *breakdowns)
{
    for (size_t i = 0; i < chart->count; i++) {
        const struct share *row = chart->rows[i];
        if (row->exceptions > chart->most)
            chart->most = row->exceptions;
        for (int j = 0; j < breakdowns->measure_count; j++) {
            const struct sum *sum = share_sum(row, &breakdowns->measures[j]);
            chart->used[j] |= sum != NULL;
            if (sum)
                html_picture_measure(&chart->largest[j], sum->total);
        }
    }
}

void html_measure_name(const struct html_page *page, const struct measure *measure,
                       struct buffer *out)
{
    buffer_printf(out, "%s %s", word_kind(measure->kind, page->run->language), measure->currency);
    if (measure->negative)
        buffer_printf(out, ", %s", html_page_word(page, WORD_BELOW_ZERO));
}

static void add_measure(struct html_page *page, const struct measure *measure)
{
    struct buffer name = {0};
    html_measure_name(page, measure, &name);
    html_text_add(&page->text, buffer_text(&name));
    buffer_clear(&name);
}

static void add_chart_head(struct html_page *page, const struct chart *chart, enum word caption,
                           enum word first)
{
    buffer_add_text(&page->text, "<table class=chart><caption>");
    html_page_say(page, caption, NULL, NULL, NULL, NULL);
    buffer_add_text(&page->text, "</caption><thead><tr><th scope=col>");
    html_page_say(page, first, NULL, NULL, NULL, NULL);
    buffer_add_text(&page->text, "<th scope=col>");
    html_page_say(page, WORD_HEAD_EXCEPTIONS, NULL, NULL, NULL, NULL);
    for (int i = 0; i < page->breakdowns->measure_count; i++) {
        if (!chart->used[i])
            continue;
        buffer_add_text(&page->text, "<th scope=col>");
        add_measure(page, &page->breakdowns->measures[i]);
    }
    buffer_add_text(&page->text, "</tr></thead><tbody>\n");
}

static void add_amount_cell(struct html_page *page, const struct chart *chart,
                            const struct share *row, int measure)
{
    const struct sum *sum = share_sum(row, &page->breakdowns->measures[measure]);
    if (!sum) {
        buffer_add_text(&page->text, "<td>");
        return;
    }
    buffer_add_text(&page->text, "<td data-of=\"");
    add_measure(page, &page->breakdowns->measures[measure]);
    buffer_add_text(&page->text, "\">");
    html_picture_bar(&page->text, html_picture_share(sum->total, chart->largest[measure]),
                     sum->total.coefficient < 0);
    buffer_add_text(&page->text, "<span>");
    html_amount_add(&page->text, sum->total, sum->currency);
    buffer_add_text(&page->text, "</span>");
}

// The bars of one row; its name was added before.
static void add_bars(struct html_page *page, const struct chart *chart, const struct share *row)
{
    buffer_add_text(&page->text, "<td data-of=\"");
    html_page_say(page, WORD_HEAD_EXCEPTIONS, NULL, NULL, NULL, NULL);
    buffer_add_text(&page->text, "\">");
    html_picture_bar(&page->text, html_picture_share_count(row->exceptions, chart->most), false);
    buffer_add_text(&page->text, "<span>");
    html_count_add(&page->text, row->exceptions);
    buffer_add_text(&page->text, "</span>");
    for (int i = 0; i < page->breakdowns->measure_count; i++)
        if (chart->used[i])
            add_amount_cell(page, chart, row, i);
    buffer_add_text(&page->text, "\n");
}

static void write_families(struct html_page *page)
{
    const struct breakdown *families = &page->breakdowns->family;
    const struct share **rows = memory_new(families->count + 1, sizeof *rows);
    for (size_t i = 0; i < families->count; i++)
        rows[i] = &families->items[i];
    struct chart chart = {.rows = rows, .count = families->count};
    measure_chart(&chart, page->breakdowns);
    add_chart_head(page, &chart, WORD_BY_FAMILY, WORD_HEAD_FAMILY);
    for (size_t i = 0; i < families->count; i++) {
        const char *name = families->items[i].name;
        struct text title = family_title(name, page->run->language);
        buffer_add_text(&page->text, "<tr><th scope=row><a href=\"#family-");
        html_anchor_add(&page->text, name);
        buffer_add_text(&page->text, "\">");
        html_text_add(&page->text, name);
        buffer_add_text(&page->text, "</a> ");
        buffer_add(&page->text, title.bytes, title.length);
        add_bars(page, &chart, &families->items[i]);
    }
    buffer_add_text(&page->text, "</tbody></table>\n");
    free(rows);
}

static void write_severities(struct html_page *page)
{
    const struct share *rows[SEVERITY_CRITICAL + 1];
    enum severity severities[SEVERITY_CRITICAL + 1];
    struct chart chart = {.rows = rows};
    for (int i = SEVERITY_CRITICAL; i >= SEVERITY_LOW; i--) {
        const struct share *row =
            breakdown_find(&page->breakdowns->severity, severity_name((enum severity)i));
        if (!row)
            continue;
        severities[chart.count] = (enum severity)i;
        rows[chart.count++] = row;
    }
    measure_chart(&chart, page->breakdowns);
    add_chart_head(page, &chart, WORD_BY_SEVERITY, WORD_HEAD_SEVERITY);
    for (size_t i = 0; i < chart.count; i++) {
        buffer_add_text(&page->text, "<tr><th scope=row>");
        html_severity_add(page, severities[i]);
        add_bars(page, &chart, rows[i]);
    }
    buffer_add_text(&page->text, "</tbody></table>\n");
}

// ---- the largest customers and actors

// The name that the row of this key has, where the table is there and has one.
static void add_name_of(struct html_page *page, const char *table_name, const char *key)
{
    const struct data *data = page->run->data;
    int table = model_find_table(data->model, table_name);
    if (table < 0 || !data->tables[table].imported)
        return;
    int field = model_find_field(&data->model->tables[table], "name");
    int64_t row = data_find_key(data, table, key);
    struct buffer name = {0};
    if (field >= 0 && row >= 0 && mask_format(page->run->mask, data, table, row, field, &name)) {
        buffer_add_text(&page->text, " ");
        html_page_add(page, buffer_text(&name));
    }
    buffer_clear(&name);
}

static void add_note(struct html_page *page, enum word word, size_t count)
{
    struct buffer text = {0};
    if (count > 0) {
        html_count_add(&text, count);
        buffer_add_text(&page->text, " ");
        html_page_say(page, word, buffer_text(&text), NULL, NULL, NULL);
    }
    buffer_clear(&text);
}

static void write_largest(struct html_page *page, const struct breakdown *breakdown,
                          enum word caption, enum word first, const char *table)
{
    const struct share *rows[LARGEST];
    struct chart chart = {.rows = rows};
    if (breakdown->count == 0)
        return;
    for (; chart.count < LARGEST && chart.count < breakdown->count; chart.count++)
        rows[chart.count] = &breakdown->items[chart.count];
    measure_chart(&chart, page->breakdowns);
    buffer_add_text(&page->text, "<div>");
    add_chart_head(page, &chart, caption, first);
    for (size_t i = 0; i < chart.count; i++) {
        buffer_add_text(&page->text, "<tr><th scope=row>");
        html_page_add(page, rows[i]->name);
        add_name_of(page, table, rows[i]->name);
        add_bars(page, &chart, rows[i]);
    }
    buffer_add_text(&page->text, "</tbody></table><p class=note>");
    html_page_say(page, WORD_LARGEST_NOTE, NULL, NULL, NULL, NULL);
    add_note(page, WORD_AND_OTHERS, breakdown->count - chart.count);
    add_note(page, WORD_WITHOUT, breakdown->without);
    buffer_add_text(&page->text, "</p></div>\n");
}

void html_overview_write(struct html_page *page)
{
    const struct breakdowns *breakdowns = page->breakdowns;
    buffer_add_text(&page->text, "<section id=picture><h2>");
    html_page_say(page, WORD_PICTURE, NULL, NULL, NULL, NULL);
    buffer_add_text(&page->text, "</h2>\n");
    write_figures(page);
    html_risks_write(page);
    html_grading_write(page);
    if (page->run->evaluation->finding_count > 0) {
        write_severities(page);
        html_timeline_write(page);
        write_families(page);
        write_largest(page, &breakdowns->customer, WORD_BY_CUSTOMER, WORD_HEAD_CUSTOMER,
                      "customer");
        write_largest(page, &breakdowns->actor, WORD_BY_ACTOR, WORD_HEAD_ACTOR, "employee");
    }
    if (waived_count(page) > 0) {
        buffer_add_text(&page->text, "<p class=note>");
        add_note(page, WORD_WAIVED_TOO, waived_count(page));
        buffer_add_text(&page->text, "</p>\n");
    }
    if (breakdowns->left_out > 0) {
        buffer_add_text(&page->text, "<p class=note>");
        html_page_say(page, WORD_MEASURES_LEFT_OUT, NULL, NULL, NULL, NULL);
        buffer_add_text(&page->text, "</p>\n");
    }
    buffer_add_text(&page->text, "</section>\n");
    html_page_flush(page);
}
