// SPDX-License-Identifier: MIT
#include "cli/provision.h"

#include "adapters/table_file.h"
#include "engine/base/memory.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>

struct provision {
    bool *tables; // by table index
};

static void add_table(struct provision *provision, int table)
{
    if (table >= 0)
        provision->tables[table] = true;
}

static int add_folder(struct provision *provision, const struct engagement *engagement,
                      const char *folder, struct error *error)
{
    struct buffer path = {0};
    if (folder[0] != '/')
        buffer_printf(&path, "%s/", engagement->folder);
    buffer_add_text(&path, folder);
    DIR *directory = opendir(buffer_text(&path));
    if (!directory) {
        error_set_errno(error, ERROR_SOURCE, buffer_text(&path), "the folder cannot be read");
        buffer_clear(&path);
        return -1;
    }
    for (struct dirent *entry; (entry = readdir(directory));)
        add_table(provision, table_file_find(engagement->model, entry->d_name));
    closedir(directory);
    buffer_clear(&path);
    return 0;
}

static int add_import(struct provision *provision, const struct engagement *engagement,
                      const json_t *import, struct error *error)
{
    const char *folder = json_string_value(json_object_get(import, "folder"));
    const char *table = json_string_value(json_object_get(import, "table"));
    if (table) {
        add_table(provision, model_find_table(engagement->model, table));
        return 0;
    }
    if (folder)
        return add_folder(provision, engagement, folder, error);
    // A whole database: what it holds is known only when it is read.
    for (int i = 0; i < engagement->model->table_count; i++)
        provision->tables[i] = true;
    return 0;
}

struct provision *provision_new(const struct engagement *engagement, struct error *error)
{
    struct provision *provision = memory_new(1, sizeof *provision);
    provision->tables = memory_new((size_t)engagement->model->table_count, sizeof(bool));
    for (size_t i = 0; i < json_array_size(engagement->imports); i++)
        if (add_import(provision, engagement, json_array_get(engagement->imports, i), error) != 0) {
            provision_free(provision);
            return NULL;
        }
    return provision;
}

void provision_free(struct provision *provision)
{
    if (provision)
        free(provision->tables);
    free(provision);
}

static bool demands(const struct control *control, const char *table, const char *how)
{
    const char *demand = json_string_value(json_object_get(control->demands, table));
    return strcmp(demand ? demand : "always", how) == 0;
}

static int add_missing(const struct provision *provision, const struct model *model, int table,
                       int already, struct buffer *out)
{
    if (table < 0 || provision->tables[table])
        return 0;
    buffer_printf(out, "%s%s", already ? ", " : "", model->tables[table].name);
    return 1;
}

int provision_missing(const struct provision *provision, const struct model *model,
                      const struct control *control, struct buffer *out)
{
    int missing = 0;
    const char *name;
    json_t *fields;
    // A control of several populations runs on those that are there.
    bool any = false;
    for (int i = 0; i < control->population_count; i++)
        any = any || provision->tables[control->populations[i]];
    for (int i = 0; !any && i < control->population_count; i++)
        missing += add_missing(provision, model, control->populations[i], missing, out);
    json_object_foreach(control->accesses, name, fields)
    {
        int table = model_find_table(model, name);
        bool is_population = false;
        for (int i = 0; i < control->population_count; i++)
            is_population = is_population || control->populations[i] == table;
        if (!is_population && demands(control, name, "always"))
            missing += add_missing(provision, model, table, missing, out);
    }
    return missing;
}

int provision_wanting(const struct provision *provision, const struct model *model,
                      const struct control *control, struct buffer *out)
{
    int wanting = 0;
    const char *name;
    json_t *fields;
    json_object_foreach(control->accesses, name, fields)
    {
        if (demands(control, name, "sometimes"))
            wanting += add_missing(provision, model, model_find_table(model, name), wanting, out);
    }
    return wanting;
}
