// SPDX-License-Identifier: MIT
// A mapping: which column of a source fills which field of a table, and how its texts are read.
// Compiled from an import's `columns`, or, without them, from headers that equal field names.
#ifndef VOUCH_MAPPING_H
#define VOUCH_MAPPING_H

#include "engine/base/error.h"
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
};

// Compiles `declaration`, an import: its `columns` (absent: headers are field names) and `null`.
// `where` names the declaration ("audit.lua:12") for what is wrong with it. NULL with `error` set:
// ERROR_USAGE for a wrong declaration, a missing or doubled header. The caller frees.
struct mapping *mapping_new(const struct model *model, int table, const json_t *declaration,
                            const struct source_columns *columns, const char *where,
                            struct error *error);
void mapping_free(struct mapping *mapping);

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

// Source columns that fill nothing, as a new JSON array of their names.
json_t *mapping_unmapped(const struct mapping *mapping);

// What fills what, as a new JSON array, for the run record.
json_t *mapping_describe(const struct mapping *mapping);

#endif
