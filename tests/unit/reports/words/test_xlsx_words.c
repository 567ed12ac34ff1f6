// SPDX-License-Identifier: MIT
#include "reports/words/xlsx_words.h"

#include "reports/xlsx/xlsx_text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static const enum xlsx_word sheets[] = {WORD_SUMMARY,  WORD_CONTROLS, WORD_EXCEPTIONS,
                                        WORD_EVIDENCE, WORD_PROBLEMS, WORD_PARAMETERS,
                                        WORD_MAPPING,  WORD_RECORD};
enum { SHEETS = sizeof sheets / sizeof *sheets };
static const char *const languages[] = {"en", "zh"};

static void test_names_of_sheets_are_allowed_and_differ(void **state)
{
    (void)state;
    for (int language = 0; language < 2; language++)
        for (int i = 0; i < SHEETS; i++) {
            const char *name = xlsx_word(sheets[i], languages[language]);
            assert_in_range(xlsx_text_length(name), 1, 25);
            assert_null(strpbrk(name, "[]:*?/\\'"));
            for (int j = 0; j < i; j++)
                assert_string_not_equal(name, xlsx_word(sheets[j], languages[language]));
        }
}

static void test_the_results_words_have_both_languages(void **state)
{
    (void)state;
    assert_string_equal(xlsx_word_status(STATUS_NOT_RUN, "en"), "not run");
    assert_string_equal(xlsx_word_status(STATUS_NOT_RUN, "zh"), "未执行");
    assert_string_equal(xlsx_word_origin("command line", "zh"), "命令行");
    assert_string_equal(xlsx_word_origin("policy", "en"), "policy");
    assert_string_equal(xlsx_word_kind("exposure", "zh"), "风险敞口");
    assert_string_equal(xlsx_word_severity(SEVERITY_CRITICAL, "zh"), "严重");
    assert_string_equal(xlsx_word_problem(PROBLEM_INVALID_CELL, "en"), "invalid cell");
}

static void test_words_not_known_stay(void **state)
{
    (void)state;
    assert_string_equal(xlsx_word_origin("elsewhere", "zh"), "elsewhere");
    assert_string_equal(xlsx_word_kind("own", "zh"), "own");
    assert_string_equal(xlsx_word_kind(NULL, "zh"), "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_names_of_sheets_are_allowed_and_differ),
        cmocka_unit_test(test_the_results_words_have_both_languages),
        cmocka_unit_test(test_words_not_known_stay),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
