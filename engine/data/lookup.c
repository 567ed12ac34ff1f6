// SPDX-License-Identifier: MIT
#include "engine/data/lookup.h"

#include "engine/base/memory.h"
#include "engine/data/data_inside.h"

#include <stdlib.h>
#include <string.h>

struct lookup {
    int table, field_count;
    int fields[LOOKUP_FIELDS_MAX];
    struct row_index *index;
    struct lookup *next;
};

struct lookups {
    const struct data *data;
    struct lookup *first;
};

struct lookups *lookups_new(const struct data *data)
{
    struct lookups *lookups = memory_new(1, sizeof *lookups);
    lookups->data = data;
    return lookups;
}

void lookups_free(struct lookups *lookups)
{
    if (!lookups)
        return;
    for (struct lookup *at = lookups->first, *next; at; at = next) {
        next = at->next;
        row_index_free(at->index);
        free(at);
    }
    free(lookups);
}

struct sorting {
    const struct data *data;
    int table;
};

static void sort(void *context, uint32_t *rows, size_t count)
{
    const struct sorting *sorting = context;
    data_sort_rows(sorting->data, sorting->table, rows, count);
}

const struct row_index *lookups_index(struct lookups *lookups, int table, const int *fields,
                                      int field_count)
{
    for (const struct lookup *at = lookups->first; at; at = at->next)
        if (at->table == table && at->field_count == field_count &&
            memcmp(at->fields, fields, (size_t)field_count * sizeof *fields) == 0)
            return at->index;
    struct sorting sorting = {lookups->data, table};
    struct lookup *made = memory_new(1, sizeof *made);
    made->table = table;
    made->field_count = field_count;
    memcpy(made->fields, fields, (size_t)field_count * sizeof *fields);
    made->index = row_index_new(&lookups->data->tables[table], fields, field_count);
    row_index_sort(made->index, sort, &sorting);
    made->next = lookups->first;
    lookups->first = made;
    return made->index;
}
