// SPDX-License-Identifier: MIT
// What the sections of the summary share: its words, its numbers, its headings.
#ifndef VOUCH_SUMMARY_INSIDE_H
#define VOUCH_SUMMARY_INSIDE_H

#include "reports/figures/run.h"
#include "reports/terminal/grid.h"
#include "reports/words/words.h"

#include <stdio.h>

enum { SUMMARY_COUNT_MAX = 32 };

#define SUMMARY_BOLD "\033[1m"
#define SUMMARY_RED "\033[1;31m"

struct summary {
    const struct run *run;
    struct look look;
    FILE *out;
};

const char *summary_say(const struct summary *summary, enum word which);

// A text in lines as wide as the terminal, the first indented so far, the others farther.
void summary_text(const struct summary *summary, int indent, const char *text);

// The same of a phrase whose arguments are all text.
void summary_line(const struct summary *summary, int indent, enum word which, const char *a,
                  const char *b, const char *c, const char *d);

// How many rows were loaded, into how many tables.
void summary_loaded(const struct summary *summary, size_t *rows, size_t *tables);

// Of a control of the run.
const struct control_result *summary_result(const struct summary *summary, int control);
bool summary_has_status(const struct summary *summary, int control, enum control_status status);

void summary_heading(const struct summary *summary, enum word which, const char *colour);

// "34,567"
const char *summary_count(size_t count, char text[SUMMARY_COUNT_MAX]);
void summary_add_count(struct grid *grid, size_t count);

// A cell "1,234.50".
void summary_add_amount(struct grid *grid, struct total amount, const char *currency);

#endif
