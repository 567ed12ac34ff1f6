// SPDX-License-Identifier: MIT
// The allow-list: every function and constant that Lua files may use. Registration, the checker's
// list of globals and types, and the manual follow from these tables.
#ifndef VOUCH_SCRIPT_FUNCTIONS_H
#define VOUCH_SCRIPT_FUNCTIONS_H

#include "engine/lua/script_context.h"
#include "engine/lua/script_value.h"

#include <stddef.h>

struct script_function {
    const char *name;       // "string.upper" for one in a table of its own
    lua_CFunction function; // NULL: a constant
    const char *signature;  // "div(a, b, scale, mode)"
    // Its type for the checker: "decimal", "int", "row:employee", "argument 1", "any".
    const char *result;
    const char *summary;
};

// One group of them, ended by a NULL name.
const struct script_function *script_functions_allowed(size_t group);
enum { SCRIPT_FUNCTION_GROUPS = 5 };

extern const struct script_function script_base_functions[]; // the language's own, made safe
extern const struct script_function script_text_functions[];
extern const struct script_function script_number_functions[];
extern const struct script_function script_time_functions[];
extern const struct script_function script_audit_functions[]; // rows, exceptions, people, money

// The constants among them: as_of, period_from, period_to, company_currency.
void script_set_constants(lua_State *L, const struct scope *scope);

// Marks of a table made by exception{...} or untestable_row(...): stands at a key no rule can
// write.
void script_mark_table(lua_State *L, enum mark mark);          // of the table on top
bool script_has_mark(lua_State *L, int index, enum mark mark); // raw

// Replaces the array of texts at `index` by one in their order.
void script_sort_texts(lua_State *L, int index);

// Calls f for each row of a list or element of an array at stack index `list`: pushes it; f pops
// it. Used where C walks what a rule gave; counts steps.
int64_t script_each_length(lua_State *L, int list);
void script_each_push(lua_State *L, int list, int64_t position);

#endif
