// SPDX-License-Identifier: MIT
// The files that an import means: one, those of a pattern, or all that a folder holds.
#ifndef VOUCH_FEED_FILES_H
#define VOUCH_FEED_FILES_H

#include "adapters/feed.h"

// Where a file lies: `name` is relative to the engagement. In the import's arena.
const char *feed_path(const struct import *import, const char *name);

// Called for one file after the other; other than 0 ends it, with `error`.
typedef int feed_file_visit(void *context, const char *name, const char *path, struct error *error);

// Visits the files that `file` of a declaration means, by the order of their names' bytes. -1 with
// `error`, when there are none as well.
int feed_files_visit(const struct import *import, const char *file, const char *where,
                     feed_file_visit *visit, void *context, struct error *error);

// Visits what a folder holds and does not hide, in the same order.
int feed_folder_visit(const struct import *import, const char *folder, const char *where,
                      feed_file_visit *visit, void *context, struct error *error);

// The feed of a table of a folder, or another whole. -1 with `error` when another source of the
// same import fills that table; otherwise 0, and the feed in `*feed`.
int feed_add_of_whole(struct import *import, const struct adapter *adapter,
                      const json_t *declaration, size_t number, int table, const char *name,
                      const char *path, struct feed **feed, struct error *error);

// Notes something that was found and may turn out to be used by no import.
void feed_note_unused(struct import *import, const char *name);

#endif
