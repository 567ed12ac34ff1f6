// SPDX-License-Identifier: MIT
// Texts of a source calculate: the metamethods of strings, and of the words that numbers and dates
// are, turn a text into the number that it is read as, and leave the rest to those that they take
// the place of.
#include "engine/lua/script_source.h"

#include "engine/base/memory.h"
#include "engine/base/reason.h"
#include "engine/data/cell.h"
#include "engine/data/data.h"
#include "engine/lua/sandbox.h"
#include "engine/lua/script_context.h"
#include "engine/lua/script_value.h"
#include "engine/lua/tester.h"
#include "engine/lua/vocabulary.h"

#include <lauxlib.h>
#include <stdlib.h>
#include <string.h>

// ---- columns

// A column that a file without a header has is called by its place.
static const char *column_label(lua_State *L, int index)
{
    if (!lua_isinteger(L, index))
        return luaL_checkstring(L, index);
    return lua_pushfstring(L, "column %I", (LUAI_UACINT)lua_tointeger(L, index));
}

static bool has_column(const struct script_source *source, const char *label)
{
    struct text text;
    return source->find(source, label, &text);
}

static size_t count_columns(const struct script_source *source)
{
    size_t count = 0;
    while (source->label(source, count))
        count++;
    return count;
}

static int no_column(lua_State *L, const struct script_source *source)
{
    bool by_place = lua_isinteger(L, 2);
    size_t count = count_columns(source);
    if (by_place && !has_column(source, "column 1"))
        return luaL_error(L,
                          "source[%I] is for files without a header; write the column's name, as "
                          "in source[\"%s\"]",
                          (LUAI_UACINT)lua_tointeger(L, 2),
                          count ? source->label(source, 0) : "amount");
    if (by_place)
        return luaL_error(L, "the source has no column %I; it has %I",
                          (LUAI_UACINT)lua_tointeger(L, 2), (LUAI_UACINT)count);
    return luaL_error(L, "the source has no column '%s'%s", lua_tostring(L, 2),
                      has_column(source, "column 1")
                          ? "; it has no header: write source[1] for its first column"
                          : "");
}

static int push_column(lua_State *L, const struct script_source *source, const char *label)
{
    struct text text;
    if (!source->find(source, label, &text))
        return -1;
    if (text.length == 0)
        return 0;
    bool no_value = cell_unmark(&text.bytes, &text.length);
    lua_pushlstring(L, text.bytes, text.length);
    return no_value
               ? luaL_error(L, "column '%s' has %s in place of a value", label, lua_tostring(L, -1))
               : 1;
}

static int beside_index(lua_State *L) // source.head, header; upvalues: source, "head"
{
    const struct script_source *source = lua_touserdata(L, lua_upvalueindex(1));
    const char *name = lua_tostring(L, lua_upvalueindex(2));
    const char *label = lua_pushfstring(L, "%s.%s", name, column_label(L, 2));
    int pushed = push_column(L, source, label);
    if (pushed < 0)
        return luaL_error(L, "the file of `with` has no column '%s'", label);
    return pushed;
}

// Is that the name of a file beside the source?
static bool is_beside(const struct script_source *source, const char *name)
{
    size_t length = strlen(name);
    const char *label;
    for (size_t i = 0; (label = source->label(source, i)); i++)
        if (strncmp(label, name, length) == 0 && label[length] == '.')
            return true;
    return false;
}

static int source_index(lua_State *L) // source, header or place; upvalue: source
{
    const struct script_source *source = lua_touserdata(L, lua_upvalueindex(1));
    const char *label = column_label(L, 2);
    int pushed = push_column(L, source, label);
    if (pushed >= 0)
        return pushed;
    if (!is_beside(source, label))
        return no_column(L, source);
    lua_newtable(L);
    lua_newtable(L); // table metatable
    lua_pushvalue(L, lua_upvalueindex(1));
    lua_pushstring(L, label);
    lua_pushcclosure(L, beside_index, 2);
    lua_setfield(L, -2, "__index");
    lua_setmetatable(L, -2);
    return 1;
}

// ---- texts as numbers and dates

// The text as a number; false with the reason in the context.
static bool read_number(lua_State *L, const struct cell_format *format, const char *text,
                        size_t length, struct decimal *number)
{
    static const struct field field = {.type = TYPE_DECIMAL};
    struct cell_value value = {.is = CELL_IS_NULL};
    struct buffer *reason = &script_context_of(L)->reason; // the context's: an error leaves it
    buffer_reset(reason);
    buffer_add_text(reason, "it is no number");
    bool read = cell_parse(format, &field, NULL, text, length, &value, reason) == 0;
    if (read && value.is == CELL_IS_NUMBER) {
        *number = value.number;
        return true;
    }
    // More places than a column may have: they can be calculated with until they are rounded.
    cell_bare(&text, &length);
    return !read && decimal_parse(text, length, number) == 0;
}

static struct decimal number_at(lua_State *L, int argument)
{
    struct decimal number;
    if (script_get_decimal(L, argument, &number))
        return number;
    size_t length;
    const char *text = lua_tolstring(L, argument, &length);
    struct buffer *reason = &script_context_of(L)->reason;
    if (lua_type(L, argument) == LUA_TSTRING && read_number(L, NULL, text, length, &number))
        return number;
    if (lua_isnil(L, argument))
        luaL_error(L, "an empty cell cannot be calculated with; write (source[\"...\"] or \"0\")");
    if (lua_type(L, argument) != LUA_TSTRING) {
        buffer_reset(reason);
        buffer_add_text(reason, "it is no number");
    }
    char *why = reason_text(buffer_text(reason));
    buffer_reset(reason);
    buffer_add_text(reason, why);
    free(why);
    luaL_error(L, "'%s' cannot be calculated with: %s",
               text && lua_type(L, argument) == LUA_TSTRING ? text : script_value_type(L, argument),
               buffer_text(reason));
    return number;
}

static bool read_date(lua_State *L, const char *text, size_t length, int *day)
{
    static const struct field field = {.type = TYPE_DATE};
    const struct zone *zone = script_context_of(L)->data->scope.zone;
    struct cell_value value = {.is = CELL_IS_NULL};
    if (cell_parse(NULL, &field, zone, text, length, &value, NULL) != 0 || value.is != CELL_IS_WORD)
        return false;
    *day = (int)value.word;
    return true;
}

// A text beside a date is a number of days, or a date.
static void replace_beside_date(lua_State *L, int argument)
{
    struct decimal number;
    size_t length;
    int day;
    const char *text = lua_tolstring(L, argument, &length);
    if (read_number(L, NULL, text, length, &number)) {
        number = decimal_normalise(number);
        if (number.scale > 0)
            luaL_error(L, "'%s' is no whole number of days", text);
        lua_pushinteger(L, number.coefficient);
    } else if (read_date(L, text, length, &day)) {
        script_push_date(L, day);
    } else {
        luaL_error(L, "'%s' is no number of days and no date", text);
    }
    lua_replace(L, argument);
}

static int calculate(lua_State *L) // a, b; upvalue: what works on values that are no texts
{
    lua_settop(L, 2);
    for (int argument = 1; argument <= 2; argument++) {
        bool beside_date = script_value_kind(L, 3 - argument) == WORD_DATE;
        if (lua_type(L, argument) == LUA_TSTRING && beside_date)
            replace_beside_date(L, argument);
        else if (lua_type(L, argument) == LUA_TSTRING) {
            script_push_decimal(L, number_at(L, argument));
            lua_replace(L, argument);
        }
    }
    lua_pushvalue(L, lua_upvalueindex(1));
    lua_insert(L, 1); // function a b
    lua_call(L, 2, 1);
    return 1;
}

// decimal(source["金额"]) reads "1,234.50" as calculating with it does.
static int text_decimal(lua_State *L)
{
    script_push_decimal(L, number_at(L, 1));
    return 1;
}

// round(source["金额"], 2) also of a text with more digits than a number may have.
static int text_round(lua_State *L) // text, places, mode; upvalue: round
{
    size_t length;
    struct cell_format format = {.rounded = true, .rounding = ROUND_HALF_UP};
    if (lua_type(L, 1) == LUA_TSTRING) {
        struct decimal number;
        const char *text = lua_tolstring(L, 1, &length);
        lua_Integer places = luaL_checkinteger(L, 2);
        luaL_argcheck(L, places >= 0 && places <= CELL_SCALE_MAX, 2, "0 to 8 places");
        if (!lua_isnoneornil(L, 3) && rounding_from_name(luaL_checkstring(L, 3), &format.rounding))
            return luaL_error(L, "round: there is no mode '%s'", lua_tostring(L, 3));
        format.places = (int)places;
        script_push_decimal(L, read_number(L, &format, text, length, &number) ? number
                                                                              : number_at(L, 1));
        return 1;
    }
    int arguments = lua_gettop(L);
    lua_pushvalue(L, lua_upvalueindex(1));
    lua_insert(L, 1);
    lua_call(L, arguments, 1);
    return 1;
}

// date(source["日期"]) reads what a date column is read from.
static int text_date(lua_State *L)
{
    size_t length;
    int day = 0;
    const char *text = luaL_checklstring(L, 1, &length);
    if (!read_date(L, text, length, &day))
        return luaL_error(L, "date: '%s' is no day like \"2026-10-05\"", text);
    script_push_date(L, day);
    return 1;
}

static int not_yet(lua_State *L) // upvalue: the function's name
{
    return luaL_error(L, "%s: references are not resolved yet where columns are computed",
                      lua_tostring(L, lua_upvalueindex(1)));
}

// Puts calculate in the place of the metamethods of the value on top.
static void wrap_arithmetic(lua_State *L)
{
    static const char *const events[] = {"__add", "__sub", "__mul", "__unm"};
    lua_pushlightuserdata(L, NULL);
    lua_getmetatable(L, -1); // value light words
    lua_getmetatable(L, -3); // value light words own
    for (size_t i = 0; i < sizeof events / sizeof *events; i++) {
        if (lua_getfield(L, -2, events[i]) == LUA_TFUNCTION && !lua_iscfunction(L, -1))
            luaL_error(L, "arithmetic is ours");
        lua_getfield(L, LUA_REGISTRYINDEX, events[i]);
        if (lua_isnil(L, -1)) { // the first time: what is there is kept
            lua_pop(L, 1);
            lua_pushvalue(L, -1);
            lua_setfield(L, LUA_REGISTRYINDEX, events[i]);
        } else {
            lua_replace(L, -2);
        }
        lua_pushcclosure(L, calculate, 1);
        lua_setfield(L, -2, events[i]);
    }
    lua_pop(L, 3);
}

static void replace_global(lua_State *L, const char *name, lua_CFunction function)
{
    lua_getglobal(L, name);
    lua_pushcclosure(L, function, 1);
    lua_setglobal(L, name);
}

static int offer(lua_State *L) // source → proxy
{
    static const char *const refused[] = {"rows", "lookup", "person"};
    lua_pushliteral(L, "");
    wrap_arithmetic(L);
    lua_settop(L, 1);
    lua_pushlightuserdata(L, NULL);
    wrap_arithmetic(L);
    lua_settop(L, 1);
    replace_global(L, "decimal", text_decimal);
    replace_global(L, "round", text_round);
    replace_global(L, "date", text_date);
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
        lua_pushstring(L, refused[i]);
        lua_pushcclosure(L, not_yet, 1);
        lua_setglobal(L, refused[i]);
    }
    lua_newtable(L);
    lua_newtable(L);
    lua_pushvalue(L, 1);
    lua_pushcclosure(L, source_index, 1);
    lua_setfield(L, -2, "__index");
    lua_setmetatable(L, -2);
    return 1;
}

lua_State *script_source_load(const struct engagement *engagement, const struct data *data,
                              const struct script_source *source, const char *what,
                              struct error *error)
{
    lua_State *L = sandbox_new(data, 0, TESTER_BYTES, error);
    if (!L)
        return NULL;
    vocabulary_engagement(L, engagement->import_kinds);
    for (int i = 0; i < engagement->file_count; i++) {
        const struct rule_file *file = &engagement->files[i];
        if (file->kind == RULE_FILE_ENGAGEMENT &&
            sandbox_run(L, file->name, file->text, file->length, error) != 0)
            return NULL; // it ran before, but without data
    }
    json_decref(vocabulary_declared(L, error)); // numbers the functions as when it was first read
    lua_pushcfunction(L, offer);
    lua_pushlightuserdata(L, (void *)source);
    if (sandbox_call(L, 1, 1, SANDBOX_INSTRUCTIONS_PER_ROW) == SANDBOX_DONE)
        return L;
    error_set(error, ERROR_USAGE, what, "%s", buffer_text(&script_context_of(L)->reason));
    return NULL;
}
