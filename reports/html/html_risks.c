// SPDX-License-Identifier: MIT
#include "reports/html/html_inside.h"

#include "reports/figures/documents.h"
#include "reports/figures/risk.h"
#include "reports/figures/waiver_status.h"

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
    buffer_add_text(&page->text, "</th>");
    add_head(page, WORD_AMOUNT);
    if (page->run->waivers)
        add_head(page, WORD_OPEN);
    add_head(page, WORD_DOCUMENTS);
    add_head(page, WORD_ONCE);
    buffer_add_text(&page->text, "</tr></thead><tbody>\n");
}

static void add_sum(struct html_page *page, const struct sum *sum)
{
    buffer_add_text(&page->text, "<td class=n>");
    if (sum)
        html_amount_add(&page->text, sum->total, sum->currency);
}

static void write_risk(struct html_page *page, const struct risks *risks, size_t at,
                       const struct documents *documents)
{
    const struct sum *all = &risks->all.items[at];
    const struct sum *once = sums_find(&documents->totals, all->kind, all->currency);
    buffer_add_text(&page->text, "<tr><th scope=row>");
    html_text_add(&page->text, word_kind(all->kind, page->run->language));
    add_sum(page, all);
    if (page->run->waivers)
        add_sum(page, &risks->open.items[at]);
    buffer_add_text(&page->text, "<td class=n>");
    html_count_add(&page->text, once ? once->count : 0);
    add_sum(page, once);
    buffer_add_text(&page->text, "\n");
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
    if (risks.all.count > 0) {
        documents_init(&documents, page->run);
        write_heads(page);
        for (size_t i = 0; i < risks.all.count; i++)
            write_risk(page, &risks, i, &documents);
        buffer_add_text(&page->text, "</tbody></table>\n");
        documents_clear(&documents);
    }
    risks_clear(&risks);
    html_page_flush(page);
}
