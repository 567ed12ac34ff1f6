// SPDX-License-Identifier: MIT
#include "reports/terminal/summary_coverage.h"

#include "reports/figures/coverage.h"
#include "reports/terminal/summary_inside.h"

enum { LINES_MAX = 6 };

static void print_counts(const struct summary *summary, const struct coverage *coverage)
{
    char counts[4][SUMMARY_COUNT_MAX];
    size_t rows, tables;
    summary_loaded(summary, &rows, &tables);
    summary_line(summary, 0, WORD_RUN_COVERAGE, summary_count(coverage->tested, counts[0]),
                 summary_count(coverage->controls, counts[1]),
                 summary_count(summary->run->verdict.statuses[STATUS_CLEAN], counts[2]),
                 summary_count(coverage->resting, counts[3]));
    summary_line(summary, 0, WORD_RUN_TESTED, summary_count(rows, counts[0]),
                 summary_count(tables, counts[1]), summary_count(coverage->rows, counts[2]), "");
    summary_line(summary, 0, WORD_RUN_TOTALS, summary_count(coverage->established, counts[0]),
                 summary_count(coverage->assumed, counts[1]),
                 summary_count(coverage->untestable, counts[2]), "");
}

static void print_more(const struct summary *summary, size_t count)
{
    char more[SUMMARY_COUNT_MAX];
    if (count > LINES_MAX)
        summary_line(summary, 2, WORD_MORE, summary_count(count - LINES_MAX, more), "", "", "");
}

static void print_rests(const struct summary *summary, const struct coverage *coverage)
{
    char count[SUMMARY_COUNT_MAX];
    if (coverage->rest_count > 0)
        summary_heading(summary, WORD_HEAD_ASSUMPTIONS, SUMMARY_BOLD);
    for (size_t i = 0; i < coverage->rest_count && i < LINES_MAX; i++) {
        struct buffer sentence = {0};
        assumption_sentence(summary->run->data, coverage->rests[i].assumption,
                            summary->run->language, &sentence);
        summary_line(summary, 2, WORD_REST_OF, summary_count(coverage->rests[i].controls, count),
                     buffer_text(&sentence), "", "");
        buffer_clear(&sentence);
    }
    print_more(summary, coverage->rest_count);
}

static void print_lacks(const struct summary *summary, const struct coverage *coverage)
{
    char counts[2][SUMMARY_COUNT_MAX];
    if (coverage->lack_count > 0)
        summary_heading(summary, WORD_HEAD_LACKS, SUMMARY_BOLD);
    for (size_t i = 0; i < coverage->lack_count && i < LINES_MAX; i++) {
        const struct coverage_lack *it = &coverage->lacks[i];
        struct buffer name = {0};
        lack_name(summary->run->data, &it->lack, &name);
        summary_line(summary, 2, WORD_LACK_OF, buffer_text(&name),
                     summary_count(it->controls, counts[0]), summary_count(it->alone, counts[1]),
                     "");
        buffer_clear(&name);
    }
    print_more(summary, coverage->lack_count);
}

void summary_coverage_print(const struct summary *summary)
{
    struct coverage coverage;
    coverage_init(&coverage, summary->run);
    print_counts(summary, &coverage);
    print_rests(summary, &coverage);
    print_lacks(summary, &coverage);
}
