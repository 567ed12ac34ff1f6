// SPDX-License-Identifier: MIT
#include "reports/html/html.h"

#include "reports/figures/largest.h"
#include "reports/html/html_inside.h"

#include <stdlib.h>

// From everything to very little: the first that keeps the file small enough is taken.
static const struct html_detail details[] = {
    {HTML_EXCEPTIONS_MAX, 1000, 100, 4000},
    {HTML_EXCEPTIONS_MAX, 50, 50, 1000},
    {HTML_EXCEPTIONS_MAX, 10, 20, 400},
    {HTML_EXCEPTIONS_MAX, 5, 10, 200},
    {HTML_EXCEPTIONS_MAX, 2, 5, 120},
    {HTML_EXCEPTIONS_MAX, 1, 3, 80},
    {5000, 1, 3, 80},
    {2000, 1, 3, 80},
    {500, 1, 3, 80},
    {50, 1, 3, 80},
};
enum { DETAILS = sizeof details / sizeof *details, SENTENCE = 1000 };

static void write_page(struct html_page *page)
{
    page->bytes = 0;
    html_head_write(page);
    html_overview_write(page);
    html_assumptions_write(page);
    html_controls_write(page);
    html_foot_write(page);
}

// How long the page becomes is known when it was written to nowhere. Only then it is known, too,
// whether its beginning must say that something was cut: there is room for that.
static bool fits(struct html_page *page)
{
    write_page(page);
    return page->bytes + SENTENCE <= HTML_BYTES_MAX;
}

static void choose_detail(struct html_page *page)
{
    size_t all = page->run->evaluation->finding_count;
    for (int i = 0; i < DETAILS; i++) {
        if (i == 0 || details[i].exceptions != details[i - 1].exceptions) {
            free((void *)page->picked);
            page->picked = largest_pick(page->run, details[i].exceptions);
            page->shown = page->picked ? details[i].exceptions : all;
        }
        page->detail = details[i];
        page->shortened = false;
        if (fits(page))
            return;
    }
}

int html_write(const struct run *run, struct output *output, struct error *error)
{
    struct breakdowns breakdowns;
    struct grading grading;
    if (output_begin(output, "report.html", error) != 0)
        return -1;
    breakdowns_init(&breakdowns, run);
    breakdown_sort_by_name(&breakdowns.family);
    breakdown_sort_by_name(&breakdowns.day);
    breakdown_sort_by_size(&breakdowns.customer, &breakdowns);
    breakdown_sort_by_size(&breakdowns.actor, &breakdowns);
    grading_init(&grading, run);
    struct html_page page = {.run = run,
                             .breakdowns = &breakdowns,
                             .grading = run->engagement->materiality.stated ? &grading : NULL};
    choose_detail(&page);
    page.output = output;
    write_page(&page);
    free((void *)page.picked);
    buffer_clear(&page.text);
    breakdowns_clear(&breakdowns);
    return output_end(output, error);
}
