// SPDX-License-Identifier: MIT
#include "engine/base/safe_print.h"
#include "engine/base/total.h"
#include "reports/terminal/summary_inside.h"

#include <stdlib.h>
#include <string.h>

const char *summary_say(const struct summary *summary, enum word which)
{
    return word_get(which, summary->run->language);
}

void summary_line(const struct summary *summary, int indent, enum word which, const char *a,
                  const char *b, const char *c, const char *d)
{
    struct buffer text = {0};
    word_add_sentence(which, summary->run->language, a, b, c, d, &text);
    fprintf(summary->out, "%*s", indent, "");
    print_safely(buffer_text(&text), summary->out);
    putc('\n', summary->out);
    buffer_clear(&text);
}

void summary_heading(const struct summary *summary, enum word which, const char *colour)
{
    const char *start = summary->look.colours ? colour : "", *end = *start ? "\033[0m" : "";
    fprintf(summary->out, "\n%s%s%s\n", start, summary_say(summary, which), end);
}

const char *summary_count(size_t count, char text[SUMMARY_COUNT_MAX])
{
    char digits[SUMMARY_COUNT_MAX];
    int length = snprintf(digits, sizeof digits, "%zu", count);
    char *to = text;
    for (int i = 0; i < length; i++) {
        if (i > 0 && (length - i) % 3 == 0)
            *to++ = ',';
        *to++ = digits[i];
    }
    *to = '\0';
    return text;
}

void summary_add_count(struct grid *grid, size_t count)
{
    char text[SUMMARY_COUNT_MAX];
    grid_add_cell(grid, summary_count(count, text), NULL);
}

void summary_add_amount(struct grid *grid, struct total amount, const char *currency)
{
    struct buffer text = {0};
    amount_format(amount, currency, true, &text);
    grid_add_cell(grid, buffer_text(&text), NULL);
    buffer_clear(&text);
}
