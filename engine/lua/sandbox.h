// SPDX-License-Identifier: MIT
// A sandboxed Lua state: what a rule may call is one allow-list, what it may spend is counted.
#ifndef VOUCH_SANDBOX_H
#define VOUCH_SANDBOX_H

#include "engine/base/error.h"
#include "engine/lua/script_context.h"

#include <stddef.h>

enum sandbox_limits {
    SANDBOX_INSTRUCTIONS_PER_ROW = 10 * 1000 * 1000,
    SANDBOX_INSTRUCTIONS_TO_LOAD = 200 * 1000 * 1000,
};

// A state over `data` (NULL while nothing is imported). `instructions` are per row (0: the
// default), `bytes` for the life of the state. NULL with `error` when even the empty state does not
// fit the budget.
lua_State *sandbox_new(const struct data *data, int64_t instructions, size_t bytes,
                       struct error *error);
void sandbox_free(lua_State *L);

// Runs a text chunk (never bytecode) called `name` in messages. 0, or -1 with the message in
// `error`, whose `where` is "name:line".
int sandbox_run(lua_State *L, const char *name, const char *text, size_t length,
                struct error *error);

// The same with code that this process compiled itself (script_chunk): Lua does not check code, so
// it must never come from anywhere else.
int sandbox_run_code(lua_State *L, const char *name, const char *code, size_t length,
                     struct error *error);

// As lua_pcall with the row's budget started afresh and no traceback; the outcome of a call.
enum sandbox_outcome {
    SANDBOX_DONE,
    SANDBOX_UNTESTABLE, // the reason is in the context
    SANDBOX_FAULT,      // an error of the rule: the message is in the context's reason
    SANDBOX_SPENT,      // instructions or memory: the control has failed
};
enum sandbox_outcome sandbox_call(lua_State *L, int arguments, int results, int64_t instructions);

#endif
