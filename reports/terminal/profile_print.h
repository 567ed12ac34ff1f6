// SPDX-License-Identifier: MIT
// The profile of a table as people read it.
#ifndef VOUCH_PROFILE_PRINT_H
#define VOUCH_PROFILE_PRINT_H

#include "reports/terminal/grid.h"

#include <jansson.h>
#include <stdio.h>

// What profile_json made of a table: a heading, then a line for each column.
void profile_print(const json_t *table, const char *language, struct look look, FILE *out);

#endif
