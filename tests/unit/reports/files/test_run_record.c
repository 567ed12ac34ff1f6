// SPDX-License-Identifier: MIT
#include "reports/files/run_record.h"

#include "reports/report.h"
#include "tests/unit/sample_folder.h"
#include "tests/unit/sample_run.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/stat.h>

#include <cmocka.h>

// Writes the run into a folder of this name and returns its record; the caller releases it.
static json_t *record_of(struct run *run, const char *name)
{
    struct error error = {0};
    run->formats = report_defaults;
    run_judge(run);
    struct output *output = output_open(folder_path(name), &error);
    assert_int_equal(report_write(run, output, &error), 0);
    output_free(output);
    char path[160];
    snprintf(path, sizeof path, "%s/run.json", name);
    json_t *record = json_loads(folder_content(path), 0, NULL);
    assert_non_null(record);
    return record;
}

static const char *text_at(const json_t *record, const char *group, const char *name)
{
    return json_string_value(json_object_get(json_object_get(record, group), name));
}

static void test_two_runs_differ_in_times_and_places_only(void **state)
{
    (void)state;
    struct sample *sample = sample_new();
    json_t *first = record_of(&sample->run, "first");
    sample->run.jobs = 2;
    json_t *second = record_of(&sample->run, "second");
    assert_true(json_equal(json_object_get(first, "deterministic"),
                           json_object_get(second, "deterministic")));
    assert_false(json_equal(json_object_get(first, "places"), json_object_get(second, "places")));
    json_decref(first);
    json_decref(second);
    sample_free(sample);
}

static void test_the_record_holds_results_counts_and_completeness(void **state)
{
    (void)state;
    struct sample *sample = sample_new();
    json_t *record = record_of(&sample->run, "out");
    json_t *stated = json_object_get(record, "deterministic");
    json_t *results = json_object_get(stated, "results");
    assert_int_equal(json_array_size(results), 9);
    for (size_t i = 0; i < json_array_size(results); i++) {
        json_t *result = json_array_get(results, i);
        assert_int_equal(strlen(json_string_value(json_object_get(result, "sha256"))), 64);
    }
    int high = 0, low = 0, rejected = -1, invalid = -1, not_run = 0, complete = -1;
    assert_int_equal(json_unpack(stated, "{s:{s:{s:i,s:i},s:{s:i,s:i},s:{s:i}},s:b}", "counts",
                                 "exceptions", "high", &high, "low", &low, "data_problems",
                                 "rejected record", &rejected, "invalid cell", &invalid, "controls",
                                 "not_run", &not_run, "complete", &complete),
                     0);
    assert_int_equal(high, 1);
    assert_int_equal(low, 1);
    assert_int_equal(rejected, 0);
    assert_int_equal(invalid, 1);
    assert_int_equal(not_run, 1);
    assert_int_equal(complete, 0);
    json_decref(record);
    sample_free(sample);
}

static void test_a_fixed_date_stands_for_every_moment(void **state)
{
    (void)state;
    struct sample *sample = sample_new();
    setenv("SOURCE_DATE_EPOCH", "1760000000", 1);
    json_t *record = record_of(&sample->run, "out");
    assert_string_equal(text_at(record, "times", "started"), "2025-10-09T08:53:20Z");
    assert_string_equal(text_at(record, "times", "finished"), "2025-10-09T08:53:20Z");
    json_decref(record);
    setenv("SOURCE_DATE_EPOCH", "soon", 1); // no number: the clock
    record = record_of(&sample->run, "out");
    assert_string_not_equal(text_at(record, "times", "finished"), "2025-10-09T08:53:20Z");
    unsetenv("SOURCE_DATE_EPOCH");
    json_decref(record);
    sample_free(sample);
}

static void test_the_way_from_results_to_engagement(void **state)
{
    (void)state;
    struct sample *sample = sample_new();
    char engagement[160];
    strcpy(engagement, folder_path("books"));
    mkdir(engagement, 0777);
    sample->engagement.folder = engagement;
    json_t *record = record_of(&sample->run, "books/vouch-out");
    assert_string_equal(text_at(record, "places", "from_results"), "..");
    json_decref(record);
    record = record_of(&sample->run, "books");
    assert_string_equal(text_at(record, "places", "from_results"), ".");
    json_decref(record);
    record = record_of(&sample->run, "bookshelf/a");
    assert_string_equal(text_at(record, "places", "from_results"), "../../books");
    json_decref(record);
    sample_free(sample);
}

static void test_formats_not_asked_for_are_removed(void **state)
{
    (void)state;
    struct error error = {0};
    static const char *const formats[] = {"jsonl", NULL};
    struct sample *sample = sample_new();
    json_decref(record_of(&sample->run, "out"));
    assert_true(folder_has("out/controls.csv"));
    sample->run.formats = formats;
    struct output *output = output_open(folder_path("out"), &error);
    assert_int_equal(report_write(&sample->run, output, &error), 0);
    output_free(output);
    assert_false(folder_has("out/controls.csv"));
    assert_true(folder_has("out/exceptions.jsonl"));
    assert_true(folder_has("out/run.json"));
    sample_free(sample);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, folder_make, folder_remove)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_two_runs_differ_in_times_and_places_only),
        TEST(test_the_record_holds_results_counts_and_completeness),
        TEST(test_a_fixed_date_stands_for_every_moment),
        TEST(test_the_way_from_results_to_engagement),
        TEST(test_formats_not_asked_for_are_removed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
