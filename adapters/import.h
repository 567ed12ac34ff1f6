// SPDX-License-Identifier: MIT
// The import: an engagement's list of sources is read into its data. Sources of any kind go through
// one table of adapters (feed.h); files are read by several threads, and the result is the same for
// any number of them.
#ifndef VOUCH_IMPORT_H
#define VOUCH_IMPORT_H

#include "engine/base/arena.h"
#include "engine/base/error.h"
#include "engine/data/data.h"
#include "engine/rules/import_kind.h"

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// What engagements may import, for engagement_load; ended by a NULL name.
const struct import_kind *import_kinds(void);

struct engagement;

struct import_options {
    const char *engagement; // the engagement file's name, for "audit.lua:12" in errors; may be NULL
    const struct engagement *rules; // whose functions `where` may call; NULL: there are none
    int jobs;                       // threads; 0: one
    size_t field_cap;               // bytes of the longest field; 0: 16 MiB
    size_t piece_size; // bytes of text from which a file is cut for several threads; 0: 1 MiB

    // Called from the calling thread several times a second; may be NULL. Bytes are those of the
    // text, so `bytes_total` grows when a compressed file turns out to be long.
    void (*progress)(void *context, int64_t bytes_done, int64_t bytes_total, int64_t rows);
    void *progress_context;
};

// What one source gave one table.
struct import_item {
    size_t import;    // which of the engagement's imports, counted from 0
    int table;        // of the model
    int source;       // of the data
    const char *name; // of the source, as evidence shows it
    int64_t rows, rejected, blank_lines, left_out;
    bool numbered;    // its lines are numbered in the order of the source
    json_t *unmapped; // names of source columns that fill nothing; empty where computed columns
                      // read them
};

struct import_summary {
    struct arena *arena;       // of the texts and lists
    struct import_item *items; // in the order of the rows
    size_t item_count;
    const char **replaced; // "data/sales_order.csv (replaced by export/orders.csv)"
    size_t replaced_count;
    const char **unused; // files of an imported folder that no import takes
    size_t unused_count;
};

// Reads all `imports` (JSON as the engagement loader makes it), with paths relative to
// `base_folder`, into `data`, which is left unsealed. -1 with `error` set, ERROR_USAGE for a wrong
// declaration and ERROR_SOURCE for a source that cannot be read; `data` is then of no use.
// `summary` is filled either way; the caller clears it. No thread exists any more when this
// returns.
int import_run(struct data *data, const json_t *imports, const char *base_folder,
               const struct import_options *options, struct import_summary *summary,
               struct error *error);

void import_summary_clear(struct import_summary *summary);

#endif
