// SPDX-License-Identifier: MIT
// Extents: up to which day the sources of a table cover it, as an import states it. Nothing later
// can be seen, whatever happened.
#ifndef VOUCH_EXTENT_H
#define VOUCH_EXTENT_H

#include "engine/data/data.h"

// The days that one source of a table covers, both inclusive; CALENDAR_DAY_MIN: it does not say
// from when.
struct extent {
    int table;
    int from, to;
};

void extent_declare(struct data *data, int table, int from, int to);

// Fills in `covered_to` of every table. A source that begins where another ends goes on from it (a
// file for each month); of others, such as those of two branches, the one that ends first counts.
// Nothing is covered after as_of.
void extent_find(struct data *data);

#endif
