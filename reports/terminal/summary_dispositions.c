// SPDX-License-Identifier: MIT
#include "reports/terminal/summary_dispositions.h"

#include "engine/base/memory.h"
#include "reports/terminal/summary_inside.h"

#include <stdlib.h>
#include <string.h>

enum { LINES_MAX = 20 };

struct group {
    const char *status, *owner;
    size_t exceptions;
};

struct groups {
    struct group *items;
    size_t count, capacity;
};

static void count_one(struct groups *groups, const struct disposition *disposition)
{
    for (size_t i = 0; i < groups->count; i++)
        if (strcmp(groups->items[i].status, disposition->status) == 0 &&
            strcmp(groups->items[i].owner, disposition->owner) == 0) {
            groups->items[i].exceptions++;
            return;
        }
    groups->capacity = memory_grow((void **)&groups->items, groups->count, groups->capacity,
                                   sizeof *groups->items);
    groups->items[groups->count++] = (struct group){disposition->status, disposition->owner, 1};
}

// The most frequent first.
static int compare(const void *a, const void *b)
{
    const struct group *left = a, *right = b;
    int order = (left->exceptions < right->exceptions) - (left->exceptions > right->exceptions);
    if (order == 0)
        order = strcmp(left->status, right->status);
    return order ? order : strcmp(left->owner, right->owner);
}

static void print_groups(const struct summary *summary, const struct groups *groups, size_t none)
{
    struct grid *grid = grid_new(summary->look);
    grid_add_column(grid, summary_say(summary, WORD_STATUS), GRID_LEFT);
    grid_add_column(grid, summary_say(summary, WORD_OWNER), GRID_LEFT);
    grid_add_column(grid, summary_say(summary, WORD_EXCEPTION_COUNT), GRID_RIGHT);
    for (size_t i = 0; i < groups->count && i < LINES_MAX; i++) {
        grid_add_row(grid);
        grid_add_cell(grid, groups->items[i].status, NULL);
        grid_add_cell(grid, groups->items[i].owner, NULL);
        summary_add_count(grid, groups->items[i].exceptions);
    }
    grid_add_row(grid);
    grid_add_cell(grid, summary_say(summary, WORD_DISPOSITION_NONE), NULL);
    grid_add_cell(grid, "", NULL);
    summary_add_count(grid, none);
    grid_print(grid, 2, summary->out);
    grid_free(grid);
}

void summary_dispositions_print(const struct summary *summary)
{
    const struct dispositions *dispositions = summary->run->dispositions;
    struct groups groups = {0};
    char count[SUMMARY_COUNT_MAX];
    size_t none = 0, gone = 0;
    if (!dispositions || (dispositions->count == 0 && dispositions->unreadable == 0))
        return;
    for (size_t i = 0; i < summary->run->evaluation->finding_count; i++) {
        const struct disposition *disposition = dispositions_of(dispositions, i);
        if (disposition)
            count_one(&groups, disposition);
        else
            none++;
    }
    for (size_t i = 0; i < dispositions->count; i++)
        gone += !dispositions->items[i].found;
    if (groups.count > 0)
        qsort(groups.items, groups.count, sizeof *groups.items, compare);
    summary_heading(summary, WORD_DISPOSITIONS, SUMMARY_BOLD);
    print_groups(summary, &groups, none);
    if (groups.count > LINES_MAX)
        summary_line(summary, 2, WORD_MORE, summary_count(groups.count - LINES_MAX, count), "", "",
                     "");
    if (gone > 0)
        summary_line(summary, 2, WORD_DISPOSITION_GONE, summary_count(gone, count), "", "", "");
    if (dispositions->unreadable > 0)
        summary_line(summary, 2, WORD_DISPOSITION_UNREADABLE,
                     summary_count(dispositions->unreadable, count), "", "", "");
    free(groups.items);
}
