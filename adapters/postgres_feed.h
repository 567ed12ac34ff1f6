// SPDX-License-Identifier: MIT
// A table or query of PostgreSQL while it is read. A large table is read in parts, ranges of its
// blocks that do not depend on the number of jobs, in the order of the blocks.
#ifndef VOUCH_POSTGRES_FEED_H
#define VOUCH_POSTGRES_FEED_H

#include "adapters/feed.h"
#include "adapters/postgres_server.h"

struct postgres_feed;

// What is read: a relation, or, where that is NULL, a query.
struct postgres_source {
    const char *relation; // as SQL names it: "sales"."sales_order"
    const char *query;
    int64_t bytes;      // of a relation's storage; 0 where it has none of its own
    int64_t block_size; // 0: it cannot be read in ranges of blocks
};

// Gives the feed its source; `server` is shared, everything else copied. The feed's adapter
// releases it by postgres_feed_release.
void postgres_feed_set(struct feed *feed, struct postgres_server *server,
                       const struct postgres_source *source);
void postgres_feed_rewind(struct feed *feed); // to read it once more
void postgres_feed_release(struct feed *feed);

// The server of a feed.
struct postgres_server *postgres_feed_server(const struct feed *feed);

// A task of the pool.
void postgres_feed_read(struct feed *feed);

#endif
