// SPDX-License-Identifier: MIT
#include "adapters/number_text.h"
#include "tests/unit/import_fixture.h"

static void reads(const char *text, const char *expected)
{
    struct buffer out = {0};
    if (!number_text_add(text, strlen(text), &out))
        fail_msg("\"%s\" is no number", text);
    if (strcmp(buffer_text(&out), expected) != 0)
        fail_msg("\"%s\" is \"%s\", not \"%s\"", text, buffer_text(&out), expected);
    buffer_clear(&out);
}

static void short_numbers_stand_as_they_are(void **state)
{
    (void)state;
    reads("0", "0");
    reads("133.8", "133.8");
    reads("-5", "-5");
    reads("46300", "46300");
    reads("0.001", "0.001");
    reads("123456789012345", "123456789012345");
}

static void the_dust_of_binary_numbers_is_taken_off(void **state)
{
    (void)state;
    reads("133.80000000000001", "133.8");
    reads("0.10000000000000001", "0.1");
    reads("2.9999999999999996", "3");
    reads("999999999999999.96", "1000000000000000");
    reads("9999999999999.9996", "10000000000000");
    reads("-1.1000000000000001", "-1.1");
    reads("0.30000000000000004", "0.3");
}

static void all_digits_are_written(void **state)
{
    (void)state;
    reads("1.2E3", "1200");
    reads("1.2E-3", "0.0012");
    reads("1e5", "100000");
    reads("1.5E+0", "1.5");
    reads("12.50", "12.5");
    reads("007", "7");
    reads("+5", "5");
    reads("-0", "0");
    reads("0.00", "0");
    reads("0E+5", "0");
    reads(".5", "0.5");
    reads("5.", "5");
    reads("-2.5E-2", "-0.025");
    reads("1.4210854715202004E-14", "0.000000000000014210854715202");
}

static void whole_numbers_are_exact_as_far_as_binary_ones_are(void **state)
{
    (void)state;
    reads("2026100500001234", "2026100500001234");
    reads("9007199254740992", "9007199254740992");
    reads("9007199254740993", "9.00719925474099E+15");
    reads("-2026100500001234", "-2026100500001234");
}

static void digits_that_are_lost_are_not_made_up(void **state)
{
    (void)state;
    reads("1.2345678901234568E+17", "1.23456789012346E+17");
    reads("123456789012345678", "1.23456789012346E+17");
    reads("6.2220212345678902E+18", "6.22202123456789E+18");
    reads("1E+300", "1E+300");
}

static void what_is_no_number_is_none(void **state)
{
    (void)state;
    static const char *const texts[] = {"",    "-",   ".",      "1.2.3", "1E",   "E5",
                                        "1E+", "abc", "1 2",    "1,5",   "0x10", "nan",
                                        "inf", "--1", "1E9999", "1e5x",  "1-",   "１"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct buffer out = {0};
        if (number_text_add(texts[i], strlen(texts[i]), &out) || out.length)
            fail_msg("\"%s\" is a number: \"%s\"", texts[i], buffer_text(&out));
        buffer_clear(&out);
    }
}

static void percentages_are_the_hundredfold(void **state)
{
    (void)state;
    static const char *const texts[][2] = {
        {"0.13", "13%"}, {"1", "100%"}, {"0.125", "12.5%"}, {"0", "0%"}, {"-0.005", "-0.5%"}};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct buffer out = {0};
        number_text_add_percent(texts[i][0], strlen(texts[i][0]), &out);
        assert_string_equal(buffer_text(&out), texts[i][1]);
        buffer_clear(&out);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(short_numbers_stand_as_they_are),
        cmocka_unit_test(the_dust_of_binary_numbers_is_taken_off),
        cmocka_unit_test(all_digits_are_written),
        cmocka_unit_test(whole_numbers_are_exact_as_far_as_binary_ones_are),
        cmocka_unit_test(digits_that_are_lost_are_not_made_up),
        cmocka_unit_test(what_is_no_number_is_none),
        cmocka_unit_test(percentages_are_the_hundredfold),
    };
    return cmocka_run_group_tests_name("number_text", tests, NULL, NULL);
}
