// SPDX-License-Identifier: MIT
// A test: one control in a Lua state of its own, applied to rows. Runs in worker processes and in
// the process that runs the rules' cases.
#ifndef VOUCH_TESTER_H
#define VOUCH_TESTER_H

#include "engine/data/lookup.h"
#include "engine/rules/block.h"
#include "engine/rules/engagement.h"

struct tester;

enum { TESTER_BYTES = 256 * 1024 * 1024 }; // of Lua memory in one block, unless said otherwise

struct tester_limits {
    int64_t instructions_per_row; // 0: the default
    size_t bytes;                 // 0: the default
    bool declared_parameters;     // the rule file's own values, whatever the engagement says
    struct line_watch *watch;     // notes the lines that testing runs; NULL: nobody asks
    struct lookups *lookups;      // of these data, shared with other tests; NULL: the test's own
};

// Loads the library and the control's file into a fresh state. NULL with `error`. The caller frees.
struct tester *tester_new(const struct engagement *engagement, const struct data *data, int control,
                          const struct tester_limits *limits, struct error *error);
void tester_free(struct tester *test);

// Replaces a parameter for this test (cases); the value on top of `from`'s stack is copied as data.
int tester_set_parameter(struct tester *test, const char *name, const json_t *value);

// Tests rows [first, next) of a population and adds what came of it. Of a grouped control this only
// finds out to which group each row belongs (block->members).
void tester_rows(struct tester *test, int table, uint32_t first, uint32_t next,
                 struct block *block);

// Tests the groups that the sorted members make up.
void tester_groups(struct tester *test, const struct block *groups, struct block *block);

#endif
