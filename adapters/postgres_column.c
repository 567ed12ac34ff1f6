// SPDX-License-Identifier: MIT
#include "adapters/postgres_column.h"

#include "adapters/postgres_error.h"

#include <string.h>

// Object identifiers that every PostgreSQL has had since it knows them (pg_type.dat).
enum {
    OID_BOOL = 16,
    OID_BYTEA = 17,
    OID_CHAR = 18,
    OID_NAME = 19,
    OID_INT8 = 20,
    OID_INT2 = 21,
    OID_INT4 = 23,
    OID_TEXT = 25,
    OID_JSON = 114,
    OID_XML = 142,
    OID_FLOAT4 = 700,
    OID_FLOAT8 = 701,
    OID_MONEY = 790,
    OID_BPCHAR = 1042,
    OID_VARCHAR = 1043,
    OID_DATE = 1082,
    OID_TIME = 1083,
    OID_TIMESTAMP = 1114,
    OID_TIMESTAMPTZ = 1184,
    OID_NUMERIC = 1700,
    OID_UUID = 2950,
    OID_JSONB = 3802,
};

static const Oid plain_types[] = {OID_BOOL, OID_CHAR,    OID_NAME, OID_INT8,      OID_INT2,
                                  OID_INT4, OID_TEXT,    OID_DATE, OID_TIMESTAMP, OID_TIMESTAMPTZ,
                                  OID_TIME, OID_NUMERIC, OID_UUID, OID_BPCHAR,    OID_VARCHAR};

static const struct {
    Oid type;
    const char *cure;
} cures[] = {
    {OID_BYTEA, "encode(%s, 'hex')"}, {OID_JSON, "%s ->> 'the key'"},
    {OID_JSONB, "%s ->> 'the key'"},  {OID_XML, "%s::text"},
    {OID_FLOAT4, "%s::numeric"}, // not exact, and no amount may be touched by it
    {OID_FLOAT8, "%s::numeric"},      {OID_MONEY, "%s::numeric"},
};

static bool is_plain(Oid type)
{
    for (size_t i = 0; i < sizeof plain_types / sizeof *plain_types; i++)
        if (plain_types[i] == type)
            return true;
    return false;
}

static const char *find_cure(Oid type, char kind, char category)
{
    for (size_t i = 0; i < sizeof cures / sizeof *cures; i++)
        if (cures[i].type == type)
            return cures[i].cure;
    if (category == 'A')
        return "%s[1], or unnest(%s)";
    if (kind == 'c')
        return "(%s).part";
    if (kind == 'r' || kind == 'm')
        return "lower(%s) and upper(%s)";
    return "%s::text";
}

// One row of pg_type: what kind of type it is. Enums and types of the string category (citext)
// are texts.
static void judge(struct postgres_column *column, const char *kind, const char *category)
{
    bool text = *kind == 'e' || (*kind == 'b' && *category == 'S');
    column->refused = !text;
    if (column->refused)
        column->cure = find_cure(column->type, *kind, *category);
}

static int look_up(struct arena *arena, struct postgres_column *column, PGconn *connection,
                   const char *where, struct error *error)
{
    struct buffer oid = {0};
    buffer_printf(&oid, "%u", column->type);
    const char *parameter = buffer_text(&oid);
    PGresult *result = PQexecParams(
        connection,
        "SELECT pg_catalog.format_type(oid, NULL), typtype, typcategory FROM pg_catalog.pg_type "
        "WHERE oid = $1::pg_catalog.oid",
        1, NULL, &parameter, NULL, NULL, 0);
    int outcome = 0;
    if (PQresultStatus(result) != PGRES_TUPLES_OK) {
        outcome = postgres_fail(error, where, connection, result, NULL);
    } else if (PQntuples(result) == 1) {
        column->type_name = arena_text(arena, PQgetvalue(result, 0, 0));
        judge(column, PQgetvalue(result, 0, 1), PQgetvalue(result, 0, 2));
    } else {
        column->type_name = arena_text(arena, buffer_text(&oid));
        judge(column, "", "");
    }
    PQclear(result);
    buffer_clear(&oid);
    return outcome;
}

static int read_column(struct postgres_columns *columns, PGconn *connection, const PGresult *result,
                       int number, const char *where, struct error *error)
{
    struct postgres_column *column = &columns->items[columns->count++];
    column->name = arena_text(columns->arena, PQfname(result, number));
    column->type = PQftype(result, number); // of a domain, the type behind it
    column->padded = column->type == OID_BPCHAR;
    column->zoned = column->type == OID_TIMESTAMPTZ;
    return is_plain(column->type) ? 0 : look_up(columns->arena, column, connection, where, error);
}

static PGresult *describe(PGconn *connection, const char *sql)
{
    PGresult *result = PQprepare(connection, "", sql, 0, NULL);
    if (PQresultStatus(result) != PGRES_COMMAND_OK)
        return result;
    PQclear(result);
    return PQdescribePrepared(connection, "");
}

int postgres_columns_read(struct postgres_columns *columns, PGconn *connection, const char *sql,
                          const char *relation, const char *where, struct error *error)
{
    PGresult *result = describe(connection, sql);
    int outcome = 0;
    columns->count = 0;
    if (PQresultStatus(result) != PGRES_COMMAND_OK)
        outcome = postgres_fail(error, where, connection, result, relation);
    else if (PQnparams(result) > 0)
        outcome = error_set(error, ERROR_SOURCE, where,
                            "the query has parameters ($1): nothing could fill them");
    else if (PQnfields(result) == 0 && !relation)
        outcome = error_set(error, ERROR_SOURCE, where,
                            "the query returns no columns: it must be a SELECT");
    int count = outcome == 0 ? PQnfields(result) : 0;
    columns->items = arena_take(columns->arena, (size_t)count, sizeof *columns->items);
    for (int i = 0; i < count && outcome == 0; i++)
        outcome = read_column(columns, connection, result, i, where, error);
    PQclear(result);
    return outcome;
}

int postgres_columns_find(const struct postgres_columns *columns, const char *name)
{
    for (size_t i = 0; i < columns->count; i++)
        if (strcmp(columns->items[i].name, name) == 0)
            return (int)i;
    return -1;
}

int postgres_column_refuse(const struct postgres_column *column, const char *where,
                           struct error *error)
{
    struct buffer cure = {0};
    for (const char *at = column->cure; *at; at++) {
        if (at[0] != '%' || at[1] != 's') {
            buffer_add_byte(&cure, *at);
            continue;
        }
        buffer_add_text(&cure, column->name);
        at++;
    }
    error_set(error, ERROR_SOURCE, where,
              "column \"%s\" has the type %s, which is not read as it is; import the table by a "
              "`query` that has %s in its place",
              column->name, column->type_name, buffer_text(&cure));
    buffer_clear(&cure);
    return -1;
}
