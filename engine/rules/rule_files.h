// SPDX-License-Identifier: MIT
// The Lua files that take part in an engagement, read once: workers load the text that was hashed,
// so that a change on disk cannot slip in between.
#ifndef VOUCH_RULE_FILES_H
#define VOUCH_RULE_FILES_H

#include "engine/rules/engagement.h"

// Appends one file, known to users as `name`; all of it, the list too, is taken from the
// arena. -1 with `error` when it cannot be read.
int rule_files_add(struct arena *arena, struct rule_file **files, int *count, int kind,
                   const char *path, const char *name, struct error *error);

// Appends every *.lua of a folder, in the order of their names; `shown` is put before these. A
// folder that does not exist is an error.
int rule_files_add_folder(struct arena *arena, struct rule_file **files, int *count, int kind,
                          const char *folder, const char *shown, struct error *error);

// Calls `say` for what rule_files_add_folder passes over although it holds Lua: files like X.LUA,
// and folders inside with Lua files in them, some levels deep. `path` is where it lies.
void rule_files_passed_over(const char *folder, const char *shown,
                            void (*say)(void *context, const char *name, const char *path,
                                        bool is_folder),
                            void *context);

#endif
