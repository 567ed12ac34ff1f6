// SPDX-License-Identifier: MIT
// The child evaluates every computed field of every row and sends texts; the parent reads them like
// cells.
#include "engine/lua/computation.h"

#include "engine/base/memory.h"
#include "engine/base/process.h"
#include "engine/base/reason.h"
#include "engine/data/data.h"
#include "engine/lua/sandbox.h"
#include "engine/lua/script_source.h"
#include "engine/lua/script_value.h"
#include "engine/lua/tester.h"
#include "engine/lua/vocabulary.h"

#include <lauxlib.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// One function over the rows of one source.
struct computed {
    int table, field, function;
    uint32_t first, next;
};

struct job {
    const struct engagement *engagement;
    struct data *data;
    struct computed *items;
    size_t count;
};

// The spans of a table know the source; the source's details know what is computed.
static void list_computed(struct job *job)
{
    const struct data *data = job->data;
    for (int index = 0; index < data->model->table_count; index++) {
        const struct table *table = &data->tables[index];
        for (size_t span = 0; span < table->span_count; span++) {
            const json_t *columns =
                json_object_get(data->sources[table->spans[span].source].details, "columns");
            const json_t *column;
            size_t at;
            json_array_foreach(columns, at, column)
            {
                const json_t *function = json_object_get(column, "computed");
                const char *name = json_string_value(json_object_get(column, "field"));
                if (!function || !name)
                    continue;
                job->items = memory_resize(job->items, job->count + 1, sizeof *job->items);
                job->items[job->count++] = (struct computed){
                    index, model_find_field(table->definition, name),
                    (int)json_integer_value(function), table->spans[span].first,
                    span + 1 < table->span_count ? table->spans[span + 1].first : table->rows};
            }
        }
    }
}

// ---- in the child

// The row at hand, as functions see it.
struct shown {
    struct script_source source; // first: found from its address
    const struct data *data;
    const struct table *table;
    uint32_t row;
};

static bool find_column(const struct script_source *source, const char *label, struct text *text)
{
    const struct shown *shown = (const struct shown *)(const void *)source;
    const struct table *table = shown->table;
    for (size_t i = 0; i < table->source_column_count; i++) {
        if (strcmp(table->source_columns[i].label, label) != 0)
            continue;
        int64_t word = column_get(&table->source_columns[i].column, shown->row);
        *text = word > CELL_INVALID ? dictionary_get(shown->data->texts, (uint32_t)word)
                                    : (struct text){"", 0};
        return true;
    }
    return false;
}

static const char *column_label(const struct script_source *source, size_t number)
{
    const struct shown *shown = (const struct shown *)(const void *)source;
    return number < shown->table->source_column_count ? shown->table->source_columns[number].label
                                                      : NULL;
}

enum { RESULT_NULL = -1, RESULT_WRONG = -2 };

static void put_result(struct buffer *out, int64_t kind, const char *bytes, size_t length)
{
    int64_t header = kind < 0 ? kind : (int64_t)length;
    buffer_add(out, &header, sizeof header);
    if (kind == RESULT_WRONG) {
        header = (int64_t)length;
        buffer_add(out, &header, sizeof header);
    }
    if (kind != RESULT_NULL)
        buffer_add(out, bytes, length);
}

static void compute_row(lua_State *L, int function, struct buffer *out)
{
    struct script_context *context = script_context_of(L);
    struct buffer text = {0};
    vocabulary_push_computed(L, function);
    lua_pushvalue(L, 1);
    enum sandbox_outcome outcome = sandbox_call(L, 1, 1, 0);
    if (outcome != SANDBOX_DONE) {
        put_result(out, RESULT_WRONG, buffer_text(&context->reason), context->reason.length);
        lua_settop(L, 1);
        return;
    }
    if (lua_isnil(L, -1)) {
        put_result(out, RESULT_NULL, NULL, 0);
    } else if (script_value_text(L, lua_gettop(L), &text)) {
        put_result(out, 0, buffer_text(&text), text.length);
    } else {
        reason_set(&text, REASON_COMPUTED_NO_VALUE);
        put_result(out, RESULT_WRONG, buffer_text(&text), text.length);
    }
    buffer_clear(&text);
    lua_settop(L, 1);
}

static int compute(void *opaque, struct buffer *out, struct error *error)
{
    struct job *job = opaque;
    struct shown shown = {.source = {find_column, column_label}, .data = job->data};
    lua_State *L =
        script_source_load(job->engagement, job->data, &shown.source, "computed columns", error);
    if (!L)
        return -1;
    for (size_t i = 0; i < job->count; i++) {
        const struct computed *item = &job->items[i];
        shown.table = &job->data->tables[item->table];
        for (shown.row = item->first; shown.row < item->next; shown.row++)
            compute_row(L, item->function, out);
    }
    return 0;
}

// ---- in the parent

struct answers {
    const char *at;
    size_t left;
};

// The next result: its kind, RESULT_WRONG or RESULT_NULL, or a length; -3 when the answers end
// early.
static int64_t next_answer(struct answers *answers, const char **bytes, size_t *length)
{
    int64_t kind, size;
    if (answers->left < sizeof kind)
        return -3;
    memcpy(&kind, answers->at, sizeof kind);
    answers->at += sizeof kind;
    answers->left -= sizeof kind;
    size = kind;
    if (kind == RESULT_WRONG) {
        if (answers->left < sizeof size)
            return -3;
        memcpy(&size, answers->at, sizeof size);
        answers->at += sizeof size;
        answers->left -= sizeof size;
    }
    *length = kind == RESULT_NULL ? 0 : (size_t)size;
    if (*length > answers->left)
        return -3;
    *bytes = answers->at;
    answers->at += *length;
    answers->left -= *length;
    return kind;
}

// A column being rewritten: words at one scale that grows when a number asks for it.
struct rewrite {
    struct data *data;
    int table, field;
    int64_t *words;
    int scale;
    struct buffer reason; // why the cell at hand is invalid
};

static void rewrite_start(struct rewrite *rewrite, struct data *data, int table, int field)
{
    const struct table *rows = &data->tables[table];
    struct column *column = &rows->columns[field];
    *rewrite = (struct rewrite){.data = data, .table = table, .field = field};
    rewrite->words = memory_resize(NULL, rows->rows, sizeof *rewrite->words);
    rewrite->scale = column->scale;
    for (uint32_t row = 0; row < rows->rows; row++)
        rewrite->words[row] = column_get(column, row);
}

static void spoil(struct rewrite *rewrite, uint32_t row, const char *text, size_t length)
{
    const struct table *rows = &rewrite->data->tables[rewrite->table];
    problem_add(&rewrite->data->problems, PROBLEM_INVALID_CELL, rewrite->table,
                data_source(rows, row), column_get(&rows->lines, row),
                rows->definition->fields[rewrite->field].name, text, length,
                buffer_text(&rewrite->reason));
    struct column *column = &rewrite->data->tables[rewrite->table].columns[rewrite->field];
    column_add_invalid(column, rewrite->data->arena, row, text ? text : "", text ? length : 0);
    rewrite->words[row] = CELL_INVALID;
}

static bool refine(struct rewrite *rewrite, int scale)
{
    uint32_t rows = rewrite->data->tables[rewrite->table].rows;
    for (int pass = 0; pass < 2; pass++)
        for (uint32_t row = 0; row < rows; row++) {
            int64_t moved;
            if (rewrite->words[row] <= CELL_INVALID)
                continue;
            if (decimal_at_scale((struct decimal){rewrite->words[row], rewrite->scale}, scale,
                                 &moved) != 0)
                return false;
            if (pass == 1)
                rewrite->words[row] = moved;
        }
    rewrite->scale = scale;
    return true;
}

static void write_cell(struct rewrite *rewrite, uint32_t row, const char *text, size_t length)
{
    const struct field *field =
        &rewrite->data->tables[rewrite->table].definition->fields[rewrite->field];
    struct cell_value value;
    if (cell_parse(NULL, field, rewrite->data->scope.zone, text, length, &value,
                   &rewrite->reason) != 0) {
        spoil(rewrite, row, text, length);
        return;
    }
    switch (value.is) {
    case CELL_IS_NULL:
        rewrite->words[row] = CELL_NULL;
        break;
    case CELL_IS_WORD:
        rewrite->words[row] = value.word;
        break;
    case CELL_IS_TEXT:
        rewrite->words[row] =
            dictionary_add(rewrite->data->texts, value.text.bytes, value.text.length);
        break;
    case CELL_IS_NUMBER:
        if ((value.number.scale > rewrite->scale && !refine(rewrite, value.number.scale)) ||
            decimal_at_scale(value.number, rewrite->scale, &rewrite->words[row]) != 0) {
            reason_set(&rewrite->reason, REASON_NUMBER_DOES_NOT_FIT);
            spoil(rewrite, row, text, length);
        }
        break;
    }
}

static void rewrite_end(struct rewrite *rewrite)
{
    struct table *rows = &rewrite->data->tables[rewrite->table];
    struct column *column = &rows->columns[rewrite->field];
    column_pack(column, rewrite->words, rows->rows);
    column->scale = (uint8_t)rewrite->scale;
    column->imported = true;
    column_sort_invalid(column);
    free(rewrite->words);
    buffer_clear(&rewrite->reason);
}

static int take_answers(struct job *job, struct answers *answers)
{
    for (size_t i = 0; i < job->count; i++) {
        const struct computed *item = &job->items[i];
        struct rewrite rewrite;
        int result = 0;
        rewrite_start(&rewrite, job->data, item->table, item->field);
        for (uint32_t row = item->first; row < item->next && result == 0; row++) {
            const char *bytes = NULL;
            size_t length = 0;
            int64_t kind = next_answer(answers, &bytes, &length);
            if (kind == RESULT_WRONG) {
                reason_set_with(&rewrite.reason, REASON_COMPUTATION_FAILED, "%.*s",
                                (int)(length < 900 ? length : 900), bytes);
                spoil(&rewrite, row, NULL, 0);
            } else if (kind >= 0) {
                write_cell(&rewrite, row, bytes, length);
            } else if (kind != RESULT_NULL) {
                result = -1;
            }
        }
        rewrite_end(&rewrite);
        if (result != 0)
            return -1;
    }
    return 0;
}

// A record whose computed key is empty or cannot be read is no record, as with a key that stands in
// the source.
static void reject_keyless(struct data *data, int index)
{
    struct table *table = &data->tables[index];
    const struct model_table *definition = table->definition;
    bool *dropped = memory_new(table->rows, sizeof *dropped);
    struct buffer reason = {0};
    for (int i = 0; i < definition->key_count; i++) {
        const struct field *field = &definition->fields[definition->key[i]];
        const struct column *column = &table->columns[definition->key[i]];
        for (uint32_t row = 0; row < table->rows && !field->nullable; row++) {
            int64_t word = column_get(column, row);
            if (word > CELL_INVALID || dropped[row])
                continue;
            reason_set_with(&reason, word == CELL_NULL ? REASON_KEY_EMPTY : REASON_KEY_UNREADABLE,
                            "%s", field->name);
            problem_add(&data->problems, PROBLEM_REJECTED_RECORD, index, data_source(table, row),
                        column_get(&table->lines, row), field->name, NULL, 0, buffer_text(&reason));
            dropped[row] = true;
        }
    }
    data_drop_rows(data, index, dropped, &table->records_rejected);
    free(dropped);
    buffer_clear(&reason);
}

static void drop_source_columns(struct data *data)
{
    for (int i = 0; i < data->model->table_count; i++) {
        struct table *table = &data->tables[i];
        for (size_t column = 0; column < table->source_column_count; column++)
            column_clear(&table->source_columns[column].column);
        table->source_column_count = 0;
    }
}

int computation_run(const struct engagement *engagement, struct data *data, struct error *error)
{
    static const struct limits limits = {
        .cpu_seconds = 600, .wall_seconds = 900, .bytes = (size_t)4 << 30};
    struct job job = {engagement, data, NULL, 0};
    struct buffer out = {0};
    int result = 0;
    data_join(data);
    list_computed(&job);
    if (job.count) {
        result = process_run(compute, &job, &limits, "computed columns", &out, error);
        struct answers answers = {buffer_text(&out), out.length};
        if (result == 0 && take_answers(&job, &answers) != 0)
            result = error_set(error, ERROR_USAGE, "computed columns", "came back damaged");
        for (size_t i = 0; i < job.count && result == 0; i++)
            if (data->model->tables[job.items[i].table].fields[job.items[i].field].key)
                reject_keyless(data, job.items[i].table);
    }
    drop_source_columns(data);
    buffer_clear(&out);
    free(job.items);
    return result;
}
