// SPDX-License-Identifier: MIT
#include "guess/phrase.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

// The values of a format in their order: "%s%zu".
static void values_of(const char *format, char out[64])
{
    size_t length = 0;
    for (const char *at = format; (at = strchr(at, '%')); at++) {
        if (at[1] == '%') {
            at++;
            continue;
        }
        do
            out[length++] = *at;
        while (!strchr("sdu", *at++) && length < 62);
        at--;
    }
    out[length] = '\0';
}

static void test_both_languages_take_the_same_values(void **state)
{
    (void)state;
    for (int phrase = 0; phrase < PHRASES; phrase++) {
        char english[64], chinese[64];
        values_of(phrase_get(phrase, "en"), english);
        values_of(phrase_get(phrase, "zh"), chinese);
        assert_string_equal(english, chinese);
        assert_string_not_equal(phrase_get(phrase, "zh"), "");
    }
}

static void test_a_phrase_with_values(void **state)
{
    (void)state;
    struct buffer text = {0};
    phrase_add(PHRASE_UNREAD, "en", &text, (size_t)2, (size_t)40, "x");
    assert_string_equal(buffer_text(&text), "cells that cannot be read: 2 of 40, such as \"x\"");
    buffer_clear(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_both_languages_take_the_same_values),
        cmocka_unit_test(test_a_phrase_with_values),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
