// SPDX-License-Identifier: MIT
// A sheet as a feed: its header, its records, and what a reader of its numbers should know of it:
// what was hidden, merged or never calculated.
#ifndef VOUCH_WORKBOOK_FEED_H
#define VOUCH_WORKBOOK_FEED_H

#include "adapters/feed.h"
#include "adapters/workbook_share.h"

// Makes a new feed that of a sheet. `file` is the workbook's name, as the run record has it.
void workbook_feed_set(struct feed *feed, struct workbook_share *share, const char *file,
                       const char *sheet);

// For struct adapter.
void workbook_feed_read(struct feed *feed);
void workbook_feed_release(struct feed *feed);
void workbook_feed_rewind(struct feed *feed);

#endif
