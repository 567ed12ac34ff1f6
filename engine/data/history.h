// SPDX-License-Identifier: MIT
// Histories: a column of a header, such as when an order was approved, of which rows of another
// table tell the whole story. How far that table can be trusted to hold it is a fact about the
// data: where it has rows for nearly all headers of the period, a header without one is wrong;
// where it has not, the header stands, as an assumption. Worked out once, when data are sealed.
// Source: rules/model/*.lua, `history` of a table.
#ifndef VOUCH_HISTORY_H
#define VOUCH_HISTORY_H

#include "engine/base/error.h"
#include "engine/data/model.h"

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct data;

enum { HISTORY_PCT = 95 }; // of the period's headers, from which on the history decides

struct history {
    int list;           // of the table: its reverse that tells the story
    int kind;           // field of the listed table
    const char **kinds; // of rows that tell it
    int kind_count;
    struct path at, by; // of the header: when, who
};

// What is known of one table's history.
struct history_share {
    size_t headers, recorded; // of the period, by people; those of them that have rows
    bool decides;             // for headers of the period
    bool complete;            // for all: the engagement states it
    uint16_t header;          // the assumption that the header stands; 0: it never has to
};

// Fills in what a table's declaration says. -1 with `error`.
int history_declare(struct model *model, int table, const json_t *declaration, struct error *error);

// Measures every history, of listed data, and reports what it lacks.
void history_find(struct data *data);

// Whether a header says anything.
bool history_has_header(const struct data *data, int table, int64_t row);

// Whether a header that has no row in its history counts for nothing.
bool history_decides(const struct data *data, int table, int64_t row);

#endif
