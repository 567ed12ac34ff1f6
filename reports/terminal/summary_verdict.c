// SPDX-License-Identifier: MIT
#include "reports/terminal/summary_verdict.h"

#include "engine/base/calendar.h"
#include "engine/base/safe_print.h"
#include "reports/figures/incomplete.h"
#include "reports/terminal/summary_inside.h"

enum { CAUSES_MAX = 4 };

static void add_found(const struct summary *summary, struct buffer *out)
{
    const struct verdict *verdict = &summary->run->verdict;
    char counts[2][SUMMARY_COUNT_MAX];
    size_t all = 0, waived = 0;
    for (int i = SEVERITY_LOW; i <= SEVERITY_CRITICAL; i++) {
        all += verdict->exceptions[i];
        waived += verdict->waived[i];
    }
    bool everything = !verdict->incomplete && verdict->statuses[STATUS_PARTIAL] == 0;
    enum word word = waived > 0   ? WORD_VERDICT_WAIVED
                     : all > 0    ? WORD_VERDICT_EXCEPTIONS
                     : everything ? WORD_VERDICT_NONE
                                  : WORD_VERDICT_NONE_TESTED;
    word_add_sentence(word, summary->run->language, summary_count(all, counts[0]),
                      summary_count(waived, counts[1]), "", "", out);
}

void summary_verdict_print(const struct summary *summary)
{
    const struct verdict *verdict = &summary->run->verdict;
    struct buffer found = {0}, text = {0};
    char counts[2][SUMMARY_COUNT_MAX];
    bool bad = verdict->incomplete;
    if (verdict->tested > 0)
        add_found(summary, &found);
    word_add_sentence(
        verdict->tested == 0 ? WORD_VERDICT_NOTHING
        : bad                ? WORD_VERDICT_INCOMPLETE
                             : WORD_VERDICT_COMPLETE,
        summary->run->language, buffer_text(&found), summary_count(verdict->tested, counts[0]),
        summary_count(verdict->selected - verdict->statuses[STATUS_DISABLED], counts[1]), "",
        &text);
    if (summary->look.colours)
        fputs(bad ? SUMMARY_RED : SUMMARY_BOLD, summary->out);
    summary_text(summary, 0, buffer_text(&text));
    if (summary->look.colours)
        fputs("\033[0m", summary->out);
    buffer_clear(&found);
    buffer_clear(&text);
}

struct causes {
    const struct summary *summary;
    size_t told, most;
};

static void print_cause(void *context, const struct incomplete_cause *cause)
{
    struct causes *causes = context;
    char count[SUMMARY_COUNT_MAX];
    // The verdict itself says that nothing was tested.
    if (cause->word != WORD_NONE_RAN && causes->told++ < causes->most)
        summary_line(causes->summary, 2, cause->word,
                     cause->count ? summary_count(cause->count, count) : cause->texts[0],
                     cause->texts[1], cause->texts[2], cause->texts[3]);
}

void summary_causes_print(const struct summary *summary, bool all)
{
    struct causes causes = {summary, 0, all ? SIZE_MAX : CAUSES_MAX};
    char more[SUMMARY_COUNT_MAX];
    incomplete_visit(summary->run, print_cause, &causes);
    if (causes.told > causes.most)
        summary_line(summary, 2, WORD_MORE, summary_count(causes.told - causes.most, more), "", "",
                     "");
}

void summary_head_print(const struct summary *summary)
{
    const struct engagement *engagement = summary->run->engagement;
    const struct data *data = summary->run->data;
    const struct scope *scope = &data->scope;
    char from[CALENDAR_TEXT_MAX], to[CALENDAR_TEXT_MAX], as_of[CALENDAR_TEXT_MAX];
    if (engagement->title)
        print_safely(engagement->title, summary->out);
    if (engagement->title && engagement->entity)
        fputs(" — ", summary->out);
    if (engagement->entity)
        print_safely(engagement->entity, summary->out);
    if (engagement->title || engagement->entity)
        putc('\n', summary->out);
    calendar_format_day(scope->as_of, as_of);
    if (scope->from <= CALENDAR_DAY_MIN || scope->to >= CALENDAR_DAY_MAX) {
        summary_line(summary, 0, WORD_RUN_OPEN_PERIOD, as_of, "", "", "");
    } else {
        calendar_format_day(scope->from, from);
        calendar_format_day(scope->to, to);
        summary_line(summary, 0, WORD_RUN_PERIOD, from, to, as_of, "");
    }
}
