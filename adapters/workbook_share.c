// SPDX-License-Identifier: MIT
#include "adapters/workbook_share.h"

#include "engine/base/arena.h"

#include <pthread.h>

struct workbook_share {
    struct arena *arena; // of the share and its texts
    const struct workbook_format *format;
    const char *path, *name;
    struct unpack_limit limit;
    int users;
    pthread_mutex_t mutex;
    struct workbook *workbook; // NULL while it is closed
    int expected;              // times that it is still to be closed
};

struct workbook_share *workbook_share_new(struct workbook *workbook, const char *path,
                                          const struct unpack_limit *limit)
{
    struct arena *arena = arena_new();
    struct workbook_share *share = arena_take(arena, 1, sizeof *share);
    *share = (struct workbook_share){.arena = arena,
                                     .format = workbook->format,
                                     .path = arena_text(arena, path),
                                     .name = arena_text(arena, workbook->name),
                                     .limit = *limit,
                                     .workbook = workbook};
    pthread_mutex_init(&share->mutex, NULL);
    return share;
}

void workbook_share_add(struct workbook_share *share)
{
    share->users++;
    share->expected++;
}

static void share_free(struct workbook_share *share)
{
    workbook_free(share->workbook);
    pthread_mutex_destroy(&share->mutex);
    arena_free(share->arena);
}

static void close_workbook(struct workbook_share *share)
{
    if (share->format->opens_alone)
        return; // there would be no way to open it again
    workbook_free(share->workbook);
    share->workbook = NULL;
}

void workbook_share_settle(struct workbook_share *share)
{
    if (share->users == 0)
        share_free(share);
    else
        close_workbook(share);
}

void workbook_share_release(struct workbook_share *share)
{
    if (--share->users == 0)
        share_free(share);
}

const struct workbook *workbook_share_open(struct workbook_share *share, struct error *error)
{
    pthread_mutex_lock(&share->mutex);
    if (!share->workbook)
        share->workbook =
            workbook_new(share->format, share->path, share->name, &share->limit, error);
    struct workbook *workbook = share->workbook;
    pthread_mutex_unlock(&share->mutex);
    return workbook;
}

void workbook_share_close(struct workbook_share *share)
{
    pthread_mutex_lock(&share->mutex);
    if (--share->expected == 0)
        close_workbook(share);
    pthread_mutex_unlock(&share->mutex);
}

void workbook_share_again(struct workbook_share *share)
{
    share->expected++;
}
