// SPDX-License-Identifier: MIT
#include "reports/html/html_inside.h"

#include "engine/base/total.h"

#include <stdio.h>
#include <stdlib.h>

void html_page_put(struct html_page *page, struct text text)
{
    html_page_flush(page);
    page->bytes += text.length;
    if (page->output)
        output_add(page->output, text.bytes, text.length);
}

void html_page_flush(struct html_page *page)
{
    page->bytes += page->text.length;
    if (page->output && page->text.length > 0)
        output_add(page->output, page->text.data, page->text.length);
    buffer_reset(&page->text);
}

const char *html_page_word(const struct html_page *page, enum word word)
{
    return word_get(word, page->run->language);
}

void html_page_say(struct html_page *page, enum word word, const char *a, const char *b,
                   const char *c, const char *d)
{
    struct buffer text = {0};
    word_add_sentence(word, page->run->language, a, b, c, d, &text);
    html_text_add(&page->text, buffer_text(&text));
    buffer_clear(&text);
}

void html_page_add(struct html_page *page, const char *text)
{
    page->shortened |= html_text_add_some(&page->text, text, page->detail.characters);
}

void html_count_add(struct buffer *out, size_t count)
{
    total_format(total_of_units(count, 0), 0, true, out);
}

void html_amount_add(struct buffer *out, struct total amount, const char *currency)
{
    amount_format(amount, currency, true, out);
    buffer_add_text(out, " ");
    html_text_add(out, currency);
}

void html_severity_add(struct html_page *page, enum severity severity)
{
    buffer_printf(&page->text, "<span class=s%d>%s</span>", (int)severity,
                  word_severity(severity, page->run->language));
}

bool html_is_shown(const struct html_page *page, size_t finding)
{
    return !page->picked || page->picked[finding];
}
