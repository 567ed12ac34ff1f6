// SPDX-License-Identifier: MIT
#include "reports/figures/system_actors.h"

#include <stdlib.h>
#include <string.h>

// In the period that is audited, or of no day.
static bool is_in_scope(const struct data *data, int table, uint32_t row)
{
    int day;
    if (!data_visible(data, table, row))
        return false;
    return !data_row_day(data, table, row, &day) ||
           (day >= data->scope.from && day <= data->scope.to);
}

static struct system_act *find_act(struct system_acts *acts, const char *user, int table, int field)
{
    for (size_t i = 0; i < acts->count; i++) {
        struct system_act *it = &acts->items[i];
        if (it->table == table && it->field == field && strcmp(it->user, user) == 0)
            return it;
    }
    acts->items = arena_extend(acts->arena, acts->items, acts->count, sizeof *acts->items);
    acts->items[acts->count] = (struct system_act){
        .user = user, .table = table, .field = field, .amounts = {.arena = acts->arena}};
    return &acts->items[acts->count++];
}

static void add_row(struct system_acts *acts, const struct data *data, int table, int field,
                    uint32_t row, uint32_t id)
{
    struct decimal amount;
    struct system_act *act = find_act(acts, dictionary_get(data->texts, id).bytes, table, field);
    act->documents++;
    if (!data_amount(data, table, row, &amount))
        return;
    uint32_t currency = data_currency(data, table, row);
    const char *name = dictionary_get(data->texts, currency).bytes;
    sum_add(sums_get(&act->amounts, AMOUNT_UNSTATED, name, false), total_of(amount));
}

static void add_column(struct system_acts *acts, const struct data *data, int table, int field)
{
    const struct table *rows = &data->tables[table];
    const struct column *column = &rows->columns[field];
    enum people people = rows->definition->fields[field].people;
    if (!column->imported || column->width == 0)
        return;
    for (uint32_t row = 0; row < rows->rows; row++) {
        int64_t word = column_get(column, row);
        bool by_system = word > CELL_INVALID &&
                         data_identify(data, (uint32_t)word, people).kind == IDENTITY_SYSTEM;
        if (by_system && is_in_scope(data, table, row))
            add_row(acts, data, table, field, row, (uint32_t)word);
    }
}

static const struct model *sorting;

static int compare_acts(const void *a, const void *b)
{
    const struct system_act *x = a, *y = b;
    const struct model_table *of_x = &sorting->tables[x->table], *of_y = &sorting->tables[y->table];
    int order = strcmp(x->user, y->user);
    if (order == 0)
        order = strcmp(of_x->name, of_y->name);
    return order ? order : strcmp(of_x->fields[x->field].name, of_y->fields[y->field].name);
}

void system_acts_init(struct system_acts *acts, struct arena *arena, const struct data *data)
{
    *acts = (struct system_acts){.arena = arena};
    if (!data_has_systems(data))
        return;
    for (int table = 0; table < data->model->table_count; table++) {
        const struct model_table *definition = &data->model->tables[table];
        for (int i = 0; data->tables[table].imported && i < definition->reference_count; i++) {
            const struct reference *reference = &definition->references[i];
            const struct path *from = reference->matches ? &reference->matches[0].from : NULL;
            if (reference->kind != REFERENCE_KEY || reference->target != data->employees ||
                reference->match_count != 1 || from->depth > 0 ||
                definition->fields[from->field].people == PEOPLE_EMPLOYEES)
                continue;
            add_column(acts, data, table, from->field);
        }
    }
    sorting = data->model;
    if (acts->count)
        qsort(acts->items, acts->count, sizeof *acts->items, compare_acts);
}
