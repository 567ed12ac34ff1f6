// SPDX-License-Identifier: MIT
// What a folder holds.
#ifndef VOUCH_FOLDER_H
#define VOUCH_FOLDER_H

#include "engine/base/arena.h"

#include <stddef.h>

// The names in a folder but those that begin with a point, in the order of their bytes: not that of
// the locale, since it must be the same everywhere. NULL with errno when it cannot be read.
const char *const *folder_names(struct arena *arena, const char *path, size_t *count);

#endif
