// SPDX-License-Identifier: MIT
#include "reports/words/words.h"

#include "reports/xlsx/xlsx_text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

// The letters of its conversions, in order of their arguments: "%2$zu of %s" as "su".
static void conversions(const char *format, char out[16])
{
    size_t count = 0;
    memset(out, 0, 16);
    for (const char *at = format; (at = strchr(at, '%')); at++) {
        size_t place = count;
        at++;
        if (*at == '%')
            continue;
        if (at[0] >= '1' && at[0] <= '9' && at[1] == '$')
            place = (size_t)(at[0] - '1');
        at += strcspn(at, "uds");
        assert_true(place < 15);
        out[place] = *at;
        count++;
    }
}

static void both_languages_take_the_same_arguments(void **state)
{
    (void)state;
    char english[16], chinese[16];
    for (enum word word = 0; word < WORDS; word++) {
        if (word == WORD_SHOWN) // its numbers are put in by the page's script
            continue;
        conversions(word_get(word, "en"), english);
        conversions(word_get(word, "zh"), chinese);
        assert_string_equal(english, chinese);
    }
}

static void nothing_is_said_twice_and_everything_in_both_languages(void **state)
{
    (void)state;
    for (enum word word = 0; word < WORDS; word++) {
        const char *english = word_get(word, "en"), *chinese = word_get(word, "zh");
        assert_true(word == WORD_GRADE_NONE || (*english && *chinese));
        for (enum word other = 0; other < word; other++)
            assert_false(strcmp(word_get(other, "en"), english) == 0 &&
                         strcmp(word_get(other, "zh"), chinese) == 0);
    }
}

static void what_is_not_chinese_is_english(void **state)
{
    (void)state;
    assert_string_equal(word_get(WORD_HEAD_CONTROLS, "fr"), "Controls");
    assert_string_equal(word_get(WORD_HEAD_CONTROLS, NULL), "Controls");
    assert_string_equal(word_get(WORD_HEAD_CONTROLS, "zh"), "控制");
}

static void names_of_sheets_are_allowed_and_differ(void **state)
{
    static const enum word sheets[] = {WORD_SHEET_SUMMARY, WORD_SHEET_CONTROLS, WORD_EXCEPTIONS,
                                       WORD_EVIDENCE,      WORD_SHEET_PROBLEMS, WORD_PARAMETERS,
                                       WORD_SHEET_MAPPING, WORD_SHEET_RECORD};
    enum { SHEETS = sizeof sheets / sizeof *sheets };
    static const char *const languages[] = {"en", "zh"};
    (void)state;
    for (int language = 0; language < 2; language++)
        for (int i = 0; i < SHEETS; i++) {
            const char *name = word_get(sheets[i], languages[language]);
            assert_in_range(xlsx_text_length(name), 1, 25);
            assert_null(strpbrk(name, "[]:*?/\\'"));
            for (int j = 0; j < i; j++)
                assert_string_not_equal(name, word_get(sheets[j], languages[language]));
        }
}

static void things_of_the_results_have_words(void **state)
{
    (void)state;
    assert_string_equal(word_status(STATUS_NOT_RUN, "en"), "not run");
    assert_string_equal(word_status(STATUS_NOT_RUN, "zh"), "未执行");
    assert_string_equal(word_origin("command line", "zh"), "命令行");
    assert_string_equal(word_origin("policy", "en"), "policy");
    assert_string_equal(word_kind(AMOUNT_EXPOSURE, "zh"), "风险敞口");
    assert_string_equal(word_severity(SEVERITY_CRITICAL, "zh"), "严重");
    assert_string_equal(word_problem(PROBLEM_INVALID_CELL, "en"), "invalid cell");
    assert_string_equal(word_waiver(WAIVER_OVER_LIMIT, "en"), "over its limit");
    assert_string_equal(word_scope(SCOPE_ALL, "zh"), "截至截止日的全部行");
    assert_string_equal(word_scope(SCOPE_PERIOD, "en"), "rows of the period");
}

static void words_not_known_stay(void **state)
{
    (void)state;
    assert_string_equal(word_origin("elsewhere", "zh"), "elsewhere");
    assert_string_equal(word_kind(AMOUNT_UNSTATED, "zh"), "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(both_languages_take_the_same_arguments),
        cmocka_unit_test(nothing_is_said_twice_and_everything_in_both_languages),
        cmocka_unit_test(what_is_not_chinese_is_english),
        cmocka_unit_test(names_of_sheets_are_allowed_and_differ),
        cmocka_unit_test(things_of_the_results_have_words),
        cmocka_unit_test(words_not_known_stay),
    };
    return cmocka_run_group_tests_name("words", tests, NULL, NULL);
}
