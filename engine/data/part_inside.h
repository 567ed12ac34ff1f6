// SPDX-License-Identifier: MIT
// The inside of a part, for the two modules that own it: part.c fills it, data.c empties it.
#ifndef VOUCH_PART_INSIDE_H
#define VOUCH_PART_INSIDE_H

#include "engine/base/buffer.h"
#include "engine/data/column.h"
#include "engine/data/part.h"

enum { CHUNK_ROWS = 1 << 14 };

// Rows are packed as soon as a chunk is full, so that reading needs little more memory than the
// data.
struct chunk {
    struct column cells;
    struct column_range range;
    int scale; // of its numbers
};

// Texts of the chunk being filled, not yet looked up: that is faster for many at once. A text that
// repeats the one before it stands here once.
struct pending {
    struct text *texts; // their `bytes` are known when the chunk ends
    size_t count, capacity;
    struct buffer bytes; // of all of them
    size_t last;         // where those of the last one begin
};

// A number that does not fit the scale of its chunk. Whether it fits the column is known when all
// parts are there, so that it does not depend on the order of the rows.
struct odd_number {
    uint32_t row; // counted from the part's first
    struct decimal number;
};

struct part_column {
    int field;                      // -1: a column of the source, kept as text
    const struct field *definition; // NULL then
    bool required;                  // part of the key and not nullable
    const char *label;
    const struct cell_format *format;
    struct dictionary *texts; // of text: this part's own codes
    struct pending pending;   // of text: what the words of the chunk being filled stand for
    int64_t *words;           // the chunk being filled
    int scale;
    size_t refined_for; // row of the chunk, counted from 1, that made the scale finer
    int coarse;         // the scale before it
    struct chunk *chunks;
    struct invalid_cell *invalid; // rows counted from the part's first
    size_t invalid_count;
    struct odd_number *odd; // their words are CELL_INVALID
    size_t odd_count, odd_capacity;
    struct marked_cell *marked; // of money; rows counted from the part's first
    size_t marked_count, marked_capacity;
    int64_t comma_line; // of the first number with a decimal comma that nobody declared; 0: none
    bool comma_here;    // the current row has one
};

struct part {
    struct arena *arena; // of labels and invalid cells; the data take it over
    const struct model *model;
    const struct zone *zone;
    int table, source;
    struct part_column *columns;
    int column_count;
    struct part_column lines;
    struct part_column digests; // where `digested`
    bool digested;
    size_t rows, rejected; // rows that ended
    size_t left_out[LEFT_OUT_CAUSES];
    size_t chunk_count, chunk_capacity;
    struct problem_list problems;
    struct buffer reason; // why the cell at hand cannot be read
};

// Packs the rows that are left and gives back what only filling needs.
void part_finish(struct part *part);

#endif
