// SPDX-License-Identifier: MIT
// A folder for one test: made before it, removed with all it holds after it.
#ifndef VOUCH_SAMPLE_FOLDER_H
#define VOUCH_SAMPLE_FOLDER_H

#include <dirent.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char folder[128];

static inline int folder_make(void **state)
{
    (void)state;
    const char *place = getenv("TMPDIR");
    snprintf(folder, sizeof folder, "%s/vouch-test-XXXXXX", place ? place : P_tmpdir);
    return mkdtemp(folder) ? 0 : -1;
}

static inline int folder_remove(void **state)
{
    (void)state;
    char command[160];
    snprintf(command, sizeof command, "rm -rf '%s'", folder);
    return system(command);
}

static inline const char *folder_path(const char *name)
{
    static char path[512];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    return path;
}

static inline void folder_put(const char *name, const char *text)
{
    FILE *file = fopen(folder_path(name), "w");
    if (file) {
        fputs(text, file);
        fclose(file);
    }
}

static inline bool folder_has(const char *name)
{
    return access(folder_path(name), F_OK) == 0;
}

// How many names it holds.
static inline int folder_entries(void)
{
    DIR *directory = opendir(folder);
    int count = -2; // but for "." and ".."
    while (readdir(directory))
        count++;
    closedir(directory);
    return count;
}

// The content of a file, up to 64 KiB; empty when there is none.
static inline const char *folder_content(const char *name)
{
    static char text[1 << 16];
    FILE *file = fopen(folder_path(name), "r");
    size_t length = file ? fread(text, 1, sizeof text - 1, file) : 0;
    text[length] = '\0';
    if (file)
        fclose(file);
    return text;
}

#endif
