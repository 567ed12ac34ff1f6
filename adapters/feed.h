// SPDX-License-Identifier: MIT
// A feed: one source that fills one table. An adapter turns a declared import into feeds, and reads
// each of them into parts; everything else about an import is the same for all kinds of sources.
#ifndef VOUCH_FEED_H
#define VOUCH_FEED_H

#include "adapters/import.h"
#include "adapters/mapping.h"
#include "adapters/pool.h"
#include "adapters/progress.h"
#include "engine/base/arena.h"
#include "engine/base/setting.h"

#include <jansson.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// What all feeds of one import_run share.
struct import {
    struct arena *arena; // of what is planned, in one thread
    struct data *data;
    const struct import_options *options;
    struct import_summary *summary;
    const char *base_folder;
    struct feed **feeds;
    size_t feed_count;
    const char **folder_files; // found in imported folders: candidates for "unused"
    size_t folder_file_count;
    struct pool *pool;
    // Shared by threads.
    struct progress progress;
    _Atomic int64_t bytes_total;
    _Atomic size_t first_failed; // feeds after this one need not be read any more
};

struct feed {
    // Of the feed itself, and of everything here that has no release of its own. Only one thread
    // takes from it at a time: the feed's task, before it has added further ones and after the last
    // of them.
    struct arena *arena;
    struct import *import;
    const struct adapter *adapter;
    const json_t *declaration; // borrowed
    size_t number;             // of the import in the engagement
    size_t position;           // among the feeds
    int table;
    const char *name;  // as evidence shows it
    const char *path;  // where to open it
    const char *where; // the declaration, for errors
    bool from_folder;  // gives way to an import that names its table
    void *state;       // the adapter's own; its `release` gives back what is not of the arena
    json_t *details;   // what the run record is to say of it beside the rest; may be NULL

    // What reading leaves behind.
    int source; // the index that data_add_source is going to return
    struct mapping *mapping;
    struct part **parts; // in the order of the rows
    size_t part_count;
    struct intake *intake; // NULL: records go straight to the parts
    size_t records;        // read from the source
    uint64_t digest_seed;  // of its rows' digests (part_digest): what its columns are called
    bool *doubts;          // by field: its numbers are read again, see mapping_doubt; NULL: none
    struct problem_list problems; // of its rows, beside those of the parts
    struct problem_list notices;  // of the source as a whole
    struct left_out_list left_out;
    const char *sha256; // NULL where the source has no bytes of its own
    int64_t bytes, blank_lines;
    bool keyed; // its rows are known by their keys, and their numbers say nothing
    bool sheet; // of a workbook: its places are cells
    const char *encoding;
    const struct field *missing_key; // of a folder's table, which is therefore not imported
    bool failed;
    struct error error;
};

struct adapter {
    const char *kind;
    const struct setting *settings; // what import.KIND { ... } may say
    // Adds the feeds of one declared import; 0, or -1 with `error` set.
    int (*plan)(struct import *import, const json_t *declaration, size_t number,
                struct error *error);
    // A task of the pool: reads one feed, in further tasks if it likes. A failure is left in the
    // feed.
    void (*read)(struct feed *feed);
    // Gives back what feed->state holds outside of the feed's arena; NULL where that is nothing.
    void (*release)(struct feed *feed);
    // Makes feed->state ready to be read once more; NULL where nothing needs it.
    void (*rewind)(struct feed *feed);
};

extern const struct adapter csv_adapter;
extern const struct adapter postgres_adapter;
extern const struct adapter xlsx_adapter;
extern const struct adapter xls_adapter;

// The settings of every kind of source, for its table.
#define FEED_SETTINGS                                                                              \
    {"null", .type = SETTING_TEXTS, .of_whole = true}, {"expect", .type = SETTING_DATA},           \
        {"extracted", .type = SETTING_DATA, .of_whole = true}, {"where", .type = SETTING_OWN},     \
        {"skip_end", .type = SETTING_COUNT, .wants = "a number of lines"},                         \
        {"fill", .type = SETTING_DATA}, {"number", .type = SETTING_DATA},                          \
        {"distinct", .type = SETTING_BOOLEAN, .wants = "true or false"},                           \
        {"sum", .type = SETTING_OWN}, {"with", .type = SETTING_DATA},                              \
    {                                                                                              \
        "columns", .type = SETTING_OWN                                                             \
    }

// A new feed at the end of the import; `name` and `path` are copied. The import owns it.
struct feed *feed_add(struct import *import, const struct adapter *adapter,
                      const json_t *declaration, size_t number, int table, const char *name,
                      const char *path);
void feed_free(struct feed *feed);

// Adds a problem of the source as a whole, or of one of its columns.
void feed_notice(struct feed *feed, int64_t line, const char *column, const char *value,
                 const char *reason);

// Of a record's texts (part_digest), where they do not stand in the source as one piece.
uint64_t feed_digest(const struct feed *feed, const struct text *fields, size_t count);

// Gives back what reading has left, to read the feed once more.
void feed_rewind(struct feed *feed);

// Notes that the feed has failed with what is in feed->error; a folder's table without a key column
// is no failure. Always -1.
int feed_fail(struct feed *feed);

// "audit.lua:12", or "import 3" where no line is known; in the import's arena.
const char *feed_where(const struct import *import, const json_t *declaration, size_t number);

// Refuses settings that the adapter does not know, and values of another type than theirs. `whole`
// is "a folder", or what else is imported table by table; NULL where one table is.
int feed_check_settings(const struct adapter *adapter, const json_t *declaration, const char *whole,
                        const char *where, struct error *error);

// The declaration's `table`; -1 with `error` set when the model has none of that name.
int feed_find_table(const struct import *import, const json_t *declaration, const char *where,
                    struct error *error);

#endif
