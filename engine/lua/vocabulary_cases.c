// SPDX-License-Identifier: MIT
// cases, and with: the word by which a case's data say only how they differ from others.
#include "engine/lua/vocabulary_inside.h"

#include "engine/lua/budget.h"
#include "engine/lua/script_value.h"

#include <lauxlib.h>

json_t *declare_case_names(const struct place *place, int list)
{
    lua_State *L = place->L;
    int top = lua_gettop(L);
    list = lua_absindex(L, list);
    json_t *names = json_array();
    for (lua_Integer i = 1; lua_istable(L, list) && lua_rawgeti(L, list, i) == LUA_TTABLE; i++) {
        lua_rawgeti(L, -1, 1);
        json_array_append_new(
            names, json_string(lua_type(L, -1) == LUA_TSTRING ? lua_tostring(L, -1) : "unnamed"));
        lua_pop(L, 2);
    }
    lua_settop(L, top);
    return names;
}

// Whether the value at `index` is rows of a table, { { ... }, ... }.
static bool are_rows(lua_State *L, int index)
{
    if (!lua_istable(L, index))
        return false;
    bool are = lua_rawgeti(L, index, 1) == LUA_TTABLE;
    lua_pop(L, 1);
    return are;
}

// Whether it is fields of a row, { name = ... }: a table with names and without a list.
static bool are_fields(lua_State *L, int index)
{
    if (!lua_istable(L, index) || lua_rawlen(L, index) > 0)
        return false;
    lua_pushnil(L);
    if (!lua_next(L, index))
        return false;
    lua_pop(L, 2);
    return true;
}

static void put_over(lua_State *L, int into, int from);

// Pushes the rows at `rows`, the first of them with the fields at `fields` over its own.
static void push_first_changed(lua_State *L, int rows, int fields)
{
    lua_newtable(L);
    put_over(L, lua_gettop(L), rows);
    lua_newtable(L); // changed row
    lua_rawgeti(L, rows, 1);
    put_over(L, lua_gettop(L) - 1, lua_gettop(L));
    lua_pop(L, 1);
    put_over(L, lua_gettop(L), fields);
    lua_rawseti(L, -2, 1);
}

// Sets every entry of the table at `from` in the one at `into`.
static void put_over(lua_State *L, int into, int from)
{
    luaL_checkstack(L, 10, "tables inside one another");
    for (lua_pushnil(L); lua_next(L, from); lua_pop(L, 1)) {
        int value = lua_gettop(L);
        script_spend(L, 1);
        lua_pushvalue(L, value - 1);
        lua_pushvalue(L, value - 1);
        lua_rawget(L, into); // key value key own
        if (are_rows(L, value + 2) && are_fields(L, value))
            push_first_changed(L, value + 2, value);
        else
            lua_pushvalue(L, value);
        lua_remove(L, value + 2);
        lua_rawset(L, into);
    }
}

int vocabulary_with(lua_State *L)
{
    int count = lua_gettop(L);
    if (count == 0)
        return luaL_error(L, "with wants a table, and what changes in it");
    lua_newtable(L);
    for (int i = 1; i <= count; i++) {
        if (lua_isnil(L, i) && i > 1)
            continue;
        if (!lua_istable(L, i))
            return luaL_error(L, "with wants tables { ... }; argument %d is a %s", i,
                              script_value_type(L, i));
        put_over(L, count + 1, i);
    }
    return 1;
}
