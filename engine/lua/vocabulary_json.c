// SPDX-License-Identifier: MIT
// What turning any declaration into JSON needs.
#include "engine/lua/vocabulary_inside.h"

#include "engine/base/memory.h"
#include "engine/base/mistake.h"
#include "engine/lua/script_json.h"
#include "engine/lua/script_value.h"

#include <lauxlib.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char declare_mistakes[] = "vouch.mistakes";

static void push_mistake(const struct place *place, const char *format, va_list arguments)
{
    lua_pushfstring(place->L, "%c%s:%d%c", DECLARE_MARK, place->file, place->line, DECLARE_MARK);
    lua_pushvfstring(place->L, mistake_words(format), arguments);
    lua_concat(place->L, 2);
}

_Noreturn void declare_wrong(const struct place *place, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    push_mistake(place, format, arguments);
    va_end(arguments);
    lua_error(place->L);
    __builtin_unreachable();
}

void declare_keep_mistake(lua_State *L)
{
    luaL_getsubtable(L, LUA_REGISTRYINDEX, declare_mistakes);
    lua_insert(L, -2);
    lua_rawseti(L, -2, (lua_Integer)lua_rawlen(L, -2) + 1);
    lua_pop(L, 1);
}

void declare_also_wrong(const struct place *place, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    push_mistake(place, format, arguments);
    va_end(arguments);
    declare_keep_mistake(place->L);
}

json_t *declare_plain(const struct place *place, int index, const char *name)
{
    const char *found;
    json_t *value = script_to_json(place->L, index, &found);
    if (!value)
        declare_wrong(place, mistake_DECLARED_KIND, name, found);
    return value;
}

// Sets `name` of `object` from the field of that name of the table at `index`, when there is one.
bool declare_copy(const struct place *place, json_t *object, int index, const char *name)
{
    lua_State *L = place->L;
    bool there = lua_getfield(L, index, name) != LUA_TNIL;
    if (there)
        json_object_set_new(object, name, declare_plain(place, -1, name));
    lua_pop(L, 1);
    return there;
}

static int compare_names(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

void declare_only(const struct place *place, int index, const char *what,
                  const struct setting *settings)
{
    enum { TOLD_MOST = 16 };
    lua_State *L = place->L;
    const char *unknown[TOLD_MOST];
    size_t count = 0;
    index = lua_absindex(L, index);
    for (lua_pushnil(L); lua_next(L, index); lua_pop(L, 1)) {
        struct text name = {0};
        if (lua_type(L, -2) != LUA_TSTRING)
            continue;
        name.bytes = lua_tolstring(L, -2, &name.length);
        if (count < TOLD_MOST && !setting_find_text(settings, name))
            unknown[count++] = name.bytes; // the table holds it
    }
    if (count)
        qsort(unknown, count, sizeof *unknown, compare_names); // Lua keeps no order
    for (size_t i = 0; i < count; i++) {
        char hint[96];
        const struct text name = {unknown[i], strlen(unknown[i])};
        declare_also_wrong(place, mistake_DECLARED_NO_SETTING, what, unknown[i],
                           setting_hint(settings, name, hint));
    }
}

void declare_settings(const struct place *place, json_t *object, int index,
                      const struct setting *settings)
{
    for (const struct setting *setting = settings; setting->name; setting++)
        if (setting->type != SETTING_OWN && !setting_takes_function(setting))
            declare_copy(place, object, index, setting->name);
}

// Named entries of a table in the order of their names, since Lua keeps none: functions among them
// are numbered as they come.
json_t *declare_entries(const struct place *place, int index,
                        json_t *(*convert)(const struct place *, int, const char *))
{
    lua_State *L = place->L;
    index = lua_absindex(L, index);
    const char **names = NULL;
    size_t count = 0;
    for (lua_pushnil(L); lua_next(L, index); lua_pop(L, 1)) {
        if (lua_type(L, -2) != LUA_TSTRING)
            declare_wrong(place, mistake_DECLARED_ENTRIES);
        names = memory_resize(names, count + 1, sizeof *names);
        names[count++] = lua_tostring(L, -2);
    }
    if (count)
        qsort(names, count, sizeof *names, compare_names);
    json_t *result = json_array();
    for (size_t i = 0; i < count; i++) {
        lua_getfield(L, index, names[i]);
        json_array_append_new(result, convert(place, -1, names[i]));
        lua_pop(L, 1);
    }
    free(names);
    return result;
}
