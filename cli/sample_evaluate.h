// SPDX-License-Identifier: MIT
// The evaluation of a sample: its filled sheet is read back, compared row by row with its record,
// and what was found is projected.
#ifndef VOUCH_SAMPLE_EVALUATE_H
#define VOUCH_SAMPLE_EVALUATE_H

#include <stdbool.h>

struct sample_evaluation {
    const char *sheet;    // the filled sheet, or the folder that holds it
    const char *record;   // NULL: beside the sheet
    const char *encoding; // of the sheet, as iconv names it; NULL: UTF-8
    const char *language; // NULL: that of the draw
    bool json;            // print the projection as JSON
};

// Prints the projection and returns the exit code.
int sample_evaluate(const struct sample_evaluation *evaluation);

#endif
