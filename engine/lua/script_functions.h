// SPDX-License-Identifier: MIT
// The groups of functions offered to rules; sandbox_allowed joins them.
#ifndef VOUCH_SCRIPT_FUNCTIONS_H
#define VOUCH_SCRIPT_FUNCTIONS_H

#include "engine/lua/sandbox.h"
#include "engine/lua/script_value.h"

extern const struct script_function
    script_base_functions[]; // script_base.c: the language's own, made safe
extern const struct script_function script_text_functions[];   // script_text.c
extern const struct script_function script_number_functions[]; // script_number.c
extern const struct script_function script_time_functions[];   // script_time.c
extern const struct script_function
    script_audit_functions[]; // script_audit.c: rows, exceptions, people, money

// The constants among them: as_of, period_from, period_to, company_currency.
void script_set_constants(lua_State *L, const struct scope *scope);

// Marks of a table made by exception{...} or untestable_row(...): stands at a key no rule can
// write.
void script_mark_table(lua_State *L, enum mark mark);          // of the table on top
bool script_has_mark(lua_State *L, int index, enum mark mark); // raw

// Calls f for each row of a list or element of an array at stack index `list`: pushes it; f pops
// it. Used where C walks what a rule gave; counts steps.
int64_t script_each_length(lua_State *L, int list);
void script_each_push(lua_State *L, int list, int64_t position);

#endif
