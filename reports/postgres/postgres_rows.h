// SPDX-License-Identifier: MIT
// The rows of a run in a database: each table of the schema `vouch` but `run`, in the text format
// of COPY. Its columns have the names they have in the CSV results.
#ifndef VOUCH_POSTGRES_ROWS_H
#define VOUCH_POSTGRES_ROWS_H

#include "engine/base/buffer.h"
#include "reports/figures/run.h"

// In an order that satisfies their references.
enum postgres_table {
    POSTGRES_CONTROL_RESULT,
    POSTGRES_CONTROL_AMOUNT,
    POSTGRES_EXCEPTION,
    POSTGRES_EVIDENCE,
    POSTGRES_WAIVER,
    POSTGRES_DATA_PROBLEM,
    POSTGRES_TABLES
};

// "exception (run, id, ...)": its name and columns, as COPY takes them.
const char *postgres_table_columns(enum postgres_table table);

// Gives all rows of the table to `send`, whole ones, piece by piece. `hash` identifies the run.
void postgres_table_send(enum postgres_table table, const struct run *run, const char *hash,
                         void (*send)(void *context, const struct buffer *bytes), void *context);

#endif
