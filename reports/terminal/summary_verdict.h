// SPDX-License-Identifier: MIT
// The head of the summary: the verdict in a line, what makes the run incomplete, what the run is
// about.
#ifndef VOUCH_SUMMARY_VERDICT_H
#define VOUCH_SUMMARY_VERDICT_H

#include <stdbool.h>

struct summary;

// "Verdict: incomplete; 812 exceptions, 12 of them waived; 196 of 198 controls tested something"
void summary_verdict_print(const struct summary *summary);

// Nothing of a complete run; the first few causes, or all.
void summary_causes_print(const struct summary *summary, bool all);

// Title and entity, period and as_of.
void summary_head_print(const struct summary *summary);

#endif
