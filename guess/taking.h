// SPDX-License-Identifier: MIT
// A taking: one list on its way into the plan.
#ifndef VOUCH_GUESS_TAKING_H
#define VOUCH_GUESS_TAKING_H

#include "guess/plan_inside.h"

struct taking {
    struct plan *plan;
    const struct fitting *fitting;
    size_t number; // of the list
    struct list *list;
    struct shape shape;
    struct fits head, lines;
    bool repeats;
};

const struct model_table *taking_table(const struct taking *taking, int table);
const char *taking_name(const struct taking *taking, const struct fit *fit); // of its column

// Says what is doubtful of a column, as its fit shows it.
void taking_remark(struct taking *taking, struct plan_column *column);

// Notes that a column stands on the first lines of documents only, where it does.
void taking_fill(struct taking *taking, size_t column);

// Is the column to be taken in that way ("rate", "first")?
bool taking_has_meaning(const struct term *term, const char *meaning);

// Fields that are worked out from others: the amount of a discount from its rate, a name from its
// parts, a price from amount and quantity. Nothing, or false, where they cannot be.
void taking_rate(struct taking *taking, struct plan_import *import, const struct fits *fits,
                 const struct fit *fit);
bool taking_full_name(struct taking *taking, struct plan_import *import, const struct fit *fit);
bool taking_price(struct taking *taking, struct plan_import *import);

// What a list has beside its documents: ids, which are names where there are no others, and rows of
// a table, where the column of its field `wanted` is there.
void taking_name_for_id(struct taking *taking, const char *table, const char *id);
void taking_beside(struct taking *taking, const char *table, const char *wanted);

#endif
