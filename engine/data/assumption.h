// SPDX-License-Identifier: MIT
// Assumptions: what a result may have to rest on because data are not there. Made once, when the
// data are sealed: one for each table that was not imported, for each column that an imported table
// lacks, for each column with cells that cannot be read and each table with rejected records. An
// assumption that is `given` lets rules go on (a table without rows, a column with a value or
// worked out); of the others a rule that needs the data cannot test its row. Which of them a row
// rested on is noted while it is tested.
#ifndef VOUCH_ASSUMPTION_H
#define VOUCH_ASSUMPTION_H

#include "engine/base/buffer.h"
#include "engine/data/absence.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct data;

enum assumption_kind {
    ASSUMED_ABSENT,     // of a table or column that was not imported
    ASSUMED_EMPTY,      // of the empty cells of a column that was
    ASSUMED_READABLE,   // without the rows whose cell of that column cannot be read
    ASSUMED_UNREJECTED, // without the rejected records of a table
    ASSUMED_GROUPED,    // without the rows of a table whose group cannot be found
    ASSUMED_HEADER,     // that a header stands where its history has no row
    ASSUMED_CARRIED,    // an older exchange rate, where there is none of the day
};

enum assumption_origin { ORIGIN_MODEL, ORIGIN_ENGAGEMENT, ORIGIN_NONE };

// A set of assumptions by number, from 1. All-zero is valid and empty.
struct rests {
    uint16_t *items;
    int count;
};

struct assumption {
    enum assumption_kind kind;
    int table, field;              // field -1: the table
    const struct absence *absence; // what the model says; NULL: nothing
    const char *value;             // stated by the engagement; borrowed; NULL
    bool given;
    enum assumption_origin origin;
    bool accuses, acquits;
    uint32_t rows;             // rejected, unreadable, or empty
    const char *contradiction; // what speaks against it: "sales_order.contract_id"; NULL
    bool refused;              // by the engagement
    uint32_t ways;             // of a derived column: those that can be gone, a bit for each
    struct rests from;         // and what they rest on in their turn
};

// Nothing where nobody asks (NULL), for number 0, and for what is there already.
void rests_add(struct arena *arena, struct rests *rests, int assumption);
void rests_add_all(struct arena *arena, struct rests *rests, const struct rests *more);
bool rests_has(const struct rests *rests, int assumption);

// How many rows rested on an assumption: those that were exceptions, and those that passed or did
// not apply.
struct rest_count {
    int assumption;
    size_t exceptions, passed;
};

// "delivery.kind=delivery", "write_off=none", "receipt=without 3 rejected records".
void assumption_name(const struct data *data, int assumption, struct buffer *out);
void assumption_taken(const struct data *data, int assumption, struct buffer *out);

const char *assumption_origin_name(enum assumption_origin origin); // "model", "engagement", "data"

// The sentence that states it, in that language.
void assumption_sentence(const struct data *data, int assumption, const char *language,
                         struct buffer *out);

// Is the value of a derived column worked out from that column, of any row?
bool assumption_comes_from(const struct data *data, int assumption, int table, int field);

// Why a header does not stand where its history has no row: nothing may be assumed.
void assumption_explain_header(const struct data *data, int assumption, struct buffer *reason);

// Why a column (or, with field -1, a table) that is not there cannot be done without.
void assumption_explain(const struct data *data, int table, int field, struct buffer *reason);

#endif
