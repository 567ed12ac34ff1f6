// SPDX-License-Identifier: MIT
// A word is a 64-bit pattern in a pointer: five low bits say the kind, the rest is the payload.
//   decimal    coefficient:54 scale:5      date       day:59       timestamp  microseconds:59
//   row        row:43 table:16             list       row:39 reverse:8 table:12
#include "engine/lua/script_value.h"

#include "engine/data/data.h"
#include "engine/lua/script_context.h"

#include <lauxlib.h>
#include <stdlib.h>
#include <string.h>

_Static_assert(sizeof(void *) == 8, "words are kept in pointers");

static const char interned[] = "vouch.decimals", long_decimal[] = "vouch.decimal";

static void push_word(lua_State *L, uint64_t word)
{
    lua_pushlightuserdata(L, (void *)(uintptr_t)word);
}

static uint64_t word_at(lua_State *L, int index)
{
    return (uint64_t)(uintptr_t)lua_touserdata(L, index);
}

enum word_kind script_value_kind(lua_State *L, int index)
{
    int type = lua_type(L, index);
    if (type == LUA_TLIGHTUSERDATA)
        return (enum word_kind)(word_at(L, index) & 31);
    return type == LUA_TUSERDATA ? WORD_DECIMAL : WORD_NONE;
}

// One userdata for each long value, so that equal values are the same object.
static void push_long_decimal(lua_State *L, struct decimal value)
{
    char key[sizeof value.coefficient + 1];
    memcpy(key, &value.coefficient, sizeof value.coefficient);
    key[sizeof value.coefficient] = (char)value.scale;
    luaL_checkstack(L, 4, "too many values");
    lua_getfield(L, LUA_REGISTRYINDEX, interned);
    lua_pushlstring(L, key, sizeof key);
    if (lua_rawget(L, -2) == LUA_TNIL) {
        lua_pop(L, 1);
        struct decimal *stored = lua_newuserdatauv(L, sizeof value, 0); // interned stored
        *stored = value;
        luaL_setmetatable(L, long_decimal);
        lua_pushlstring(L, key, sizeof key);
        lua_pushvalue(L, -2); // interned stored key stored
        lua_rawset(L, -4);
    }
    lua_remove(L, -2);
}

void script_push_decimal(lua_State *L, struct decimal value)
{
    value = decimal_normalise(value);
    int64_t shifted = (int64_t)((uint64_t)value.coefficient << 10);
    if (value.coefficient == 0)
        lua_pushinteger(L, 0);
    else if (shifted >> 10 == value.coefficient)
        push_word(L, (uint64_t)shifted | ((uint64_t)value.scale << 5) | WORD_DECIMAL);
    else
        push_long_decimal(L, value);
}

void script_push_zero(lua_State *L)
{
    push_word(L, WORD_DECIMAL);
}

void script_push_date(lua_State *L, int day)
{
    push_word(L, ((uint64_t)(int64_t)day << 5) | WORD_DATE);
}

void script_push_timestamp(lua_State *L, int64_t microseconds)
{
    push_word(L, ((uint64_t)microseconds << 5) | WORD_TIMESTAMP);
}

void script_push_row(lua_State *L, int table, int64_t row)
{
    push_word(L, ((uint64_t)row << 21) | ((uint64_t)table << 5) | WORD_ROW);
}

void script_push_list(lua_State *L, struct list list)
{
    push_word(L, ((uint64_t)list.row << 25) | ((uint64_t)list.reverse << 17) |
                     ((uint64_t)list.table << 5) | WORD_LIST);
}

void script_push_mark(lua_State *L, enum mark mark)
{
    push_word(L, ((uint64_t)mark << 5) | WORD_MARK);
}

bool script_get_decimal(lua_State *L, int index, struct decimal *value)
{
    switch (lua_type(L, index)) {
    case LUA_TLIGHTUSERDATA: {
        uint64_t word = word_at(L, index);
        if ((word & 31) != WORD_DECIMAL)
            return false;
        *value = (struct decimal){(int64_t)word >> 10, (int)(word >> 5 & 31)};
        return true;
    }
    case LUA_TUSERDATA:
        *value = *(const struct decimal *)lua_touserdata(L, index);
        return true;
    case LUA_TNUMBER:
        if (!lua_isinteger(L, index))
            return false;
        *value = decimal_from_int(lua_tointeger(L, index));
        return true;
    }
    return false;
}

int script_get_date(lua_State *L, int index)
{
    return (int)((int64_t)word_at(L, index) >> 5);
}

int64_t script_get_timestamp(lua_State *L, int index)
{
    return (int64_t)word_at(L, index) >> 5;
}

void script_get_row(lua_State *L, int index, int *table, int64_t *row)
{
    uint64_t word = word_at(L, index);
    *table = (int)(word >> 5 & 0xFFFF);
    *row = (int64_t)(word >> 21);
}

struct list script_get_list(lua_State *L, int index)
{
    uint64_t word = word_at(L, index);
    return (struct list){(int)(word >> 5 & 0xFFF), (int)(word >> 17 & 0xFF), (int64_t)(word >> 25)};
}

enum mark script_get_mark(lua_State *L, int index)
{
    return (enum mark)(word_at(L, index) >> 5);
}

const char *script_value_type(lua_State *L, int index)
{
    switch (script_value_kind(L, index)) {
    case WORD_DECIMAL:
        return "decimal";
    case WORD_DATE:
        return "date";
    case WORD_TIMESTAMP:
        return "timestamp";
    case WORD_ROW:
        return "row";
    case WORD_LIST:
        return "list";
    case WORD_MARK:
        return "mark";
    case WORD_NONE:
        break;
    }
    return luaL_typename(L, index);
}

struct decimal script_check_decimal(lua_State *L, int argument)
{
    struct decimal value;
    if (script_get_decimal(L, argument, &value))
        return value;
    const char *note =
        lua_type(L, argument) == LUA_TNUMBER
            ? "a float is not exact; write decimal \"1.5\""
            : lua_pushfstring(L, "a number is wanted, this is a %s%s",
                              script_value_type(L, argument),
                              lua_type(L, argument) == LUA_TSTRING ? "; write decimal(x)" : "");
    luaL_argerror(L, argument, note);
    return value;
}

void script_check_row(lua_State *L, int argument, int *table, int64_t *row)
{
    if (script_value_kind(L, argument) != WORD_ROW)
        luaL_argerror(
            L, argument,
            lua_pushfstring(L, "a row is wanted, this is a %s", script_value_type(L, argument)));
    script_get_row(L, argument, table, row);
}

bool script_value_text(lua_State *L, int index, struct buffer *out)
{
    const struct data *data = script_context_of(L)->data;
    char text[DECIMAL_TEXT_MAX];
    struct decimal number;
    switch (script_value_kind(L, index)) {
    case WORD_DECIMAL:
        script_get_decimal(L, index, &number);
        decimal_format(number, 0, text);
        break;
    case WORD_DATE:
        calendar_format_day(script_get_date(L, index), text);
        break;
    case WORD_TIMESTAMP:
        if (!data)
            return false;
        zone_format(data->scope.zone, script_get_timestamp(L, index), text);
        break;
    case WORD_ROW: {
        int table;
        int64_t row;
        script_get_row(L, index, &table, &row);
        data_key(data, table, row, out);
        return true;
    }
    case WORD_LIST:
    case WORD_MARK:
        return false;
    case WORD_NONE:
        if (lua_type(L, index) == LUA_TSTRING) {
            size_t length;
            const char *bytes = lua_tolstring(L, index, &length);
            buffer_add(out, bytes, length);
            return true;
        }
        if (lua_isinteger(L, index)) {
            buffer_printf(out, "%lld", (long long)lua_tointeger(L, index));
            return true;
        }
        if (lua_isboolean(L, index)) {
            buffer_add_text(out, lua_toboolean(L, index) ? "true" : "false");
            return true;
        }
        return false;
    }
    buffer_add_text(out, text);
    return true;
}

// Dates and timestamps as days where either has no time of day.
static bool compare_times(lua_State *L, int a, int b, int *order)
{
    enum word_kind x = script_value_kind(L, a), y = script_value_kind(L, b);
    if ((x != WORD_DATE && x != WORD_TIMESTAMP) || (y != WORD_DATE && y != WORD_TIMESTAMP))
        return false;
    int64_t left = x == WORD_DATE ? script_get_date(L, a) : script_get_timestamp(L, a);
    int64_t right = y == WORD_DATE ? script_get_date(L, b) : script_get_timestamp(L, b);
    if (x != y) {
        const struct zone *zone = script_context_of(L)->data->scope.zone;
        if (x == WORD_TIMESTAMP)
            left = zone_day(zone, left);
        else
            right = zone_day(zone, right);
    }
    *order = (left > right) - (left < right);
    return true;
}

int script_value_compare(lua_State *L, int a, int b, int *order)
{
    struct decimal x, y;
    if (script_get_decimal(L, a, &x) && script_get_decimal(L, b, &y)) {
        *order = decimal_compare(x, y);
        return 0;
    }
    if (compare_times(L, a, b, order))
        return 0;
    if (lua_type(L, a) == LUA_TSTRING && lua_type(L, b) == LUA_TSTRING) {
        struct text left, right;
        left.bytes = lua_tolstring(L, a, &left.length);
        right.bytes = lua_tolstring(L, b, &right.length);
        *order = text_compare(left, right);
        return 0;
    }
    if (lua_isboolean(L, a) && lua_isboolean(L, b)) {
        *order = lua_toboolean(L, a) - lua_toboolean(L, b);
        return 0;
    }
    if (script_value_kind(L, a) == WORD_ROW && script_value_kind(L, b) == WORD_ROW) {
        int table_a, table_b;
        int64_t row_a, row_b;
        script_get_row(L, a, &table_a, &row_a);
        script_get_row(L, b, &table_b, &row_b);
        *order = table_a != table_b
                     ? table_a - table_b
                     : data_compare_keys(script_context_of(L)->data, table_a, row_a, row_b);
        if (*order == 0)
            *order = (row_a > row_b) - (row_a < row_b);
        return 0;
    }
    return -1;
}

static int no_comparison(lua_State *L)
{
    return luaL_error(L, "a %s and a %s cannot be compared", script_value_type(L, 1),
                      script_value_type(L, 2));
}

// < and <= between rows would hide mistakes; only numbers and times have an order in rules.
static bool has_order(lua_State *L, int index)
{
    enum word_kind kind = script_value_kind(L, index);
    return kind == WORD_DECIMAL || kind == WORD_DATE || kind == WORD_TIMESTAMP ||
           lua_isinteger(L, index);
}

static int value_less(lua_State *L)
{
    int order;
    if (!has_order(L, 1) || !has_order(L, 2) || script_value_compare(L, 1, 2, &order) != 0)
        return no_comparison(L);
    lua_pushboolean(L, order < 0);
    return 1;
}

static int value_less_equal(lua_State *L)
{
    int order;
    if (!has_order(L, 1) || !has_order(L, 2) || script_value_compare(L, 1, 2, &order) != 0)
        return no_comparison(L);
    lua_pushboolean(L, order <= 0);
    return 1;
}

static int no_arithmetic(lua_State *L, const char *what)
{
    for (int index = 1; index <= 2; index++)
        if (lua_type(L, index) == LUA_TNUMBER && !lua_isinteger(L, index))
            return luaL_error(L, "a float is not exact; write decimal \"1.5\"");
    for (int index = 1; index <= 2; index++)
        if (lua_isnil(L, index))
            return luaL_error(L, "attempt to %s a nil value (an empty field?)", what);
    return luaL_error(L, "attempt to %s a %s and a %s", what, script_value_type(L, 1),
                      script_value_type(L, 2));
}

static void push_day_checked(lua_State *L, int64_t day)
{
    if (day < CALENDAR_DAY_MIN || day > CALENDAR_DAY_MAX)
        luaL_error(L, "the date leaves the years 1 to 9999");
    script_push_date(L, (int)day);
}

static int value_add(lua_State *L)
{
    struct decimal a, b, sum;
    if (script_get_decimal(L, 1, &a) && script_get_decimal(L, 2, &b)) {
        if (decimal_add(a, b, &sum) != 0)
            return luaL_error(L, "the sum needs more than 64 bits");
        script_push_decimal(L, sum);
        return 1;
    }
    int date = script_value_kind(L, 1) == WORD_DATE ? 1 : 2;
    if (script_value_kind(L, date) == WORD_DATE && lua_isinteger(L, 3 - date)) {
        int64_t day;
        if (__builtin_add_overflow((int64_t)script_get_date(L, date), lua_tointeger(L, 3 - date),
                                   &day))
            day = INT64_MAX;
        push_day_checked(L, day);
        return 1;
    }
    return no_arithmetic(L, "add");
}

static int value_subtract(lua_State *L)
{
    struct decimal a, b, difference;
    enum word_kind x = script_value_kind(L, 1), y = script_value_kind(L, 2);
    if (script_get_decimal(L, 1, &a) && script_get_decimal(L, 2, &b)) {
        if (decimal_subtract(a, b, &difference) != 0)
            return luaL_error(L, "the difference needs more than 64 bits");
        script_push_decimal(L, difference);
        return 1;
    }
    if (x == WORD_DATE && y == WORD_DATE) {
        lua_pushinteger(L, script_get_date(L, 1) - script_get_date(L, 2));
        return 1;
    }
    if (x == WORD_TIMESTAMP && y == WORD_TIMESTAMP) {
        difference = (struct decimal){script_get_timestamp(L, 1) - script_get_timestamp(L, 2), 6};
        script_push_decimal(L, difference);
        return 1;
    }
    if (x == WORD_DATE && lua_isinteger(L, 2)) {
        int64_t day;
        if (__builtin_sub_overflow((int64_t)script_get_date(L, 1), lua_tointeger(L, 2), &day))
            day = INT64_MAX;
        push_day_checked(L, day);
        return 1;
    }
    if ((x == WORD_DATE && y == WORD_TIMESTAMP) || (x == WORD_TIMESTAMP && y == WORD_DATE))
        return luaL_error(L, "a date and a timestamp cannot be subtracted; use day(x)");
    return no_arithmetic(L, "subtract");
}

static int value_multiply(lua_State *L)
{
    struct decimal a, b, product;
    if (!script_get_decimal(L, 1, &a) || !script_get_decimal(L, 2, &b))
        return no_arithmetic(L, "multiply");
    if (decimal_multiply(a, b, &product) != 0)
        return luaL_error(L, "the product needs more than 64 bits");
    script_push_decimal(L, product);
    return 1;
}

static int value_negate(lua_State *L)
{
    struct decimal value;
    if (!script_get_decimal(L, 1, &value))
        return luaL_error(L, "attempt to negate a %s", script_value_type(L, 1));
    if (value.coefficient == INT64_MIN)
        return luaL_error(L, "the number needs more than 64 bits");
    value.coefficient = -value.coefficient;
    script_push_decimal(L, value);
    return 1;
}

static int value_no_division(lua_State *L)
{
    return luaL_error(L, "/ // %% and ^ are not exact; write div(a, b, scale, mode)");
}

static int value_concatenate(lua_State *L)
{
    struct buffer *scratch = &script_context_of(L)->scratch;
    buffer_reset(scratch);
    if (!script_value_text(L, 1, scratch) || !script_value_text(L, 2, scratch))
        return luaL_error(L, "attempt to join a %s and a %s as text", script_value_type(L, 1),
                          script_value_type(L, 2));
    lua_pushlstring(L, buffer_text(scratch), scratch->length);
    return 1;
}

static const luaL_Reg arithmetic[] = {
    {"__add", value_add},         {"__sub", value_subtract},       {"__mul", value_multiply},
    {"__unm", value_negate},      {"__div", value_no_division},    {"__idiv", value_no_division},
    {"__mod", value_no_division}, {"__pow", value_no_division},    {"__lt", value_less},
    {"__le", value_less_equal},   {"__concat", value_concatenate}, {NULL, NULL},
};

void script_value_install(lua_State *L)
{
    lua_newtable(L); // decimals, by value, as long as somebody holds them
    lua_newtable(L);
    lua_pushliteral(L, "v");
    lua_setfield(L, -2, "__mode");
    lua_setmetatable(L, -2);
    lua_setfield(L, LUA_REGISTRYINDEX, interned);
    luaL_newmetatable(L, long_decimal);
    luaL_setfuncs(L, arithmetic, 0);
    lua_pop(L, 1);
    lua_pushlightuserdata(L, NULL); // any: all share the metatable
    lua_newtable(L);
    luaL_setfuncs(L, arithmetic, 0); // light metatable
    lua_setmetatable(L, -2);
    lua_pop(L, 1);
}
