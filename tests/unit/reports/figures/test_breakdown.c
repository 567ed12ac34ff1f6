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
    assert_string_equal(breakdowns.measures[0].kind, "misstatement");
    assert_string_equal(breakdowns.measures[0].currency, "CNY");
    const struct share *family = breakdown_find(&breakdowns.family, "PRC");
    assert_int_equal(family->exceptions, 2);
    expect_sum(&family->sums[0], "1.00");
    const struct share *low = breakdown_find(&breakdowns.severity, "low");
    assert_int_equal(low->exceptions, 1);
    assert_false(low->sums[0].any);
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
        sample->findings[i].currency = sample->amount.currency;
    }
    breakdowns_init(&breakdowns, &sample->run);
    expect_sum(&breakdown_find(&breakdowns.family, "PRC")->sums[0], "184467440737095516.14");
    breakdowns_clear(&breakdowns);
    sample_free(sample);
}

// Fills one share for each amount; the second measure is of another currency.
static void put(struct breakdown *breakdown, struct share *shares, size_t count)
{
    *breakdown = (struct breakdown){.items = shares, .count = count};
}

static struct sum amount(int64_t value, int scale)
{
    return (struct sum){{value, scale}, false, true};
}

static void test_the_largest_come_first(void **state)
{
    (void)state;
    const struct breakdowns of = {
        .measures = {{"exposure", "CNY"}, {"misstatement", "CNY"}, {"exposure", "USD"}},
        .measure_count = 3};
    struct share shares[] = {
        {.name = (char *)"b", .exceptions = 9},
        {.name = (char *)"a", .exceptions = 9},
        {.name = (char *)"few", .exceptions = 1},
        {.name = (char *)"exposed", .exceptions = 1, .sums = {amount(10000, 2)}},
        {.name = (char *)"misstated", .exceptions = 1, .sums = {amount(1, 0), amount(-101, 0)}},
        {.name = (char *)"foreign", .exceptions = 10, .sums = {[2] = amount(999999, 0)}},
    };
    static const char *const order[] = {"misstated", "exposed", "foreign", "a", "b", "few"};
    struct breakdown breakdown;
    put(&breakdown, shares, 6);
    breakdown_sort_by_size(&breakdown, &of);
    for (int i = 0; i < 6; i++)
        assert_string_equal(shares[i].name, order[i]);
    breakdown_sort_by_name(&breakdown);
    assert_string_equal(shares[0].name, "a");
    assert_string_equal(shares[5].name, "misstated");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_exceptions_are_counted_and_summed_by_what_they_share),
        cmocka_unit_test(test_sums_are_exact_beyond_64_bits),
        cmocka_unit_test(test_the_largest_come_first),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
