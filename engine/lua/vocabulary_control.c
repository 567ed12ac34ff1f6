// SPDX-License-Identifier: MIT
// control.
#include "engine/lua/vocabulary_inside.h"

#include "engine/base/memory.h"
#include "engine/base/mistake.h"
#include "engine/lua/script_json.h"
#include "engine/lua/script_value.h"
#include "engine/rules/control.h"

#include <ctype.h>
#include <lauxlib.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static json_t *parameter_to_json(const struct place *place, int index, const char *name)
{
    lua_State *L = place->L;
    index = lua_absindex(L, index);
    json_t *parameter = json_object();
    json_object_set_new(parameter, "name", json_string(name));
    if (!lua_istable(L, index) || lua_rawgeti(L, index, 1) == LUA_TNIL)
        declare_wrong(place, mistake_DECLARED_PARAMETER, name);
    declare_only(place, index, name, parameter_settings);
    json_object_set_new(parameter, "type", json_string(script_json_type(L, -1)));
    json_object_set_new(parameter, "value", declare_plain(place, -1, name));
    lua_pop(L, 1);
    declare_settings(place, parameter, index, parameter_settings);
    return parameter;
}

// An id stands in file names, keys, lists and options: PRC-01, 价格-01.
static void check_id(const struct place *place, const char *id)
{
    size_t length = strlen(id);
    if (length == 0 || length > 40)
        declare_wrong(place, mistake_DECLARED_ID_LENGTH);
    for (const unsigned char *at = (const unsigned char *)id; *at; at++)
        if (*at < 0x80 && !isalnum(*at) && *at != '-' && *at != '_')
            declare_wrong(place, mistake_DECLARED_ID_LETTERS);
}

json_t *declare_control_json(const struct place *place, const char *id, int index)
{
    lua_State *L = place->L;
    json_t *control = json_object();
    check_id(place, id);
    declare_only(place, index, id, control_settings);
    json_object_set_new(control, "id", json_string(id));
    json_object_set_new(control, "line", json_integer(place->line));
    declare_settings(place, control, index, control_settings);
    if (lua_getfield(L, index, "parameters") == LUA_TTABLE)
        json_object_set_new(control, "parameters", declare_entries(place, -1, parameter_to_json));
    if (lua_getfield(L, index, "group") != LUA_TNIL)
        json_object_set_new(control, "grouped", json_true());
    if (lua_getfield(L, index, "test") != LUA_TFUNCTION)
        declare_wrong(place, mistake_DECLARED_NO_TEST, id);
    lua_getfield(L, index, "cases");
    json_object_set_new(control, "cases", declare_case_names(place, -1));
    lua_settop(L, index);
    return control;
}
