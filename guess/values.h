// SPDX-License-Identifier: MIT
// Values: those of a column of a list, each with the number of its cells, and how they would be
// read as a field, judged by all of them.
#ifndef VOUCH_GUESS_VALUES_H
#define VOUCH_GUESS_VALUES_H

#include "engine/data/cell.h"
#include "guess/frame.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct values {
    uint32_t *codes; // its values, without the empty text, in order of first appearance
    size_t *counts;  // of cells, by value
    size_t distinct, filled, records;
};

// Of a frame's records, in its arena.
void values_init(struct values *column, const struct frame *frame, size_t number);

// How cells are read: what an import declares of a column.
struct reading {
    const char *date;    // a format, or "excel"; NULL: dates as they are understood
    char decimal, group; // 0: as understood
    int places;          // to which numbers are rounded; -1: they are not
    size_t read;         // cells that this reads
    uint32_t unread;     // a value that it does not, where there is one
    bool doubtful;       // another one reads as many, to other values
    const char *other;   // that one's format of dates; NULL
};

// Languages and countries write numbers and days in their ways: what the rest of the source does
// decides where a column does not.
struct habits {
    bool comma;       // decimal comma
    bool month_first; // 10/31/2026
    bool day_first;
    const bool *nulls; // by code of the survey's texts: those that say that there is nothing ("-")
};

// The best reading of a column as a field of that type.
void values_read(const struct values *column, const struct survey *survey,
                 const struct field *field, const struct zone *zone, const struct habits *habits,
                 struct reading *reading);

// What the reading is to cell_parse. `format` borrows from it.
void reading_format(const struct reading *reading, struct cell_format *format);

#endif
