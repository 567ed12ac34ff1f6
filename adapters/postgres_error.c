// SPDX-License-Identifier: MIT
#include "adapters/postgres_error.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

void postgres_add_line(struct buffer *out, const char *text)
{
    bool any = false;
    while (*text) {
        size_t length = strcspn(text, "\r\n");
        // A line that begins with a tab is a hint of libpq's; what to do is said here.
        if (length && *text != '\t') {
            buffer_add_text(out, any ? "; " : "");
            buffer_add(out, text, length);
            any = true;
        }
        text += length;
        text += strspn(text, "\r\n");
    }
}

// What to do, by SQLSTATE; a prefix stands for its class. %s is the relation.
static const struct advice {
    const char *state;
    const char *text;
    const char *for_query; // where no relation is named; NULL: the same
} advices[] = {
    {"42501", "let that user read it: GRANT USAGE ON its SCHEMA, GRANT SELECT ON %s",
     "let that user read what the query names"},
    {"42P01", "name the table as the database does, or grant USAGE on its schema", NULL},
    {"42703", "name the column as the database does", NULL},
    {"3F000", "name the schema as the database does", NULL},
    {"57014",
     "the server cancelled the statement (a timeout, or an administrator): add options='-c "
     "statement_timeout=0' to the conninfo, or raise the limit of this user",
     NULL},
    {"57P01", "the server ended the session or is being shut down: run again when it is up", NULL},
    {"57P02", "the server has crashed and restarts: run again when it is up", NULL},
    {"57P03", "the server is starting or stopping: run again when it is up", NULL},
    {"57P05",
     "the session was idle for longer than the server allows: raise "
     "idle_session_timeout for this user",
     NULL},
    {"25P03", "raise idle_in_transaction_session_timeout for this user", NULL},
    {"25P04", "raise transaction_timeout for this user", NULL},
    {"25006", "an import only reads: a query must not write", NULL},
    {"22P05",
     "the database holds a byte that cannot be converted to UTF-8: correct it there, or "
     "leave the column out in a `query`",
     NULL},
    {"22021",
     "the database holds a byte that is not text in its own encoding: correct it there, "
     "or leave the column out in a `query`",
     NULL},
    {"42601", "correct the `query`", NULL},
    {"40001",
     "the standby had to give way to its primary: read from the primary, or set "
     "hot_standby_feedback",
     NULL},
    {"53300", "the server has no connection left: try again later, or with --jobs 1", NULL},
    {"XX001", "the database is damaged: restore it before it is audited", NULL},
    {"XX002", "the database is damaged: restore it before it is audited", NULL},
    {"53", "the server is short of resources: free some, or try again later", NULL},
    {"58", "the server could not read its own files: its log says more", NULL},
    {"08", "the connection was lost: run again when the server is up", NULL},
};

static const struct advice *find_advice(const char *state)
{
    for (size_t i = 0; state && i < sizeof advices / sizeof *advices; i++)
        if (strncmp(state, advices[i].state, strlen(advices[i].state)) == 0)
            return &advices[i];
    return NULL;
}

static void add_advice(struct buffer *out, const char *state, const char *relation)
{
    const struct advice *advice = find_advice(state);
    if (!advice)
        return;
    const char *text = !relation && advice->for_query ? advice->for_query : advice->text;
    const char *place = strstr(text, "%s");
    buffer_add_text(out, "; ");
    if (!place) {
        buffer_add_text(out, text);
        return;
    }
    buffer_add(out, text, (size_t)(place - text));
    buffer_add_text(out, relation ? relation : "it");
    buffer_add_text(out, place + 2);
}

static const char *result_field(const PGresult *result, int code)
{
    const char *text = result ? PQresultErrorField(result, code) : NULL;
    return text ? text : "";
}

int postgres_fail(struct error *error, const char *where, PGconn *connection,
                  const PGresult *result, const char *relation)
{
    struct buffer text = {0};
    const char *state = result_field(result, PG_DIAG_SQLSTATE);
    const char *primary = result_field(result, PG_DIAG_MESSAGE_PRIMARY);
    const char *detail = result_field(result, PG_DIAG_MESSAGE_DETAIL);
    bool lost = PQstatus(connection) == CONNECTION_BAD;
    if (*primary) {
        postgres_add_line(&text, primary);
        if (*detail) {
            buffer_add_text(&text, ": ");
            postgres_add_line(&text, detail);
        }
        // Rows that a policy hides would be missing without a word.
        if (strcmp(state, "42501") == 0 && strstr(primary, "row-level security"))
            buffer_add_text(&text, "; an audit needs all rows: read as a user with BYPASSRLS");
        else
            add_advice(&text, state, relation);
    } else {
        postgres_add_line(&text, PQerrorMessage(connection));
        if (text.length == 0)
            buffer_add_text(&text, "the connection was lost");
        if (lost)
            buffer_add_text(&text, "; run again when the server is up");
    }
    error_set(error, ERROR_SOURCE, where, "%s", buffer_text(&text));
    buffer_clear(&text);
    return -1;
}

int postgres_fail_connection(struct error *error, const char *where, PGconn *connection)
{
    struct buffer text = {0};
    const char *message = PQerrorMessage(connection);
    const char *advice = "see that the server runs, and that `conninfo` and the PG* variables name "
                         "it rightly";
    postgres_add_line(&text, message);
    if (strstr(message, "certificate"))
        advice = "name the server as its certificate does, and in sslrootcert the authority that "
                 "signed it";
    else if (strstr(message, "no encryption") || strstr(message, "support SSL"))
        advice = "set sslmode as the server wants it";
    else if (PQconnectionNeedsPassword(connection))
        advice = "put the password into ~/.pgpass (host:port:database:user:password, mode 0600) or "
                 "a service file";
    else if (PQconnectionUsedPassword(connection))
        advice = "correct the user or the password in ~/.pgpass or the service file";
    error_set(error, ERROR_SOURCE, where, "%s; %s", buffer_text(&text), advice);
    buffer_clear(&text);
    return -1;
}
