// SPDX-License-Identifier: MIT
// A sandboxed Lua state: what a rule may call is one allow-list, what it may spend is counted.
#ifndef VOUCH_LUA_STATE_H
#define VOUCH_LUA_STATE_H

#include "engine/base/error.h"
#include "engine/lua/lua_context.h"

#include <stddef.h>

// One function that Lua files may call. The tables of these feed registration, the checker's list
// of globals and types, and the manual.
struct lua_function {
    const char *name;       // "string.upper" for one in a table of its own
    lua_CFunction function; // NULL: a constant
    const char *signature;  // "div(a, b, scale, mode)"
    const char
        *result; // type for the checker: "decimal", "int", "row:employee", "argument 1", "any"
    const char *summary;
};

// The allow-list: all functions and constants offered to rules, ended by a NULL name.
const struct lua_function *lua_allowed(size_t group);
enum { LUA_ALLOWED_GROUPS = 5 };

enum lua_limits {
    LUA_INSTRUCTIONS_PER_ROW = 10 * 1000 * 1000,
    LUA_INSTRUCTIONS_TO_LOAD = 200 * 1000 * 1000,
};

// A state over `data` (NULL while nothing is imported). `instructions` are per row (0: the
// default), `bytes` for the life of the state. NULL with `error` when even the empty state does not
// fit the budget.
lua_State *lua_state_new(const struct data *data, int64_t instructions, size_t bytes,
                         struct error *error);
void lua_state_free(lua_State *L);

// Runs a text chunk (never bytecode) called `name` in messages. 0, or -1 with the message in
// `error`, whose `where` is "name:line".
int lua_state_run(lua_State *L, const char *name, const char *text, size_t length,
                  struct error *error);

// The same with code that this process compiled itself (lua_chunk): Lua does not check code, so it
// must never come from anywhere else.
int lua_state_run_code(lua_State *L, const char *name, const char *code, size_t length,
                       struct error *error);

// As lua_pcall with the row's budget started afresh and no traceback; the outcome of a call.
enum lua_outcome {
    LUA_DONE,
    LUA_UNTESTABLE, // the reason is in the context
    LUA_FAULT,      // an error of the rule: the message is in the context's reason
    LUA_SPENT,      // instructions or memory: the control has failed
};
enum lua_outcome lua_state_call(lua_State *L, int arguments, int results, int64_t instructions);

#endif
