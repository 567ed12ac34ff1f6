// SPDX-License-Identifier: MIT
#include "reports/terminal/summary_waivers.h"

#include "engine/base/memory.h"
#include "reports/figures/risk.h"
#include "reports/figures/waiver_status.h"
#include "reports/terminal/summary_inside.h"

enum { LINES_MAX = 20 };

static void add_amounts(const struct summary *summary, struct grid *grid)
{
    struct risks risks;
    risks_init(&risks, summary->run);
    for (size_t i = 0; i < risks.count; i++) {
        const struct risk *it = &risks.items[i];
        struct buffer name = {0};
        buffer_add_text(&name, word_kind(it->kind, summary->run->language));
        if (it->assumed)
            buffer_printf(&name, " (%s)", summary_say(summary, WORD_ASSUMED));
        grid_add_row(grid);
        grid_add_cell(grid, buffer_text(&name), NULL);
        summary_add_amount(grid, it->all, it->currency);
        summary_add_amount(grid, total_subtract(it->all, it->open), it->currency);
        summary_add_amount(grid, it->open, it->currency);
        grid_add_cell(grid, it->currency, NULL);
        buffer_clear(&name);
    }
}

static void print_totals(const struct summary *summary)
{
    const struct verdict *verdict = &summary->run->verdict;
    size_t all = 0, waived = 0;
    for (int i = SEVERITY_LOW; i <= SEVERITY_CRITICAL; i++) {
        all += verdict->exceptions[i];
        waived += verdict->waived[i];
    }
    struct grid *grid = grid_new(summary->look);
    grid_add_column(grid, "", GRID_LEFT);
    grid_add_column(grid, summary_say(summary, WORD_COLUMN_BEFORE), GRID_RIGHT);
    grid_add_column(grid, summary_say(summary, WORD_WAIVED), GRID_RIGHT);
    grid_add_column(grid, summary_say(summary, WORD_OPEN), GRID_RIGHT);
    grid_add_column(grid, summary_say(summary, WORD_CURRENCY), GRID_LEFT);
    grid_add_row(grid);
    grid_add_cell(grid, summary_say(summary, WORD_EXCEPTIONS), NULL);
    summary_add_count(grid, all);
    summary_add_count(grid, waived);
    summary_add_count(grid, all - waived);
    grid_add_cell(grid, "", NULL);
    add_amounts(summary, grid);
    grid_print(grid, 2, summary->out);
    grid_free(grid);
}

static void print_void(const struct summary *summary, const struct waiver *waiver)
{
    struct buffer place = {0}, why = {0};
    buffer_printf(&place, "%s:%lld", summary->run->engagement->waivers, (long long)waiver->line);
    waiver_status_explain(waiver, summary->run->language, &why);
    summary_line(summary, 2, WORD_VOID_LINE, buffer_text(&place), waiver->exception,
                 buffer_text(&why), "");
    buffer_clear(&place);
    buffer_clear(&why);
}

void summary_waivers_print(const struct summary *summary)
{
    const struct waivers *waivers = summary->run->waivers;
    size_t warnings = waivers_warnings(waivers), shown = 0;
    char more[SUMMARY_COUNT_MAX];
    if (!waivers)
        return;
    summary_heading(summary, WORD_WAIVERS, SUMMARY_BOLD);
    print_totals(summary);
    if (warnings == 0)
        return;
    summary_heading(summary, WORD_VOID_WAIVERS, SUMMARY_RED);
    for (size_t i = 0; i < waivers->count && shown < LINES_MAX; i++)
        if (waiver_problem(&waivers->items[i]) != WAIVER_APPLIED) {
            print_void(summary, &waivers->items[i]);
            shown++;
        }
    if (warnings > shown)
        summary_line(summary, 2, WORD_MORE, summary_count(warnings - shown, more), "", "", "");
}
