// SPDX-License-Identifier: MIT
#include "engine/base/reason.h"

#include "engine/base/error.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static struct buffer reason;

static int tear_down(void **state)
{
    (void)state;
    buffer_clear(&reason);
    return 0;
}

static void says(const char *english, const char *chinese)
{
    struct buffer said = {0};
    reason_add(buffer_text(&reason), "en", &said);
    assert_string_equal(buffer_text(&said), english);
    buffer_reset(&said);
    reason_add(buffer_text(&reason), "zh", &said);
    assert_string_equal(buffer_text(&said), chinese);
    buffer_clear(&said);
}

static void reasons_are_put_in_both_languages(void **state)
{
    (void)state;
    reason_set(&reason, REASON_NONE_IN_SCOPE);
    says("no row lies in its scope", "范围内没有数据行");
    reason_set_with(&reason, REASON_NOT_IMPORTED, "%s.%s", "customer", "grade");
    says("customer.grade was not imported", "未导入 customer.grade");
    reason_set_with(&reason, REASON_MIXED_CURRENCIES, "%s" REASON_AND "%s", "CNY", "USD");
    says("mixed currencies (CNY, USD)", "币种不一致（CNY、USD）");
    reason_set_with(&reason, REASON_TIE, "%d" REASON_AND "%s", 2, "price_list_line");
    says("2 price_list_line in force", "同时有效的 price_list_line 有 2 条");
}

static void a_rule_gives_its_own_in_both_languages(void **state)
{
    (void)state;
    reason_set_with(&reason, REASON_RULE, "%s" REASON_AND "%s", "no cost of P1", "P1 无成本");
    says("no cost of P1", "P1 无成本");
}

static void lists_are_joined_as_the_language_does(void **state)
{
    (void)state;
    reason_set_with(&reason, REASON_NONE_IMPORTED, "invoice" REASON_LIST "receipt");
    says("invoice and receipt were not imported", "未导入 invoice、receipt");
}

static void what_stands_in_a_cell_stays_as_it_is(void **state)
{
    (void)state;
    reason_set_with(&reason, REASON_UNREADABLE_TEXT, "order.amount" REASON_AND "%s",
                    "six; %s" REASON_AND "\"ty");
    says("order.amount cannot be read: \"six; %s" REASON_AND "\"ty\"",
         "order.amount 无法读取：\"six; %s" REASON_AND "\"ty\"");
}

static void a_place_that_is_not_known_leaves_no_gap(void **state)
{
    (void)state;
    reason_set_with(&reason, REASON_INSTRUCTIONS_SPENT, "%d", 10000000);
    says("used more than 10000000 instructions on one row", "处理一行所用指令超过 10000000 条");
    reason_add_value(&reason, "sales_order SO1");
    says("used more than 10000000 instructions on one row sales_order SO1",
         "处理一行所用指令超过 10000000 条 sales_order SO1");
}

static void a_reason_may_hold_another(void **state)
{
    (void)state;
    struct buffer end = {0};
    reason_set_with(&end, REASON_PROCESS_KILLED, "%d" REASON_AND "%s", 9, "Killed");
    reason_set_with(&reason, REASON_WORKER_LOST, "%s", buffer_text(&end));
    says("its worker process was killed by signal 9 (Killed)", "其工作进程被信号 9（Killed）终止");
    buffer_clear(&end);
}

static void a_month_is_named_as_the_language_does(void **state)
{
    (void)state;
    reason_set_with(&reason, REASON_NO_SUCH_DAY, "%d" REASON_AND "%d", 31, 4);
    says("31 April does not exist", "4 月没有 31 日");
    reason_set_with(&reason, REASON_NO_SUCH_DAY, "%d" REASON_AND "%d", 31, 13);
    says("31 13 does not exist", "13 月没有 31 日");
}

static void add_shouting(void *context, const char *text, struct buffer *out)
{
    ++*(int *)context;
    for (; *text; text++)
        buffer_add_byte(out, *text == 'x' ? 'X' : *text);
}

static void shouted(int texts, const char *english, const char *chinese)
{
    struct buffer out = {0};
    int count = 0;
    reason_add_with(buffer_text(&reason), add_shouting, &count, &out);
    assert_int_equal(count, texts);
    buffer_reset(&reason);
    buffer_add_text(&reason, buffer_text(&out));
    says(english, chinese);
    buffer_clear(&out);
}

static void texts_in_a_reason_are_changed_and_its_words_are_not(void **state)
{
    (void)state;
    struct buffer inner = {0};
    reason_set_with(&inner, REASON_OTHER_FORM, "x%s", REASON_AND "x");
    reason_set_with(&reason, REASON_KEY_UNREADABLE_AS, "xy" REASON_AND "%s", buffer_text(&inner));
    shouted(2, "key column Xy cannot be read: does not have the form \"X" REASON_AND "X\"",
            "主键列 Xy 无法读取：不符合格式 \"X" REASON_AND "X\"");
    reason_set(&reason, REASON_EXPONENT);
    shouted(0, "exponents are not read: the source must write all digits",
            "不读取指数形式：来源须写出全部数码");
    buffer_reset(&reason);
    buffer_add_text(&reason, "own x");
    shouted(1, "own X", "own X");
    buffer_clear(&inner);
}

// What is no packed reason is in somebody's own words; what a broken process sent harms nobody.
static void other_text_stays_as_it_is(void **state)
{
    static const char *const kept[] = {"no price in force",
                                       "",
                                       "\x01",
                                       "\x01no code",
                                       "\x01\xff",
                                       "\x01\xbf\xbf",
                                       "\x01\x81",
                                       "approval was not imported",
                                       "\x01\xc3\xa9 is text"};
    (void)state;
    for (size_t i = 0; i < sizeof kept / sizeof *kept; i++) {
        buffer_reset(&reason);
        buffer_add_text(&reason, kept[i]);
        says(kept[i], kept[i]);
    }
    reason_set(&reason, REASON_NOT_IMPORTED);
    says(" was not imported", "未导入");
}

static void reasons_are_told_apart_by_what_they_say(void **state)
{
    (void)state;
    char *own = strdup("no row lies in its scope");
    reason_set(&reason, REASON_NONE_IN_SCOPE);
    assert_int_equal(reason_compare(own, buffer_text(&reason)), 0);
    assert_true(reason_compare("no customer", buffer_text(&reason)) < 0);
    assert_true(reason_compare(buffer_text(&reason), "no customer") > 0);
    free(own);
}

// The values that a format takes, as bits.
static unsigned values_of(const char *format)
{
    unsigned values = 0;
    int next = 0;
    for (const char *at = format; (at = strchr(at, '%')); at++) {
        bool numbered = at[1] >= '1' && at[1] <= '4';
        if (numbered)
            assert_int_equal(at[2], '$');
        assert_non_null(strchr("slm", at[numbered ? 3 : 1]));
        values |= 1u << (numbered ? at[1] - '1' : next++);
    }
    return values;
}

static void both_languages_take_the_same_values(void **state)
{
    (void)state;
#define REASON(name, english, chinese)                                                             \
    if (REASON_##name != REASON_RULE) /* whose two values are the two languages */                 \
        assert_int_equal(values_of(english), values_of(chinese));                                  \
    assert_true(*(english) && *(chinese));
#include "engine/base/reasons.def"
#undef REASON
}

static void nothing_is_said_twice(void **state)
{
    static const char *const all[] = {
#define REASON(name, english, chinese) english,
#include "engine/base/reasons.def"
#undef REASON
    };
    (void)state;
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        for (size_t other = 0; other < i; other++)
            assert_string_not_equal(all[i], all[other]);
}

static void an_error_ends_with_a_reason(void **state)
{
    (void)state;
    struct error error;
    reason_set_with(&reason, REASON_NOT_IMPORTED, "%s", "customer");
    assert_int_equal(
        error_set_reason(&error, ERROR_USAGE, "audit.lua", buffer_text(&reason), "row %d", 7), -1);
    assert_int_equal(error.kind, ERROR_USAGE);
    assert_string_equal(error.where, "audit.lua");
    assert_string_equal(error.message, "row 7: customer was not imported");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(reasons_are_put_in_both_languages, tear_down),
        cmocka_unit_test_teardown(a_rule_gives_its_own_in_both_languages, tear_down),
        cmocka_unit_test_teardown(lists_are_joined_as_the_language_does, tear_down),
        cmocka_unit_test_teardown(what_stands_in_a_cell_stays_as_it_is, tear_down),
        cmocka_unit_test_teardown(a_place_that_is_not_known_leaves_no_gap, tear_down),
        cmocka_unit_test_teardown(a_reason_may_hold_another, tear_down),
        cmocka_unit_test_teardown(a_month_is_named_as_the_language_does, tear_down),
        cmocka_unit_test_teardown(texts_in_a_reason_are_changed_and_its_words_are_not, tear_down),
        cmocka_unit_test_teardown(other_text_stays_as_it_is, tear_down),
        cmocka_unit_test(reasons_are_told_apart_by_what_they_say),
        cmocka_unit_test(both_languages_take_the_same_values),
        cmocka_unit_test(nothing_is_said_twice),
        cmocka_unit_test_teardown(an_error_ends_with_a_reason, tear_down),
    };
    return cmocka_run_group_tests_name("reason", tests, NULL, NULL);
}
