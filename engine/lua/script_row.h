// SPDX-License-Identifier: MIT
// Rows and lists in Lua: line.order.customer.grade, #order.lines, order.lines[1].
#ifndef VOUCH_SCRIPT_ROW_H
#define VOUCH_SCRIPT_ROW_H

#include "engine/lua/script_value.h"

// Adds reading to the shared metatable; after script_value_install.
void script_row_install(lua_State *L);

// Ends the row under test because a column (or, with field -1, a table) is not there.
_Noreturn void script_not_there(lua_State *L, int table, int field);

// Pushes the value of a field; raises "untestable" for what is not there, cannot be read, or mixes
// currencies with what this row under test has read before.
void script_push_field(lua_State *L, int table, int64_t row, int field);

// Pushes the row that a reference leads to, or nil; raises "untestable" where that cannot be known,
// and, unless it is `asked` whether it is there, where the row names one that is not in the data.
void script_push_reference(lua_State *L, int table, int64_t row, int reference, bool asked);

int64_t script_list_length(lua_State *L, struct list list);

// Pushes the row at `position`, counted from 1, or nil.
void script_push_list_row(lua_State *L, struct list list, int64_t position);

// Registers money of `currency` as read by the row under test.
void script_touch_currency(lua_State *L, uint32_t currency);

#endif
