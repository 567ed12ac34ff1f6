// SPDX-License-Identifier: MIT
// Builds the reverse lists: for each row, the rows of another table that refer to it, in key order.
#include "engine/data/data_inside.h"

#include <string.h>

// Whether a row is dated after as_of: such rows are in no list.
bool data_visible(const struct data *data, int table, int64_t row)
{
    int day;
    const struct path *known = &data->model->tables[table].known;
    if (data->scope.as_of >= CALENDAR_DAY_MAX)
        return true;
    bool dated = known->field >= 0 ? data_day(data, table, known, row, &day)
                                   : data_row_day(data, table, row, &day);
    return !dated || day <= data->scope.as_of;
}

// What the lists of a referring table share.
struct listed {
    bool known, in_key_order;
    uint8_t *hidden; // by row: stands in no list; NULL: none
};

static void survey(const struct data *data, int table, struct arena *scratch, struct listed *listed)
{
    uint32_t rows = data->tables[table].rows;
    listed->known = listed->in_key_order = true;
    for (uint32_t row = 1; row < rows && listed->in_key_order; row++)
        listed->in_key_order = data_compare_keys(data, table, row - 1, row) <= 0;
    for (uint32_t row = 0; row < rows; row++) {
        if (data_visible(data, table, row))
            continue;
        if (!listed->hidden)
            listed->hidden = arena_take(scratch, rows, 1);
        listed->hidden[row] = 1;
    }
}

static void list_reverse(struct data *data, int table, int number, struct arena *scratch,
                         struct listed *listed)
{
    const struct reverse *reverse = &data->model->tables[table].reverses[number];
    const struct table *from = &data->tables[reverse->table];
    const struct link *link = &from->links[reverse->reference];
    struct row_lists *lists = &data->tables[table].reverses[number];
    uint32_t targets = data->tables[table].rows;
    if (!table_is_there(from) || link->missing || !table_is_there(&data->tables[table]))
        return;
    if (!listed->known)
        survey(data, reverse->table, scratch, listed);
    lists->offsets = arena_take(data->arena, (size_t)targets + 1, sizeof *lists->offsets);
    bool document = link->tables.width != 0;
    for (int pass = 0; pass < 2; pass++) {
        for (uint32_t row = 0; link->rows.width && row < from->rows; row++) {
            int64_t target = column_get(&link->rows, row);
            if (target < 0 || (document && column_get(&link->tables, row) != table) ||
                (listed->hidden && listed->hidden[row]))
                continue;
            if (pass == 0)
                lists->offsets[target + 1]++;
            else
                lists->rows[lists->offsets[target]++] = row;
        }
        if (pass == 0) {
            for (uint32_t i = 0; i < targets; i++)
                lists->offsets[i + 1] += lists->offsets[i];
            lists->rows = arena_take(data->arena, lists->offsets[targets], sizeof *lists->rows);
        }
    }
    // Filling moved each start to the next one's.
    memmove(lists->offsets + 1, lists->offsets, targets * sizeof *lists->offsets);
    lists->offsets[0] = 0;
    for (uint32_t i = 0; i < targets && !listed->in_key_order; i++)
        data_sort_rows(data, reverse->table, lists->rows + lists->offsets[i],
                       lists->offsets[i + 1] - lists->offsets[i]);
}

// What any list of a table rests on: that its rows can be read, and that those from after as_of are
// known as such.
static void list_rests(struct data *data, int table)
{
    const struct model_table *definition = &data->model->tables[table];
    struct rests *rests = &data->tables[table].listing;
    rests_add(data->arena, rests, data->tables[table].assumption);
    rests_add(data->arena, rests, data->tables[table].unrejected);
    if (data->scope.as_of >= CALENDAR_DAY_MAX || data->tables[table].rows == 0)
        return;
    if (definition->known.field >= 0) {
        data_path_rests(data, data->arena, table, &definition->known, rests);
        return;
    }
    data_path_rests(data, data->arena, table, &definition->period, rests);
    data_path_rests(data, data->arena, table, &definition->period_otherwise, rests);
}

void data_list(struct data *data)
{
    int tables = data->model->table_count;
    for (int i = 0; i < tables; i++)
        list_rests(data, i);
    struct arena *scratch = arena_new();
    struct listed *listed = arena_take(scratch, (size_t)tables, sizeof *listed);
    for (int i = 0; i < tables; i++)
        for (int number = 0; number < data->model->tables[i].reverse_count; number++)
            list_reverse(data, i, number, scratch,
                         &listed[data->model->tables[i].reverses[number].table]);
    arena_free(scratch);
}
