// SPDX-License-Identifier: MIT
// What the modules of declarations share: turning Lua values into JSON inside a protected call,
// where a mistake raises an error that names the line of the declaration.
#ifndef VOUCH_VOCABULARY_INSIDE_H
#define VOUCH_VOCABULARY_INSIDE_H

#include "engine/base/setting.h"
#include "engine/rules/import_kind.h"

#include <jansson.h>
#include <lua.h>
#include <stdbool.h>

enum { DECLARE_MARK = 1 }; // around the place in an error of declare_wrong

extern const char
    vocabulary_computed[]; // where the registry keeps the functions of computed columns

// Of the declaration under work.
struct place {
    lua_State *L;
    const char *file;
    int line;
};

// Raises a mistake: the declaration cannot be read on.
_Noreturn void declare_wrong(const struct place *place, const char *format, ...);

// Keeps a mistake in a list of the registry, by that name: the rest is looked at all the same.
extern const char declare_mistakes[];
void declare_also_wrong(const struct place *place, const char *format, ...);
void declare_keep_mistake(lua_State *L); // takes the one that was raised from the stack

// The value at `index` as JSON; `name` is for messages.
json_t *declare_plain(const struct place *place, int index, const char *name);

// Sets `name` of `object` from the field of that name of the table at `index`, when there is one.
bool declare_copy(const struct place *place, json_t *object, int index, const char *name);

// Keeps a mistake for each name that is none of the settings of `what`.
void declare_only(const struct place *place, int index, const char *what,
                  const struct setting *settings);

// Sets those settings of `object` that the table at `index` states and that are data as they are:
// no functions, and none of a shape of their own.
void declare_settings(const struct place *place, json_t *object, int index,
                      const struct setting *settings);

// Named entries of a table as an array, in the order of their names, since Lua keeps none:
// functions among them are numbered as they come.
json_t *declare_entries(const struct place *place, int index,
                        json_t *(*convert)(const struct place *, int, const char *));

json_t *declare_table_json(const struct place *place, const char *name, int index);
json_t *declare_import_json(const struct place *place, const struct import_kind *kind, int index);
json_t *declare_disable_json(const struct place *place, int index);
json_t *declare_required_json(const struct place *place, int index);
json_t *declare_list_json(const struct place *place, int index, const char *what);

// The names of a list of cases.
json_t *declare_case_names(const struct place *place, int list);

// with(TABLE, CHANGES...) → a new table: the entries of TABLE, and those of each of CHANGES in
// their place, nil changing nothing. Where TABLE has rows, { { ... }, ... }, and CHANGES fields, {
// name = ... }, they go into the first row. Nothing that it is given is changed.
int vocabulary_with(lua_State *L);

json_t *declare_control_json(const struct place *place, const char *id, int index);

#endif
