// SPDX-License-Identifier: MIT
#include "engine/evaluation/readiness.h"

#include "engine/base/reason.h"
#include "engine/rules/refusal.h"

#include <jansson.h>
#include <string.h>

static void add_missing(struct readiness *readiness, int table, int field, bool always)
{
    for (int i = 0; i < readiness->missing_count; i++)
        if (readiness->missing[i].table == table && readiness->missing[i].field == field)
            return;
    readiness->missing = arena_extend(readiness->arena, readiness->missing,
                                      (size_t)readiness->missing_count, sizeof *readiness->missing);
    readiness->missing[readiness->missing_count++] = (struct lack){table, field, always};
}

static bool is_population(const struct control *control, int table)
{
    for (int i = 0; i < control->population_count; i++)
        if (control->populations[i] == table)
            return true;
    return false;
}

// Of several populations those that are there are tested: one is enough.
static void see_populations(struct readiness *readiness, const struct control *control,
                            const struct data *data)
{
    for (int i = 0; i < control->population_count; i++)
        if (data->tables[control->populations[i]].imported)
            return;
    for (int i = 0; i < control->population_count; i++)
        add_missing(readiness, control->populations[i], -1, true);
}

// What a control reads is looked at with what it does not accept.
struct seeing {
    struct readiness *readiness;
    const struct data *data;
    struct rests refused;
};

static void see(const struct seeing *seeing, struct lack lack, bool there, int assumption)
{
    if (!there || rests_has(&seeing->refused, assumption))
        add_missing(seeing->readiness, lack.table, lack.field, lack.always);
    else
        rests_add(seeing->readiness->arena, &seeing->readiness->assumed, assumption);
}

static void see_columns(const struct seeing *seeing, int table, const json_t *fields)
{
    const struct data *data = seeing->data;
    const json_t *item;
    size_t at;
    json_array_foreach(fields, at, item)
    {
        int field = model_find_field(&data->model->tables[table], json_string_value(item));
        const struct column *column = field < 0 ? NULL : &data->tables[table].columns[field];
        if (column && !column->imported)
            see(seeing, (struct lack){table, field, false}, column_is_there(column),
                column->assumption);
    }
}

void readiness_init(struct readiness *readiness, const struct control *control,
                    const struct data *data)
{
    const char *name;
    json_t *fields;
    struct seeing seeing = {.readiness = readiness, .data = data};
    struct error ignored = {
        0}; // of a name that the model has not: the control says so when it runs
    *readiness = (struct readiness){.arena = arena_new()};
    refusals_find(control, data, readiness->arena, &seeing.refused, &seeing.refused, &ignored);
    see_populations(readiness, control, data);
    json_object_foreach(control->decisive, name, fields)
    {
        int table = model_find_table(data->model, name);
        const struct table *rows = table < 0 ? NULL : &data->tables[table];
        const char *demand = json_string_value(json_object_get(control->demands, name));
        bool optional = demand && strcmp(demand, "imported") == 0;
        bool always = !demand || strcmp(demand, "always") == 0;
        if (!rows || (!rows->imported && (optional || is_population(control, table))))
            continue;
        if (!rows->imported)
            see(&seeing, (struct lack){table, -1, always}, rows->given, rows->assumption);
        if (table_is_there(rows))
            see_columns(&seeing, table, fields);
    }
}

void readiness_clear(struct readiness *readiness)
{
    arena_free(readiness->arena);
    *readiness = (struct readiness){0};
}

bool readiness_is_blocked(const struct readiness *readiness)
{
    for (int i = 0; i < readiness->missing_count; i++)
        if (readiness->missing[i].always)
            return true;
    return false;
}

void lack_name(const struct data *data, const struct lack *lack, struct buffer *out)
{
    model_add_name(data->model, lack->table, lack->field, out);
}

void readiness_names(const struct readiness *readiness, const struct data *data, struct buffer *out)
{
    for (int i = 0; i < readiness->missing_count; i++) {
        buffer_add_text(out, i ? REASON_LIST : "");
        lack_name(data, &readiness->missing[i], out);
    }
}
