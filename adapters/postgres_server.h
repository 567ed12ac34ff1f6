// SPDX-License-Identifier: MIT
// A PostgreSQL database that is read: up to as many connections as there are jobs, which all see
// one snapshot. The first exports it, the others import it; each only reads. Where no further
// connection can be had, those at hand are shared.
#ifndef VOUCH_POSTGRES_SERVER_H
#define VOUCH_POSTGRES_SERVER_H

#include "engine/base/arena.h"
#include "engine/base/buffer.h"
#include "engine/base/error.h"

#include <jansson.h>
#include <libpq-fe.h>
#include <stdbool.h>

struct postgres_server;

// Connects as libpq's users know it: `conninfo` is a string of settings or a URI, empty for the PG*
// variables alone. Times of day are shown in `zone`. NULL with `error`, ERROR_SOURCE when there is
// no connection. Holders release; the last release ends all sessions.
struct postgres_server *postgres_server_new(const char *conninfo, const char *zone, int jobs,
                                            const char *where, struct error *error);
struct postgres_server *postgres_server_share(struct postgres_server *server);
void postgres_server_release(struct postgres_server *server);

bool postgres_server_is(const struct postgres_server *server, const char *conninfo);
const char *postgres_server_database(const struct postgres_server *server); // its name
int postgres_server_version(const struct postgres_server *server);          // 150004

// For the run record: database, user, host, port, version, encoding; a new object, no secrets.
json_t *postgres_server_describe(const struct postgres_server *server);

// A connection within the snapshot for one thread, until it is given back; waits for one where no
// more can be had. NULL with `error` when none is left.
PGconn *postgres_server_take(struct postgres_server *server, const char *where,
                             struct error *error);

// A connection whose transaction has failed, or that was left in the middle of something, is
// closed.
void postgres_server_give(struct postgres_server *server, PGconn *connection);

// Adds a name as it stands in a query.
void postgres_add_identifier(PGconn *connection, const char *name, struct buffer *out);

// Checks that libpq understands the settings; ERROR_USAGE. Nothing of a password shows in `error`.
int postgres_conninfo_check(const char *conninfo, const char *where, struct error *error);

// `conninfo` without its secrets, or NULL when it has none; in the arena.
char *postgres_conninfo_redact(struct arena *arena, const char *conninfo);

#endif
