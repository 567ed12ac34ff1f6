// SPDX-License-Identifier: MIT
// The first lines of the summary: how much was tested, what it rests on, what to import next.
#ifndef VOUCH_SUMMARY_COVERAGE_H
#define VOUCH_SUMMARY_COVERAGE_H

struct summary;

void summary_coverage_print(const struct summary *summary);

#endif
