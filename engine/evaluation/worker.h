// SPDX-License-Identifier: MIT
// A worker: a confined process, forked over the sealed data, that tests blocks of rows one at a
// time.
#ifndef VOUCH_WORKER_H
#define VOUCH_WORKER_H

#include "engine/base/process.h"
#include "engine/lua/tester.h"
#include "engine/rules/block.h"
#include "engine/rules/engagement.h"

#include <stdbool.h>

// One piece of work: rows [first, next) of a population, or some groups.
struct task {
    int control;
    int table;
    uint32_t first, next;
    const struct rests *grouping;       // what the groups rest on
    const struct group_member *members; // groups, members of one group together; NULL: rows
    size_t member_count;
};

struct worker {
    struct process process; // id 0: it has not started, or is lost
    bool busy;
    size_t task;          // that it works on, by the caller's numbering
    int64_t deadline;     // milliseconds of the monotonic clock
    struct buffer answer; // as far as it has come
};

enum { WORKER_WALL_SECONDS = 600, WORKER_CPU_SECONDS = 36000 };

// Forks. No thread may exist. -1 with `error`.
int worker_start(struct worker *worker, const struct engagement *engagement,
                 const struct data *data, const struct tester_limits *limits, struct error *error);
void worker_stop(struct worker *worker); // ends it, at once

// Sends a task; -1 when the worker is lost.
int worker_give(struct worker *worker, const struct task *task);

// Reads what has come: 1 the answer is whole and was put into `block`; 0 not yet; -1 the worker is
// lost.
int worker_take(struct worker *worker, struct block *block);

// Reaps a lost worker and sets the reason: "was killed by signal 11 (Segmentation fault)".
void worker_mourn(struct worker *worker, struct buffer *reason);

#endif
