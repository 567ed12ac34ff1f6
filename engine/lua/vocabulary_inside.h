// SPDX-License-Identifier: MIT
// What the modules of declarations share: turning Lua values into JSON inside a protected call,
// where a mistake raises an error that names the line of the declaration.
#ifndef VOUCH_VOCABULARY_INSIDE_H
#define VOUCH_VOCABULARY_INSIDE_H

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

_Noreturn void declare_wrong(const struct place *place, const char *format, ...);

// The value at `index` as JSON; `name` is for messages.
json_t *declare_plain(const struct place *place, int index, const char *name);

// Sets `name` of `object` from the field of that name of the table at `index`, when there is one.
bool declare_copy(const struct place *place, json_t *object, int index, const char *name);

// Refuses names that `what` does not have; `names` is NULL-terminated.
void declare_only(const struct place *place, int index, const char *what, const char *const *names);

// Named entries of a table as an array, in the order of their names, since Lua keeps none:
// functions among them are numbered as they come.
json_t *declare_entries(const struct place *place, int index,
                        json_t *(*convert)(const struct place *, int, const char *));

json_t *declare_table_json(const struct place *place, const char *name, int index);
json_t *declare_import_json(const struct place *place, const char *kind, int index);
json_t *declare_disable_json(const struct place *place, int index);
json_t *declare_control_json(const struct place *place, const char *id, int index);

#endif
