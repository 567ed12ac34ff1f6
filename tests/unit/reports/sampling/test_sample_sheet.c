// SPDX-License-Identifier: MIT
#include "reports/sampling/sample_sheet.h"
#include "tests/unit/drawn_sample.h"

static void test_a_sheet_has_columns_to_fill_in(void **state)
{
    (void)state;
    assert_int_equal(write_sample(SAMPLE_MONETARY_UNIT, folder), 0);
    static const char expected[] =
        "item,stratum,key,source,date,customer,book_amount,currency,cumulative,unit,"
        "audited_amount,remark,check\n"
        "1,certain,SO1,data/sales_order.csv:2,2026-10-01,C1,100.00,CNY,,,,,";
    assert_memory_equal(folder_content(SAMPLE_SHEET), expected, strlen(expected));
    assert_non_null(strstr(folder_content(SAMPLE_SHEET), ",'=1+1,"));
    assert_string_equal(folder_content(SAMPLE_APART),
                        "reason,key,source,date,customer,book_amount,currency\n"
                        "negative,SO3,data/sales_order.csv:4,2026-10-02,C1,-1.00,CNY\n");
}

static void test_rows_without_amounts_are_judged(void **state)
{
    (void)state;
    assert_int_equal(write_sample(SAMPLE_RANDOM, folder), 0);
    static const char expected[] = "item,key,source,date,customer,deviation,remark,check\n"
                                   "1,SO1,data/sales_order.csv:2,2026-10-01,C1,,,";
    assert_memory_equal(folder_content(SAMPLE_SHEET), expected, strlen(expected));
}

static void test_the_same_draw_gives_the_same_bytes(void **state)
{
    (void)state;
    char other[512];
    snprintf(other, sizeof other, "%s", folder_path("other"));
    assert_int_equal(write_sample(SAMPLE_MONETARY_UNIT, folder), 0);
    assert_int_equal(write_sample(SAMPLE_MONETARY_UNIT, other), 0);
    static const char *const names[] = {SAMPLE_SHEET, SAMPLE_APART, SAMPLE_RECORD};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        char *first = memory_text(folder_content(names[i])), path[64];
        snprintf(path, sizeof path, "other/%s", names[i]);
        assert_string_equal(first, folder_content(path));
        free(first);
    }
}

static void test_a_filled_sheet_is_never_overwritten(void **state)
{
    (void)state;
    folder_put(SAMPLE_SHEET, "filled in");
    assert_int_equal(write_sample(SAMPLE_MONETARY_UNIT, folder), -1);
    assert_int_equal(error.kind, ERROR_RESULT);
    assert_string_equal(folder_content(SAMPLE_SHEET), "filled in");
}

static void test_results_of_a_run_stay(void **state)
{
    (void)state;
    folder_put("run.json", "{}");
    assert_int_equal(write_sample(SAMPLE_MONETARY_UNIT, folder), -1);
    assert_true(folder_has("run.json"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        PAPER_TEST(test_a_sheet_has_columns_to_fill_in),
        PAPER_TEST(test_rows_without_amounts_are_judged),
        PAPER_TEST(test_the_same_draw_gives_the_same_bytes),
        PAPER_TEST(test_a_filled_sheet_is_never_overwritten),
        PAPER_TEST(test_results_of_a_run_stay),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
