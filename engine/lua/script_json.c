// SPDX-License-Identifier: MIT
// A table of a user is read raw, so that nothing of his runs, to a limited depth and number of
// values, and by sorted names, since Lua's own order differs from run to run. Numbers that must
// stay exact become text. What has no JSON is named for the message of the caller.
#include "engine/lua/script_json.h"

#include "engine/base/memory.h"
#include "engine/lua/script_context.h"
#include "engine/lua/script_value.h"

#include <lauxlib.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static json_t *exact(json_t *value)
{
    if (!value)
        memory_exhausted();
    return value;
}

// What one declaration may hold: parts that are shared or contain themselves would have no end.
enum { DEPTH_MAX = 32, VALUES_MAX = 100 * 1000 };

struct conversion {
    const char **wrong;
    int depth, values;
};

static json_t *value_to_json(lua_State *L, int index, struct conversion *conversion);

static bool has_names(lua_State *L, int index)
{
    for (lua_pushnil(L); lua_next(L, index); lua_pop(L, 1))
        if (lua_type(L, -2) != LUA_TNUMBER) {
            lua_pop(L, 2);
            return true;
        }
    return false;
}

static json_t *array_to_json(lua_State *L, int index, lua_Integer length,
                             struct conversion *conversion)
{
    if (has_names(L, index)) {
        *conversion->wrong = "list with names among its elements";
        return NULL;
    }
    json_t *result = exact(json_array());
    for (lua_Integer i = 1; i <= length; i++) {
        lua_rawgeti(L, index, i);
        json_t *element = value_to_json(L, -1, conversion);
        lua_pop(L, 1);
        if (!element) {
            json_decref(result);
            return NULL;
        }
        json_array_append_new(result, element);
    }
    return result;
}

static int compare_names(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

// The text keys of a table, sorted: Lua's own order differs from run to run. NULL when there are
// others.
static const char **sorted_names(lua_State *L, int index, size_t *count)
{
    const char **names = memory_new(1, sizeof *names);
    *count = 0;
    for (lua_pushnil(L); lua_next(L, index); lua_pop(L, 1)) {
        if (lua_type(L, -2) != LUA_TSTRING) {
            lua_pop(L, 2);
            free(names);
            return NULL;
        }
        names = memory_resize(names, *count + 1, sizeof *names);
        names[(*count)++] = lua_tostring(L, -2);
    }
    if (*count)
        qsort(names, *count, sizeof *names, compare_names);
    return names;
}

static json_t *table_to_json(lua_State *L, int index, struct conversion *conversion)
{
    lua_Integer length = (lua_Integer)lua_rawlen(L, index);
    const char **wrong = conversion->wrong;
    size_t count;
    if (conversion->depth == DEPTH_MAX || !lua_checkstack(L, 8)) {
        *wrong = "table nested so deeply";
        return NULL;
    }
    if (length)
        return array_to_json(L, index, length, conversion);
    const char **names = sorted_names(L, index, &count);
    if (!names) {
        *wrong = "table with keys that are not texts";
        return NULL;
    }
    json_t *result = exact(json_object());
    for (size_t i = 0; i < count && result; i++) {
        lua_pushstring(L, names[i]);
        lua_rawget(L, index);
        json_t *element = value_to_json(L, -1, conversion);
        lua_pop(L, 1);
        if (element && json_object_set_new(result, names[i], element) != 0)
            *wrong = "text that is not UTF-8";
        else if (element)
            continue;
        json_decref(result);
        result = NULL;
    }
    free(names);
    return result;
}

static json_t *value_to_json(lua_State *L, int index, struct conversion *conversion)
{
    const char **wrong = conversion->wrong;
    index = lua_absindex(L, index);
    if (++conversion->values > VALUES_MAX) {
        *wrong = "table of so many values";
        return NULL;
    }
    *wrong = script_value_type(L, index);
    if (lua_isinteger(L, index))
        return exact(json_integer(lua_tointeger(L, index)));
    if (lua_isboolean(L, index))
        return exact(json_boolean(lua_toboolean(L, index)));
    if (lua_istable(L, index)) {
        conversion->depth++;
        json_t *table = table_to_json(L, index, conversion);
        conversion->depth--;
        return table;
    }
    if (script_value_kind(L, index) == WORD_ROW || lua_type(L, index) == LUA_TNUMBER)
        return NULL;
    struct buffer text = {0};
    json_t *result = NULL;
    if (script_value_text(L, index, &text)) {
        result = json_stringn(buffer_text(&text), text.length);
        if (!result)
            *wrong = "text that is not UTF-8";
    }
    buffer_clear(&text);
    return result;
}

json_t *script_to_json(lua_State *L, int index, const char **wrong)
{
    struct conversion conversion = {wrong, 0, 0};
    return value_to_json(L, index, &conversion);
}

const char *script_json_type(lua_State *L, int index)
{
    if (lua_isinteger(L, index))
        return "int";
    if (lua_isboolean(L, index))
        return "bool";
    if (lua_istable(L, index))
        return "list";
    return lua_type(L, index) == LUA_TSTRING ? "text" : script_value_type(L, index);
}

// Calls the constructor of that name with a text, as a rule would.
static void construct(lua_State *L, const char *constructor, const char *text)
{
    lua_getglobal(L, constructor);
    lua_pushstring(L, text);
    lua_call(L, 1, 1);
}

void script_push_json(lua_State *L, const json_t *value, const char *type)
{
    char digits[32];
    luaL_checkstack(L, 4, "declaration nested too deeply");
    if (json_is_array(value)) {
        lua_createtable(L, (int)json_array_size(value), 0);
        for (size_t i = 0; i < json_array_size(value); i++) {
            const json_t *element = json_array_get(value, i);
            script_push_json(L, element,
                             json_is_integer(element)   ? "int"
                             : json_is_boolean(element) ? "bool"
                                                        : "text");
            lua_rawseti(L, -2, (lua_Integer)i + 1);
        }
        return;
    }
    if (json_is_object(value) && json_object_size(value) == 0) { // an empty table is an empty list
        lua_newtable(L);
        return;
    }
    if (json_is_boolean(value)) {
        lua_pushboolean(L, json_is_true(value));
        return;
    }
    const char *text = json_string_value(value);
    if (json_is_integer(value)) {
        snprintf(digits, sizeof digits, "%lld", (long long)json_integer_value(value));
        text = digits;
    }
    if (!text)
        lua_pushnil(L);
    else if (strcmp(type, "int") == 0)
        lua_pushinteger(L, json_is_integer(value) ? json_integer_value(value) : atoll(text));
    else if (strcmp(type, "decimal") == 0 || strcmp(type, "date") == 0 ||
             strcmp(type, "timestamp") == 0)
        construct(L, type, text);
    else
        lua_pushstring(L, text);
}
