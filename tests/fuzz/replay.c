// SPDX-License-Identifier: MIT
// Stands in for a fuzzer's main: runs each file of the corpus, and variations of it made from a
// fixed seed, through LLVMFuzzerTestOneInput. With clang, -fsanitize=fuzzer takes its place.
#include <dirent.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { INPUT_MAX = 1 << 20, VARIATIONS = 200 };

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static uint64_t random_state = 88172645463325252u;

static size_t below(size_t limit)
{
    random_state ^= random_state << 13;
    random_state ^= random_state >> 7;
    random_state ^= random_state << 17;
    return (size_t)(random_state % limit);
}

// Changes, drops or repeats a few bytes; returns the new size.
static size_t vary(uint8_t *bytes, size_t size)
{
    static const uint8_t telling[] = "\"\"\n\r,; \t\0\xFF\xB5-.0()aZ";
    for (size_t changes = 1 + below(4); changes > 0 && size > 1; changes--) {
        size_t at = below(size), length = 1 + below(8);
        switch (below(4)) {
        case 0:
            bytes[at] = (uint8_t)below(256);
            break;
        case 1:
            bytes[at] = telling[below(sizeof telling)];
            break;
        case 2:
            length = length < size - at ? length : size - at;
            memmove(bytes + at, bytes + at + length, size - at - length);
            size -= length;
            break;
        case 3:
            length = length < size - at ? length : size - at;
            if (size + length > INPUT_MAX)
                break;
            memmove(bytes + at + length, bytes + at, size - at);
            size += length;
            break;
        }
    }
    return size;
}

static int replay_file(const char *path)
{
    static uint8_t bytes[INPUT_MAX], varied[INPUT_MAX];
    FILE *file = fopen(path, "rb");
    if (!file) {
        perror(path);
        return -1;
    }
    size_t size = fread(bytes, 1, sizeof bytes, file);
    fclose(file);
    LLVMFuzzerTestOneInput(bytes, size);
    for (int variation = 0; variation < VARIATIONS; variation++) {
        memcpy(varied, bytes, size);
        LLVMFuzzerTestOneInput(varied, vary(varied, size));
    }
    return 0;
}

static int by_name(const struct dirent **a, const struct dirent **b)
{
    return strcmp((*a)->d_name, (*b)->d_name);
}

static int is_shown(const struct dirent *entry)
{
    return entry->d_name[0] != '.';
}

static int replay_folder(const char *folder)
{
    struct dirent **entries;
    int count = scandir(folder, &entries, is_shown, by_name), failures = 0;
    if (count <= 0) {
        fprintf(stderr, "%s: no corpus\n", folder);
        return -1;
    }
    for (int i = 0; i < count; i++) {
        char path[4096];
        snprintf(path, sizeof path, "%s/%s", folder, entries[i]->d_name);
        failures += replay_file(path) != 0;
        free(entries[i]);
    }
    free(entries);
    printf("%s: %d inputs, %d variations of each\n", folder, count, VARIATIONS);
    return failures ? -1 : 0;
}

int main(int count, char **arguments)
{
    int failures = 0;
    if (count < 2) {
        fprintf(stderr, "usage: %s FILE-OR-FOLDER...\n", arguments[0]);
        return 2;
    }
    for (int i = 1; i < count; i++) {
        struct stat status;
        bool folder = stat(arguments[i], &status) == 0 && S_ISDIR(status.st_mode);
        failures += (folder ? replay_folder : replay_file)(arguments[i]) != 0;
    }
    return failures ? 1 : 0;
}
