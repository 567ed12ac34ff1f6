// SPDX-License-Identifier: MIT
// The title of an engagement under another period: one that says "October 2026" would speak of the
// wrong month when the command line asks for September.
#ifndef VOUCH_TITLE_H
#define VOUCH_TITLE_H

#include "engine/base/buffer.h"

// Adds the title with each "{period}" replaced by `period`, the text of the period that is run.
// Where that is not the title's own period (`own`, as the engagement writes it; NULL: it is), what
// names the own month or year is replaced by the new one in the same words: "2026-10", "2026/10",
// "202610", "2026年10月", "October 2026", "Oct 2026". A title that names neither gets the period in
// brackets at its end.
void title_add(const char *title, const char *own, const char *period, struct buffer *out);

#endif
