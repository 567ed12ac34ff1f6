// SPDX-License-Identifier: MIT
// Inside of mapping.c and mapping_*.c.
#ifndef VOUCH_MAPPING_INSIDE_H
#define VOUCH_MAPPING_INSIDE_H

#include "adapters/mapping.h"

#include <stdbool.h>
#include <stddef.h>

struct text_list {
    char **items;
    int count;
};

struct mapped_column {
    struct arena *arena; // the mapping's, for what is read
    int field;
    int source;           // column of the source, counted from 0; -1: a constant
    const char *label;    // the source's own name, for problems
    const char *constant; // NULL: none
    struct cell_format format;
    bool has_format;
    int credit;   // `source` is the debit, and this column is taken from it; -1: none
    bool summed;  // added up where rows are merged
    bool counted; // takes the number of the line
    int mark;     // source column whose texts turn the sign; -1: none
    struct text_list marks;
};

struct mapping {
    struct arena *arena; // of all of it
    struct mapped_column *columns;
    int count;
    struct computed_column {
        int field;
        int function; // number of the engagement's function that computes it later
    } * computed;
    int computed_count;
    bool keeps_source;   // every source column is kept as text for the computed ones
    char **names;        // of the source's columns; "column 3" where there is no header
    bool *doubled;       // another column has the same name
    size_t source_count; // with those beside
    size_t own_count;    // without them
    const struct model_table *table;
    bool has_header;
};

void text_list_add(struct arena *arena, struct text_list *list, const char *text);

// Reads format, decimal, group, map and null of one entry of `columns` into `column`;
// `shared_nulls` is the import's own `null`, or NULL.
int mapped_column_read_format(struct mapped_column *column, const struct field *field,
                              const json_t *entry, const json_t *shared_nulls, const char *where,
                              struct error *error);

#endif
