// SPDX-License-Identifier: MIT
#include "reports/words/html_words.h"

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

static void test_scopes_have_names(void **state)
{
    (void)state;
    assert_string_equal(html_word_scope(SCOPE_ALL, "zh"), "截至截止日的全部行");
    assert_string_equal(html_word_scope(SCOPE_PERIOD, "en"), "rows of the period");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_both_languages_have_every_word_with_the_same_arguments),
        cmocka_unit_test(test_scopes_have_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
