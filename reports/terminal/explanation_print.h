// SPDX-License-Identifier: MIT
// An explanation as people read it.
#ifndef VOUCH_EXPLANATION_PRINT_H
#define VOUCH_EXPLANATION_PRINT_H

#include "reports/terminal/grid.h"

#include <jansson.h>
#include <stdio.h>

// What explanation_new made, in `language`: it says nothing that the JSON does not.
void explanation_print(const json_t *explanation, const char *language, struct look look,
                       FILE *out);

#endif
