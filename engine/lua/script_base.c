// SPDX-License-Identifier: MIT
// What is left of Lua's own library, made reproducible: pairs has an order, sort is stable,
// tostring shows no addresses. There is no pcall, no metatable, no pattern, no clock and no chance.
#include "engine/lua/budget.h"
#include "engine/lua/script_functions.h"

#include "engine/lua/script_row.h"
#include "engine/lua/script_value.h"

#include <lauxlib.h>

int64_t script_each_length(lua_State *L, int list)
{
    if (script_value_kind(L, list) == WORD_LIST)
        return script_list_length(L, script_get_list(L, list));
    if (lua_type(L, list) == LUA_TTABLE)
        return (int64_t)lua_rawlen(L, list);
    return luaL_argerror(
        L, list, lua_pushfstring(L, "a list is wanted, this is a %s", script_value_type(L, list)));
}

void script_each_push(lua_State *L, int list, int64_t position)
{
    script_spend(L, 1);
    if (script_value_kind(L, list) == WORD_LIST)
        script_push_list_row(L, script_get_list(L, list), position);
    else
        lua_rawgeti(L, list, position);
}

static int base_assert(lua_State *L)
{
    if (lua_toboolean(L, 1))
        return lua_gettop(L);
    return luaL_error(L, "%s", luaL_optstring(L, 2, "assertion failed"));
}

static int base_error(lua_State *L)
{
    luaL_checkstring(L, 1);
    luaL_where(L, 1);
    lua_pushvalue(L, 1);
    lua_concat(L, 2);
    return lua_error(L);
}

static int next_of_list(lua_State *L)
{
    int64_t before = luaL_checkinteger(L, 2);
    if (before < 0 || before >= script_each_length(L, 1))
        return 0;
    lua_pushinteger(L, before + 1);
    script_each_push(L, 1, before + 1);
    return 2;
}

static int base_ipairs(lua_State *L)
{
    script_each_length(L, 1);
    lua_pushcfunction(L, next_of_list);
    lua_pushvalue(L, 1);
    lua_pushinteger(L, 0);
    return 3;
}

static int next_value(lua_State *L)
{
    int64_t position = lua_tointeger(L, lua_upvalueindex(2)) + 1;
    lua_pushvalue(L, lua_upvalueindex(1));
    if (position > script_each_length(L, lua_gettop(L)))
        return 0;
    lua_pushinteger(L, position);
    lua_replace(L, lua_upvalueindex(2));
    script_each_push(L, lua_gettop(L), position);
    return 1;
}

static int base_each(lua_State *L)
{
    script_each_length(L, 1);
    lua_pushvalue(L, 1);
    lua_pushinteger(L, 0);
    lua_pushcclosure(L, next_value, 2);
    return 1;
}

static int type_rank(lua_State *L, int index)
{
    struct decimal number;
    if (lua_isboolean(L, index))
        return 0;
    if (script_get_decimal(L, index, &number))
        return 1;
    switch (script_value_kind(L, index)) {
    case WORD_DATE:
    case WORD_TIMESTAMP:
        return 2;
    case WORD_ROW:
        return 3;
    case WORD_DECIMAL:
    case WORD_LIST:
    case WORD_MARK:
    case WORD_NONE:
        break;
    }
    return lua_type(L, index) == LUA_TSTRING ? 4 : -1;
}

enum { KEY_DEPTH = 16 }; // of arrays in arrays

// Orders any two values that can be sorted; nil first, arrays element by element.
static int compare_keys(lua_State *L, int a, int b, int depth)
{
    script_spend(L, 1);
    if (lua_isnil(L, a) || lua_isnil(L, b))
        return lua_isnil(L, b) - lua_isnil(L, a);
    if (lua_istable(L, a) && lua_istable(L, b)) {
        lua_Integer length_a = (lua_Integer)lua_rawlen(L, a),
                    length_b = (lua_Integer)lua_rawlen(L, b);
        if (depth == KEY_DEPTH)
            return luaL_error(L, "keys are nested too deeply to be sorted");
        luaL_checkstack(L, 4, "keys nested too deeply");
        for (lua_Integer i = 1; i <= length_a && i <= length_b; i++) {
            lua_rawgeti(L, a, i);
            lua_rawgeti(L, b, i);
            int order = compare_keys(L, lua_gettop(L) - 1, lua_gettop(L), depth + 1);
            lua_pop(L, 2);
            if (order)
                return order;
        }
        return (length_a > length_b) - (length_a < length_b);
    }
    int rank_a = type_rank(L, a), rank_b = type_rank(L, b), order;
    if (rank_a < 0 || rank_b < 0)
        return luaL_error(L, "a %s has no order", script_value_type(L, rank_a < 0 ? a : b));
    if (rank_a != rank_b)
        return rank_a - rank_b;
    if (script_value_compare(L, a, b, &order) != 0)
        return luaL_error(L, "a %s and a %s have no order", script_value_type(L, a),
                          script_value_type(L, b));
    return order;
}

// Merges two sorted runs of positions; keys stand in the table at `keys`, positions in `from`.
static void merge(lua_State *L, int keys, int from, int to, lua_Integer low, lua_Integer middle,
                  lua_Integer high)
{
    lua_Integer left = low, right = middle;
    for (lua_Integer i = low; i < high; i++) {
        bool take_left = right >= high;
        if (left < middle && right < high) {
            lua_rawgeti(L, from, left);
            lua_rawgeti(L, from, right); // i j
            lua_rawget(L, keys);
            lua_insert(L, -2);
            lua_rawget(L, keys); // key_j key_i
            script_spend(L, 4);
            take_left = compare_keys(L, lua_gettop(L), lua_gettop(L) - 1, 0) <= 0;
            lua_pop(L, 2);
        }
        lua_rawgeti(L, from, take_left ? left++ : right++);
        lua_rawseti(L, to, i);
    }
}

// Leaves a table of positions 1..count on the stack, sorted by the keys at index `keys`; stable.
static void sort_positions(lua_State *L, int keys, lua_Integer count)
{
    luaL_checkstack(L, 12, "too many values");
    lua_createtable(L, (int)count, 0);
    lua_createtable(L, (int)count, 0);
    int from = lua_gettop(L) - 1, to = lua_gettop(L);
    for (lua_Integer i = 1; i <= count; i++) {
        lua_pushinteger(L, i);
        lua_rawseti(L, from, i);
    }
    for (lua_Integer width = 1; width < count; width *= 2) {
        for (lua_Integer low = 1; low <= count; low += 2 * width) {
            lua_Integer middle = low + width <= count + 1 ? low + width : count + 1;
            lua_Integer high = low + 2 * width <= count + 1 ? low + 2 * width : count + 1;
            merge(L, keys, from, to, low, middle, high);
        }
        int swap = from;
        from = to;
        to = swap;
    }
    lua_pushvalue(L, from);
    lua_insert(L, -3);
    lua_pop(L, 2);
}

// Pushes the sort key of the value on top: itself, a field of the row, or what a function makes of
// it.
static void push_key(lua_State *L, int by)
{
    if (lua_isnil(L, by)) {
        lua_pushvalue(L, -1);
    } else if (lua_type(L, by) == LUA_TSTRING) {
        lua_pushvalue(L, by);
        lua_gettable(L, -2);
    } else {
        lua_pushvalue(L, by);
        lua_pushvalue(L, -2);
        lua_call(L, 1, 1);
    }
}

static int base_sort(lua_State *L)
{
    lua_settop(L, 2);
    int64_t count = script_each_length(L, 1);
    lua_createtable(L, 0, 0); // list by keys
    for (int64_t i = 1; i <= count; i++) {
        script_each_push(L, 1, i);
        push_key(L, 2);
        lua_remove(L, -2);
        if (lua_isnil(
                L, -1)) { // nil cannot be told from the end of a table: false sorts with it, first
            lua_pop(L, 1);
            lua_newtable(L);
        }
        lua_rawseti(L, 3, i);
    }
    // A missing key is an empty array, which sorts before any other array but not before plain
    // keys: give plain keys an array of their own where both occur.
    bool missing = false, plain = false;
    for (int64_t i = 1; i <= count; i++) {
        lua_rawgeti(L, 3, i);
        bool table = lua_istable(L, -1);
        missing |= table && lua_rawlen(L, -1) == 0;
        plain |= !table;
        lua_pop(L, 1);
    }
    for (int64_t i = 1; missing && plain && i <= count; i++) {
        lua_rawgeti(L, 3, i);
        if (!lua_istable(L, -1)) {
            lua_createtable(L, 1, 0);
            lua_insert(L, -2);
            lua_rawseti(L, -2, 1);
            lua_rawseti(L, 3, i);
        } else {
            lua_pop(L, 1);
        }
    }
    sort_positions(L, 3, count); // list by keys positions
    lua_createtable(L, (int)count, 0);
    for (int64_t i = 1; i <= count; i++) {
        lua_rawgeti(L, 4, i);
        script_each_push(L, 1, lua_tointeger(L, -1));
        lua_rawseti(L, 5, i);
        lua_pop(L, 1);
    }
    return 1;
}

void script_sort_texts(lua_State *L, int index)
{
    lua_pushcfunction(L, base_sort);
    lua_pushvalue(L, index);
    lua_call(L, 1, 1);
    lua_replace(L, index);
}

static int next_pair(lua_State *L)
{
    lua_Integer position = lua_tointeger(L, lua_upvalueindex(3)) + 1;
    lua_pushinteger(L, position);
    lua_replace(L, lua_upvalueindex(3));
    script_spend(L, 1);
    if (lua_rawgeti(L, lua_upvalueindex(2), position) == LUA_TNIL)
        return 1;
    lua_pushvalue(L, -1);
    lua_gettable(L, lua_upvalueindex(1));
    return 2;
}

static int base_pairs(lua_State *L)
{
    luaL_checktype(L, 1, LUA_TTABLE);
    lua_settop(L, 1);
    lua_newtable(L); // table keys
    lua_Integer count = 0;
    for (lua_pushnil(L); lua_next(L, 1);) {
        script_spend(L, 1);
        lua_pop(L, 1);
        if (script_value_kind(L, -1) == WORD_MARK)
            continue;
        lua_pushvalue(L, -1);
        lua_rawseti(L, 2, ++count);
    }
    sort_positions(L, 2, count); // table keys positions
    lua_createtable(L, (int)count, 0);
    for (lua_Integer i = 1; i <= count; i++) {
        lua_rawgeti(L, 3, i);
        lua_rawget(L, 2);
        lua_rawseti(L, 4, i);
    }
    lua_pushvalue(L, 1);
    lua_pushvalue(L, 4);
    lua_pushinteger(L, 0);
    lua_pushcclosure(L, next_pair, 3);
    return 1;
}

static int base_select(lua_State *L)
{
    int count = lua_gettop(L);
    if (lua_type(L, 1) == LUA_TSTRING) {
        lua_pushinteger(L, count - 1);
        return 1;
    }
    lua_Integer from = luaL_checkinteger(L, 1);
    luaL_argcheck(L, from >= 1, 1, "positions count from 1");
    return from >= count ? 0 : count - (int)from;
}

static int base_tostring(lua_State *L)
{
    struct buffer *scratch = &script_context_of(L)->scratch;
    buffer_reset(scratch);
    if (lua_isnoneornil(L, 1))
        lua_pushliteral(L, "nil");
    else if (script_value_text(L, 1, scratch))
        lua_pushlstring(L, buffer_text(scratch), scratch->length);
    else
        return luaL_error(L, "a %s has no text", script_value_type(L, 1));
    return 1;
}

static int base_type(lua_State *L)
{
    luaL_checkany(L, 1);
    lua_pushstring(L, script_value_type(L, 1));
    return 1;
}

// The length of an array; one whose last position is the largest integer has no next.
static lua_Integer array_length(lua_State *L)
{
    luaL_checktype(L, 1, LUA_TTABLE);
    lua_Integer length = (lua_Integer)lua_rawlen(L, 1);
    luaL_argcheck(L, length >= 0 && length < INT32_MAX, 1, "the array is too long");
    return length;
}

static int table_insert(lua_State *L)
{
    lua_Integer length = array_length(L);
    if (lua_gettop(L) == 2) {
        lua_rawseti(L, 1, length + 1);
        return 0;
    }
    lua_Integer at = luaL_checkinteger(L, 2);
    luaL_argcheck(L, at >= 1 && at <= length + 1, 2, "the position lies outside the array");
    script_spend(L, length - at + 1);
    for (lua_Integer move = length; move >= at; move--) {
        lua_rawgeti(L, 1, move);
        lua_rawseti(L, 1, move + 1);
    }
    lua_settop(L, 3);
    lua_rawseti(L, 1, at);
    return 0;
}

static int table_remove(lua_State *L)
{
    lua_Integer length = array_length(L), at = luaL_optinteger(L, 2, length);
    if (length == 0)
        return 0;
    luaL_argcheck(L, at >= 1 && at <= length, 2, "the position lies outside the array");
    script_spend(L, length - at + 1);
    lua_rawgeti(L, 1, at);
    for (; at < length; at++) {
        lua_rawgeti(L, 1, at + 1);
        lua_rawseti(L, 1, at);
    }
    lua_pushnil(L);
    lua_rawseti(L, 1, length);
    return 1;
}

static int table_concat(lua_State *L)
{
    struct buffer *scratch = &script_context_of(L)->scratch;
    const char *separator = luaL_optstring(L, 2, "");
    int64_t length = script_each_length(L, 1);
    buffer_reset(scratch);
    for (int64_t i = 1; i <= length; i++) {
        if (i > 1)
            buffer_add_text(scratch, separator);
        script_each_push(L, 1, i);
        if (!script_value_text(L, -1, scratch))
            return luaL_error(L, "a %s has no text", script_value_type(L, -1));
        lua_pop(L, 1);
        script_spend(L, (int64_t)scratch->length / 4096);
        if (scratch->length > script_context_of(L)->byte_limit)
            return luaL_error(L, "the text is longer than the memory of a rule");
    }
    lua_pushlstring(L, buffer_text(scratch), scratch->length);
    return 1;
}

static int table_unpack(lua_State *L)
{
    lua_Integer length = array_length(L);
    if (length > 200 || !lua_checkstack(L, (int)length))
        return luaL_error(L, "an array of more than 200 values cannot be unpacked");
    for (lua_Integer i = 1; i <= length; i++)
        lua_rawgeti(L, 1, i);
    return (int)length;
}

const struct script_function script_base_functions[] = {
    {"assert", base_assert, "assert(value, text)", "argument 1", "an error unless value is true"},
    {"error", base_error, "error(text)", "any", "ends this row as an error"},
    {"ipairs", base_ipairs, "ipairs(list)", "any", "for i, row in ipairs(list): list or array"},
    {"each", base_each, "each(list)", "any", "for row in each(list): list or array"},
    {"pairs", base_pairs, "pairs(table)", "any",
     "keys in a fixed order: numbers, dates, rows, texts"},
    {"select", base_select, "select(n, ...)", "any", "the arguments from the n-th, or their count"},
    {"sort", base_sort, "sort(list, by)", "any",
     "a new array, stable; by: nothing, a field's name, or a function of the element"},
    {"tostring", base_tostring, "tostring(value)", "text", "the value as reports print it"},
    {"type", base_type, "type(value)", "text", "row, list, decimal, date, timestamp or Lua's own"},
    {"table.insert", table_insert, "table.insert(array, position, value)", "any",
     "adds to an array"},
    {"table.remove", table_remove, "table.remove(array, position)", "any", "takes from an array"},
    {"table.concat", table_concat, "table.concat(list, separator)", "text", "joins as text"},
    {"table.unpack", table_unpack, "table.unpack(array)", "any", "up to 200 values"},
    {NULL, NULL, NULL, NULL, NULL},
};
