// SPDX-License-Identifier: MIT
// The summary of a run for people: what was tested and found, what is at risk, what could not be
// tested.
#ifndef VOUCH_TERMINAL_H
#define VOUCH_TERMINAL_H

#include "reports/figures/run.h"
#include "reports/terminal/grid.h"

// Prints it in run->language, all of it or what fits one screen; `results` is the folder as the
// user named it.
void terminal_print(const struct run *run, const char *results, bool full, struct look look,
                    FILE *out);

// The colour of a severity; NULL for that of other text.
const char *terminal_severity_colour(enum severity severity);

#endif
