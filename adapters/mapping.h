// SPDX-License-Identifier: MIT
// A mapping: which column of a source fills which field of a table, and how its texts are read.
// Compiled from an import's `columns`, or, without them, from headers that equal field names.
#ifndef VOUCH_MAPPING_H
#define VOUCH_MAPPING_H

#include "engine/base/arena.h"
#include "engine/base/error.h"
#include "engine/base/total.h"
#include "engine/data/part.h"

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

struct mapping;

// The columns of a source as it presents them.
struct source_columns {
    const char *const *names; // NULL for a source without a header
    size_t count;
    const char *source; // the source's name, for messages
    // Columns that `with` adds behind them, called "name.column".
    const char *const *beside;
    size_t beside_count;
};

// What a column is called: by its header without what cell_bare takes off, or "column 3" from 1. It
// stands in the arena.
char *source_column_name(struct arena *arena, const struct source_columns *columns, size_t column);

// Compiles `declaration`, an import: its `columns` (absent: headers are field names) and `null`.
// `where` names the declaration ("audit.lua:12") for what is wrong with it. NULL with `error` set:
// ERROR_USAGE for a wrong declaration, a missing or doubled header. The caller frees.
struct mapping *mapping_new(const struct model *model, int table, const json_t *declaration,
                            const struct source_columns *columns, const char *where,
                            struct error *error);
void mapping_free(struct mapping *mapping);

// The key column that nothing fills, where that is all that is wrong; NULL.
const struct field *mapping_missing_key(const struct model *model, int table,
                                        const json_t *declaration,
                                        const struct source_columns *columns);

// Checks what can be known of a declaration before its source is read: fields, formats, constants.
int mapping_check(const struct model *model, int table, const json_t *declaration,
                  const char *where, struct error *error);

// Is the field filled from the source, by a constant, or by a computation?
bool mapping_fills(const struct mapping *mapping, int field);

// Adds the mapping's columns to a new part; the mapping must live as long as the part is filled.
void mapping_add_columns(const struct mapping *mapping, struct part *part);

// Puts one record, `fields` as many as the source has columns, into the part's current row. The row
// is left for the caller to end.
void mapping_put(const struct mapping *mapping, struct part *part, const struct text *fields);

// The same where lines are numbered (`number`): the field that takes the number, or -1.
void mapping_put_numbered(const struct mapping *mapping, struct part *part,
                          const struct text *fields, int64_t number);
int mapping_numbered(const struct mapping *mapping);

// The source's column, counted from 0, that `given` names: a header, or a number from 1. `setting`
// is what asks, for messages. -1 with `error` when there is none, or two.
int mapping_column(const struct mapping *mapping, const json_t *given, const char *setting,
                   const struct source_columns *columns, const char *where, struct error *error);

// The source's column that fills a field as it stands, or -1.
int mapping_source(const struct mapping *mapping, int field);

// Does anything read that column of the source?
bool mapping_uses(const struct mapping *mapping, size_t column);

// The fields that `sum` adds up; their number.
size_t mapping_sums(const struct mapping *mapping, int *fields);

// A column of numbers that means others with a decimal comma: those that can mean two are not read.
void mapping_doubt(struct mapping *mapping, int field);

// Adds the key that a record has in its columns, as data_key writes it; false when it has none.
bool mapping_key(const struct mapping *mapping, const struct text *fields, struct buffer *key);

// Adds a record's numbers to `totals`, by number of the mapped column; and their texts:
// "amount=1.50; ...".
size_t mapping_count(const struct mapping *mapping);
void mapping_add_amounts(const struct mapping *mapping, const struct text *fields,
                         struct total *totals, bool *any);
void mapping_format_amounts(const struct mapping *mapping, const struct total *totals,
                            const bool *any, struct buffer *out);

// Source columns that fill nothing, as a new JSON array of their names.
json_t *mapping_unmapped(const struct mapping *mapping);

// What fills what, as a new JSON array, for the run record.
json_t *mapping_describe(const struct mapping *mapping);

#endif
