// SPDX-License-Identifier: MIT
// The profile of a table as programs read it; what is printed for people is made from it.
#ifndef VOUCH_PROFILE_TEXT_H
#define VOUCH_PROFILE_TEXT_H

#include "engine/evaluation/mask.h"

#include <jansson.h>
#include <stdio.h>

// {"table", "rows", "sources": [...], "columns": [{"column", "type", "rows", "empty", "unreadable",
// "distinct", "masked", and, where they apply, "least", "greatest", "longest", "longest_text",
// "sums": [{"currency", "sum"}], "values": [{"value", "count"}], "outside_period",
// "numbers_missing", "gaps": [[first, last]], "finds_nothing"}]}, of the columns that were
// imported; exact numbers and days are texts. Of a masked column only the counts; a text of
// another that says what a masked field says is masked, too. `mask` may be NULL. The caller
// releases.
json_t *profile_json(const struct data *data, const struct mask *mask, int table);

// The heading, then a line for each column of the tables (an array of the above).
void profile_print_csv(const json_t *tables, FILE *out);

#endif
