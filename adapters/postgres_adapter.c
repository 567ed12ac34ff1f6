// SPDX-License-Identifier: MIT
// PostgreSQL as a source: which tables an import means, as the database has them.
#include "adapters/feed.h"
#include "adapters/feed_files.h"
#include "adapters/intake.h"
#include "adapters/postgres_error.h"
#include "adapters/postgres_feed.h"
#include "adapters/postgres_server.h"

#include <stdlib.h>
#include <string.h>

struct planning {
    struct import *import;
    const json_t *declaration;
    size_t number;
    const char *where;
    struct postgres_server *server;
    struct error *error;
};

// ---- the settings

static const char *setting(const json_t *declaration, const char *key)
{
    return json_string_value(json_object_get(declaration, key));
}

static int check_settings(const json_t *declaration, const char *where, struct error *error)
{
    bool whole = !json_object_get(declaration, "table") && !json_object_get(declaration, "query");
    if (feed_check_settings(&postgres_adapter, declaration, whole ? "a whole schema" : NULL, where,
                            error) != 0)
        return -1;
    const char *conninfo = setting(declaration, "conninfo"), *table = setting(declaration, "table");
    const char *schema = setting(declaration, "schema"), *query = setting(declaration, "query");
    if (!conninfo)
        return error_set(error, ERROR_USAGE, where,
                         "import.postgres needs `conninfo`, such as \"service=erp\"; \"\" takes "
                         "the PG* variables");
    if (!schema && !table)
        return error_set(error, ERROR_USAGE, where,
                         "import.postgres needs `schema`, or `table`, or `table` and `query`");
    if (query && !table)
        return error_set(error, ERROR_USAGE, where, "`query` needs the `table` that it fills");
    if (query && schema)
        return error_set(error, ERROR_USAGE, where,
                         "`schema` says nothing beside `query`: name the schema in the query");
    return postgres_conninfo_check(conninfo, where, error);
}

// The declarations go into the run record.
static void forget_secrets(struct arena *arena, const json_t *declaration)
{
    const char *redacted = postgres_conninfo_redact(arena, setting(declaration, "conninfo"));
    if (redacted)
        json_object_set_new((json_t *)declaration, "conninfo", json_string(redacted));
}

// ---- the server

static int find_server(struct planning *planning, const char *conninfo)
{
    const struct import *import = planning->import;
    for (size_t i = 0; i < import->feed_count; i++) {
        const struct feed *feed = import->feeds[i];
        if (feed->adapter == &postgres_adapter &&
            postgres_server_is(postgres_feed_server(feed), conninfo)) {
            planning->server = postgres_server_share(postgres_feed_server(feed));
            return 0;
        }
    }
    const struct zone *zone = import->data->scope.zone;
    planning->server = postgres_server_new(conninfo, zone ? zone_name(zone) : "UTC",
                                           import->options->jobs, planning->where, planning->error);
    return planning->server ? 0 : -1;
}

// ---- relations

// Columns of the answers below.
enum { SCHEMA, NAME, BYTES, BLOCK_SIZE };

// Ranges of blocks can be read of a plain table (or a stored view) without heirs, since version 14.
#define RELATIONS                                                                                  \
    "SELECT n.nspname, c.relname,"                                                                 \
    " CASE WHEN c.relkind IN ('r', 'm') THEN pg_catalog.pg_relation_size(c.oid) ELSE 0 END,"       \
    " CASE WHEN c.relkind IN ('r', 'm') AND NOT c.relhassubclass"                                  \
    "  AND pg_catalog.current_setting('server_version_num')::int >= 140000"                        \
    "  THEN pg_catalog.current_setting('block_size') ELSE '0' END"                                 \
    " FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"         \
    " WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND "

static const char all_of_schema[] =
    RELATIONS "n.nspname = $1 AND NOT c.relispartition ORDER BY c.relname COLLATE \"C\"";
static const char one_of_schema[] = RELATIONS "n.nspname = $1 AND c.relname = $2";
static const char one_on_path[] =
    RELATIONS "c.oid = pg_catalog.to_regclass(pg_catalog.quote_ident($1))";

static PGresult *ask(PGconn *connection, const char *sql, int count, const char *first,
                     const char *second)
{
    const char *values[] = {first, second};
    return PQexecParams(connection, sql, count, NULL, values, NULL, NULL, 0);
}

static const char *source_name(const struct planning *planning, const char *schema,
                               const char *name)
{
    struct buffer text = {0};
    buffer_printf(&text, "postgres:%s.%s.%s", postgres_server_database(planning->server), schema,
                  name);
    return arena_text_of(planning->import->arena, &text);
}

static const char *quoted_relation(const struct planning *planning, PGconn *connection,
                                   const char *schema, const char *name)
{
    struct buffer text = {0};
    postgres_add_identifier(connection, schema, &text);
    buffer_add_byte(&text, '.');
    postgres_add_identifier(connection, name, &text);
    return arena_text_of(planning->import->arena, &text);
}

static struct feed *add_relation(const struct planning *planning, PGconn *connection,
                                 const PGresult *answer, int row, int table)
{
    const char *schema = PQgetvalue(answer, row, SCHEMA), *name = PQgetvalue(answer, row, NAME);
    const char *shown = source_name(planning, schema, name);
    struct postgres_source source = {
        .relation = quoted_relation(planning, connection, schema, name),
        .bytes = strtoll(PQgetvalue(answer, row, BYTES), NULL, 10),
        .block_size = strtoll(PQgetvalue(answer, row, BLOCK_SIZE), NULL, 10),
    };
    struct feed *feed = feed_add(planning->import, &postgres_adapter, planning->declaration,
                                 planning->number, table, shown, shown);
    postgres_feed_set(feed, planning->server, &source);
    return feed;
}

static int fail_schema(const struct planning *planning, PGconn *connection, const char *schema,
                       const char *table)
{
    PGresult *answer = ask(connection, "SELECT 1 FROM pg_catalog.pg_namespace WHERE nspname = $1",
                           1, schema, NULL);
    bool known = PQresultStatus(answer) == PGRES_TUPLES_OK && PQntuples(answer) == 1;
    const char *database = postgres_server_database(planning->server);
    PQclear(answer);
    if (!known)
        return error_set(planning->error, ERROR_SOURCE, planning->where,
                         "database \"%s\" has no schema \"%s\"; name one that it has", database,
                         schema);
    if (!table)
        return error_set(planning->error, ERROR_SOURCE, planning->where,
                         "schema \"%s\" of database \"%s\" has no table named like one of the "
                         "model; import tables of other names with `table` and `query`",
                         schema, database);
    return error_set(planning->error, ERROR_SOURCE, planning->where,
                     "schema \"%s\" of database \"%s\" has no table \"%s\"; import a table of "
                     "another name with `query`",
                     schema, database, table);
}

// Tables of the schema that the model does not know are said to be unused, in one line.
static void note_unused(struct planning *planning, const char *schema, const struct buffer *names)
{
    struct buffer line = {0};
    if (names->length == 0)
        return;
    buffer_printf(&line, "postgres:%s.%s: %s", postgres_server_database(planning->server), schema,
                  names->data);
    feed_note_unused(planning->import, buffer_text(&line));
    buffer_clear(&line);
}

static int add_schema(struct planning *planning, PGconn *connection, const PGresult *answer,
                      const char *schema)
{
    struct import *import = planning->import;
    size_t before = import->feed_count;
    struct buffer others = {0};
    int rows = PQntuples(answer), more = 0;
    for (int row = 0; row < rows; row++) {
        const char *name = PQgetvalue(answer, row, NAME);
        int table = model_find_table(import->data->model, name);
        if (table >= 0)
            add_relation(planning, connection, answer, row, table)->from_folder = true;
        else if (others.length < 400)
            buffer_printf(&others, "%s%s", others.length ? ", " : "", name);
        else
            more++;
    }
    if (more)
        buffer_printf(&others, " and %d more", more);
    note_unused(planning, schema, &others);
    buffer_clear(&others);
    return import->feed_count > before ? 0 : fail_schema(planning, connection, schema, NULL);
}

static int plan_schema(struct planning *planning, PGconn *connection)
{
    const char *schema = setting(planning->declaration, "schema");
    PGresult *answer = ask(connection, all_of_schema, 1, schema, NULL);
    int outcome;
    if (PQresultStatus(answer) != PGRES_TUPLES_OK)
        outcome = postgres_fail(planning->error, planning->where, connection, answer, NULL);
    else
        outcome = add_schema(planning, connection, answer, schema);
    PQclear(answer);
    return outcome;
}

static int plan_table(struct planning *planning, PGconn *connection, int table)
{
    const char *schema = setting(planning->declaration, "schema");
    const char *name = setting(planning->declaration, "table");
    PGresult *answer = schema ? ask(connection, one_of_schema, 2, schema, name)
                              : ask(connection, one_on_path, 1, name, NULL);
    int outcome = 0;
    if (PQresultStatus(answer) != PGRES_TUPLES_OK)
        outcome = postgres_fail(planning->error, planning->where, connection, answer, NULL);
    else if (PQntuples(answer) > 0)
        add_relation(planning, connection, answer, 0, table);
    else if (schema)
        outcome = fail_schema(planning, connection, schema, name);
    else
        outcome = error_set(planning->error, ERROR_SOURCE, planning->where,
                            "database \"%s\" has no table \"%s\" on its search_path; name its "
                            "`schema`, or import a table of another name with `query`",
                            postgres_server_database(planning->server), name);
    PQclear(answer);
    return outcome;
}

static void plan_query(struct planning *planning, int table)
{
    const char *given = setting(planning->declaration, "query");
    size_t length = strlen(given);
    struct buffer name = {0};
    while (length && strchr(" \t\r\n;", given[length - 1]))
        length--;
    buffer_printf(&name, "postgres:query(%s)", planning->where);
    struct feed *feed = feed_add(planning->import, &postgres_adapter, planning->declaration,
                                 planning->number, table, buffer_text(&name), buffer_text(&name));
    struct postgres_source source = {.query = arena_text_n(planning->import->arena, given, length)};
    postgres_feed_set(feed, planning->server, &source);
    buffer_clear(&name);
}

static int plan_sources(struct planning *planning, int table)
{
    if (setting(planning->declaration, "query")) {
        plan_query(planning, table);
        return 0;
    }
    PGconn *connection = postgres_server_take(planning->server, planning->where, planning->error);
    if (!connection)
        return -1;
    int outcome =
        table >= 0 ? plan_table(planning, connection, table) : plan_schema(planning, connection);
    postgres_server_give(planning->server, connection);
    return outcome;
}

static int plan_checked(struct planning *planning, const char *conninfo)
{
    struct import *import = planning->import;
    int table = -1;
    if (setting(planning->declaration, "table")) {
        table = feed_find_table(import, planning->declaration, planning->where, planning->error);
        if (table < 0 ||
            mapping_check(import->data->model, table, planning->declaration, planning->where,
                          planning->error) != 0 ||
            intake_check(import->data->model, table, planning->declaration,
                         setting(planning->declaration, "query") != NULL, planning->where,
                         planning->error) != 0)
            return -1;
    }
    int outcome = find_server(planning, conninfo);
    if (outcome == 0)
        outcome = plan_sources(planning, table);
    postgres_server_release(planning->server);
    return outcome;
}

static int postgres_plan(struct import *import, const json_t *declaration, size_t number,
                         struct error *error)
{
    const char *where = feed_where(import, declaration, number);
    struct planning planning = {.import = import,
                                .declaration = declaration,
                                .number = number,
                                .where = where,
                                .error = error};
    if (check_settings(declaration, where, error) != 0)
        return -1;
    const char *conninfo = arena_text(import->arena, setting(declaration, "conninfo"));
    forget_secrets(import->arena, declaration);
    return plan_checked(&planning, conninfo);
}

static const struct setting settings[] = {
    {"table", .type = SETTING_TEXT, .wants = "a text"},
    FEED_SETTINGS,
    {"conninfo", .type = SETTING_TEXT, .of_whole = true, .wants = "a text"},
    {"schema", .type = SETTING_TEXT, .of_whole = true, .wants = "a text"},
    {"query", .type = SETTING_TEXT, .wants = "a text"},
    {0},
};

const struct adapter postgres_adapter = {
    "postgres",          settings, postgres_plan, postgres_feed_read, postgres_feed_release,
    postgres_feed_rewind};
