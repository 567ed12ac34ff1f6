// SPDX-License-Identifier: MIT
// How much a compressed file may unpack to. A few bytes can be made to unpack to more than any disk
// holds; nobody exports such a file.
#ifndef VOUCH_UNPACK_LIMIT_H
#define VOUCH_UNPACK_LIMIT_H

#include "engine/base/error.h"

#include <jansson.h>
#include <stddef.h>
#include <stdint.h>

struct unpack_limit {
    int64_t declared; // `unpacked_cap`, in bytes; 0: the program's own limits
    int64_t packed;   // bytes of the file
    int64_t unpacked; // so far
};

// The limit that an import declares.
struct unpack_limit unpack_limit_of(const json_t *declaration);

// `more` bytes have come out of the file that errors call `name`. -1 with ERROR_SOURCE when that is
// more than the limit.
int unpack_limit_add(struct unpack_limit *limit, size_t more, const char *name,
                     struct error *error);

// The setting, for the adapters' tables.
#define UNPACK_LIMIT_SETTING                                                                       \
    {                                                                                              \
        "unpacked_cap", .type = SETTING_NUMBER, .of_whole = true, .wants = "a number of bytes"     \
    }

#endif
