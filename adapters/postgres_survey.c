// SPDX-License-Identifier: MIT
// A database of which nothing is known: its tables and views, as text.
#include "adapters/postgres_error.h"
#include "adapters/postgres_server.h"
#include "adapters/survey.h"
#include "engine/base/buffer.h"

#include <stdlib.h>
#include <string.h>

static const char all_relations[] =
    "SELECT n.nspname, c.relname FROM pg_catalog.pg_class c"
    " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
    " WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND NOT c.relispartition"
    "  AND n.nspname <> 'information_schema' AND n.nspname NOT LIKE 'pg\\_%'"
    "  AND pg_catalog.has_schema_privilege(n.oid, 'USAGE')"
    "  AND pg_catalog.has_table_privilege(c.oid, 'SELECT')"
    " ORDER BY n.nspname COLLATE \"C\", c.relname COLLATE \"C\"";

static void add_answer(struct survey *survey, struct survey_sheet *sheet, const PGresult *answer)
{
    int columns = PQnfields(answer), rows = PQntuples(answer);
    sheet->named = true;
    survey_begin_row(sheet, 0);
    for (int c = 0; c < columns; c++)
        survey_add_cell(survey, sheet, PQfname(answer, c), strlen(PQfname(answer, c)));
    for (int row = 0; row < rows; row++) {
        survey_begin_row(sheet, row + 1);
        for (int c = 0; c < columns; c++)
            survey_add_cell(survey, sheet, PQgetvalue(answer, row, c),
                            (size_t)PQgetlength(answer, row, c));
    }
}

static int look_at(struct survey *survey, PGconn *connection, const char *schema, const char *name,
                   const char *where, struct error *error)
{
    struct buffer query = {0};
    buffer_add_text(&query, "SELECT * FROM ");
    postgres_add_identifier(connection, schema, &query);
    buffer_add_byte(&query, '.');
    postgres_add_identifier(connection, name, &query);
    buffer_printf(&query, " LIMIT %d", SURVEY_ROWS);
    PGresult *answer = PQexec(connection, buffer_text(&query));
    int result = 0;
    if (PQresultStatus(answer) == PGRES_TUPLES_OK)
        add_answer(survey, survey_add(survey, SURVEY_POSTGRES, schema, name, name), answer);
    else
        result = postgres_fail(error, where, connection, answer, NULL);
    PQclear(answer);
    buffer_clear(&query);
    return result;
}

static int look_at_all(struct survey *survey, PGconn *connection, const char *where,
                       struct error *error)
{
    PGresult *answer = PQexec(connection, all_relations);
    int result = 0;
    if (PQresultStatus(answer) != PGRES_TUPLES_OK)
        result = postgres_fail(error, where, connection, answer, NULL);
    for (int row = 0; result == 0 && row < PQntuples(answer); row++)
        result = look_at(survey, connection, PQgetvalue(answer, row, 0), PQgetvalue(answer, row, 1),
                         where, error);
    PQclear(answer);
    return result;
}

// What is written beside the data holds no password: libpq takes it from the environment, here too.
static void hide_password(struct survey *survey, const char *conninfo)
{
    PQconninfoOption *options = PQconninfoParse(conninfo, NULL);
    survey->conninfo = postgres_conninfo_redact(survey_arena(survey), conninfo);
    for (const PQconninfoOption *it = options; survey->conninfo && it && it->keyword; it++)
        if (it->val && strcmp(it->keyword, "password") == 0)
            setenv("PGPASSWORD", it->val, 1);
    if (!survey->conninfo)
        survey->conninfo = arena_text(survey_arena(survey), conninfo);
    PQconninfoFree(options);
}

int survey_database(struct survey *survey, const char *conninfo, struct error *error)
{
    static const char where[] = "the database";
    if (postgres_conninfo_check(conninfo, where, error) != 0)
        return -1;
    struct postgres_server *server = postgres_server_new(conninfo, "UTC", 1, where, error);
    if (!server)
        return -1;
    PGconn *connection = postgres_server_take(server, where, error);
    int result = connection ? look_at_all(survey, connection, where, error) : -1;
    if (connection)
        postgres_server_give(server, connection);
    postgres_server_release(server);
    hide_password(survey, conninfo);
    return result;
}
