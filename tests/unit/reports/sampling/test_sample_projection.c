// SPDX-License-Identifier: MIT
#include "reports/sampling/sample_projection.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static struct sample_projection projection;
static struct error error;

static int finish(void **state)
{
    (void)state;
    sample_projection_clear(&projection);
    return 0;
}

static struct sample units_sample(struct sample_item *items, size_t count)
{
    return (struct sample){.method = SAMPLE_MONETARY_UNIT,
                           .scale = 2,
                           .confidence = {95, 2},
                           .tolerable = {51869, 2},
                           .interval = 10000,
                           .rows = 100,
                           .total = 1000000,
                           .certain_rows = 1,
                           .certain_total = 30000,
                           .items = items,
                           .item_count = count};
}

// Each number computed apart from this program, with fractions and mpmath's gamma function.
static void test_overstatements_are_projected(void **state)
{
    (void)state;
    struct sample_item items[] = {
        {.book = 4000, .audited = 3000},
        {.book = 5000, .audited = 5000},
        {.book = 30000, .audited = 29500, .certain = true},
        {.book = 2500, .audited = 0},
        {.book = 300, .audited = 299},
    };
    static const int64_t projected[] = {500, 10000, 2500, 33}, allowed[] = {0, 7482, 1380, 16};
    static const size_t order[] = {2, 3, 0, 4};
    struct sample sample = units_sample(items, 5);
    assert_int_equal(sample_project(&projection, &sample, &error), 0);
    const struct sample_side *over = &projection.over;
    assert_int_equal(over->count, 4);
    for (size_t i = 0; i < 4; i++) {
        assert_int_equal(over->misstatements[i].item, order[i]);
        assert_true(over->misstatements[i].projected == projected[i]);
        assert_true(over->misstatements[i].allowance == allowed[i]);
    }
    assert_true(over->known == 500 && over->basic == 29958);
    assert_true(over->projected == 12533 && over->allowance == 8878);
    assert_true(over->limit == 51869);
    assert_false(over->capped);
    assert_false(projection.exceeds); // it is what is tolerable
    sample_projection_clear(&projection);
    sample.tolerable = (struct decimal){51868, 2};
    assert_int_equal(sample_project(&projection, &sample, &error), 0);
    assert_true(projection.exceeds);
}

static void test_nothing_found_leaves_the_basic_precision(void **state)
{
    (void)state;
    struct sample_item items[] = {{.book = 4000, .audited = 4000}};
    struct sample sample = units_sample(items, 1);
    assert_int_equal(sample_project(&projection, &sample, &error), 0);
    assert_true(projection.over.limit == 29958);
    assert_int_equal(projection.under.count, 0);
    assert_false(projection.exceeds);
}

static void test_understatements_have_a_limit_of_their_own(void **state)
{
    (void)state;
    struct sample_item items[] = {{.book = 4000, .audited = 5000}, {.book = 100, .audited = 700}};
    struct sample sample = units_sample(items, 2);
    assert_int_equal(sample_project(&projection, &sample, &error), 0);
    assert_true(projection.over.projected == 0 && projection.over.limit == 29958);
    assert_int_equal(projection.under.count, 2);
    // Six times its book amount, then a quarter.
    assert_true(projection.under.projected == 60000 + 2500);
    assert_true(projection.exceeds);
}

static void test_certain_rows_alone_leave_nothing_open(void **state)
{
    (void)state;
    struct sample_item items[] = {{.book = 30000, .audited = 20000, .certain = true}};
    struct sample sample = units_sample(items, 1);
    sample.total = 30000;
    assert_int_equal(sample_project(&projection, &sample, &error), 0);
    assert_true(projection.over.limit == 10000 && projection.over.basic == 0);
}

static void test_a_limit_is_not_above_the_rows_it_is_for(void **state)
{
    (void)state;
    struct sample_item items[] = {{.book = 4000, .audited = 0}};
    struct sample sample = units_sample(items, 1);
    sample.total = 30000 + 5000;
    assert_int_equal(sample_project(&projection, &sample, &error), 0);
    assert_true(projection.over.capped && projection.over.limit == 5000);
    sample_projection_clear(&projection);
    items[0].audited = -1; // more than the row is wrong: then it may be
    assert_int_equal(sample_project(&projection, &sample, &error), 0);
    assert_false(projection.over.capped);
}

static void test_rows_that_deviate_have_an_exact_limit(void **state)
{
    (void)state;
    struct sample_item items[60] = {{.deviates = true}};
    struct sample sample = {.method = SAMPLE_RANDOM,
                            .confidence = {95, 2},
                            .tolerable = {72, 3},
                            .rows = 500,
                            .items = items,
                            .item_count = 60};
    assert_int_equal(sample_project(&projection, &sample, &error), 0);
    assert_int_equal(projection.deviations, 1);
    assert_int_equal(projection.upper_rows, 36); // of 500: 7.2 %
    assert_false(projection.exceeds);
    sample.tolerable = (struct decimal){719, 4};
    assert_int_equal(sample_project(&projection, &sample, &error), 0);
    assert_true(projection.exceeds);
}

static void test_amounts_of_random_rows_are_projected_both_ways(void **state)
{
    (void)state;
    struct sample_item items[] = {{.book = 1000, .audited = 900, .deviates = true},
                                  {.book = 500, .audited = 500},
                                  {.book = 1500, .audited = 1550, .deviates = true}};
    char amount[] = "amount";
    struct sample sample = {.method = SAMPLE_SYSTEMATIC,
                            .amount = amount,
                            .scale = 2,
                            .confidence = {95, 2},
                            .tolerable = {5, 2},
                            .rows = 100,
                            .total = 70000,
                            .items = items,
                            .item_count = 3};
    assert_int_equal(sample_project(&projection, &sample, &error), 0);
    assert_true(projection.net_difference == 50);
    assert_true(projection.by_difference == 1667);                    // 50 / 3 · 100
    assert_true(projection.has_ratio && projection.by_ratio == 1167); // 50 / 3000 · 70000
    assert_int_equal(projection.deviations, 2);
    items[0].audited = 1100;
    assert_int_equal(sample_project(&projection, &sample, &error), 0);
    assert_true(projection.by_difference == -5000 && projection.by_ratio == -3500);
    items[2].book = -1500; // the rows drawn amount to nothing
    assert_int_equal(sample_project(&projection, &sample, &error), 0);
    assert_false(projection.has_ratio);
}

#define PROJECTION_TEST(test) cmocka_unit_test_teardown(test, finish)

int main(void)
{
    const struct CMUnitTest tests[] = {
        PROJECTION_TEST(test_overstatements_are_projected),
        PROJECTION_TEST(test_nothing_found_leaves_the_basic_precision),
        PROJECTION_TEST(test_understatements_have_a_limit_of_their_own),
        PROJECTION_TEST(test_certain_rows_alone_leave_nothing_open),
        PROJECTION_TEST(test_a_limit_is_not_above_the_rows_it_is_for),
        PROJECTION_TEST(test_rows_that_deviate_have_an_exact_limit),
        PROJECTION_TEST(test_amounts_of_random_rows_are_projected_both_ways),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
