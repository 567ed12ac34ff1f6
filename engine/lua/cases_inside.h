// SPDX-License-Identifier: MIT
// What running cases and telling them share.
#ifndef VOUCH_CASES_INSIDE_H
#define VOUCH_CASES_INSIDE_H

#include "engine/base/error.h"
#include "engine/rules/engagement.h"

#include <jansson.h>
#include <lua.h>

// A state that has run the library and file `number`, of controls or of cases; NULL with `error`.
// In a child only, with which it goes.
lua_State *cases_load(const struct engagement *engagement, int number, struct error *error);

// The case at the top of the stack as data, which the caller owns: its name is its first element,
// the rest has names. NULL with `error` when it holds what cannot be data.
json_t *cases_settings(lua_State *L, struct error *error);

#endif
