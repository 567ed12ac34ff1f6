// SPDX-License-Identifier: MIT
#include "engine/base/decimal.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void is(struct decimal value, int64_t coefficient, int scale)
{
    if (value.coefficient != coefficient || value.scale != scale)
        fail_msg("%lld at scale %d, expected %lld at scale %d", (long long)value.coefficient,
                 value.scale, (long long)coefficient, scale);
}

static struct decimal number(const char *text)
{
    struct decimal value = {0};
    if (decimal_parse(text, strlen(text), &value) != 0)
        fail_msg("\"%s\" was not read", text);
    return value;
}

static void no_number(const char *text)
{
    struct decimal value;
    if (decimal_parse(text, strlen(text), &value) == 0)
        fail_msg("\"%s\" was read as a number", text);
}

static void shows(struct decimal value, int places, const char *expected)
{
    char text[DECIMAL_TEXT_MAX];
    int length = decimal_format(value, places, text);
    assert_string_equal(text, expected);
    assert_int_equal(length, strlen(expected));
}

static void reads_plain_numbers(void **state)
{
    (void)state;
    is(number("0"), 0, 0);
    is(number("-0"), 0, 0);
    is(number("0.000000000000000000000000"), 0, 0);
    is(number("-1234.50"), -12345, 1);
    is(number("+7"), 7, 0);
    is(number(".5"), 5, 1);
    is(number("5."), 5, 0);
    is(number("000000000000000000000000012.5"), 125, 1);
    is(number("1.50000000000000000000000000"), 15, 1);
}

static void reads_up_to_the_ends_of_64_bits(void **state)
{
    (void)state;
    is(number("9223372036854775807"), INT64_MAX, 0);
    is(number("-9223372036854775808"), INT64_MIN, 0);
    is(number("9.223372036854775807"), INT64_MAX, 18);
    is(number("-9.223372036854775808"), INT64_MIN, 18);
    is(number("9223372036854775807.000"), INT64_MAX, 0);
    is(number("922337203685477580.70"), INT64_MAX, 1);
    no_number("9223372036854775808");
    no_number("-9223372036854775809");
    no_number("92233720368547758070");
    no_number("9.223372036854775808");
    no_number("99999999999999999999999999999999999999999999999999999999999999");
}

static void reads_up_to_18_places(void **state)
{
    (void)state;
    is(number("0.000000000000000001"), 1, 18);
    is(number("-0.000000000000000001"), -1, 18);
    is(number("0.0000000000000000010"), 1, 18);
    no_number("0.0000000000000000001");
    no_number("1.0000000000000000001");
}

static void refuses_what_is_no_number(void **state)
{
    (void)state;
    static const char *const texts[] = {"",   "-",   "+",   ".",   "-.",   "1.2.3", "1,000",
                                        " 1", "1 ",  "1e3", "--1", "+-1",  "0x10",  "１",
                                        "1-", "NaN", "inf", "1..", "1_000"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        no_number(texts[i]);
    struct decimal value;
    assert_int_equal(decimal_parse("1\0002", 3, &value), -1);
    // The length counts, not a NUL that may not be there.
    assert_int_equal(decimal_parse("123", 2, &value), 0);
    is(value, 12, 0);
}

static void shows_the_shortest_exact_text(void **state)
{
    (void)state;
    shows(number("0"), 0, "0");
    shows(number("0"), 2, "0.00");
    shows(number("-1234.50"), 0, "-1234.5");
    shows(number("-1234.50"), 2, "-1234.50");
    shows(number("0.005"), 2, "0.005");
    shows(number("-0.5"), 0, "-0.5");
    shows(number("100"), 0, "100");
    shows((struct decimal){1000, 3}, 0, "1");
    shows((struct decimal){1000, 3}, 2, "1.00");
}

static void shows_the_longest_numbers(void **state)
{
    (void)state;
    shows((struct decimal){INT64_MIN, 0}, 0, "-9223372036854775808");
    shows((struct decimal){INT64_MIN, 18}, 0, "-9.223372036854775808");
    shows((struct decimal){INT64_MIN, 0}, 18, "-9223372036854775808.000000000000000000");
    shows((struct decimal){INT64_MAX, 18}, 2, "9.223372036854775807");
    shows((struct decimal){-1, 18}, 0, "-0.000000000000000001");
}

static void what_is_shown_reads_back(void **state)
{
    (void)state;
    static const int64_t coefficients[] = {0, 1, -1, 9, 10, -100, 12345, INT64_MAX, INT64_MIN};
    for (size_t i = 0; i < sizeof coefficients / sizeof *coefficients; i++)
        for (int scale = 0; scale <= DECIMAL_SCALE_MAX; scale++) {
            struct decimal value = decimal_normalise((struct decimal){coefficients[i], scale});
            char text[DECIMAL_TEXT_MAX];
            decimal_format(value, 4, text);
            struct decimal again = number(text);
            is(again, value.coefficient, value.scale);
        }
}

static void normal_form_has_no_trailing_zero(void **state)
{
    (void)state;
    is(decimal_normalise((struct decimal){0, 18}), 0, 0);
    is(decimal_normalise((struct decimal){-1500, 3}), -15, 1);
    is(decimal_normalise((struct decimal){1500, 0}), 1500, 0);
    is(decimal_normalise((struct decimal){INT64_MIN, 18}), INT64_MIN, 18);
    is(decimal_from_int(INT64_MIN), INT64_MIN, 0);
}

static void adds_over_scales(void **state)
{
    (void)state;
    struct decimal sum;
    assert_int_equal(decimal_add(number("0.1"), number("0.2"), &sum), 0);
    is(sum, 3, 1);
    assert_int_equal(decimal_add(number("999999999999.99"), number("0.01"), &sum), 0);
    is(sum, 1000000000000, 0);
    assert_int_equal(decimal_add(number("1.5"), number("-1.5"), &sum), 0);
    is(sum, 0, 0);
    assert_int_equal(decimal_add((struct decimal){INT64_MAX, 0}, (struct decimal){0, 18}, &sum), 0);
    is(sum, INT64_MAX, 0);
    assert_int_equal(decimal_subtract(number("1"), number("0.999999999999999999"), &sum), 0);
    is(sum, 1, 18);
}

static void a_sum_too_long_is_an_error(void **state)
{
    (void)state;
    struct decimal sum;
    struct decimal most = {INT64_MAX, 0}, least = {INT64_MIN, 0}, one = {1, 0};
    assert_int_equal(decimal_add(most, one, &sum), -1);
    assert_int_equal(decimal_subtract(least, one, &sum), -1);
    assert_int_equal(decimal_subtract(decimal_from_int(0), least, &sum), -1);
    assert_int_equal(decimal_add(least, most, &sum), 0);
    is(sum, -1, 0);
    // Both fit, but not their digits together.
    assert_int_equal(decimal_add(number("100"), (struct decimal){1, 18}, &sum), -1);
    assert_int_equal(decimal_add(most, (struct decimal){1, 1}, &sum), -1);
    // The parts are too long at a common scale, the sum is not.
    assert_int_equal(decimal_add(number("9.3"), (struct decimal){-100000000000000001, 18}, &sum),
                     0);
    is(sum, INT64_C(9199999999999999999), 18);
}

static void multiplies_exactly_or_not_at_all(void **state)
{
    (void)state;
    struct decimal product;
    assert_int_equal(decimal_multiply(number("1.25"), number("-0.8"), &product), 0);
    is(product, -1, 0);
    assert_int_equal(decimal_multiply(number("0.000000001"), number("0.000000001"), &product), 0);
    is(product, 1, 18);
    assert_int_equal(decimal_multiply(number("0.0000000001"), number("0.000000001"), &product), -1);
    assert_int_equal(decimal_multiply((struct decimal){INT64_MIN, 0}, number("-1"), &product), -1);
    assert_int_equal(decimal_multiply((struct decimal){INT64_MIN, 0}, number("1"), &product), 0);
    is(product, INT64_MIN, 0);
    // 36 places that are all zeros but the first few.
    struct decimal half = {500000000000000000, 18};
    assert_int_equal(decimal_multiply(half, half, &product), 0);
    is(product, 25, 2);
    assert_int_equal(
        decimal_multiply((struct decimal){INT64_MIN, 18}, (struct decimal){0, 18}, &product), 0);
    is(product, 0, 0);
    assert_int_equal(decimal_multiply(number("3037000500"), number("3037000500"), &product), -1);
    assert_int_equal(decimal_multiply(number("3037000499"), number("3037000499"), &product), 0);
}

// What each mode makes of a value at no places.
static void rounds(const char *text, const char *const expected[6])
{
    for (int mode = ROUND_HALF_UP; mode <= ROUND_FLOOR; mode++) {
        struct decimal rounded;
        assert_int_equal(decimal_round(number(text), 0, (enum rounding)mode, &rounded), 0);
        char shown[DECIMAL_TEXT_MAX];
        decimal_format(rounded, 0, shown);
        if (strcmp(shown, expected[mode]) != 0)
            fail_msg("%s in mode %d is %s, expected %s", text, mode, shown, expected[mode]);
    }
}

static void rounds_halves_and_negatives(void **state)
{
    (void)state;
    //                                      half_up even  up    down  ceil  floor
    rounds("2.5", (const char *const[]){"3", "2", "3", "2", "3", "2"});
    rounds("3.5", (const char *const[]){"4", "4", "4", "3", "4", "3"});
    rounds("-2.5", (const char *const[]){"-3", "-2", "-3", "-2", "-2", "-3"});
    rounds("-3.5", (const char *const[]){"-4", "-4", "-4", "-3", "-3", "-4"});
    rounds("0.5", (const char *const[]){"1", "0", "1", "0", "1", "0"});
    rounds("-0.5", (const char *const[]){"-1", "0", "-1", "0", "0", "-1"});
    rounds("2.4999999999", (const char *const[]){"2", "2", "3", "2", "3", "2"});
    rounds("-2.5000000001", (const char *const[]){"-3", "-3", "-3", "-2", "-2", "-3"});
    rounds("0.000000000000000001", (const char *const[]){"0", "0", "1", "0", "1", "0"});
    rounds("-7", (const char *const[]){"-7", "-7", "-7", "-7", "-7", "-7"});
}

static void rounds_at_any_scale(void **state)
{
    (void)state;
    struct decimal rounded;
    assert_int_equal(decimal_round(number("1.005"), 2, ROUND_HALF_UP, &rounded), 0);
    is(rounded, 101, 2);
    assert_int_equal(decimal_round(number("1.995"), 2, ROUND_HALF_UP, &rounded), 0);
    is(rounded, 2, 0);
    assert_int_equal(decimal_round((struct decimal){INT64_MAX, 0}, 18, ROUND_UP, &rounded), 0);
    is(rounded, INT64_MAX, 0);
    assert_int_equal(decimal_round((struct decimal){INT64_MIN, 18}, 0, ROUND_FLOOR, &rounded), 0);
    is(rounded, -10, 0);
    assert_int_equal(decimal_round(number("1"), -1, ROUND_UP, &rounded), -1);
    assert_int_equal(decimal_round(number("1"), 19, ROUND_UP, &rounded), -1);
}

static void divides_with_a_named_mode(void **state)
{
    (void)state;
    struct decimal quotient;
    assert_int_equal(decimal_divide(number("1"), number("3"), 4, ROUND_HALF_UP, &quotient), 0);
    is(quotient, 3333, 4);
    assert_int_equal(decimal_divide(number("2"), number("-3"), 4, ROUND_HALF_UP, &quotient), 0);
    is(quotient, -6667, 4);
    assert_int_equal(decimal_divide(number("-1"), number("-8"), 2, ROUND_HALF_EVEN, &quotient), 0);
    is(quotient, 12, 2);
    assert_int_equal(
        decimal_divide(number("1"), number("0.000000000000000001"), 0, ROUND_DOWN, &quotient), 0);
    is(quotient, 1000000000000000000, 0);
    assert_int_equal(decimal_divide(number("0.000000000000000001"), number("9000000000000000000"),
                                    0, ROUND_CEILING, &quotient),
                     0);
    is(quotient, 1, 0);
    assert_int_equal(
        decimal_divide((struct decimal){INT64_MIN, 0}, number("1"), 18, ROUND_DOWN, &quotient), 0);
    is(quotient, INT64_MIN, 0);
}

static void a_quotient_that_cannot_be_is_an_error(void **state)
{
    (void)state;
    struct decimal quotient;
    assert_int_equal(decimal_divide(number("1"), number("0"), 2, ROUND_HALF_UP, &quotient), -1);
    assert_int_equal(decimal_divide(number("1"), number("3"), -1, ROUND_HALF_UP, &quotient), -1);
    assert_int_equal(decimal_divide(number("1"), number("3"), 19, ROUND_HALF_UP, &quotient), -1);
    assert_int_equal(
        decimal_divide((struct decimal){INT64_MIN, 0}, number("-1"), 0, ROUND_HALF_UP, &quotient),
        -1);
    assert_int_equal(decimal_divide(number("100"), number("3"), 18, ROUND_HALF_UP, &quotient), -1);
    assert_int_equal(decimal_divide((struct decimal){INT64_MAX, 0}, (struct decimal){1, 18}, 18,
                                    ROUND_HALF_UP, &quotient),
                     -1);
}

static void divides_by_one_however_it_is_written(void **state)
{
    (void)state;
    struct decimal quotient, one = {1000000000000000000, 18};
    assert_int_equal(
        decimal_divide((struct decimal){INT64_MAX, 0}, one, 18, ROUND_HALF_UP, &quotient), 0);
    is(quotient, INT64_MAX, 0);
}

static void an_exact_quotient_of_long_numbers_fits(void **state)
{
    (void)state;
    // 9000000000000000003 / 9.000000000000000003 = 10^18
    struct decimal quotient, top = {9000000000000000003, 0}, bottom = {9000000000000000003, 18};
    assert_int_equal(decimal_divide(top, bottom, 18, ROUND_HALF_UP, &quotient), 0);
    is(quotient, 1000000000000000000, 0);
}

static void a_coefficient_at_a_scale_loses_nothing(void **state)
{
    (void)state;
    int64_t coefficient;
    assert_int_equal(decimal_at_scale(number("12.5"), 2, &coefficient), 0);
    assert_int_equal(coefficient, 1250);
    assert_int_equal(decimal_at_scale((struct decimal){12500, 3}, 1, &coefficient), 0);
    assert_int_equal(coefficient, 125);
    assert_int_equal(decimal_at_scale(number("12.5"), 0, &coefficient), -1);
    assert_int_equal(decimal_at_scale(number("12.5"), 19, &coefficient), -1);
    assert_int_equal(decimal_at_scale((struct decimal){INT64_MAX, 0}, 1, &coefficient), -1);
    assert_int_equal(decimal_at_scale((struct decimal){INT64_MIN, 0}, 0, &coefficient), 0);
    assert_true(coefficient == INT64_MIN);
    assert_int_equal(decimal_at_scale(number("0"), 18, &coefficient), 0);
    assert_int_equal(coefficient, 0);
}

static void compares_by_value(void **state)
{
    (void)state;
    assert_int_equal(decimal_compare((struct decimal){100, 2}, number("1")), 0);
    assert_true(decimal_compare(number("0.1"), number("0.09")) > 0);
    assert_true(decimal_compare(number("-0.1"), number("0.09")) < 0);
    assert_true(decimal_compare((struct decimal){INT64_MIN, 0}, (struct decimal){INT64_MIN, 18}) <
                0);
    assert_true(decimal_compare((struct decimal){INT64_MAX, 0}, (struct decimal){INT64_MAX, 18}) >
                0);
    assert_int_equal(decimal_compare((struct decimal){0, 18}, (struct decimal){0, 0}), 0);
}

static void modes_have_names(void **state)
{
    (void)state;
    static const char *const names[] = {"half_up", "half_even", "up", "down", "ceiling", "floor"};
    enum rounding mode;
    for (int i = 0; i < 6; i++) {
        assert_int_equal(rounding_from_name(names[i], &mode), 0);
        assert_int_equal(mode, i);
    }
    assert_int_equal(rounding_from_name("", &mode), -1);
    assert_int_equal(rounding_from_name("HALF_UP", &mode), -1);
    assert_int_equal(rounding_from_name("half", &mode), -1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_plain_numbers),
        cmocka_unit_test(reads_up_to_the_ends_of_64_bits),
        cmocka_unit_test(reads_up_to_18_places),
        cmocka_unit_test(refuses_what_is_no_number),
        cmocka_unit_test(shows_the_shortest_exact_text),
        cmocka_unit_test(shows_the_longest_numbers),
        cmocka_unit_test(what_is_shown_reads_back),
        cmocka_unit_test(normal_form_has_no_trailing_zero),
        cmocka_unit_test(adds_over_scales),
        cmocka_unit_test(a_sum_too_long_is_an_error),
        cmocka_unit_test(multiplies_exactly_or_not_at_all),
        cmocka_unit_test(rounds_halves_and_negatives),
        cmocka_unit_test(rounds_at_any_scale),
        cmocka_unit_test(divides_with_a_named_mode),
        cmocka_unit_test(a_quotient_that_cannot_be_is_an_error),
        cmocka_unit_test(divides_by_one_however_it_is_written),
        cmocka_unit_test(an_exact_quotient_of_long_numbers_fits),
        cmocka_unit_test(a_coefficient_at_a_scale_loses_nothing),
        cmocka_unit_test(compares_by_value),
        cmocka_unit_test(modes_have_names),
    };
    return cmocka_run_group_tests_name("decimal", tests, NULL, NULL);
}
