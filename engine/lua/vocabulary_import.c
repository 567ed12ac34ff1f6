// SPDX-License-Identifier: MIT
// import.NAME and disable.
#include "engine/lua/vocabulary_inside.h"

#include "engine/base/memory.h"
#include "engine/base/mistake.h"
#include "engine/lua/script_json.h"
#include "engine/lua/script_value.h"
#include "engine/lua/vocabulary.h"

#include <lauxlib.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char vocabulary_computed[] = "vouch.computed";

static int keep_computed(lua_State *L)
{
    if (lua_getfield(L, LUA_REGISTRYINDEX, vocabulary_computed) == LUA_TNIL) {
        lua_pop(L, 1);
        lua_newtable(L);
        lua_pushvalue(L, -1);
        lua_setfield(L, LUA_REGISTRYINDEX, vocabulary_computed);
    }
    lua_pushvalue(L, -2);
    int number = (int)lua_rawlen(L, -2);
    lua_rawseti(L, -2, number + 1);
    lua_pop(L, 1);
    return number;
}

// negate = { "column", "value", ... } as {source, values}
static void negate_to_json(const struct place *place, json_t *column)
{
    json_t *negate = json_object_get(column, "negate");
    if (!negate)
        return;
    if (!json_is_array(negate) || json_array_size(negate) < 2)
        declare_wrong(place, mistake_DECLARED_NEGATE);
    json_t *shaped = json_object(), *values = json_array();
    json_object_set(shaped, json_is_integer(json_array_get(negate, 0)) ? "number" : "source",
                    json_array_get(negate, 0));
    for (size_t i = 1; i < json_array_size(negate); i++)
        json_array_append(values, json_array_get(negate, i));
    json_object_set_new(shaped, "values", values);
    json_object_set_new(column, "negate", shaped);
}

// map = { ["已审核"] = "approved" } as [["已审核", "approved"]], in the order of the source texts
static void map_to_json(const struct place *place, json_t *column)
{
    json_t *map = json_object_get(column, "map"), *value;
    if (!map)
        return;
    if (!json_is_object(map))
        declare_wrong(place, mistake_DECLARED_MAP);
    json_t *pairs = json_array();
    const char *from;
    json_object_foreach(map, from, value)
        json_array_append_new(pairs, json_pack("[s,O]", from, value));
    json_object_set_new(column, "map", pairs);
}

const struct setting vocabulary_column_settings[] = {
    {"format", .type = SETTING_TEXT},
    {"decimal", .type = SETTING_TEXT},
    {"group", .type = SETTING_TEXT},
    {"map", .type = SETTING_DATA},
    {"value", .type = SETTING_DATA},
    {"negate", .type = SETTING_DATA},
    {"null", .type = SETTING_DATA},
    {"round", .type = SETTING_DATA},
    {"debit", .type = SETTING_DATA},
    {"credit", .type = SETTING_DATA},
    {0},
};

static json_t *column_to_json(const struct place *place, int index, const char *field)
{
    lua_State *L = place->L;
    index = lua_absindex(L, index);
    json_t *column = json_object();
    json_object_set_new(column, "field", json_string(field));
    if (lua_isfunction(L, index)) {
        lua_pushvalue(L, index);
        int number = keep_computed(L);
        lua_pop(L, 1);
        json_object_set_new(column, "computed", json_integer(number));
        return column;
    }
    bool table = lua_istable(L, index);
    if (table) {
        declare_only(place, index, field, vocabulary_column_settings);
        lua_rawgeti(L, index, 1);
    } else {
        lua_pushvalue(L, index);
    }
    if (lua_isinteger(L, -1))
        json_object_set_new(column, "number", json_integer(lua_tointeger(L, -1)));
    else if (lua_type(L, -1) == LUA_TSTRING)
        json_object_set_new(column, "source", json_string(lua_tostring(L, -1)));
    lua_pop(L, 1);
    if (table)
        declare_settings(place, column, index, vocabulary_column_settings);
    if (!json_object_get(column, "number") && !json_object_get(column, "source") &&
        !json_object_get(column, "value") && !json_object_get(column, "debit") &&
        !json_object_get(column, "credit"))
        declare_wrong(place, mistake_DECLARED_COLUMN, field);
    negate_to_json(place, column);
    map_to_json(place, column);
    return column;
}

// Numbers of control totals as texts: they may be longer than an integer.
static void expect_to_json(const struct place *place, json_t *import)
{
    json_t *expect = json_object_get(import, "expect"), *sums = json_object_get(expect, "sum"),
           *value;
    if (!expect)
        return;
    json_t *rows = json_object_get(expect, "rows");
    const char *name;
    if (rows && json_is_integer(rows)) {
        char text[32];
        snprintf(text, sizeof text, "%lld", (long long)json_integer_value(rows));
        json_object_set_new(expect, "rows", json_string(text));
    }
    json_t *shaped = json_object();
    json_object_foreach(sums, name, value)
    {
        char text[32];
        snprintf(text, sizeof text, "%lld", (long long)json_integer_value(value));
        json_object_set_new(shaped, name,
                            json_is_integer(value) ? json_string(text)
                                                   : json_string(json_string_value(value)));
        if (!json_is_integer(value) && !json_is_string(value))
            declare_wrong(place, mistake_DECLARED_SUM_TEXT, name);
    }
    json_object_set_new(expect, "sum", shaped);
}

// { ["单据编号"] = "^SO" } as [["单据编号", "^SO"]]; a number is a column of a file without a
// header.
static void add_pattern(const struct place *place, json_t *patterns)
{
    lua_State *L = place->L;
    char name[64];
    if (lua_type(L, -1) != LUA_TSTRING)
        declare_wrong(place, mistake_DECLARED_WHERE);
    snprintf(name, sizeof name, "column %lld",
             lua_isinteger(L, -2) ? (long long)lua_tointeger(L, -2) : 0);
    json_array_append_new(
        patterns, json_pack("[s,s]", lua_type(L, -2) == LUA_TSTRING ? lua_tostring(L, -2) : name,
                            lua_tostring(L, -1)));
}

static int compare_pairs(const void *a, const void *b)
{
    return strcmp(json_string_value(json_array_get(*(json_t *const *)a, 0)),
                  json_string_value(json_array_get(*(json_t *const *)b, 0)));
}

// Lua keeps no order of its own.
static json_t *sorted_pairs(json_t *pairs)
{
    size_t count = json_array_size(pairs);
    json_t **items = memory_new(count + 1, sizeof(json_t *)), *sorted = json_array();
    for (size_t i = 0; i < count; i++)
        items[i] = json_array_get(pairs, i);
    qsort(items, count, sizeof(json_t *), compare_pairs);
    for (size_t i = 0; i < count; i++)
        json_array_append(sorted, items[i]);
    free(items);
    json_decref(pairs);
    return sorted;
}

static void where_to_json(const struct place *place, json_t *import, int index)
{
    lua_State *L = place->L;
    int type = lua_getfield(L, index, "where");
    if (type == LUA_TFUNCTION) {
        json_object_set_new(import, "where", json_pack("{s:i}", "function", keep_computed(L)));
    } else if (type == LUA_TTABLE) {
        json_t *patterns = json_array();
        for (lua_pushnil(L); lua_next(L, -2); lua_pop(L, 1))
            add_pattern(place, patterns);
        if (json_array_size(patterns) == 0)
            declare_wrong(place, mistake_DECLARED_WHERE_EMPTY);
        json_object_set_new(import, "where",
                            json_pack("{s:o}", "patterns", sorted_pairs(patterns)));
    } else if (type != LUA_TNIL) {
        declare_wrong(place, mistake_DECLARED_WHERE);
    }
    lua_pop(L, 1);
}

// Takes a `sum` that was written among the columns to the import, where it belongs: a column is
// never a table of fields.
static void lift_sum(lua_State *L, int index)
{
    if (lua_getfield(L, index, "columns") != LUA_TTABLE) {
        lua_pop(L, 1);
        return;
    }
    bool fields = lua_getfield(L, -1, "sum") == LUA_TTABLE && lua_rawlen(L, -1) == 0;
    for (const struct setting *setting = vocabulary_column_settings; setting->name && fields;
         setting++) {
        fields = lua_getfield(L, -1, setting->name) == LUA_TNIL;
        lua_pop(L, 1);
    }
    if (fields) {
        lua_setfield(L, index, "sum"); // columns
        lua_pushnil(L);
        lua_setfield(L, -2, "sum");
    } else {
        lua_pop(L, 1);
    }
    lua_pop(L, 1);
}

// `sum = { quantity = "数量" }`, as entries of `columns` that are added up.
static void sum_to_json(const struct place *place, json_t *import, int index)
{
    lua_State *L = place->L;
    if (lua_getfield(L, index, "sum") == LUA_TTABLE)
        json_object_set_new(import, "sum", declare_entries(place, -1, column_to_json));
    else if (!lua_isnil(L, -1))
        declare_wrong(place, mistake_DECLARED_SUM);
    lua_pop(L, 1);
}

json_t *declare_import_json(const struct place *place, const struct import_kind *kind, int index)
{
    lua_State *L = place->L;
    json_t *import = json_object();
    char what[64];
    snprintf(what, sizeof what, "import.%s", kind->name);
    if (!lua_istable(L, index))
        declare_wrong(place, mistake_DECLARED_TABLE, what);
    declare_only(place, index, what, kind->settings);
    json_object_set_new(import, "kind", json_string(kind->name));
    json_object_set_new(import, "line", json_integer(place->line));
    declare_settings(place, import, index, kind->settings);
    if (json_is_string(json_object_get(import, "null")))
        json_object_set_new(import, "null", json_pack("[O]", json_object_get(import, "null")));
    expect_to_json(place, import);
    lift_sum(L, index);
    if (lua_getfield(L, index, "columns") == LUA_TTABLE)
        json_object_set_new(import, "columns", declare_entries(place, -1, column_to_json));
    lua_pop(L, 1);
    where_to_json(place, import, index);
    sum_to_json(place, import, index);
    return import;
}

static json_t *listed(const struct place *place, int index, const char *what)
{
    lua_State *L = place->L;
    json_t *list = json_array();
    for (lua_Integer i = 1; lua_rawgeti(L, index, i) != LUA_TNIL; i++) {
        json_array_append_new(list, declare_plain(place, -1, what));
        lua_pop(L, 1);
    }
    lua_pop(L, 1);
    return list;
}

// disable { "BUD-01", "BUD-02", reason = "..." }
json_t *declare_disable_json(const struct place *place, int index)
{
    json_t *value = json_object();
    if (!lua_istable(place->L, index))
        declare_wrong(place, mistake_DECLARED_DISABLE);
    json_object_set_new(value, "controls", listed(place, index, "disable"));
    declare_copy(place, value, index, "reason");
    return json_pack("{s:i,s:o}", "line", place->line, "value", value);
}

// required { "CRD-01", "REV-02" } or { "CRD-01", tested = true }; without `tested` it stays a list
json_t *declare_required_json(const struct place *place, int index)
{
    lua_State *L = place->L;
    bool stricter = lua_istable(L, index) && lua_getfield(L, index, "tested") != LUA_TNIL;
    if (!stricter)
        return json_pack("{s:i,s:o}", "line", place->line, "value",
                         declare_plain(place, index, "required"));
    json_t *value = json_object();
    json_object_set_new(value, "controls", listed(place, index, "required"));
    declare_copy(place, value, index, "tested");
    return json_pack("{s:i,s:o}", "line", place->line, "value", value);
}

const struct setting vocabulary_list_settings[] = {
    {"file", .type = SETTING_TEXT},
    {"encoding", .type = SETTING_TEXT},
    {0},
};

// waivers "waivers.csv", or waivers { "waivers.csv", encoding = "GB18030" }; the name of the file
// may also stand as `file`.
json_t *declare_list_json(const struct place *place, int index, const char *what)
{
    lua_State *L = place->L;
    if (!lua_istable(L, index))
        return json_pack("{s:i,s:o}", "line", place->line, "value",
                         declare_plain(place, index, what));
    json_t *value = json_object();
    declare_only(place, index, what, vocabulary_list_settings);
    declare_settings(place, value, index, vocabulary_list_settings);
    if (lua_rawgeti(L, index, 1) != LUA_TNIL)
        json_object_set_new(value, "file", declare_plain(place, -1, what));
    lua_pop(L, 1);
    return json_pack("{s:i,s:o}", "line", place->line, "value", value);
}
