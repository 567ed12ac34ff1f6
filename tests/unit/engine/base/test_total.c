// SPDX-License-Identifier: MIT
#include "engine/base/total.h"

#include "tests/unit/total_text.h"

static void expect_format(const char *text, int places, bool grouped, const char *expected)
{
    struct total total;
    struct buffer out = {0};
    assert_int_equal(total_parse(text, &total), 0);
    total_format(total, places, grouped, &out);
    assert_string_equal(buffer_text(&out), expected);
    buffer_clear(&out);
}

static void test_totals_print_exactly(void **state)
{
    (void)state;
    expect_format("0", 0, false, "0");
    expect_format("0", 2, false, "0.00");
    expect_format("-0.01", 2, false, "-0.01");
    expect_format("1234.5", 2, false, "1234.50");
    expect_format("1234.5678", 2, false, "1234.5678");
    expect_format("1234.500000", 2, false, "1234.50");
    expect_format("100", 0, false, "100");
    expect_format("10.0", 0, false, "10");
    expect_format("-0.005", 0, false, "-0.005");
}

static void test_thousands_are_grouped(void **state)
{
    (void)state;
    expect_format("999", 0, true, "999");
    expect_format("1000", 0, true, "1,000");
    expect_format("-1000", 2, true, "-1,000.00");
    expect_format("1234567.891", 2, true, "1,234,567.891");
    expect_format("123456", 2, true, "123,456.00");
}

static void test_totals_beyond_64_bits(void **state)
{
    (void)state;
    expect_format("170141183460469231731687303715884105727", 0, false,
                  "170141183460469231731687303715884105727");
    expect_format("-170141183460469231731687303715884105728", 0, false,
                  "-170141183460469231731687303715884105728");
    struct total total;
    assert_int_equal(total_parse("170141183460469231731687303715884105728", &total), -1);
    assert_int_equal(total_parse("-170141183460469231731687303715884105729", &total), -1);
}

static void test_what_is_no_number_is_refused(void **state)
{
    (void)state;
    static const char *const texts[] = {"", "-", ".", "1.2.3", "1e5", "1,000", " 1", "0x1"};
    struct total total;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        assert_int_equal(total_parse(texts[i], &total), -1);
    // 39 places would not fit beside the digits of the largest total.
    assert_int_equal(total_parse("0.000000000000000000000000000000000000001", &total), -1);
}

static struct total number(const char *text)
{
    struct total total;
    assert_int_equal(total_parse(text, &total), 0);
    return total;
}

static void expect_difference(const char *a, const char *b, const char *expected)
{
    is_total(total_subtract(number(a), number(b)), expected);
}

static void test_differences_keep_their_sign(void **state)
{
    (void)state;
    expect_difference("3100", "3120", "-20");
    expect_difference("1234567.88", "1234567.89", "-0.01");
    expect_difference("1.5", "1.50", "0");
    expect_difference("-1", "-1.001", "0.001");
}

static void test_a_sum_that_does_not_fit_is_beyond(void **state)
{
    (void)state;
    struct total most = number("170141183460469231731687303715884105727"), one = number("1");
    is_total(total_add(most, number("0.1")), "?");
    is_total(total_add(most, one), "?");
    is_total(total_subtract(number("-2"), most), "?");
    is_total(total_subtract(one, number("-170141183460469231731687303715884105728")), "?");
    is_total(total_subtract(most, one), "170141183460469231731687303715884105726");
}

static void test_what_is_beyond_stays_so(void **state)
{
    (void)state;
    struct total beyond = {.beyond = true}, one = number("1.5");
    is_total(total_add(beyond, one), "?");
    is_total(total_add(one, beyond), "?");
    is_total(total_subtract(one, beyond), "?");
    is_total(total_subtract(beyond, beyond), "?");
}

static int order(const char *a, const char *b)
{
    int order = total_compare_sizes(number(a), number(b));
    assert_int_equal(total_compare_sizes(number(b), number(a)), -order);
    return order;
}

static void test_sizes_compare_without_signs(void **state)
{
    (void)state;
    assert_int_equal(order("-3", "2.99"), 1);
    assert_int_equal(order("-3", "3.00"), 0);
    assert_int_equal(order("0.10", "0.1"), 0);
    assert_int_equal(order("0.05", "-0.1"), -1);
    assert_int_equal(order("0", "-0.00"), 0);
    // No scale holds both.
    assert_int_equal(order("170141183460469231731687303715884105727",
                           "1.00000000000000000000000000000000000001"),
                     1);
    assert_int_equal(order("-170141183460469231731687303715884105728",
                           "170141183460469231731687303715884105727"),
                     1);
    assert_int_equal(order("1", "1.00000000000000000000000000000000000001"), -1);
    assert_int_equal(order("-1701411834604692317316873037158841057.28",
                           "1701411834604692317316873037158841057.2"),
                     1);
    struct total beyond = {.beyond = true};
    assert_int_equal(total_compare_sizes(beyond, number("5")), 1);
    assert_int_equal(total_compare_sizes(number("5"), beyond), -1);
    assert_int_equal(total_compare_sizes(beyond, beyond), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_totals_print_exactly),
        cmocka_unit_test(test_thousands_are_grouped),
        cmocka_unit_test(test_totals_beyond_64_bits),
        cmocka_unit_test(test_what_is_no_number_is_refused),
        cmocka_unit_test(test_differences_keep_their_sign),
        cmocka_unit_test(test_a_sum_that_does_not_fit_is_beyond),
        cmocka_unit_test(test_what_is_beyond_stays_so),
        cmocka_unit_test(test_sizes_compare_without_signs),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
