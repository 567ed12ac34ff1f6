// SPDX-License-Identifier: MIT
// The columns of a table or query in PostgreSQL, and which of their types can be read.
#ifndef VOUCH_POSTGRES_COLUMN_H
#define VOUCH_POSTGRES_COLUMN_H

#include "engine/base/arena.h"
#include "engine/base/error.h"

#include <libpq-fe.h>
#include <stdbool.h>
#include <stddef.h>

struct postgres_column {
    const char *name;
    Oid type;
    const char *type_name; // as SQL writes it
    bool padded;           // char(n): the blanks at its end mean nothing
    bool zoned;            // a moment with an offset after it
    bool refused;          // a type that has no one text for a cell
    const char *cure;      // of a refused type: what to write in a query, with %s for the column
};

struct postgres_columns {
    struct arena *arena; // of the columns; whoever reads them sets it
    struct postgres_column *items;
    size_t count;
};

// Asks the server what `sql`, a query, returns; nothing is executed. `relation` as for
// postgres_fail. -1 with `error` when it is no query or names what does not exist.
int postgres_columns_read(struct postgres_columns *columns, PGconn *connection, const char *sql,
                          const char *relation, const char *where, struct error *error);

// The index of a column, or -1.
int postgres_columns_find(const struct postgres_columns *columns, const char *name);

// ERROR_SOURCE for a column of a refused type: its name, its type, and what to do.
int postgres_column_refuse(const struct postgres_column *column, const char *where,
                           struct error *error);

#endif
