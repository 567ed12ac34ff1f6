// SPDX-License-Identifier: MIT
// A data problem: something in a source that is not as it should be. The kinds are those of the
// manual: some make the run incomplete (problem_is_loss), the others are findings about the data.
#ifndef VOUCH_PROBLEM_H
#define VOUCH_PROBLEM_H

#include "engine/base/arena.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum problem_kind {
    PROBLEM_REJECTED_RECORD,    // cannot be split into the columns, or a null key: not loaded
    PROBLEM_INVALID_CELL,       // loaded; touching the cell makes a row untestable
    PROBLEM_DUPLICATE_KEY,      // loaded; references go to the first row
    PROBLEM_DANGLING_REFERENCE, // loaded; a rule that follows the reference cannot test its row
    PROBLEM_PARTIAL_EXTRACT,    // of a table, or of the history of approvals
    PROBLEM_NOT_IN_HISTORY,     // approved in the header, and in no history that decides
    PROBLEM_CONFLICTING_ROWS,   // rows made one (`distinct`) differ: the cell cannot be read
    PROBLEM_LEFT_OUT_RECORD,    // left out, though its key is loaded or referred to
    PROBLEM_DOUBTFUL_RECORD,    // loaded; it looks like a total or a footer
    PROBLEM_DOUBTFUL_SOURCE,    // a column or a whole source that was probably meant otherwise
    PROBLEM_KEYLESS_TABLE,      // of a folder: a key column is not there; it counts as not imported
    PROBLEM_KINDS
};

// Makes a run incomplete: data were lost, or cannot be read.
bool problem_is_loss(enum problem_kind kind);

struct problem {
    enum problem_kind kind;
    int table;    // of the model
    int source;   // index into the data's sources
    int64_t line; // first physical line of the record, or row of a query; 0 where none applies
    const char *column; // field name, or the source's header; NULL when the whole record is meant
    const char *value;  // the source text, cut to 200 bytes with "…"; NULL when none is at hand
    const char *reason; // what is wrong and what to do, packed (reason.h)
    int target;         // of a dangling reference: the table that has no such row; otherwise -1
};

struct problem_list {
    struct problem *items;
    size_t count, capacity;
    struct arena *arena; // of their texts; NULL while there are none
};

// Adds a problem and returns it, until the next is added; column, value and reason are copied
// (value need not be NUL-terminated, may be NULL). The copies are UTF-8, but for a reason's code: a
// byte that is no text, or NUL, becomes
// "\xFF", "\x00".
struct problem *problem_add(struct problem_list *list, enum problem_kind kind, int table,
                            int source, int64_t line, const char *column, const char *value,
                            size_t value_length, const char *reason);
// Moves all of `from` to the end of `list`; `from` is left empty.
void problem_move(struct problem_list *list, struct problem_list *from);
void problem_clear(struct problem_list *list);

const char *problem_kind_name(enum problem_kind kind); // "rejected record", ...

#endif
