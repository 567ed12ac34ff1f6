// SPDX-License-Identifier: MIT
// The stream of records within an .xls file (MS-CFB: a file system of sectors in a file), whole.
#ifndef VOUCH_XLS_STREAM_H
#define VOUCH_XLS_STREAM_H

#include "engine/base/buffer.h"

#include <stdbool.h>
#include <stddef.h>

// Fills `out` with the stream "Workbook", or "Book" of older files; a file without a container is
// all stream. false when the sectors cannot be followed.
bool xls_stream_read(const char *bytes, size_t length, struct buffer *out);

#endif
