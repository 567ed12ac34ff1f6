// SPDX-License-Identifier: MIT
#include "reports/sampling/sample.h"

#include "engine/base/memory.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static struct sample sample;
static struct error error;

static int start_over(void **state)
{
    (void)state;
    sample = (struct sample){.scale = 0};
    error = (struct error){0};
    return sample_set_confidence(&sample, "95", &error);
}

static int finish(void **state)
{
    (void)state;
    sample_clear(&sample);
    return 0;
}

static void draws(enum sample_method method, const char *tolerable, const char *expected)
{
    sample.method = method;
    if (sample_set_limits(&sample, tolerable, expected, &error) < 0)
        fail_msg("%s", error.message);
}

static void has_positions(const size_t *positions, size_t count)
{
    assert_int_equal(sample.item_count, count);
    for (size_t i = 0; i < count; i++)
        assert_int_equal(sample.items[i].position, positions[i]);
}

static const int64_t amounts[] = {100,  250,  1000, 999, 1,   1,  300, 50,
                                  1000, 5000, 20,   30,  700, 80, 600};
enum { AMOUNTS = sizeof amounts / sizeof *amounts };

// The interval is 1000: 2996 / 2.995733, rounded down. What Python draws with the same seed.
static void test_units_are_hit_at_the_interval(void **state)
{
    (void)state;
    static const size_t drawn[] = {0, 2, 3, 8, 9, 12, 14};
    draws(SAMPLE_MONETARY_UNIT, "2996", NULL);
    assert_int_equal(sample_draw(&sample, amounts, AMOUNTS, "unit", &error), 0);
    assert_int_equal(sample.interval, 1000);
    assert_int_equal(sample.size_computed, 11); // 10131 / 1000, rounded up
    assert_true(sample.start == 81 && sample.total == 10131);
    has_positions(drawn, 7);
}

static void test_rows_not_below_the_interval_are_certain(void **state)
{
    (void)state;
    draws(SAMPLE_MONETARY_UNIT, "2996", NULL);
    assert_int_equal(sample_draw(&sample, amounts, AMOUNTS, "other", &error), 0);
    assert_int_equal(sample.certain_rows, 3);
    assert_true(sample.certain_total == 7000);
    for (size_t i = 0; i < sample.item_count; i++)
        assert_int_equal(sample.items[i].certain, sample.items[i].book >= 1000);
}

static void test_each_hit_unit_lies_in_its_row(void **state)
{
    (void)state;
    static const char *const seeds[] = {"1", "2", "3", "4", "5", "6", "7", "8"};
    for (size_t i = 0; i < sizeof seeds / sizeof *seeds; i++) {
        start_over(state);
        draws(SAMPLE_MONETARY_UNIT, "900", NULL);
        assert_int_equal(sample_draw(&sample, amounts, AMOUNTS, seeds[i], &error), 0);
        __int128 last = sample.start + 1 - sample.interval;
        for (size_t j = 0; j < sample.item_count; j++) {
            const struct sample_item *item = &sample.items[j];
            if (item->certain)
                continue;
            assert_true(item->unit <= item->cumulative);
            assert_true(item->unit > item->cumulative - item->book);
            assert_true(item->unit == last + sample.interval);
            last = item->unit;
        }
        // No unit is left unhit after the last.
        assert_true(last + sample.interval > sample.total - sample.certain_total);
        sample_clear(&sample);
    }
}

static void test_a_population_below_the_interval_is_hit_once(void **state)
{
    (void)state;
    draws(SAMPLE_MONETARY_UNIT, "1000000", NULL);
    assert_int_equal(sample_draw(&sample, amounts, AMOUNTS, "few", &error), 0);
    assert_int_equal(sample.item_count, 1);
    assert_int_equal(sample.interval, 10131);
}

static void test_a_size_asked_for_sets_the_interval(void **state)
{
    (void)state;
    draws(SAMPLE_MONETARY_UNIT, "2996", NULL);
    sample.size_asked = 20;
    assert_int_equal(sample_draw(&sample, amounts, AMOUNTS, "more", &error), 0);
    assert_int_equal(sample.interval, 506);
    assert_int_equal(sample.size_computed, 11);
}

// As drawn by Python with the same seeds.
static void test_rows_are_drawn_at_random(void **state)
{
    (void)state;
    static const size_t random[] = {3, 12, 13, 17, 18, 19};
    draws(SAMPLE_RANDOM, "40%", NULL);
    sample.size_asked = 6;
    assert_int_equal(sample_draw(&sample, NULL, 20, "rows", &error), 0);
    assert_int_equal(sample_tolerable_rows(&sample), 8);
    has_positions(random, 6);
}

static void test_rows_are_drawn_in_steps(void **state)
{
    (void)state;
    static const size_t systematic[] = {2, 5, 8, 12, 15, 18};
    draws(SAMPLE_SYSTEMATIC, "40%", NULL);
    sample.size_asked = 6;
    assert_int_equal(sample_draw(&sample, NULL, 20, "walk", &error), 0);
    assert_true(sample.start == 13);
    has_positions(systematic, 6);
}

static void test_a_whole_population_is_drawn_once(void **state)
{
    (void)state;
    for (int method = SAMPLE_RANDOM; method <= SAMPLE_SYSTEMATIC; method++) {
        start_over(state);
        draws((enum sample_method)method, "5%", NULL);
        sample.size_asked = 20;
        assert_int_equal(sample_draw(&sample, NULL, 20, "all", &error), 0);
        assert_int_equal(sample.item_count, 20);
        for (size_t i = 0; i < 20; i++)
            assert_int_equal(sample.items[i].position, i);
        sample_clear(&sample);
    }
}

static void is_refused(enum sample_method method, const char *tolerable, const char *expected)
{
    sample.method = method;
    error = (struct error){0};
    if (sample_set_limits(&sample, tolerable, expected, &error) == 0)
        fail_msg("tolerable %s, expected %s: accepted", tolerable, expected);
    assert_int_equal(error.kind, ERROR_USAGE);
    assert_true(*error.message);
}

static void test_limits_that_cannot_be_are_refused(void **state)
{
    (void)state;
    is_refused(SAMPLE_MONETARY_UNIT, NULL, NULL);
    is_refused(SAMPLE_MONETARY_UNIT, "5%", NULL);
    is_refused(SAMPLE_MONETARY_UNIT, "0", NULL);
    is_refused(SAMPLE_MONETARY_UNIT, "-1", NULL);
    is_refused(SAMPLE_MONETARY_UNIT, "1,000", NULL);
    is_refused(SAMPLE_MONETARY_UNIT, "1000.5", NULL); // of a currency without minor units
    is_refused(SAMPLE_MONETARY_UNIT, "1000", "1000");
    is_refused(SAMPLE_MONETARY_UNIT, "1000", "-1");
    is_refused(SAMPLE_RANDOM, NULL, NULL);
    is_refused(SAMPLE_RANDOM, "5", NULL);
    is_refused(SAMPLE_RANDOM, "%", NULL);
    is_refused(SAMPLE_RANDOM, "100%", NULL);
    is_refused(SAMPLE_SYSTEMATIC, "0%", NULL);
    is_refused(SAMPLE_SYSTEMATIC, "5%", "5%");
    assert_int_equal(sample_set_limits(&sample, "5%", "4.9%", &error), 0);
}

static void test_confidences_that_cannot_be_are_refused(void **state)
{
    (void)state;
    static const char *const wrong[] = {"", "%", "50", "100", "99.91", "0.95", "95%%", "x"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        if (sample_set_confidence(&sample, wrong[i], &error) == 0)
            fail_msg("%s was accepted", wrong[i]);
    assert_int_equal(sample_set_confidence(&sample, "99.9%", &error), 0);
    assert_int_equal(decimal_compare(sample.confidence, (struct decimal){999, 3}), 0);
}

static void test_samples_that_cannot_be_drawn_are_refused(void **state)
{
    (void)state;
    draws(SAMPLE_MONETARY_UNIT, "1000", "990");
    assert_int_equal(sample_draw(&sample, amounts, AMOUNTS, "x", &error), -1);
    assert_non_null(strstr(error.message, "too near"));
    sample_clear(&sample);
    start_over(state);
    draws(SAMPLE_RANDOM, "40%", NULL);
    sample.size_asked = 21;
    assert_int_equal(sample_draw(&sample, NULL, 20, "x", &error), -1);
    assert_int_equal(sample_draw(&sample, NULL, 0, "x", &error), -1);
}

#define SAMPLE_TEST(test) cmocka_unit_test_setup_teardown(test, start_over, finish)

int main(void)
{
    const struct CMUnitTest tests[] = {
        SAMPLE_TEST(test_units_are_hit_at_the_interval),
        SAMPLE_TEST(test_rows_not_below_the_interval_are_certain),
        SAMPLE_TEST(test_each_hit_unit_lies_in_its_row),
        SAMPLE_TEST(test_a_population_below_the_interval_is_hit_once),
        SAMPLE_TEST(test_a_size_asked_for_sets_the_interval),
        SAMPLE_TEST(test_rows_are_drawn_at_random),
        SAMPLE_TEST(test_rows_are_drawn_in_steps),
        SAMPLE_TEST(test_a_whole_population_is_drawn_once),
        SAMPLE_TEST(test_limits_that_cannot_be_are_refused),
        SAMPLE_TEST(test_confidences_that_cannot_be_are_refused),
        SAMPLE_TEST(test_samples_that_cannot_be_drawn_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
