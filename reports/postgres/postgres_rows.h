// SPDX-License-Identifier: MIT
// The rows of a run in a database: each table of the schema `vouch` but `run`, which has the
// columns of a table of results after the run's own, in the text format of COPY.
#ifndef VOUCH_POSTGRES_ROWS_H
#define VOUCH_POSTGRES_ROWS_H

#include "engine/base/buffer.h"
#include "reports/files/result_table.h"

struct postgres_table {
    const struct result_table *result;
    const char *keys; // constraints, as SQL
};

// In an order that satisfies their references; defined in postgres_schema.c.
enum { POSTGRES_TABLES = 8 };
extern const struct postgres_table postgres_tables[POSTGRES_TABLES];

// What the database calls it, where it is marked with RESULT_SQL.
const char *postgres_column_name(const struct result_column *column);

// "COPY vouch.exception (run, id, ...) FROM STDIN"
void postgres_copy_add(const struct result_table *table, struct buffer *sql);

// Gives all rows of the table to `send`, whole ones, piece by piece. `hash` identifies the run.
void postgres_table_send(const struct result_table *table, const struct run *run, const char *hash,
                         void (*send)(void *context, const struct buffer *bytes), void *context);

#endif
