// SPDX-License-Identifier: MIT
// Exact numbers. Nothing here rounds unless the rule names how.
#include "engine/lua/script_functions.h"

#include "engine/lua/script_value.h"

#include <lauxlib.h>

static int number_decimal(lua_State *L)
{
    struct decimal value;
    if (script_get_decimal(L, 1, &value)) {
        script_push_decimal(L, value);
        return 1;
    }
    if (lua_type(L, 1) == LUA_TNUMBER)
        return luaL_error(L, "a float is not exact; write decimal \"1.5\"");
    size_t length;
    const char *text = luaL_checklstring(L, 1, &length);
    if (decimal_parse(text, length, &value) != 0)
        return luaL_error(L, "decimal: '%s' is no number like \"-1234.50\"", text);
    if (value.coefficient == 0 && !script_context_of(L)->data)
        script_push_zero(
            L); // of a declaration: decimal "0" may become 0.5 in an engagement, 0 may not
    else
        script_push_decimal(L, value);
    return 1;
}

static enum rounding check_mode(lua_State *L, int argument)
{
    enum rounding mode;
    const char *name = luaL_optstring(L, argument, "half_up");
    if (rounding_from_name(name, &mode) != 0)
        luaL_argerror(L, argument, "half_up, half_even, up, down, ceiling or floor");
    return mode;
}

static int check_scale(lua_State *L, int argument)
{
    lua_Integer scale = luaL_checkinteger(L, argument);
    luaL_argcheck(L, scale >= 0 && scale <= DECIMAL_SCALE_MAX, argument, "0 to 18 places");
    return (int)scale;
}

static int number_div(lua_State *L)
{
    struct decimal a = script_check_decimal(L, 1), b = script_check_decimal(L, 2), quotient;
    if (b.coefficient == 0)
        return luaL_error(L, "division by zero");
    if (decimal_divide(a, b, check_scale(L, 3), check_mode(L, 4), &quotient) != 0)
        return luaL_error(L, "the quotient needs more than 64 bits");
    script_push_decimal(L, quotient);
    return 1;
}

static int number_round(lua_State *L)
{
    struct decimal value = script_check_decimal(L, 1), rounded;
    if (decimal_round(value, check_scale(L, 2), check_mode(L, 3), &rounded) != 0)
        return luaL_error(L, "the number needs more than 64 bits");
    script_push_decimal(L, rounded);
    return 1;
}

static int number_abs(lua_State *L)
{
    struct decimal value = script_check_decimal(L, 1);
    if (value.coefficient == INT64_MIN)
        return luaL_error(L, "the number needs more than 64 bits");
    if (value.coefficient < 0)
        value.coefficient = -value.coefficient;
    script_push_decimal(L, value);
    return 1;
}

// Pushes element `at` of the arguments, or of the list that is the first one, by field or function.
static void push_candidate(lua_State *L, bool listed, int64_t at)
{
    if (!listed) {
        lua_pushvalue(L, (int)at);
        return;
    }
    script_each_push(L, 1, at);
    if (lua_type(L, 2) == LUA_TSTRING) {
        lua_pushvalue(L, 2);
        lua_gettable(L, -2);
    } else if (lua_isfunction(L, 2)) {
        lua_pushvalue(L, 2);
        lua_pushvalue(L, -2);
        lua_call(L, 1, 1);
    }
}

// The least (sign -1) or greatest (1) of what is not nil; nil when there is nothing.
static int extreme(lua_State *L, int sign)
{
    bool listed = lua_istable(L, 1) || script_value_kind(L, 1) == WORD_LIST;
    if (listed)
        lua_settop(L, 2);
    int64_t count = listed ? script_each_length(L, 1) : lua_gettop(L);
    luaL_checkstack(L, 6, "too many values");
    lua_pushnil(L);
    int best = lua_gettop(L);
    for (int64_t i = 1; i <= count; i++) {
        int order;
        push_candidate(L, listed, i);
        if (!lua_isnil(L, -1)) {
            if (lua_isnil(L, best)) {
                lua_copy(L, -1, best);
            } else {
                if (script_value_compare(L, lua_gettop(L), best, &order) != 0)
                    return luaL_error(L, "a %s and a %s cannot be compared",
                                      script_value_type(L, -1), script_value_type(L, best));
                if (order * sign > 0)
                    lua_copy(L, -1, best);
            }
        }
        lua_settop(L, best);
    }
    return 1;
}

static int number_min(lua_State *L)
{
    return extreme(L, -1);
}

static int number_max(lua_State *L)
{
    return extreme(L, 1);
}

const struct script_function script_number_functions[] = {
    {"decimal", number_decimal, "decimal(text)", "decimal", "an exact number: decimal \"0.05\""},
    {"div", number_div, "div(a, b, scale, mode)", "decimal",
     "a / b rounded to scale places; half_up, half_even, up, down, ceiling or floor"},
    {"round", number_round, "round(x, scale, mode)", "decimal", "rounded, half_up unless named"},
    {"abs", number_abs, "abs(x)", "decimal", "without sign"},
    {"min", number_min, "min(list, by) or min(a, b, ...)", "any", "the least, nil ignored"},
    {"max", number_max, "max(list, by) or max(a, b, ...)", "any", "the greatest, nil ignored"},
    {NULL, NULL, NULL, NULL, NULL},
};
