// SPDX-License-Identifier: MIT
// A plan: which imports would take the lists of a source into the model, and what speaks for each.
#ifndef VOUCH_GUESS_PLAN_H
#define VOUCH_GUESS_PLAN_H

#include "engine/base/arena.h"
#include "guess/shape.h"

#include <stdbool.h>
#include <stddef.h>

// What fills a field.
struct plan_column {
    int field;
    const struct fit *fit;  // the column of the list, or NULL
    const char *constant;   // a value for all rows, or NULL
    const char *expression; // Lua over `source`, where neither
    const char *note;       // what is to be said of it, in the engagement's language; NULL
    bool doubt;
};

struct plan_import {
    size_t list;
    int table;
    struct plan_column *columns;
    size_t count;
    bool distinct;
    int number_field, number_within; // fields; -1: lines have numbers of their own
    const char *note;
    bool doubt;
};

// What became of a list.
struct plan_list {
    struct list list;
    bool fill;         // its documents' values stand on their first lines
    size_t fill_key;   // the column that begins a document
    bool *used;        // by column: it fills something
    bool *filled_down; // by column: it stands on the first lines, and is used
    size_t import_count;
    const char *trouble; // why it fills nothing, where it does not
};

struct plan {
    const struct survey *survey;
    const struct model *model;
    const struct terms *terms;
    const char *language;    // "zh" or "en", as most headers are
    struct habits habits;    // of the source
    bool *nulls;             // what they point to
    struct arena *arena;     // of all that is planned
    struct plan_list *lists; // by sheet
    size_t list_count;
    struct plan_import *imports;
    size_t import_count;
};

// `survey`, `model`, `terms` and `zone` outlive it. The caller clears.
void plan_init(struct plan *plan, const struct survey *survey, const struct model *model,
               const struct terms *terms, const struct zone *zone);
void plan_clear(struct plan *plan);

// The fit behind a field of the import, or NULL.
const struct fit *plan_fit(const struct plan_import *import, int field);

#endif
