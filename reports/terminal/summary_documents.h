// SPDX-License-Identifier: MIT
// The section of the summary about documents that several controls found.
#ifndef VOUCH_SUMMARY_DOCUMENTS_H
#define VOUCH_SUMMARY_DOCUMENTS_H

#include "reports/figures/documents.h"

struct summary;

// Nothing where each document was found by one control only.
void summary_documents_print(const struct summary *summary, const struct documents *documents);

#endif
