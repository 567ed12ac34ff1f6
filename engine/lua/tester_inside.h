// SPDX-License-Identifier: MIT
// What the row tester and its reading of results share; not for other modules.
#ifndef VOUCH_TESTER_INSIDE_H
#define VOUCH_TESTER_INSIDE_H

#include "engine/data/data.h"
#include "engine/lua/sandbox.h"
#include "engine/lua/tester.h"

// Where things stand on the state's stack, from the bottom.
enum { AT_TEST = 1, AT_APPLIES, AT_GROUP, AT_PARAMETERS, AT_TOP = AT_PARAMETERS };

struct tester {
    lua_State *L;
    struct arena *arena; // of itself and all that it points to
    const struct engagement *engagement;
    const struct data *data;
    const struct control *control;
    int number;
    struct path *periods;  // by population of the control
    struct rests *placing; // what being in scope rests on, by population
    const char *unseen;    // why nothing can be said as of as_of; NULL: it can
    uint64_t *acquitting;  // the assumptions because of which a row can pass
    uint64_t *refused;     // those that the control does not accept
    uint64_t *compared;    // of these, those derived from what it compares them with
    struct rests others;   // populations of which a group may want rows, and there are none
    bool has_applies;
    bool declared_parameters;
    size_t reported; // bytes of exceptions and group keys so far
};

// What the rows of one block may report: it is held in memory until the control is done.
enum { REPORT_BYTES = 256 * 1024 * 1024 };

// Counts bytes of what is reported; true when they are too many.
bool tester_reports_too_much(struct tester *test, size_t bytes);

// What collecting works on, handed over the protected call.
struct collection {
    struct tester *test;
    struct block *block;
    int table; // of the row or group under test
    int64_t row;
    const char *key;        // of the group; NULL: the row's own
    size_t untestable_rows; // of a group, named one by one
    bool whole_group;       // an exception named no row of it
};

// Takes the result on top of the stack. SANDBOX_DONE, and then `*found` exceptions were added.
enum sandbox_outcome tester_take_result(struct tester *test, struct collection *collection,
                                        size_t *found);

#endif
