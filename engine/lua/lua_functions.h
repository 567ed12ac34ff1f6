// SPDX-License-Identifier: MIT
// The groups of functions offered to rules; lua_allowed joins them.
#ifndef VOUCH_LUA_FUNCTIONS_H
#define VOUCH_LUA_FUNCTIONS_H

#include "engine/lua/lua_state.h"
#include "engine/lua/lua_value.h"

extern const struct lua_function lua_base_functions[]; // lua_base.c: the language's own, made safe
extern const struct lua_function lua_text_functions[]; // lua_text.c
extern const struct lua_function lua_number_functions[]; // lua_number.c
extern const struct lua_function lua_time_functions[];   // lua_time.c
extern const struct lua_function
    lua_audit_functions[]; // lua_audit.c: rows, exceptions, people, money

// The constants among them: as_of, period_from, period_to, company_currency.
void lua_set_constants(lua_State *L, const struct scope *scope);

// Marks of a table made by exception{...} or untestable_row(...): stands at a key no rule can
// write.
void lua_mark_table(lua_State *L, enum mark mark);          // of the table on top
bool lua_has_mark(lua_State *L, int index, enum mark mark); // raw

// Calls f for each row of a list or element of an array at stack index `list`: pushes it; f pops
// it. Used where C walks what a rule gave; counts steps.
int64_t lua_each_length(lua_State *L, int list);
void lua_each_push(lua_State *L, int list, int64_t position);

#endif
