// SPDX-License-Identifier: MIT
// The verdict first and last. In full it is ordered by what must not be missed: what makes the run
// incomplete, exceptions, amounts, then what was not tested and why, what was clean, the data;
// every control of the run stands in one of these lists at least, and one that tested no row is not
// listed with those that are clean. Otherwise it fits one screen (summary_brief).
#include "reports/terminal/terminal.h"

#include "engine/base/memory.h"
#include "engine/base/reason.h"
#include "reports/figures/risk.h"
#include "reports/terminal/summary_brief.h"
#include "reports/terminal/summary_coverage.h"
#include "reports/terminal/summary_dispositions.h"
#include "reports/terminal/summary_documents.h"
#include "reports/terminal/summary_exceptions.h"
#include "reports/terminal/summary_grading.h"
#include "reports/terminal/summary_inside.h"
#include "reports/terminal/summary_verdict.h"
#include "reports/terminal/summary_waivers.h"
#include "reports/words/words.h"

#include <stdlib.h>
#include <string.h>

enum { LINES_MAX = 20 };

const char *terminal_severity_colour(enum severity severity)
{
    return severity >= SEVERITY_HIGH ? "red" : severity == SEVERITY_MEDIUM ? "brown" : NULL;
}

static void add_documents(struct grid *grid, const struct sum *once)
{
    if (once) {
        summary_add_count(grid, once->count);
        summary_add_amount(grid, once->total, once->currency);
    } else {
        grid_add_cell(grid, "", NULL);
        grid_add_cell(grid, "", NULL);
    }
}

// Documents are of a kind, currency and sign as a whole: they stand in the first row of these.
static void print_risks(const struct summary *summary, const struct risks *risks,
                        const struct documents *documents)
{
    if (risks->count == 0)
        return;
    summary_heading(summary, WORD_AMOUNTS_AT_RISK, SUMMARY_BOLD);
    struct grid *grid = grid_new(summary->look);
    grid_add_column(grid, summary_say(summary, WORD_KIND), GRID_LEFT);
    grid_add_column(grid, summary_say(summary, WORD_BASIS), GRID_LEFT);
    grid_add_column(grid, summary_say(summary, WORD_AMOUNT), GRID_RIGHT);
    grid_add_column(grid, summary_say(summary, WORD_DOCUMENTS), GRID_RIGHT);
    grid_add_column(grid, summary_say(summary, WORD_ONCE), GRID_RIGHT);
    grid_add_column(grid, summary_say(summary, WORD_CURRENCY), GRID_LEFT);
    for (size_t i = 0; i < risks->count; i++) {
        const struct risk *risk = &risks->items[i];
        grid_add_row(grid);
        grid_add_cell(grid, word_kind(risk->kind, summary->run->language), NULL);
        grid_add_cell(grid, summary_say(summary, risk->assumed ? WORD_ASSUMED : WORD_ESTABLISHED),
                      NULL);
        summary_add_amount(grid, risk->all, risk->currency);
        add_documents(grid, risk_once(risks, i, documents));
        grid_add_cell(grid, risk->currency, NULL);
    }
    grid_print(grid, 2, summary->out);
    grid_free(grid);
}

static void print_unknown(const struct summary *summary, const struct risks *risks)
{
    char counts[2][SUMMARY_COUNT_MAX];
    if (risks->unknown[0] + risks->unknown[1] > 0)
        summary_line(summary, 2, WORD_AMOUNTS_UNKNOWN, summary_count(risks->unknown[0], counts[0]),
                     summary_count(risks->unknown[1], counts[1]), "", "");
}

static void print_at_risk(const struct summary *summary)
{
    struct risks risks;
    struct documents documents;
    risks_init(&risks, summary->run);
    documents_init(&documents, summary->run);
    print_risks(summary, &risks, &documents);
    print_unknown(summary, &risks);
    summary_documents_print(summary, &documents);
    documents_clear(&documents);
}

static bool is_partly_tested(const struct summary *summary, int control)
{
    const struct control_result *result = summary_result(summary, control);
    return summary_has_status(summary, control, STATUS_PARTIAL) ||
           (summary_has_status(summary, control, STATUS_EXCEPTIONS) &&
            result->untestable + result->errors > 0);
}

static void add_untestable_row(struct grid *grid, const char *id, const char *language,
                               const struct control_result *result)
{
    struct buffer reasons = {0};
    control_result_explain(result, language, &reasons);
    grid_add_row(grid);
    grid_add_cell(grid, id, NULL);
    summary_add_count(grid, result->tested);
    summary_add_count(grid, result->untestable);
    summary_add_count(grid, result->errors);
    grid_add_cell(grid, buffer_text(&reasons), NULL);
    buffer_clear(&reasons);
}

static void print_untestable(const struct summary *summary)
{
    struct grid *grid = NULL;
    for (int i = 0; i < summary->run->engagement->control_count; i++) {
        if (!is_partly_tested(summary, i))
            continue;
        if (!grid) {
            summary_heading(summary, WORD_HEAD_PARTIAL, SUMMARY_BOLD);
            grid = grid_new(summary->look);
            grid_add_column(grid, summary_say(summary, WORD_CONTROL), GRID_LEFT);
            grid_add_column(grid, summary_say(summary, WORD_COLUMN_TESTED), GRID_RIGHT);
            grid_add_column(grid, summary_say(summary, WORD_UNTESTABLE), GRID_RIGHT);
            grid_add_column(grid, summary_say(summary, WORD_ERRORS), GRID_RIGHT);
            grid_add_column(grid, summary_say(summary, WORD_REASON), GRID_WRAP);
        }
        add_untestable_row(grid, summary->run->engagement->controls[i].id, summary->run->language,
                           summary_result(summary, i));
    }
    if (grid)
        grid_print(grid, 2, summary->out);
    grid_free(grid);
}

// Why each control was not tested; "" where there is nothing to say. The caller frees them.
static char **explain_controls(const struct summary *summary)
{
    int count = summary->run->engagement->control_count;
    char **reasons = memory_new((size_t)count, sizeof *reasons);
    for (int i = 0; i < count; i++) {
        struct buffer text = {0};
        control_result_explain(summary_result(summary, i), summary->run->language, &text);
        reasons[i] = buffer_take(&text);
    }
    return reasons;
}

// "CRD-01, CRD-02" of the controls from `first` on with this status and reason.
static void join_ids(const struct summary *summary, int first, enum control_status status,
                     char *const *reasons, const char *reason, struct buffer *ids)
{
    size_t count = 0;
    for (int i = first; i < summary->run->engagement->control_count; i++)
        if (summary_has_status(summary, i, status) && strcmp(reasons[i], reason) == 0)
            buffer_printf(ids, "%s%s", count++ ? ", " : "",
                          summary->run->engagement->controls[i].id);
}

static bool was_joined(const struct summary *summary, int control, enum control_status status,
                       char *const *reasons)
{
    for (int i = 0; i < control; i++)
        if (summary_has_status(summary, i, status) && strcmp(reasons[i], reasons[control]) == 0)
            return true;
    return false;
}

// One line for each reason with the controls it stopped.
static void print_by_reason(const struct summary *summary, enum control_status status,
                            char *const *reasons, enum word title)
{
    bool any = false;
    for (int i = 0; i < summary->run->engagement->control_count; i++) {
        if (!summary_has_status(summary, i, status) || was_joined(summary, i, status, reasons))
            continue;
        struct buffer text = {0};
        if (!any)
            summary_heading(summary, title, SUMMARY_BOLD);
        any = true;
        join_ids(summary, i, status, reasons, reasons[i], &text);
        buffer_printf(&text, "%s%s", *reasons[i] ? ": " : "", reasons[i]);
        summary_text(summary, 2, buffer_text(&text));
        buffer_clear(&text);
    }
}

static void print_not_tested(const struct summary *summary)
{
    char **reasons = explain_controls(summary);
    print_by_reason(summary, STATUS_NOT_RUN, reasons, WORD_HEAD_NOT_RUN);
    print_by_reason(summary, STATUS_DISABLED, reasons, WORD_HEAD_DISABLED);
    print_by_reason(summary, STATUS_UNTESTED, reasons, WORD_HEAD_UNTESTED);
    print_by_reason(summary, STATUS_CONDITIONAL, reasons, WORD_HEAD_CONDITIONAL);
    print_by_reason(summary, STATUS_CLEAN, reasons, WORD_HEAD_CLEAN);
    for (int i = 0; i < summary->run->engagement->control_count; i++)
        free(reasons[i]);
    free(reasons);
}

// Extracts that are partial, each with what shows it.
static void print_partial(const struct summary *summary)
{
    const struct problem_list *problems = &summary->run->data->problems;
    size_t count = 0;
    for (size_t i = 0; i < problems->count; i++) {
        if (problems->items[i].kind != PROBLEM_PARTIAL_EXTRACT || count++ >= LINES_MAX)
            continue;
        struct buffer text = {0};
        reason_add(problems->items[i].reason, summary->run->language, &text);
        summary_text(summary, 2, buffer_text(&text));
        buffer_clear(&text);
    }
    char more[SUMMARY_COUNT_MAX];
    if (count > LINES_MAX)
        summary_line(summary, 2, WORD_MORE, summary_count(count - LINES_MAX, more), "", "", "");
}

static void print_problems(const struct summary *summary)
{
    enum { KINDS = PROBLEM_KINDS };
    const struct data *data = summary->run->data;
    size_t(*counts)[KINDS] = memory_new((size_t)data->model->table_count, sizeof *counts);
    for (size_t i = 0; i < data->problems.count; i++)
        counts[data->problems.items[i].table][data->problems.items[i].kind]++;
    if (data->problems.count > 0) {
        summary_heading(summary, WORD_PROBLEMS_IN_FILE, SUMMARY_BOLD);
        struct grid *grid = grid_new(summary->look);
        grid_add_column(grid, summary_say(summary, WORD_TABLE), GRID_LEFT);
        grid_add_column(grid, summary_say(summary, WORD_KIND), GRID_LEFT);
        grid_add_column(grid, summary_say(summary, WORD_COUNT), GRID_RIGHT);
        for (int table = 0; table < data->model->table_count; table++)
            for (int kind = 0; kind < KINDS; kind++)
                if (counts[table][kind] > 0) {
                    grid_add_row(grid);
                    grid_add_cell(grid, data->model->tables[table].name, NULL);
                    grid_add_cell(
                        grid, word_problem((enum problem_kind)kind, summary->run->language), NULL);
                    summary_add_count(grid, counts[table][kind]);
                }
        grid_print(grid, 2, summary->out);
        grid_free(grid);
        print_partial(summary);
    }
    free(counts);
}

static void print_notes(const struct summary *summary)
{
    size_t count = json_array_size(summary->run->import_notes);
    if (count == 0)
        return;
    summary_heading(summary, WORD_NOTES, SUMMARY_BOLD);
    for (size_t i = 0; i < count && i < LINES_MAX; i++) {
        const char *note = json_string_value(json_array_get(summary->run->import_notes, i));
        summary_text(summary, 2, note ? note : "");
    }
    char more[SUMMARY_COUNT_MAX];
    if (count > LINES_MAX)
        summary_line(summary, 2, WORD_MORE, summary_count(count - LINES_MAX, more), "", "", "");
}

static void print_full(const struct summary *summary)
{
    summary_coverage_print(summary);
    summary_exceptions_print(summary);
    print_at_risk(summary);
    summary_waivers_print(summary);
    summary_dispositions_print(summary);
    summary_grading_print(summary);
    print_untestable(summary);
    print_not_tested(summary);
    print_problems(summary);
    print_notes(summary);
    putc('\n', summary->out);
}

void terminal_print(const struct run *run, const char *results, bool full, struct look look,
                    FILE *out)
{
    struct summary summary = {run, look, out};
    summary_verdict_print(&summary);
    summary_causes_print(&summary, full);
    summary_head_print(&summary);
    if (full)
        print_full(&summary);
    else
        summary_brief_print(&summary);
    summary_line(&summary, 0, full ? WORD_RESULTS_IN : WORD_RESULTS_BRIEFLY, results, "", "", "");
    summary_verdict_print(&summary);
}
