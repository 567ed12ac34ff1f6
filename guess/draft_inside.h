// SPDX-License-Identifier: MIT
// What the files of a draft share.
#ifndef VOUCH_GUESS_DRAFT_INSIDE_H
#define VOUCH_GUESS_DRAFT_INSIDE_H

#include "guess/draft.h"
#include "guess/phrase.h"

struct draft {
    const struct plan *plan;
    struct buffer *out;
    size_t doubts;
};

// Adds a comment of its own line, wrapped, or behind what stands on this line; a doubt is counted.
void draft_comment(struct draft *draft, const char *indent, bool doubt, const char *text);
void draft_remark(struct draft *draft, size_t line_begin, bool doubt, const char *text);

// What tells a list's records, where several imports need it; one import of the list.
void draft_records(struct draft *draft, size_t list);
void draft_import(struct draft *draft, const struct plan_import *import);

// What of a list fills nothing, and lists that fill nothing at all.
void draft_leftover(struct draft *draft, size_t list);

// Is it a table of the model as it stands, that an import of its folder takes?
bool draft_is_plain(const struct plan *plan, size_t list);

#endif
