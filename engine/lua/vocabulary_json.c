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

_Noreturn void declare_wrong(const struct place *place, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    lua_pushfstring(place->L, "%c%s:%d%c", DECLARE_MARK, place->file, place->line, DECLARE_MARK);
    lua_pushvfstring(place->L, mistake_words(format), arguments);
    va_end(arguments);
    lua_concat(place->L, 2);
    lua_error(place->L);
    __builtin_unreachable();
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

void declare_only(const struct place *place, int index, const char *what,
                  const struct setting *settings)
{
    lua_State *L = place->L;
    index = lua_absindex(L, index);
    for (lua_pushnil(L); lua_next(L, index); lua_pop(L, 1)) {
        struct text name = {0};
        char hint[96];
        if (lua_type(L, -2) != LUA_TSTRING)
            continue;
        name.bytes = lua_tolstring(L, -2, &name.length);
        if (!setting_find_text(settings, name))
            declare_wrong(place, mistake_DECLARED_NO_SETTING, what, name.bytes,
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

static int compare_names(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
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
