// SPDX-License-Identifier: MIT
// To gather: files that are one list in parts (one for each month) become one sheet, whose file is
// a pattern that means them all.
#ifndef VOUCH_GUESS_GATHER_H
#define VOUCH_GUESS_GATHER_H

#include "guess/terms.h"

#include "adapters/survey.h"

// Joins CSV files of one header, encoding, delimiter and frame whose names differ in one place
// only, where the pattern of their names means no other file of the survey.
void gather(struct survey *survey, const struct terms *terms);

#endif
