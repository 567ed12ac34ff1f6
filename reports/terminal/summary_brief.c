// SPDX-License-Identifier: MIT
// Each part takes a bounded number of lines, so that a screen of 30 lines holds them all.
#include "reports/terminal/summary_brief.h"

#include "engine/base/reason.h"
#include "reports/figures/coverage.h"
#include "reports/figures/grading.h"
#include "reports/figures/risk.h"
#include "reports/terminal/summary_exceptions.h"
#include "reports/terminal/summary_inside.h"

#include <string.h>

enum { RISKS_MAX = 3, RESTS_MAX = 3, LACKS_MAX = 4, NOTES_MAX = 2 };

static void print_tested(const struct summary *summary, const struct coverage *coverage)
{
    char counts[4][SUMMARY_COUNT_MAX];
    size_t rows, tables;
    summary_loaded(summary, &rows, &tables);
    summary_line(summary, 0, WORD_BRIEF_TESTED, summary_count(rows, counts[0]),
                 summary_count(tables, counts[1]), summary_count(coverage->rows, counts[2]),
                 summary_count(summary->run->verdict.statuses[STATUS_CLEAN], counts[3]));
}

static void add_separator(const struct summary *summary, struct buffer *out)
{
    if (out->length)
        buffer_add_text(out, summary_say(summary, WORD_SEMICOLON));
}

// "misstatement 1,234.00 CNY (5.00 assumed)": the kinds apart, as everywhere.
static void add_risk(const struct summary *summary, const struct risk *risk, struct buffer *out)
{
    add_separator(summary, out);
    buffer_printf(out, "%s ", word_kind(risk->kind, summary->run->language));
    amount_format(risk->all, risk->currency, true, out);
    buffer_printf(out, " %s", risk->currency);
    if (risk->assumed)
        buffer_printf(out, " (%s)", summary_say(summary, WORD_ASSUMED));
}

static void add_more(const struct summary *summary, size_t more, struct buffer *out)
{
    char count[SUMMARY_COUNT_MAX];
    if (more == 0)
        return;
    add_separator(summary, out);
    word_add_sentence(WORD_MORE, summary->run->language, summary_count(more, count), "", "", "",
                      out);
}

static void print_risks(const struct summary *summary)
{
    struct risks risks;
    struct buffer text = {0};
    risks_init(&risks, summary->run);
    for (size_t i = 0; i < risks.count && i < RISKS_MAX; i++)
        add_risk(summary, &risks.items[i], &text);
    add_more(summary, risks.count > RISKS_MAX ? risks.count - RISKS_MAX : 0, &text);
    if (text.length)
        summary_line(summary, 0, WORD_BRIEF_RISK, buffer_text(&text), "", "", "");
    buffer_clear(&text);
}

static void print_rests(const struct summary *summary, const struct coverage *coverage)
{
    struct buffer text = {0};
    char count[SUMMARY_COUNT_MAX];
    for (size_t i = 0; i < coverage->rest_count && i < RESTS_MAX; i++) {
        add_separator(summary, &text);
        assumption_name(summary->run->data, coverage->rests[i].assumption, &text);
        buffer_printf(&text, " (%zu)", coverage->rests[i].controls);
    }
    add_more(summary, coverage->rest_count > RESTS_MAX ? coverage->rest_count - RESTS_MAX : 0,
             &text);
    if (text.length)
        summary_line(summary, 0, WORD_BRIEF_RESTS, summary_count(coverage->resting, count),
                     buffer_text(&text), "", "");
    buffer_clear(&text);
}

static void add_cause(const struct summary *summary, enum word word, size_t count,
                      struct buffer *out)
{
    char text[SUMMARY_COUNT_MAX];
    if (count == 0)
        return;
    add_separator(summary, out);
    word_add_sentence(word, summary->run->language, summary_count(count, text), "", "", "", out);
}

// Controls that tested nothing, cause by cause, and rows that could not be tested.
static void print_not_tested(const struct summary *summary, const struct coverage *coverage)
{
    const struct run *run = summary->run;
    size_t counts[PROSPECTS] = {0}, partly = 0;
    struct buffer text = {0};
    for (int i = 0; i < run->engagement->control_count; i++) {
        const struct control_result *result = &run->evaluation->results[i];
        struct trial trial;
        if (!run_has_control(run, i))
            continue;
        trial_init(&trial, &run->engagement->controls[i], run->data, result);
        counts[trial.prospect] += result->status != STATUS_FAILED;
        partly += result->tested > 0 && result->untestable + result->errors > 0;
        trial_clear(&trial);
    }
    add_cause(summary, WORD_LIST_LACKING, counts[PROSPECT_LACKING], &text);
    add_cause(summary, WORD_LIST_NO_ROWS, counts[PROSPECT_NO_ROWS], &text);
    add_cause(summary, WORD_BRIEF_OTHER, counts[PROSPECT_OTHER], &text);
    add_cause(summary, WORD_BRIEF_FAILED, run->verdict.statuses[STATUS_FAILED], &text);
    add_cause(summary, WORD_BRIEF_DISABLED, run->verdict.statuses[STATUS_DISABLED], &text);
    add_cause(summary, WORD_BRIEF_PARTLY, partly, &text);
    add_cause(summary, WORD_BRIEF_ROWS, coverage->untestable, &text);
    if (text.length)
        summary_line(summary, 0, WORD_BRIEF_NOT_TESTED, buffer_text(&text), "", "", "");
    buffer_clear(&text);
}

static void print_lacks(const struct summary *summary, const struct coverage *coverage)
{
    struct buffer text = {0};
    for (size_t i = 0; i < coverage->lack_count && i < LACKS_MAX; i++) {
        const struct coverage_lack *it = &coverage->lacks[i];
        add_separator(summary, &text);
        lack_name(summary->run->data, &it->lack, &text);
        buffer_printf(&text, " (%zu)", it->controls);
    }
    add_more(summary, coverage->lack_count > LACKS_MAX ? coverage->lack_count - LACKS_MAX : 0,
             &text);
    if (text.length)
        summary_line(summary, 0, WORD_BRIEF_LACKS, buffer_text(&text), "", "", "");
    buffer_clear(&text);
}

// "customer, delivery": of what only a part was extracted.
static void add_partial(const struct summary *summary, struct buffer *out)
{
    const struct problem_list *problems = &summary->run->data->problems;
    struct buffer last = {0};
    for (size_t i = 0; i < problems->count; i++) {
        struct buffer name = {0};
        if (problems->items[i].kind == PROBLEM_PARTIAL_EXTRACT)
            reason_add_first(problems->items[i].reason, &name);
        if (name.length && strcmp(buffer_text(&name), buffer_text(&last)) != 0) {
            buffer_printf(out, "%s%s", last.length ? ", " : "", buffer_text(&name));
            buffer_reset(&last);
            buffer_add(&last, name.data, name.length);
        }
        buffer_clear(&name);
    }
    buffer_clear(&last);
}

static void print_problems(const struct summary *summary)
{
    struct buffer text = {0};
    for (int kind = 0; kind < PROBLEM_KINDS; kind++)
        if (summary->run->verdict.problems[kind] > 0) {
            add_separator(summary, &text);
            buffer_printf(&text, "%s (",
                          word_problem((enum problem_kind)kind, summary->run->language));
            if (kind == PROBLEM_PARTIAL_EXTRACT)
                add_partial(summary, &text);
            else
                buffer_printf(&text, "%zu", summary->run->verdict.problems[kind]);
            buffer_add_text(&text, ")");
        }
    if (text.length)
        summary_line(summary, 0, WORD_BRIEF_PROBLEMS, buffer_text(&text), "", "", "");
    buffer_clear(&text);
}

static void print_followup(const struct summary *summary)
{
    const struct run *run = summary->run;
    struct buffer text = {0};
    add_cause(summary, WORD_BRIEF_VOID, run->waivers ? run->verdict.waiver_warnings : 0, &text);
    if (run->engagement->materiality.stated) {
        struct grading grading;
        grading_init(&grading, run);
        for (int grade = GRADE_MATERIAL; grade >= GRADE_SIGNIFICANT; grade--)
            if (grading.grades[grade] > 0) {
                add_separator(summary, &text);
                buffer_printf(&text, "%s (%zu)", grade_text((enum grade)grade, run->language),
                              grading.grades[grade]);
            }
    }
    if (text.length)
        summary_text(summary, 0, buffer_text(&text));
    buffer_clear(&text);
}

// A few notes about the import are told, of many only that there are some.
static void print_notes(const struct summary *summary)
{
    size_t count = json_array_size(summary->run->import_notes);
    char text[SUMMARY_COUNT_MAX];
    if (count > NOTES_MAX)
        summary_line(summary, 0, WORD_BRIEF_NOTES, summary_count(count, text), "", "", "");
    for (size_t i = 0; i < count && count <= NOTES_MAX; i++) {
        const char *note = json_string_value(json_array_get(summary->run->import_notes, i));
        summary_text(summary, 0, note ? note : "");
    }
}

void summary_brief_print(const struct summary *summary)
{
    struct coverage coverage;
    coverage_init(&coverage, summary->run);
    print_tested(summary, &coverage);
    summary_exceptions_brief(summary);
    putc('\n', summary->out);
    print_risks(summary);
    print_followup(summary);
    print_rests(summary, &coverage);
    print_not_tested(summary, &coverage);
    print_lacks(summary, &coverage);
    print_problems(summary);
    print_notes(summary);
}
