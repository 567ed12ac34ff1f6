// SPDX-License-Identifier: MIT
// Statistics of audit samples: confidence factors and exact upper limits, computed, not looked up,
// and the same on every machine. Distributions and their sources are named in docs/sampling.md. A
// confidence is a decimal between 0 and 1, both excluded.
#ifndef VOUCH_STATISTICS_H
#define VOUCH_STATISTICS_H

#include "engine/base/decimal.h"

#include <stdint.h>

enum { STATISTICS_PLACES = 6, STATISTICS_FACTOR_MAX = 1000 };

// The Poisson confidence factor: the least mean for which `events` events or fewer have a
// probability of at most 1 - confidence, rounded up to STATISTICS_PLACES. -1 when it is beyond
// STATISTICS_FACTOR_MAX.
int statistics_factor(int64_t events, struct decimal confidence, struct decimal *factor);

// The confidence factor for planning a monetary-unit sample that may find misstatements: the least
// x whose gamma distribution of shape 1 + x · expected / tolerable lies at or below x with the
// probability `confidence`. -1 when it is beyond STATISTICS_FACTOR_MAX: what is expected is too
// near to what is tolerable. 0 <= expected < tolerable.
int statistics_planning_factor(int64_t expected, int64_t tolerable, struct decimal confidence,
                               struct decimal *factor);

// `size` items are drawn without replacement from a population in which an unknown number deviates.
struct statistics_draw {
    int64_t population; // up to 2^32
    int64_t size;
    struct decimal confidence;
};

// The largest number of deviations in the population under which so few as `deviations` in the
// sample still have a probability above 1 - confidence (hypergeometric).
int64_t statistics_upper_count(const struct statistics_draw *draw, int64_t deviations);

// The least size with which a sample of `population` that holds at most its share of the expected
// deviations, rounded up, shows that no more than `tolerable` items of the population deviate;
// `expected` is a rate. It may be the whole population. -1 when so many are expected that even then
// it would not.
int64_t statistics_size(int64_t population, int64_t tolerable, struct decimal expected,
                        struct decimal confidence);

#endif
