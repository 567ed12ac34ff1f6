// SPDX-License-Identifier: MIT
// All connections see one moment, the snapshot of the first one's transaction, and only read.
// settle fixes, in each, what could make two runs differ. More connections only make it faster:
// where one is refused, those at hand are shared. One that is not in its transaction any more is
// closed, and none that sees a later moment takes its place. What is recorded of a server holds no
// password, and a conninfo that may hold one is not quoted.
#include "adapters/postgres_server.h"

#include "adapters/postgres_error.h"
#include "engine/base/buffer.h"
#include "engine/base/memory.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

struct postgres_server {
    struct arena *arena; // of the server and all of its texts
    const char *conninfo, *zone;
    const char *snapshot; // NULL: this server exports none, and one connection reads everything
    const char *database;
    json_t *description;
    int version;
    int holders;
    // Shared by threads.
    pthread_mutex_t lock;
    pthread_cond_t returned;
    PGconn **idle; // room for as many as may be open
    int idle_count;
    int open; // idle or taken
    int limit;
};

// ---- conninfo

static bool is_uri(const char *conninfo)
{
    return strncmp(conninfo, "postgresql://", 13) == 0 || strncmp(conninfo, "postgres://", 11) == 0;
}

// As for libpq's own programs, a word alone is a database.
static bool is_database_name(const char *conninfo)
{
    return !is_uri(conninfo) && !strchr(conninfo, '=');
}

void postgres_add_identifier(PGconn *connection, const char *name, struct buffer *out)
{
    char *quoted = PQescapeIdentifier(connection, name, strlen(name));
    if (!quoted)
        memory_exhausted();
    buffer_add_text(out, quoted);
    PQfreemem(quoted);
}

int postgres_conninfo_check(const char *conninfo, const char *where, struct error *error)
{
    char *message = NULL;
    if (is_database_name(conninfo))
        return 0;
    PQconninfoOption *options = PQconninfoParse(conninfo, &message);
    if (options) {
        PQconninfoFree(options);
        return 0;
    }
    // libpq quotes the piece that it does not understand, which may be a piece of a password.
    if (!message || strcasestr(conninfo, "password") || is_uri(conninfo)) {
        error_set(error, ERROR_USAGE, where,
                  "`conninfo` is not understood: write settings such as \"host=db dbname=erp "
                  "user=auditor\", values with blanks in single quotes, or a URI "
                  "postgresql://user@host:port/database");
    } else {
        struct buffer line = {0};
        postgres_add_line(&line, message);
        error_set(error, ERROR_USAGE, where, "`conninfo` is not understood: %s",
                  buffer_text(&line));
        buffer_clear(&line);
    }
    PQfreemem(message);
    return -1;
}

static bool is_secret(const PQconninfoOption *option)
{
    return option->val && (strcmp(option->keyword, "password") == 0 ||
                           strcmp(option->keyword, "sslpassword") == 0);
}

static void add_setting(struct buffer *out, const char *keyword, const char *value)
{
    buffer_printf(out, "%s%s='", out->length ? " " : "", keyword);
    for (; *value; value++) {
        if (*value == '\'' || *value == '\\')
            buffer_add_byte(out, '\\');
        buffer_add_byte(out, *value);
    }
    buffer_add_byte(out, '\'');
}

char *postgres_conninfo_redact(struct arena *arena, const char *conninfo)
{
    PQconninfoOption *options = is_database_name(conninfo) ? NULL : PQconninfoParse(conninfo, NULL);
    struct buffer out = {0};
    bool any = false;
    for (const PQconninfoOption *at = options; at && at->keyword; at++) {
        any = any || is_secret(at);
        if (at->val && !is_secret(at))
            add_setting(&out, at->keyword, at->val);
    }
    PQconninfoFree(options);
    char *redacted = any ? arena_text(arena, buffer_text(&out)) : NULL;
    buffer_clear(&out);
    return redacted;
}

// Whether somebody has said how long to wait for a connection; a service file may have.
static bool has_timeout(const char *conninfo)
{
    bool found = getenv("PGCONNECT_TIMEOUT") || getenv("PGSERVICE");
    PQconninfoOption *options = is_database_name(conninfo) ? NULL : PQconninfoParse(conninfo, NULL);
    for (const PQconninfoOption *at = options; at && at->keyword; at++)
        found = found || (at->val && (strcmp(at->keyword, "connect_timeout") == 0 ||
                                      strcmp(at->keyword, "service") == 0));
    PQconninfoFree(options);
    return found;
}

// ---- one connection

static void keep_quiet(void *context, const char *message)
{
    (void)context;
    (void)message;
}

// A database without an encoding has bytes: those that are no UTF-8 are found cell by cell, where
// the server would refuse the whole table.
static void use_encoding(PGconn *connection)
{
    const char *encoding = PQparameterStatus(connection, "server_encoding");
    if (encoding && strcmp(encoding, "SQL_ASCII") == 0)
        PQsetClientEncoding(connection, "SQL_ASCII");
}

static PGconn *open_session(const struct postgres_server *server, const char *where,
                            struct error *error)
{
    const char *keywords[] = {"dbname", "fallback_application_name", "client_encoding",
                              "connect_timeout", NULL};
    const char *values[] = {server->conninfo, "vouch", "UTF8", "15", NULL};
    if (has_timeout(server->conninfo))
        keywords[3] = NULL;
    PGconn *connection = PQconnectdbParams(keywords, values, 1);
    if (!connection)
        memory_exhausted();
    PQsetNoticeProcessor(connection, keep_quiet, NULL);
    if (PQstatus(connection) == CONNECTION_OK) {
        use_encoding(connection);
        return connection;
    }
    postgres_fail_connection(error, where, connection);
    PQfinish(connection);
    return NULL;
}

static int execute(PGconn *connection, const char *sql, const char *parameter, const char *where,
                   struct error *error)
{
    PGresult *result = parameter ? PQexecParams(connection, sql, 1, NULL, &parameter, NULL, NULL, 0)
                                 : PQexec(connection, sql);
    ExecStatusType status = PQresultStatus(result);
    int outcome = 0;
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK)
        outcome = postgres_fail(error, where, connection, result, NULL);
    PQclear(result);
    return outcome;
}

// Everything that could make two runs differ, or rows disappear, is settled here: how values are
// written, the order in which a table is scanned, and row policies, which must fail rather than
// hide.
static int settle(const struct postgres_server *server, PGconn *connection, const char *where,
                  struct error *error)
{
    static const char settings[] = "SET LOCAL datestyle = 'ISO, YMD';"
                                   "SET LOCAL intervalstyle = 'iso_8601';"
                                   "SET LOCAL extra_float_digits = 1;"
                                   "SET LOCAL synchronize_seqscans = off;"
                                   "SET LOCAL max_parallel_workers_per_gather = 0;"
                                   "SET LOCAL row_security = off;"
                                   "SET LOCAL idle_in_transaction_session_timeout = 0";
    if (execute(connection, settings, NULL, where, error) != 0)
        return -1;
    return execute(connection, "SELECT set_config('TimeZone', $1, true)", server->zone, where,
                   error);
}

static int begin(const struct postgres_server *server, PGconn *connection, const char *where,
                 struct error *error)
{
    if (execute(connection, "BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY", NULL, where,
                error) != 0)
        return -1;
    if (server->snapshot) {
        char *name = PQescapeLiteral(connection, server->snapshot, strlen(server->snapshot));
        struct buffer sql = {0};
        buffer_printf(&sql, "SET TRANSACTION SNAPSHOT %s", name ? name : "''");
        PQfreemem(name);
        int result = execute(connection, buffer_text(&sql), NULL, where, error);
        buffer_clear(&sql);
        if (result != 0)
            return -1;
    }
    return settle(server, connection, where, error);
}

static void set_text(json_t *object, const char *key, const char *text)
{
    if (text && *text)
        json_object_set_new(object, key, json_string(text));
}

// A server that exports no snapshot (a pooler, a system derived from PostgreSQL) is read over one
// connection, in a transaction begun anew.
static int export_snapshot(struct postgres_server *server, PGconn *connection, const char *where,
                           struct error *error)
{
    PGresult *result = PQexec(connection, "SELECT pg_export_snapshot()");
    if (PQresultStatus(result) == PGRES_TUPLES_OK && PQntuples(result) == 1)
        server->snapshot = arena_text(server->arena, PQgetvalue(result, 0, 0));
    PQclear(result);
    if (server->snapshot)
        return 0;
    server->limit = 1;
    set_text(server->description, "snapshot", "cannot be exported: read over one connection");
    if (execute(connection, "ROLLBACK", NULL, where, error) != 0)
        return -1;
    return begin(server, connection, where, error);
}

// ---- the server

static json_t *describe(PGconn *connection)
{
    json_t *object = json_object();
    const char *host = PQhost(connection);
    set_text(object, "host", host);
    if (!host || *host != '/') // the port of a unix socket tells nothing that the folder does not
        set_text(object, "port", PQport(connection));
    set_text(object, "database", PQdb(connection));
    set_text(object, "user", PQuser(connection));
    set_text(object, "version", PQparameterStatus(connection, "server_version"));
    set_text(object, "encoding", PQparameterStatus(connection, "server_encoding"));
    return object;
}

static void add_idle(struct postgres_server *server, PGconn *connection)
{
    server->idle[server->idle_count++] = connection;
}

struct postgres_server *postgres_server_new(const char *conninfo, const char *zone, int jobs,
                                            const char *where, struct error *error)
{
    struct arena *arena = arena_new();
    struct postgres_server *server = arena_take(arena, 1, sizeof *server);
    server->arena = arena;
    server->conninfo = arena_text(arena, conninfo);
    server->zone = arena_text(arena, zone);
    server->limit = jobs > 0 ? jobs : 1;
    server->idle = arena_take(arena, (size_t)server->limit, sizeof(PGconn *));
    server->holders = 1;
    pthread_mutex_init(&server->lock, NULL);
    pthread_cond_init(&server->returned, NULL);
    PGconn *connection = open_session(server, where, error);
    if (!connection) {
        postgres_server_release(server);
        return NULL;
    }
    add_idle(server, connection);
    server->open = 1;
    server->version = PQserverVersion(connection);
    server->database = arena_text(arena, PQdb(connection));
    server->description = describe(connection);
    if (begin(server, connection, where, error) == 0 &&
        export_snapshot(server, connection, where, error) == 0)
        return server;
    postgres_server_release(server);
    return NULL;
}

struct postgres_server *postgres_server_share(struct postgres_server *server)
{
    server->holders++;
    return server;
}

void postgres_server_release(struct postgres_server *server)
{
    if (!server || --server->holders > 0)
        return;
    for (int i = 0; i < server->idle_count; i++)
        PQfinish(server->idle[i]);
    pthread_mutex_destroy(&server->lock);
    pthread_cond_destroy(&server->returned);
    json_decref(server->description);
    arena_free(server->arena);
}

bool postgres_server_is(const struct postgres_server *server, const char *conninfo)
{
    return strcmp(server->conninfo, conninfo) == 0;
}

const char *postgres_server_database(const struct postgres_server *server)
{
    return server->database;
}

int postgres_server_version(const struct postgres_server *server)
{
    return server->version;
}

json_t *postgres_server_describe(const struct postgres_server *server)
{
    return json_deep_copy(server->description);
}

// ---- taking turns

// A further connection, which may be refused: then those at hand have to do.
static PGconn *open_further(struct postgres_server *server)
{
    struct error error;
    PGconn *connection = open_session(server, "", &error);
    if (connection && begin(server, connection, "", &error) == 0)
        return connection;
    PQfinish(connection);
    return NULL;
}

PGconn *postgres_server_take(struct postgres_server *server, const char *where, struct error *error)
{
    PGconn *connection = NULL;
    pthread_mutex_lock(&server->lock);
    while (!connection && server->open > 0) {
        if (server->idle_count > 0) {
            connection = server->idle[--server->idle_count];
        } else if (server->open < server->limit) {
            server->open++;
            pthread_mutex_unlock(&server->lock);
            connection = open_further(server);
            pthread_mutex_lock(&server->lock);
            if (!connection)
                server->limit = --server->open;
        } else {
            pthread_cond_wait(&server->returned, &server->lock);
        }
    }
    pthread_mutex_unlock(&server->lock);
    if (!connection)
        error_set(error, ERROR_SOURCE, where,
                  "the connection was lost: run again when the server is up");
    return connection;
}

void postgres_server_give(struct postgres_server *server, PGconn *connection)
{
    bool usable = PQtransactionStatus(connection) == PQTRANS_INTRANS;
    if (!usable)
        PQfinish(connection);
    pthread_mutex_lock(&server->lock);
    if (usable)
        add_idle(server, connection);
    else
        server->open--;
    pthread_cond_broadcast(&server->returned);
    pthread_mutex_unlock(&server->lock);
}
