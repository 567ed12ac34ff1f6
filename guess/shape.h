// SPDX-License-Identifier: MIT
// A shape: how the records of a list belong together, seen in their values: which of them make one
// document, which columns say one thing for all of it.
#ifndef VOUCH_GUESS_SHAPE_H
#define VOUCH_GUESS_SHAPE_H

#include "guess/fit.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct shape {
    const struct list *list;
    size_t key;          // the column that names the document
    uint32_t *documents; // by record: the key's code, taken from above where it is empty
    size_t distinct;     // documents
    size_t unfilled;     // records whose own cell is empty
};

// The caller clears.
void shape_init(struct shape *shape, const struct list *list, size_t key);
void shape_clear(struct shape *shape);

// Does a document have more than one record?
bool shape_repeats(const struct shape *shape);

// Is it empty wherever the key's cell is, and filled on the others: a value that stands on the
// first line only?
bool shape_is_first_only(const struct shape *shape, size_t column);

// How many records say another thing in a column than the first of their document. Of a value that
// stands on the first line only (`filled`), empty cells say nothing.
size_t shape_conflicts(const struct shape *shape, size_t column, bool filled);

// How many records have the same two values as an earlier one: document and column.
size_t shape_doubles(const struct shape *shape, size_t column);

#endif
