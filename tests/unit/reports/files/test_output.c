// SPDX-License-Identifier: MIT
#include "reports/files/output.h"

#include "engine/base/memory.h"
#include "tests/unit/sample_folder.h"

#include <errno.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include <cmocka.h>

static void expect_content(const char *name, const char *expected)
{
    assert_string_equal(folder_content(name), expected);
}

static void write_whole(struct output *output, const char *name, const char *text)
{
    struct error error = {0};
    assert_int_equal(output_begin(output, name, &error), 0);
    output_add_text(output, text);
    assert_int_equal(output_end(output, &error), 0);
}

static void test_a_file_takes_its_name_when_whole(void **state)
{
    (void)state;
    struct error error = {0};
    struct output *output = output_open(folder, &error);
    assert_non_null(output);
    assert_int_equal(output_begin(output, "exceptions.csv", &error), 0);
    output_add_text(output, "id\n");
    assert_false(folder_has("exceptions.csv"));
    assert_int_equal(output_end(output, &error), 0);
    expect_content("exceptions.csv", "id\n");
    assert_int_equal(folder_entries(), 1);
    output_free(output);
}

static void test_bytes_are_hashed_as_they_are_written(void **state)
{
    (void)state;
    struct error error = {0};
    struct output *output = output_open(folder, &error);
    write_whole(output, "abc", "abc");
    assert_int_equal(output_begin(output, "long", &error), 0);
    for (int i = 0; i < 1000000; i++)
        output_add(output, "a", 1);
    assert_int_equal(output_end(output, &error), 0);
    size_t count;
    const struct output_file *files = output_files(output, &count);
    assert_int_equal(count, 2);
    // FIPS 180-2, examples 1 and 3.
    assert_string_equal(files[0].sha256,
                        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    assert_string_equal(files[1].sha256,
                        "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
    assert_int_equal(files[1].bytes, 1000000);
    output_free(output);
}

static void test_the_folder_is_made_with_its_parents(void **state)
{
    (void)state;
    struct error error = {0};
    struct output *output = output_open(folder_path("a/b/c"), &error);
    assert_non_null(output);
    output_free(output);
    assert_true(folder_has("a/b/c"));
}

static void test_the_earlier_run_record_goes_first(void **state)
{
    (void)state;
    struct error error = {0};
    folder_put(OUTPUT_RUN_RECORD, "{}");
    struct output *output = output_open(folder, &error);
    assert_true(folder_has(OUTPUT_RUN_RECORD));
    assert_int_equal(output_begin(output, "exceptions.csv", &error), 0);
    assert_false(folder_has(OUTPUT_RUN_RECORD));
    output_free(output);
    assert_int_equal(folder_entries(), 0);
}

static void test_only_own_earlier_results_are_removed(void **state)
{
    (void)state;
    static const char *const names[] = {"exceptions.csv", "controls.csv", "report.html", NULL};
    struct error error = {0};
    folder_put("exceptions.csv", "old");
    folder_put("report.html", "old");
    folder_put(".controls.csv.partial", "killed");
    folder_put("notes.docx", "mine");
    folder_put("exceptions.csv.bak", "mine");
    struct output *output = output_open(folder, &error);
    write_whole(output, "exceptions.csv", "new");
    assert_int_equal(output_remove_others(output, names, &error), 0);
    output_free(output);
    expect_content("exceptions.csv", "new");
    expect_content("notes.docx", "mine");
    expect_content("exceptions.csv.bak", "mine");
    assert_int_equal(folder_entries(), 3);
}

static void test_a_folder_of_a_result_s_name_is_not_removed(void **state)
{
    (void)state;
    static const char *const names[] = {"report.html", NULL};
    struct error error = {0};
    assert_int_equal(mkdir(folder_path("report.html"), 0777), 0);
    struct output *output = output_open(folder, &error);
    write_whole(output, "exceptions.csv", "new");
    assert_int_equal(output_remove_others(output, names, &error), 0);
    output_free(output);
    assert_true(folder_has("report.html"));
}

static void test_a_full_disk_leaves_no_half_file(void **state)
{
    (void)state;
    struct rlimit before, limit;
    struct error error = {0};
    folder_put("exceptions.csv", "of the earlier run");
    struct output *output = output_open(folder, &error);
    assert_int_equal(output_begin(output, "exceptions.csv", &error), 0);
    getrlimit(RLIMIT_FSIZE, &before);
    limit = before;
    limit.rlim_cur = 100000;
    setrlimit(RLIMIT_FSIZE, &limit);
    for (int i = 0; i < 100; i++)
        output_add(output, (char[4096]){0}, 4096);
    int result = output_end(output, &error);
    setrlimit(RLIMIT_FSIZE, &before);
    assert_int_equal(result, -1);
    assert_int_equal(error.kind, ERROR_RESULT);
    assert_non_null(strstr(error.where, "exceptions.csv"));
    assert_non_null(strstr(error.message, strerror(EFBIG)));
    expect_content("exceptions.csv", "of the earlier run");
    assert_int_equal(folder_entries(), 1);
    output_free(output);
}

static void test_a_file_that_is_held_has_no_name_yet(void **state)
{
    (void)state;
    struct error error = {0};
    struct output *output = output_open(folder, &error);
    assert_int_equal(output_begin(output, "run.json", &error), 0);
    output_add_text(output, "{}");
    assert_int_equal(output_hold(output, &error), 0);
    assert_false(folder_has("run.json"));
    assert_int_equal(output_end(output, &error), 0);
    expect_content("run.json", "{}");
    output_free(output);

    output = output_open(folder, &error);
    assert_int_equal(output_begin(output, "exceptions.csv", &error), 0);
    assert_int_equal(output_hold(output, &error), 0);
    output_free(output); // given up: nothing of it is left, nor of the earlier record
    assert_int_equal(folder_entries(), 0);
}

static void test_a_file_that_is_withdrawn_was_never_written(void **state)
{
    (void)state;
    struct error error = {0};
    size_t count;
    struct output *output = output_open(folder, &error);
    write_whole(output, "exceptions.csv", "id\n");
    write_whole(output, "run.json", "{}");
    output_withdraw(output);
    assert_false(folder_has("run.json"));
    assert_string_equal(output_files(output, &count)[0].name, "exceptions.csv");
    assert_int_equal(count, 1);
    expect_content("exceptions.csv", "id\n");
    output_free(output);
}

static void test_a_file_begun_and_abandoned_is_removed(void **state)
{
    (void)state;
    struct error error = {0};
    struct output *output = output_open(folder, &error);
    assert_int_equal(output_begin(output, "exceptions.csv", &error), 0);
    assert_int_equal(folder_entries(), 1);
    output_free(output);
    assert_int_equal(folder_entries(), 0);
}

static void test_a_second_run_is_refused_while_the_first_writes(void **state)
{
    (void)state;
    struct error error = {0};
    struct output *first = output_open(folder, &error);
    assert_null(output_open(folder, &error));
    assert_int_equal(error.kind, ERROR_RESULT);
    assert_non_null(strstr(error.message, "another run"));
    output_free(first);
    struct output *second = output_open(folder, &error);
    assert_non_null(second);
    output_free(second);
}

static void test_a_file_in_the_folder_s_place_is_an_error(void **state)
{
    (void)state;
    struct error error = {0};
    folder_put("results", "");
    assert_null(output_open(folder_path("results"), &error));
    assert_int_equal(error.kind, ERROR_RESULT);
}

// A child that begins a file, then ends in some way; its wait status.
static int status_of_child(void (*end)(void))
{
    fflush(NULL);
    pid_t child = fork();
    if (child == 0) {
        struct error error = {0};
        struct output *output = output_open(folder, &error);
        if (!output || output_begin(output, "exceptions.csv", &error) < 0)
            _exit(99);
        output_add_text(output, "half");
        end();
        _exit(98);
    }
    int status;
    waitpid(child, &status, 0);
    return status;
}

static void be_interrupted(void)
{
    raise(SIGINT);
}

static void be_terminated(void)
{
    raise(SIGTERM);
}

static void run_out_of_memory(void)
{
    close(STDERR_FILENO);
    memory_exhausted();
}

static void test_a_signal_leaves_no_half_file(void **state)
{
    (void)state;
    int status = status_of_child(be_interrupted);
    assert_true(WIFSIGNALED(status));
    assert_int_equal(WTERMSIG(status), SIGINT);
    assert_int_equal(folder_entries(), 0);
    status = status_of_child(be_terminated);
    assert_true(WIFSIGNALED(status));
    assert_int_equal(WTERMSIG(status), SIGTERM);
    assert_int_equal(folder_entries(), 0);
}

static void test_exhausted_memory_leaves_no_half_file(void **state)
{
    (void)state;
    int status = status_of_child(run_out_of_memory);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 4);
    assert_int_equal(folder_entries(), 0);
}

static void test_a_folder_without_permission_is_an_error(void **state)
{
    (void)state;
    struct error error = {0};
    if (geteuid() == 0) { // root may write anywhere; the kernel's own folders refuse even root
        assert_null(output_open("/proc/vouch-out", &error));
    } else {
        assert_int_equal(chmod(folder, 0500), 0);
        assert_null(output_open(folder, &error));
        chmod(folder, 0700);
    }
    assert_int_equal(error.kind, ERROR_RESULT);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, folder_make, folder_remove)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_a_file_takes_its_name_when_whole),
        TEST(test_bytes_are_hashed_as_they_are_written),
        TEST(test_the_folder_is_made_with_its_parents),
        TEST(test_the_earlier_run_record_goes_first),
        TEST(test_only_own_earlier_results_are_removed),
        TEST(test_a_folder_of_a_result_s_name_is_not_removed),
        TEST(test_a_full_disk_leaves_no_half_file),
        TEST(test_a_file_that_is_held_has_no_name_yet),
        TEST(test_a_file_that_is_withdrawn_was_never_written),
        TEST(test_a_file_begun_and_abandoned_is_removed),
        TEST(test_a_second_run_is_refused_while_the_first_writes),
        TEST(test_a_file_in_the_folder_s_place_is_an_error),
        TEST(test_a_signal_leaves_no_half_file),
        TEST(test_exhausted_memory_leaves_no_half_file),
        TEST(test_a_folder_without_permission_is_an_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
