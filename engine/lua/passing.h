// SPDX-License-Identifier: MIT
// Passing: what becomes of rows that passed with a note. Those of one day pass, are a low exception
// or cannot be tested, as the control's parameter says; the others are counted.
#ifndef VOUCH_PASSING_H
#define VOUCH_PASSING_H

#include "engine/rules/block.h"

#include <lua.h>

struct passing {
    lua_State *L;
    int parameters; // where the control's parameters stand on its stack
    int control;
    int table; // of the row under test, or of a group's first
    int64_t row;
    struct block *block;                // has the findings of the row or group
    size_t before;                      // its findings before these
    const struct group_member *members; // of the group; NULL: the row alone
    size_t member_count;
};

struct passed {
    size_t untestable, exceptions; // of the rows that would have passed
};

// The notes of the test that just returned are used up: counted, or made findings and untestable
// rows. Those of rows that have a finding, or were not under test, fall away.
struct passed passing_settle(const struct passing *passing);

// Makes an exception of each person whose rows passed because of one day too often. `control` is
// the number of the control. For the end of a control, when all of its blocks are merged.
void passing_report_people(const struct data *data, int control, struct block *block);

#endif
