// SPDX-License-Identifier: MIT
#include "engine/data/extent.h"

#include "engine/base/calendar.h"

void extent_declare(struct data *data, int table, int from, int to)
{
    data->extents =
        arena_extend(data->arena, data->extents, data->extent_count, sizeof *data->extents);
    data->extents[data->extent_count++] = (struct extent){table, from, to};
}

static int first_end(const struct data *data, int table)
{
    int end = CALENDAR_DAY_MAX;
    for (size_t i = 0; i < data->extent_count; i++)
        if (data->extents[i].table == table && data->extents[i].to < end)
            end = data->extents[i].to;
    return end;
}

// The end of a source that goes on from a day; that day where none does.
static int continued(const struct data *data, int table, int end)
{
    for (size_t i = 0; i < data->extent_count; i++) {
        const struct extent *it = &data->extents[i];
        if (it->table == table && it->to > end && (it->from == end || it->from == end + 1))
            return it->to;
    }
    return end;
}

void extent_find(struct data *data)
{
    for (int table = 0; table < data->model->table_count; table++) {
        int end = first_end(data, table), next;
        while (end < CALENDAR_DAY_MAX && (next = continued(data, table, end)) > end)
            end = next;
        data->tables[table].covered_to = end < data->scope.as_of ? end : data->scope.as_of;
    }
}
