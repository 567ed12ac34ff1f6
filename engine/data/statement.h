// SPDX-License-Identifier: MIT
// Statements: what the engagement states about data that are not there, held against the data.
#ifndef VOUCH_STATEMENT_H
#define VOUCH_STATEMENT_H

#include "engine/data/data.h"

// What the engagement states about data that are not there, before they are sealed.
enum statement_kind { STATE_ASSUME, STATE_REFUSE, STATE_NONE, STATE_COMPLETE };

struct statement {
    enum statement_kind kind;
    int table, field;
    const char *value; // STATE_ASSUME
};

enum standing {
    STANDING_UNCORROBORATED, // nothing in the data speaks for or against it
    STANDING_CORROBORATED,   // the data could name what is said not to be there, and do not
    STANDING_CONTRADICTED,   // something in the data speaks against it
};

// What the engagement states of a table, or of a column that was not imported; `value` is copied.
void statement_add(struct data *data, enum statement_kind kind, int table, int field,
                   const char *value);

// Whether each statement can be one: what was imported cannot be assumed, and a value must be one
// of its column's. Of joined data. 0, or -1 with `error`.
int statement_check_all(const struct data *data, struct error *error);

const char *standing_name(enum standing standing);    // "uncorroborated", ...
const char *statement_name(enum statement_kind kind); // "assume", "refuse", "none", "complete"

// The statement of that kind about a table, or a column of it; NULL: there is none.
const struct statement *statement_find(const struct data *data, enum statement_kind kind, int table,
                                       int field);

// Of sealed data.
enum standing statement_standing(const struct data *data, const struct statement *statement);

// What speaks against it: "sales_order.contract_id"; NULL where nothing does.
const char *statement_contradiction(const struct data *data, const struct statement *statement);

// "contract", "delivery.kind=delivery"
void statement_subject(const struct data *data, const struct statement *statement,
                       struct buffer *out);

#endif
