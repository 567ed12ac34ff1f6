// SPDX-License-Identifier: MIT
// The data model as text that other programs take: headers of CSV files to fill, PostgreSQL's
// CREATE TABLE, annotations of Lua for editors. Each table and field with its term, what its
// absence means in `language`, and the controls that read it, as far as the form has room for it.
#ifndef VOUCH_SCHEMA_TEXT_H
#define VOUCH_SCHEMA_TEXT_H

#include "engine/rules/engagement.h"

// The header of the table's file.
void schema_add_csv(const struct engagement *engagement, int table, const char *language,
                    struct buffer *out);

// CREATE TABLE with key and the values of enums, and comments. References are told in comments: an
// export of a period names rows outside it, which a constraint would refuse.
void schema_add_sql(const struct engagement *engagement, int table, const char *language,
                    struct buffer *out);

// A class of LuaLS: fields, references and lists of rows.
void schema_add_lua(const struct engagement *engagement, int table, const char *language,
                    struct buffer *out);

// What stands once before such classes: the types of values, the functions that rules may call,
// those of the library that the engagement loaded, and what a control may say.
void schema_add_lua_head(const struct engagement *engagement, struct buffer *out);

#endif
