// SPDX-License-Identifier: MIT
// Where a rule reads data. Nil from a row means that a field is empty or a reference leads nowhere,
// nothing else: what was not imported and may not be assumed, cannot be read, is ambiguous or is
// money of a second currency ends the row as untestable, with the reason, before the rule can
// compute with it. A name that was looked up is known again by the address of its text, of which
// Lua has one as long as it is short.
#include "engine/lua/script_row.h"

#include "engine/base/memory.h"
#include "engine/base/reason.h"
#include "engine/data/data.h"
#include "engine/lua/script_context.h"

#include <lauxlib.h>
#include <string.h>

_Noreturn void script_untestable(lua_State *L)
{
    script_push_mark(L, MARK_UNTESTABLE);
    lua_error(L);
    __builtin_unreachable();
}

static void explain_refusal(struct script_context *context, int assumption, bool compared)
{
    const struct assumption *it = &context->data->assumptions[assumption];
    struct buffer name = {0};
    model_add_name(context->data->model, it->table, it->field, &name);
    if (compared)
        reason_set_with(&context->reason, REASON_COMPARED, "%s", buffer_text(&name));
    else
        assumption_explain(context->data, it->table, it->field, &context->reason);
    buffer_clear(&name);
}

void script_rest(lua_State *L, int assumption)
{
    struct script_context *context = script_context_of(L);
    if (assumption == 0 || context->showing)
        return;
    uint64_t bit = UINT64_C(1) << (assumption % 64);
    if (context->rests[assumption / 64] & bit)
        return;
    if (context->refused && (context->refused[assumption / 64] & bit)) {
        explain_refusal(context, assumption, context->compared[assumption / 64] & bit);
        script_untestable(L);
    }
    context->rests[assumption / 64] |= bit;
    context->rests_any = true;
    script_rest_all(L, &context->data->assumptions[assumption].from);
}

void script_rest_all(lua_State *L, const struct rests *rests)
{
    for (int i = 0; i < rests->count; i++)
        script_rest(L, rests->items[i]);
}

void script_touch_currency(lua_State *L, uint32_t currency)
{
    struct script_context *context = script_context_of(L);
    if (context->currency == currency || context->currency_chosen)
        return;
    if (context->currency != DICTIONARY_NONE) {
        const struct dictionary *texts = context->data->texts;
        reason_set_with(&context->reason, REASON_MIXED_CURRENCIES, "%s" REASON_AND "%s",
                        dictionary_get(texts, context->currency).bytes,
                        dictionary_get(texts, currency).bytes);
        script_untestable(L);
    }
    context->currency = currency;
}

static void push_time(lua_State *L, const struct data *data, int64_t word)
{
    if (word & 1)
        script_push_date(L, zone_day(data->scope.zone, word >> 1));
    else
        script_push_timestamp(L, word >> 1);
}

void script_not_there(lua_State *L, int table, int field)
{
    struct script_context *context = script_context_of(L);
    assumption_explain(context->data, table, field, &context->reason);
    script_untestable(L);
}

static _Noreturn void invalid(lua_State *L, int table, int64_t row, int field)
{
    struct script_context *context = script_context_of(L);
    const struct data *data = context->data;
    const char *text = column_invalid_text(&data->tables[table].columns[field], (size_t)row);
    bool shown = text && *text;
    reason_set_with(&context->reason, shown ? REASON_UNREADABLE_TEXT : REASON_UNREADABLE,
                    "%s.%s%s%.80s", data->model->tables[table].name,
                    data->model->tables[table].fields[field].name, shown ? REASON_AND : "",
                    shown ? text : "");
    script_untestable(L);
}

static _Noreturn void empty(lua_State *L, int table, int field)
{
    struct script_context *context = script_context_of(L);
    struct buffer name = {0};
    model_add_name(context->data->model, table, field, &name);
    reason_set_with(&context->reason, REASON_EMPTY_CELL, "%s", buffer_text(&name));
    buffer_clear(&name);
    script_untestable(L);
}

void script_push_field(lua_State *L, int table, int64_t row, int field)
{
    const struct data *data = script_context_of(L)->data;
    const struct column *column = &data->tables[table].columns[field];
    const struct field *definition = &data->model->tables[table].fields[field];
    if (!column_is_there(column))
        script_not_there(L, table, field);
    script_rest(L, column->assumption);
    int64_t word = column_get(column, (size_t)row);
    if (word == CELL_NULL && column->worked_out) {
        int assumption = column->emptied;
        column = column->worked_out;
        word = column_get(column, (size_t)row);
        if (word <= CELL_INVALID)
            empty(L, table, field); // what it would be worked out from cannot be read either
        script_rest(L, assumption);
    }
    if (word <= CELL_INVALID) {
        if (word == CELL_INVALID)
            invalid(L, table, row, field);
        if (definition->empty_unknown)
            empty(L, table, field);
        lua_pushnil(L);
        return;
    }
    switch (definition->type) {
    case TYPE_MONEY:
        script_rest_all(L, &data->tables[table].currency_rests);
        script_touch_currency(L, data_currency(data, table, row));
        script_push_decimal(L, (struct decimal){word, column->scale});
        break;
    case TYPE_DECIMAL:
        script_push_decimal(L, (struct decimal){word, column->scale});
        break;
    case TYPE_TEXT: {
        struct text text = dictionary_get(data->texts, (uint32_t)word);
        lua_pushlstring(L, text.bytes, text.length);
        break;
    }
    case TYPE_ENUM:
        lua_pushstring(L, definition->values[word]);
        break;
    case TYPE_INT:
        lua_pushinteger(L, word);
        break;
    case TYPE_BOOL:
        lua_pushboolean(L, word != 0);
        break;
    case TYPE_DATE:
        script_push_date(L, (int)word);
        break;
    case TYPE_TIMESTAMP:
        push_time(L, data, word);
        break;
    }
}

void script_push_reference(lua_State *L, int table, int64_t row, int reference, bool asked)
{
    struct script_context *context = script_context_of(L);
    const struct link *link = &context->data->tables[table].links[reference];
    int target;
    if (link->missing) {
        buffer_reset(&context->reason);
        buffer_add_text(&context->reason, link->missing);
        script_untestable(L);
    }
    script_rest_all(L, &link->rests);
    int64_t found = data_follow(context->data, table, row, reference, &target);
    if (found >= 0) {
        script_push_row(L, target, found);
        return;
    }
    bool lost = found == ROW_NONE && data_dangles(context->data, table, row, reference);
    if (found == ROW_AMBIGUOUS || (lost && !asked)) {
        data_explain_link(context->data, table, row, reference, &context->reason);
        script_untestable(L);
    }
    // That there is none may be because its record was rejected.
    const struct reference *declared = &context->data->model->tables[table].references[reference];
    if (target >= 0 && (lost || declared->kind == REFERENCE_ASOF))
        script_rest(L, context->data->tables[target].unrejected);
    lua_pushnil(L);
}

static void push_reverse(lua_State *L, int table, int64_t row, int reverse)
{
    struct script_context *context = script_context_of(L);
    const struct data *data = context->data;
    const struct reverse *declared = &data->model->tables[table].reverses[reverse];
    const struct table *from = &data->tables[declared->table];
    if (!data->tables[table].reverses[reverse].offsets) {
        const char *missing = from->links[declared->reference].missing;
        if (!table_is_there(from))
            script_not_there(L, declared->table, -1);
        if (missing) {
            buffer_reset(&context->reason);
            buffer_add_text(&context->reason, missing);
        } else {
            reason_set(&context->reason, REASON_ROWS_NOT_IMPORTED);
        }
        script_untestable(L);
    }
    if (from->links[declared->reference].unlisted) {
        buffer_reset(&context->reason);
        buffer_add_text(&context->reason, from->links[declared->reference].unlisted);
        script_untestable(L);
    }
    script_rest_all(L, &from->listing);
    script_rest_all(L, &from->links[declared->reference].rests);
    script_rest_all(L, &from->links[declared->reference].lost);
    script_push_list(L, (struct list){table, reverse, row});
}

// Finds what a name on a row of `table` is and remembers it. The name is anchored in a table that
// only __index has, so that its address stays its own as long as the state lives.
static const struct access *learn(lua_State *L, int table, const char *name)
{
    struct script_context *context = script_context_of(L);
    const struct model_table *definition = &context->data->model->tables[table];
    struct access access = {.name = name, .table = table};
    if ((access.number = model_find_field(definition, name)) >= 0)
        access.kind = ACCESS_FIELD;
    else if ((access.number = model_find_reference(definition, name)) >= 0)
        access.kind = ACCESS_REFERENCE;
    else if ((access.number = model_find_reverse(definition, name)) >= 0)
        access.kind = ACCESS_REVERSE;
    else
        luaL_error(L, "%s has no field, reference or list named '%s'", definition->name, name);
    lua_pushvalue(L, 2);
    lua_pushboolean(L, 1);
    lua_rawset(L, lua_upvalueindex(1));
    struct access *slot =
        &context->cache[((uintptr_t)name >> 4 ^ (uintptr_t)table * 31) % ACCESS_CACHE];
    *slot = access;
    return slot;
}

static int row_index_name(lua_State *L, int table, int64_t row)
{
    struct script_context *context = script_context_of(L);
    if (lua_type(L, 2) != LUA_TSTRING)
        return luaL_error(L, "a row is read by name, not by a %s", script_value_type(L, 2));
    const char *name = lua_tostring(L, 2);
    const struct access *access =
        &context->cache[((uintptr_t)name >> 4 ^ (uintptr_t)table * 31) % ACCESS_CACHE];
    if (access->name != name || access->table != table)
        access = learn(L, table, name);
    switch (access->kind) {
    case ACCESS_FIELD:
        script_push_field(L, table, row, access->number);
        break;
    case ACCESS_REFERENCE:
        script_push_reference(L, table, row, access->number, false);
        break;
    case ACCESS_REVERSE:
        push_reverse(L, table, row, access->number);
        break;
    }
    return 1;
}

int64_t script_list_length(lua_State *L, struct list list)
{
    const struct data *data = script_context_of(L)->data;
    if (list.reverse == LIST_ALL)
        return data->tables[list.table].rows;
    const struct row_lists *lists = &data->tables[list.table].reverses[list.reverse];
    return lists->offsets[list.row + 1] - lists->offsets[list.row];
}

void script_push_list_row(lua_State *L, struct list list, int64_t position)
{
    const struct data *data = script_context_of(L)->data;
    if (position < 1 || position > script_list_length(L, list)) {
        lua_pushnil(L);
        return;
    }
    if (list.reverse == LIST_ALL) {
        script_push_row(L, list.table, position - 1);
        return;
    }
    const struct row_lists *lists = &data->tables[list.table].reverses[list.reverse];
    script_push_row(L, data->model->tables[list.table].reverses[list.reverse].table,
                    lists->rows[lists->offsets[list.row] + (uint32_t)position - 1]);
}

static int value_index(lua_State *L)
{
    switch (script_value_kind(L, 1)) {
    case WORD_ROW: {
        int table;
        int64_t row;
        script_get_row(L, 1, &table, &row);
        return row_index_name(L, table, row);
    }
    case WORD_LIST:
        if (!lua_isinteger(L, 2))
            return luaL_error(L, "a list is read by position, list[1]; its rows have the fields");
        script_push_list_row(L, script_get_list(L, 1), lua_tointeger(L, 2));
        return 1;
    case WORD_DECIMAL:
    case WORD_DATE:
    case WORD_TIMESTAMP:
    case WORD_MARK:
    case WORD_NONE:
        break;
    }
    if (lua_type(L, 2) == LUA_TSTRING)
        return luaL_error(L, "a %s has no field '%s'", script_value_type(L, 1), lua_tostring(L, 2));
    return luaL_error(L, "a %s has no fields", script_value_type(L, 1));
}

static int value_length(lua_State *L)
{
    if (script_value_kind(L, 1) != WORD_LIST)
        return luaL_error(L, "a %s has no length", script_value_type(L, 1));
    lua_pushinteger(L, script_list_length(L, script_get_list(L, 1)));
    return 1;
}

static int value_assign(lua_State *L)
{
    return luaL_error(L, "a %s cannot be changed", script_value_type(L, 1));
}

void script_row_install(lua_State *L)
{
    lua_pushlightuserdata(L, NULL);
    lua_getmetatable(L, -1); // any metatable
    lua_newtable(L);         // any metatable anchors
    lua_pushcclosure(L, value_index, 1);
    lua_setfield(L, -2, "__index");
    lua_pushcfunction(L, value_length);
    lua_setfield(L, -2, "__len");
    lua_pushcfunction(L, value_assign);
    lua_setfield(L, -2, "__newindex");
    lua_pop(L, 2);
}
