// SPDX-License-Identifier: MIT
// What stands in an .xls file, read with libfreexl by a process of its own: a file that breaks the
// library breaks that process, no more.
#ifndef VOUCH_XLS_CONTENT_H
#define VOUCH_XLS_CONTENT_H

#include "adapters/decode.h"
#include "engine/base/buffer.h"
#include "engine/base/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// Everything in a workbook, one thing after the other. Walked with xls_content_next.
enum xls_thing {
    XLS_SHEET, // begins: its name
    XLS_ROW,   // begins: its number, from 1
    XLS_CELL,  // its column, from 0, and its text
    XLS_END,
};

struct xls_item {
    enum xls_thing thing;
    int64_t number;
    const char *text; // borrowed; not NUL-terminated
    size_t length;
};

// Fills `out` with the file's content. -1 with ERROR_SOURCE. No thread may exist at the time.
int xls_content_read(const struct file_bytes *file, const char *name, struct buffer *out,
                     struct error *error);

// The thing at `*at` (0: the first), which is moved behind it. false when the content is not whole:
// who wrote it may have been broken.
bool xls_content_next(const struct buffer *content, size_t *at, struct xls_item *item);

#endif
