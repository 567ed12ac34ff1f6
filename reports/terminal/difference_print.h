// SPDX-License-Identifier: MIT
// A difference as people and programs read it.
#ifndef VOUCH_DIFFERENCE_PRINT_H
#define VOUCH_DIFFERENCE_PRINT_H

#include "reports/past/difference.h"
#include "reports/terminal/grid.h"

#include <stdio.h>

// Counts, controls that differ, and at most `lines` exceptions of each kind of change.
void difference_print(const struct difference *difference, const char *language, size_t lines,
                      struct look look, FILE *out);

// All of it as one JSON object: {"format", "a", "b", "same_entity", "sources", "rule_files",
// "counts", "controls": [{"control", "before", "after", ..., "rule_changed", "parameters"}],
// "exceptions": [{"id", "change", ...}]}. The caller releases it.
json_t *difference_json(const struct difference *difference);

#endif
