// SPDX-License-Identifier: MIT
// table and extend.
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

static json_t *field_to_json(const struct place *place, int index)
{
    lua_State *L = place->L;
    if (!lua_istable(L, index))
        declare_wrong(place, mistake_DECLARED_FIELD);
    index = lua_absindex(L, index);
    json_t *field = json_object();
    lua_rawgeti(L, index, 1);
    if (lua_type(L, -1) != LUA_TSTRING)
        declare_wrong(place, mistake_DECLARED_FIELD);
    json_object_set_new(field, "name", json_string(lua_tostring(L, -1)));
    lua_rawgeti(L, index, 3);
    if (lua_type(L, -1) == LUA_TSTRING)
        json_object_set_new(field, "label", json_string(lua_tostring(L, -1)));
    lua_getfield(L, LUA_REGISTRYINDEX, "vouch.types");
    lua_rawgeti(L, index, 2); // types type
    if (lua_istable(L, -1)) {
        json_object_set_new(field, "type", json_string("enum"));
        lua_getfield(L, -1, "enum");
        json_t *values = declare_plain(place, -1, "enum");
        json_object_set_new(field, "values", values);
        for (size_t i = 0; i == 0 || i < json_array_size(values); i++)
            if (!json_is_string(json_array_get(values, i)))
                declare_wrong(place, mistake_DECLARED_ENUM,
                              json_string_value(json_object_get(field, "name")));
        lua_pop(L, 1);
    } else {
        lua_pushvalue(L, -1);
        lua_rawget(L, -3);
        if (lua_type(L, -1) != LUA_TSTRING)
            declare_wrong(place, mistake_DECLARED_TYPE,
                          json_string_value(json_object_get(field, "name")));
        json_object_set_new(field, "type", json_string(lua_tostring(L, -1)));
        lua_pop(L, 1);
    }
    lua_pop(L, 4);
    declare_copy(place, field, index, "to");
    declare_copy(place, field, index, "people");
    declare_copy(place, field, index, "recorded");
    declare_copy(place, field, index, "empty");
    return field;
}

// { {"target", "own", otherwise = "own"}, ... } as [{to, from, otherwise}]
static json_t *matches_to_json(const struct place *place, int index)
{
    lua_State *L = place->L;
    index = lua_absindex(L, index);
    json_t *matches = json_array();
    for (lua_Integer i = 1; lua_rawgeti(L, index, i) != LUA_TNIL; i++) {
        json_t *match = json_object();
        if (!lua_istable(L, -1))
            declare_wrong(place, mistake_DECLARED_MATCH);
        lua_rawgeti(L, -1, 1);
        lua_rawgeti(L, -2, 2);
        if (lua_type(L, -2) != LUA_TSTRING || lua_type(L, -1) != LUA_TSTRING)
            declare_wrong(place, mistake_DECLARED_MATCH);
        json_object_set_new(match, "to", json_string(lua_tostring(L, -2)));
        json_object_set_new(match, "from", json_string(lua_tostring(L, -1)));
        lua_pop(L, 2);
        declare_copy(place, match, lua_gettop(L), "otherwise");
        json_array_append_new(matches, match);
        lua_pop(L, 1);
    }
    lua_pop(L, 1);
    return matches;
}

const struct setting vocabulary_reference_settings[] = {
    {"match", .type = SETTING_OWN},        {"asof", .type = SETTING_DATA},
    {"where", .type = SETTING_DATA},       {"kind", .type = SETTING_TEXT},
    {"id", .type = SETTING_TEXT},          {"tables", .type = SETTING_DATA},
    {"optional", .type = SETTING_BOOLEAN}, {0},
};

static json_t *reference_to_json(const struct place *place, int index, const char *name)
{
    lua_State *L = place->L;
    index = lua_absindex(L, index);
    if (!lua_istable(L, index))
        declare_wrong(place, mistake_DECLARED_REFERENCE, name);
    declare_only(place, index, name, vocabulary_reference_settings);
    json_t *reference = json_object();
    json_object_set_new(reference, "name", json_string(name));
    lua_rawgeti(L, index, 1);
    if (lua_type(L, -1) == LUA_TSTRING)
        json_object_set_new(reference, "target", json_string(lua_tostring(L, -1)));
    if (lua_getfield(L, index, "match") == LUA_TTABLE)
        json_object_set_new(reference, "match", matches_to_json(place, -1));
    lua_pop(L, 2);
    declare_settings(place, reference, index, vocabulary_reference_settings);
    return reference;
}

static json_t *reverse_to_json(const struct place *place, int index, const char *name)
{
    lua_State *L = place->L;
    index = lua_absindex(L, index);
    json_t *reverse = json_object();
    json_object_set_new(reverse, "name", json_string(name));
    if (!lua_istable(L, index) || lua_rawgeti(L, index, 1) != LUA_TSTRING)
        declare_wrong(place, mistake_DECLARED_REVERSE, name);
    json_object_set_new(reverse, "table", json_string(lua_tostring(L, -1)));
    lua_pop(L, 1);
    declare_copy(place, reverse, index, "by");
    return reverse;
}

// period = "path", or { "path", otherwise = "path" }
static void period_to_json(const struct place *place, json_t *table, int index)
{
    lua_State *L = place->L;
    if (lua_getfield(L, index, "period") == LUA_TTABLE) {
        lua_rawgeti(L, -1, 1);
        json_object_set_new(table, "period", declare_plain(place, -1, "period"));
        lua_getfield(L, -2, "otherwise");
        json_object_set_new(table, "period_otherwise", declare_plain(place, -1, "otherwise"));
        lua_pop(L, 2);
    } else if (!lua_isnil(L, -1)) {
        json_object_set_new(table, "period", declare_plain(place, -1, "period"));
    }
    lua_pop(L, 1);
}

const struct setting vocabulary_table_settings[] = {
    {"zh", .type = SETTING_OWN},
    {"fields", .type = SETTING_OWN},
    {"references", .type = SETTING_OWN},
    {"reverse", .type = SETTING_OWN},
    {"period", .type = SETTING_OWN},
    {"key", .type = SETTING_TEXTS},
    {"known", .type = SETTING_TEXT},
    {"customer", .type = SETTING_PATH},
    {"actor", .type = SETTING_PATH},
    {"currency", .type = SETTING_PATH},
    {"alias", .type = SETTING_TEXTS},
    {"absent", .type = SETTING_DATA},
    {"absence", .type = SETTING_DATA},
    {"history", .type = SETTING_DATA},
    {0},
};

json_t *declare_table_json(const struct place *place, const char *name, int index)
{
    lua_State *L = place->L;
    declare_only(place, index, name, vocabulary_table_settings);
    json_t *table = json_object();
    json_object_set_new(table, "name", json_string(name));
    if (lua_getfield(L, index, "zh") == LUA_TSTRING)
        json_object_set_new(table, "label", json_string(lua_tostring(L, -1)));
    lua_pop(L, 1);
    declare_settings(place, table, index, vocabulary_table_settings);
    period_to_json(place, table, index);
    json_t *fields = json_array();
    json_object_set_new(table, "fields", fields);
    lua_getfield(L, index, "fields");
    for (lua_Integer i = 1; lua_istable(L, -1) && lua_rawgeti(L, -1, i) != LUA_TNIL; i++) {
        json_array_append_new(fields, field_to_json(place, -1));
        lua_pop(L, 1);
    }
    lua_settop(L, index);
    if (lua_getfield(L, index, "references") == LUA_TTABLE)
        json_object_set_new(table, "references", declare_entries(place, -1, reference_to_json));
    if (lua_getfield(L, index, "reverse") == LUA_TTABLE)
        json_object_set_new(table, "reverse", declare_entries(place, -1, reverse_to_json));
    lua_settop(L, index);
    return table;
}
