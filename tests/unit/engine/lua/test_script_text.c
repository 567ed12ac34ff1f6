// SPDX-License-Identifier: MIT
#include "tests/unit/script_fixture.h"

static void letters_change_their_case(void **state)
{
    (void)state;
    is("string.upper('abc äöé 客户')", "ABC ÄÖÉ 客户");
    is("('ÄBC'):lower()", "äbc");
    is("string.upper('\\xFFa')", "\xFF"
                                 "A"); // bytes that are no text stay
    is("string.upper('')", "");
    faults("string.upper(nil)", "string expected");
    faults("string.upper(so1)", "string expected");
}

static void parts_of_texts(void **state)
{
    (void)state;
    is("('abcdef'):sub(2, 3)", "bc");
    is("('abcdef'):sub(-2)", "ef");
    is("('abcdef'):sub(0)", "abcdef");
    is("('abcdef'):sub(-100, 2)", "ab");
    is("('abcdef'):sub(4, 2)", "");
    is("('abcdef'):sub(3, 100)", "cdef");
    is("('abc'):sub(-9223372036854775807 - 1, 9223372036854775807)", "abc");
    is("('abc'):sub(1, -9223372036854775807 - 1)", "");
    is("('客户'):len()", "6");
}

static void finding_knows_no_patterns(void **state)
{
    (void)state;
    is("string.find('a.c', '.')", "2");
    is("string.find('abc', '%a') == nil", "true");
    is("string.find('abc', '')", "1");
    is("string.find('', 'a') == nil", "true");
    is("string.find('a\\0b', 'b')", "3");
    is("starts_with('SO1', 'SO') and not starts_with('S', 'SO') and starts_with('x', '')", "true");
    is("ends_with('SO1', '1') and not ends_with('1', 'SO1') and ends_with('x', '')", "true");
}

static void trimming_and_folding(void **state)
{
    (void)state;
    is("'[' .. trim('  a b\\t\\n') .. ']'", "[a b]");
    is("'[' .. trim(' \\n ') .. ']'", "[]");
    is("fold('ＡＢＣ 有限公司') == fold('abc有限公司')", "true");
    is("fold('Straße') == fold('STRASSE')", "true");
    is("fold('a') == fold('b')", "false");
    is("fold('\\xFF')", "\xFF");
}

static void a_nul_byte_is_no_blank(void **state)
{
    (void)state;
    is("#trim('a\\0')", "2");
    is("#trim('\\0a')", "2");
    is("#fold('a\\0b')", "3");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        LUA_TEST(letters_change_their_case), LUA_TEST(parts_of_texts),
        LUA_TEST(finding_knows_no_patterns), LUA_TEST(trimming_and_folding),
        LUA_TEST(a_nul_byte_is_no_blank),
    };
    return cmocka_run_group_tests_name("script_text", tests, NULL, NULL);
}
