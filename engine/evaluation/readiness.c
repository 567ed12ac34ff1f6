// SPDX-License-Identifier: MIT
#include "engine/evaluation/readiness.h"

#include "engine/base/memory.h"
#include "engine/base/reason.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

static void add_missing(struct readiness *readiness, int table, int field, bool always)
{
    for (int i = 0; i < readiness->missing_count; i++)
        if (readiness->missing[i].table == table && readiness->missing[i].field == field)
            return;
    readiness->missing = memory_resize(readiness->missing, (size_t)readiness->missing_count + 1,
                                       sizeof *readiness->missing);
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

// A control may accept no assumption of the model for something (`needs`).
static bool is_accepted(const struct control *control, const struct data *data, int assumption)
{
    struct buffer name = {0};
    const struct assumption *it = &data->assumptions[assumption];
    bool accepted = true;
    model_add_name(data->model, it->table, it->field, &name);
    for (int i = 0; i < control->need_count && it->origin != ORIGIN_ENGAGEMENT; i++)
        accepted = accepted && strcmp(control->needs[i], buffer_text(&name)) != 0;
    buffer_clear(&name);
    return accepted;
}

static void see(struct readiness *readiness, const struct control *control, const struct data *data,
                struct lack lack, bool there, int assumption)
{
    if (!there || (assumption && !is_accepted(control, data, assumption)))
        add_missing(readiness, lack.table, lack.field, lack.always);
    else
        rests_add(&readiness->assumed, assumption);
}

static void see_columns(struct readiness *readiness, const struct control *control,
                        const struct data *data, int table, const json_t *fields)
{
    const json_t *item;
    size_t at;
    json_array_foreach(fields, at, item)
    {
        int field = model_find_field(&data->model->tables[table], json_string_value(item));
        const struct column *column = field < 0 ? NULL : &data->tables[table].columns[field];
        if (column && !column->imported)
            see(readiness, control, data, (struct lack){table, field, false},
                column_is_there(column), column->assumption);
    }
}

void readiness_init(struct readiness *readiness, const struct control *control,
                    const struct data *data)
{
    const char *name;
    json_t *fields;
    *readiness = (struct readiness){0};
    see_populations(readiness, control, data);
    json_object_foreach(control->accesses, name, fields)
    {
        int table = model_find_table(data->model, name);
        const struct table *rows = table < 0 ? NULL : &data->tables[table];
        const char *demand = json_string_value(json_object_get(control->demands, name));
        bool optional = demand && strcmp(demand, "imported") == 0;
        bool always = !demand || strcmp(demand, "always") == 0;
        if (!rows || (!rows->imported && (optional || is_population(control, table))))
            continue;
        if (!rows->imported)
            see(readiness, control, data, (struct lack){table, -1, always}, rows->given,
                rows->assumption);
        if (table_is_there(rows))
            see_columns(readiness, control, data, table, fields);
    }
}

void readiness_clear(struct readiness *readiness)
{
    free(readiness->missing);
    rests_clear(&readiness->assumed);
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
