// SPDX-License-Identifier: MIT
#include "reports/words/reasons.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void says(const char *reason, const char *language, const char *expected)
{
    struct buffer out = {0};
    reasons_add(reason, language, &out);
    assert_string_equal(buffer_text(&out), expected);
    buffer_clear(&out);
}

static void reasons_of_the_engine_are_put_in_chinese(void **state)
{
    (void)state;
    says("approval was not imported", "zh", "未导入 approval");
    says("invoice and receivable_entry were not imported", "zh",
         "未导入 invoice、receivable_entry");
    says("sales_order.amount cannot be read: \"six; ty\"", "zh",
         "sales_order.amount 无法读取：\"six; ty\"");
    says("sales_order.amount cannot be read", "zh", "sales_order.amount 无法读取");
    says("the dates of a price_list cannot be read", "zh", "price_list 的日期无法读取");
    says("mixed currencies (CNY, USD)", "zh", "币种不一致（CNY、USD）");
    says("2 price_list_line in force", "zh", "同时有效的 price_list_line 有 2 条");
    says("used more than 10000000 instructions on one row", "zh",
         "处理一行所用指令超过 10000000 条");
    says("no row lies in its scope", "zh", "范围内没有数据行");
}

static void reasons_are_taken_one_by_one(void **state)
{
    (void)state;
    says("customer.grade was not imported (2155); no price in force (3)", "zh",
         "未导入 customer.grade (2155); no price in force (3)");
    says("approval was not imported (1); other reasons (12)", "zh",
         "未导入 approval (1); 其他原因 (12)");
}

static void other_reasons_stay_as_they_are(void **state)
{
    (void)state;
    static const char *const kept[] = {"no price in force",
                                       "",
                                       "; ",
                                       "(3)",
                                       " (3)",
                                       " was not imported",
                                       "2026-11-05 is within 30 days after the period's end (215)",
                                       "mixed currencies (CNY)"};
    for (size_t at = 0; at < sizeof kept / sizeof *kept; at++)
        says(kept[at], "zh", kept[at]);
    says("approval was not imported (3)", "en", "approval was not imported (3)");
    says("approval was not imported", NULL, "approval was not imported");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reasons_of_the_engine_are_put_in_chinese),
        cmocka_unit_test(reasons_are_taken_one_by_one),
        cmocka_unit_test(other_reasons_stay_as_they_are),
    };
    return cmocka_run_group_tests_name("reasons", tests, NULL, NULL);
}
