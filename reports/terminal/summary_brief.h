// SPDX-License-Identifier: MIT
// What of the summary fits one screen: how much was tested, what was found by severity, what rests
// on assumptions, what was not tested for which cause, what to import next.
#ifndef VOUCH_SUMMARY_BRIEF_H
#define VOUCH_SUMMARY_BRIEF_H

struct summary;

void summary_brief_print(const struct summary *summary);

#endif
