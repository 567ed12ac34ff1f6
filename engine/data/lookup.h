// SPDX-License-Identifier: MIT
// Lookups: indices of tables by the fields that rules look rows up by, made when first asked for.
// Rows of equal values follow in key order.
#ifndef VOUCH_LOOKUP_H
#define VOUCH_LOOKUP_H

#include "engine/data/data.h"
#include "engine/data/row_index.h"

enum { LOOKUP_FIELDS_MAX = 16 };

struct lookups;

struct lookups *lookups_new(const struct data *data);
void lookups_free(struct lookups *lookups);

// The index of a table by these fields (at most LOOKUP_FIELDS_MAX); borrowed.
const struct row_index *lookups_index(struct lookups *lookups, int table, const int *fields,
                                      int field_count);

#endif
