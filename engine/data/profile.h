// SPDX-License-Identifier: MIT
// The profile of a column: what its cells hold, as somebody looks at it before testing anything.
// Computed from sealed data in one pass over the column.
#ifndef VOUCH_PROFILE_H
#define VOUCH_PROFILE_H

#include "engine/data/data.h"

enum {
    PROFILE_VALUES = 12,    // a column with no more values has them listed
    PROFILE_GAPS = 3,       // gaps that are told of all
    PROFILE_GAP_MAX = 1000, // a longer jump begins another run of numbers
    PROFILE_GAP_MIN = 10,   // so does one past this that is longer than the run before it
};

// A cell of the column, by a row that has it, and how often it occurs.
struct profile_value {
    uint32_t row;
    size_t count;
};

struct profile_sum {
    uint32_t currency; // text code; DICTIONARY_NONE: of no money
    struct total total;
};

// Numbers that are missing between two documents.
struct profile_gap {
    char *first, *last; // "SO-0009", "SO-0012"; equal where one is missing
};

struct profile {
    size_t rows, empty, unreadable, distinct;
    // Rows with the least and the greatest value (texts bytewise) and the longest text; -1: none.
    // Enums and bools have no order.
    int64_t least_row, most_row, longest_row;
    size_t longest;               // characters of that text
    struct profile_value *values; // the most frequent first; NULL where there are too many
    size_t value_count;
    struct profile_sum *sums; // of decimals and money, by currency as these first occur
    size_t sum_count;
    bool dated;     // a date or timestamp, and the run has a period
    size_t outside; // of dated cells: those outside the period
    bool numbered;  // its texts are numbers of documents that follow one another
    size_t missing; // of these numbers: how many are left out
    struct profile_gap gaps[PROFILE_GAPS]; // the first of them
    size_t gap_count;                      // told
    size_t dangling;                       // rows whose reference by this column finds nothing
};

// Of an imported column. The caller clears.
void profile_init(struct profile *profile, const struct data *data, int table, int field);
void profile_clear(struct profile *profile);

#endif
