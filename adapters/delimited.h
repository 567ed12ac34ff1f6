// SPDX-License-Identifier: MIT
// A CSV text as a source of rows: its header, pieces of it that can be read at the same time, and
// the reading of a piece into a part.
#ifndef VOUCH_DELIMITED_H
#define VOUCH_DELIMITED_H

#include "adapters/mapping.h"
#include "adapters/progress.h"
#include "adapters/record.h"
#include "engine/base/arena.h"
#include "engine/base/error.h"
#include "engine/data/part.h"

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct intake;

struct delimited_dialect {
    char delimiter;
    bool header;
    int64_t skip; // physical lines before the header
    size_t field_cap;
};

// Reads delimiter, header, skip and field_cap of an import's declaration, whose settings have their
// types (feed_check_settings); defaults where they are absent. ERROR_USAGE for a delimiter that
// cannot be.
int delimited_dialect_read(struct delimited_dialect *dialect, const json_t *declaration,
                           size_t field_cap, const char *where, struct error *error);

// Where the records of a text begin and how many columns they have.
struct delimited_layout {
    struct arena *arena; // of the names
    const char **names;  // NULL without a header
    size_t columns;
    size_t surplus; // cells, all empty, that each record has more than the header
    size_t start;   // of the first record, in bytes
    int64_t line;   // of the first record
    int64_t header_line;
    int64_t blank_lines;
};

// ERROR_SOURCE, naming `source`, when there is no header where there
// should be one, or it cannot be split.
int delimited_layout_read(struct delimited_layout *layout, const struct delimited_dialect *dialect,
                          const char *text, size_t length, const char *source, struct error *error);

// How many records there are when each has as many more columns than the header, and nothing in
// them; otherwise 0. Sets the layout's surplus. Reads no further than the first that has not.
size_t delimited_surplus(struct delimited_layout *layout, const struct delimited_dialect *dialect,
                         const char *text, size_t length);

// Copies the names of the columns, which come from elsewhere or are not split yet.
void delimited_layout_name(struct delimited_layout *layout, const struct text *names, size_t count);

void delimited_layout_clear(struct delimited_layout *layout);

// Cuts the records of a text into at most `wanted` pieces of about one size, where by the number of
// quotes before it a line ends outside quotes. That is a guess, see delimited_read. Returns how
// many pieces there are.
size_t delimited_cut(const struct delimited_layout *layout, const char *text, size_t length,
                     size_t wanted, struct record_range *pieces);

// Where the records of a piece go, and what is counted.
struct delimited_target {
    const struct mapping *mapping;
    struct part *part;
    struct intake *intake; // takes the records where it is not NULL
    uint64_t digest_seed;
    struct progress *progress;
    int64_t blank_lines;
    size_t records;
};

// Reads a piece into the target's part, whose columns mapping_add_columns has added. false when a
// record was still open at the end of a piece that is not the last: the cut was wrong, and the text
// must be read in one piece.
bool delimited_read(const struct delimited_dialect *dialect, const struct delimited_layout *layout,
                    const struct record_range *piece, struct delimited_target *target);

#endif
