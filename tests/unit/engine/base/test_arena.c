// SPDX-License-Identifier: MIT
#include "engine/base/arena.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
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

static void a_list_keeps_what_it_holds_while_it_grows(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    int *list = NULL;
    for (int i = 0; i < 1000; i++) {
        list = arena_extend(arena, list, (size_t)i, sizeof *list);
        list[i] = i;
    }
    for (int i = 0; i < 1000; i++)
        assert_int_equal(list[i], i);
    int *same = arena_extend(arena, list, 0, sizeof *list); // emptied: there is room
    assert_ptr_equal(same, list);
    arena_free(arena);
}

static void what_is_adopted_lives_on(void **state)
{
    (void)state;
    struct arena *arena = arena_new(), *empty = arena_new();
    char *texts[300];
    for (int i = 0; i < 300; i++) {
        struct arena *other = arena_new();
        struct buffer text = {0};
        buffer_printf(&text, "text %d", i);
        texts[i] = arena_text_of(other, &text);
        assert_null(text.data);
        if (i % 100 == 7)
            arena_take(other, 1, 100000);
        arena_adopt(arena, other);
    }
    arena_adopt(arena, empty);
    arena_adopt(arena, NULL);
    for (int i = 0; i < 300; i++) {
        char expected[20];
        snprintf(expected, sizeof expected, "text %d", i);
        assert_string_equal(texts[i], expected);
    }
    char *after = arena_text(arena, "after");
    assert_string_equal(after, "after");
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(things_are_zeroed_aligned_and_apart),
        cmocka_unit_test(large_things_leave_room_for_small_ones),
        cmocka_unit_test(texts_are_copied_with_their_end),
        cmocka_unit_test(a_list_keeps_what_it_holds_while_it_grows),
        cmocka_unit_test(what_is_adopted_lives_on),
    };
    return cmocka_run_group_tests_name("arena", tests, NULL, NULL);
}
