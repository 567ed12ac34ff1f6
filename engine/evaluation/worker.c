// SPDX-License-Identifier: MIT
#include "engine/evaluation/worker.h"

#include "engine/base/memory.h"
#include "engine/base/process.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

enum { MAPPED_BYTES_MORE = 1 << 30 }; // what findings on their way may take beside Lua's memory

struct task_header {
    int64_t control, table, first, next, payload;
};

static int read_exactly(int descriptor, void *bytes, size_t length)
{
    char *at = bytes;
    while (length) {
        ssize_t got = read(descriptor, at, length);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return -1;
        at += got;
        length -= (size_t)got;
    }
    return 0;
}

static void do_task(const struct engagement *engagement, const struct data *data,
                    const struct tester_limits *limits, const struct task_header *header,
                    const struct block *groups, struct block *result)
{
    struct error error;
    struct tester *test = tester_new(engagement, data, (int)header->control, limits, &error);
    if (!test) {
        char text[sizeof error.where + sizeof error.message + 4];
        snprintf(text, sizeof text, "%s: %s", error.where, error.message);
        result->failure = arena_text(block_arena(result), text);
        return;
    }
    if (groups->member_count)
        tester_groups(test, groups, result);
    else
        tester_rows(test, (int)header->table, (uint32_t)header->first, (uint32_t)header->next,
                    result);
    tester_free(test);
}

struct work {
    const struct engagement *engagement;
    const struct data *data;
    const struct tester_limits *limits;
};

// The worker's life: the tasks that come over `descriptor`, one after the other.
static int work_on(void *context, int descriptor)
{
    const struct work *work = context;
    const struct tester_limits *limits = work->limits;
    size_t lua = limits->bytes ? limits->bytes : TESTER_BYTES;
    struct limits process = {.cpu_seconds = WORKER_CPU_SECONDS, .bytes = lua + MAPPED_BYTES_MORE};
    struct tester_limits shared = *limits;
    struct task_header header;
    int64_t control = -1;
    process_confine(&process);
    while (read_exactly(descriptor, &header, sizeof header) == 0) {
        struct block groups = {0}, result = {0};
        struct buffer out = {0};
        if (header.payload) {
            char *bytes = memory_new((size_t)header.payload, 1);
            if (read_exactly(descriptor, bytes, (size_t)header.payload) != 0 ||
                block_read(&groups, bytes, (size_t)header.payload) != 0)
                return 1;
            free(bytes);
        }
        int64_t before = process_effort();
        if (header.control != control) {
            // The blocks of one control ask for the same lookups.
            lookups_free(shared.lookups);
            shared.lookups = lookups_new(work->data);
            control = header.control;
        }
        do_task(work->engagement, work->data, &shared, &header, &groups, &result);
        result.effort = process_effort() - before;
        int64_t length = 0;
        buffer_add(&out, &length, sizeof length);
        block_write(&result, &out);
        length = (int64_t)(out.length - sizeof length);
        memcpy(out.data, &length, sizeof length);
        if (process_write(descriptor, out.data, out.length) != 0)
            return 1;
        buffer_clear(&out);
        block_clear(&groups);
        block_clear(&result);
    }
    return 0;
}

int worker_start(struct worker *worker, const struct engagement *engagement,
                 const struct data *data, const struct tester_limits *limits, struct error *error)
{
    struct work work = {engagement, data, limits};
    *worker = (struct worker){0};
    if (process_start(&worker->process, PROCESS_TALKS, work_on, &work) != 0)
        return error_set_errno(error, ERROR_USAGE, "", "cannot start a worker process");
    return 0;
}

void worker_mourn(struct worker *worker, struct buffer *reason)
{
    process_explain(process_end(&worker->process, true), reason);
    buffer_clear(&worker->answer);
    worker->busy = false;
}

void worker_stop(struct worker *worker)
{
    struct buffer ignored = {0};
    if (worker->process.id > 0)
        worker_mourn(worker, &ignored);
    buffer_clear(&ignored);
}

int worker_give(struct worker *worker, const struct task *task)
{
    struct buffer payload = {0};
    if (task->members) {
        struct block groups = {.members = (struct group_member *)task->members,
                               .member_count = task->member_count,
                               .grouping = *task->grouping};
        block_write(&groups, &payload);
    }
    struct task_header header = {task->control, task->table, task->first, task->next,
                                 (int64_t)payload.length};
    worker->busy = true;
    int result = process_write(worker->process.descriptor, &header, sizeof header);
    if (result == 0 && payload.length)
        result = process_write(worker->process.descriptor, payload.data, payload.length);
    buffer_clear(&payload);
    return result;
}

int worker_take(struct worker *worker, struct block *block)
{
    char bytes[1 << 16];
    ssize_t got = read(worker->process.descriptor, bytes, sizeof bytes);
    if (got < 0 && errno == EINTR)
        return 0;
    if (got <= 0)
        return -1;
    struct buffer *answer = &worker->answer;
    buffer_add(answer, bytes, (size_t)got);
    int64_t length;
    if (answer->length < sizeof length)
        return 0;
    memcpy(&length, answer->data, sizeof length);
    if (length < 0)
        return -1;
    if (answer->length - sizeof length < (size_t)length)
        return 0;
    int result = block_read(block, answer->data + sizeof length, (size_t)length);
    buffer_clear(answer);
    worker->busy = false;
    return result == 0 ? 1 : -1;
}
