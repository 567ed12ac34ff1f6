// SPDX-License-Identifier: MIT
// Inside of intake.c, intake_check.c and intake_rows.c.
#ifndef VOUCH_INTAKE_INSIDE_H
#define VOUCH_INTAKE_INSIDE_H

#include "adapters/intake.h"
#include "engine/base/buffer.h"

struct beside;

enum { INTAKE_BESIDES_MAX = 16 };

struct kept_record {
    int64_t line;
    size_t at;    // of its cells in intake->bytes
    size_t first; // of its cells' lengths
    uint32_t count;
    size_t raw, length; // of its first line, where it cannot be split
    const char *reason; // NULL, or why it cannot be split
};

// A file that lends its columns.
struct lent {
    struct beside *file;
    size_t here; // the source's column that holds its key
};

struct intake {
    struct arena *arena; // the feed's: of what neither grows with the records nor is used again
    size_t columns;      // of the source
    const char **labels; // of the columns that are lent, which stand behind them
    size_t label_count;
    const char **names; // of all columns
    struct lent *besides;
    size_t beside_count;
    const json_t *where;
    int *where_columns; // of its patterns
    int64_t skip_end;
    bool distinct;
    size_t *fill; // columns; the first begins a document
    size_t fill_count;
    struct buffer *above; // by fill: the value that an empty cell takes
    bool filling;         // there is a document that cells may be taken from
    int within;           // the column within whose values lines are numbered; -1: they are not
    struct dictionary *numbers;
    int64_t *counts; // by its code
    size_t count_capacity;
    uint32_t last_number; // code of the record before
    bool any_number;

    struct kept_record *records;
    size_t record_count, record_capacity;
    uint32_t *lengths;
    size_t length_count, length_capacity;
    struct buffer bytes;
    int64_t last_line;       // of the last record
    unsigned char *screened; // by record, as enum screened; NULL: nothing is left out
    const char *failure;     // why `where` failed first
};

// Keeps the names of all columns, as the mapping calls them.
void intake_name_columns(struct intake *intake, const struct source_columns *columns);

// The record's cells, as many as there are columns with those that are lent; what it lacks is
// empty.
void intake_fields(const struct intake *intake, const struct kept_record *record,
                   struct text *fields);

#endif
