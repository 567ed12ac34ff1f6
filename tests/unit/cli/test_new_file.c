// SPDX-License-Identifier: MIT
#include "cli/new_file.h"

#include "tests/unit/sample_folder.h"

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static void a_file_is_written_once(void **state)
{
    (void)state;
    struct buffer text = {0}, nothing = {0};
    buffer_add_text(&text, "order_id\n");
    assert_int_equal(new_file_write(folder_path("order.csv"), &text), 0);
    assert_int_equal(new_file_write(folder_path("order.csv"), &nothing), -1);
    assert_int_equal(errno, EEXIST);
    char read[32] = "";
    FILE *file = fopen(folder_path("order.csv"), "r");
    assert_non_null(fgets(read, sizeof read, file));
    fclose(file);
    assert_string_equal(read, "order_id\n"); // as it was
    assert_int_equal(new_file_write(folder_path("empty.csv"), &nothing), 0);
    assert_true(folder_has("empty.csv"));
    buffer_clear(&text);
}

static void what_cannot_be_written_whole_is_not_there(void **state)
{
    (void)state;
    struct buffer text = {0};
    buffer_add_text(&text, "order_id\n");
    assert_int_equal(new_file_write(folder_path("absent/order.csv"), &text), -1);
    assert_int_equal(errno, ENOENT);
    symlink("/dev/full", folder_path("full.csv")); // is there: not written through
    assert_int_equal(new_file_write(folder_path("full.csv"), &text), -1);
    assert_int_equal(errno, EEXIST);
    buffer_clear(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_file_is_written_once, folder_make, folder_remove),
        cmocka_unit_test_setup_teardown(what_cannot_be_written_whole_is_not_there, folder_make,
                                        folder_remove),
    };
    return cmocka_run_group_tests_name("new_file", tests, NULL, NULL);
}
