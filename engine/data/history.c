// SPDX-License-Identifier: MIT
#include "engine/data/history.h"

#include "engine/base/memory.h"
#include "engine/base/reason.h"
#include "engine/data/data.h"
#include "engine/data/data_inside.h"
#include "engine/data/statement.h"

#include <string.h>

static const char *text_of(const json_t *object, const char *name)
{
    const char *text = json_string_value(json_object_get(object, name));
    return text ? text : "";
}

int history_declare(struct model *model, int index, const json_t *declaration, struct error *error)
{
    struct model_table *table = &model->tables[index];
    const json_t *item = json_object_get(declaration, "history");
    if (!item)
        return 0;
    struct history *history = arena_take(model->arena, 1, sizeof *history);
    const json_t *kinds = json_object_get(item, "kinds");
    history->list = model_find_reverse(table, text_of(item, "list"));
    const struct model_table *rows =
        history->list < 0 ? NULL : &model->tables[table->reverses[history->list].table];
    history->kind = rows ? model_find_field(rows, text_of(item, "kind")) : -1;
    if (history->kind < 0)
        return error_set(error, ERROR_USAGE, table->name,
                         "history wants { list = a list of the table, kind = a field of its rows, "
                         "kinds = { ... }, at = , by = }");
    history->kinds = arena_take(model->arena, json_array_size(kinds), sizeof *history->kinds);
    for (size_t i = 0; i < json_array_size(kinds); i++)
        history->kinds[history->kind_count++] =
            arena_text(model->arena, json_string_value(json_array_get(kinds, i)));
    if (model_find_path(model, index, text_of(item, "at"), &history->at, error) != 0 ||
        model_find_path(model, index, text_of(item, "by"), &history->by, error) != 0)
        return -1;
    table->history = history;
    return 0;
}

// What is being measured of one table.
struct measure {
    struct data *data;
    int table;
    const struct history *history;
    int64_t kinds[8]; // words of the kinds
    int kind_count;
};

static bool is_recorded(const struct measure *it, uint32_t row)
{
    const struct reverse *reverse = &it->data->model->tables[it->table].reverses[it->history->list];
    const struct row_lists *lists = &it->data->tables[it->table].reverses[it->history->list];
    const struct column *kinds = &it->data->tables[reverse->table].columns[it->history->kind];
    for (uint32_t at = lists->offsets[row]; at < lists->offsets[row + 1]; at++)
        for (int i = 0; i < it->kind_count; i++)
            if (column_get(kinds, lists->rows[at]) == it->kinds[i])
                return true;
    return false;
}

// Whether its header says that a person did it, by the day of the audit, and on which day.
static bool is_in_header(const struct data *data, int table, int64_t row, int *day)
{
    const struct history *history = data->model->tables[table].history;
    if (!data_day(data, table, &history->at, row, day) || *day > data->scope.as_of)
        return false;
    int64_t who = data_walk(data, table, &history->by, row);
    return who <= CELL_INVALID || !data_is_system(data, (uint32_t)who);
}

static bool is_of_period(const struct data *data, int day)
{
    return day >= data->scope.from && day <= data->scope.to;
}

static void measure(struct measure *it, struct history_share *share)
{
    int day;
    for (uint32_t row = 0; row < it->data->tables[it->table].rows; row++) {
        if (!is_in_header(it->data, it->table, row, &day) || !is_of_period(it->data, day))
            continue;
        share->headers++;
        share->recorded += is_recorded(it, row);
    }
}

static void report_share(const struct measure *it, const struct history_share *share)
{
    struct data *data = it->data;
    const struct model_table *table = &data->model->tables[it->table];
    int list = table->reverses[it->history->list].table;
    struct buffer reason = {0};
    reason_set_with(&reason, REASON_PARTIAL_HISTORY,
                    "%zu" REASON_AND "%zu" REASON_AND "%s" REASON_AND "%s", share->recorded,
                    share->headers, table->name, data->model->tables[list].name);
    problem_add(&data->problems, PROBLEM_PARTIAL_EXTRACT, list, data_source(&data->tables[list], 0),
                0, NULL, NULL, 0, buffer_text(&reason));
    buffer_clear(&reason);
}

static void report_headers(const struct measure *it, const struct history_share *share)
{
    struct data *data = it->data;
    const struct table *rows = &data->tables[it->table];
    int day;
    for (uint32_t row = 0; row < rows->rows; row++) {
        if (!is_in_header(data, it->table, row, &day) || is_recorded(it, row) ||
            !(share->complete || is_of_period(data, day)))
            continue;
        struct buffer value = {0}, reason = {0};
        int field = it->history->at.field;
        data_format(data, it->table, row, field, &value);
        reason_set(&reason, REASON_NOT_IN_HISTORY);
        problem_add(&data->problems, PROBLEM_NOT_IN_HISTORY, it->table, data_source(rows, row),
                    column_get(&rows->lines, row), rows->definition->fields[field].name,
                    buffer_text(&value), value.length, buffer_text(&reason));
        buffer_clear(&value);
        buffer_clear(&reason);
    }
}

static void find_words(struct measure *it, int list)
{
    for (int i = 0; i < it->history->kind_count && it->kind_count < 8; i++) {
        const char *kind = it->history->kinds[i];
        int64_t word = data_word(it->data, list, it->history->kind, kind, strlen(kind));
        if (word > CELL_INVALID)
            it->kinds[it->kind_count++] = word;
    }
}

static void find_share(struct data *data, int table)
{
    struct measure it = {
        .data = data, .table = table, .history = data->model->tables[table].history};
    struct table *rows = &data->tables[table];
    struct history_share *share = &rows->history;
    int list = data->model->tables[table].reverses[it.history->list].table;
    share->complete = statement_find(data, STATE_COMPLETE, list, -1) != NULL;
    if (!rows->imported || !column_is_there(&rows->columns[it.history->at.field]) ||
        !data->tables[list].imported || !rows->reverses[it.history->list].offsets)
        return;
    find_words(&it, list);
    measure(&it, share);
    share->decides =
        share->complete ||
        (share->headers > 0 && share->recorded * 100 >= share->headers * (size_t)data->history_pct);
    if (share->decides)
        report_headers(&it, share);
    else if (share->recorded < share->headers)
        report_share(&it, share);
    if (!share->complete)
        share->header = data_assume_header(data, table, it.history->at.field,
                                           (uint32_t)(share->headers - share->recorded));
}

void history_find(struct data *data)
{
    for (int table = 0; table < data->model->table_count; table++)
        if (data->model->tables[table].history)
            find_share(data, table);
}

bool history_has_header(const struct data *data, int table, int64_t row)
{
    const struct path *at = &data->model->tables[table].history->at;
    return data_walk(data, table, at, row) != CELL_NULL;
}

bool history_decides(const struct data *data, int table, int64_t row)
{
    const struct history_share *share = &data->tables[table].history;
    int day;
    return share->complete ||
           (share->decides && is_in_header(data, table, row, &day) && is_of_period(data, day));
}
