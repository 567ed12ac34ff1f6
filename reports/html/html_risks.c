// SPDX-License-Identifier: MIT
#include "reports/html/html_inside.h"

#include "reports/figures/documents.h"
#include "reports/figures/risk.h"
#include "reports/figures/waiver_status.h"

#include <stdio.h>

static void add_head(struct html_page *page, enum word which)
{
    buffer_add_text(&page->text, "<th scope=col class=n>");
    html_page_say(page, which, "", "", "", "");
    buffer_add_text(&page->text, "</th>");
}

static void write_heads(struct html_page *page)
{
    buffer_add_text(&page->text, "<table class=risks><caption>");
    html_page_say(page, WORD_AMOUNTS_AT_RISK, "", "", "", "");
    buffer_add_text(&page->text, "</caption><thead><tr><th scope=col>");
    html_page_say(page, WORD_KIND, "", "", "", "");
    buffer_add_text(&page->text, "</th><th scope=col>");
    html_page_say(page, WORD_BASIS, "", "", "", "");
    buffer_add_text(&page->text, "</th>");
    add_head(page, WORD_AMOUNT);
    if (page->run->waivers)
        add_head(page, WORD_OPEN);
    add_head(page, WORD_DOCUMENTS);
    add_head(page, WORD_ONCE);
    buffer_add_text(&page->text, "</tr></thead><tbody>\n");
}

static void add_amount(struct html_page *page, struct total amount, const char *currency)
{
    buffer_add_text(&page->text, "<td class=n>");
    html_amount_add(&page->text, amount, currency);
}

static void write_risk(struct html_page *page, const struct risks *risks, size_t at,
                       const struct documents *documents)
{
    const struct risk *risk = &risks->items[at];
    const struct sum *once = risk_once(risks, at, documents);
    buffer_add_text(&page->text, "<tr><th scope=row>");
    html_text_add(&page->text, word_kind(risk->kind, page->run->language));
    buffer_add_text(&page->text, "<td>");
    html_page_say(page, risk->assumed ? WORD_ASSUMED : WORD_ESTABLISHED, "", "", "", "");
    add_amount(page, risk->all, risk->currency);
    if (page->run->waivers)
        add_amount(page, risk->open, risk->currency);
    buffer_add_text(&page->text, "<td class=n>");
    if (once) {
        html_count_add(&page->text, once->count);
        add_amount(page, once->total, once->currency);
    } else {
        buffer_add_text(&page->text, "<td>");
    }
    buffer_add_text(&page->text, "\n");
}

static void write_unknown(struct html_page *page, const struct risks *risks)
{
    char counts[2][32];
    if (risks->unknown[0] + risks->unknown[1] == 0)
        return;
    snprintf(counts[0], sizeof counts[0], "%zu", risks->unknown[0]);
    snprintf(counts[1], sizeof counts[1], "%zu", risks->unknown[1]);
    buffer_add_text(&page->text, "<p>");
    html_page_say(page, WORD_AMOUNTS_UNKNOWN, counts[0], counts[1], "", "");
    buffer_add_text(&page->text, "</p>\n");
}

// A waiver that does not hold is an error of its own, and never passed over.
static void write_void(struct html_page *page)
{
    const struct waivers *waivers = page->run->waivers;
    if (waivers_warnings(waivers) == 0)
        return;
    buffer_add_text(&page->text, "<div class=\"verdict open\"><p><strong>");
    html_page_say(page, WORD_VOID_WAIVERS, "", "", "", "");
    buffer_add_text(&page->text, "</strong></p><ul>");
    for (size_t i = 0; i < waivers->count; i++) {
        const struct waiver *waiver = &waivers->items[i];
        struct buffer why = {0};
        if (waiver_problem(waiver) == WAIVER_APPLIED)
            continue;
        buffer_add_text(&page->text, "<li><code>");
        html_page_add(page, page->run->engagement->waivers);
        buffer_printf(&page->text, ":%lld</code> ", (long long)waiver->line);
        html_page_add(page, waiver->exception);
        buffer_add_text(&page->text, ": ");
        waiver_status_explain(waiver, page->run->language, &why);
        html_page_add(page, buffer_text(&why));
        buffer_clear(&why);
    }
    buffer_add_text(&page->text, "</ul></div>\n");
}

void html_risks_write(struct html_page *page)
{
    struct risks risks;
    struct documents documents;
    write_void(page);
    risks_init(&risks, page->run);
    if (risks.count > 0) {
        documents_init(&documents, page->run);
        write_heads(page);
        for (size_t i = 0; i < risks.count; i++)
            write_risk(page, &risks, i, &documents);
        buffer_add_text(&page->text, "</tbody></table>\n");
        documents_clear(&documents);
    }
    write_unknown(page, &risks);
    html_page_flush(page);
}
