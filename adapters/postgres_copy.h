// SPDX-License-Identifier: MIT
// The text format of PostgreSQL's COPY, and the reading of one COPY into a part.
#ifndef VOUCH_POSTGRES_COPY_H
#define VOUCH_POSTGRES_COPY_H

#include "adapters/feed.h"
#include "adapters/postgres_column.h"
#include "engine/base/dictionary.h"
#include "engine/base/hash.h"

#include <libpq-fe.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// Cuts one row, without its line end, into `count` fields and undoes their escapes within `row`. A
// null is a field of no bytes. false when the row has another number of fields.
bool postgres_copy_split(char *row, size_t length, struct text *fields, size_t count);

// What one COPY reads, and what is left of it.
struct postgres_copy {
    struct feed *feed;
    const char *sql;      // COPY (...) TO STDOUT
    const char *relation; // as for postgres_fail
    const struct postgres_columns *columns;
    const int *slots; // of each column that COPY sends, its index in `columns`
    size_t slot_count;
    const bool *days;       // of each column: it fills dates only
    _Atomic bool *stopped;  // no more rows are wanted: another part has failed
    struct part *part;      // filled
    int64_t bytes, rows;    // of the COPY
    char sha256[HASH_TEXT]; // of them
};

// Rows are numbered from 1. -1 with `error` when one is missing in any way; the part is then of no
// use.
int postgres_copy_read(struct postgres_copy *copy, PGconn *connection, struct error *error);

#endif
