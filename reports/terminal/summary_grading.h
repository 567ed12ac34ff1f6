// SPDX-License-Identifier: MIT
// The section of the summary that suggests grades of control deficiency, with the thresholds.
#ifndef VOUCH_SUMMARY_GRADING_H
#define VOUCH_SUMMARY_GRADING_H

struct summary;

// Nothing where the engagement states no materiality.
void summary_grading_print(const struct summary *summary);

#endif
