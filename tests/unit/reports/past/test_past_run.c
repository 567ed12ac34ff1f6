// SPDX-License-Identifier: MIT
#include "reports/past/past_run.h"

#include "reports/report.h"
#include "tests/unit/sample_folder.h"
#include "tests/unit/sample_run.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void write_run(const char *const *formats)
{
    struct error error = {0};
    struct sample *sample = sample_new();
    sample->run.formats = formats;
    run_judge(&sample->run);
    struct output *output = output_open(folder_path("out"), &error);
    assert_int_equal(report_write(&sample->run, output, &error), 0);
    output_free(output);
    sample_free(sample);
}

static void what_was_written_is_read_back(void **state)
{
    (void)state;
    struct error error = {0};
    write_run(report_defaults);
    struct past_run *run = past_run_open(folder_path("out"), &error);
    assert_non_null(run);
    assert_int_equal(past_run_read_exceptions(run, &error), 0);
    past_run_sort(run);
    assert_int_equal(run->count, 2);
    const struct past_exception *one = past_run_find(run, "PRC-01:sale:S1/1");
    assert_string_equal(one->amount, "1.00");
    assert_string_equal(one->currency, "CNY");
    assert_string_equal(one->date, "2026-10-05");
    assert_string_equal(one->status, "open");
    assert_null(one->owner);
    assert_null(past_run_find(run, "PRC-01:sale:S2/1#late")->amount);
    assert_null(past_run_find(run, "PRC-01:sale:S3/1"));
    past_run_free(run);
    run = past_run_open(folder_path("out/run.json"), &error);
    assert_string_equal(strrchr(run->folder, '/'), "/out");
    past_run_free(run);
}

static void exceptions_that_were_altered_are_not_read(void **state)
{
    (void)state;
    struct error error = {0};
    write_run(report_defaults);
    folder_put("out/exceptions.jsonl", "{\"id\":\"PRC-01:sale:S1/1\"}\n");
    struct past_run *run = past_run_open(folder_path("out"), &error);
    assert_int_equal(past_run_read_exceptions(run, &error), -1);
    assert_int_equal(error.kind, ERROR_SOURCE);
    past_run_free(run);
}

static void a_run_without_them_or_no_run_at_all_is_a_usage_error(void **state)
{
    (void)state;
    static const char *const formats[] = {"csv", NULL};
    struct error error = {0};
    write_run(formats);
    struct past_run *run = past_run_open(folder_path("out"), &error);
    assert_int_equal(past_run_read_exceptions(run, &error), -1);
    assert_int_equal(error.kind, ERROR_USAGE);
    past_run_free(run);
    assert_null(past_run_open(folder_path("none"), &error));
    assert_int_equal(error.kind, ERROR_USAGE);
    folder_put("run.json", "{\"format\": 99, \"deterministic\": {}}");
    assert_null(past_run_open(folder, &error));
    assert_int_equal(error.kind, ERROR_SOURCE);
}

#define FOLDER_TEST(test) cmocka_unit_test_setup_teardown(test, folder_make, folder_remove)

int main(void)
{
    const struct CMUnitTest tests[] = {
        FOLDER_TEST(what_was_written_is_read_back),
        FOLDER_TEST(exceptions_that_were_altered_are_not_read),
        FOLDER_TEST(a_run_without_them_or_no_run_at_all_is_a_usage_error),
    };
    return cmocka_run_group_tests_name("past_run", tests, NULL, NULL);
}
