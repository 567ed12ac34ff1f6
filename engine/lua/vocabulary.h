// SPDX-License-Identifier: MIT
// What Lua files declare: tables of the model, the engagement, controls. Files run in the sandbox,
// the result is JSON (docs/hacking.md shows its shape).
#ifndef VOUCH_VOCABULARY_H
#define VOUCH_VOCABULARY_H

#include "engine/base/error.h"
#include "engine/base/setting.h"
#include "engine/rules/import_kind.h"

#include <jansson.h>
#include <lua.h>

// A word that files of one kind may say besides the allow-list.
struct vocabulary_word {
    const char *name;
    lua_CFunction declare;
};

// Ended by a NULL name. An engagement file may say those of the model too, and import.
extern const struct vocabulary_word vocabulary_model_words[];
extern const struct vocabulary_word vocabulary_engagement_words[];
extern const struct vocabulary_word vocabulary_control_words[];
extern const struct vocabulary_word vocabulary_case_words[];

// What may be said of a table (`table`, `extend`), of a reference in it, of a column of an import,
// and of a list beside the engagement (`waivers`, `dispositions`).
extern const struct setting vocabulary_table_settings[], vocabulary_reference_settings[],
    vocabulary_column_settings[], vocabulary_list_settings[];

// A model file or an engagement file; several may run in one state and add to one another.
void vocabulary_model(lua_State *L); // offers table, extend, types
// The same, and engagement, controls, ..., and an import for each of the kinds, which end with a
// NULL name and outlive the state.
void vocabulary_engagement(lua_State *L, const struct import_kind *imports);

// { "tables": [...], "extensions": [...], "engagement": {...}, "imports": [...], ... }: what ran so
// far, without what is mistaken; the caller owns it. NULL with `error` where that cannot be said.
json_t *vocabulary_declared(lua_State *L, struct error *error);

// The mistakes found by it, from 1, each with its place; false: there are no more.
bool vocabulary_mistake(lua_State *L, int number, struct error *error);

// Rule files: offers `control`, and `with` for the cases in it. Files of cases: `cases` and `with`.
void vocabulary_controls(lua_State *L);
void vocabulary_cases(lua_State *L);

// The array of controls, or of { "control": id, "line", "cases": [names] }, that the file declared.
json_t *vocabulary_declared_controls(lua_State *L, struct error *error);

// Pushes the table that `control "ID" { ... }` was given, or nil.
void vocabulary_push_control(lua_State *L, const char *id);

// Pushes the list of cases of that control, from `cases "ID" { ... }` or from the control; or nil.
void vocabulary_push_cases(lua_State *L, const char *id);

// Pushes computed column function `number` of the engagement that ran in this state.
void vocabulary_push_computed(lua_State *L, int number);

#endif
