// SPDX-License-Identifier: MIT
// Absence: what it means that a table or a column was not imported. A field that says nothing is
// needed: a rule that reads it cannot test the row. Others are taken as a fixed value, or worked
// out from what there is (`ways`, the first that gives a value for the row). A table may be taken
// as having no rows, or as the ids that others name. Source: rules/model/*.lua, `absent` and
// `absence` of a table. Read-only, in the model's arena.
#ifndef VOUCH_ABSENCE_H
#define VOUCH_ABSENCE_H

#include "engine/base/arena.h"
#include "engine/base/error.h"
#include "engine/data/model.h"

#include <jansson.h>
#include <stdbool.h>

// A field reached by a path, or the sum of a field over a list of the row.
struct operand {
    struct path path;
    int list; // index into the table's reverses; -1: a path
};

enum { WAY_OPERANDS = 3 };

// How a value is worked out.
struct way {
    enum {
        WAY_PATH,      // the value of the operand
        WAY_PLUS,      // of two operands
        WAY_MINUS,     //
        WAY_TIMES,     // less the third, where there is one
        WAY_TAX,       // of an amount by its rate: 13 and 0.13 are the same rate
        WAY_SIGN,      // `words` by the sign of the operand: not negative, negative
        WAY_MONTH,     // "2026-10", of a day
        WAY_FIRST_DAY, // of an accounting period by its name
        WAY_LAST_DAY,  //
        WAY_ONLY,      // the one value that the data have for references to that table
        WAY_CURRENCY,  // the currency of the engagement
        WAY_NONE,      // nothing: the last resort
    } kind;
    struct operand operands[WAY_OPERANDS];
    int operand_count;
    bool less_is_optional; // a row without a value of the third is less nothing
    const char *words[2];
};

// What speaks against taking something for absent: a filled column, one with a certain value, or a
// table with rows.
struct contradiction {
    int table, field;  // field -1: any row
    const char *value; // NULL: any
};

struct absence {
    enum { ABSENCE_EMPTY, ABSENCE_VALUE, ABSENCE_DERIVED, ABSENCE_NO_ROWS, ABSENCE_IDS } kind;
    // An assumption that accuses can make a row an exception, one that acquits can make it pass.
    bool accuses, acquits;
    const char *value; // ABSENCE_VALUE, as in case data
    struct way *ways;  // ABSENCE_DERIVED
    int way_count;
    struct contradiction *contradictions;
    int contradiction_count;
    const char *en, *zh; // the sentence that states it
};

// Fills in what the declarations of a table say of it and of its fields. The model's tables,
// fields, references and lists are known. -1 with `error`.
int absence_declare(struct model *model, int table, const json_t *declaration, struct error *error);

// As results name what was taken: "none", "1", "" (empty), "derived".
const char *absence_taken(const struct absence *absence);

#endif
