// SPDX-License-Identifier: MIT
// Screening: functions of imports (`where`) that decide which records of a source are none. They
// are Lua of users, so they run in a child process, over records that were read and are not rows
// yet.
#ifndef VOUCH_SCREENING_H
#define VOUCH_SCREENING_H

#include "engine/base/arena.h"
#include "engine/base/error.h"
#include "engine/data/data.h"
#include "engine/rules/engagement.h"

#include <stddef.h>

enum screened { SCREENED_KEPT, SCREENED_LEFT_OUT, SCREENED_FAILED };

// The records of one source.
struct screening {
    int function; // number of the engagement's function
    size_t count;
    // The text of a record's column by its label; false: there is no such column.
    bool (*find)(const void *context, size_t record, const char *label, struct text *text);
    const char *(*label)(const void *context, size_t number); // NULL after the last column
    const void *context;
    unsigned char *screened; // by record, as enum screened: filled
    struct arena *arena;     // takes the reason
    const char *reason;      // why the first one failed (reason.h); NULL
};

// -1 with `error` when the child was lost.
int screening_run(const struct engagement *engagement, const struct data *data,
                  struct screening *items, size_t count, struct error *error);

#endif
