// SPDX-License-Identifier: MIT
#include "reports/postgres.h"

#include "engine/calendar.h"
#include "engine/hash.h"
#include "engine/memory.h"
#include "reports/exception.h"
#include "reports/json_text.h"
#include "reports/run_record.h"
#include "reports/version.h"

#include <libpq-fe.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

enum { SEND_SIZE = 1 << 16 };

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
        {"42501",
         "let that user write: its owner grants USAGE on the schema `vouch` and INSERT and "
         "SELECT on its tables; making it needs CREATE on the database"},
        {"53100", "free space on the server's disk; nothing was stored"},
        {"57014", "the server cancelled the statement: raise statement_timeout for this user"},
        {"57P", "the server ended the session: run again when it is up"},
        {"25006", "the database is read-only (a standby?): name its primary"},
        {"22P05", "the database's encoding cannot hold this text: use one in UTF-8"},
    };
    for (size_t at = 0; state && at < sizeof advices / sizeof *advices; at++)
        if (strncmp(state, advices[at][0], strlen(advices[at][0])) == 0)
            return advices[at][1];
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

// ---- rows, in the text format of COPY

struct postgres_export {
    const struct run *run;
    const struct output *output;
    PGconn *connection;
    struct error *error;
    char hash[HASH_TEXT];
    struct buffer rows;
    bool first;  // the next cell is the first of its row
    bool failed; // bytes could not be sent; the end of the COPY says why
    bool known;  // the database has this run
    struct buffer known_as;
};

// Bytes that are no UTF-8, which a value of a source may hold, become U+FFFD.
static void add_escaped(struct buffer *out, const char *text)
{
    const utf8proc_uint8_t *at = (const utf8proc_uint8_t *)text;
    for (utf8proc_ssize_t left = (utf8proc_ssize_t)strlen(text), used; left > 0;
         left -= used, at += used) {
        utf8proc_int32_t point;
        used = utf8proc_iterate(at, left, &point);
        if (used <= 0) {
            buffer_add_text(out, "\xEF\xBF\xBD");
            used = 1;
        } else if (*at == '\\' || *at == '\t' || *at == '\n' || *at == '\r') {
            buffer_add_byte(out, '\\');
            buffer_add_byte(out, *at == '\t' ? 't' : *at == '\n' ? 'n' : *at == '\r' ? 'r' : '\\');
        } else {
            buffer_add(out, at, (size_t)used);
        }
    }
}

static void add_cell(struct postgres_export *export, const char *text)
{
    if (!export->first)
        buffer_add_byte(&export->rows, '\t');
    export->first = false;
    if (text)
        add_escaped(&export->rows, text);
    else
        buffer_add_text(&export->rows, "\\N");
}

static void add_optional(struct postgres_export *export, const struct buffer *text)
{
    add_cell(export, text->length ? buffer_text(text) : NULL);
}

static void add_count(struct postgres_export *export, size_t count)
{
    char text[32];
    snprintf(text, sizeof text, "%zu", count);
    add_cell(export, text);
}

static void send(struct postgres_export *export)
{
    if (export->rows.length && !export->failed)
        export->failed =
            PQputCopyData(export->connection, export->rows.data, (int)export->rows.length) != 1;
    buffer_reset(&export->rows);
}

static void begin_row(struct postgres_export *export)
{
    export->first = true;
    add_cell(export, export->hash);
}

static void end_row(struct postgres_export *export)
{
    buffer_add_byte(&export->rows, '\n');
    if (export->rows.length >= SEND_SIZE)
        send(export);
}

// ---- tables

static void add_control(struct postgres_export *export, int index)
{
    const struct control *control = &export->run->engagement->controls[index];
    const struct control_result *result = &export->run->evaluation->results[index];
    const size_t counts[] = {result->loaded, result->in_scope,       result->not_applicable,
                             result->tested, result->passed,         result->untestable,
                             result->errors, result->exception_rows, result->exceptions};
    begin_row(export);
    add_cell(export, control->id);
    add_cell(export, bilingual_get(&control->title, export->run->language));
    add_cell(export, severity_name(control->severity));
    add_cell(export, status_name(result->status));
    for (size_t at = 0; at < sizeof counts / sizeof *counts; at++)
        add_count(export, counts[at]);
    add_cell(export, control->amount_kind);
    add_cell(export, result->reason);
    end_row(export);
}

static void add_controls(struct postgres_export *export)
{
    for (int at = 0; at < export->run->engagement->control_count; at++)
        if (run_has_control(export->run, at))
            add_control(export, at);
}

static void add_amounts(struct postgres_export *export)
{
    const struct run *run = export->run;
    for (int at = 0; at < run->engagement->control_count; at++) {
        const struct control_result *result = &run->evaluation->results[at];
        for (int i = 0; run_has_control(run, at) && i < result->amount_count; i++) {
            begin_row(export);
            add_cell(export, run->engagement->controls[at].id);
            add_cell(export, dictionary_get(run->data->texts, result->amounts[i].currency).bytes);
            add_cell(export, result->amounts[i].text);
            end_row(export);
        }
    }
}

static void add_values(struct postgres_export *export, const struct finding *finding)
{
    struct buffer text = {0};
    buffer_add_byte(&text, '{');
    for (int at = 0; at < finding->value_count; at++) {
        buffer_add_text(&text, at ? "," : "");
        json_text_add(&text, finding->values[at].name);
        buffer_add_byte(&text, ':');
        json_text_add(&text, finding->values[at].text);
    }
    buffer_add_byte(&text, '}');
    add_cell(export, buffer_text(&text));
    buffer_clear(&text);
}

static void add_exception(struct postgres_export *export, const struct exception *exception)
{
    const struct finding *finding = exception->finding;
    begin_row(export);
    add_cell(export, buffer_text(&exception->id));
    add_cell(export, exception->control->id);
    add_cell(export, severity_name(finding->severity));
    add_cell(export, exception->table);
    add_cell(export, finding->key);
    add_cell(export, finding->label);
    add_optional(export, &exception->date);
    add_optional(export, &exception->customer);
    add_optional(export, &exception->actor);
    add_optional(export, &exception->amount);
    add_cell(export, exception->currency);
    add_cell(export, finding->has_amount ? exception->control->amount_kind : NULL);
    add_cell(export, buffer_text(&exception->message));
    add_values(export, finding);
    add_optional(export, &exception->source);
    add_cell(export, finding->fingerprint);
    add_cell(export, exception->control->file_sha256);
    add_cell(export, exception->status);
    end_row(export);
}

static void add_exceptions(struct postgres_export *export)
{
    struct exception exception = {0};
    for (size_t at = 0; at < export->run->evaluation->finding_count; at++) {
        exception_fill(&exception, export->run, &export->run->evaluation->findings[at]);
        add_exception(export, &exception);
    }
    exception_clear(&exception);
}

static void add_piece(struct postgres_export *export, const struct buffer *id, int position,
                      const struct evidence *evidence)
{
    const struct data *data = export->run->data;
    struct buffer text = {0};
    begin_row(export);
    add_cell(export, buffer_text(id));
    add_count(export, (size_t)position + 1);
    add_cell(export, data->model->tables[evidence->table].name);
    data_key(data, evidence->table, evidence->row, &text);
    add_cell(export, buffer_text(&text));
    buffer_reset(&text);
    data_origin(data, evidence->table, evidence->row, &text);
    add_optional(export, &text);
    end_row(export);
    buffer_clear(&text);
}

static void add_evidence(struct postgres_export *export)
{
    const struct run *run = export->run;
    struct buffer id = {0};
    for (size_t at = 0; at < run->evaluation->finding_count; at++) {
        const struct finding *finding = &run->evaluation->findings[at];
        buffer_reset(&id);
        finding_id(run->data, run->engagement->controls, finding, &id);
        for (int i = 0; i < finding->evidence_count; i++)
            add_piece(export, &id, i, &finding->evidence[i]);
    }
    buffer_clear(&id);
}

static void add_problems(struct postgres_export *export)
{
    const struct data *data = export->run->data;
    for (size_t at = 0; at < data->problems.count; at++) {
        const struct problem *problem = &data->problems.items[at];
        begin_row(export);
        add_count(export, at + 1);
        add_cell(export, problem_kind_name(problem->kind));
        add_cell(export, data->model->tables[problem->table].name);
        add_cell(export, problem->source >= 0 ? data->sources[problem->source].name : NULL);
        if (problem->line > 0)
            add_count(export, (size_t)problem->line);
        else
            add_cell(export, NULL);
        add_cell(export, problem->column);
        add_cell(export, problem->value);
        add_cell(export, problem->reason);
        end_row(export);
    }
}

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

static int copy(struct postgres_export *export, const char *sql,
                void (*add)(struct postgres_export *export))
{
    PGconn *connection = export->connection;
    PGresult *result = PQexec(connection, sql);
    int outcome = 0;
    if (PQresultStatus(result) != PGRES_COPY_IN)
        outcome = fail(export->error, connection, result);
    PQclear(result);
    if (outcome != 0)
        return -1;
    add(export);
    send(export);
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
    if (PQresultStatus(result) != PGRES_TUPLES_OK)
        outcome = fail(export->error, export->connection, result);
    else
        absent = *PQgetvalue(result, 0, 0) == 't';
    PQclear(result);
    return outcome == 0 && absent ? execute(export, postgres_schema) : outcome;
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
    char *record = run_record_text(export->run, export->output);
    hash_bytes(record, strlen(record), export->hash);
    PGresult *result = insert_run(export, record);
    const char *state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
    int outcome = 0;
    if (state && strcmp(state, "23505") == 0)
        find_known(export);
    else if (PQresultStatus(result) != PGRES_COMMAND_OK)
        outcome = fail(export->error, export->connection, result);
    PQclear(result);
    free(record);
    return outcome;
}

static int load(struct postgres_export *export)
{
    static const struct {
        const char *sql;
        void (*add)(struct postgres_export *export);
    } tables[] = {
        {"COPY vouch.control_result FROM STDIN", add_controls},
        {"COPY vouch.control_amount FROM STDIN", add_amounts},
        {"COPY vouch.exception FROM STDIN", add_exceptions},
        {"COPY vouch.evidence FROM STDIN", add_evidence},
        {"COPY vouch.data_problem FROM STDIN", add_problems},
    };
    if (execute(export, "BEGIN") != 0 || (export->run->create_schema && make_schema(export) != 0) ||
        store_run(export) != 0)
        return -1;
    for (size_t at = 0; at < sizeof tables / sizeof *tables && !export->known; at++)
        if (copy(export, tables[at].sql, tables[at].add) != 0)
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
    buffer_clear(&export->rows);
    buffer_clear(&export->known_as);
    free(export);
}
