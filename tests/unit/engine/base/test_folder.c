// SPDX-License-Identifier: MIT
#include "engine/base/folder.h"

#include "tests/unit/sample_folder.h"

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

static void names_stand_in_the_order_of_their_bytes(void **state)
{
    (void)state;
    static const char *const put[] = {"b.csv", "B.csv", "a.csv", ".hidden", "订单.csv", "a"};
    static const char *const expected[] = {"B.csv", "a", "a.csv", "b.csv", "订单.csv"};
    struct arena *arena = arena_new();
    size_t count;
    for (size_t i = 0; i < sizeof put / sizeof *put; i++)
        folder_put(put[i], "");
    const char *const *names = folder_names(arena, folder, &count);
    assert_int_equal(count, sizeof expected / sizeof *expected);
    for (size_t i = 0; i < count; i++)
        assert_string_equal(names[i], expected[i]);
    arena_free(arena);
}

static void a_folder_that_is_none_has_a_reason(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    size_t count = 7;
    assert_null(folder_names(arena, folder_path("absent"), &count));
    assert_int_equal(errno, ENOENT);
    assert_int_equal(count, 0);
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(names_stand_in_the_order_of_their_bytes, folder_make,
                                        folder_remove),
        cmocka_unit_test_setup_teardown(a_folder_that_is_none_has_a_reason, folder_make,
                                        folder_remove),
    };
    return cmocka_run_group_tests_name("folder", tests, NULL, NULL);
}
