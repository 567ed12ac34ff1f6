// SPDX-License-Identifier: MIT
// The section of the summary about dispositions: how far people are with the exceptions.
#ifndef VOUCH_SUMMARY_DISPOSITIONS_H
#define VOUCH_SUMMARY_DISPOSITIONS_H

struct summary;

// Nothing where there are no dispositions.
void summary_dispositions_print(const struct summary *summary);

#endif
