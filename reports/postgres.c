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
        {"23505", "this run was loaded before, and the same run is loaded once"},
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
    add_message(&text, PQerrorMessage(connection));
    if (PQconnectionNeedsPassword(connection) || PQconnectionUsedPassword(connection))
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

struct loading {
    const struct run *run;
    PGconn *connection;
    struct error *error;
    char hash[HASH_TEXT];
    struct buffer rows;
    bool first;  // the next cell is the first of its row
    bool failed; // bytes could not be sent; the end of the COPY says why
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

static void add_cell(struct loading *loading, const char *text)
{
    if (!loading->first)
        buffer_add_byte(&loading->rows, '\t');
    loading->first = false;
    if (text)
        add_escaped(&loading->rows, text);
    else
        buffer_add_text(&loading->rows, "\\N");
}

static void add_optional(struct loading *loading, const struct buffer *text)
{
    add_cell(loading, text->length ? buffer_text(text) : NULL);
}

static void add_count(struct loading *loading, size_t count)
{
    char text[32];
    snprintf(text, sizeof text, "%zu", count);
    add_cell(loading, text);
}

static void send(struct loading *loading)
{
    if (loading->rows.length && !loading->failed)
        loading->failed =
            PQputCopyData(loading->connection, loading->rows.data, (int)loading->rows.length) != 1;
    buffer_reset(&loading->rows);
}

static void begin_row(struct loading *loading)
{
    loading->first = true;
    add_cell(loading, loading->hash);
}

static void end_row(struct loading *loading)
{
    buffer_add_byte(&loading->rows, '\n');
    if (loading->rows.length >= SEND_SIZE)
        send(loading);
}

// ---- tables

static void add_control(struct loading *loading, int index)
{
    const struct control *control = &loading->run->engagement->controls[index];
    const struct control_result *result = &loading->run->evaluation->results[index];
    const size_t counts[] = {result->loaded, result->in_scope,       result->not_applicable,
                             result->tested, result->passed,         result->untestable,
                             result->errors, result->exception_rows, result->exceptions};
    begin_row(loading);
    add_cell(loading, control->id);
    add_cell(loading, bilingual_get(&control->title, loading->run->language));
    add_cell(loading, severity_name(control->severity));
    add_cell(loading, status_name(result->status));
    for (size_t at = 0; at < sizeof counts / sizeof *counts; at++)
        add_count(loading, counts[at]);
    add_cell(loading, control->amount_kind);
    add_cell(loading, result->reason);
    end_row(loading);
}

static void add_controls(struct loading *loading)
{
    for (int at = 0; at < loading->run->engagement->control_count; at++)
        if (run_has_control(loading->run, at))
            add_control(loading, at);
}

static void add_amounts(struct loading *loading)
{
    const struct run *run = loading->run;
    for (int at = 0; at < run->engagement->control_count; at++) {
        const struct control_result *result = &run->evaluation->results[at];
        for (int i = 0; run_has_control(run, at) && i < result->amount_count; i++) {
            begin_row(loading);
            add_cell(loading, run->engagement->controls[at].id);
            add_cell(loading, dictionary_get(run->data->texts, result->amounts[i].currency).bytes);
            add_cell(loading, result->amounts[i].text);
            end_row(loading);
        }
    }
}

static void add_values(struct loading *loading, const struct finding *finding)
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
    add_cell(loading, buffer_text(&text));
    buffer_clear(&text);
}

static void add_exception(struct loading *loading, const struct exception *exception)
{
    const struct finding *finding = exception->finding;
    begin_row(loading);
    add_cell(loading, buffer_text(&exception->id));
    add_cell(loading, exception->control->id);
    add_cell(loading, severity_name(finding->severity));
    add_cell(loading, exception->table);
    add_cell(loading, finding->key);
    add_cell(loading, finding->label);
    add_optional(loading, &exception->date);
    add_optional(loading, &exception->customer);
    add_optional(loading, &exception->actor);
    add_optional(loading, &exception->amount);
    add_cell(loading, exception->currency);
    add_cell(loading, finding->has_amount ? exception->control->amount_kind : NULL);
    add_cell(loading, buffer_text(&exception->message));
    add_values(loading, finding);
    add_optional(loading, &exception->source);
    add_cell(loading, finding->fingerprint);
    add_cell(loading, exception->control->file_sha256);
    add_cell(loading, "open");
    end_row(loading);
}

static void add_exceptions(struct loading *loading)
{
    struct exception exception = {0};
    for (size_t at = 0; at < loading->run->evaluation->finding_count; at++) {
        exception_fill(&exception, loading->run, &loading->run->evaluation->findings[at]);
        add_exception(loading, &exception);
    }
    exception_clear(&exception);
}

static void add_piece(struct loading *loading, const struct buffer *id, int position,
                      const struct evidence *evidence)
{
    const struct data *data = loading->run->data;
    struct buffer text = {0};
    begin_row(loading);
    add_cell(loading, buffer_text(id));
    add_count(loading, (size_t)position + 1);
    add_cell(loading, data->model->tables[evidence->table].name);
    data_key(data, evidence->table, evidence->row, &text);
    add_cell(loading, buffer_text(&text));
    buffer_reset(&text);
    data_origin(data, evidence->table, evidence->row, &text);
    add_optional(loading, &text);
    end_row(loading);
    buffer_clear(&text);
}

static void add_evidence(struct loading *loading)
{
    const struct run *run = loading->run;
    struct buffer id = {0};
    for (size_t at = 0; at < run->evaluation->finding_count; at++) {
        const struct finding *finding = &run->evaluation->findings[at];
        buffer_reset(&id);
        finding_id(run->data, run->engagement->controls, finding, &id);
        for (int i = 0; i < finding->evidence_count; i++)
            add_piece(loading, &id, i, &finding->evidence[i]);
    }
    buffer_clear(&id);
}

static void add_problems(struct loading *loading)
{
    const struct data *data = loading->run->data;
    for (size_t at = 0; at < data->problems.count; at++) {
        const struct problem *problem = &data->problems.items[at];
        begin_row(loading);
        add_count(loading, at + 1);
        add_cell(loading, problem_kind_name(problem->kind));
        add_cell(loading, data->model->tables[problem->table].name);
        add_cell(loading, problem->source >= 0 ? data->sources[problem->source].name : NULL);
        if (problem->line > 0)
            add_count(loading, (size_t)problem->line);
        else
            add_cell(loading, NULL);
        add_cell(loading, problem->column);
        add_cell(loading, problem->value);
        add_cell(loading, problem->reason);
        end_row(loading);
    }
}

// ---- the transaction

static int execute(struct loading *loading, const char *sql, int count, const char *const *values)
{
    PGresult *result =
        values ? PQexecParams(loading->connection, sql, count, NULL, values, NULL, NULL, 0)
               : PQexec(loading->connection, sql);
    ExecStatusType status = PQresultStatus(result);
    int outcome = 0;
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK)
        outcome = fail(loading->error, loading->connection, result);
    PQclear(result);
    return outcome;
}

static int copy(struct loading *loading, const char *sql, void (*add)(struct loading *loading))
{
    PGconn *connection = loading->connection;
    PGresult *result = PQexec(connection, sql);
    int outcome = 0;
    if (PQresultStatus(result) != PGRES_COPY_IN)
        outcome = fail(loading->error, connection, result);
    PQclear(result);
    if (outcome != 0)
        return -1;
    add(loading);
    send(loading);
    PQputCopyEnd(connection, NULL);
    while ((result = PQgetResult(connection))) {
        if (outcome == 0 && PQresultStatus(result) != PGRES_COMMAND_OK)
            outcome = fail(loading->error, connection, result);
        PQclear(result);
    }
    return outcome == 0 && loading->failed ? fail(loading->error, connection, NULL) : outcome;
}

static int make_schema(struct loading *loading)
{
    PGresult *result = PQexec(loading->connection, "SELECT to_regclass('vouch.run') IS NULL");
    int outcome = 0;
    bool absent = false;
    if (PQresultStatus(result) != PGRES_TUPLES_OK)
        outcome = fail(loading->error, loading->connection, result);
    else
        absent = *PQgetvalue(result, 0, 0) == 't';
    PQclear(result);
    return outcome == 0 && absent ? execute(loading, postgres_schema, 0, NULL) : outcome;
}

static const char *day_text(int day, char text[CALENDAR_TEXT_MAX])
{
    if (day <= CALENDAR_DAY_MIN || day >= CALENDAR_DAY_MAX)
        return NULL;
    calendar_format_day(day, text);
    return text;
}

static int insert_run(struct loading *loading, const char *record)
{
    const struct run *run = loading->run;
    const struct scope *scope = &run->data->scope;
    char from[CALENDAR_TEXT_MAX], to[CALENDAR_TEXT_MAX], as_of[CALENDAR_TEXT_MAX];
    const char *const values[] = {loading->hash,
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
    return execute(loading,
                   "INSERT INTO vouch.run (run, version, title, entity, period, period_from,"
                   " period_to, as_of, currency, complete, record) VALUES ($1, $2, $3, $4, $5,"
                   " $6, $7, $8, $9, $10, $11)",
                   sizeof values / sizeof *values, values);
}

static int load(struct loading *loading, const char *record)
{
    static const struct {
        const char *sql;
        void (*add)(struct loading *loading);
    } tables[] = {
        {"COPY vouch.control_result FROM STDIN", add_controls},
        {"COPY vouch.control_amount FROM STDIN", add_amounts},
        {"COPY vouch.exception FROM STDIN", add_exceptions},
        {"COPY vouch.evidence FROM STDIN", add_evidence},
        {"COPY vouch.data_problem FROM STDIN", add_problems},
    };
    if (execute(loading, "BEGIN", 0, NULL) != 0 ||
        (loading->run->create_schema && make_schema(loading) != 0) ||
        insert_run(loading, record) != 0)
        return -1;
    for (size_t at = 0; at < sizeof tables / sizeof *tables; at++)
        if (copy(loading, tables[at].sql, tables[at].add) != 0)
            return -1;
    return execute(loading, "COMMIT", 0, NULL);
}

static void keep_quiet(void *context, const char *message)
{
    (void)context;
    (void)message;
}

int postgres_export_write(const struct run *run, struct output *output, struct error *error)
{
    const char *const keywords[] = {"dbname", "fallback_application_name", "client_encoding", NULL};
    const char *const values[] = {run->export_to ? run->export_to : "", "vouch", "UTF8", NULL};
    PGconn *connection = PQconnectdbParams(keywords, values, 1);
    if (!connection)
        memory_exhausted();
    PQsetNoticeProcessor(connection, keep_quiet, NULL);
    struct loading loading = {.run = run, .connection = connection, .error = error};
    char *record = run_record_text(run, output);
    hash_bytes(record, strlen(record), loading.hash);
    int outcome = PQstatus(connection) == CONNECTION_OK ? load(&loading, record)
                                                        : fail_connection(error, connection);
    buffer_clear(&loading.rows);
    free(record);
    PQfinish(connection);
    return outcome;
}
