// SPDX-License-Identifier: MIT
#include "engine/base/buffer.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void an_empty_buffer_is_an_empty_text(void **state)
{
    (void)state;
    struct buffer buffer = {0};
    assert_string_equal(buffer_text(&buffer), "");
    buffer_add(&buffer, NULL, 0);
    assert_string_equal(buffer_text(&buffer), "");
    buffer_clear(&buffer);
    char *taken = buffer_take(&buffer);
    assert_string_equal(taken, "");
    free(taken);
    buffer_reset(&buffer);
    assert_string_equal(buffer_text(&buffer), "");
}

static void what_is_added_is_always_terminated(void **state)
{
    (void)state;
    struct buffer buffer = {0};
    for (size_t i = 0; i < 1000; i++) {
        buffer_add_byte(&buffer, (char)('a' + i % 26));
        assert_int_equal(buffer.length, i + 1);
        assert_int_equal(buffer.data[i + 1], 0);
        assert_true(buffer.capacity > buffer.length);
    }
    assert_int_equal(buffer.data[0], 'a');
    assert_int_equal(buffer.data[999], 'a' + 999 % 26);
    buffer_clear(&buffer);
    assert_null(buffer.data);
    assert_int_equal(buffer.length, 0);
}

static void a_long_text_is_cut_after_whole_characters(void **state)
{
    (void)state;
    struct buffer buffer = {0};
    buffer_add_text(&buffer, "head:价价价");
    buffer_shorten(&buffer, 5, 9); // it fits
    assert_string_equal(buffer_text(&buffer), "head:价价价");
    buffer_shorten(&buffer, 5, 8);
    assert_string_equal(buffer_text(&buffer), "head:价价…");
    buffer_shorten(&buffer, 0, 4);
    assert_string_equal(buffer_text(&buffer), "head…");
    buffer_clear(&buffer);
}

static void bytes_may_hold_nul(void **state)
{
    (void)state;
    struct buffer buffer = {0};
    buffer_add(&buffer, "a\0b", 3);
    buffer_add_text(&buffer, "c");
    assert_int_equal(buffer.length, 4);
    assert_memory_equal(buffer.data, "a\0bc", 5);
    buffer_clear(&buffer);
}

static void printing_grows_as_needed(void **state)
{
    (void)state;
    struct buffer buffer = {0};
    buffer_printf(&buffer, "%s", "");
    assert_string_equal(buffer_text(&buffer), "");
    // Exactly the room at hand, one less and one more.
    for (int length = 60; length < 70; length++) {
        buffer_clear(&buffer);
        buffer_printf(&buffer, "%0*d", length, 7);
        assert_int_equal(buffer.length, length);
        assert_int_equal(strlen(buffer.data), length);
        buffer_printf(&buffer, "%0*d", length, 8);
        assert_int_equal(strlen(buffer.data), 2 * length);
        assert_int_equal(buffer.data[length - 1], '7');
    }
    buffer_clear(&buffer);
}

static void resetting_keeps_the_memory(void **state)
{
    (void)state;
    struct buffer buffer = {0};
    buffer_add_text(&buffer, "something");
    size_t capacity = buffer.capacity;
    buffer_reset(&buffer);
    assert_string_equal(buffer_text(&buffer), "");
    assert_int_equal(buffer.capacity, capacity);
    buffer_add_text(&buffer, "x");
    assert_string_equal(buffer_text(&buffer), "x");
    char *taken = buffer_take(&buffer);
    assert_string_equal(taken, "x");
    assert_null(buffer.data);
    assert_int_equal(buffer.capacity, 0);
    free(taken);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_empty_buffer_is_an_empty_text),
        cmocka_unit_test(what_is_added_is_always_terminated),
        cmocka_unit_test(a_long_text_is_cut_after_whole_characters),
        cmocka_unit_test(bytes_may_hold_nul),
        cmocka_unit_test(printing_grows_as_needed),
        cmocka_unit_test(resetting_keeps_the_memory),
    };
    return cmocka_run_group_tests_name("buffer", tests, NULL, NULL);
}
