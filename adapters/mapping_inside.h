// SPDX-License-Identifier: MIT
// Inside of mapping.c and mapping_format.c.
#ifndef VOUCH_MAPPING_INSIDE_H
#define VOUCH_MAPPING_INSIDE_H

#include "adapters/mapping.h"

struct text_list {
    char **items;
    int count;
};

struct mapped_column {
    int field;
    int source;     // column of the source, counted from 0; -1: a constant
    char *label;    // the source's own name, for problems
    char *constant; // NULL: none
    struct cell_format format;
    bool has_format;
    int mark; // source column whose texts turn the sign; -1: none
    struct text_list marks;
};

void text_list_add(struct text_list *list, const char *text);
void text_list_clear(struct text_list *list);

// Reads format, decimal, group, map and null of one entry of `columns` into `column`;
// `shared_nulls` is the import's own `null`, or NULL.
int mapped_column_read_format(struct mapped_column *column, const struct field *field,
                              const json_t *entry, const json_t *shared_nulls, const char *where,
                              struct error *error);

void mapped_column_clear(struct mapped_column *column);

#endif
