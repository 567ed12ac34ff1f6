// SPDX-License-Identifier: MIT
#include "reports/figures/grading.h"

#include "tests/unit/sample_run.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

enum { FINDINGS = 8 };
static struct sample *sample;
static struct finding findings[FINDINGS];
static struct grading grading;

// Material from 100 or three grave exceptions, significant from 40 or two.
static int begin(void **state)
{
    (void)state;
    sample = sample_new();
    memset(findings, 0, sizeof findings);
    sample->evaluation.findings = findings;
    sample->evaluation.finding_count = 0;
    sample->engagement.materiality = (struct materiality){true, {100, 0}, {40, 0}, 2, 3};
    return 0;
}

static int end(void **state)
{
    (void)state;
    sample_free(sample);
    return 0;
}

static void find(enum severity severity, int64_t amount)
{
    struct finding *finding = &findings[sample->evaluation.finding_count++];
    *finding = (struct finding){.control = 0,
                                .table = model_find_table(sample->engagement.model, "sale"),
                                .key = "x",
                                .severity = severity,
                                .has_amount = true,
                                .amount = {amount, 0},
                                .currency = sample->currency};
}

static void assert_grade(enum grade grade, const char *reasons)
{
    struct buffer text = {0};
    grading_init(&grading, &sample->run);
    assert_int_equal(grading.controls[0].grade, grade);
    grade_reasons(grading.controls[0].reasons, NULL, &text);
    assert_string_equal(buffer_text(&text), reasons);
    buffer_clear(&text);
}

static void without_open_exceptions_there_is_no_deficiency(void **state)
{
    (void)state;
    assert_grade(GRADE_NONE, "");
}

static void a_small_one_is_general(void **state)
{
    (void)state;
    find(SEVERITY_HIGH, 39);
    assert_grade(GRADE_GENERAL, "");
    assert_int_equal(grading.grades[GRADE_GENERAL], 1);
    assert_int_equal(grading.grades[GRADE_NONE], 2); // the other controls
}

static void amounts_at_the_thresholds(void **state)
{
    (void)state;
    find(SEVERITY_LOW, 30);
    find(SEVERITY_LOW, -10); // by size: an understatement takes none away
    assert_grade(GRADE_SIGNIFICANT, "amount");
    find(SEVERITY_LOW, 60);
    assert_grade(GRADE_MATERIAL, "amount");
}

static void grave_exceptions_are_counted_and_others_are_not(void **state)
{
    (void)state;
    for (int i = 0; i < 3; i++)
        find(SEVERITY_MEDIUM, 1);
    find(SEVERITY_HIGH, 1);
    assert_grade(GRADE_GENERAL, "");
    find(SEVERITY_HIGH, 1);
    assert_grade(GRADE_SIGNIFICANT, "count");
    find(SEVERITY_CRITICAL, 1);
    assert_grade(GRADE_MATERIAL, "count");
}

static void a_critical_one_is_significant(void **state)
{
    (void)state;
    find(SEVERITY_CRITICAL, 40);
    assert_grade(GRADE_SIGNIFICANT, "amount, severity");
}

static void transactions_and_other_currencies_are_no_loss_in_it(void **state)
{
    (void)state;
    find(SEVERITY_LOW, 1000);
    sample->controls[0].amount_kind = AMOUNT_TRANSACTION;
    assert_grade(GRADE_GENERAL, "");
    sample->controls[0].amount_kind = AMOUNT_EXPOSURE;
    findings[0].currency = dictionary_add(sample->run.data->texts, "USD", 3);
    assert_grade(GRADE_GENERAL, "");
}

static void waived_exceptions_do_not_count(void **state)
{
    (void)state;
    struct waivers waivers = {0};
    struct waiver_outcome outcomes[] = {{0, WAIVER_APPLIED}, {0, WAIVER_EXPIRED}};
    find(SEVERITY_CRITICAL, 1000);
    find(SEVERITY_LOW, 1);
    waivers.outcomes = outcomes;
    sample->run.waivers = &waivers;
    assert_grade(GRADE_GENERAL, "");
}

static void nothing_is_graded_without_a_materiality(void **state)
{
    (void)state;
    find(SEVERITY_CRITICAL, 1000);
    sample->engagement.materiality.stated = false;
    assert_grade(GRADE_NONE, "");
}

#define GRADING_TEST(test) cmocka_unit_test_setup_teardown(test, begin, end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        GRADING_TEST(without_open_exceptions_there_is_no_deficiency),
        GRADING_TEST(a_small_one_is_general),
        GRADING_TEST(amounts_at_the_thresholds),
        GRADING_TEST(grave_exceptions_are_counted_and_others_are_not),
        GRADING_TEST(a_critical_one_is_significant),
        GRADING_TEST(transactions_and_other_currencies_are_no_loss_in_it),
        GRADING_TEST(waived_exceptions_do_not_count),
        GRADING_TEST(nothing_is_graded_without_a_materiality),
    };
    return cmocka_run_group_tests_name("grading", tests, NULL, NULL);
}
