// SPDX-License-Identifier: MIT
#include "engine/base/dictionary.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void codes_count_in_order_of_appearance(void **state)
{
    (void)state;
    struct dictionary *texts = dictionary_new();
    assert_int_equal(dictionary_add(texts, "b", 1), 0);
    assert_int_equal(dictionary_add(texts, "a", 1), 1);
    assert_int_equal(dictionary_add(texts, "b", 1), 0);
    assert_int_equal(dictionary_count(texts), 2);
    assert_int_equal(dictionary_find(texts, "a", 1), 1);
    assert_int_equal(dictionary_find(texts, "c", 1), DICTIONARY_NONE);
    assert_int_equal(dictionary_count(texts), 2);
    dictionary_free(texts);
    dictionary_free(NULL);
}

static void texts_that_look_alike_are_distinct(void **state)
{
    (void)state;
    static const struct {
        const char *bytes;
        size_t length;
    } texts[] = {{"", 0},     {"\0", 1}, {"\0\0", 2},    {"a", 1},         {"a\0", 2},
                 {"a\0b", 3}, {"A", 1},  {"客户", 6},    {"12345678", 8},  {"12345678\0", 9},
                 {"a ", 2},   {" a", 2}, {"1234567", 7}, {"123456789", 9}, {"\xFF", 1}};
    enum { COUNT = sizeof texts / sizeof *texts };
    struct dictionary *all = dictionary_new();
    for (size_t i = 0; i < COUNT; i++)
        assert_int_equal(dictionary_add(all, texts[i].bytes, texts[i].length), i);
    for (size_t i = 0; i < COUNT; i++) {
        assert_int_equal(dictionary_find(all, texts[i].bytes, texts[i].length), i);
        struct text text = dictionary_get(all, (uint32_t)i);
        assert_int_equal(text.length, texts[i].length);
        assert_memory_equal(text.bytes, texts[i].bytes, text.length + 1);
    }
    dictionary_free(all);
}

static void many_texts_keep_their_codes_and_places(void **state)
{
    (void)state;
    enum { MANY = 100000 };
    struct dictionary *texts = dictionary_new();
    char text[32];
    dictionary_add(texts, "0", 1);
    struct text first = dictionary_get(texts, 0);
    for (int i = 0; i < MANY; i++) {
        int length = snprintf(text, sizeof text, "%d", i);
        assert_int_equal(dictionary_add(texts, text, (size_t)length), i);
    }
    assert_int_equal(dictionary_count(texts), MANY);
    for (int i = 0; i < MANY; i += 7) {
        int length = snprintf(text, sizeof text, "%d", i);
        assert_int_equal(dictionary_find(texts, text, (size_t)length), i);
        assert_string_equal(dictionary_get(texts, (uint32_t)i).bytes, text);
    }
    assert_ptr_equal(dictionary_get(texts, 0).bytes, first.bytes);
    assert_true(dictionary_memory(texts) > MANY * 5);
    dictionary_free(texts);
}

static void a_text_longer_than_a_block_is_kept_whole(void **state)
{
    (void)state;
    size_t length = (1 << 20) + 3;
    char *text = malloc(length);
    memset(text, 'x', length);
    struct dictionary *texts = dictionary_new();
    dictionary_add(texts, "before", 6);
    assert_int_equal(dictionary_add(texts, text, length), 1);
    assert_int_equal(dictionary_add(texts, text, length - 1), 2);
    assert_int_equal(dictionary_add(texts, "after", 5), 3);
    struct text kept = dictionary_get(texts, 1);
    assert_int_equal(kept.length, length);
    assert_memory_equal(kept.bytes, text, length);
    assert_int_equal(kept.bytes[length], 0);
    assert_string_equal(dictionary_get(texts, 0).bytes, "before");
    assert_string_equal(dictionary_get(texts, 3).bytes, "after");
    dictionary_free(texts);
    free(text);
}

static void the_code_of_a_text_may_be_added_from_the_dictionary_itself(void **state)
{
    (void)state;
    struct dictionary *texts = dictionary_new();
    dictionary_add(texts, "text", 4);
    for (int i = 0; i < 1000; i++) {
        struct text known = dictionary_get(texts, (uint32_t)i);
        char longer[16];
        snprintf(longer, sizeof longer, "%d", i);
        assert_int_equal(dictionary_add(texts, known.bytes, known.length), i);
        assert_int_equal(dictionary_add(texts, longer, strlen(longer)), i + 1);
    }
    dictionary_free(texts);
}

static void many_at_once_get_the_codes_of_one_by_one(void **state)
{
    (void)state;
    enum { MANY = 20000, DISTINCT = 9000 };
    static char bytes[MANY][40];
    static struct text texts[MANY];
    static uint32_t codes[MANY];
    struct dictionary *one = dictionary_new(), *many = dictionary_new();
    for (int i = 0; i < MANY; i++) {
        // Short, of two words and long ones; some follow themselves, some come back later.
        int number = i % 3 == 0 ? i / 3 % DISTINCT : i % DISTINCT;
        int length = snprintf(bytes[i], sizeof bytes[i], "%.*s%d", number % 25,
                              "a long text that is kept apart", number);
        texts[i] = (struct text){bytes[i], (size_t)length};
    }
    dictionary_add_many(many, texts, 0, codes);
    assert_int_equal(dictionary_count(many), 0);
    dictionary_add_many(many, texts, 5, codes);
    dictionary_add_many(many, texts, MANY, codes);
    for (int i = 0; i < MANY; i++)
        assert_int_equal(codes[i], dictionary_add(one, texts[i].bytes, texts[i].length));
    assert_int_equal(dictionary_count(many), dictionary_count(one));
    dictionary_free(one);
    dictionary_free(many);
}

static void texts_compare_bytewise(void **state)
{
    (void)state;
    assert_int_equal(text_compare((struct text){"a", 1}, (struct text){"a", 1}), 0);
    assert_true(text_compare((struct text){"a", 1}, (struct text){"b", 1}) < 0);
    assert_true(text_compare((struct text){"a", 1}, (struct text){"a\0", 2}) < 0);
    assert_true(text_compare((struct text){"", 0}, (struct text){"a", 1}) < 0);
    assert_true(text_compare((struct text){"Z", 1}, (struct text){"a", 1}) < 0);
    assert_true(text_compare((struct text){"\xE5", 1}, (struct text){"z", 1}) > 0);
    assert_true(text_compare((struct text){"10", 2}, (struct text){"9", 1}) < 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(codes_count_in_order_of_appearance),
        cmocka_unit_test(texts_that_look_alike_are_distinct),
        cmocka_unit_test(many_texts_keep_their_codes_and_places),
        cmocka_unit_test(a_text_longer_than_a_block_is_kept_whole),
        cmocka_unit_test(the_code_of_a_text_may_be_added_from_the_dictionary_itself),
        cmocka_unit_test(many_at_once_get_the_codes_of_one_by_one),
        cmocka_unit_test(texts_compare_bytewise),
    };
    return cmocka_run_group_tests_name("dictionary", tests, NULL, NULL);
}
