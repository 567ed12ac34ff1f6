// SPDX-License-Identifier: MIT
// What a Lua state may spend: instructions and steps of our own C functions for each call, bytes
// for its life. The counters stand in the state's context.
#ifndef VOUCH_BUDGET_H
#define VOUCH_BUDGET_H

#include <lua.h>
#include <stddef.h>
#include <stdint.h>

// The allocator of a state; `context` is its struct script_context.
void *budget_allocate(void *context, void *block, size_t old, size_t size);

// Begins a call that may take so many instructions.
void budget_start(lua_State *L, int64_t instructions);

// Counts work done in C against the call's budget; raises when it is spent.
void script_spend(lua_State *L, int64_t steps);

#endif
