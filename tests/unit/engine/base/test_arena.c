// SPDX-License-Identifier: MIT
#include "engine/base/arena.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void things_are_zeroed_aligned_and_apart(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    char *things[2000];
    for (size_t i = 0; i < 2000; i++) {
        things[i] = arena_take(arena, i % 97 + 1, 1);
        assert_int_equal((uintptr_t)things[i] % _Alignof(max_align_t), 0);
        for (size_t byte = 0; byte <= i % 97; byte++)
            assert_int_equal(things[i][byte], 0);
        memset(things[i], (int)(i % 127) + 1, i % 97 + 1);
    }
    for (size_t i = 0; i < 2000; i++)
        for (size_t byte = 0; byte <= i % 97; byte++)
            assert_int_equal(things[i][byte], i % 127 + 1);
    arena_free(arena);
}

static void large_things_leave_room_for_small_ones(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    char *before = arena_take(arena, 16, 1);
    char *large = arena_take(arena, 1 << 20, 1);
    char *after = arena_take(arena, 16, 1);
    memset(large, 'x', 1 << 20);
    assert_ptr_equal(after, before + 16);
    assert_int_equal(before[0] | after[0], 0);
    arena_free(arena);
}

static void texts_are_copied_with_their_end(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    char text[] = "PRC-01";
    char *whole = arena_text(arena, text), *part = arena_text_n(arena, text, 3);
    memset(text, '?', 6);
    assert_string_equal(whole, "PRC-01");
    assert_string_equal(part, "PRC");
    assert_string_equal(arena_text_n(arena, NULL, 0), "");
    assert_null(arena_text(arena, NULL));
    arena_free(arena);
    arena_free(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(things_are_zeroed_aligned_and_apart),
        cmocka_unit_test(large_things_leave_room_for_small_ones),
        cmocka_unit_test(texts_are_copied_with_their_end),
    };
    return cmocka_run_group_tests_name("arena", tests, NULL, NULL);
}
