// SPDX-License-Identifier: MIT
#include "reports/figures/breakdown.h"

#include "tests/unit/sample_run.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void expect_sum(const struct sum *sum, const char *text)
{
    struct buffer out = {0};
    total_format(sum->total, 2, false, &out);
    assert_string_equal(buffer_text(&out), text);
    buffer_clear(&out);
}

static void test_exceptions_are_counted_and_summed_by_what_they_share(void **state)
{
    (void)state;
    struct sample *sample = sample_new();
    struct breakdowns breakdowns;
    breakdowns_init(&breakdowns, &sample->run);
    assert_int_equal(breakdowns.measure_count, 1);
    assert_int_equal(breakdowns.measures[0].kind, AMOUNT_MISSTATEMENT);
    assert_string_equal(breakdowns.measures[0].currency, "CNY");
    const struct share *family = breakdown_find(&breakdowns.family, "PRC");
    assert_int_equal(family->exceptions, 2);
    expect_sum(share_sum(family, &breakdowns.measures[0]), "1.00");
    const struct share *low = breakdown_find(&breakdowns.severity, "low");
    assert_int_equal(low->exceptions, 1);
    assert_null(share_sum(low, &breakdowns.measures[0]));
    assert_non_null(breakdown_find(&breakdowns.day, "2026-10-06"));
    assert_non_null(breakdown_find(&breakdowns.customer, "=C2"));
    assert_null(breakdown_find(&breakdowns.customer, "C9"));
    assert_int_equal(breakdowns.actor.count, 0);
    assert_int_equal(breakdowns.actor.without, 2);
    breakdowns_clear(&breakdowns);
    sample_free(sample);
}

static void test_sums_are_exact_beyond_64_bits(void **state)
{
    (void)state;
    struct sample *sample = sample_new();
    struct breakdowns breakdowns;
    for (int i = 0; i < 2; i++) {
        sample->findings[i].has_amount = true;
        sample->findings[i].amount = (struct decimal){INT64_MAX, 2};
        sample->findings[i].currency = sample->currency;
    }
    breakdowns_init(&breakdowns, &sample->run);
    expect_sum(share_sum(breakdown_find(&breakdowns.family, "PRC"), &breakdowns.measures[0]),
               "184467440737095516.14");
    breakdowns_clear(&breakdowns);
    sample_free(sample);
}

static void test_what_is_below_zero_is_a_measure_of_its_own(void **state)
{
    (void)state;
    struct sample *sample = sample_new();
    struct breakdowns breakdowns;
    for (int i = 0; i < 2; i++) {
        sample->findings[i].has_amount = true;
        sample->findings[i].amount = (struct decimal){i ? -700 : 500, 2};
        sample->findings[i].currency = sample->currency;
    }
    breakdowns_init(&breakdowns, &sample->run);
    assert_int_equal(breakdowns.measure_count, 2);
    const struct share *family = breakdown_find(&breakdowns.family, "PRC");
    expect_sum(share_sum(family, &breakdowns.measures[0]), "5.00");
    assert_true(breakdowns.measures[1].negative);
    expect_sum(share_sum(family, &breakdowns.measures[1]), "-7.00");
    breakdowns_clear(&breakdowns);
    sample_free(sample);
}

static struct share share(const char *name, size_t exceptions)
{
    return (struct share){.name = (char *)name, .exceptions = exceptions};
}

static void add(struct share *share, const struct measure *measure, struct total amount)
{
    sum_add(sums_get(&share->sums, measure->kind, measure->currency, measure->negative), amount);
}

static void test_the_largest_come_first(void **state)
{
    (void)state;
    const struct breakdowns of = {.measures = {{AMOUNT_EXPOSURE, "CNY", false},
                                               {AMOUNT_MISSTATEMENT, "CNY", true},
                                               {AMOUNT_EXPOSURE, "USD", false}},
                                  .measure_count = 3};
    struct arena *arena = arena_new();
    struct share shares[] = {share("b", 9),       share("a", 9),        share("few", 1),
                             share("exposed", 1), share("foreign", 10), share("misstated", 1),
                             share("unknown", 1)};
    static const char *const order[] = {"misstated", "exposed", "foreign", "a",
                                        "b",         "few",     "unknown"};
    struct breakdown breakdown = {.items = shares, .count = 7};
    for (int i = 0; i < 7; i++)
        shares[i].sums.arena = arena;
    add(&shares[3], &of.measures[0], total_of_units(10000, 2));
    add(&shares[4], &of.measures[2], total_of_units(999999, 0));
    add(&shares[5], &of.measures[0], total_of_units(1, 0));
    add(&shares[5], &of.measures[1], total_of_units(-101, 0));
    add(&shares[6], &of.measures[0], (struct total){.beyond = true});
    breakdown_sort_by_size(&breakdown, &of);
    for (int i = 0; i < 7; i++)
        assert_string_equal(shares[i].name, order[i]);
    breakdown_sort_by_name(&breakdown);
    assert_string_equal(shares[0].name, "a");
    assert_string_equal(shares[5].name, "misstated");
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_exceptions_are_counted_and_summed_by_what_they_share),
        cmocka_unit_test(test_sums_are_exact_beyond_64_bits),
        cmocka_unit_test(test_what_is_below_zero_is_a_measure_of_its_own),
        cmocka_unit_test(test_the_largest_come_first),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
