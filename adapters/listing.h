// SPDX-License-Identifier: MIT
// A listing: a small CSV file that people keep beside the engagement (waivers, dispositions), read
// whole, its cells as text. Columns known by their headers in any order.
#ifndef VOUCH_LISTING_H
#define VOUCH_LISTING_H

#include "engine/base/arena.h"
#include "engine/base/error.h"
#include "engine/base/hash.h"

#include <stddef.h>
#include <stdint.h>

enum { LISTING_COLUMNS_MAX = 16 };

struct listing_row {
    int64_t line;
    const char **cells; // by the columns asked for; "" where the column is absent
    const char *reason; // NULL, or why the record cannot be split (reason.h): no cells
};

struct listing {
    struct arena *arena; // of the rows
    char sha256[HASH_TEXT];
    int64_t bytes;
    size_t column_count;
    struct listing_row *rows;
    size_t row_count;
};

// Reads `path`, called `name` in messages. `columns` ends with NULL; those that begin with "?" need
// not be in the file; a column of the file that is not among them is an error, since what it says
// would be ignored. `encoding` is an iconv name; NULL: UTF-8. -1 with `error` (ERROR_USAGE) when
// the file cannot be read as a whole, or is not in that encoding.
int listing_read(struct listing *listing, const char *path, const char *name, const char *encoding,
                 const char *const *columns, struct error *error);
void listing_clear(struct listing *listing);

#endif
