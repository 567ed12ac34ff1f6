// SPDX-License-Identifier: MIT
#include "engine/base/mistake.h"

#include "engine/base/error.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static const char *const words[][2] = {
#define MISTAKE(name, english, chinese) {english, chinese},
#include "engine/base/mistakes.def"
#undef MISTAKE
};
enum { WORDS = sizeof words / sizeof *words, VALUES_MAX = 12 };

// What a format does with each of its values: "s", ".*s", "u".
static int conversions(const char *format, char out[VALUES_MAX][8])
{
    int count = 0;
    for (const char *at = format; (at = strchr(at, '%'));) {
        if (at[1] == '%') {
            at += 2;
            continue;
        }
        int number = count;
        at++;
        if (at[0] >= '1' && at[0] <= '9' && at[1] == '$') {
            number = at[0] - '1';
            at += 2;
        }
        size_t length = strcspn(at, "sduc") + 1;
        assert_true(number < VALUES_MAX && length < 8);
        memcpy(out[number], at, length);
        out[number][length] = '\0';
        at += length;
        count++;
    }
    return count;
}

// A format that takes other values in one language would read what is not there.
static void both_languages_take_the_same_values(void **state)
{
    (void)state;
    for (size_t i = 0; i < WORDS; i++) {
        char english[VALUES_MAX][8] = {{0}}, chinese[VALUES_MAX][8] = {{0}};
        int count = conversions(words[i][0], english);
        if (count != conversions(words[i][1], chinese))
            print_message("%s\n%s\n", words[i][0], words[i][1]);
        assert_int_equal(count, conversions(words[i][1], chinese));
        for (int value = 0; value < count; value++) {
            // One counts bytes, the other need not cut.
            assert_int_equal(english[value][strlen(english[value]) - 1],
                             chinese[value][strlen(chinese[value]) - 1]);
            assert_int_equal(strstr(english[value], "*") != NULL,
                             strstr(chinese[value], "*") != NULL);
        }
    }
}

static void no_two_mistakes_differ_in_one_language_only(void **state)
{
    (void)state;
    for (size_t i = 0; i < WORDS; i++)
        for (size_t j = i + 1; j < WORDS; j++)
            if (strcmp(words[i][0], words[j][0]) == 0) {
                if (strcmp(words[i][1], words[j][1]) != 0)
                    print_message("%s\n", words[i][0]);
                assert_string_equal(words[i][1], words[j][1]);
            }
}

static void messages_are_in_the_language_that_is_spoken(void **state)
{
    (void)state;
    struct error error;
    assert_string_equal(mistake_words(mistake_WANTED_NAME), "a name");
    mistake_speak("zh");
    assert_string_equal(mistake_words(mistake_WANTED_NAME), "名称");
    assert_string_equal(mistake_language(), "zh");
    error_set(&error, ERROR_USAGE, "audit.lua:3", mistake_IS_MISSING, "period");
    assert_string_equal(error.message, "缺少 period");
    assert_string_equal(mistake_words("no mistake of ours"), "no mistake of ours");
    mistake_speak(NULL);
    assert_string_equal(mistake_words(mistake_WANTED_NAME), "a name");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(both_languages_take_the_same_values),
        cmocka_unit_test(no_two_mistakes_differ_in_one_language_only),
        cmocka_unit_test(messages_are_in_the_language_that_is_spoken),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
