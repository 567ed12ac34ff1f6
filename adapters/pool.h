// SPDX-License-Identifier: MIT
// A pool of threads that work through a queue of tasks; a task may add further ones. No thread
// outlives pool_run: the program forks its workers later, and no thread may exist then.
#ifndef VOUCH_POOL_H
#define VOUCH_POOL_H

#include <stdbool.h>

struct pool;

typedef void pool_task(void *context);

struct pool *pool_new(int jobs);
void pool_free(struct pool *pool);

// Queues a task. Urgent tasks go before the others: work on what is begun comes before new work.
void pool_add(struct pool *pool, pool_task *task, void *context, bool urgent);

// Runs all tasks and those they add; returns when none is left. `tick`, or NULL, is called from the
// calling thread several times a second meanwhile.
void pool_run(struct pool *pool, pool_task *tick, void *context);

#endif
