// SPDX-License-Identifier: MIT
// Declarations are kept in the registry as they are made, each with its line, and turned into JSON
// when the file has run: what a constructor is given is then complete.
#include "engine/lua/vocabulary.h"

#include "engine/base/memory.h"
#include "engine/lua/sandbox.h"
#include "engine/lua/script_json.h"
#include "engine/lua/script_value.h"
#include "engine/lua/vocabulary_inside.h"

#include <lauxlib.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// Where the registry keeps what was declared, and the kinds of imports.
static const char declared[] = "vouch.declared", import_kinds[] = "vouch.import_kinds";

// Remembers { what, line, ...values } in the order of declaration.
static void remember(lua_State *L, const char *what, int values)
{
    luaL_checkstack(L, 6, "too many declarations");
    int first = lua_gettop(L) - values + 1;
    if (lua_getfield(L, LUA_REGISTRYINDEX, declared) == LUA_TNIL) {
        lua_pop(L, 1);
        lua_newtable(L);
        lua_pushvalue(L, -1);
        lua_setfield(L, LUA_REGISTRYINDEX, declared);
    }
    lua_newtable(L); // values list entry
    lua_pushstring(L, what);
    lua_rawseti(L, -2, 1);
    lua_Debug place = {0};
    int line = 0;
    for (int level = 1; line <= 0 && lua_getstack(L, level, &place); level++)
        line = lua_getinfo(L, "Sl", &place) ? place.currentline : 0;
    lua_pushinteger(L, line);
    lua_rawseti(L, -2, 2);
    lua_pushstring(L, place.source && *place.source == '=' ? place.source + 1 : "");
    lua_setfield(L, -2, "file");
    for (int i = 0; i < values; i++) {
        lua_pushvalue(L, first + i);
        lua_rawseti(L, -2, 3 + i);
    }
    lua_rawseti(L, -2, (lua_Integer)lua_rawlen(L, -2) + 1);
    lua_pop(L, 1);
}

static int declare_one(lua_State *L) // upvalue: what; one table or text
{
    const char *what = lua_tostring(L, lua_upvalueindex(1));
    if (!lua_istable(L, 1) && lua_type(L, 1) != LUA_TSTRING)
        return luaL_error(L, "%s wants a table { ... } or a text, this is a %s", what,
                          script_value_type(L, 1));
    lua_settop(L, 1);
    remember(L, what, 1);
    return 0;
}

static int declare_named_body(lua_State *L) // upvalues: what, name
{
    const char *what = lua_tostring(L, lua_upvalueindex(1));
    if (!lua_istable(L, 1))
        return luaL_error(L, "%s \"%s\" wants a table { ... }", what,
                          lua_tostring(L, lua_upvalueindex(2)));
    lua_settop(L, 1);
    lua_pushvalue(L, lua_upvalueindex(2));
    lua_insert(L, 1);
    remember(L, what, 2);
    return 0;
}

static int declare_named(lua_State *L) // upvalue: what; "name" { ... } or ("name", { ... })
{
    luaL_checkstring(L, 1);
    lua_pushvalue(L, lua_upvalueindex(1));
    lua_pushvalue(L, 1);
    lua_pushcclosure(L, declare_named_body, 2);
    if (!lua_istable(L, 2))
        return 1;
    lua_pushvalue(L, 2);
    lua_call(L, 1, 0);
    return 0;
}

static int type_only(lua_State *L)
{
    return luaL_error(L, "this is a type, to be named in a list of fields");
}

static int type_enum(lua_State *L)
{
    if (!lua_istable(L, 1)) {
        int count = lua_gettop(L);
        lua_createtable(L, count, 0);
        lua_insert(L, 1);
        for (int i = count; i >= 1; i--)
            lua_rawseti(L, 1, i);
    }
    lua_newtable(L);
    lua_pushvalue(L, 1);
    lua_setfield(L, -2, "enum");
    return 1;
}

const struct vocabulary_word vocabulary_model_words[] = {
    {"table", declare_named}, {"extend", declare_named}, {"text", type_only}, {"int", type_only},
    {"money", type_only},     {"bool", type_only},       {"enum", type_enum}, {NULL, NULL},
};

const struct vocabulary_word vocabulary_engagement_words[] = {
    {"engagement", declare_one},
    {"controls", declare_one},
    {"profiles", declare_one},
    {"parameters", declare_one},
    {"required", declare_one},
    {"disable", declare_one},
    {"waivers", declare_one},
    {"dispositions", declare_one},
    {"assume", declare_one},
    {"refuse", declare_one},
    {"none", declare_one},
    {"complete", declare_one},
    {"stated", declare_one},
    {"automatic_approval", declare_one},
    {NULL, NULL},
};

const struct vocabulary_word vocabulary_control_words[] = {
    {"control", declare_named}, {"with", vocabulary_with}, {NULL, NULL}};

const struct vocabulary_word vocabulary_case_words[] = {
    {"cases", declare_named}, {"with", vocabulary_with}, {NULL, NULL}};

static void offer(lua_State *L, const struct vocabulary_word *words)
{
    for (const struct vocabulary_word *word = words; word->name; word++) {
        lua_pushstring(L, word->name);
        lua_pushcclosure(L, word->declare, 1);
        lua_setglobal(L, word->name);
    }
}

// Types are known by identity: the functions of these globals.
static const char *const type_globals[] = {"text", "int",       "decimal", "money",
                                           "date", "timestamp", "bool"};

static int set_up_model(lua_State *L)
{
    offer(L, vocabulary_model_words);
    lua_newtable(L);
    for (size_t i = 0; i < sizeof type_globals / sizeof *type_globals; i++) {
        lua_getglobal(L, type_globals[i]);
        lua_pushstring(L, type_globals[i]);
        lua_rawset(L, -3);
    }
    lua_setfield(L, LUA_REGISTRYINDEX, "vouch.types");
    return 0;
}

static int set_up_engagement(lua_State *L) // kinds of imports
{
    const struct import_kind *imports = lua_touserdata(L, 1);
    lua_pushvalue(L, 1);
    lua_setfield(L, LUA_REGISTRYINDEX, import_kinds);
    set_up_model(L);
    offer(L, vocabulary_engagement_words);
    lua_newtable(L);
    for (const struct import_kind *kind = imports; kind && kind->name; kind++) {
        lua_pushfstring(L, "import.%s", kind->name);
        lua_pushcclosure(L, declare_one, 1);
        lua_setfield(L, -2, kind->name);
    }
    lua_setglobal(L, "import");
    return 0;
}

static int set_up_controls(lua_State *L)
{
    offer(L, vocabulary_control_words);
    return 0;
}

static int set_up_cases(lua_State *L)
{
    offer(L, vocabulary_case_words);
    return 0;
}

static void protected_set_up(lua_State *L, lua_CFunction function,
                             const struct import_kind *imports)
{
    lua_pushcfunction(L, function);
    lua_pushlightuserdata(L, (void *)imports);
    if (lua_pcall(L, 1, 0, 0) != LUA_OK)
        memory_exhausted();
}

void vocabulary_model(lua_State *L)
{
    protected_set_up(L, set_up_model, NULL);
}

void vocabulary_engagement(lua_State *L, const struct import_kind *imports)
{
    protected_set_up(L, set_up_engagement, imports);
}

void vocabulary_controls(lua_State *L)
{
    protected_set_up(L, set_up_controls, NULL);
}

void vocabulary_cases(lua_State *L)
{
    protected_set_up(L, set_up_cases, NULL);
}

static void append(json_t *result, const char *name, json_t *value)
{
    json_t *list = json_object_get(result, name);
    if (!list) {
        list = json_array();
        json_object_set_new(result, name, list);
    }
    json_array_append_new(list, value);
}

static json_t *located(const struct place *place, int index, const char *what)
{
    json_t *value = declare_plain(place, index, what);
    return json_pack("{s:i,s:o}", "line", place->line, "value", value);
}

// The kind behind the word "import.NAME", or NULL for any other word.
static const struct import_kind *import_of(lua_State *L, const char *word)
{
    static const char import[] = "import.";
    lua_getfield(L, LUA_REGISTRYINDEX, import_kinds);
    const struct import_kind *kind = lua_touserdata(L, -1);
    lua_pop(L, 1);
    if (strncmp(word, import, sizeof import - 1) != 0)
        return NULL;
    while (kind->name && strcmp(kind->name, word + sizeof import - 1) != 0)
        kind++;
    return kind;
}

// One remembered entry at the top of the stack.
static void convert_entry(lua_State *L, json_t *result)
{
    int entry = lua_gettop(L);
    lua_rawgeti(L, entry, 1);
    lua_rawgeti(L, entry, 2);
    const char *what = lua_tostring(L, -2);
    int line = (int)lua_tointeger(L, -1);
    lua_getfield(L, entry, "file");
    struct place place = {L, lua_tostring(L, -1), line};
    lua_rawgeti(L, entry, 3);
    lua_rawgeti(L, entry, 4);
    int first = entry + 4, second = entry + 5;
    const struct import_kind *import = import_of(L, what);
    if (strcmp(what, "table") == 0) {
        json_t *table = declare_table_json(&place, lua_tostring(L, first), second);
        json_object_set_new(table, "line", json_integer(place.line));
        append(result, "tables", table);
    } else if (strcmp(what, "extend") == 0) {
        append(result, "extensions", declare_table_json(&place, lua_tostring(L, first), second));
    } else if (import) {
        append(result, "imports", declare_import_json(&place, import, first));
    } else if (strcmp(what, "disable") == 0) {
        append(result, what, declare_disable_json(&place, first));
    } else if (strcmp(what, "required") == 0) {
        append(result, what, declare_required_json(&place, first));
    } else if (strcmp(what, "waivers") == 0 || strcmp(what, "dispositions") == 0) {
        append(result, what, declare_list_json(&place, first, what));
    } else {
        append(result, what, located(&place, first, what));
    }
    lua_settop(L, entry);
}

static int convert_one(lua_State *L) // result entry
{
    convert_entry(L, lua_touserdata(L, 1));
    return 0;
}

// All mistakes are told at once: one in a declaration does not hide those of the next.
static int convert_all(lua_State *L)
{
    if (lua_getfield(L, LUA_REGISTRYINDEX, declared) != LUA_TTABLE)
        return 0;
    lua_pushcfunction(L, convert_one);
    lua_pushvalue(L, 1);
    for (lua_Integer i = 1; lua_rawgeti(L, 2, i) != LUA_TNIL; i++) {
        lua_pushvalue(L, 3);
        lua_pushvalue(L, 4);
        lua_pushvalue(L, 5);
        if (lua_pcall(L, 2, 0, 0) != LUA_OK)
            declare_keep_mistake(L);
        lua_settop(L, 4);
    }
    return 0;
}

// What declare_wrong raised, or kept: file, line and message.
static int declaration_error(lua_State *L, struct error *error)
{
    const char *text = lua_type(L, -1) == LUA_TSTRING ? lua_tostring(L, -1) : "a mistake";
    const char *second = *text == DECLARE_MARK ? strchr(text + 1, DECLARE_MARK) : NULL;
    error_set(error, ERROR_USAGE, "", "%s", second ? second + 1 : text);
    if (second)
        snprintf(error->where, sizeof error->where, "%.*s", (int)(second - text - 1), text + 1);
    return -1;
}

static json_t *convert_protected(lua_State *L, lua_CFunction function, json_t *result,
                                 struct error *error)
{
    if (!result)
        memory_exhausted();
    lua_pushcfunction(L, function);
    lua_pushlightuserdata(L, result);
    if (lua_pcall(L, 1, 0, 0) == LUA_OK)
        return result;
    declaration_error(L, error);
    json_decref(result);
    lua_pop(L, 1);
    return NULL;
}

json_t *vocabulary_declared(lua_State *L, struct error *error)
{
    return convert_protected(L, convert_all, json_object(), error);
}

bool vocabulary_mistake(lua_State *L, int number, struct error *error)
{
    luaL_getsubtable(L, LUA_REGISTRYINDEX, declare_mistakes);
    bool there = lua_rawgeti(L, -1, number) != LUA_TNIL;
    if (there)
        declaration_error(L, error);
    lua_pop(L, 2);
    return there;
}

static json_t *cases_json(const struct place *place, const char *control, int index)
{
    return json_pack("{s:s,s:i,s:o}", "control", control, "line", place->line, "cases",
                     declare_case_names(place, index));
}

static int convert_controls(lua_State *L)
{
    json_t *result = lua_touserdata(L, 1);
    if (lua_getfield(L, LUA_REGISTRYINDEX, declared) != LUA_TTABLE)
        return 0;
    for (lua_Integer i = 1; lua_rawgeti(L, 2, i) != LUA_TNIL; i++) {
        lua_rawgeti(L, 3, 2);
        lua_rawgeti(L, 3, 3);
        lua_rawgeti(L, 3, 4);
        lua_getfield(L, 3, "file");
        lua_rawgeti(L, 3, 1);
        struct place place = {L, lua_tostring(L, 7), (int)lua_tointeger(L, 4)};
        const char *id = lua_tostring(L, 5);
        bool is_control = strcmp(lua_tostring(L, 8), "control") == 0;
        json_array_append_new(result, is_control ? declare_control_json(&place, id, 6)
                                                 : cases_json(&place, id, 6));
        lua_settop(L, 2);
    }
    luaL_getsubtable(L, LUA_REGISTRYINDEX, declare_mistakes);
    return lua_rawgeti(L, -1, 1) == LUA_TNIL ? 0 : lua_error(L);
}

json_t *vocabulary_declared_controls(lua_State *L, struct error *error)
{
    return convert_protected(L, convert_controls, json_array(), error);
}

// Pushes what was remembered of `id`, or nil.
static void push_entry(lua_State *L, const char *id)
{
    if (lua_getfield(L, LUA_REGISTRYINDEX, declared) != LUA_TTABLE)
        return;
    int list = lua_gettop(L);
    for (lua_Integer i = 1; lua_rawgeti(L, list, i) != LUA_TNIL; i++) {
        lua_rawgeti(L, -1, 3);
        bool found = lua_type(L, -1) == LUA_TSTRING && strcmp(lua_tostring(L, -1), id) == 0;
        lua_pop(L, 1);
        if (found)
            break;
        lua_pop(L, 1);
    }
    lua_remove(L, list);
}

void vocabulary_push_control(lua_State *L, const char *id)
{
    push_entry(L, id);
    if (lua_istable(L, -1)) {
        lua_rawgeti(L, -1, 4);
        lua_remove(L, -2);
    }
}

void vocabulary_push_cases(lua_State *L, const char *id)
{
    push_entry(L, id);
    if (!lua_istable(L, -1))
        return;
    lua_rawgeti(L, -1, 1);
    lua_rawgeti(L, -2, 4); // entry what value
    if (strcmp(lua_tostring(L, -2), "control") == 0) {
        lua_getfield(L, -1, "cases");
        lua_remove(L, -2);
    }
    lua_replace(L, -3);
    lua_pop(L, 1);
}

void vocabulary_push_computed(lua_State *L, int number)
{
    if (lua_getfield(L, LUA_REGISTRYINDEX, vocabulary_computed) == LUA_TTABLE) {
        lua_rawgeti(L, -1, number + 1);
        lua_remove(L, -2);
    }
}
