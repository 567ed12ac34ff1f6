// SPDX-License-Identifier: MIT
// Declarations are kept in the registry as they are made, each with its line, and turned into JSON
// when the file has run: what a constructor is given is then complete.
#include "engine/lua_declare.h"

#include "engine/lua_json.h"
#include "engine/lua_state.h"
#include "engine/lua_value.h"
#include "engine/memory.h"

#include <lauxlib.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char declared[] = "vouch.declared", computed[] = "vouch.computed";

const char *const lua_declare_model_names[] = {"table", "extend", "text", "int", "money",
                                               "bool",  "enum",   NULL};
const char *const lua_declare_engagement_names[] = {
    "table",        "extend",   "text",       "int",      "money",   "bool",    "enum", "engagement",
    "import",       "import.csv", "import.postgres", "controls", "profiles", "parameters",
    "required",     "disable",  "waivers",    NULL};
const char *const lua_declare_control_names[] = {"control", NULL};

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
        line = lua_getinfo(L, "l", &place) ? place.currentline : 0;
    lua_pushinteger(L, line);
    lua_rawseti(L, -2, 2);
    for (int at = 0; at < values; at++) {
        lua_pushvalue(L, first + at);
        lua_rawseti(L, -2, 3 + at);
    }
    lua_rawseti(L, -2, (lua_Integer)lua_rawlen(L, -2) + 1);
    lua_pop(L, 1);
}

static int declare_one(lua_State *L) // upvalue: what; one table or text
{
    const char *what = lua_tostring(L, lua_upvalueindex(1));
    if (!lua_istable(L, 1) && lua_type(L, 1) != LUA_TSTRING)
        return luaL_error(L, "%s wants a table { ... } or a text, this is a %s", what,
                          lua_value_type(L, 1));
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

static void offer(lua_State *L, const char *name, lua_CFunction function)
{
    lua_pushstring(L, name);
    lua_pushcclosure(L, function, 1);
    lua_setglobal(L, name);
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
        for (int at = count; at >= 1; at--)
            lua_rawseti(L, 1, at);
    }
    lua_newtable(L);
    lua_pushvalue(L, 1);
    lua_setfield(L, -2, "enum");
    return 1;
}

// Types are known by identity: the functions of these globals.
static const char *const type_globals[] = {"text", "int",       "decimal", "money",
                                           "date", "timestamp", "bool"};

static int set_up_model(lua_State *L)
{
    static const char *const own[] = {"text", "int", "money", "bool"};
    offer(L, "table", declare_named);
    offer(L, "extend", declare_named);
    for (size_t at = 0; at < sizeof own / sizeof *own; at++)
        offer(L, own[at], type_only);
    lua_pushcfunction(L, type_enum);
    lua_setglobal(L, "enum");
    lua_newtable(L);
    for (size_t at = 0; at < sizeof type_globals / sizeof *type_globals; at++) {
        lua_getglobal(L, type_globals[at]);
        lua_pushstring(L, type_globals[at]);
        lua_rawset(L, -3);
    }
    lua_setfield(L, LUA_REGISTRYINDEX, "vouch.types");
    return 0;
}

static int set_up_engagement(lua_State *L)
{
    static const char *const one[] = {"engagement", "controls", "profiles",
                                      "parameters", "required", "disable", "waivers"};
    static const char *const adapters[] = {"csv", "postgres"};
    set_up_model(L);
    for (size_t at = 0; at < sizeof one / sizeof *one; at++)
        offer(L, one[at], declare_one);
    lua_newtable(L);
    for (size_t at = 0; at < sizeof adapters / sizeof *adapters; at++) {
        char what[32];
        snprintf(what, sizeof what, "import.%s", adapters[at]);
        lua_pushstring(L, what);
        lua_pushcclosure(L, declare_one, 1);
        lua_setfield(L, -2, adapters[at]);
    }
    lua_setglobal(L, "import");
    return 0;
}

static int set_up_controls(lua_State *L)
{
    offer(L, "control", declare_named);
    return 0;
}

static void protected_set_up(lua_State *L, lua_CFunction function)
{
    lua_pushcfunction(L, function);
    if (lua_pcall(L, 0, 0, 0) != LUA_OK)
        memory_exhausted();
}

void lua_declare_model(lua_State *L)
{
    protected_set_up(L, set_up_model);
}

void lua_declare_engagement(lua_State *L)
{
    protected_set_up(L, set_up_engagement);
}

void lua_declare_controls(lua_State *L)
{
    protected_set_up(L, set_up_controls);
}

// ---- from Lua to JSON, inside a protected call: mistakes raise errors with the line of the declaration

struct place {
    lua_State *L;
    int line;
};

static _Noreturn void wrong(const struct place *place, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    lua_pushfstring(place->L, "@%d@", place->line);
    lua_pushvfstring(place->L, format, arguments);
    va_end(arguments);
    lua_concat(place->L, 2);
    lua_error(place->L);
    __builtin_unreachable();
}

static json_t *plain(const struct place *place, int index, const char *name)
{
    const char *found;
    json_t *value = lua_to_json(place->L, index, &found);
    if (!value)
        wrong(place, "%s cannot be a %s", name, found);
    return value;
}

// Sets `name` of `object` from the field of that name of the table at `index`, when there is one.
static bool copy(const struct place *place, json_t *object, int index, const char *name)
{
    lua_State *L = place->L;
    bool there = lua_getfield(L, index, name) != LUA_TNIL;
    if (there)
        json_object_set_new(object, name, plain(place, -1, name));
    lua_pop(L, 1);
    return there;
}

static void only(const struct place *place, int index, const char *what, const char *const *names)
{
    lua_State *L = place->L;
    index = lua_absindex(L, index);
    for (lua_pushnil(L); lua_next(L, index); lua_pop(L, 1)) {
        if (lua_type(L, -2) != LUA_TSTRING)
            continue;
        const char *key = lua_tostring(L, -2);
        int at = 0;
        while (names[at] && strcmp(names[at], key) != 0)
            at++;
        if (!names[at])
            wrong(place, "%s has no setting '%s'", what, key);
    }
}

static json_t *field_to_json(const struct place *place, int index)
{
    lua_State *L = place->L;
    if (!lua_istable(L, index))
        wrong(place, "a field is { \"name\", type, \"term\" }");
    index = lua_absindex(L, index);
    json_t *field = json_object();
    lua_rawgeti(L, index, 1);
    if (lua_type(L, -1) != LUA_TSTRING)
        wrong(place, "a field is { \"name\", type, \"term\" }");
    json_object_set_new(field, "name", json_string(lua_tostring(L, -1)));
    lua_rawgeti(L, index, 3);
    if (lua_type(L, -1) == LUA_TSTRING)
        json_object_set_new(field, "label", json_string(lua_tostring(L, -1)));
    lua_getfield(L, LUA_REGISTRYINDEX, "vouch.types");
    lua_rawgeti(L, index, 2); // types type
    if (lua_istable(L, -1)) {
        json_object_set_new(field, "type", json_string("enum"));
        lua_getfield(L, -1, "enum");
        json_object_set_new(field, "values", plain(place, -1, "enum"));
        lua_pop(L, 1);
    } else {
        lua_pushvalue(L, -1);
        lua_rawget(L, -3);
        if (lua_type(L, -1) != LUA_TSTRING)
            wrong(place, "field '%s' needs a type: text, int, decimal, money, date, timestamp, bool "
                         "or enum { ... }",
                  json_string_value(json_object_get(field, "name")));
        json_object_set_new(field, "type", json_string(lua_tostring(L, -1)));
        lua_pop(L, 1);
    }
    lua_pop(L, 4);
    copy(place, field, index, "to");
    return field;
}

// { {"target", "own", otherwise = "own"}, ... } as [{to, from, otherwise}]
static json_t *matches_to_json(const struct place *place, int index)
{
    lua_State *L = place->L;
    index = lua_absindex(L, index);
    json_t *matches = json_array();
    for (lua_Integer at = 1; lua_rawgeti(L, index, at) != LUA_TNIL; at++) {
        json_t *match = json_object();
        if (!lua_istable(L, -1))
            wrong(place, "a match is { \"target path\", \"own path\" }");
        lua_rawgeti(L, -1, 1);
        lua_rawgeti(L, -2, 2);
        if (lua_type(L, -2) != LUA_TSTRING || lua_type(L, -1) != LUA_TSTRING)
            wrong(place, "a match is { \"target path\", \"own path\" }");
        json_object_set_new(match, "to", json_string(lua_tostring(L, -2)));
        json_object_set_new(match, "from", json_string(lua_tostring(L, -1)));
        lua_pop(L, 2);
        copy(place, match, lua_gettop(L), "otherwise");
        json_array_append_new(matches, match);
        lua_pop(L, 1);
    }
    lua_pop(L, 1);
    return matches;
}

static json_t *reference_to_json(const struct place *place, int index, const char *name)
{
    static const char *const names[] = {"match",  "asof", "where", "kind",
                                        "id",     "tables", "optional", NULL};
    lua_State *L = place->L;
    index = lua_absindex(L, index);
    if (!lua_istable(L, index))
        wrong(place, "reference '%s' is { \"table\", match = { ... } }", name);
    only(place, index, name, names);
    json_t *reference = json_object();
    json_object_set_new(reference, "name", json_string(name));
    lua_rawgeti(L, index, 1);
    if (lua_type(L, -1) == LUA_TSTRING)
        json_object_set_new(reference, "target", json_string(lua_tostring(L, -1)));
    if (lua_getfield(L, index, "match") == LUA_TTABLE)
        json_object_set_new(reference, "match", matches_to_json(place, -1));
    lua_pop(L, 2);
    for (int at = 1; names[at]; at++)
        copy(place, reference, index, names[at]);
    return reference;
}

static int compare_names(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

// Named entries of a table in the order of their names, since Lua keeps none: functions among them are
// numbered as they come.
static json_t *named_to_json(const struct place *place, int index,
                             json_t *(*convert)(const struct place *, int, const char *))
{
    lua_State *L = place->L;
    index = lua_absindex(L, index);
    const char **names = NULL;
    size_t count = 0;
    for (lua_pushnil(L); lua_next(L, index); lua_pop(L, 1)) {
        if (lua_type(L, -2) != LUA_TSTRING)
            wrong(place, "entries have names: name = { ... }");
        names = memory_resize(names, count + 1, sizeof *names);
        names[count++] = lua_tostring(L, -2);
    }
    if (count)
        qsort(names, count, sizeof *names, compare_names);
    json_t *result = json_array();
    for (size_t at = 0; at < count; at++) {
        lua_getfield(L, index, names[at]);
        json_array_append_new(result, convert(place, -1, names[at]));
        lua_pop(L, 1);
    }
    free(names);
    return result;
}

static json_t *reverse_to_json(const struct place *place, int index, const char *name)
{
    lua_State *L = place->L;
    index = lua_absindex(L, index);
    json_t *reverse = json_object();
    json_object_set_new(reverse, "name", json_string(name));
    if (!lua_istable(L, index) || lua_rawgeti(L, index, 1) != LUA_TSTRING)
        wrong(place, "reverse '%s' is { \"table\", by = \"reference\" }", name);
    json_object_set_new(reverse, "table", json_string(lua_tostring(L, -1)));
    lua_pop(L, 1);
    copy(place, reverse, index, "by");
    return reverse;
}

// period = "path", or { "path", otherwise = "path" }
static void period_to_json(const struct place *place, json_t *table, int index)
{
    lua_State *L = place->L;
    if (lua_getfield(L, index, "period") == LUA_TTABLE) {
        lua_rawgeti(L, -1, 1);
        json_object_set_new(table, "period", plain(place, -1, "period"));
        lua_getfield(L, -2, "otherwise");
        json_object_set_new(table, "period_otherwise", plain(place, -1, "otherwise"));
        lua_pop(L, 2);
    } else if (!lua_isnil(L, -1)) {
        json_object_set_new(table, "period", plain(place, -1, "period"));
    }
    lua_pop(L, 1);
}

static json_t *table_declaration(const struct place *place, const char *name, int index)
{
    static const char *const names[] = {"zh",     "key",      "fields", "references", "reverse", "period",
                                        "customer", "actor", "currency", "alias",   NULL};
    lua_State *L = place->L;
    only(place, index, name, names);
    json_t *table = json_object();
    json_object_set_new(table, "name", json_string(name));
    if (lua_getfield(L, index, "zh") == LUA_TSTRING)
        json_object_set_new(table, "label", json_string(lua_tostring(L, -1)));
    lua_pop(L, 1);
    static const char *const copied[] = {"key", "customer", "actor", "currency", "alias"};
    for (size_t at = 0; at < sizeof copied / sizeof *copied; at++)
        copy(place, table, index, copied[at]);
    period_to_json(place, table, index);
    json_t *fields = json_array();
    json_object_set_new(table, "fields", fields);
    lua_getfield(L, index, "fields");
    for (lua_Integer at = 1; lua_istable(L, -1) && lua_rawgeti(L, -1, at) != LUA_TNIL; at++) {
        json_array_append_new(fields, field_to_json(place, -1));
        lua_pop(L, 1);
    }
    lua_settop(L, index);
    if (lua_getfield(L, index, "references") == LUA_TTABLE)
        json_object_set_new(table, "references", named_to_json(place, -1, reference_to_json));
    if (lua_getfield(L, index, "reverse") == LUA_TTABLE)
        json_object_set_new(table, "reverse", named_to_json(place, -1, reverse_to_json));
    lua_settop(L, index);
    return table;
}

static int keep_computed(lua_State *L)
{
    if (lua_getfield(L, LUA_REGISTRYINDEX, computed) == LUA_TNIL) {
        lua_pop(L, 1);
        lua_newtable(L);
        lua_pushvalue(L, -1);
        lua_setfield(L, LUA_REGISTRYINDEX, computed);
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
        wrong(place, "negate is { \"column that marks red rows\", \"its value\", ... }");
    json_t *shaped = json_object(), *values = json_array();
    json_object_set(shaped, json_is_integer(json_array_get(negate, 0)) ? "number" : "source",
                    json_array_get(negate, 0));
    for (size_t at = 1; at < json_array_size(negate); at++)
        json_array_append(values, json_array_get(negate, at));
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
        wrong(place, "map is { [\"source text\"] = \"value\", ... }");
    json_t *pairs = json_array();
    const char *from;
    json_object_foreach(map, from, value) json_array_append_new(
        pairs, json_pack("[s,O]", from, value));
    json_object_set_new(column, "map", pairs);
}

static json_t *column_to_json(const struct place *place, int index, const char *field)
{
    static const char *const names[] = {"format", "decimal", "group",  "map",
                                        "value",  "negate",  "null",   NULL};
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
        only(place, index, field, names);
        lua_rawgeti(L, index, 1);
    } else {
        lua_pushvalue(L, index);
    }
    if (lua_isinteger(L, -1))
        json_object_set_new(column, "number", json_integer(lua_tointeger(L, -1)));
    else if (lua_type(L, -1) == LUA_TSTRING)
        json_object_set_new(column, "source", json_string(lua_tostring(L, -1)));
    lua_pop(L, 1);
    for (int at = 0; table && names[at]; at++)
        copy(place, column, index, names[at]);
    if (!json_object_get(column, "number") && !json_object_get(column, "source") &&
        !json_object_get(column, "value"))
        wrong(place, "column '%s' is a header, a number, { value = ... } or a function", field);
    negate_to_json(place, column);
    map_to_json(place, column);
    return column;
}

// Numbers of control totals as texts: they may be longer than an integer.
static void expect_to_json(const struct place *place, json_t *import)
{
    json_t *expect = json_object_get(import, "expect"), *sums = json_object_get(expect, "sum"), *value;
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
            wrong(place, "expect.sum.%s is a text such as \"1234567.89\"", name);
    }
    json_object_set_new(expect, "sum", shaped);
}

static json_t *import_declaration(const struct place *place, const char *kind, int index)
{
    static const char *const names[] = {"folder",  "table",  "file",   "encoding",  "delimiter", "header",
                                        "skip",    "null",   "expect", "extracted", "conninfo",  "schema",
                                        "query",   "columns", NULL};
    lua_State *L = place->L;
    json_t *import = json_object();
    if (!lua_istable(L, index))
        wrong(place, "import.%s wants a table { ... }", kind);
    only(place, index, "import", names);
    json_object_set_new(import, "kind", json_string(kind));
    json_object_set_new(import, "line", json_integer(place->line));
    for (int at = 0; strcmp(names[at], "columns") != 0; at++)
        copy(place, import, index, names[at]);
    if (json_is_string(json_object_get(import, "null")))
        json_object_set_new(import, "null",
                            json_pack("[O]", json_object_get(import, "null")));
    expect_to_json(place, import);
    if (lua_getfield(L, index, "columns") == LUA_TTABLE)
        json_object_set_new(import, "columns", named_to_json(place, -1, column_to_json));
    lua_pop(L, 1);
    return import;
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
    json_t *value = plain(place, index, what);
    return json_pack("{s:i,s:o}", "line", place->line, "value", value);
}

// disable { "BUD-01", "BUD-02", reason = "..." }
static json_t *disable_to_json(const struct place *place, int index)
{
    lua_State *L = place->L;
    json_t *value = json_object(), *controls = json_array();
    if (!lua_istable(L, index))
        wrong(place, "disable wants { \"ID\", reason = \"...\" }");
    for (lua_Integer at = 1; lua_rawgeti(L, index, at) != LUA_TNIL; at++) {
        json_array_append_new(controls, plain(place, -1, "disable"));
        lua_pop(L, 1);
    }
    lua_pop(L, 1);
    json_object_set_new(value, "controls", controls);
    copy(place, value, index, "reason");
    return json_pack("{s:i,s:o}", "line", place->line, "value", value);
}

// One remembered entry at the top of the stack.
static void convert_entry(lua_State *L, json_t *result)
{
    int entry = lua_gettop(L);
    lua_rawgeti(L, entry, 1);
    lua_rawgeti(L, entry, 2);
    const char *what = lua_tostring(L, -2);
    struct place place = {L, (int)lua_tointeger(L, -1)};
    lua_rawgeti(L, entry, 3);
    lua_rawgeti(L, entry, 4);
    int first = entry + 3, second = entry + 4;
    if (strcmp(what, "table") == 0) {
        json_t *table = table_declaration(&place, lua_tostring(L, first), second);
        json_object_set_new(table, "line", json_integer(place.line));
        append(result, "tables", table);
    } else if (strcmp(what, "extend") == 0) {
        append(result, "extensions", table_declaration(&place, lua_tostring(L, first), second));
    } else if (strncmp(what, "import.", 7) == 0) {
        append(result, "imports", import_declaration(&place, what + 7, first));
    } else if (strcmp(what, "waivers") == 0) {
        wrong(&place, "waivers are not available in this version; remove the setting");
    } else if (strcmp(what, "disable") == 0) {
        append(result, what, disable_to_json(&place, first));
    } else {
        append(result, what, located(&place, first, what));
    }
    lua_settop(L, entry);
}

static int convert_all(lua_State *L)
{
    json_t *result = lua_touserdata(L, 1);
    if (lua_getfield(L, LUA_REGISTRYINDEX, declared) != LUA_TTABLE)
        return 0;
    for (lua_Integer at = 1; lua_rawgeti(L, 2, at) != LUA_TNIL; at++) {
        convert_entry(L, result);
        lua_settop(L, 2);
    }
    return 0;
}

// "@12@message" → where ":12" and message.
static int declaration_error(lua_State *L, struct error *error)
{
    const char *text = lua_type(L, -1) == LUA_TSTRING ? lua_tostring(L, -1) : "a mistake";
    int line = 0, used = 0;
    if (sscanf(text, "@%d@%n", &line, &used) == 1 && used > 0)
        text += used;
    error_set(error, ERROR_USAGE, "", "%s", text);
    snprintf(error->where, sizeof error->where, "%d", line);
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

json_t *lua_declared(lua_State *L, struct error *error)
{
    return convert_protected(L, convert_all, json_object(), error);
}

// ---- controls

static json_t *parameter_to_json(const struct place *place, int index, const char *name)
{
    static const char *const names[] = {"origin", "note", NULL};
    lua_State *L = place->L;
    index = lua_absindex(L, index);
    json_t *parameter = json_object();
    json_object_set_new(parameter, "name", json_string(name));
    if (!lua_istable(L, index) || lua_rawgeti(L, index, 1) == LUA_TNIL)
        wrong(place, "parameter '%s' is { value, origin = \"policy\" or \"default\" }", name);
    only(place, index, name, names);
    json_object_set_new(parameter, "type", json_string(lua_json_type(L, -1)));
    json_object_set_new(parameter, "value", plain(place, -1, name));
    lua_pop(L, 1);
    copy(place, parameter, index, "origin");
    copy(place, parameter, index, "note");
    return parameter;
}

static json_t *cases_to_json(const struct place *place, int index)
{
    lua_State *L = place->L;
    json_t *names = json_array();
    lua_getfield(L, index, "cases");
    for (lua_Integer at = 1; lua_istable(L, -1) && lua_rawgeti(L, -1, at) == LUA_TTABLE; at++) {
        lua_rawgeti(L, -1, 1);
        json_array_append_new(
            names, json_string(lua_type(L, -1) == LUA_TSTRING ? lua_tostring(L, -1) : "unnamed"));
        lua_pop(L, 2);
    }
    lua_settop(L, index);
    return names;
}

static json_t *control_to_json(const struct place *place, const char *id, int index)
{
    static const char *const names[] = {
        "title",  "risk",   "message",     "follow_up", "source",   "severity", "profile", "population",
        "scope",  "period", "amount_kind", "waivable",  "evidence_columns", "parameters", "group",
        "applies", "test",  "cases",       NULL};
    static const char *const copied[] = {"title",    "risk",       "message", "follow_up",
                                         "source",   "severity",   "profile", "population",
                                         "scope",    "period",     "amount_kind", "waivable",
                                         "evidence_columns"};
    lua_State *L = place->L;
    json_t *control = json_object();
    only(place, index, id, names);
    json_object_set_new(control, "id", json_string(id));
    json_object_set_new(control, "line", json_integer(place->line));
    for (size_t at = 0; at < sizeof copied / sizeof *copied; at++)
        copy(place, control, index, copied[at]);
    if (lua_getfield(L, index, "parameters") == LUA_TTABLE)
        json_object_set_new(control, "parameters", named_to_json(place, -1, parameter_to_json));
    if (lua_getfield(L, index, "group") != LUA_TNIL)
        json_object_set_new(control, "grouped", json_true());
    if (lua_getfield(L, index, "test") != LUA_TFUNCTION)
        wrong(place, "control %s has no test = function(...) ... end", id);
    lua_settop(L, index);
    json_object_set_new(control, "cases", cases_to_json(place, index));
    return control;
}

static int convert_controls(lua_State *L)
{
    json_t *result = lua_touserdata(L, 1);
    if (lua_getfield(L, LUA_REGISTRYINDEX, declared) != LUA_TTABLE)
        return 0;
    for (lua_Integer at = 1; lua_rawgeti(L, 2, at) != LUA_TNIL; at++) {
        lua_rawgeti(L, 3, 2);
        lua_rawgeti(L, 3, 3);
        lua_rawgeti(L, 3, 4);
        struct place place = {L, (int)lua_tointeger(L, 4)};
        json_array_append_new(result, control_to_json(&place, lua_tostring(L, 5), 6));
        lua_settop(L, 2);
    }
    return 0;
}

json_t *lua_declared_controls(lua_State *L, struct error *error)
{
    return convert_protected(L, convert_controls, json_array(), error);
}

void lua_push_control(lua_State *L, const char *id)
{
    if (lua_getfield(L, LUA_REGISTRYINDEX, declared) != LUA_TTABLE)
        return;
    int list = lua_gettop(L);
    for (lua_Integer at = 1; lua_rawgeti(L, list, at) != LUA_TNIL; at++) {
        lua_rawgeti(L, -1, 3);
        if (lua_type(L, -1) == LUA_TSTRING && strcmp(lua_tostring(L, -1), id) == 0) {
            lua_rawgeti(L, -2, 4);
            lua_replace(L, list);
            lua_settop(L, list);
            return;
        }
        lua_settop(L, list);
    }
    lua_replace(L, list);
}

void lua_push_computed(lua_State *L, int number)
{
    if (lua_getfield(L, LUA_REGISTRYINDEX, computed) == LUA_TTABLE) {
        lua_rawgeti(L, -1, number + 1);
        lua_remove(L, -2);
    }
}
