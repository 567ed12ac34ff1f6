// SPDX-License-Identifier: MIT
// Nothing is decided here, only shown: for people by change, each list cut at a number of lines
// with what was left out counted; as JSON whole. Texts come from earlier runs, and go out as
// untrusted.
#include "reports/terminal/difference_print.h"

#include "engine/base/safe_print.h"
#include "reports/files/json_text.h"
#include "reports/files/version.h"
#include "reports/terminal/terminal.h"
#include "reports/words/words.h"

#include <stdlib.h>
#include <string.h>

struct page {
    const struct difference *difference;
    const char *language;
    size_t lines;
    struct look look;
    FILE *out;
};

static void line(const struct page *page, enum word which, const char *a, const char *b)
{
    struct buffer text = {0};
    word_add_sentence(which, page->language, a, b, "", "", &text);
    print_safely(buffer_text(&text), page->out);
    putc('\n', page->out);
    buffer_clear(&text);
}

static void counted(const struct page *page, enum word which, size_t count)
{
    char text[32];
    snprintf(text, sizeof text, "%zu", count);
    if (count > 0)
        line(page, which, text, "");
}

static const char *text_of(const json_t *object, const char *name)
{
    return json_string_value(json_object_get(object, name));
}

// ---- what was compared

static void print_run(const struct page *page, const char *letter, const struct past_run *run)
{
    const json_t *scope = json_object_get(run->stated, "scope");
    const char *period = text_of(scope, "period"), *as_of = text_of(scope, "as_of");
    fprintf(page->out, "%s  ", letter);
    print_safely(run->folder, page->out);
    fputs("  ", page->out);
    line(page, WORD_DIFF_RUN, period ? period : "-", as_of ? as_of : "-");
}

static void print_names(const struct page *page, enum word which, const json_t *names)
{
    struct buffer text = {0};
    for (size_t i = 0; i < json_array_size(names); i++)
        buffer_printf(&text, "%s%s", i ? ", " : "", json_string_value(json_array_get(names, i)));
    line(page, which, buffer_text(&text), "");
    buffer_clear(&text);
}

static void print_head(const struct page *page)
{
    const struct difference *difference = page->difference;
    print_run(page, "A", difference->a);
    print_run(page, "B", difference->b);
    if (!difference->same_engagement)
        line(page, WORD_DIFF_ENTITY, "", "");
    if (json_array_size(difference->sources) > 0)
        print_names(page, WORD_DIFF_SOURCES, difference->sources);
    else
        line(page, WORD_DIFF_SAME_SOURCES, "", "");
    if (json_array_size(difference->rule_files) > 0)
        print_names(page, WORD_DIFF_RULES, difference->rule_files);
    putc('\n', page->out);
    counted(page, WORD_DIFF_NEW, difference->changes[CHANGE_NEW]);
    counted(page, WORD_DIFF_REOPENED, difference->reopened);
    counted(page, WORD_DIFF_AMOUNT, difference->changes[CHANGE_AMOUNT]);
    counted(page, WORD_DIFF_NONE, difference->changes[CHANGE_NONE]);
    counted(page, WORD_DIFF_RESOLVED, difference->changes[CHANGE_RESOLVED]);
    counted(page, WORD_DIFF_DOUBTFUL, difference->doubtful);
    counted(page, WORD_DIFF_OUT_OF_PERIOD, difference->changes[CHANGE_OUT_OF_PERIOD]);
    counted(page, WORD_DIFF_NOT_TESTED, difference->changes[CHANGE_NOT_TESTED]);
    if (difference->count == 0)
        line(page, WORD_DIFF_EMPTY, "", "");
}

// ---- controls

static void add_count(struct grid *grid, size_t count)
{
    char text[32] = "";
    if (count > 0)
        snprintf(text, sizeof text, "%zu", count);
    grid_add_cell(grid, text, NULL);
}

static void add_control(const struct page *page, struct grid *grid,
                        const struct changed_control *control)
{
    struct buffer before = {0}, after = {0};
    difference_amounts(page->difference, control, false, &before);
    difference_amounts(page->difference, control, true, &after);
    grid_add_row(grid);
    grid_add_cell(grid, control->id, NULL);
    add_count(grid, control->exceptions_before);
    add_count(grid, control->exceptions_after);
    add_count(grid, control->changes[CHANGE_NEW]);
    add_count(grid, control->changes[CHANGE_RESOLVED]);
    grid_add_cell(grid, buffer_text(&before), NULL);
    grid_add_cell(grid, buffer_text(&after), NULL);
    grid_add_cell(grid,
                  !control->before                ? word_get(WORD_DIFF_ONLY_B, page->language)
                  : !control->after               ? word_get(WORD_DIFF_ONLY_A, page->language)
                  : changed_control_rule(control) ? word_get(WORD_DIFF_RULE, page->language)
                                                  : "",
                  NULL);
    buffer_clear(&before);
    buffer_clear(&after);
}

static bool is_worth_a_line(const struct changed_control *control)
{
    return control->exceptions_before + control->exceptions_after > 0 ||
           changed_control_rule(control) || !control->before || !control->after;
}

static void print_controls(const struct page *page)
{
    static const enum word columns[] = {
        WORD_CONTROL,         WORD_COLUMN_A,        WORD_COLUMN_B,        WORD_COLUMN_NEW,
        WORD_COLUMN_RESOLVED, WORD_COLUMN_AMOUNT_A, WORD_COLUMN_AMOUNT_B, WORD_COLUMN_NOTE};
    struct grid *grid = NULL;
    for (size_t i = 0; i < page->difference->control_count; i++) {
        if (!is_worth_a_line(&page->difference->controls[i]))
            continue;
        if (!grid) {
            putc('\n', page->out);
            grid = grid_new(page->look);
            for (size_t j = 0; j < sizeof columns / sizeof *columns; j++)
                grid_add_column(grid, word_get(columns[j], page->language),
                                j > 0 && j < 7 ? GRID_RIGHT : GRID_LEFT);
        }
        add_control(page, grid, &page->difference->controls[i]);
    }
    if (grid)
        grid_print(grid, 2, page->out);
    grid_free(grid);
}

// ---- exceptions

static void add_amount(struct buffer *text, const struct past_exception *exception)
{
    if (exception && exception->amount)
        buffer_printf(text, "%s %s", exception->amount,
                      exception->currency ? exception->currency : "");
}

static void add_item(const struct page *page, struct grid *grid,
                     const struct changed_exception *item)
{
    const struct past_exception *now = item->after ? item->after : item->before;
    struct buffer amount = {0};
    add_amount(&amount, item->before);
    if (item->change == CHANGE_AMOUNT)
        buffer_add_text(&amount, " → ");
    if (item->change == CHANGE_AMOUNT || !item->before)
        add_amount(&amount, item->after);
    grid_add_row(grid);
    grid_add_cell(grid, now->id, NULL);
    enum severity severity;
    bool known = now->severity && severity_from_name(now->severity, &severity) == 0;
    grid_add_cell(grid, known ? word_severity(severity, page->language) : "", NULL);
    grid_add_cell(grid, buffer_text(&amount), NULL);
    grid_add_cell(grid, now->status && strcmp(now->status, "open") != 0 ? now->status : "", NULL);
    grid_add_cell(grid, now->message ? now->message : "", NULL);
    buffer_clear(&amount);
}

static void print_items(const struct page *page, enum change change, bool reopened,
                        enum word heading)
{
    static const enum word columns[] = {WORD_EXCEPTION, WORD_SEVERITY, WORD_AMOUNT, WORD_STATUS,
                                        WORD_MESSAGE};
    size_t shown = 0, count = 0;
    struct grid *grid = grid_new(page->look);
    for (size_t j = 0; j < sizeof columns / sizeof *columns; j++)
        grid_add_column(grid, word_get(columns[j], page->language), j == 4 ? GRID_WRAP : GRID_LEFT);
    for (size_t i = 0; i < page->difference->count; i++) {
        const struct changed_exception *item = &page->difference->items[i];
        if (reopened ? !item->reopened : item->change != change)
            continue;
        if (count++ < page->lines) {
            add_item(page, grid, item);
            shown++;
        }
    }
    if (count > 0) {
        fprintf(page->out, "\n%s\n", word_get(heading, page->language));
        grid_print(grid, 2, page->out);
        if (count > shown) {
            fputs("  ", page->out);
            counted(page, WORD_MORE, count - shown);
        }
    }
    grid_free(grid);
}

void difference_print(const struct difference *difference, const char *language, size_t lines,
                      struct look look, FILE *out)
{
    struct page page = {difference, language, lines, look, out};
    print_head(&page);
    print_controls(&page);
    print_items(&page, CHANGE_NEW, false, WORD_DIFF_HEAD_NEW);
    print_items(&page, CHANGE_NONE, true, WORD_DIFF_HEAD_REOPENED);
    print_items(&page, CHANGE_AMOUNT, false, WORD_DIFF_HEAD_AMOUNT);
    print_items(&page, CHANGE_RESOLVED, false, WORD_DIFF_HEAD_RESOLVED);
}

// ---- JSON

// What a record may lack.
static json_t *stated(const struct past_run *run, const char *name)
{
    json_t *value = json_object_get(run->stated, name);
    return value ? json_incref(value) : json_null();
}

static json_t *run_json(const struct past_run *run)
{
    json_t *object = json_object();
    json_set(object, "folder", json_text(run->folder));
    json_set(object, "record_sha256", json_text(run->record_sha256));
    json_set(object, "engagement", stated(run, "engagement"));
    json_set(object, "scope", stated(run, "scope"));
    return object;
}

static json_t *counts_json(const size_t changes[CHANGES])
{
    json_t *object = json_object();
    for (int i = 0; i < CHANGES; i++)
        json_set(object, change_name((enum change)i), json_integer((json_int_t)changes[i]));
    return object;
}

// Parameters whose values differ: {"limit": ["50000", "60000"]}.
static json_t *parameters_json(const struct changed_control *control)
{
    json_t *object = json_object(), *value;
    json_t *before = json_object_get(control->before, "parameters");
    json_t *after = json_object_get(control->after, "parameters");
    const char *name;
    json_object_foreach(after, name, value)
    {
        json_t *was = json_object_get(before, name);
        if (control->before && !json_equal(was, value))
            json_set(object, name, json_pack("[O?,O]", was, value));
    }
    json_object_foreach(before, name, value)
    {
        if (control->after && !json_object_get(after, name))
            json_set(object, name, json_pack("[O,n]", value));
    }
    return object;
}

static json_t *control_json(const struct changed_control *control)
{
    json_t *object = json_object();
    json_set(object, "control", json_text(control->id));
    json_set(object, "status_before", json_text(text_of(control->before, "status")));
    json_set(object, "status_after", json_text(text_of(control->after, "status")));
    json_set(object, "before", json_integer((json_int_t)control->exceptions_before));
    json_set(object, "after", json_integer((json_int_t)control->exceptions_after));
    json_set(object, "changes", counts_json(control->changes));
    json_set(object, "rule_changed", json_boolean(changed_control_rule(control)));
    json_set(object, "parameters", parameters_json(control));
    return object;
}

static json_t *side_json(const struct past_exception *exception)
{
    if (!exception)
        return json_null();
    json_t *object = json_object();
    json_set(object, "amount", json_text(exception->amount));
    json_set(object, "currency", json_text(exception->currency));
    json_set(object, "status", json_text(exception->status));
    json_set(object, "fingerprint", json_text(exception->fingerprint));
    json_set(object, "message", json_text(exception->message));
    return object;
}

static json_t *item_json(const struct changed_exception *item)
{
    const struct past_exception *now = item->after ? item->after : item->before;
    json_t *object = json_object();
    json_set(object, "id", json_text(now->id));
    json_set(object, "change", json_text(change_name(item->change)));
    json_set(object, "control", json_text(now->control));
    json_set(object, "severity", json_text(now->severity));
    json_set(object, "reopened", json_boolean(item->reopened));
    json_set(object, "facts_changed", json_boolean(item->facts_changed));
    json_set(object, "doubtful", json_boolean(item->doubtful));
    json_set(object, "before", side_json(item->before));
    json_set(object, "after", side_json(item->after));
    return object;
}

json_t *difference_json(const struct difference *difference)
{
    json_t *object = json_object(), *controls = json_array(), *items = json_array();
    json_t *counts = counts_json(difference->changes);
    json_set(counts, "reopened", json_integer((json_int_t)difference->reopened));
    json_set(counts, "doubtful", json_integer((json_int_t)difference->doubtful));
    for (size_t i = 0; i < difference->control_count; i++)
        json_append(controls, control_json(&difference->controls[i]));
    for (size_t i = 0; i < difference->count; i++)
        json_append(items, item_json(&difference->items[i]));
    json_set(object, "format", json_integer(DIFF_FORMAT));
    json_set(object, "a", run_json(difference->a));
    json_set(object, "b", run_json(difference->b));
    json_set(object, "same_entity", json_boolean(difference->same_engagement));
    json_set(object, "sources", json_incref(difference->sources));
    json_set(object, "rule_files", json_incref(difference->rule_files));
    json_set(object, "counts", counts);
    json_set(object, "controls", controls);
    json_set(object, "exceptions", items);
    return object;
}
