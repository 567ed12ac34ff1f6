// SPDX-License-Identifier: MIT
#include "reports/files/scratch.h"

#include "tests/unit/sample_folder.h"

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

static void test_it_is_read_and_written_and_has_no_name(void **state)
{
    (void)state;
    char bytes[4] = "";
    struct stat about;
    int file = scratch_open(folder);
    assert_true(file >= 0);
    assert_int_equal(folder_entries(), 0);
    assert_int_equal(write(file, "abc", 3), 3);
    assert_int_equal(pread(file, bytes, sizeof bytes, 0), 3);
    assert_string_equal(bytes, "abc");
    assert_int_equal(fstat(file, &about), 0);
    assert_int_equal(about.st_nlink, 0);
    assert_int_equal(about.st_mode & 0777, 0600);
    close(file);
}

static void test_a_folder_that_is_not_there(void **state)
{
    (void)state;
    assert_int_equal(scratch_open(folder_path("missing")), -1);
    assert_int_equal(errno, ENOENT);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, folder_make, folder_remove)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_it_is_read_and_written_and_has_no_name),
        TEST(test_a_folder_that_is_not_there),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
