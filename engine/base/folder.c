// SPDX-License-Identifier: MIT
#include "engine/base/folder.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>

static int is_visible(const struct dirent *entry)
{
    return entry->d_name[0] != '.';
}

static int by_bytes(const struct dirent **a, const struct dirent **b)
{
    return strcmp((*a)->d_name, (*b)->d_name);
}

const char *const *folder_names(struct arena *arena, const char *path, size_t *count)
{
    struct dirent **entries;
    int found = scandir(path, &entries, is_visible, by_bytes);
    *count = 0;
    if (found < 0)
        return NULL;
    const char **names = arena_take(arena, (size_t)found, sizeof *names);
    for (int i = 0; i < found; i++) {
        names[(*count)++] = arena_text(arena, entries[i]->d_name);
        free(entries[i]);
    }
    free(entries);
    return names;
}
