// SPDX-License-Identifier: MIT
// The section of the summary about waivers: totals before and after them, and those that are void.
#ifndef VOUCH_SUMMARY_WAIVERS_H
#define VOUCH_SUMMARY_WAIVERS_H

struct summary;

// Nothing where the engagement has no waivers.
void summary_waivers_print(const struct summary *summary);

#endif
