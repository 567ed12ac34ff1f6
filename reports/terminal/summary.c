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

void summary_text(const struct summary *summary, int indent, const char *text)
{
    enum { HANGING = 2 };
    struct buffer plain = {0}, lines = {0};
    buffer_add_text(&plain, text);
    for (size_t i = 0; i < plain.length; i++)
        plain.data[i] = plain.data[i] == '\n' ? ' ' : plain.data[i];
    if (summary->look.width > 0)
        text_wrap(buffer_text(&plain), summary->look.width - indent - HANGING, &lines);
    else
        buffer_add(&lines, buffer_text(&plain), plain.length);
    for (char *line = lines.data, *end; line; line = end) {
        end = strchr(line, '\n');
        if (end)
            *end++ = '\0';
        fprintf(summary->out, "%*s", line == lines.data ? indent : indent + HANGING, "");
        print_safely(line, summary->out);
        putc('\n', summary->out);
    }
    buffer_clear(&plain);
    buffer_clear(&lines);
}

void summary_line(const struct summary *summary, int indent, enum word which, const char *a,
                  const char *b, const char *c, const char *d)
{
    struct buffer text = {0};
    word_add_sentence(which, summary->run->language, a, b, c, d, &text);
    summary_text(summary, indent, buffer_text(&text));
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

const struct control_result *summary_result(const struct summary *summary, int control)
{
    return &summary->run->evaluation->results[control];
}

bool summary_has_status(const struct summary *summary, int control, enum control_status status)
{
    return run_has_control(summary->run, control) &&
           summary_result(summary, control)->status == status;
}

void summary_loaded(const struct summary *summary, size_t *rows, size_t *tables)
{
    const struct data *data = summary->run->data;
    *rows = *tables = 0;
    for (int i = 0; i < data->model->table_count; i++)
        if (data->tables[i].imported) {
            ++*tables;
            *rows += data->tables[i].rows;
        }
}
