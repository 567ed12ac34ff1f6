// SPDX-License-Identifier: MIT
// The section of the summary about what was found: control by control, or by severity where they
// are many.
#ifndef VOUCH_SUMMARY_EXCEPTIONS_H
#define VOUCH_SUMMARY_EXCEPTIONS_H

struct summary;

// Every control with exceptions, or that there are none.
void summary_exceptions_print(const struct summary *summary);

// The same in a few lines: of many controls, how many of each severity and those that found most.
void summary_exceptions_brief(const struct summary *summary);

#endif
