// SPDX-License-Identifier: MIT
// The inside of a part, for the two modules that own it: part.c fills it, data_join.c empties it.
#ifndef VOUCH_PART_INSIDE_H
#define VOUCH_PART_INSIDE_H

#include "engine/column.h"
#include "engine/part.h"

enum { CHUNK_ROWS = 1 << 16 };

// Rows are packed as soon as a chunk is full, so that reading needs little more memory than the data.
struct chunk {
    struct column cells;
    int scale; // of its numbers
};

struct part_column {
    int field;                        // -1: a column of the source, kept as text
    char *label;
    const struct cell_format *format;
    struct dictionary *texts;         // of text: this part's own codes
    uint32_t last_code;               // of the text put last: consecutive rows often repeat it
    int64_t *words;                   // the chunk being filled
    int scale;
    struct chunk *chunks;
    struct invalid_cell *invalid;     // rows counted from the part's first
    size_t invalid_count, invalid_capacity;
};

struct part {
    const struct model *model;
    const struct zone *zone;
    int table, source;
    struct part_column *columns;
    int column_count;
    struct part_column lines;
    size_t rows, rejected;            // rows that ended
    size_t chunk_count, chunk_capacity;
    struct problem_list problems;
};

// Packs the `count` rows of the chunk being filled and starts the next.
void part_end_chunk(struct part *part, size_t count);

#endif
