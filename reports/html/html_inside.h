// SPDX-License-Identifier: MIT
// The HTML page while it is written, for the parts of it that are written one after the other.
#ifndef VOUCH_HTML_INSIDE_H
#define VOUCH_HTML_INSIDE_H

#include "reports/figures/breakdown.h"
#include "reports/figures/grading.h"
#include "reports/figures/run.h"
#include "reports/files/output.h"
#include "reports/html/html_text.h"
#include "reports/words/words.h"

// How much of the exceptions is shown, so that the file stays within its size.
struct html_detail {
    size_t exceptions; // the largest ones
    int evidence;      // rows of each exception
    int values;        // that decided, of each exception
    size_t characters; // of each text
};

struct html_page {
    const struct run *run;
    const struct breakdowns *breakdowns;
    const struct grading *grading; // NULL: the engagement states no materiality
    struct html_detail detail;
    const bool *picked;    // by finding; NULL: all are shown
    size_t shown;          // exceptions
    size_t same;           // findings up to the one being written that have its id
    bool shortened;        // some text or list of evidence was cut
    struct output *output; // NULL: the page is only measured
    size_t bytes;          // so far, without `text`
    struct buffer text;    // what comes next
};

// ---- html_page.c

// Writes or measures what stands in `text`, and empties it.
void html_page_flush(struct html_page *page);
void html_page_put(struct html_page *page, struct text text);

const char *html_page_word(const struct html_page *page, enum word word);

// Adds a word with its arguments, escaped. Those not needed may be NULL.
void html_page_say(struct html_page *page, enum word word, const char *a, const char *b,
                   const char *c, const char *d);

// Adds text of rules or sources, cut where the page has to be small.
void html_page_add(struct html_page *page, const char *text);

// "34,567"
void html_count_add(struct buffer *out, size_t count);

// "6,780.00 CNY"
void html_amount_add(struct buffer *out, struct total amount, const char *currency);

// "Misstatement CNY", "Misstatement CNY, below zero"; not escaped.
void html_measure_name(const struct html_page *page, const struct measure *measure,
                       struct buffer *out);

// A label that shows how severe something is; not by its colour alone.
void html_severity_add(struct html_page *page, enum severity severity);

bool html_is_shown(const struct html_page *page, size_t finding);

// ---- the parts of the page, a file each, in their order

void html_head_write(struct html_page *page);        // up to the title and what the run was about
void html_overview_write(struct html_page *page);    // key figures, picture
void html_risks_write(struct html_page *page);       // of the picture: what is at risk, waivers
void html_grading_write(struct html_page *page);     // the grades that it suggests, if any
void html_assumptions_write(struct html_page *page); // what the results rest on
void html_rests_add(struct html_page *page, int assumption); // of a list: its sentence
void html_timeline_write(struct html_page *page);            // of the picture: columns over time
void html_controls_write(struct html_page *page);            // filters, the table of all, then each
void html_foot_write(struct html_page *page);                // the data, this file, the scripts

// The control at `index` with its exceptions, the run's findings [from, to).
void html_control_write(struct html_page *page, int index, size_t from, size_t to);
void html_grading_add(struct html_page *page, int control); // its grade and why
void html_control_add_amounts(struct html_page *page, int index);

// A row of a control's table for the finding at `index`; page->same tells those of one id apart.
void html_exception_write(struct html_page *page, size_t index);

#endif
