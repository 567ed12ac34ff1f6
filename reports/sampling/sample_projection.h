// SPDX-License-Identifier: MIT
// A projection: what the misstatements found in a sample say of its population. docs/sampling.md
// names the methods' sources.
#ifndef VOUCH_SAMPLE_PROJECTION_H
#define VOUCH_SAMPLE_PROJECTION_H

#include "engine/base/error.h"
#include "reports/sampling/sample.h"

#include <jansson.h>

// A misstated row of a monetary-unit sample.
struct sample_misstatement {
    size_t item;              // index
    __int128 difference;      // above zero: what the book overstates, or understates
    __int128 projected;       // difference / book · interval; of a certain row the difference
    struct decimal increment; // of the confidence factor, less one
    __int128 allowance;       // increment · projected
};

// Misstatements of one direction, those of certain rows first, then the largest tainting.
struct sample_side {
    struct sample_misstatement *misstatements;
    size_t count;
    __int128 known;     // of rows taken with certainty
    __int128 projected; // of the others, to their population
    __int128 basic;     // basic precision: what may be there though nothing was found
    __int128 allowance; // incremental allowance for what was found
    __int128 limit;     // upper limit, with the confidence of the sample
    bool capped;        // the limit of the rows not certain is all that they amount to
};

struct sample_projection {
    // monetary-unit; what is understated is limited only when some is
    struct sample_side over, under;
    // random, systematic
    int64_t deviations;
    int64_t upper_rows; // of the population, at most, with the confidence of the sample
    // with amounts: of the population; overstated above zero
    __int128 net_difference, by_difference, by_ratio;
    bool has_ratio; // false: the rows drawn amount to nothing
    bool exceeds;   // a limit is above what is tolerable
};

// Of a sample whose items all say what was audited. ERROR_USAGE when amounts are too large for
// exact results, or more misstatements are found than factors can be computed for.
int sample_project(struct sample_projection *projection, const struct sample *sample,
                   struct error *error);
void sample_projection_clear(struct sample_projection *projection);

// The projection as JSON, amounts as text. Never NULL.
json_t *sample_projection_json(const struct sample_projection *projection,
                               const struct sample *sample);

#endif
