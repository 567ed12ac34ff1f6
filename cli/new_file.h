// SPDX-License-Identifier: MIT
// A file that a command writes for its user to go on with: one that is there is not written over,
// since it may have been filled by hand.
#ifndef VOUCH_NEW_FILE_H
#define VOUCH_NEW_FILE_H

#include "engine/base/buffer.h"

// 0, or -1 with errno (EEXIST: it is there); then nothing half-written is left.
int new_file_write(const char *path, const struct buffer *text);

#endif
