// SPDX-License-Identifier: MIT
// Answers are found by bisection over whole numbers, units of the last place or rows: for each a
// probability is computed and compared with the one wanted. MPFR rounds every step correctly at
// PRECISION bits, and so the same on every machine; what is compared is rounded to the side that
// keeps a limit honest, and some thousand roundings lie far below what could tell two limits apart.
#include "reports/sampling/statistics.h"

#include <mpfr.h>
#include <stdbool.h>

enum { PRECISION = 256 };

// 1 - confidence
static void set_risk(mpfr_t risk, struct decimal confidence, mpfr_rnd_t rounding)
{
    int64_t one = decimal_power(confidence.scale);
    mpfr_set_si(risk, one - confidence.coefficient, rounding);
    mpfr_div_si(risk, risk, one, rounding);
}

// ---- gamma distribution

// The probability, rounded up, that a gamma variable of this shape and scale 1 lies above `at` > 0.
static void set_probability_above(mpfr_t probability, mpfr_t shape, mpfr_t at)
{
    mpfr_t whole;
    mpfr_init2(whole, PRECISION);
    mpfr_gamma_inc(probability, shape, at, MPFR_RNDU);
    mpfr_gamma(whole, shape, MPFR_RNDD);
    mpfr_div(probability, probability, whole, MPFR_RNDU);
    mpfr_clear(whole);
}

// The least x of STATISTICS_PLACES, above 0, for which a gamma variable of shape
// `base` + x · expected / tolerable lies above x with at most the risk that the confidence leaves.
static int gamma_quantile(int64_t base, int64_t expected, int64_t tolerable,
                          struct decimal confidence, struct decimal *result)
{
    const int64_t unit = decimal_power(STATISTICS_PLACES);
    int64_t low = 0, high = STATISTICS_FACTOR_MAX * unit + 1;
    mpfr_t risk, at, shape, probability;
    mpfr_inits2(PRECISION, risk, at, shape, probability, NULL);
    set_risk(risk, confidence, MPFR_RNDD);
    while (high - low > 1) {
        int64_t middle = low + (high - low) / 2;
        mpfr_set_si(at, middle, MPFR_RNDN);
        mpfr_div_si(at, at, unit, MPFR_RNDN);
        mpfr_mul_si(shape, at, expected, MPFR_RNDN);
        mpfr_div_si(shape, shape, tolerable, MPFR_RNDN);
        mpfr_add_si(shape, shape, base, MPFR_RNDN);
        set_probability_above(probability, shape, at);
        if (mpfr_lessequal_p(probability, risk))
            high = middle;
        else
            low = middle;
    }
    mpfr_clears(risk, at, shape, probability, NULL);
    mpfr_free_cache();
    *result = decimal_normalise((struct decimal){high, STATISTICS_PLACES});
    return high > STATISTICS_FACTOR_MAX * unit ? -1 : 0;
}

int statistics_factor(int64_t events, struct decimal confidence, struct decimal *factor)
{
    if (events >= STATISTICS_FACTOR_MAX)
        return -1;
    return gamma_quantile(events + 1, 0, 1, confidence, factor);
}

int statistics_planning_factor(int64_t expected, int64_t tolerable, struct decimal confidence,
                               struct decimal *factor)
{
    return gamma_quantile(1, expected, tolerable, confidence, factor);
}

// ---- hypergeometric distribution

// A term that no longer matters in the sum, even as often as there are items.
static bool is_negligible(mpfr_t term, mpfr_t sum)
{
    return mpfr_get_exp(term) < mpfr_get_exp(sum) - PRECISION;
}

static void step(mpfr_t term, int64_t multiplier_a, int64_t multiplier_b, int64_t divisor_a,
                 int64_t divisor_b, mpfr_rnd_t rounding)
{
    mpfr_mul_si(term, term, multiplier_a, rounding);
    mpfr_mul_si(term, term, multiplier_b, rounding);
    mpfr_div_si(term, term, divisor_a, rounding);
    mpfr_div_si(term, term, divisor_b, rounding);
}

// Is the probability of `found` or fewer deviating items in the sample at most `risk`, when
// `deviating` items of the population are? The terms are taken relative to that of `found`. The
// probability is rounded down, since it may be the risk exactly.
static bool is_improbable(const struct statistics_draw *draw, int64_t deviating, int64_t found,
                          mpfr_t risk)
{
    int64_t sound = draw->population - deviating;
    int64_t least = draw->size > sound ? draw->size - sound : 0;
    int64_t most = draw->size < deviating ? draw->size : deviating;
    if (found < least || found >= most)
        return found < least;
    mpfr_t term, below, all;
    mpfr_inits2(PRECISION, term, below, all, NULL);
    mpfr_set_ui(term, 1, MPFR_RNDN);
    mpfr_set_ui(below, 1, MPFR_RNDN);
    for (int64_t i = found; i > least && !is_negligible(term, below); i--) {
        step(term, i, sound - draw->size + i, deviating - i + 1, draw->size - i + 1, MPFR_RNDD);
        mpfr_add(below, below, term, MPFR_RNDD);
    }
    int64_t i = found;
    mpfr_set_ui(term, 1, MPFR_RNDN);
    mpfr_set(all, below, MPFR_RNDN);
    for (; i < most && !is_negligible(term, all); i++) {
        step(term, deviating - i, draw->size - i, i + 1, sound - draw->size + i + 1, MPFR_RNDU);
        mpfr_add(all, all, term, MPFR_RNDU);
    }
    // Those left out are smaller still.
    mpfr_mul_si(term, term, most - i, MPFR_RNDU);
    mpfr_add(all, all, term, MPFR_RNDU);
    mpfr_div(below, below, all, MPFR_RNDD);
    bool result = mpfr_lessequal_p(below, risk);
    mpfr_clears(term, below, all, NULL);
    return result;
}

int64_t statistics_upper_count(const struct statistics_draw *draw, int64_t deviations)
{
    mpfr_t risk;
    mpfr_init2(risk, PRECISION);
    set_risk(risk, draw->confidence, MPFR_RNDU);
    // What was found is certain to be there, and what was found in order is certain not to be.
    int64_t low = deviations, high = draw->population - (draw->size - deviations) + 1;
    while (high - low > 1) {
        int64_t middle = low + (high - low) / 2;
        if (is_improbable(draw, middle, deviations, risk))
            high = middle;
        else
            low = middle;
    }
    mpfr_clear(risk);
    mpfr_free_cache();
    return low;
}

// The largest size whose share of the expected deviations, rounded up, is at most `found`.
static int64_t last_size(int64_t population, struct decimal expected, int64_t found)
{
    if (expected.coefficient == 0)
        return population;
    __int128 size = (__int128)found * decimal_power(expected.scale) / expected.coefficient;
    return size < population ? (int64_t)size : population;
}

int64_t statistics_size(int64_t population, int64_t tolerable, struct decimal expected,
                        struct decimal confidence)
{
    struct statistics_draw draw = {population, 0, confidence};
    int64_t result = -1;
    mpfr_t risk;
    mpfr_init2(risk, PRECISION);
    set_risk(risk, confidence, MPFR_RNDU);
    // Within the sizes of one number of deviations a larger sample shows more.
    for (int64_t found = expected.coefficient > 0; result < 0 && draw.size < population; found++) {
        int64_t low = draw.size, high = last_size(population, expected, found);
        draw.size = high;
        if (found > tolerable || !is_improbable(&draw, tolerable + 1, found, risk))
            continue;
        while (high - low > 1) {
            int64_t middle = low + (high - low) / 2;
            draw.size = middle;
            if (is_improbable(&draw, tolerable + 1, found, risk))
                high = middle;
            else
                low = middle;
        }
        result = high;
    }
    mpfr_clear(risk);
    mpfr_free_cache();
    return result;
}
