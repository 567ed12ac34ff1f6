// SPDX-License-Identifier: MIT
// The data model: which tables exist, their fields and types, and how their rows refer to one
// another. Source: rules/model/*.lua and the engagement's `table` and `extend`, loaded by a child
// process that hands them over as JSON (declaration.h). Read-only once made; tables and fields are
// known by index.
#ifndef VOUCH_MODEL_H
#define VOUCH_MODEL_H

#include "engine/base/buffer.h"
#include "engine/base/error.h"

#include <jansson.h>
#include <stdbool.h>

enum type {
    TYPE_TEXT,
    TYPE_INT,
    TYPE_DECIMAL,
    TYPE_MONEY, // a decimal with a currency: the table's currency path, or the engagement's
    TYPE_DATE,
    TYPE_TIMESTAMP,
    TYPE_BOOL,
    TYPE_ENUM,
};

struct absence;

// Whose ids a column holds.
enum people { PEOPLE_EITHER, PEOPLE_USERS, PEOPLE_EMPLOYEES };
extern const char *const people_names[]; // "either", "users", "employees", NULL

struct field {
    char *name;
    char *label; // Chinese term
    enum type type;
    char **values; // of an enum
    int value_count;
    bool key;                      // part of the primary key
    bool nullable;                 // a key column that may be null
    bool refers;                   // an id of another table
    bool period;                   // an accounting period: a month
    const struct absence *absence; // what it means that it was not imported; NULL: it is needed
    enum people people;            // of a field that refers to people: whose ids it holds
    bool maybe_recorded; // not every company records it: empty in every row, it counts as absent
    bool empty_unknown;  // an empty cell tells nothing: a rule that needs it cannot test its row
};

enum { PATH_STEPS = 8 };

// "order.customer.grade": references followed from a table, then a field of the last one's target.
struct path {
    int references[PATH_STEPS]; // index into the references of the table reached so far
    int depth;
    int table; // the table that `field` belongs to
    int field; // -1 when the path does not exist (no period, no customer, ...)
};

enum reference_kind {
    REFERENCE_KEY,      // pairs equal; the first row of the target that matches
    REFERENCE_ASOF,     // pairs equal or wildcard in the target, in force at a moment
    REFERENCE_DOCUMENT, // a table's name in one field, that table's key in another (doc_kind,
                        // doc_id)
};

// One column that must match: a path from the referring row, a path from the target row.
struct match {
    struct path from;
    struct path otherwise; // used where `from` is null: a line's own order goes before its header's
    struct path to;
};

// As-of extras: an inclusive window of the target around `at` of the referring row.
struct asof {
    struct path at;
    struct path from;
    struct path to;
};

enum comparison { COMPARE_LE, COMPARE_LT, COMPARE_EQ, COMPARE_GE, COMPARE_GT };

struct reference {
    char *name;
    enum reference_kind kind;
    int target; // table index; -1 for REFERENCE_DOCUMENT
    struct match *matches;
    int match_count;
    struct asof asof; // REFERENCE_ASOF
    struct path
        where_target; // optional condition between the rows: target, comparison, referring row
    struct path where_source; // where_target.field < 0: none
    enum comparison where_is;
    int kind_field, id_field; // REFERENCE_DOCUMENT
    struct document_name
        *documents; // what the kind field calls tables otherwise than by their names
    int document_count;
    bool optional; // finding nothing is normal: no dangling reference
};

// A value of a kind field that stands for a table.
struct document_name {
    char *text;
    int table;
};

// All rows of `table` whose `reference` is this row, in key order.
struct reverse {
    char *name;
    int table;
    int reference; // index into that table's references
};

struct history;

struct model_table {
    char *name;
    char *label;
    struct field *fields;
    int field_count;
    int *key; // field indices in key order
    int key_count;
    struct reference *references;
    int reference_count;
    struct reverse *reverses;
    int reverse_count;
    struct path period; // the date or accounting period that places a row in time
    struct path
        period_otherwise; // where `period` is empty: a decision not taken yet by its request
    struct path known;    // the day a row came to be, where that is not what places it: booked for
                          // October in November
    struct path customer; // whom an exception of this table concerns
    struct path actor;    // who did it
    struct path currency; // of the table's money fields
    const struct history *history; // of its header; NULL: none
    const struct absence *absence; // what it means that it was not imported; NULL: it is needed
    // An id of this table may also be the key of another table that leads here (user accounts of
    // employees): that table is looked up first. alias_table -1: none.
    int alias_table;
    int alias_field; // of the alias table: holds this table's key
};

struct model {
    struct model_table *tables; // sorted by name
    int table_count;
    struct arena *arena; // holds all of it
};

// Builds the model from its JSON declaration (docs/hacking.md shows the shape). NULL with `error`
// set when names, types or paths do not fit together. The caller frees.
struct model *model_new(const json_t *declaration, struct error *error);
void model_free(struct model *model);

// Index, or -1.
int model_find_table(const struct model *model, const char *name);
int model_find_field(const struct model_table *table, const char *name);
// What "table.field" names: its table, or -1; `rest` is what follows the dot, NULL without one.
int model_find_table_of(const struct model *model, const char *text, const char **rest);

// The same, and the field; whether there is such a field. Either is -1 where there is none.
bool model_find_column(const struct model *model, const char *text, int *table, int *field);
// Adds "table.field", or with field -1 "table".
void model_add_name(const struct model *model, int table, int field, struct buffer *out);

int model_find_reference(const struct model_table *table, const char *name);
int model_find_reverse(const struct model_table *table, const char *name);

// Resolves dotted text from `table`; -1 with `error` set when a step does not exist, or there are
// more than PATH_STEPS.
int model_find_path(const struct model *model, int table, const char *text, struct path *path,
                    struct error *error);

const char *type_name(enum type type);

#endif
