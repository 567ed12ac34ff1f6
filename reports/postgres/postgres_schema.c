// SPDX-License-Identifier: MIT
// The schema `vouch`: its tables as the tables of results say them, keys and views in words. Rows
// are only ever added; who was told what, and when, must stay what it was.
#include "reports/postgres/postgres.h"
#include "reports/postgres/postgres_rows.h"

static const char run_table[] =
    "CREATE SCHEMA IF NOT EXISTS vouch;"
    "CREATE TABLE vouch.run ("
    " run text PRIMARY KEY," // SHA-256 of the deterministic part of run.json
    " number bigint GENERATED ALWAYS AS IDENTITY UNIQUE,"
    " loaded_at timestamptz NOT NULL DEFAULT now(),"
    " loaded_by text NOT NULL DEFAULT current_user,"
    " version text NOT NULL, title text, entity text, period text,"
    " period_from date, period_to date, as_of date, currency text,"
    " complete boolean NOT NULL, record jsonb NOT NULL);"
    "CREATE FUNCTION vouch.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
    " RAISE EXCEPTION 'vouch.% is append-only', TG_TABLE_NAME; END $$;";

static const char views[] =
    // Runs of one engagement have its title and entity; the latest counts, the one before is what
    // it is compared with.
    "CREATE VIEW vouch.ranked_run AS SELECT r.*, row_number() OVER"
    " (PARTITION BY title, entity ORDER BY number DESC) AS age FROM vouch.run r;"
    "CREATE VIEW vouch.open_exception AS SELECT r.title, r.entity, r.period, e.*"
    " FROM vouch.exception e JOIN vouch.ranked_run r USING (run)"
    " WHERE r.age = 1 AND e.status = 'open';"
    "CREATE VIEW vouch.exception_by_control_month AS SELECT title, entity, control,"
    " to_char(date, 'YYYY-MM') AS month, amount_kind, currency, count(*) AS exceptions,"
    " sum(amount) AS amount FROM vouch.open_exception"
    " GROUP BY title, entity, control, to_char(date, 'YYYY-MM'), amount_kind, currency;"
    "CREATE VIEW vouch.change_since_last_run AS SELECT title, entity, id,"
    " CASE WHEN was.id IS NULL THEN 'new' WHEN now.id IS NULL THEN 'resolved'"
    " WHEN now.fingerprint <> was.fingerprint THEN 'changed' ELSE 'persisting' END AS change,"
    " coalesce(now.control, was.control) AS control, coalesce(now.severity, was.severity)"
    " AS severity, was.amount AS amount_before, now.amount AS amount_now,"
    " coalesce(now.currency, was.currency) AS currency,"
    " coalesce(now.message, was.message) AS message FROM"
    " (SELECT r.title, r.entity, e.* FROM vouch.exception e JOIN vouch.ranked_run r USING (run)"
    "  WHERE r.age = 1) now FULL JOIN"
    " (SELECT r.title, r.entity, e.* FROM vouch.exception e JOIN vouch.ranked_run r USING (run)"
    "  WHERE r.age = 2) was USING (title, entity, id);"

    "COMMENT ON VIEW vouch.open_exception IS 'open exceptions of the latest run of each "
    "engagement';"
    "COMMENT ON VIEW vouch.exception_by_control_month IS"
    " 'the same, counted by control and month of the document';"
    "COMMENT ON VIEW vouch.change_since_last_run IS"
    " 'exceptions of the latest run against those of the run before it'";

const struct postgres_table postgres_tables[POSTGRES_TABLES] = {
    {&result_controls, "PRIMARY KEY (run, control), FOREIGN KEY (run) REFERENCES vouch.run"},
    // One column of a control may stand here several times: not imported, unreadable, rejected.
    {&result_assumptions, "FOREIGN KEY (run, control) REFERENCES vouch.control_result"},
    {&result_amounts, "PRIMARY KEY (run, control, currency, sign),"
                      " FOREIGN KEY (run, control) REFERENCES vouch.control_result"},
    {&result_exceptions, "PRIMARY KEY (run, id),"
                         " FOREIGN KEY (run, control) REFERENCES vouch.control_result"},
    {&result_evidence, "PRIMARY KEY (run, exception, position),"
                       " FOREIGN KEY (run, exception) REFERENCES vouch.exception"},
    {&result_waivers, "PRIMARY KEY (run, line), FOREIGN KEY (run) REFERENCES vouch.run"},
    {&result_problems, "PRIMARY KEY (run, position), FOREIGN KEY (run) REFERENCES vouch.run"},
    {&result_systems, "PRIMARY KEY (run, user_id, act), FOREIGN KEY (run) REFERENCES vouch.run"},
};

static const char *type_of(const struct result_column *column)
{
    switch (column->type) {
    case RESULT_COUNT:
        return "bigint";
    case RESULT_POSITION:
        return "int";
    case RESULT_NUMBER:
    case RESULT_AMOUNT:
    case RESULT_RATE:
        return "numeric";
    case RESULT_DAY:
        return "date";
    case RESULT_JSON_TEXT:
        return "jsonb";
    case RESULT_TEXT:
    case RESULT_LONG_TEXT:
    case RESULT_EXACT:
        break;
    }
    return "text";
}

static void protect(const char *table, struct buffer *out)
{
    buffer_printf(out,
                  "CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON vouch.%s"
                  " FOR EACH STATEMENT EXECUTE FUNCTION vouch.refuse_change();",
                  table);
}

static void add_table(const struct postgres_table *entry, struct buffer *out)
{
    const struct result_table *table = entry->result;
    buffer_printf(out, "CREATE TABLE vouch.%s (run text NOT NULL, ", table->sql);
    for (int i = 0; i < table->count; i++) {
        const struct result_column *column = &table->columns[i];
        if (column->marks & RESULT_SQL)
            buffer_printf(out, "%s %s%s, ", postgres_column_name(column), type_of(column),
                          column->marks & RESULT_NEEDED ? " NOT NULL" : "");
    }
    buffer_printf(out, "%s);", entry->keys);
    protect(table->sql, out);
}

void postgres_schema_add(struct buffer *out)
{
    buffer_add_text(out, run_table);
    protect("run", out);
    for (int i = 0; i < POSTGRES_TABLES; i++)
        add_table(&postgres_tables[i], out);
    buffer_add_text(out, views);
}
