// SPDX-License-Identifier: MIT
#include "reports/sampling/statistics.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static struct decimal number(const char *text)
{
    struct decimal value = {0};
    assert_int_equal(decimal_parse(text, strlen(text), &value), 0);
    return value;
}

static void is_factor(int64_t events, const char *confidence, const char *expected)
{
    struct decimal factor;
    char text[DECIMAL_TEXT_MAX];
    assert_int_equal(statistics_factor(events, number(confidence), &factor), 0);
    decimal_format(factor, 0, text);
    assert_string_equal(text, expected);
}

// Tables print two places, rounded up.
static void is_printed_factor(struct decimal factor, const char *expected)
{
    char text[DECIMAL_TEXT_MAX];
    assert_int_equal(decimal_round(factor, 2, ROUND_UP, &factor), 0);
    decimal_format(factor, 2, text);
    assert_string_equal(text, expected);
}

static void test_factors_are_the_published_ones(void **state)
{
    (void)state;
    static const char *const at_95[] = {"3.00", "4.75", "6.30", "7.76", "9.16", "10.52", "11.85"};
    static const char *const at_90[] = {"2.31", "3.89", "5.33", "6.69", "8.00", "9.28", "10.54"};
    static const char *const at_80[] = {"1.61", "3.00", "4.28", "5.52", "6.73", "7.91", "9.08"};
    struct decimal factor;
    for (int i = 0; i < 7; i++) {
        assert_int_equal(statistics_factor(i, number("0.95"), &factor), 0);
        is_printed_factor(factor, at_95[i]);
        assert_int_equal(statistics_factor(i, number("0.9"), &factor), 0);
        is_printed_factor(factor, at_90[i]);
        assert_int_equal(statistics_factor(i, number("0.8"), &factor), 0);
        is_printed_factor(factor, at_80[i]);
    }
    assert_int_equal(statistics_factor(20, number("0.95"), &factor), 0);
    is_printed_factor(factor, "29.07");
}

// Of mpmath's incomplete gamma function at 50 digits.
static void test_factors_are_exact_to_six_places(void **state)
{
    (void)state;
    is_factor(0, "0.95", "2.995733");
    is_factor(1, "0.95", "4.743865");
    is_factor(10, "0.95", "16.96222");
    is_factor(50, "0.95", "63.287075");
    is_factor(200, "0.95", "224.874352");
    is_factor(3, "0.99", "10.045118");
    is_factor(50, "0.8", "56.892775");
}

static void test_planning_factors_are_the_published_ones(void **state)
{
    (void)state;
    static const char *const at_95[] = {"3.00", "3.31", "3.68", "4.11",  "4.63",  "5.24", "6.00",
                                        "6.92", "8.09", "9.59", "11.54", "14.18", "17.85"};
    static const char *const at_90[] = {"2.31", "2.52", "2.77", "3.07", "3.41", "3.83", "4.33",
                                        "4.95", "5.72", "6.71", "7.99", "9.70", "12.07"};
    struct decimal factor;
    for (int i = 0; i < 13; i++) {
        assert_int_equal(statistics_planning_factor(5 * i, 100, number("0.95"), &factor), 0);
        is_printed_factor(factor, at_95[i]);
        assert_int_equal(statistics_planning_factor(5 * i, 100, number("0.9"), &factor), 0);
        is_printed_factor(factor, at_90[i]);
    }
}

static void test_limits_of_factors(void **state)
{
    (void)state;
    struct decimal factor;
    assert_int_equal(statistics_planning_factor(99, 100, number("0.95"), &factor), -1);
    assert_int_equal(statistics_factor(STATISTICS_FACTOR_MAX, number("0.95"), &factor), -1);
}

// Published sizes are for large populations: 5 % tolerable, expected 0, 0.25, 1, 1.5, 2 and 3 %.
static void test_sizes_are_the_published_ones(void **state)
{
    (void)state;
    static const struct {
        const char *expected;
        int64_t size;
    } cases[] = {{"0", 59},      {"0.0025", 93}, {"0.01", 93},
                 {"0.015", 124}, {"0.02", 181},  {"0.03", 361}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_int_equal(statistics_size(1000000, 50000, number(cases[i].expected), number("0.95")),
                         cases[i].size);
    assert_int_equal(statistics_size(1000000, 100000, number("0"), number("0.9")), 22);
}

// Summed in exact fractions, apart from this program: 25 of 500 may deviate.
static void test_sizes_of_small_populations(void **state)
{
    (void)state;
    static const struct {
        const char *expected;
        int64_t size;
    } cases[] = {{"0", 54},     {"0.01", 84},  {"0.015", 110},
                 {"0.02", 135}, {"0.03", 222}, {"0.04", 369}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_int_equal(statistics_size(500, 25, number(cases[i].expected), number("0.95")),
                         cases[i].size);
    assert_int_equal(statistics_size(500, 25, number("0.049"), number("0.95")), 500);
    assert_int_equal(statistics_size(500, 10, number("0.049"), number("0.95")), -1);
    assert_int_equal(statistics_size(1, 0, number("0"), number("0.95")), 1);
}

static int64_t ways(int64_t n, int64_t k)
{
    int64_t result = 1;
    if (k < 0 || k > n)
        return 0;
    for (int64_t i = 0; i < k; i++)
        result = result * (n - i) / (i + 1);
    return result;
}

// The largest number of deviations that whole numbers of samples do not speak against.
static int64_t counted_upper(int population, int size, int found)
{
    int64_t all = ways(population, size), upper = -1;
    for (int deviating = 0; deviating <= population; deviating++) {
        int64_t so_few = 0;
        for (int i = 0; i <= found; i++)
            so_few += ways(deviating, i) * ways(population - deviating, size - i);
        if (so_few * 20 > all)
            upper = deviating;
    }
    return upper;
}

static void test_upper_counts_by_counting_samples(void **state)
{
    (void)state;
    for (int population = 1; population <= 16; population++)
        for (int size = 1; size <= population; size++)
            for (int found = 0; found <= size; found++) {
                struct statistics_draw draw = {population, size, number("0.95")};
                int64_t upper = counted_upper(population, size, found);
                int64_t most = population - (size - found);
                // Where more were found than that many rows allow, counting knows no bound.
                assert_int_equal(statistics_upper_count(&draw, found), upper < most ? upper : most);
            }
}

static void test_upper_counts_of_larger_populations(void **state)
{
    (void)state;
    static const int64_t uppers[] = {22, 36, 48, 59};
    struct statistics_draw draw = {500, 60, number("0.95")};
    for (int64_t found = 0; found < 4; found++)
        assert_int_equal(statistics_upper_count(&draw, found), uppers[found]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_factors_are_the_published_ones),
        cmocka_unit_test(test_factors_are_exact_to_six_places),
        cmocka_unit_test(test_planning_factors_are_the_published_ones),
        cmocka_unit_test(test_limits_of_factors),
        cmocka_unit_test(test_sizes_are_the_published_ones),
        cmocka_unit_test(test_sizes_of_small_populations),
        cmocka_unit_test(test_upper_counts_by_counting_samples),
        cmocka_unit_test(test_upper_counts_of_larger_populations),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
