// SPDX-License-Identifier: MIT
// Ids that name what is not in the data. An extract may be partial, so nobody can tell whether
// there is no such row or only none here: a rule that follows such a reference cannot test its row,
// and a column of which more than one id in fifty leads nowhere says that the extract of its target
// is partial.
#include "engine/base/reason.h"
#include "engine/data/data_inside.h"

#include <stdio.h>

enum { PARTIAL_IN = 50 };

// What a row names by a reference, its columns joined by "/", and the last column of its own.
static const char *dangling_value(const struct data *data, int table,
                                  const struct reference *reference, int64_t row,
                                  struct buffer *value)
{
    const char *column = NULL;
    if (reference->kind == REFERENCE_DOCUMENT) {
        data_format(data, table, row, reference->id_field, value);
        return data->model->tables[table].fields[reference->id_field].name;
    }
    for (int i = 0; i < reference->match_count; i++) {
        const struct match *match = &reference->matches[i];
        int64_t word = data_walk(data, table, &match->from, row);
        const struct path *from = word == CELL_NULL ? &match->otherwise : &match->from;
        if (i)
            buffer_add_byte(value, '/');
        if (from->depth == 0 && from->field >= 0) {
            data_format(data, table, row, from->field, value);
            column = data->model->tables[table].fields[from->field].name;
        } else if (from->field >= 0) {
            int64_t last = row;
            int last_table = table;
            for (int step = 0; step < from->depth && last >= 0; step++)
                last = data_follow(data, last_table, last, from->references[step], &last_table);
            if (last >= 0)
                data_format(data, last_table, last, from->field, value);
        }
    }
    return column ? column : reference->name;
}

// The name of the table that it would be in.
static void dangling_target(const struct data *data, int table, const struct reference *reference,
                            int64_t row, struct buffer *target)
{
    if (reference->kind == REFERENCE_DOCUMENT)
        data_format(data, table, row, reference->kind_field, target);
    else
        buffer_add_text(target, data->model->tables[reference->target].name);
}

// The one field by which a reference finds rows of its target; -1 where there are several, or none.
static int naming_field(const struct data *data, const struct reference *reference, int target)
{
    if (target < 0)
        return -1;
    const struct model_table *definition = &data->model->tables[target];
    if (reference->kind == REFERENCE_DOCUMENT)
        return definition->key_count == 1 ? definition->key[0] : -1;
    bool single = reference->match_count == 1 && reference->matches[0].to.depth == 0;
    return single ? reference->matches[0].to.field : -1;
}

void data_add_dangling(struct data *data, int table, uint32_t row, int number)
{
    const struct reference *reference = &data->model->tables[table].references[number];
    const struct table *rows = &data->tables[table];
    struct link *link = &data->tables[table].links[number];
    struct buffer value = {0}, target = {0}, reason = {0};
    link->dangling =
        arena_extend(data->arena, link->dangling, link->dangling_count, sizeof *link->dangling);
    link->dangling[link->dangling_count++] = row;
    const char *column = dangling_value(data, table, reference, row, &value);
    dangling_target(data, table, reference, row, &target);
    int wanted = model_find_table(data->model, buffer_text(&target));
    int field = naming_field(data, reference, wanted);
    if (field < 0 || !data_nearest_id(data, wanted, field, buffer_text(&value), &reason))
        reason_set_with(&reason, REASON_NO_SUCH_TARGET, "%s", buffer_text(&target));
    problem_add(&data->problems, PROBLEM_DANGLING_REFERENCE, table, data_source(rows, row),
                column_get(&rows->lines, row), column, buffer_text(&value), value.length,
                buffer_text(&reason))
        ->target = wanted;
    buffer_clear(&value);
    buffer_clear(&target);
    buffer_clear(&reason);
}

bool data_dangles(const struct data *data, int table, int64_t row, int reference)
{
    const struct link *link = &data->tables[table].links[reference];
    size_t low = 0, high = link->dangling_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (link->dangling[middle] < row)
            low = middle + 1;
        else
            high = middle;
    }
    return low < link->dangling_count && link->dangling[low] == row;
}

void data_explain_dangling(const struct data *data, int table, int64_t row, int number,
                           struct buffer *out)
{
    const struct reference *reference = &data->model->tables[table].references[number];
    struct buffer value = {0}, target = {0};
    dangling_value(data, table, reference, row, &value);
    dangling_target(data, table, reference, row, &target);
    reason_set_with(out, REASON_NOT_IN_DATA, "%s" REASON_AND "%.80s", buffer_text(&target),
                    buffer_text(&value));
    buffer_clear(&value);
    buffer_clear(&target);
}

static void report_partial(struct data *data, int table, const struct reference *reference,
                           const char *target, size_t lost, size_t named)
{
    const struct table *rows = &data->tables[table];
    const struct model_table *definition = &data->model->tables[table];
    const char *column = reference->name;
    if (reference->kind == REFERENCE_DOCUMENT) {
        column = definition->fields[reference->id_field].name;
    } else {
        const struct path *last = &reference->matches[reference->match_count - 1].from;
        if (last->depth == 0)
            column = definition->fields[last->field].name;
    }
    struct buffer reason = {0};
    reason_set_with(&reason, REASON_PARTIAL_EXTRACT,
                    "%s" REASON_AND "%zu" REASON_AND "%zu" REASON_AND "%s.%s", target, lost, named,
                    definition->name, column);
    problem_add(&data->problems, PROBLEM_PARTIAL_EXTRACT, table, data_source(rows, 0), 0, column,
                NULL, 0, buffer_text(&reason));
    buffer_clear(&reason);
}

// Of a reference by kind each kind by itself.
static void find_partial_documents(struct data *data, int table, int number)
{
    const struct link *link = &data->tables[table].links[number];
    const struct reference *reference = &data->model->tables[table].references[number];
    int tables = data->model->table_count;
    struct arena *scratch = arena_new();
    size_t *lost = arena_take(scratch, (size_t)tables, sizeof *lost);
    size_t *named = arena_take(scratch, (size_t)tables, sizeof *named);
    for (uint32_t row = 0; row < data->tables[table].rows; row++) {
        int64_t target = column_get(&link->tables, row);
        if (target >= 0)
            named[target]++;
    }
    for (size_t i = 0; i < link->dangling_count; i++) {
        struct buffer kind = {0};
        dangling_target(data, table, reference, link->dangling[i], &kind);
        int target = model_find_table(data->model, buffer_text(&kind));
        if (target >= 0) {
            named[target]++;
            lost[target]++;
        }
        buffer_clear(&kind);
    }
    for (int target = 0; target < tables; target++)
        if (lost[target] * PARTIAL_IN > named[target])
            report_partial(data, table, reference, data->model->tables[target].name, lost[target],
                           named[target]);
    arena_free(scratch);
}

void data_find_partial(struct data *data)
{
    for (int table = 0; table < data->model->table_count; table++)
        for (int i = 0; i < data->model->tables[table].reference_count; i++) {
            const struct link *link = &data->tables[table].links[i];
            const struct reference *reference = &data->model->tables[table].references[i];
            if (link->dangling_count == 0)
                continue;
            if (reference->kind == REFERENCE_DOCUMENT)
                find_partial_documents(data, table, i);
            else if (link->dangling_count * PARTIAL_IN > link->named)
                report_partial(data, table, reference, data->model->tables[reference->target].name,
                               link->dangling_count, link->named);
        }
}
