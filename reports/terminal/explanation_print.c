// SPDX-License-Identifier: MIT
#include "reports/terminal/explanation_print.h"

#include "engine/base/memory.h"
#include "engine/base/safe_print.h"
#include "reports/terminal/terminal.h"
#include "reports/words/words.h"

#include <stdlib.h>
#include <string.h>

struct page {
    const char *language;
    struct look look;
    FILE *out;
};

static const char *text_of(const json_t *object, const char *name)
{
    const char *text = json_string_value(json_object_get(object, name));
    return text ? text : "";
}

static void heading(const struct page *page, const char *text, const char *source)
{
    bool bold = page->look.colours;
    fprintf(page->out, "\n%s", bold ? "\033[1m" : "");
    print_safely(text, page->out);
    fputs(bold ? "\033[0m" : "", page->out);
    if (*source)
        fputs("  ", page->out);
    print_safely(source, page->out);
    putc('\n', page->out);
}

static void field(const struct page *page, enum word name, const char *text)
{
    if (!*text)
        return;
    fprintf(page->out, "  %s: ", word_get(name, page->language));
    print_safely(text, page->out);
    putc('\n', page->out);
}

static void print_head(const struct page *page, const json_t *explanation)
{
    const json_t *exception = json_object_get(explanation, "exception");
    const json_t *control = json_object_get(explanation, "control");
    const json_t *waiver = json_object_get(exception, "waiver");
    const json_t *disposition = json_object_get(exception, "disposition");
    enum severity severity;
    struct buffer text = {0};
    print_safely(text_of(exception, "id"), page->out);
    putc('\n', page->out);
    field(page, WORD_TITLE, text_of(control, "title"));
    field(page, WORD_MESSAGE, text_of(exception, "message"));
    if (severity_from_name(text_of(exception, "severity"), &severity) == 0)
        field(page, WORD_SEVERITY, word_severity(severity, page->language));
    buffer_printf(&text, "%s%s%s", text_of(exception, "amount"),
                  *text_of(exception, "amount") ? " " : "", text_of(exception, "currency"));
    field(page, WORD_AMOUNT, buffer_text(&text));
    field(page, WORD_STATUS, text_of(exception, "status"));
    buffer_reset(&text);
    buffer_printf(&text, "%s, %s (%s)", text_of(waiver, "reason"), text_of(waiver, "approved_by"),
                  text_of(waiver, "status"));
    if (json_is_object(waiver))
        field(page, WORD_WAIVERS, buffer_text(&text));
    buffer_reset(&text);
    buffer_printf(&text, "%s, %s, %s", text_of(disposition, "status"),
                  text_of(disposition, "owner"), text_of(disposition, "comment"));
    if (json_is_object(disposition))
        field(page, WORD_DISPOSITIONS, buffer_text(&text));
    field(page, WORD_EXPLAIN_TESTS, text_of(control, "tests"));
    field(page, WORD_EXPLAIN_FOLLOW_UP, text_of(control, "follow_up"));
    field(page, WORD_FINGERPRINT, text_of(exception, "fingerprint"));
    buffer_clear(&text);
}

static void add_cell_json(struct grid *grid, const json_t *value)
{
    if (json_is_string(value) || json_is_null(value) || !value) {
        grid_add_cell(grid, value && json_is_string(value) ? json_string_value(value) : "", NULL);
        return;
    }
    char *text = json_dumps(value, JSON_ENCODE_ANY | JSON_COMPACT);
    if (!text)
        memory_exhausted();
    grid_add_cell(grid, text, NULL);
    free(text);
}

static void print_values(const struct page *page, const json_t *explanation)
{
    json_t *values = json_object_get(json_object_get(explanation, "exception"), "values"), *value;
    const json_t *parameters =
        json_object_get(json_object_get(explanation, "control"), "parameters");
    const char *name;
    if (json_object_size(values) + json_array_size(parameters) == 0)
        return;
    heading(page, word_get(WORD_EXPLAIN_VALUES, page->language), "");
    struct grid *grid = grid_new(page->look);
    grid_add_column(grid, word_get(WORD_COLUMN_NAME, page->language), GRID_LEFT);
    grid_add_column(grid, word_get(WORD_VALUE, page->language), GRID_WRAP);
    grid_add_column(grid, word_get(WORD_COLUMN_FROM, page->language), GRID_LEFT);
    json_object_foreach(values, name, value)
    {
        grid_add_row(grid);
        grid_add_cell(grid, name, NULL);
        add_cell_json(grid, value);
        grid_add_cell(grid, "", NULL);
    }
    for (size_t i = 0; i < json_array_size(parameters); i++) {
        const json_t *parameter = json_array_get(parameters, i);
        grid_add_row(grid);
        grid_add_cell(grid, text_of(parameter, "name"), NULL);
        add_cell_json(grid, json_object_get(parameter, "value"));
        grid_add_cell(grid, text_of(parameter, "origin"), NULL);
    }
    grid_print(grid, 2, page->out);
    grid_free(grid);
}

static void print_fields(const struct page *page, const json_t *fields)
{
    struct grid *grid = grid_new(page->look);
    grid_add_column(grid, word_get(WORD_COLUMN_NAME, page->language), GRID_LEFT);
    grid_add_column(grid, word_get(WORD_VALUE, page->language), GRID_WRAP);
    grid_add_column(grid, word_get(WORD_COLUMN_FROM, page->language), GRID_LEFT);
    for (size_t i = 0; i < json_array_size(fields); i++) {
        const json_t *one = json_array_get(fields, i);
        const json_t *invalid = json_object_get(one, "invalid");
        bool chinese = strcmp(page->language, "zh") == 0 && *text_of(one, "label");
        grid_add_row(grid);
        grid_add_cell(grid, text_of(one, chinese ? "label" : "name"), NULL);
        grid_add_cell(grid, text_of(one, invalid ? "invalid" : "value"), invalid ? "red" : NULL);
        add_cell_json(grid, json_object_get(one, "from"));
    }
    grid_print(grid, 2, page->out);
    grid_free(grid);
}

static void print_row(const struct page *page, const json_t *row)
{
    struct buffer name = {0};
    bool chinese = strcmp(page->language, "zh") == 0 && *text_of(row, "label");
    buffer_printf(&name, "%s %s", text_of(row, chinese ? "label" : "table"), text_of(row, "key"));
    heading(page, buffer_text(&name), text_of(row, "source"));
    if (json_is_true(json_object_get(row, "found")))
        print_fields(page, json_object_get(row, "fields"));
    else
        fprintf(page->out, "  %s\n", word_get(WORD_EXPLAIN_ROW_GONE, page->language));
    buffer_clear(&name);
}

static void print_rule(const struct page *page, const json_t *rule)
{
    struct buffer place = {0};
    int number = (int)json_integer_value(json_object_get(rule, "line"));
    buffer_printf(&place, "%s:%d", text_of(rule, "file"), number);
    heading(page, word_get(WORD_RULE, page->language), buffer_text(&place));
    for (const char *at = text_of(rule, "text"); *at; number++) {
        size_t length = strcspn(at, "\n");
        char *line = memory_text_n(at, length);
        fprintf(page->out, "%5d  ", number);
        print_safely(line, page->out);
        putc('\n', page->out);
        free(line);
        at += length + (at[length] == '\n');
    }
    buffer_clear(&place);
}

void explanation_print(const json_t *explanation, const char *language, struct look look, FILE *out)
{
    struct page page = {language, look, out};
    const json_t *evidence = json_object_get(explanation, "evidence");
    print_head(&page, explanation);
    print_values(&page, explanation);
    print_row(&page, json_object_get(explanation, "row"));
    for (size_t i = 0; i < json_array_size(evidence); i++)
        print_row(&page, json_array_get(evidence, i));
    print_rule(&page, json_object_get(explanation, "rule"));
}
