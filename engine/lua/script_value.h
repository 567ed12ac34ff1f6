// SPDX-License-Identifier: MIT
// Values of the data as Lua sees them. Rows, lists, dates, timestamps and decimals are tagged
// words: light userdata with one shared metatable, so that reading and comparing them allocates
// nothing. Zero is the Lua integer 0; a decimal too long for a word is an interned full userdata.
// Equal values are therefore always the same Lua value and serve as table keys.
#ifndef VOUCH_SCRIPT_VALUE_H
#define VOUCH_SCRIPT_VALUE_H

#include "engine/base/buffer.h"
#include "engine/base/decimal.h"
#include "engine/data/data.h"

#include <lua.h>

enum word_kind {
    WORD_NONE, // not one of ours
    WORD_DECIMAL,
    WORD_DATE,
    WORD_TIMESTAMP,
    WORD_ROW,
    WORD_LIST,
    WORD_MARK, // unforgeable marks of our own: they never reach a rule as a value
};

enum { LIST_ALL = 255 }; // as a list's reverse: all rows of the table

struct list {
    int table;   // whose reverse list it is, or all of whose rows
    int reverse; // or LIST_ALL
    int64_t row;
};

enum mark { MARK_EXCEPTION = 1, MARK_UNTESTABLE, MARK_STOP, MARK_UNKNOWN };

// Installs the shared metatable; once for each state, in a protected call.
void script_value_install(lua_State *L);

enum word_kind script_value_kind(lua_State *L, int index);

void script_push_decimal(lua_State *L, struct decimal value);
// Zero that says it is a decimal, which otherwise is the integer 0.
void script_push_zero(lua_State *L);
void script_push_date(lua_State *L, int day);
void script_push_timestamp(lua_State *L, int64_t microseconds);
void script_push_row(lua_State *L, int table, int64_t row);
void script_push_list(lua_State *L, struct list list);
void script_push_mark(lua_State *L, enum mark mark);

// A number that is exact: a decimal or a Lua integer. false for anything else.
bool script_get_decimal(lua_State *L, int index, struct decimal *value);
// These need the kind to be right (script_value_kind).
int script_get_date(lua_State *L, int index);
int64_t script_get_timestamp(lua_State *L, int index);
void script_get_row(lua_State *L, int index, int *table, int64_t *row);
struct list script_get_list(lua_State *L, int index);
enum mark script_get_mark(lua_State *L, int index);

// As the functions that take arguments of rules want them: raise a Lua error that names the
// argument.
struct decimal script_check_decimal(lua_State *L, int argument);
void script_check_row(lua_State *L, int argument, int *table, int64_t *row);

// "decimal", "date", "timestamp", "row", "list", or Lua's own name of the type.
const char *script_value_type(lua_State *L, int index);

// Appends the value as reports print it; false for what has no text (tables, functions).
bool script_value_text(lua_State *L, int index, struct buffer *out);

// Orders two values of one kind (numbers, dates and moments, texts, booleans, rows by key): 0 on
// success.
int script_value_compare(lua_State *L, int a, int b, int *order);

#endif
