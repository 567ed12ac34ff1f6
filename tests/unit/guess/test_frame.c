// SPDX-License-Identifier: MIT
#include "tests/unit/guess_fixture.h"

static struct frame frame;

static void look_at(const char *text)
{
    given("list", text);
    frame_init(&frame, survey.arena, &survey, &survey.sheets[0], terms);
}

static void test_header_first(void **state)
{
    (void)state;
    look_at("Order ID|Order Date|Amount\nS1|2026-10-01|5\nS2|2026-10-02|6\n");
    assert_int_equal(frame.skip, 0);
    assert_int_equal(frame.columns, 3);
    assert_string_equal(frame.names[1], "Order Date");
    assert_int_equal(frame.record_count, 2);
    assert_int_equal(frame.left_count + frame.footer_count, 0);
}

static void test_title_totals_and_footer(void **state)
{
    (void)state;
    look_at("销售订单明细||||\n2026年10月||||\n单据编号|客户编码|存货编码|数量|金额\n"
            "S1|C1|P1|1|2\n||P2|3|4\n||小计|4|6\nS2|C1|P1|1|2\n||小计|1|2\n"
            "合计|||5|8\n制表人：甲||||\n");
    assert_int_equal(frame.skip, 2);
    assert_int_equal(frame.record_count, 3);
    assert_int_equal(frame.left_count, 3);
    assert_int_equal(frame.footer_count, 1);
    assert_int_equal(frame.rows[5], FRAME_NO_RECORD);
    assert_int_equal(frame.rows[9], FRAME_FOOTER);
}

static void test_header_repeated_on_each_page(void **state)
{
    (void)state;
    look_at("Order ID|Order Date\nS1|2026-10-01\nOrder ID|Order Date\nS2|2026-10-02\n");
    assert_int_equal(frame.record_count, 2);
    assert_int_equal(frame.left_count, 1);
}

static void test_customer_called_total(void **state)
{
    (void)state;
    look_at("Customer ID|Customer Name|Phone\nC1|Total Energies|1\nC2|Acme|2\n");
    assert_int_equal(frame.record_count, 2);
}

static void test_no_header(void **state)
{
    (void)state;
    look_at("USD|2026-10-01|7.1\nUSD|2026-10-02|7.2\n");
    assert_null(frame.names);
    assert_int_equal(frame.columns, 3);
    assert_int_equal(frame.record_count, 2);
    char room[32];
    assert_string_equal(frame_name(&frame, 1, room), "column 2");
}

static void test_unknown_header(void **state)
{
    (void)state;
    look_at("shelf|counter\nA1|Bo\nA2|Al\n");
    assert_string_equal(frame.names[0], "shelf");
    assert_int_equal(frame.record_count, 2);
}

static void test_doubled_name(void **state)
{
    (void)state;
    look_at("Order ID|Amount|Amount\nS1|1|2\n");
    assert_true(frame_is_ambiguous(&frame, 1));
    assert_false(frame_is_ambiguous(&frame, 0));
}

static void test_nothing(void **state)
{
    (void)state;
    look_at("");
    assert_null(frame.names);
    assert_int_equal(frame.record_count, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(test_header_first, clear_survey),
        cmocka_unit_test_teardown(test_title_totals_and_footer, clear_survey),
        cmocka_unit_test_teardown(test_header_repeated_on_each_page, clear_survey),
        cmocka_unit_test_teardown(test_customer_called_total, clear_survey),
        cmocka_unit_test_teardown(test_no_header, clear_survey),
        cmocka_unit_test_teardown(test_unknown_header, clear_survey),
        cmocka_unit_test_teardown(test_doubled_name, clear_survey),
        cmocka_unit_test_teardown(test_nothing, clear_survey),
    };
    return cmocka_run_group_tests(tests, guess_set_up, guess_tear_down);
}
