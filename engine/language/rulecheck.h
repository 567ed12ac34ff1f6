// SPDX-License-Identifier: MIT
// Checks of rule files before anything runs: syntax, names, values, declarations of controls. What
// is refused here would be silently wrong or fail on every row; code whose meaning cannot be seen
// passes.
#ifndef VOUCH_RULECHECK_H
#define VOUCH_RULECHECK_H

#include "engine/data/model.h"
#include "engine/language/typing.h"

#include <stddef.h>
#include <stdint.h>

enum diagnostic_severity { DIAGNOSTIC_ERROR, DIAGNOSTIC_WARNING };

struct diagnostic {
    enum diagnostic_severity severity;
    uint32_t line, column; // from 1; columns count characters
    char *message;         // what is wrong and what to write instead; one line of valid UTF-8
};

// Sorted by place. An all-zero struct is a valid empty list.
struct diagnostics {
    struct diagnostic *items;
    size_t count, capacity;
    size_t error_count;
};

enum { DIAGNOSTICS_MAX = 200 }; // of one file; the last one says that there are more

enum rulecheck_kind {
    RULECHECK_RULES,      // controls, shipped or a user's
    RULECHECK_CASES,      // their cases, in a file of their own
    RULECHECK_LIBRARY,    // may define global functions at top level
    RULECHECK_MODEL,      // rules/model
    RULECHECK_ENGAGEMENT, // audit.lua
};

struct rulecheck_library;

// How a function that every file may call is written: "first", "first(list, condition)".
struct helper_signature {
    const char *name, *text;
};

// All borrowed during the call.
struct rulecheck_input {
    const char *name; // of the file, as the user knows it
    const char *text;
    size_t length;
    enum rulecheck_kind kind;
    // What the file may name: "control", "ipairs"; "string.upper" also allows "string", of which
    // then only such members may be used.
    const char *const *globals;
    size_t global_count;
    const struct helper_type *helpers; // what these functions return, where it is known
    size_t helper_count;
    const struct helper_signature *signatures; // of those whose calls are checked
    size_t signature_count;
    const struct model *model; // NULL: no check that needs it
    bool thorough;             // also says what could be better, as check does
    // For rulecheck_accesses: what library functions read; NULL: that is not seen.
    struct rulecheck_library *library;
};

// Appends what is wrong with the file to `found`. Any bytes are accepted as text.
void rulecheck_run(const struct rulecheck_input *input, struct diagnostics *found);
void diagnostics_clear(struct diagnostics *diagnostics);

// What a control reads: a field or a reference of a table, never both; the other is -1. Reverse
// lists count as the reference that they reverse; both -1: rows of the table as such.
struct rulecheck_access {
    int table, field, reference;
};

// How much a control needs a table that it reads.
enum rulecheck_demand {
    DEMAND_ALWAYS,
    DEMAND_SOMETIMES, // library functions read it, for some rows perhaps
    DEMAND_IMPORTED,  // only where it was imported
};

struct rulecheck_table {
    int table;
    enum rulecheck_demand demand;
};

struct rulecheck_need {
    char *control;                     // its id
    struct rulecheck_access *accesses; // sorted by table, field, reference; without duplicates
    bool *decides; // by access: read for what decides, not only for what an exception shows
    size_t count;
    // What all this takes from the sources, as the accesses: with the columns by which references
    // find their rows, and those that give a row its day and its amounts their currency.
    struct rulecheck_access *reads;
    size_t read_count;
    struct rulecheck_table *tables; // of the accesses, sorted, each once
    size_t table_count;
};

struct rulecheck_needs {
    struct rulecheck_need *items; // in the order of the file
    size_t count;
    struct arena *arena; // holds all of it
};

// The functions of rules/library, for what controls read through them. Borrows the model and the
// helpers, not the texts. The caller frees.
struct rulecheck_library *rulecheck_library_new(const struct rulecheck_input *inputs, size_t count);
void rulecheck_library_free(struct rulecheck_library *library);

// What the functions of each control of the file can be seen to read, through local functions and
// those of `input->library` too. Best effort: reads of rows whose table is not known are missing,
// such as rows that a function kept in a table of its own, and a local function that serves several
// controls counts for each with the tables of all. Nothing is found in a file that does not parse,
// or without a model. The caller clears.
void rulecheck_accesses(const struct rulecheck_input *input, struct rulecheck_needs *needs);
void rulecheck_needs_clear(struct rulecheck_needs *needs);

#endif
