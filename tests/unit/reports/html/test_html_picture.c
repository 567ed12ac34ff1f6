// SPDX-License-Identifier: MIT
#include "reports/html/html_picture.h"

#include <string.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static struct total number(const char *text)
{
    struct total total;
    assert_int_equal(total_parse(text, &total), 0);
    return total;
}

static int share(const char *value, const char *largest)
{
    return html_picture_share(number(value), number(largest));
}

static void is_largest(const char *one, const char *other, const char *expected)
{
    struct total largest = number(one);
    html_picture_measure(&largest, number(other));
    assert_int_equal(total_compare_sizes(largest, number(expected)), 0);
    assert_true((largest.coefficient < 0) == (*expected == '-'));
}

static void test_a_share_is_in_thousandths_of_the_largest(void **state)
{
    (void)state;
    assert_int_equal(share("50", "200"), 250);
    assert_int_equal(share("0.5", "200.00"), 2);
    assert_int_equal(share("200", "200"), 1000);
    assert_int_equal(share("0", "200"), 0);
    assert_int_equal(share("0", "0"), 0);
    assert_int_equal(html_picture_share_count(1, 3), 333);
}

static void test_what_is_not_zero_is_seen(void **state)
{
    (void)state;
    assert_int_equal(share("0.01", "99999999"), 1);
}

static void test_signs_make_no_difference(void **state)
{
    (void)state;
    assert_int_equal(share("-50", "200"), 250);
    assert_int_equal(share("50", "-200"), 250);
    is_largest("2.99", "-3", "-3");
    is_largest("3.00", "-3", "3.00");
}

static void test_numbers_of_128_bits_have_shares_too(void **state)
{
    (void)state;
    const char *most = "170141183460469231731687303715884105727";
    assert_int_equal(share(most, most), 1000);
    assert_int_equal(share("-85070591730234615865843651857942052864", most), 500);
    // They have no scale in common.
    assert_int_equal(share("1.5", most), 1);
    is_largest("0.00000001", most, most);
    is_largest(most, "0.00000001", most);
}

static void test_what_is_beyond_is_long_but_measures_nothing(void **state)
{
    (void)state;
    struct total beyond = {.beyond = true}, largest = number("5");
    assert_int_equal(html_picture_share(beyond, largest), 1000);
    html_picture_measure(&largest, beyond);
    assert_false(largest.beyond);
}

static void test_a_bar_is_as_long_as_its_share(void **state)
{
    (void)state;
    struct buffer out = {0};
    html_picture_bar(&out, 250, false);
    assert_non_null(strstr(buffer_text(&out), "viewBox=\"0 0 1000 10\""));
    assert_non_null(strstr(buffer_text(&out), "<rect width=250 height=10 />"));
    assert_non_null(strstr(buffer_text(&out), "aria-hidden=true"));
    buffer_reset(&out);
    html_picture_bar(&out, 3, true);
    assert_non_null(strstr(buffer_text(&out), "<rect class=minus width=3 "));
    buffer_clear(&out);
}

static void test_columns_stand_on_the_ground_and_say_what_they_are(void **state)
{
    (void)state;
    struct buffer out = {0};
    const struct html_column columns[] = {
        {500, false, "2026-10-01: 5"}, {0, false, "2026-10-02: 0"}, {1, true, "<b>"}};
    html_picture_columns(&out, "Exceptions \"x\"", columns, 3);
    assert_string_equal(
        buffer_text(&out),
        "<svg class=columns viewBox=\"0 0 30 100\" preserveAspectRatio=none role=img "
        "aria-label=\"Exceptions &quot;x&quot;\">"
        "<rect x=1 y=50 width=8 height=50><title>2026-10-01: 5</title></rect>"
        "<rect class=minus x=21 y=98 width=8 height=2><title>&lt;b&gt;</title></rect></svg>");
    buffer_clear(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_share_is_in_thousandths_of_the_largest),
        cmocka_unit_test(test_what_is_not_zero_is_seen),
        cmocka_unit_test(test_signs_make_no_difference),
        cmocka_unit_test(test_numbers_of_128_bits_have_shares_too),
        cmocka_unit_test(test_what_is_beyond_is_long_but_measures_nothing),
        cmocka_unit_test(test_a_bar_is_as_long_as_its_share),
        cmocka_unit_test(test_columns_stand_on_the_ground_and_say_what_they_are),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
