// SPDX-License-Identifier: MIT
// Answers are found by bisection over whole numbers, units of the last place or rows: for each a
// probability is computed and compared with the one wanted. No inverse is needed, and no answer is
// rounded but in the direction that its function names.
#include "reports/sampling/statistics.h"

#include "engine/base/memory.h"

#include <openssl/bn.h>
#include <stdbool.h>

// Numbers stand as multiples of 2^-FRACTION. What comes out has 6 places, what is compared differs
// by far more than the error that some thousand truncated steps can add up to.
enum { FRACTION = 256 };

static void check(int ok)
{
    if (!ok)
        memory_exhausted();
}

static BIGNUM *number_new(uint64_t value)
{
    BIGNUM *number = BN_new();
    check(number && BN_set_word(number, value) && BN_lshift(number, number, FRACTION));
    return number;
}

// value / divisor
static BIGNUM *number_ratio(uint64_t value, uint64_t divisor)
{
    BIGNUM *number = number_new(value);
    check(BN_div_word(number, divisor) != (BN_ULONG)-1);
    return number;
}

static BIGNUM *number_decimal(struct decimal value)
{
    return number_ratio((uint64_t)value.coefficient, (uint64_t)decimal_power(value.scale));
}

static void multiply(BIGNUM *a, const BIGNUM *b, BN_CTX *context)
{
    check(BN_mul(a, a, b, context) && BN_rshift(a, a, FRACTION));
}

static void divide(BIGNUM *a, const BIGNUM *b, BN_CTX *context)
{
    check(BN_lshift(a, a, FRACTION) && BN_div(a, NULL, a, b, context));
}

// e^exponent, by its series.
static BIGNUM *exponential(const BIGNUM *exponent, BN_CTX *context)
{
    BIGNUM *sum = number_new(1), *term = number_new(1), *size = BN_dup(exponent);
    check(size != NULL);
    BN_set_negative(size, 0);
    for (BN_ULONG i = 1; !BN_is_zero(term); i++) {
        multiply(term, size, context);
        check(BN_div_word(term, i) != (BN_ULONG)-1 && BN_add(sum, sum, term));
    }
    if (BN_is_negative(exponent)) {
        BIGNUM *inverse = number_new(1);
        divide(inverse, sum, context);
        BN_swap(inverse, sum);
        BN_free(inverse);
    }
    BN_free(term);
    BN_free(size);
    return sum;
}

// Σ 1 / (i · 2^i)
static BIGNUM *logarithm_of_two(void)
{
    BIGNUM *sum = number_new(0), *power = number_new(1), *term = number_new(0);
    for (BN_ULONG i = 1; i <= FRACTION; i++) {
        check(BN_rshift1(power, power) && BN_copy(term, power) != NULL &&
              BN_div_word(term, i) != (BN_ULONG)-1 && BN_add(sum, sum, term));
    }
    BN_free(power);
    BN_free(term);
    return sum;
}

// Σ at^i / (shape · (shape + 1) ... (shape + i)): the lower incomplete gamma function divided by
// at^shape · e^-at.
static BIGNUM *gamma_series(const BIGNUM *shape, const BIGNUM *at, BN_CTX *context)
{
    BIGNUM *term = number_new(1), *sum = number_new(0), *step = BN_dup(shape), *one = number_new(1);
    check(step != NULL);
    divide(term, step, context);
    while (!BN_is_zero(term)) {
        check(BN_add(sum, sum, term) && BN_add(step, step, one));
        check(BN_mul(term, term, at, context) && BN_div(term, NULL, term, step, context));
    }
    BN_free(term);
    BN_free(step);
    BN_free(one);
    return sum;
}

// The probability that a gamma variable of this shape and scale 1 lies at or below `at` > 0. The
// gamma function itself is not needed: the lower incomplete one at far · 2^n takes its place, where
// what is left above is below e^-100.
static BIGNUM *gamma_probability(const BIGNUM *shape, const BIGNUM *at, BN_CTX *context)
{
    BIGNUM *far = BN_dup(at), *enough = number_new(75), *exponent = logarithm_of_two();
    BN_ULONG doublings = 0;
    check(far && BN_add(enough, enough, shape) && BN_lshift1(enough, enough));
    for (; BN_cmp(far, enough) < 0; doublings++)
        check(BN_lshift1(far, far));
    // (at / far)^shape · e^(far - at)
    multiply(exponent, shape, context);
    check(BN_mul_word(exponent, doublings) && BN_sub(exponent, far, exponent) &&
          BN_sub(exponent, exponent, at));
    BIGNUM *result = exponential(exponent, context), *near_sum = gamma_series(shape, at, context);
    BIGNUM *far_sum = gamma_series(shape, far, context);
    multiply(result, near_sum, context);
    divide(result, far_sum, context);
    BN_free(far);
    BN_free(enough);
    BN_free(exponent);
    BN_free(near_sum);
    BN_free(far_sum);
    return result;
}

// The least x of STATISTICS_PLACES, above `low` units of the last place, for which a gamma variable
// of shape `base` + x · slope lies at or below x with the probability `confidence`.
static int gamma_quantile(int64_t base, const BIGNUM *slope, struct decimal confidence,
                          struct decimal *result)
{
    const int64_t unit = decimal_power(STATISTICS_PLACES);
    int64_t low = 0, high = STATISTICS_FACTOR_MAX * unit + 1;
    BN_CTX *context = BN_CTX_new();
    check(context != NULL);
    BIGNUM *wanted = number_decimal(confidence), *first = number_new((uint64_t)base);
    while (high - low > 1) {
        int64_t middle = low + (high - low) / 2;
        BIGNUM *at = number_ratio((uint64_t)middle, (uint64_t)unit), *shape = BN_dup(slope);
        check(shape != NULL);
        multiply(shape, at, context);
        check(BN_add(shape, shape, first));
        BIGNUM *probability = gamma_probability(shape, at, context);
        if (BN_cmp(probability, wanted) >= 0)
            high = middle;
        else
            low = middle;
        BN_free(at);
        BN_free(shape);
        BN_free(probability);
    }
    BN_free(wanted);
    BN_free(first);
    BN_CTX_free(context);
    *result = decimal_normalise((struct decimal){high, STATISTICS_PLACES});
    return high > STATISTICS_FACTOR_MAX * unit ? -1 : 0;
}

int statistics_factor(int64_t events, struct decimal confidence, struct decimal *factor)
{
    if (events >= STATISTICS_FACTOR_MAX)
        return -1;
    BIGNUM *none = number_new(0);
    int result = gamma_quantile(events + 1, none, confidence, factor);
    BN_free(none);
    return result;
}

int statistics_planning_factor(int64_t expected, int64_t tolerable, struct decimal confidence,
                               struct decimal *factor)
{
    BIGNUM *ratio = number_ratio((uint64_t)expected, (uint64_t)tolerable);
    int result = gamma_quantile(1, ratio, confidence, factor);
    BN_free(ratio);
    return result;
}

static void step_up(BIGNUM *term, int64_t multiplier_a, int64_t multiplier_b, int64_t divisor_a,
                    int64_t divisor_b)
{
    check(BN_mul_word(term, (BN_ULONG)multiplier_a) && BN_mul_word(term, (BN_ULONG)multiplier_b));
    check(BN_div_word(term, (BN_ULONG)divisor_a) != (BN_ULONG)-1);
    check(BN_div_word(term, (BN_ULONG)divisor_b) != (BN_ULONG)-1);
}

// Is the probability of `found` or fewer deviating items in the sample at most `risk`, when
// `deviating` items of the population are? The terms are taken relative to that of `found`, so that
// none is too small to be written.
static bool is_improbable(const struct statistics_draw *draw, int64_t deviating, int64_t found,
                          const BIGNUM *risk, BN_CTX *context)
{
    int64_t sound = draw->population - deviating;
    int64_t least = draw->size > sound ? draw->size - sound : 0;
    int64_t most = draw->size < deviating ? draw->size : deviating;
    if (found < least || found >= most)
        return found < least;
    BIGNUM *term = number_new(1), *below = number_new(1), *all = number_new(0);
    for (int64_t i = found; i > least && !BN_is_zero(term); i--) {
        step_up(term, i, sound - draw->size + i, deviating - i + 1, draw->size - i + 1);
        check(BN_add(below, below, term));
    }
    BN_free(term);
    term = number_new(1);
    for (int64_t i = found; i < most && !BN_is_zero(term); i++) {
        step_up(term, deviating - i, draw->size - i, i + 1, sound - draw->size + i + 1);
        check(BN_add(all, all, term));
    }
    check(BN_add(all, all, below));
    divide(below, all, context);
    bool result = BN_cmp(below, risk) <= 0;
    BN_free(term);
    BN_free(below);
    BN_free(all);
    return result;
}

static BIGNUM *risk_of(struct decimal confidence)
{
    BIGNUM *risk = number_new(1), *sure = number_decimal(confidence);
    check(BN_sub(risk, risk, sure));
    BN_free(sure);
    return risk;
}

int64_t statistics_upper_count(const struct statistics_draw *draw, int64_t deviations)
{
    BN_CTX *context = BN_CTX_new();
    check(context != NULL);
    BIGNUM *risk = risk_of(draw->confidence);
    // What was found is certain to be there, and what was found in order is certain not to be.
    int64_t low = deviations, high = draw->population - (draw->size - deviations) + 1;
    while (high - low > 1) {
        int64_t middle = low + (high - low) / 2;
        if (is_improbable(draw, middle, deviations, risk, context))
            high = middle;
        else
            low = middle;
    }
    BN_free(risk);
    BN_CTX_free(context);
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
    BN_CTX *context = BN_CTX_new();
    check(context != NULL);
    BIGNUM *risk = risk_of(confidence);
    int64_t result = -1;
    // Within the sizes of one number of deviations a larger sample shows more.
    for (int64_t found = expected.coefficient > 0; result < 0 && draw.size < population; found++) {
        int64_t low = draw.size, high = last_size(population, expected, found);
        draw.size = high;
        if (found > tolerable || !is_improbable(&draw, tolerable + 1, found, risk, context))
            continue;
        while (high - low > 1) {
            int64_t middle = low + (high - low) / 2;
            draw.size = middle;
            if (is_improbable(&draw, tolerable + 1, found, risk, context))
                high = middle;
            else
                low = middle;
        }
        result = high;
    }
    BN_free(risk);
    BN_CTX_free(context);
    return result;
}
