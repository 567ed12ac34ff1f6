// SPDX-License-Identifier: MIT
// What is asked of a model: tables, fields, references, lists and paths by their names.
#include "engine/data/model.h"

#include "engine/base/arena.h"
#include "engine/base/memory.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const type_names[] = {"text", "int",       "decimal", "money",
                                         "date", "timestamp", "bool",    "enum"};
_Static_assert(sizeof type_names / sizeof *type_names == TYPE_ENUM + 1, "a name for each type");

const char *type_name(enum type type)
{
    return type_names[type];
}

const char *const people_names[] = {
    [PEOPLE_EITHER] = "either", [PEOPLE_USERS] = "users", [PEOPLE_EMPLOYEES] = "employees", NULL};

void model_free(struct model *model)
{
    if (model)
        arena_free(model->arena); // in which it stands itself
}

int model_find_table(const struct model *model, const char *name)
{
    int low = 0, high = model->table_count;
    while (low < high) {
        int middle = low + (high - low) / 2, order = strcmp(name, model->tables[middle].name);
        if (order == 0)
            return middle;
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return -1;
}

int model_find_field(const struct model_table *table, const char *name)
{
    for (int i = 0; i < table->field_count; i++)
        if (strcmp(table->fields[i].name, name) == 0)
            return i;
    return -1;
}

int model_find_table_of(const struct model *model, const char *text, const char **rest)
{
    const char *dot = strchr(text, '.');
    char *name = dot ? memory_text_n(text, (size_t)(dot - text)) : memory_text(text);
    int table = model_find_table(model, name);
    free(name);
    *rest = dot ? dot + 1 : NULL;
    return table;
}

bool model_find_column(const struct model *model, const char *text, int *table, int *field)
{
    const char *name;
    *table = model_find_table_of(model, text, &name);
    *field = *table < 0 || !name ? -1 : model_find_field(&model->tables[*table], name);
    return *field >= 0;
}

void model_add_name(const struct model *model, int table, int field, struct buffer *out)
{
    buffer_add_text(out, model->tables[table].name);
    if (field >= 0)
        buffer_printf(out, ".%s", model->tables[table].fields[field].name);
}

int model_find_reference(const struct model_table *table, const char *name)
{
    for (int i = 0; i < table->reference_count; i++)
        if (strcmp(table->references[i].name, name) == 0)
            return i;
    return -1;
}

int model_find_reverse(const struct model_table *table, const char *name)
{
    for (int i = 0; i < table->reverse_count; i++)
        if (strcmp(table->reverses[i].name, name) == 0)
            return i;
    return -1;
}

static int find_path(const struct model *model, int table, const char *text, struct path *path,
                     struct error *error)
{
    const char *own = model->tables[table].name, *step = text, *dot;
    char name[256];
    for (; (dot = strchr(step, '.')); step = dot + 1) {
        const struct model_table *at = &model->tables[path->table];
        snprintf(name, sizeof name, "%.*s", (int)(dot - step), step);
        int reference = model_find_reference(at, name);
        if (reference < 0 || at->references[reference].target < 0)
            return error_set(error, ERROR_USAGE, own, "path %s: %s has no reference %.*s", text,
                             at->name, (int)(dot - step), step);
        if (path->depth == PATH_STEPS)
            return error_set(error, ERROR_USAGE, own, "path %s: more than %d steps", text,
                             PATH_STEPS);
        path->references[path->depth++] = reference;
        path->table = at->references[reference].target;
    }
    path->field = model_find_field(&model->tables[path->table], step);
    if (path->field < 0)
        return error_set(error, ERROR_USAGE, own, "path %s: %s has no field %s", text,
                         model->tables[path->table].name, step);
    return 0;
}

int model_find_path(const struct model *model, int table, const char *text, struct path *path,
                    struct error *error)
{
    *path = (struct path){.field = -1, .table = table};
    if (find_path(model, table, text, path, error) == 0)
        return 0;
    *path = (struct path){.field = -1};
    return -1;
}
