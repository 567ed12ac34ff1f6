// SPDX-License-Identifier: MIT
// One transaction holds it all: the schema, if asked for, the run, its tables. It is loaded when
// all files are written and committed when they are in their place, so that the database has no run
// without files. The key of a run is its hash, which makes the server refuse to store it twice; any
// failure before the commit leaves nothing.
#include "reports/postgres/postgres.h"

#include "engine/base/buffer_json.h"
#include "engine/base/calendar.h"
#include "engine/base/hash.h"
#include "engine/base/memory.h"
#include "reports/files/run_record.h"
#include "reports/files/version.h"
#include "reports/postgres/postgres_rows.h"

#include <libpq-fe.h>
#include <stdlib.h>
#include <string.h>

static const char place[] = "export to PostgreSQL";

// ---- errors

static bool is_hint(const char *line)
{
    return *line == '\t';
}

// The first line of libpq's message, and those after it that are no hints.
static void add_message(struct buffer *out, const char *text)
{
    while (*text) {
        size_t length = strcspn(text, "\n");
        if (length && !is_hint(text)) {
            buffer_add_text(out, out->length ? "; " : "");
            buffer_add(out, text, length);
        }
        text += length + (text[length] == '\n');
    }
}

static const char *advice_for(const char *state)
{
    static const char *const advices[][2] = {
        {"3F000", "--create-schema makes the schema `vouch`"},
        {"42P01", "--create-schema makes the schema `vouch`"},
        {"42703",
         "its schema `vouch` was made by another version of vouch: rename it (ALTER SCHEMA vouch "
         "RENAME TO ...), and --create-schema makes a new one"},
        {"42501",
         "let that user write: its owner grants USAGE on the schema `vouch` and INSERT and "
         "SELECT on its tables; making it needs CREATE on the database"},
        {"53100", "free space on the server's disk; nothing was stored"},
        {"57014", "the server cancelled the statement: raise statement_timeout for this user"},
        {"57P", "the server ended the session: run again when it is up"},
        {"25006", "the database is read-only (a standby?): name its primary"},
        {"22P05", "the database's encoding cannot hold this text: use one in UTF-8"},
    };
    for (size_t i = 0; state && i < sizeof advices / sizeof *advices; i++)
        if (strncmp(state, advices[i][0], strlen(advices[i][0])) == 0)
            return advices[i][1];
    return "nothing was stored";
}

static int fail(struct error *error, PGconn *connection, const PGresult *result)
{
    const char *state = result ? PQresultErrorField(result, PG_DIAG_SQLSTATE) : NULL;
    const char *primary = result ? PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY) : NULL;
    struct buffer text = {0};
    add_message(&text, primary ? primary : PQerrorMessage(connection));
    if (text.length == 0)
        buffer_add_text(&text, "the connection was lost");
    // A connection that is lost while the transaction commits does not say whether it did.
    bool lost = PQstatus(connection) == CONNECTION_BAD;
    error_set(error, ERROR_RESULT, place, "%s; %s", buffer_text(&text),
              lost ? "run again when the server is up: no run is stored in part, or twice"
                   : advice_for(state));
    buffer_clear(&text);
    return -1;
}

static int fail_connection(struct error *error, PGconn *connection)
{
    struct buffer text = {0};
    const char *advice = "see that the server runs, and that --to and the PG* variables name it "
                         "rightly";
    const char *message = PQerrorMessage(connection);
    add_message(&text, message);
    if (strstr(message, "certificate"))
        advice = "name the server as its certificate does, and in sslrootcert the authority that "
                 "signed it";
    else if (strstr(message, "no encryption") || strstr(message, "support SSL"))
        advice = "set sslmode as the server wants it";
    else if (PQconnectionNeedsPassword(connection) || PQconnectionUsedPassword(connection))
        advice = "put the right password into ~/.pgpass (host:port:database:user:password, mode "
                 "0600) or a service file";
    error_set(error, ERROR_RESULT, place, "%s; %s", buffer_text(&text), advice);
    buffer_clear(&text);
    return -1;
}

int postgres_export_check(const char *conninfo, struct error *error)
{
    bool uri = strstr(conninfo, "://") != NULL, secret = false;
    if (!uri && !strchr(conninfo, '='))
        return 0; // the name of a database
    PQconninfoOption *options = PQconninfoParse(conninfo, NULL);
    for (const PQconninfoOption *at = options; at && at->keyword; at++)
        secret = secret || (at->val && (strcmp(at->keyword, "password") == 0 ||
                                        strcmp(at->keyword, "sslpassword") == 0));
    PQconninfoFree(options);
    if (secret)
        return error_set(error, ERROR_USAGE, "--to",
                         "a password on the command line can be seen by others; put it into "
                         "~/.pgpass, a service file or PGPASSWORD");
    return options ? 0
                   : error_set(error, ERROR_USAGE, "--to",
                               "not understood: write settings such as \"host=db dbname=audit\", "
                               "or a URI postgresql://user@host/database");
}

struct postgres_export {
    const struct run *run;
    const struct output *output;
    PGconn *connection;
    struct error *error;
    char hash[HASH_TEXT];
    bool failed; // bytes could not be sent; the end of the COPY says why
    bool known;  // the database has this run
    struct buffer known_as;
};

// ---- the transaction

static int execute(struct postgres_export *export, const char *sql)
{
    PGresult *result = PQexec(export->connection, sql);
    ExecStatusType status = PQresultStatus(result);
    int outcome = 0;
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK)
        outcome = fail(export->error, export->connection, result);
    PQclear(result);
    return outcome;
}

static void send(void *context, const struct buffer *bytes)
{
    struct postgres_export *export = context;
    if (!export->failed)
        export->failed = PQputCopyData(export->connection, bytes->data, (int)bytes->length) != 1;
}

static int copy(struct postgres_export *export, const struct result_table *table)
{
    PGconn *connection = export->connection;
    struct buffer sql = {0};
    postgres_copy_add(table, &sql);
    PGresult *result = PQexec(connection, buffer_text(&sql));
    buffer_clear(&sql);
    int outcome = 0;
    if (PQresultStatus(result) != PGRES_COPY_IN)
        outcome = fail(export->error, connection, result);
    PQclear(result);
    if (outcome != 0)
        return -1;
    postgres_table_send(table, export->run, export->hash, send, export);
    PQputCopyEnd(connection, NULL);
    while ((result = PQgetResult(connection))) {
        if (outcome == 0 && PQresultStatus(result) != PGRES_COMMAND_OK)
            outcome = fail(export->error, connection, result);
        PQclear(result);
    }
    return outcome == 0 && export->failed ? fail(export->error, connection, NULL) : outcome;
}

static int make_schema(struct postgres_export *export)
{
    PGresult *result = PQexec(export->connection, "SELECT to_regclass('vouch.run') IS NULL");
    int outcome = 0;
    bool absent = false;
    struct buffer schema = {0};
    if (PQresultStatus(result) != PGRES_TUPLES_OK)
        outcome = fail(export->error, export->connection, result);
    else
        absent = *PQgetvalue(result, 0, 0) == 't';
    PQclear(result);
    postgres_schema_add(&schema);
    if (outcome == 0 && absent)
        outcome = execute(export, buffer_text(&schema));
    buffer_clear(&schema);
    return outcome;
}

static const char *day_text(int day, char text[CALENDAR_TEXT_MAX])
{
    if (day <= CALENDAR_DAY_MIN || day >= CALENDAR_DAY_MAX)
        return NULL;
    calendar_format_day(day, text);
    return text;
}

static PGresult *insert_run(struct postgres_export *export, const char *record)
{
    const struct run *run = export->run;
    const struct scope *scope = &run->data->scope;
    char from[CALENDAR_TEXT_MAX], to[CALENDAR_TEXT_MAX], as_of[CALENDAR_TEXT_MAX];
    const char *const values[] = {export->hash,
                                  VOUCH_VERSION,
                                  run->engagement->title,
                                  run->engagement->entity,
                                  scope->period_text,
                                  day_text(scope->from, from),
                                  day_text(scope->to, to),
                                  day_text(scope->as_of, as_of),
                                  scope->currency,
                                  run->verdict.incomplete ? "f" : "t",
                                  record};
    return PQexecParams(export->connection,
                        "INSERT INTO vouch.run (run, version, title, entity, period, period_from,"
                        " period_to, as_of, currency, complete, record) VALUES ($1, $2, $3, $4, $5,"
                        " $6, $7, $8, $9, $10, $11)",
                        sizeof values / sizeof *values, NULL, values, NULL, NULL, 0);
}

// The run that is stored already, for the refusal.
static void find_known(struct postgres_export *export)
{
    static const char sql[] =
        "SELECT number, to_char(loaded_at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS') || ' UTC',"
        " loaded_by FROM vouch.run WHERE run = $1";
    const char *hash = export->hash;
    export->known = true;
    PQclear(PQexec(export->connection, "ROLLBACK"));
    PGresult *result = PQexecParams(export->connection, sql, 1, NULL, &hash, NULL, NULL, 0);
    if (PQresultStatus(result) == PGRES_TUPLES_OK && PQntuples(result) == 1)
        buffer_printf(&export->known_as, ": number %s, %s, by %s", PQgetvalue(result, 0, 0),
                      PQgetvalue(result, 0, 1), PQgetvalue(result, 0, 2));
    PQclear(result);
}

static int store_run(struct postgres_export *export)
{
    struct buffer record = {0};
    json_t *stated = run_record_stated(export->run, export->output);
    buffer_add_json(&record, stated, JSON_COMPACT);
    json_decref(stated);
    hash_bytes(buffer_text(&record), record.length, export->hash);
    PGresult *result = insert_run(export, buffer_text(&record));
    const char *state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
    int outcome = 0;
    if (state && strcmp(state, "23505") == 0)
        find_known(export);
    else if (PQresultStatus(result) != PGRES_COMMAND_OK)
        outcome = fail(export->error, export->connection, result);
    PQclear(result);
    buffer_clear(&record);
    return outcome;
}

static int load(struct postgres_export *export)
{
    if (execute(export, "BEGIN") != 0 || (export->run->create_schema && make_schema(export) != 0) ||
        store_run(export) != 0)
        return -1;
    for (int table = 0; table < POSTGRES_TABLES && !export->known; table++)
        if (copy(export, postgres_tables[table].result) != 0)
            return -1;
    return 0;
}

static void keep_quiet(void *context, const char *message)
{
    (void)context;
    (void)message;
}

struct postgres_export *postgres_export_new(const struct run *run, const struct output *output,
                                            struct error *error)
{
    const char *const keywords[] = {"dbname", "fallback_application_name", "client_encoding", NULL};
    const char *const values[] = {run->export_to ? run->export_to : "", "vouch", "UTF8", NULL};
    PGconn *connection = PQconnectdbParams(keywords, values, 1);
    if (!connection)
        memory_exhausted();
    PQsetNoticeProcessor(connection, keep_quiet, NULL);
    struct postgres_export *export = memory_new(1, sizeof *export);
    *export = (struct postgres_export){
        .run = run, .output = output, .connection = connection, .error = error};
    int outcome =
        PQstatus(connection) == CONNECTION_OK ? load(export) : fail_connection(error, connection);
    if (outcome == 0)
        return export;
    postgres_export_free(export);
    return NULL;
}

bool postgres_export_is_known(const struct postgres_export *export)
{
    return export->known;
}

int postgres_export_commit(struct postgres_export *export, struct error *error)
{
    export->error = error;
    if (export->known)
        return error_set(error, ERROR_RESULT, place,
                         "the same run was loaded before%s; it is not loaded again, and its files "
                         "are complete",
                         buffer_text(&export->known_as));
    return execute(export, "COMMIT");
}

void postgres_export_free(struct postgres_export *export)
{
    if (!export)
        return;
    PQfinish(export->connection);
    buffer_clear(&export->known_as);
    free(export);
}
