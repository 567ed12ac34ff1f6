// SPDX-License-Identifier: MIT
// What systems did: the acts of system users in the period, which are no person's and are tested by
// no control of people. An act is a column that names who did something: "sales_order.entered_by".
#ifndef VOUCH_SYSTEM_ACTORS_H
#define VOUCH_SYSTEM_ACTORS_H

#include "engine/data/data.h"
#include "engine/rules/sums.h"

struct system_act {
    const char *user;    // id of the account; borrowed from the data
    int table, field;    // the act
    size_t documents;    // rows
    struct sums amounts; // of those that state one, by currency; of no kind
};

struct system_acts {
    struct arena *arena;      // of the items and their sums
    struct system_act *items; // by user, then by table and field as they are called
    size_t count;
};

void system_acts_init(struct system_acts *acts, struct arena *arena, const struct data *data);

#endif
