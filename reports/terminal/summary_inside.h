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

// One indented line from a phrase whose arguments are all text.
void summary_line(const struct summary *summary, int indent, enum word which, const char *a,
                  const char *b, const char *c, const char *d);
void summary_heading(const struct summary *summary, enum word which, const char *colour);

// "34,567"
const char *summary_count(size_t count, char text[SUMMARY_COUNT_MAX]);
void summary_add_count(struct grid *grid, size_t count);

// A cell "1,234.50".
void summary_add_amount(struct grid *grid, struct total amount, const char *currency);

#endif
