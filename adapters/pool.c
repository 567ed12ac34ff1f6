// SPDX-License-Identifier: MIT
#include "adapters/pool.h"

#include "engine/base/memory.h"

#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { TICK_NANOSECONDS = 100000000 };

struct task {
    pool_task *run;
    void *context;
};

struct queue {
    struct task *tasks;
    size_t first, count, capacity;
};

struct pool {
    pthread_mutex_t lock;
    pthread_cond_t changed; // a task was added, or the last one ended
    struct queue urgent, later;
    int jobs;
    int running; // tasks that are being run
};

struct pool *pool_new(int jobs)
{
    struct pool *pool = memory_new(1, sizeof *pool);
    pool->jobs = jobs > 0 ? jobs : 1;
    pthread_mutex_init(&pool->lock, NULL);
    pthread_condattr_t attributes;
    pthread_condattr_init(&attributes);
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
    pthread_cond_init(&pool->changed, &attributes);
    pthread_condattr_destroy(&attributes);
    return pool;
}

void pool_free(struct pool *pool)
{
    if (!pool)
        return;
    pthread_cond_destroy(&pool->changed);
    pthread_mutex_destroy(&pool->lock);
    free(pool->urgent.tasks);
    free(pool->later.tasks);
    free(pool);
}

void pool_add(struct pool *pool, pool_task *task, void *context, bool urgent)
{
    pthread_mutex_lock(&pool->lock);
    struct queue *queue = urgent ? &pool->urgent : &pool->later;
    queue->capacity =
        memory_grow((void **)&queue->tasks, queue->count, queue->capacity, sizeof *queue->tasks);
    queue->tasks[queue->count++] = (struct task){task, context};
    pthread_cond_broadcast(&pool->changed);
    pthread_mutex_unlock(&pool->lock);
}

// Both with the lock held.
static bool take_task(struct pool *pool, struct task *task)
{
    struct queue *queue = pool->urgent.first < pool->urgent.count ? &pool->urgent : &pool->later;
    if (queue->first == queue->count)
        return false;
    *task = queue->tasks[queue->first++];
    return true;
}

static bool is_done(const struct pool *pool)
{
    return pool->running == 0 && pool->urgent.first == pool->urgent.count &&
           pool->later.first == pool->later.count;
}

static void *work(void *context)
{
    struct pool *pool = context;
    pthread_mutex_lock(&pool->lock);
    while (!is_done(pool)) {
        struct task task;
        if (!take_task(pool, &task)) {
            pthread_cond_wait(&pool->changed, &pool->lock);
            continue;
        }
        pool->running++;
        pthread_mutex_unlock(&pool->lock);
        task.run(task.context);
        pthread_mutex_lock(&pool->lock);
        pool->running--;
        if (is_done(pool))
            pthread_cond_broadcast(&pool->changed);
    }
    pthread_mutex_unlock(&pool->lock);
    return NULL;
}

static void wait_until_done(struct pool *pool, pool_task *tick, void *context)
{
    pthread_mutex_lock(&pool->lock);
    while (!is_done(pool)) {
        struct timespec until;
        clock_gettime(CLOCK_MONOTONIC, &until);
        until.tv_nsec += TICK_NANOSECONDS;
        if (until.tv_nsec >= 1000000000) {
            until.tv_sec++;
            until.tv_nsec -= 1000000000;
        }
        pthread_cond_timedwait(&pool->changed, &pool->lock, &until);
        pthread_mutex_unlock(&pool->lock);
        if (tick)
            tick(context);
        pthread_mutex_lock(&pool->lock);
    }
    pthread_mutex_unlock(&pool->lock);
}

void pool_run(struct pool *pool, pool_task *tick, void *context)
{
    pthread_t *threads = memory_new((size_t)pool->jobs, sizeof *threads);
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before); // signals stay with the calling thread
    int started = 0;
    while (started < pool->jobs && pthread_create(&threads[started], NULL, work, pool) == 0)
        started++;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    if (started == 0)
        work(pool); // no threads to be had: slower, but the same
    else
        wait_until_done(pool, tick, context);
    for (int i = 0; i < started; i++)
        pthread_join(threads[i], NULL);
    if (tick)
        tick(context); // the end, however short the work was
    free(threads);
}
