// SPDX-License-Identifier: MIT
#include "reports/sampling/sample_words.h"

#include "reports/sampling/sample_record.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void english_words_are_the_codes_of_the_files(void **state)
{
    (void)state;
    struct sample_item certain = {.certain = true}, sampled = {0};
    for (int method = SAMPLE_MONETARY_UNIT; method <= SAMPLE_SYSTEMATIC; method++)
        assert_string_equal(sample_word_method((enum sample_method)method, "en"),
                            sample_method_name((enum sample_method)method));
    for (int apart = 0; apart < APART_COUNT; apart++)
        assert_string_equal(sample_word_apart((enum sample_apart)apart, NULL),
                            sample_apart_name((enum sample_apart)apart));
    assert_string_equal(sample_word_stratum(&certain, "en"), sample_stratum(&certain));
    assert_string_equal(sample_word_stratum(&sampled, "en"), sample_stratum(&sampled));
}

// The letters of its conversions, in order of their arguments: "zu s" as "us".
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
        at += strcspn(at, "udsf");
        assert_true(place < 15);
        out[place] = *at;
        count++;
    }
}

static void both_languages_take_the_same_arguments(void **state)
{
    (void)state;
    char english[16], chinese[16];
#define X(name, first, second)                                                                     \
    conversions(first, english);                                                                   \
    conversions(second, chinese);                                                                  \
    assert_string_equal(english, chinese);                                                         \
    assert_string_equal(sample_word(SAMPLE_WORD_##name, "en"), first);                             \
    assert_string_equal(sample_word(SAMPLE_WORD_##name, "zh"), second);
    SAMPLE_WORDS(X)
#undef X
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(english_words_are_the_codes_of_the_files),
        cmocka_unit_test(both_languages_take_the_same_arguments),
    };
    return cmocka_run_group_tests_name("sample_words", tests, NULL, NULL);
}
