// SPDX-License-Identifier: MIT
#include "engine/evaluation/disposition.h"

#include "engine/base/memory.h"

#include <stdlib.h>
#include <string.h>

const char *const disposition_columns[] = {"exception", "?owner",   "?status",
                                           "?cause",    "?comment", NULL};

struct dispositions *dispositions_new(void)
{
    struct arena *arena = arena_new();
    struct dispositions *dispositions = arena_take(arena, 1, sizeof *dispositions);
    dispositions->arena = arena;
    return dispositions;
}

void dispositions_free(struct dispositions *dispositions)
{
    if (!dispositions)
        return;
    free(dispositions->items);
    arena_free(dispositions->arena);
}

static const char *copy(const struct dispositions *dispositions, const char *text)
{
    return text ? arena_text(dispositions->arena, text) : "";
}

static void add(struct dispositions *dispositions, int64_t line, const char *exception,
                const char *owner, const char *status, const char *cause, const char *comment)
{
    dispositions->capacity = memory_grow((void **)&dispositions->items, dispositions->count,
                                         dispositions->capacity, sizeof *dispositions->items);
    dispositions->items[dispositions->count] =
        (struct disposition){.line = line,
                             .exception = copy(dispositions, exception),
                             .owner = copy(dispositions, owner),
                             .status = copy(dispositions, status),
                             .cause = copy(dispositions, cause),
                             .comment = copy(dispositions, comment),
                             .order = dispositions->count};
    dispositions->count++;
}

void dispositions_add(struct dispositions *dispositions, int64_t line, const char *const *cells)
{
    if (cells && *cells[0])
        add(dispositions, line, cells[0], cells[1], cells[2], cells[3], cells[4]);
    else
        dispositions->unreadable++;
}

void dispositions_carry(struct dispositions *dispositions, const char *exception, const char *owner,
                        const char *status, const char *cause, const char *comment)
{
    add(dispositions, 0, exception, owner, status, cause, comment);
}

// The one that counts comes first of its id.
static int compare(const void *a, const void *b)
{
    const struct disposition *left = a, *right = b;
    int order = strcmp(left->exception, right->exception);
    if (order == 0)
        order = (left->line == 0) - (right->line == 0);
    return order ? order : (left->order < right->order) - (left->order > right->order);
}

static struct disposition *find(const struct dispositions *dispositions, const char *id)
{
    size_t low = 0, high = dispositions->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (strcmp(dispositions->items[middle].exception, id) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low < dispositions->count && strcmp(dispositions->items[low].exception, id) == 0
               ? &dispositions->items[low]
               : NULL;
}

// An exception has one disposition: later lines of a file replace earlier ones, and all of them
// what was carried.
static void drop_replaced(struct dispositions *dispositions)
{
    size_t kept = 0;
    for (size_t i = 0; i < dispositions->count; i++) {
        const struct disposition *item = &dispositions->items[i];
        if (kept == 0 || strcmp(dispositions->items[kept - 1].exception, item->exception) != 0)
            dispositions->items[kept++] = *item;
    }
    dispositions->count = kept;
}

void dispositions_apply(struct dispositions *dispositions, const struct engagement *engagement,
                        const struct data *data, const struct evaluation *evaluation)
{
    struct buffer id = {0};
    if (dispositions->count > 0)
        qsort(dispositions->items, dispositions->count, sizeof *dispositions->items, compare);
    drop_replaced(dispositions);
    dispositions->outcomes = arena_take(dispositions->arena, evaluation->finding_count,
                                        sizeof(const struct disposition *));
    for (size_t i = 0; i < evaluation->finding_count; i++) {
        buffer_reset(&id);
        finding_id(data, engagement->controls, &evaluation->findings[i], &id);
        struct disposition *item = find(dispositions, buffer_text(&id));
        dispositions->outcomes[i] = item;
        if (item)
            item->found = true;
    }
    buffer_clear(&id);
}

const struct disposition *dispositions_of(const struct dispositions *dispositions, size_t finding)
{
    return dispositions && dispositions->outcomes ? dispositions->outcomes[finding] : NULL;
}
