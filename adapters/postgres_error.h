// SPDX-License-Identifier: MIT
// What PostgreSQL says when something fails, as one line that also says what to do about it.
#ifndef VOUCH_POSTGRES_ERROR_H
#define VOUCH_POSTGRES_ERROR_H

#include "engine/base/buffer.h"
#include "engine/base/error.h"

#include <libpq-fe.h>

// Fills `error` with ERROR_SOURCE from a failed statement and returns -1. `result` may be NULL: the
// connection then says what is wrong. `relation` is what was read, as SQL names it; NULL when that
// is a query.
int postgres_fail(struct error *error, const char *where, PGconn *connection,
                  const PGresult *result, const char *relation);

// The same for a connection that could not be made.
int postgres_fail_connection(struct error *error, const char *where, PGconn *connection);

// Adds `text` as one line: libpq's messages have several.
void postgres_add_line(struct buffer *out, const char *text);

#endif
