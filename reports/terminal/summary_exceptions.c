// SPDX-License-Identifier: MIT
#include "reports/terminal/summary_exceptions.h"

#include "engine/base/memory.h"
#include "reports/terminal/summary_inside.h"
#include "reports/terminal/terminal.h"

#include <stdlib.h>

enum { CONTROLS_MAX = 4, MOST_MAX = 3, TITLE_MAX = 72 };

static void add_amount(struct grid *grid, const struct sum *sum)
{
    struct buffer text = {0};
    sum_format(sum, true, &text);
    buffer_printf(&text, " %s", sum->currency);
    grid_add_cell(grid, buffer_text(&text), NULL);
    buffer_clear(&text);
}

// In full, or what two lines hold of it.
static void add_title(struct grid *grid, const char *title, bool full)
{
    struct buffer text = {0};
    buffer_add_text(&text, title);
    if (!full)
        buffer_shorten(&text, 0, TITLE_MAX);
    grid_add_cell(grid, buffer_text(&text), NULL);
    buffer_clear(&text);
}

// What kind its amounts are of is told with `kinds` only.
static void add_exception_rows(const struct summary *summary, struct grid *grid, int index,
                               bool kinds)
{
    const struct control *control = &summary->run->engagement->controls[index];
    const struct control_result *result = summary_result(summary, index);
    const char *language = summary->run->language;
    size_t lines = result->amounts.count > 1 ? result->amounts.count : 1;
    for (size_t i = 0; i < lines; i++) {
        grid_add_row(grid);
        if (i == 0) {
            grid_add_cell(grid, control->id, NULL);
            grid_add_cell(grid, word_severity(control->severity, language),
                          terminal_severity_colour(control->severity));
            add_title(grid, bilingual_get(&control->title, language), kinds);
            summary_add_count(grid, result->exceptions);
            summary_add_count(grid, result->tested);
        } else {
            for (int j = 0; j < 5; j++)
                grid_add_cell(grid, "", NULL);
        }
        if (result->amounts.count == 0)
            continue;
        add_amount(grid, &result->amounts.items[i]);
        if (kinds)
            grid_add_cell(grid, word_kind(control->amount_kind, summary->run->language), NULL);
    }
}

static void print_controls(const struct summary *summary, bool kinds)
{
    const struct engagement *engagement = summary->run->engagement;
    struct grid *grid = grid_new(summary->look);
    grid_add_column(grid, summary_say(summary, WORD_CONTROL), GRID_LEFT);
    grid_add_column(grid, summary_say(summary, WORD_SEVERITY), GRID_LEFT);
    grid_add_column(grid, summary_say(summary, WORD_TITLE), GRID_WRAP);
    grid_add_column(grid, summary_say(summary, WORD_EXCEPTION_COUNT), GRID_RIGHT);
    grid_add_column(grid, summary_say(summary, WORD_COLUMN_TESTED), GRID_RIGHT);
    grid_add_column(grid, summary_say(summary, WORD_AMOUNT), GRID_RIGHT);
    if (kinds)
        grid_add_column(grid, summary_say(summary, WORD_KIND), GRID_LEFT);
    for (int severity = SEVERITY_CRITICAL; severity >= SEVERITY_LOW; severity--)
        for (int i = 0; i < engagement->control_count; i++)
            if (summary_has_status(summary, i, STATUS_EXCEPTIONS) &&
                (int)engagement->controls[i].severity == severity)
                add_exception_rows(summary, grid, i, kinds);
    grid_print(grid, 2, summary->out);
    grid_free(grid);
}

// False, with that said, where there are no exceptions; nothing of a run that tested nothing.
static bool print_whether(const struct summary *summary)
{
    const struct verdict *verdict = &summary->run->verdict;
    if (!verdict->tested)
        return false;
    if (verdict->statuses[STATUS_EXCEPTIONS] > 0) {
        summary_heading(summary, WORD_EXCEPTIONS, SUMMARY_BOLD);
        return true;
    }
    bool everything = !verdict->incomplete && verdict->statuses[STATUS_PARTIAL] == 0;
    summary_heading(summary, everything ? WORD_NO_EXCEPTIONS : WORD_NO_EXCEPTIONS_TESTED,
                    SUMMARY_BOLD);
    return false;
}

void summary_exceptions_print(const struct summary *summary)
{
    if (print_whether(summary))
        print_controls(summary, true);
}

// ---- by severity

// How many exceptions of each severity a control found: one may be graver than its control.
struct found {
    int control;
    size_t exceptions[SEVERITY_CRITICAL + 1];
};

static enum severity sorting;

// The control that found most first, then by their order.
static int compare(const void *a, const void *b)
{
    const struct found *left = a, *right = b;
    size_t x = left->exceptions[sorting], y = right->exceptions[sorting];
    int order = (x < y) - (x > y);
    return order ? order : (left->control > right->control) - (left->control < right->control);
}

static struct found *count_found(const struct summary *summary)
{
    const struct evaluation *evaluation = summary->run->evaluation;
    int count = summary->run->engagement->control_count;
    struct found *found = memory_new((size_t)count, sizeof *found);
    for (int i = 0; i < count; i++)
        found[i].control = i;
    for (size_t i = 0; i < evaluation->finding_count; i++)
        found[evaluation->findings[i].control].exceptions[evaluation->findings[i].severity]++;
    return found;
}

// "CRD-01 (120), PRC-01 (9), …", and how many controls these are.
static size_t add_most(const struct summary *summary, const struct found *found, struct buffer *out)
{
    size_t controls = 0;
    for (int i = 0; i < summary->run->engagement->control_count; i++) {
        size_t exceptions = found[i].exceptions[sorting];
        if (exceptions == 0 || controls++ >= MOST_MAX)
            continue;
        buffer_printf(out, "%s%s (%zu)", controls > 1 ? ", " : "",
                      summary->run->engagement->controls[found[i].control].id, exceptions);
    }
    buffer_add_text(out, controls > MOST_MAX ? ", …" : "");
    return controls;
}

static void add_severity(const struct summary *summary, struct grid *grid, struct found *found,
                         enum severity severity)
{
    const struct verdict *verdict = &summary->run->verdict;
    struct buffer most = {0};
    sorting = severity;
    qsort(found, (size_t)summary->run->engagement->control_count, sizeof *found, compare);
    size_t controls = add_most(summary, found, &most);
    if (controls > 0) {
        grid_add_row(grid);
        grid_add_cell(grid, word_severity(severity, summary->run->language),
                      terminal_severity_colour(severity));
        summary_add_count(grid, controls);
        summary_add_count(grid, verdict->exceptions[severity]);
        summary_add_count(grid, verdict->assumed[severity]);
        summary_add_count(grid, verdict->waived[severity]);
        grid_add_cell(grid, buffer_text(&most), NULL);
    }
    buffer_clear(&most);
}

static void print_severities(const struct summary *summary)
{
    struct found *found = count_found(summary);
    struct grid *grid = grid_new(summary->look);
    grid_add_column(grid, summary_say(summary, WORD_SEVERITY), GRID_LEFT);
    grid_add_column(grid, summary_say(summary, WORD_CONTROL_COUNT), GRID_RIGHT);
    grid_add_column(grid, summary_say(summary, WORD_EXCEPTION_COUNT), GRID_RIGHT);
    grid_add_column(grid, summary_say(summary, WORD_ASSUMED), GRID_RIGHT);
    grid_add_column(grid, summary_say(summary, WORD_WAIVED), GRID_RIGHT);
    grid_add_column(grid, summary_say(summary, WORD_COLUMN_MOST), GRID_WRAP);
    for (int severity = SEVERITY_CRITICAL; severity >= SEVERITY_LOW; severity--)
        add_severity(summary, grid, found, (enum severity)severity);
    grid_print(grid, 2, summary->out);
    grid_free(grid);
    free(found);
}

void summary_exceptions_brief(const struct summary *summary)
{
    if (!print_whether(summary))
        return;
    if (summary->run->verdict.statuses[STATUS_EXCEPTIONS] > CONTROLS_MAX)
        print_severities(summary);
    else
        print_controls(summary, false);
}
