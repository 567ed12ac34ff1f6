// SPDX-License-Identifier: MIT
#include "reports/figures/run.h"

#include "tests/unit/sample_run.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static int code_of(struct sample *sample, int fail_on)
{
    run_judge(&sample->run);
    return run_exit_code(&sample->run, fail_on, fail_on);
}

// The sample without its invalid cell and its missed expectation: a complete run.
static struct sample *complete_sample(void)
{
    struct sample *sample = sample_new();
    struct data *data = (struct data *)sample->run.data;
    problem_clear(&data->problems);
    data->expectations[0].met = true;
    return sample;
}

static void test_exceptions_of_a_complete_run_give_1(void **state)
{
    (void)state;
    struct sample *sample = complete_sample();
    assert_int_equal(code_of(sample, SEVERITY_LOW), 1);
    assert_int_equal(code_of(sample, SEVERITY_HIGH), 1);
    assert_int_equal(code_of(sample, SEVERITY_CRITICAL), 0);
    assert_int_equal(code_of(sample, -1), 0);
    sample->evaluation.finding_count = 0;
    assert_int_equal(code_of(sample, SEVERITY_LOW), 0);
    sample_free(sample);
}

static void test_severity_is_the_exception_s_own(void **state)
{
    (void)state;
    struct sample *sample = complete_sample();
    sample->evaluation.findings = &sample->findings[1]; // a low one of a high control
    sample->evaluation.finding_count = 1;
    assert_int_equal(code_of(sample, SEVERITY_MEDIUM), 0);
    assert_int_equal(code_of(sample, SEVERITY_LOW), 1);
    sample_free(sample);
}

static void test_rejected_records_and_invalid_cells_make_it_incomplete(void **state)
{
    (void)state;
    struct sample *sample = complete_sample();
    struct problem_list *problems = &((struct data *)sample->run.data)->problems;
    problem_add(problems, PROBLEM_DUPLICATE_KEY, 0, 0, 2, "key", "x", 1, "twice");
    problem_add(problems, PROBLEM_DANGLING_REFERENCE, 0, 0, 2, "key", "x", 1, "unknown");
    assert_int_equal(code_of(sample, SEVERITY_LOW), 1);
    problem_add(problems, PROBLEM_REJECTED_RECORD, 0, 0, 3, NULL, "x", 1, "too short");
    assert_int_equal(code_of(sample, -1), 3);
    problem_clear(problems);
    problem_add(problems, PROBLEM_INVALID_CELL, 0, 0, 3, "floor", "x", 1, "no number");
    assert_int_equal(code_of(sample, -1), 3);
    sample_free(sample);
}

static void test_a_missed_expectation_makes_it_incomplete(void **state)
{
    (void)state;
    struct sample *sample = complete_sample();
    ((struct data *)sample->run.data)->expectations[0].met = false;
    assert_int_equal(code_of(sample, SEVERITY_LOW), 3);
    assert_int_equal(sample->run.verdict.missed_expectations, 1);
    sample_free(sample);
}

static void test_a_failed_control_makes_it_incomplete(void **state)
{
    (void)state;
    struct sample *sample = complete_sample();
    sample->results[1].status = STATUS_FAILED;
    assert_int_equal(code_of(sample, SEVERITY_LOW), 3);
    sample->controls[1].selected = false; // not part of the run
    assert_int_equal(code_of(sample, SEVERITY_LOW), 1);
    sample_free(sample);
}

static void test_a_required_control_must_be_fully_tested(void **state)
{
    (void)state;
    struct sample *sample = complete_sample();
    sample->controls[0].required = true;
    assert_int_equal(code_of(sample, SEVERITY_LOW), 1);
    sample->results[0].untestable = 1;
    assert_int_equal(code_of(sample, SEVERITY_LOW), 3);
    sample->results[0].untestable = 0;
    sample->results[0].errors = 1;
    assert_int_equal(code_of(sample, SEVERITY_LOW), 3);
    sample->controls[0].required = false;
    assert_int_equal(code_of(sample, SEVERITY_LOW), 1);
    sample->controls[1].required = true; // not run
    assert_int_equal(code_of(sample, SEVERITY_LOW), 3);
    sample->results[1].status = STATUS_DISABLED;
    assert_int_equal(code_of(sample, SEVERITY_LOW), 3);
    sample->results[1].status = STATUS_CLEAN;
    assert_int_equal(code_of(sample, SEVERITY_LOW), 1);
    sample_free(sample);
}

static void test_a_required_control_outside_the_run_counts_unless_left_out_by_name(void **state)
{
    (void)state;
    struct sample *sample = complete_sample();
    sample->controls[2].required = true; // its profile is not the engagement's
    assert_int_equal(code_of(sample, SEVERITY_LOW), 3);
    sample->run.only = "PRC-01";
    assert_int_equal(code_of(sample, SEVERITY_LOW), 1);
    sample_free(sample);
}

static void test_a_run_in_which_no_control_ran_is_incomplete(void **state)
{
    (void)state;
    struct sample *sample = complete_sample();
    sample->evaluation.finding_count = 0;
    sample->results[0].status = STATUS_UNTESTED;
    sample->results[0].tested = 0;
    assert_int_equal(code_of(sample, SEVERITY_LOW), 3);
    sample->results[0].status = STATUS_DISABLED;
    assert_int_equal(code_of(sample, SEVERITY_LOW), 3);
    sample->results[0].status = STATUS_PARTIAL;
    sample->results[0].tested = 1;
    assert_int_equal(code_of(sample, SEVERITY_LOW), 0);
    sample_free(sample);
}

static void test_what_is_clean_under_assumptions_or_has_no_row_counts_as_tested(void **state)
{
    (void)state;
    struct sample *sample = complete_sample();
    sample->evaluation.finding_count = 0;
    sample->controls[1].required = true;
    sample->results[1].status = STATUS_CONDITIONAL;
    assert_int_equal(code_of(sample, SEVERITY_LOW), 0);
    sample->results[1].status = STATUS_UNTESTED;
    assert_int_equal(code_of(sample, SEVERITY_LOW), 0);
    sample->controls[1].required_tested = true;
    assert_int_equal(code_of(sample, SEVERITY_LOW), 3);
    sample->results[1].status = STATUS_CONDITIONAL;
    assert_int_equal(code_of(sample, SEVERITY_LOW), 3);
    sample->results[1].status = STATUS_CLEAN;
    assert_int_equal(code_of(sample, SEVERITY_LOW), 0);
    sample_free(sample);
}

static void test_exceptions_that_rest_on_assumptions_have_a_severity_of_their_own(void **state)
{
    (void)state;
    struct sample *sample = complete_sample();
    uint16_t rests[] = {1};
    sample->evaluation.finding_count = 1; // of high severity
    sample->findings[0].rests = rests;
    sample->findings[0].rest_count = 1;
    run_judge(&sample->run);
    assert_int_equal(sample->run.verdict.assumed[SEVERITY_HIGH], 1);
    assert_int_equal(run_exit_code(&sample->run, SEVERITY_LOW, SEVERITY_HIGH), 1);
    assert_int_equal(run_exit_code(&sample->run, SEVERITY_LOW, SEVERITY_CRITICAL), 0);
    assert_int_equal(run_exit_code(&sample->run, SEVERITY_LOW, -1), 0);
    sample->findings[0].rests = NULL;
    sample->findings[0].rest_count = 0;
    run_judge(&sample->run);
    assert_int_equal(run_exit_code(&sample->run, SEVERITY_LOW, -1), 1);
    assert_int_equal(run_exit_code(&sample->run, -1, SEVERITY_LOW), 0);
    sample_free(sample);
}

static void note(void *context, const char *result, size_t done, size_t total)
{
    size_t *told = context;
    assert_string_equal(result, "exceptions.csv");
    told[0]++;
    told[1] = done;
    told[2] = total;
}

static void test_progress_is_told_now_and_then(void **state)
{
    (void)state;
    struct sample *sample = complete_sample();
    size_t told[3] = {0};
    run_tell(&sample->run, "exceptions.csv", 0); // nobody asks
    sample->run.progress = note;
    sample->run.progress_context = told;
    for (size_t done = 0; done < 3000; done++)
        run_tell(&sample->run, "exceptions.csv", done);
    assert_int_equal(told[0], 3);
    assert_int_equal(told[1], 2048);
    assert_int_equal(told[2], sample->evaluation.finding_count);
    sample_free(sample);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_exceptions_of_a_complete_run_give_1),
        cmocka_unit_test(test_severity_is_the_exception_s_own),
        cmocka_unit_test(test_rejected_records_and_invalid_cells_make_it_incomplete),
        cmocka_unit_test(test_a_missed_expectation_makes_it_incomplete),
        cmocka_unit_test(test_a_failed_control_makes_it_incomplete),
        cmocka_unit_test(test_a_required_control_must_be_fully_tested),
        cmocka_unit_test(test_a_required_control_outside_the_run_counts_unless_left_out_by_name),
        cmocka_unit_test(test_progress_is_told_now_and_then),
        cmocka_unit_test(test_a_run_in_which_no_control_ran_is_incomplete),
        cmocka_unit_test(test_what_is_clean_under_assumptions_or_has_no_row_counts_as_tested),
        cmocka_unit_test(test_exceptions_that_rest_on_assumptions_have_a_severity_of_their_own),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
