// SPDX-License-Identifier: MIT
#include "reports/html/html_text.h"

#include <string.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

static struct buffer out;

static const char *escaped(const char *text)
{
    buffer_reset(&out);
    html_text_add(&out, text);
    return buffer_text(&out);
}

static const char *anchor(const char *id)
{
    buffer_reset(&out);
    html_anchor_add(&out, id);
    return buffer_text(&out);
}

static void test_markup_is_text(void **state)
{
    (void)state;
    assert_string_equal(escaped("<script>alert('1')</script> & \"so\""),
                        "&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt; &amp; &quot;so&quot;");
    assert_string_equal(escaped("客户 Müller"), "客户 Müller");
    assert_string_equal(escaped(NULL), "");
}

static void test_control_characters_are_written_out(void **state)
{
    (void)state;
    assert_string_equal(escaped("a\x01"
                                "b\x7F"),
                        "a<i>U+0001</i>b<i>U+007F</i>");
    assert_string_equal(escaped("\xC2\x85"), "<i>U+0085</i>");
    assert_string_equal(escaped("a\tb\nc\rd"), "a b c d");
}

static void test_what_turns_the_direction_is_written_out_and_marks_stay(void **state)
{
    (void)state;
    assert_string_equal(escaped("abc\u202Etxt.exe"), "abc<i>U+202E</i>txt.exe");
    assert_string_equal(escaped("\u202A\u2066\u2069"), "<i>U+202A</i><i>U+2066</i><i>U+2069</i>");
    assert_string_equal(escaped("\u200Fשלום\u200E"), "\u200Fשלום\u200E");
}

static void test_what_is_no_utf8_is_replaced(void **state)
{
    (void)state;
    assert_string_equal(escaped("a\xE4\xBDz"), "a\uFFFD\uFFFDz");
    assert_string_equal(escaped("\xEF\xBF\xBE"), "\uFFFD");             // U+FFFE
    assert_string_equal(escaped("\xED\xA0\x80"), "\uFFFD\uFFFD\uFFFD"); // a surrogate
}

static void test_long_text_is_cut_between_characters(void **state)
{
    (void)state;
    buffer_reset(&out);
    assert_true(html_text_add_some(&out, "客户名称", 2));
    assert_string_equal(buffer_text(&out), "客户…");
    buffer_reset(&out);
    assert_false(html_text_add_some(&out, "<客", 2));
    assert_string_equal(buffer_text(&out), "&lt;客");
}

static void test_an_anchor_is_the_id_where_that_is_plain(void **state)
{
    (void)state;
    assert_string_equal(anchor("PRC-01:sale:S1/1"), "PRC-01:sale:S1/1");
    assert_string_equal(anchor("PRC-01:sale:S1/1#late"), "PRC-01:sale:S1/1~23late");
    assert_string_equal(anchor("a b\"<%2F~"), "a~20b~22~3C~252F~7E");
    assert_string_equal(anchor("客"), "~E5~AE~A2");
}

static void test_a_long_id_gives_a_short_anchor_of_its_own(void **state)
{
    (void)state;
    char first[1001], second[1001], kept[128];
    memset(first, 'x', 1000);
    first[1000] = '\0';
    memcpy(second, first, sizeof second);
    second[999] = 'y';
    assert_int_equal(strlen(anchor(first)), 66);
    snprintf(kept, sizeof kept, "%s", anchor(first));
    assert_string_not_equal(anchor(second), kept);
}

static int clear(void **state)
{
    (void)state;
    buffer_clear(&out);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_markup_is_text),
        cmocka_unit_test(test_control_characters_are_written_out),
        cmocka_unit_test(test_what_turns_the_direction_is_written_out_and_marks_stay),
        cmocka_unit_test(test_what_is_no_utf8_is_replaced),
        cmocka_unit_test(test_long_text_is_cut_between_characters),
        cmocka_unit_test(test_an_anchor_is_the_id_where_that_is_plain),
        cmocka_unit_test(test_a_long_id_gives_a_short_anchor_of_its_own),
    };
    return cmocka_run_group_tests(tests, NULL, clear);
}
