// SPDX-License-Identifier: MIT
#include "engine/rules/refusal.h"

// The table, and field (-1: none), of "table" or "table.field".
static int find(const struct control *control, const struct data *data, const char *setting,
                const char *name, int *table, int *field, struct error *error)
{
    const char *column;
    *table = model_find_table_of(data->model, name, &column);
    *field = *table < 0 || !column ? -1 : model_find_field(&data->model->tables[*table], column);
    if (*table < 0 || (column && *field < 0))
        return error_set(error, ERROR_USAGE, control->id, "%s: the model has no %s", setting, name);
    return 0;
}

static int assumption_of(const struct data *data, int table, int field)
{
    const struct table *rows = &data->tables[table];
    int assumption = field < 0 ? rows->assumption : rows->columns[field].assumption;
    bool stated = assumption && data->assumptions[assumption].origin == ORIGIN_ENGAGEMENT;
    return stated ? 0 : assumption;
}

static int find_needed(const struct control *control, const struct data *data, struct arena *arena,
                       struct rests *needed, struct error *error)
{
    for (int i = 0; i < control->need_count; i++) {
        int table, field;
        if (find(control, data, "needs", control->needs[i], &table, &field, error) != 0)
            return -1;
        rests_add(arena, needed, assumption_of(data, table, field));
    }
    return 0;
}

static int find_compared(const struct control *control, const struct data *data,
                         struct arena *arena, struct rests *compared, struct error *error)
{
    for (int i = 0; i < control->compare_count; i++) {
        int table, field, other_table, other_field;
        if (find(control, data, "compares", control->compares[i], &table, &field, error) != 0)
            return -1;
        int assumption = field < 0 ? 0 : assumption_of(data, table, field);
        for (int other = 0; other < control->compare_count && assumption; other++) {
            if (find(control, data, "compares", control->compares[other], &other_table,
                     &other_field, error) != 0)
                return -1;
            if (other != i && assumption_comes_from(data, assumption, other_table, other_field))
                rests_add(arena, compared, assumption);
        }
    }
    return 0;
}

int refusals_find(const struct control *control, const struct data *data, struct arena *arena,
                  struct rests *needed, struct rests *compared, struct error *error)
{
    if (!data->assumptions) // of data that were not sealed
        return 0;
    return find_needed(control, data, arena, needed, error) != 0
               ? -1
               : find_compared(control, data, arena, compared, error);
}
