// SPDX-License-Identifier: MIT
#include "reports/sampling/draw.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static struct draw begin(const char *seed)
{
    struct draw draw;
    struct error error = {0};
    assert_int_equal(draw_begin(&draw, seed, &error), 0);
    return draw;
}

// The numbers that Python's hashlib gives for the documented generator.
static void test_numbers_follow_from_the_seed(void **state)
{
    (void)state;
    struct draw draw = begin("abc");
    assert_true(draw_below(&draw, 10) == 6);
    assert_true(draw_below(&draw, 1000) == 161);
    assert_true(draw_below(&draw, 1000000000000000000) == 161334278897199190);
}

// Just above half of 2^128 every second block is passed over.
static void test_blocks_of_an_incomplete_multiple_are_passed_over(void **state)
{
    (void)state;
    struct draw draw = begin("abc");
    const unsigned __int128 bound = ((unsigned __int128)1 << 127) + 1;
    for (int i = 0; i < 3; i++)
        draw_below(&draw, 10);
    const unsigned __int128 wanted =
        (unsigned __int128)UINT64_C(8807704326971295761) * UINT64_C(10000000000000000000) +
        UINT64_C(5781294618685893120);
    assert_true(draw_below(&draw, bound) == wanted);
    draw_below(&draw, bound);
    assert_true(draw.blocks > 5);
}

static void test_every_number_comes(void **state)
{
    (void)state;
    struct draw draw = begin("dice");
    int counts[6] = {0};
    for (int i = 0; i < 600; i++)
        counts[(int)draw_below(&draw, 6)]++;
    for (int i = 0; i < 6; i++)
        assert_in_range(counts[i], 60, 140);
    for (int i = 0; i < 10; i++)
        assert_true(draw_below(&draw, 1) == 0);
}

static void test_seeds_that_cannot_be_written_down_are_refused(void **state)
{
    (void)state;
    char long_seed[DRAW_SEED_MAX + 2];
    struct draw draw;
    struct error error = {0};
    memset(long_seed, 'a', sizeof long_seed - 1);
    long_seed[DRAW_SEED_MAX + 1] = '\0';
    const char *const seeds[] = {"", "a b", "a:b", "ä", long_seed};
    for (size_t i = 0; i < sizeof seeds / sizeof *seeds; i++) {
        error = (struct error){0};
        assert_int_equal(draw_begin(&draw, seeds[i], &error), -1);
        assert_int_equal(error.kind, ERROR_USAGE);
    }
    long_seed[DRAW_SEED_MAX] = '\0';
    assert_int_equal(draw_begin(&draw, long_seed, &error), 0);
}

static void test_a_seed_of_the_system_can_be_given_again(void **state)
{
    (void)state;
    struct draw first = begin(NULL), other = begin(NULL);
    struct draw again = begin(first.seed);
    assert_string_not_equal(first.seed, other.seed);
    assert_true(draw_below(&first, 1000000) == draw_below(&again, 1000000));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_numbers_follow_from_the_seed),
        cmocka_unit_test(test_blocks_of_an_incomplete_multiple_are_passed_over),
        cmocka_unit_test(test_every_number_comes),
        cmocka_unit_test(test_seeds_that_cannot_be_written_down_are_refused),
        cmocka_unit_test(test_a_seed_of_the_system_can_be_given_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
