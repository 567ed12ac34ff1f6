// SPDX-License-Identifier: MIT
// The header of a list: which feed it maps, and what may be tried where it maps none.
#ifndef VOUCH_FEED_HEADER_H
#define VOUCH_FEED_HEADER_H

#include "adapters/feed.h"

enum { HEADER_LINES_TRIED = 40 };

// Maps the feed to columns of these names (NULL: there is no header). -1 with feed->error.
int feed_header_map(struct feed *feed, const char *const *names, size_t count);

// Would columns of these names map it?
bool feed_header_fits(const struct feed *feed, const char *const *names, size_t count);

// Adds advice to feed->error, which says that the header does not fit.
void feed_header_advise(struct feed *feed, const char *advice);

// "; the header stands in line 4: give `skip = 3`"
void feed_header_add_skip(struct buffer *advice, int64_t skip);

#endif
