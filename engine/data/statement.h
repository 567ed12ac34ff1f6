// SPDX-License-Identifier: MIT
// Statements: what the engagement states about data that are not there (struct statement), held
// against the data.
#ifndef VOUCH_STATEMENT_H
#define VOUCH_STATEMENT_H

#include "engine/data/data.h"

enum standing {
    STANDING_UNCORROBORATED, // nothing in the data speaks for or against it
    STANDING_CORROBORATED,   // the data could name what is said not to be there, and do not
    STANDING_CONTRADICTED,   // something in the data speaks against it
};

const char *standing_name(enum standing standing);    // "uncorroborated", ...
const char *statement_name(enum statement_kind kind); // "assume", "refuse", "none", "complete"

// Of sealed data.
enum standing statement_standing(const struct data *data, const struct statement *statement);

// What speaks against it: "sales_order.contract_id"; NULL where nothing does.
const char *statement_contradiction(const struct data *data, const struct statement *statement);

// "contract", "delivery.kind=delivery"
void statement_subject(const struct data *data, const struct statement *statement,
                       struct buffer *out);

#endif
