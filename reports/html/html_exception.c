// SPDX-License-Identifier: MIT
// One exception of the page, an article that can be unfolded: name, amount, values, what it rests
// on, evidence, what people say of it. Every text goes through the page's escaping (html_page); the
// anchor is the exception's id, numbered where several have one.
#include "reports/html/html_inside.h"

#include "engine/base/calendar.h"
#include "reports/figures/exception.h"
#include "reports/figures/waiver_status.h"

#include <string.h>

// "Evidence (3)": what stands behind the fold.
static void add_fold(struct html_page *page, const struct finding *finding)
{
    buffer_add_text(&page->text, "<details><summary>");
    html_page_say(page, WORD_EVIDENCE, NULL, NULL, NULL, NULL);
    buffer_printf(&page->text, " (%d)</summary>", finding->evidence_count + 1);
}

static void add_more(struct html_page *page, int left)
{
    char count[32];
    snprintf(count, sizeof count, "%d", left);
    page->shortened = true;
    buffer_add_text(&page->text, "<li>");
    buffer_printf(&page->text, word_get(WORD_MORE, page->run->language), count);
}

static void add_values(struct html_page *page, const struct finding *finding)
{
    int shown =
        finding->value_count < page->detail.values ? finding->value_count : page->detail.values;
    if (shown > 0)
        buffer_add_text(&page->text, "<ul class=v>");
    for (int i = 0; i < shown; i++) {
        buffer_add_text(&page->text, "<li><b>");
        html_page_add(page, finding->values[i].name);
        buffer_add_text(&page->text, "</b> ");
        html_page_add(page, finding->values[i].text);
    }
    if (shown > 0 && shown < finding->value_count)
        add_more(page, finding->value_count - shown);
    page->shortened |= shown < finding->value_count;
    if (shown > 0)
        buffer_add_text(&page->text, "</ul>");
}

static void add_waiver(struct html_page *page, const struct exception *exception)
{
    const struct waiver *waiver = exception->waiver;
    char expires_on[CALENDAR_TEXT_MAX];
    if (!waiver)
        return;
    buffer_add_text(&page->text, "<li>");
    if (exception->waiver_status == WAIVER_APPLIED) {
        calendar_format_day(waiver->expires_on, expires_on);
        html_page_say(page, WORD_WAIVER_BY, waiver->approved_by, expires_on, NULL, NULL);
        buffer_add_text(&page->text, ": ");
        html_page_add(page, waiver->reason);
    } else {
        struct buffer why = {0};
        waiver_status_explain(waiver, page->run->language, &why);
        html_page_say(page, WORD_WAIVER_VOID, buffer_text(&why), NULL, NULL, NULL);
        buffer_clear(&why);
    }
    buffer_add_text(&page->text, " <code>");
    html_page_add(page, buffer_text(&exception->waiver_source));
    buffer_add_text(&page->text, "</code>");
}

static void add_disposition(struct html_page *page, const struct disposition *disposition)
{
    if (!disposition)
        return;
    const char *parts[] = {disposition->status, disposition->owner, disposition->cause,
                           disposition->comment};
    bool any = false;
    buffer_add_text(&page->text, "<li><b>");
    html_page_say(page, WORD_DISPOSITIONS, "", "", "", "");
    buffer_add_text(&page->text, "</b> ");
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        if (!parts[i] || !*parts[i])
            continue;
        buffer_add_text(&page->text, any ? " · " : "");
        html_page_add(page, parts[i]);
        any = true;
    }
}

// What people say about it, where they do.
static void add_followup(struct html_page *page, const struct exception *exception)
{
    if (!exception->waiver && !exception->disposition)
        return;
    buffer_add_text(&page->text, "<ul class=f>");
    add_waiver(page, exception);
    add_disposition(page, exception->disposition);
    buffer_add_text(&page->text, "</ul>");
}

// What it rests on, and what of it cannot be known and why.
static void add_rests(struct html_page *page, const struct finding *finding)
{
    if (finding->rest_count > 0) {
        buffer_add_text(&page->text, "<ul class=f><li><b>");
        html_page_say(page, WORD_ASSUMPTIONS, NULL, NULL, NULL, NULL);
        buffer_add_text(&page->text, "</b>");
        for (int i = 0; i < finding->rest_count; i++)
            html_rests_add(page, finding->rests[i]);
        buffer_add_text(&page->text, "</ul>");
    }
    if (finding->unknown_count > 0) {
        struct buffer text = {0};
        finding_unknowns(finding, page->run->language, &text);
        buffer_add_text(&page->text, "<ul class=f><li><b>");
        html_page_say(page, WORD_NOT_KNOWN, NULL, NULL, NULL, NULL);
        buffer_add_text(&page->text, "</b> ");
        html_page_add(page, buffer_text(&text));
        buffer_add_text(&page->text, "</ul>");
        buffer_clear(&text);
    }
}

static void add_row(struct html_page *page, int table, int64_t row)
{
    const struct data *data = page->run->data;
    struct buffer text = {0};
    html_text_add(&page->text, data->model->tables[table].name);
    buffer_add_text(&page->text, " ");
    data_key(data, table, row, &text);
    html_page_add(page, buffer_text(&text));
    buffer_add_text(&page->text, " <code>");
    buffer_reset(&text);
    data_origin(data, table, row, &text);
    html_page_add(page, buffer_text(&text));
    buffer_add_text(&page->text, "</code>");
    buffer_clear(&text);
}

// The row tested comes first: it is evidence too.
static void add_evidence(struct html_page *page, const struct finding *finding)
{
    int shown = finding->evidence_count < page->detail.evidence ? finding->evidence_count
                                                                : page->detail.evidence;
    buffer_add_text(&page->text, "<ul><li><b>");
    html_page_say(page, WORD_ROW_TESTED, NULL, NULL, NULL, NULL);
    buffer_add_text(&page->text, "</b> ");
    add_row(page, finding->table, finding->row);
    for (int i = 0; i < shown; i++) {
        buffer_add_text(&page->text, "<li>");
        add_row(page, finding->evidence[i].table, finding->evidence[i].row);
    }
    if (shown < finding->evidence_count)
        add_more(page, finding->evidence_count - shown);
    buffer_add_text(&page->text, "</ul></details>");
}

// Several findings of one row may have one id; the anchor of each still differs.
static void add_anchor(struct html_page *page, const char *id)
{
    html_anchor_add(&page->text, id);
    if (page->same > 1)
        buffer_printf(&page->text, "~~%zu", page->same);
}

static void add_cell(struct html_page *page, const struct buffer *text)
{
    buffer_add_text(&page->text, "<td>");
    html_page_add(page, buffer_text(text));
}

static void add_name(struct html_page *page, const struct exception *exception)
{
    const struct finding *finding = exception->finding;
    buffer_add_text(&page->text, "<tr id=\"");
    add_anchor(page, buffer_text(&exception->id));
    buffer_add_text(&page->text, "\"><th scope=row><a href=\"#");
    add_anchor(page, buffer_text(&exception->id));
    buffer_add_text(&page->text, "\">");
    html_page_add(page, finding->key);
    buffer_add_text(&page->text, "</a>");
    if (finding->label) {
        buffer_add_text(&page->text, " ");
        html_page_add(page, finding->label);
    }
}

static void add_amount(struct html_page *page, const struct exception *exception)
{
    buffer_add_text(&page->text, "<td class=n>");
    if (!exception->finding->has_amount)
        return;
    amount_format(total_of(exception->finding->amount), exception->currency, true, &page->text);
    buffer_add_text(&page->text, " ");
    html_page_add(page, exception->currency);
}

void html_exception_write(struct html_page *page, size_t index)
{
    struct exception exception = {0};
    exception_fill(&exception, page->run, &page->run->evaluation->findings[index]);
    add_name(page, &exception);
    buffer_add_text(&page->text, "<td>");
    html_severity_add(page, exception.finding->severity);
    if (strcmp(exception.status, "waived") == 0) {
        buffer_add_text(&page->text, " <span class=w>");
        html_page_say(page, WORD_WAIVED, NULL, NULL, NULL, NULL);
        buffer_add_text(&page->text, "</span>");
    }
    add_cell(page, &exception.date);
    add_cell(page, &exception.customer);
    add_cell(page, &exception.actor);
    add_amount(page, &exception);
    add_cell(page, &exception.message);
    add_rests(page, exception.finding);
    add_followup(page, &exception);
    add_fold(page, exception.finding);
    add_values(page, exception.finding);
    add_evidence(page, exception.finding);
    buffer_add_text(&page->text, "\n");
    exception_clear(&exception);
    html_page_flush(page);
}
