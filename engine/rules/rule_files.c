// SPDX-License-Identifier: MIT
#include "engine/rules/rule_files.h"

#include "engine/base/folder.h"
#include "engine/base/hash.h"
#include "engine/base/mistake.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

enum { FILE_MAX = 4 << 20 };

static int read_file(const char *path, const char *name, struct buffer *text, struct error *error)
{
    struct stat status;
    // Without O_NONBLOCK a named pipe would be waited for.
    int file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (file < 0)
        return error_set_errno(error, ERROR_USAGE, name, mistake_FILE_NO_OPEN);
    if (fstat(file, &status) == 0 && !S_ISREG(status.st_mode)) {
        close(file);
        return error_set(error, ERROR_USAGE, name, "is %s; a Lua file is wanted",
                         S_ISDIR(status.st_mode) ? "a folder" : "no regular file");
    }
    char bytes[1 << 14];
    ssize_t got = 1;
    while (got != 0 && text->length <= FILE_MAX) {
        got = read(file, bytes, sizeof bytes);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0) {
            error_set_errno(error, ERROR_USAGE, name, mistake_FILE_NO_READ);
            close(file);
            return -1;
        }
        buffer_add(text, bytes, (size_t)got);
    }
    close(file);
    if (text->length > FILE_MAX)
        return error_set(error, ERROR_USAGE, name, mistake_FILE_TOO_LONG);
    return 0;
}

int rule_files_add(struct arena *arena, struct rule_file **files, int *count, int kind,
                   const char *path, const char *name, struct error *error)
{
    struct buffer text = {0};
    if (read_file(path, name, &text, error) != 0) {
        buffer_clear(&text);
        return -1;
    }
    char digest[HASH_TEXT];
    static const char mark[] = "\xEF\xBB\xBF"; // a byte order mark, which Lua does not know
    hash_bytes(buffer_text(&text), text.length, digest);
    *files = arena_extend(arena, *files, (size_t)*count, sizeof **files);
    struct rule_file *file = &(*files)[(*count)++];
    bool marked = text.length >= 3 && memcmp(text.data, mark, 3) == 0;
    file->kind = kind;
    file->path = arena_text(arena, path);
    file->name = arena_text(arena, name);
    file->sha256 = arena_text(arena, digest);
    file->length = text.length - (marked ? 3 : 0);
    file->text = arena_text_n(arena, buffer_text(&text) + (marked ? 3 : 0), file->length);
    buffer_clear(&text);
    return 0;
}

static bool is_lua(const char *name)
{
    size_t length = strlen(name);
    return length > 4 && strcmp(name + length - 4, ".lua") == 0;
}

int rule_files_add_folder(struct arena *arena, struct rule_file **files, int *count, int kind,
                          const char *folder, const char *shown, struct error *error)
{
    struct arena *scratch = arena_new();
    size_t found;
    const char *const *names = folder_names(scratch, folder, &found);
    int result = names ? 0 : error_set_errno(error, ERROR_USAGE, shown, mistake_FOLDER_NO_READ);
    for (size_t i = 0; i < found && result == 0; i++) {
        struct buffer path = {0}, name = {0};
        if (!is_lua(names[i]))
            continue;
        buffer_printf(&path, "%s/%s", folder, names[i]);
        buffer_printf(&name, "%s/%s", shown, names[i]);
        result = rule_files_add(arena, files, count, kind, path.data, name.data, error);
        buffer_clear(&path);
        buffer_clear(&name);
    }
    arena_free(scratch);
    return result;
}

static bool is_any_lua(const char *name)
{
    size_t length = strlen(name);
    return length > 4 && strcasecmp(name + length - 4, ".lua") == 0;
}

enum { LEVELS_MAX = 8 };

// Whom to tell.
struct listener {
    void (*say)(void *context, const char *name, const char *path, bool is_folder);
    void *context;
};

// Whether the folder itself holds Lua files; says so of those inside it.
static bool look_into(const char *folder, const char *shown, int level,
                      const struct listener *listener)
{
    struct arena *scratch = arena_new();
    size_t found = 0;
    const char *const *names = level < LEVELS_MAX ? folder_names(scratch, folder, &found) : NULL;
    bool has_lua = false;
    for (size_t i = 0; i < found; i++) {
        struct stat status;
        struct buffer path = {0}, name = {0};
        const char *entry = names[i];
        buffer_printf(&path, "%s/%s", folder, entry);
        buffer_printf(&name, "%s/%s", shown, entry);
        // Deeper down, links are not followed: one may lead back to a folder above.
        bool known = (level ? lstat(path.data, &status) : stat(path.data, &status)) == 0;
        bool is_lua_file = known && S_ISREG(status.st_mode) && is_any_lua(entry);
        has_lua |= is_lua_file;
        if (level == 0 && is_lua_file && !is_lua(entry))
            listener->say(listener->context, name.data, path.data, false);
        if (known && S_ISDIR(status.st_mode) &&
            look_into(path.data, name.data, level + 1, listener))
            listener->say(listener->context, name.data, path.data, true);
        buffer_clear(&path);
        buffer_clear(&name);
    }
    arena_free(scratch);
    return has_lua;
}

void rule_files_passed_over(const char *folder, const char *shown,
                            void (*say)(void *context, const char *name, const char *path,
                                        bool is_folder),
                            void *context)
{
    look_into(folder, shown, 0, &(struct listener){say, context});
}
