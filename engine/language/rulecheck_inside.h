// SPDX-License-Identifier: MIT
// The parts of the rule check: one file each, sharing this. Not for other modules.
#ifndef VOUCH_RULECHECK_INSIDE_H
#define VOUCH_RULECHECK_INSIDE_H

#include "engine/base/arena.h"
#include "engine/base/buffer.h"
#include "engine/base/mistake.h"
#include "engine/base/nearest.h"
#include "engine/base/setting.h"
#include "engine/language/rulecheck.h"

#include <string.h>

enum { PARAMETERS_MAX = 1000 }; // of a control; beyond, their names are not checked

// One control "ID" { ... } of the file.
struct rule_control {
    struct node *call;
    struct node *id;        // a STRING, or NULL
    struct node *table;     // a TABLE, or NULL where the declaration is not written out
    struct value_type rows; // ROW of its population, or ANY
    bool grouped;
    const struct node *parameters; // a TABLE, or NULL where they cannot be seen
    bool parameters_escape;        // may be read where it cannot be seen
    uint64_t meant;                // settings that misspelt names stand for, by place in the table
};

// A node as check_visit sees it.
struct sight {
    uint32_t round;       // of the visit that saw it last
    struct node *waiting; // of a FUNCTION that waits: the next that does
};

struct check {
    const struct rulecheck_input *input;
    const struct syntax *syntax;
    struct arena *arena; // that of the syntax: what lasts as long as the check
    struct typing *typing;
    struct helper_type *helpers;
    size_t helper_count;
    struct diagnostics *found;
    size_t first;         // diagnostics before this check
    size_t syntax_errors; // the first of its own
    struct dictionary
        *globals; // allowed names, dotted ones whole, and names of tables that hold them
    bool *closed; // by code of globals: a table of which only named members may be used
    struct rule_control *controls;
    size_t control_count;
    struct sight *sights;  // of check_visit, by node
    bool *doubted;         // symbols that were given what a wrong call makes, by id
    bool unreadable_cells; // the case at hand is about what cannot be read
    uint32_t round;
    bool deciding;      // check_visit leaves out what is only shown
    size_t visits_left; // bounds the work where many controls share large functions
};

// Diagnostics: `node` says where.
void check_error(struct check *check, const struct node *node, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
void check_warning(struct check *check, const struct node *node, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
void check_add(struct check *check, enum diagnostic_severity severity, uint32_t line,
               uint32_t column, const char *message);
bool check_full(const struct check *check);
bool check_has_errors(const struct check *check);

// Whether a control has a setting, were its name misspelt.
bool control_has(const struct rule_control *control, const char *setting);

// The source of a node for a message, on one line, cut when long.
struct snippet {
    char text[64];
};
struct snippet check_source(const struct check *check, const struct node *node);

// Names of a table, of all tables.
void nearest_try_table(struct nearest *nearest, const struct model *model, int table);
void nearest_try_tables(struct nearest *nearest, const struct model *model);

// Parts.
void check_find_controls(struct check *check); // and binds their functions' types
void check_names(struct check *check);
void check_values(struct check *check);
void check_comparison(struct check *check, struct node *node);
void check_call(struct check *check, const struct node *call);
void check_loop(struct check *check, const struct node *loop);
void check_reason(struct check *check, const struct node *call);
void check_controls(struct check *check);
// A list, NULL: there is none; of the control, where that is known.
void check_cases(struct check *check, const struct node *cases, const struct rule_control *control);
void check_case_lists(struct check *check); // of a file of cases
void check_case_words(struct check *check); // that tests use
void check_parameters(struct check *check);
void check_messages(struct check *check, const struct rule_control *control);

// Reports a text that is none of the words that the setting takes; `node` may be NULL.
void check_word(struct check *check, const struct node *node, const struct setting *setting);

// A dotted path in a text of a declaration, from rows of `rows`; reports what does not exist.
void check_path(struct check *check, const struct node *text, struct value_type rows,
                const char *what);

// Calls `visit` for every node of the control's functions and of the local functions they use;
// false when there is too much to see everything.
bool check_visit(struct check *check, const struct rule_control *control,
                 void (*visit)(void *state, struct node *node), void *state);

// What some code reads, with how much it insists on that.
enum reading_strength {
    READING_NEEDED,  // rows of the table are taken from it: rows "t", row.lines
    READING_LINKED,  // rows of the table are reached by a reference, which is put down itself
    READING_HELD,    // a field or reference of a row, wherever that came from
    READING_GUARDED, // only where the column was imported: read(row, "field")
    READING_ASKED,   // the code asks whether the table was imported
    READING_NAMED,   // a text that is a field's name: read, where code reads rows of the table
};

struct reading_item {
    struct rulecheck_access access;
    enum reading_strength strength;
    bool shown; // for an exception to show, nothing else
};

// A call of a library function, by its number there.
struct reading_call {
    size_t number;
    bool shown;
};

struct reading {
    const struct model *model;
    struct typing *typing;             // of the code that is seen
    struct rulecheck_library *library; // or NULL
    bool shows;                        // what is seen now is only shown
    struct reading_item *items;
    size_t count, capacity;
    struct reading_call *calls;
    size_t call_count, call_capacity;
};

void reading_add(struct reading *reading, struct rulecheck_access access,
                 enum reading_strength strength);
// What a dotted path from rows of a table reads.
void reading_add_path(struct reading *reading, int table, const char *path);
// What this node reads by itself, without the functions of the library that it calls.
void reading_see(struct reading *reading, struct node *node);
void reading_clear(struct reading *reading);

// The library's part: what a node reads, with the calls that it makes; what all calls of a reading
// read in turn; and the types of calls.
struct typing_calls;
const struct typing_calls *library_following(struct rulecheck_library *library);
void library_see(struct reading *reading, struct node *node);
void library_gather(const struct reading *from, struct reading *into);

extern const struct helper_type check_library[]; // ended by a NULL name
// The caller's types, completed; taken from the arena.
struct helper_type *check_helpers(const struct rulecheck_input *input, struct arena *arena,
                                  size_t *count);

// Prepares parsing and types; false when the text does not parse, which is then reported.
bool check_open(struct check *check, const struct rulecheck_input *input,
                struct diagnostics *found);
void check_close(struct check *check);

#endif
