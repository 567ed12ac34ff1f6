// SPDX-License-Identifier: MIT
#include "reports/html_words.h"

#include <string.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static const int words = 0
#define X(name, english, chinese) +1
    HTML_WORDS(X)
#undef X
    ;

// How many arguments a format takes: those in order, or by number.
static int arguments(const char *format)
{
    int count = 0;
    for (const char *at = format; (at = strchr(at, '%')); at++)
        count += at[1] == 's' || (at[1] >= '1' && at[1] <= '9' && at[2] == '$');
    return count;
}

static void test_both_languages_have_every_word_with_the_same_arguments(void **state)
{
    (void)state;
    for (int i = 0; i < words; i++) {
        const char *english = html_word((enum html_word)i, "en");
        const char *chinese = html_word((enum html_word)i, "zh");
        assert_true(*english && *chinese);
        assert_int_equal(arguments(english), arguments(chinese));
    }
    assert_string_equal(html_word(HTML_WORD_CONTROLS, "fr"), "Controls");
    assert_string_equal(html_word(HTML_WORD_CONTROLS, "zh"), "控制");
}

static void test_states_and_kinds_have_names(void **state)
{
    (void)state;
    assert_string_equal(html_word_status(STATUS_NOT_RUN, "zh"), "未执行");
    assert_string_equal(html_word_status(STATUS_FAILED, "en"), "failed");
    assert_string_equal(html_word_severity(SEVERITY_CRITICAL, "zh"), "严重");
    assert_string_equal(html_word_problem(PROBLEM_DUPLICATE_KEY, "en"), "duplicate key");
    assert_string_equal(html_word_scope(SCOPE_ALL, "zh"), "截至截止日的全部行");
}

static void test_what_is_not_known_stays_as_it_is(void **state)
{
    (void)state;
    assert_string_equal(html_word_kind("exposure", "zh"), "风险敞口");
    assert_string_equal(html_word_kind("other", "zh"), "other");
    assert_string_equal(html_word_kind(NULL, "zh"), "");
    assert_string_equal(html_word_origin("command line", "zh"), "命令行");
    assert_string_equal(html_word_origin("elsewhere", "zh"), "elsewhere");
    assert_string_equal(html_word_origin(NULL, "zh"), "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_both_languages_have_every_word_with_the_same_arguments),
        cmocka_unit_test(test_states_and_kinds_have_names),
        cmocka_unit_test(test_what_is_not_known_stays_as_it_is),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
