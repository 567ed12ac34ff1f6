// SPDX-License-Identifier: MIT
#include "adapters/feed_files.h"

#include "engine/base/buffer.h"
#include "engine/base/folder.h"

#include <glob.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

const char *feed_path(const struct import *import, const char *name)
{
    struct buffer path = {0};
    if (*name != '/' && *import->base_folder)
        buffer_printf(&path, "%s/", import->base_folder);
    buffer_add_text(&path, name);
    return arena_text_of(import->arena, &path);
}

static int by_name(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static int visit_pattern(const char *path, const char *pattern, const char *where,
                         feed_file_visit *visit, void *context, struct error *error)
{
    size_t base = strlen(path) - strlen(pattern);
    glob_t found;
    int result = 0;
    if (glob(path, GLOB_NOSORT, NULL, &found) != 0)
        return error_set(error, ERROR_SOURCE, pattern, "no file has a name of that pattern (%s)",
                         where);
    qsort(found.gl_pathv, found.gl_pathc, sizeof *found.gl_pathv, by_name);
    for (size_t i = 0; i < found.gl_pathc && result == 0; i++)
        result = visit(context, found.gl_pathv[i] + base, found.gl_pathv[i], error);
    globfree(&found);
    return result;
}

int feed_files_visit(const struct import *import, const char *file, const char *where,
                     feed_file_visit *visit, void *context, struct error *error)
{
    if (strncmp(file, "./", 2) == 0)
        file += 2;
    const char *path = feed_path(import, file);
    return strpbrk(file, "*?[") && access(path, F_OK) != 0
               ? visit_pattern(path, file, where, visit, context, error)
               : visit(context, file, path, error);
}

int feed_folder_visit(const struct import *import, const char *folder, const char *where,
                      feed_file_visit *visit, void *context, struct error *error)
{
    size_t count;
    const char *const *names = folder_names(import->arena, feed_path(import, folder), &count);
    int result = names ? 0
                       : error_set_errno(error, ERROR_SOURCE, folder,
                                         "the folder cannot be read (%s)", where);
    for (size_t i = 0; i < count && result == 0; i++) {
        struct buffer name = {0};
        if (strcmp(folder, ".") != 0)
            buffer_printf(&name, "%s%s", folder,
                          *folder && folder[strlen(folder) - 1] == '/' ? "" : "/");
        buffer_add_text(&name, names[i]);
        result = visit(context, buffer_text(&name), feed_path(import, buffer_text(&name)), error);
        buffer_clear(&name);
    }
    return result;
}

int feed_add_of_whole(struct import *import, const struct adapter *adapter,
                      const json_t *declaration, size_t number, int table, const char *name,
                      const char *path, struct feed **feed, struct error *error)
{
    for (size_t i = 0; i < import->feed_count; i++) {
        const struct feed *other = import->feeds[i];
        if (other->from_folder && other->number == number && other->table == table)
            return error_set(error, ERROR_USAGE, other->where,
                             "both %s and %s are there for %s: remove one of them", other->name,
                             name, import->data->model->tables[table].name);
    }
    *feed = feed_add(import, adapter, declaration, number, table, name, path);
    (*feed)->from_folder = true;
    return 0;
}

void feed_note_unused(struct import *import, const char *name)
{
    import->folder_files = arena_extend(import->arena, import->folder_files,
                                        import->folder_file_count, sizeof *import->folder_files);
    import->folder_files[import->folder_file_count++] = arena_text(import->arena, name);
}
