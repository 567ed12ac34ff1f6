// SPDX-License-Identifier: MIT
// Deciding, in one pass over the model, what is given in place of what was not imported. A table or
// column is given where the engagement states it, or where the model assumes it and nothing in the
// data speaks against that: an id that names a row of the table, a value that the declaration names
// as a contradiction. The ids that stand for a master that was not imported become its rows, with
// nothing but their key, so that references to it are followed as if it were there.
#include "engine/data/assumption.h"

#include "engine/base/memory.h"
#include "engine/base/reason.h"
#include "engine/data/data.h"
#include "engine/data/data_inside.h"
#include "engine/data/statement.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

bool rests_has(const struct rests *rests, int assumption)
{
    for (int i = 0; i < rests->count; i++)
        if (rests->items[i] == assumption)
            return true;
    return false;
}

void rests_add(struct arena *arena, struct rests *rests, int assumption)
{
    if (!rests || assumption == 0 || rests_has(rests, assumption))
        return;
    rests->items = arena_extend(arena, rests->items, (size_t)rests->count, sizeof *rests->items);
    rests->items[rests->count++] = (uint16_t)assumption;
}

void rests_add_all(struct arena *arena, struct rests *rests, const struct rests *more)
{
    for (int i = 0; i < more->count; i++)
        rests_add(arena, rests, more->items[i]);
}

// Number 0 is none.
static void add_none(struct data *data)
{
    data->assumptions = arena_extend(data->arena, NULL, 0, sizeof *data->assumptions);
    data->assumption_count = 1;
}

static uint16_t add_assumption(struct data *data, struct assumption assumption)
{
    if (data->assumption_count == 0)
        add_none(data);
    if (data->assumption_count == UINT16_MAX)
        memory_exhausted();
    data->assumptions = arena_extend(data->arena, data->assumptions, (size_t)data->assumption_count,
                                     sizeof *data->assumptions);
    data->assumptions[data->assumption_count] = assumption;
    return (uint16_t)data->assumption_count++;
}

// ---- what speaks against an assumption

static const char *column_name(const struct data *data, int table, int field)
{
    struct buffer name = {0};
    model_add_name(data->model, table, field, &name);
    return arena_text_of(data->arena, &name);
}

// Whether any row of the column has a value; `value` NULL: any at all.
static bool column_has(const struct data *data, int table, int field, const char *value)
{
    const struct table *rows = &data->tables[table];
    const struct column *column = &rows->columns[field];
    int64_t wanted = value ? data_word(data, table, field, value, strlen(value)) : CELL_NULL;
    if (!rows->imported || !column->imported || column->width == 0 ||
        (value && wanted <= CELL_INVALID))
        return false;
    for (uint32_t row = 0; row < rows->rows; row++) {
        int64_t word = column_get(column, row);
        if (value ? word == wanted : word != CELL_NULL)
            return true;
    }
    return false;
}

static const char *find_contradiction(const struct data *data, const struct absence *absence)
{
    for (int i = 0; absence && i < absence->contradiction_count; i++) {
        const struct contradiction *it = &absence->contradictions[i];
        if (it->field < 0 ? data->tables[it->table].imported && data->tables[it->table].rows > 0
                          : column_has(data, it->table, it->field, it->value))
            return column_name(data, it->table, it->field);
    }
    return NULL;
}

// Whether a document reference of that table names rows of `target`.
static bool document_names(const struct data *data, int table, const struct reference *reference,
                           int target)
{
    if (!data->tables[table].columns[reference->id_field].imported)
        return false;
    if (column_has(data, table, reference->kind_field, data->model->tables[target].name))
        return true;
    for (int i = 0; i < reference->document_count; i++)
        if (reference->documents[i].table == target &&
            column_has(data, table, reference->kind_field, reference->documents[i].text))
            return true;
    return false;
}

// What names rows of a table that was not imported: "sales_order.contract_id"; NULL: nothing.
static const char *find_naming(const struct data *data, int target)
{
    for (int table = 0; table < data->model->table_count; table++) {
        const struct model_table *definition = &data->model->tables[table];
        for (int i = 0; data->tables[table].imported && i < definition->reference_count; i++) {
            const struct reference *reference = &definition->references[i];
            if (reference->kind == REFERENCE_DOCUMENT) {
                if (document_names(data, table, reference, target))
                    return column_name(data, table, reference->kind_field);
                continue;
            }
            const struct column *column = data_naming_column(data, table, i, target);
            int field = column ? (int)(column - data->tables[table].columns) : -1;
            if (column && !reference->optional && column_has(data, table, field, NULL))
                return column_name(data, table, field);
        }
    }
    return NULL;
}

// ---- what is given

// All cells of a column that was not imported hold what the text says.
static bool give_value(struct data *data, int table, int field, const char *text)
{
    struct column *column = &data->tables[table].columns[field];
    const struct field *definition = &data->model->tables[table].fields[field];
    struct cell_value value = {.is = CELL_IS_NULL};
    if (text && *text &&
        cell_parse(NULL, definition, data->scope.zone, text, strlen(text), &value, NULL) != 0)
        return false;
    int64_t word = value.is == CELL_IS_NUMBER ? value.number.coefficient
                   : value.is == CELL_IS_TEXT
                       ? (int64_t)dictionary_add(data->texts, value.text.bytes, value.text.length)
                       : value.word;
    column->given = true;
    if (value.is == CELL_IS_NULL)
        return true;
    column->scale = value.is == CELL_IS_NUMBER ? (uint8_t)value.number.scale : 0;
    column_allocate(column, data->tables[table].rows, word, word);
    for (uint32_t row = 0; row < data->tables[table].rows; row++)
        column_set(column, row, word);
    return true;
}

// What is known of a table or column before the data are asked. `value`: as the engagement states
// it; NULL: it does not.
static struct assumption assumption_about(const struct data *data, int table, int field,
                                          const struct absence *absence, const char *value)
{
    bool refused = data->refuses_all || statement_find(data, STATE_REFUSE, table, field) != NULL;
    return (struct assumption){
        .table = table,
        .field = field,
        .absence = absence,
        .value = value,
        .origin = value     ? ORIGIN_ENGAGEMENT
                  : absence ? ORIGIN_MODEL
                            : ORIGIN_NONE,
        .accuses = !absence || absence->accuses,
        .acquits = !absence || absence->acquits,
        .refused = !value && refused,
    };
}

uint16_t data_assume_header(struct data *data, int table, int field, uint32_t rows)
{
    struct assumption assumption = assumption_about(data, table, field, NULL, NULL);
    assumption.kind = ASSUMED_HEADER;
    assumption.origin = ORIGIN_MODEL;
    assumption.given = !assumption.refused;
    assumption.rows = rows;
    return add_assumption(data, assumption);
}

static void assume_column(struct data *data, int table, int field)
{
    struct column *column = &data->tables[table].columns[field];
    const struct absence *absence = data->model->tables[table].fields[field].absence;
    const struct statement *stated = statement_find(data, STATE_ASSUME, table, field);
    struct assumption assumption =
        assumption_about(data, table, field, absence, stated ? stated->value : NULL);
    if (absence && !stated)
        assumption.contradiction = find_contradiction(data, absence);
    bool may = !assumption.refused && !assumption.contradiction;
    if (stated)
        assumption.given = give_value(data, table, field, stated->value);
    else if (may && absence && absence->kind != ABSENCE_DERIVED)
        assumption.given = give_value(data, table, field, absence->value);
    column->assumption = add_assumption(data, assumption);
}

// The ids that others name become the rows of a master that was not imported.
static void give_ids(struct data *data, int target)
{
    const struct model *model = data->model;
    const struct model_table *definition = &model->tables[target];
    struct table *rows = &data->tables[target];
    uint32_t count = dictionary_count(data->texts), found = 0;
    bool *named = memory_new((size_t)count + 1, sizeof *named);
    for (int table = 0; table < model->table_count; table++)
        for (int i = 0; data->tables[table].imported && i < model->tables[table].reference_count;
             i++) {
            const struct column *column = data_naming_column(data, table, i, target);
            for (uint32_t row = 0; column && column->width && row < data->tables[table].rows;
                 row++) {
                int64_t word = column_get(column, row);
                if (word < 0 || word >= count || named[word])
                    continue;
                named[word] = true;
                found++;
            }
        }
    struct column *key = &rows->columns[definition->key[0]];
    rows->rows = found;
    column_allocate(key, found, 0, count);
    key->imported = true; // it is what the rows are made of
    uint32_t row = 0;
    for (uint32_t word = 0; word < count; word++)
        if (named[word])
            column_set(key, row++, word);
    free(named);
}

static void assume_table(struct data *data, int table)
{
    const struct model_table *definition = &data->model->tables[table];
    const struct absence *absence = definition->absence;
    bool stated = statement_find(data, STATE_NONE, table, -1) != NULL;
    struct assumption assumption =
        assumption_about(data, table, -1, absence, stated ? "none" : NULL);
    bool ids = absence && absence->kind == ABSENCE_IDS && !stated;
    if (stated || absence)
        assumption.contradiction = find_contradiction(data, absence);
    if (!assumption.contradiction && !ids && (stated || absence))
        assumption.contradiction = find_naming(data, table);
    assumption.given = (stated || absence) && !assumption.refused && !assumption.contradiction &&
                       (!ids || (definition->key_count == 1 &&
                                 definition->fields[definition->key[0]].type == TYPE_TEXT));
    data->tables[table].given = assumption.given;
    if (assumption.given && ids)
        give_ids(data, table);
    data->tables[table].assumption = add_assumption(data, assumption);
}

// Cells that are empty where that tells nothing are worked out as those of a column that was not
// imported would be: so lists are exported that state the net amount of some lines and the gross
// amount of others.
static void assume_empty(struct data *data, int table, int field)
{
    const struct field *definition = &data->model->tables[table].fields[field];
    const struct absence *absence = definition->absence;
    struct column *column = &data->tables[table].columns[field];
    uint32_t empty = 0;
    if (!definition->empty_unknown || !absence || absence->kind != ABSENCE_DERIVED)
        return;
    for (uint32_t row = 0; row < data->tables[table].rows; row++)
        empty += column_get(column, row) == CELL_NULL;
    struct assumption assumption = assumption_about(data, table, field, absence, NULL);
    if (empty == 0 || assumption.refused || find_contradiction(data, absence))
        return;
    assumption.kind = ASSUMED_EMPTY;
    assumption.rows = empty;
    column->emptied = add_assumption(data, assumption);
}

static void assume_columns(struct data *data, int table)
{
    struct table *rows = &data->tables[table];
    bool empty = rows->rows == 0 && rows->records_rejected == 0 &&
                 rows->records_left_out[LEFT_OUT_CONDITION] == 0 &&
                 rows->records_left_out[LEFT_OUT_FOOTER] == 0;
    for (int field = 0; field < rows->definition->field_count; field++) {
        struct column *column = &rows->columns[field];
        if (column->imported && column->invalid_count)
            column->unreadable =
                add_assumption(data, (struct assumption){ASSUMED_READABLE, table, field,
                                                         .accuses = true, .acquits = true,
                                                         .rows = (uint32_t)column->invalid_count});
        if (column->imported) {
            assume_empty(data, table, field);
            continue;
        }
        if (empty)
            column->given = true; // a table with no rows needs no columns
        else
            assume_column(data, table, field);
    }
    if (!empty)
        rows->ungrouped =
            add_assumption(data, (struct assumption){ASSUMED_GROUPED, table, -1, .accuses = true,
                                                     .acquits = true});
    if (rows->records_rejected)
        rows->unrejected = add_assumption(
            data, (struct assumption){ASSUMED_UNREJECTED, table, -1, .accuses = true,
                                      .acquits = true, .rows = (uint32_t)rows->records_rejected});
}

// Who may not record something, and has it empty in every row, does not record it.
static void find_unrecorded(struct table *rows)
{
    for (int field = 0; field < rows->definition->field_count; field++) {
        struct column *column = &rows->columns[field];
        if (!rows->definition->fields[field].maybe_recorded || !column->imported ||
            column->width != 0 || column->invalid_count)
            continue;
        column->imported = false;
        column->unrecorded = true;
    }
}

static void assume_rates(struct data *data)
{
    int table = model_find_table(data->model, "exchange_rate");
    int field = table < 0 ? -1 : model_find_field(&data->model->tables[table], "rate_date");
    if (field >= 0 && data->tables[table].imported)
        data->carried = add_assumption(
            data, (struct assumption){ASSUMED_CARRIED, table, field, .accuses = true,
                                      .acquits = true, .rows = (uint32_t)data->scope.rate_days});
}

void data_assume(struct data *data)
{
    int tables = data->model->table_count;
    for (int i = 0; i < tables; i++)
        if (!data->tables[i].imported)
            assume_table(data, i);
    for (int i = 0; i < tables; i++)
        if (data->tables[i].imported && data->tables[i].rows > 0 && !data->all_recorded)
            find_unrecorded(&data->tables[i]);
    for (int i = 0; i < tables; i++)
        if (table_is_there(&data->tables[i]))
            assume_columns(data, i);
    assume_rates(data);
}

// ---- how assumptions are told

void assumption_taken(const struct data *data, int number, struct buffer *out)
{
    const struct assumption *it = &data->assumptions[number];
    if (it->kind == ASSUMED_GROUPED)
        buffer_add_text(out, "without rows of no known group");
    else if (it->kind == ASSUMED_HEADER)
        buffer_add_text(out, "without history");
    else if (it->kind == ASSUMED_CARRIED)
        buffer_printf(out, "carried forward up to %u days", it->rows);
    else if (it->kind == ASSUMED_UNREJECTED)
        buffer_printf(out, "without %u rejected records", it->rows);
    else if (it->kind == ASSUMED_READABLE)
        buffer_printf(out, "without %u unreadable cells", it->rows);
    else if (it->kind == ASSUMED_EMPTY)
        buffer_printf(out, "%s where empty", absence_taken(it->absence));
    else if (it->value)
        buffer_add_text(out, it->value);
    else if (it->given && it->absence)
        buffer_add_text(out, absence_taken(it->absence));
    else
        buffer_add_text(out, "not imported");
}

const char *assumption_origin_name(enum assumption_origin origin)
{
    static const char *const names[] = {
        [ORIGIN_MODEL] = "model", [ORIGIN_ENGAGEMENT] = "engagement", [ORIGIN_NONE] = "data"};
    return names[origin];
}

void assumption_name(const struct data *data, int number, struct buffer *out)
{
    const struct assumption *it = &data->assumptions[number];
    model_add_name(data->model, it->table, it->field, out);
    buffer_add_byte(out, '=');
    assumption_taken(data, number, out);
}

void assumption_sentence(const struct data *data, int number, const char *language,
                         struct buffer *out)
{
    const struct assumption *it = &data->assumptions[number];
    bool zh = language && strcmp(language, "zh") == 0;
    const char *declared = it->absence ? zh ? it->absence->zh : it->absence->en : "";
    if (it->kind == ASSUMED_ABSENT && it->given && it->absence && !it->value) {
        buffer_add_text(out, declared);
        return;
    }
    struct buffer reason = {0}, column = {0};
    model_add_name(data->model, it->table, it->field, &column);
    const char *name = buffer_text(&column);
    const struct history_share *history = &data->tables[it->table].history;
    if (it->kind == ASSUMED_HEADER)
        reason_set_with(&reason, REASON_HEADER_STANDS,
                        "%s" REASON_AND "%zu" REASON_AND "%zu" REASON_AND "%d", name,
                        history->recorded, history->headers, data->history_pct);
    else if (it->kind == ASSUMED_GROUPED)
        reason_set_with(&reason, REASON_WITHOUT_UNGROUPED, "%s", name);
    else if (it->kind == ASSUMED_CARRIED)
        reason_set_with(&reason, REASON_RATE_CARRIED, "%u", it->rows);
    else if (it->kind == ASSUMED_EMPTY)
        reason_set_with(&reason, REASON_EMPTY_CELLS, "%s" REASON_AND "%u", name, it->rows);
    else if (it->kind != ASSUMED_ABSENT)
        reason_set_with(&reason,
                        it->kind == ASSUMED_READABLE ? REASON_WITHOUT_UNREADABLE
                                                     : REASON_WITHOUT_REJECTED,
                        "%u" REASON_AND "%s", it->rows, name);
    else if (it->value)
        reason_set_with(&reason, REASON_STATED_AS, "%s" REASON_AND "%s", name, it->value);
    else
        assumption_explain(data, it->table, it->field, &reason);
    reason_add(buffer_text(&reason), language, out);
    if (it->kind == ASSUMED_EMPTY)
        buffer_add_text(out, declared);
    buffer_clear(&reason);
    buffer_clear(&column);
}

static bool comes_from(const struct data *data, const struct assumption *it, int table, int field,
                       int depth)
{
    enum { DEPTH_MAX = 8 }; // ways that go in a circle are not gone
    for (int way = 0; it->ways >> way && depth < DEPTH_MAX; way++)
        for (int i = 0; (it->ways >> way & 1) && i < it->absence->ways[way].operand_count; i++) {
            const struct path *path = &it->absence->ways[way].operands[i].path;
            int next = data->tables[path->table].columns[path->field].assumption;
            if ((path->table == table && path->field == field) ||
                (next && comes_from(data, &data->assumptions[next], table, field, depth + 1)))
                return true;
        }
    return false;
}

bool assumption_comes_from(const struct data *data, int assumption, int table, int field)
{
    return comes_from(data, &data->assumptions[assumption], table, field, 0);
}

void assumption_explain_header(const struct data *data, int number, struct buffer *reason)
{
    const struct assumption *it = &data->assumptions[number];
    const struct history *history = data->model->tables[it->table].history;
    struct buffer name = {0};
    model_add_name(data->model, it->table, it->field, &name);
    int list = data->model->tables[it->table].reverses[history->list].table;
    reason_set_with(reason, REASON_HEADER_REFUSED, "%s" REASON_AND "%s",
                    data->model->tables[list].name, buffer_text(&name));
    buffer_clear(&name);
}

void assumption_explain(const struct data *data, int table, int field, struct buffer *reason)
{
    const struct table *rows = &data->tables[table];
    struct buffer column = {0};
    model_add_name(data->model, table, field, &column);
    const char *name = buffer_text(&column);
    int number = field < 0 ? rows->assumption : rows->columns[field].assumption;
    const struct assumption *it = number ? &data->assumptions[number] : NULL;
    if (it && it->refused && it->absence)
        reason_set_with(reason, REASON_REFUSED, "%s", name);
    else if (it && it->contradiction)
        reason_set_with(reason, REASON_CONTRADICTED, "%s" REASON_AND "%s", name, it->contradiction);
    else if (field >= 0 && rows->columns[field].unrecorded)
        reason_set_with(reason, REASON_EMPTY_COLUMN, "%s" REASON_AND "%u", name, rows->rows);
    else
        reason_set_with(reason, REASON_NOT_IMPORTED, "%s", name);
    buffer_clear(&column);
}
