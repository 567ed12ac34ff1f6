// SPDX-License-Identifier: MIT
// Declarations as data: plain Lua values to JSON and back.
#ifndef VOUCH_SCRIPT_JSON_H
#define VOUCH_SCRIPT_JSON_H

#include <jansson.h>
#include <lua.h>

// A new JSON value for the Lua value at `index`: texts, integers, booleans, arrays, and tables with
// text keys. Decimals, dates and timestamps become their text. NULL for anything else, with its
// type in `*wrong`.
json_t *script_to_json(lua_State *L, int index, const char **wrong);

// "text", "int", "decimal", "date", "timestamp", "bool", "list": what script_push_json needs to
// come back.
const char *script_json_type(lua_State *L, int index);

// Pushes `value` as a value of `type`; texts that cannot be read as that type raise an error.
void script_push_json(lua_State *L, const json_t *value, const char *type);

#endif
