// SPDX-License-Identifier: MIT
// A source file: its own bytes, and its text as UTF-8. Files are read into memory rather than
// mapped: a mapped file that another program truncates would end the process.
#ifndef VOUCH_DECODE_H
#define VOUCH_DECODE_H

#include "adapters/unpack_limit.h"
#include "engine/base/error.h"
#include "engine/base/hash.h"

#include <stdbool.h>
#include <stddef.h>

struct file_bytes {
    char *bytes;
    size_t length;
};

// Text in UTF-8. `bytes[length]` is NUL. A sequence that is invalid in the file's encoding stands
// as one byte 0xFF, so that the cell that holds it is found invalid.
struct decoded {
    char *bytes;
    size_t length;
    char *owned;          // what to free; NULL while the text lies within the file's own bytes
    const char *encoding; // what it was read as: the name given, or that of its byte order mark
    bool doubtful;        // it was not read as UTF-8, and its bytes are valid UTF-8 beyond ASCII
    bool mistaken;        // it was read as UTF-8, and its bytes are not
};

// Reads a whole regular file; `name` is what errors call it. ERROR_SOURCE when it is absent, a
// directory, unreadable, or changes while it is read.
int file_bytes_read(struct file_bytes *file, const char *path, const char *name,
                    struct error *error);
void file_bytes_clear(struct file_bytes *file);

// SHA-256 as hexadecimal digits.
void file_bytes_hash(const struct file_bytes *file, char sha256[HASH_TEXT]);

// Whether iconv knows the encoding; ERROR_USAGE otherwise. NULL is UTF-8.
int decode_check(const char *encoding, const char *where, struct error *error);

// The text of `file`, which must outlive it. A name ending in ".gz" is unpacked first. `encoding`
// is an iconv name or NULL: UTF-8, or what a byte order mark says. ERROR_SOURCE for a damaged or
// truncated .gz, and for a file that is no text list at all (a workbook, a web page), which is
// named; ERROR_USAGE for an encoding that the byte order mark contradicts. `limit` is what a .gz
// may unpack to; NULL: the program's own limits.
int decode(struct decoded *text, const struct file_bytes *file, const char *name,
           const char *encoding, const struct unpack_limit *limit, struct error *error);
void decoded_clear(struct decoded *text);

#endif
