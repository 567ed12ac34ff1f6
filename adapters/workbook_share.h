// SPDX-License-Identifier: MIT
// A workbook that several feeds read: opened when the first of them needs it, closed behind the
// last.
#ifndef VOUCH_WORKBOOK_SHARE_H
#define VOUCH_WORKBOOK_SHARE_H

#include "adapters/workbook.h"

struct workbook_share;

// One for as many feeds as call workbook_share_add; takes the open `workbook`, and keeps it open
// until workbook_share_settle.
struct workbook_share *workbook_share_new(struct workbook *workbook, const char *path,
                                          const struct unpack_limit *limit);
void workbook_share_add(struct workbook_share *share);

// All have been added: frees the share when there are none.
void workbook_share_settle(struct workbook_share *share);
void workbook_share_release(struct workbook_share *share); // by each; the last frees it

// The workbook, until workbook_share_close; NULL with `error`. Any number of threads.
const struct workbook *workbook_share_open(struct workbook_share *share, struct error *error);
void workbook_share_close(struct workbook_share *share);

// It is going to be opened once more than workbook_share_add was called.
void workbook_share_again(struct workbook_share *share);

#endif
