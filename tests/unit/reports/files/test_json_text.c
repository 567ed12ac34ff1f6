// SPDX-License-Identifier: MIT
#include "reports/files/json_text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

static void expect(const char *text, const char *expected)
{
    struct buffer out = {0};
    json_text_add(&out, text);
    assert_string_equal(buffer_text(&out), expected);
    buffer_clear(&out);
    // The tree of run.json and the lines of exceptions.jsonl write the same text.
    json_t *value = json_text(text);
    char *dumped = json_dumps(value, JSON_ENCODE_ANY);
    assert_string_equal(dumped, expected);
    free(dumped);
    json_decref(value);
}

static void test_plain_text(void **state)
{
    (void)state;
    expect("", "\"\"");
    expect(NULL, "null");
    expect("SO1/1", "\"SO1/1\"");
    expect("低于最低限价 😀", "\"低于最低限价 😀\"");
}

static void test_what_json_escapes(void **state)
{
    (void)state;
    expect("say \"no\" \\ yes", "\"say \\\"no\\\" \\\\ yes\"");
    expect("\b\f\n\r\t", "\"\\b\\f\\n\\r\\t\"");
    expect("\001\037\177", "\"\\u0001\\u001F\177\"");
}

static void test_bytes_that_are_no_utf8(void **state)
{
    (void)state;
    expect("\xE4\xBD", "\"\xEF\xBF\xBD\xEF\xBF\xBD\"");
    expect("a\xFFz", "\"a\xEF\xBF\xBDz\"");
    expect("\xC0\xAF", "\"\xEF\xBF\xBD\xEF\xBF\xBD\"");                 // overlong
    expect("\xED\xA0\x80", "\"\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\""); // a surrogate
    expect("\xE4\xBD\xA0\xE4", "\"\xE4\xBD\xA0\xEF\xBF\xBD\"");
    expect("\xE4\"", "\"\xEF\xBF\xBD\\\"\"");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_plain_text),
        cmocka_unit_test(test_what_json_escapes),
        cmocka_unit_test(test_bytes_that_are_no_utf8),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
