// SPDX-License-Identifier: MIT
#include "reports/figures/largest.h"

#include "tests/unit/sample_run.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

enum { FINDINGS = 40 };

// Thirty of one control with amounts 1 to 30 and alternating signs, ten of another without any.
static struct sample *many(struct finding findings[FINDINGS])
{
    struct sample *sample = sample_new();
    for (int i = 0; i < FINDINGS; i++) {
        findings[i] = sample->findings[0];
        findings[i].control = i < 30 ? 0 : 1;
        findings[i].has_amount = i < 30;
        findings[i].amount = (struct decimal){i % 2 ? -(i + 1) : i + 1, 0};
    }
    sample->evaluation.findings = findings;
    sample->evaluation.finding_count = FINDINGS;
    return sample;
}

static int count(const bool *picked, int from, int to)
{
    int found = 0;
    for (int i = from; i < to; i++)
        found += picked[i];
    return found;
}

static void test_all_are_shown_while_there_is_room(void **state)
{
    (void)state;
    struct finding findings[FINDINGS];
    struct sample *sample = many(findings);
    assert_null(largest_pick(&sample->run, FINDINGS));
    assert_null(largest_pick(&sample->run, FINDINGS + 1));
    sample_free(sample);
}

static void test_the_ten_largest_of_each_control_come_first(void **state)
{
    (void)state;
    struct finding findings[FINDINGS];
    struct sample *sample = many(findings);
    bool *picked = largest_pick(&sample->run, 20);
    assert_int_equal(count(picked, 20, 30), 10);
    assert_int_equal(count(picked, 30, 40), 10);
    free(picked);
    sample_free(sample);
}

static void test_then_the_largest_of_all_whatever_their_sign(void **state)
{
    (void)state;
    struct finding findings[FINDINGS];
    struct sample *sample = many(findings);
    bool *picked = largest_pick(&sample->run, 23);
    assert_int_equal(count(picked, 17, 30), 13);
    assert_int_equal(count(picked, 0, FINDINGS), 23);
    free(picked);
    sample_free(sample);
}

static void test_with_little_room_amounts_decide(void **state)
{
    (void)state;
    struct finding findings[FINDINGS];
    struct sample *sample = many(findings);
    findings[3].amount = (struct decimal){INT64_MIN, 0};
    bool *picked = largest_pick(&sample->run, 2);
    assert_true(picked[3] && picked[29]);
    assert_int_equal(count(picked, 0, FINDINGS), 2);
    free(picked);
    sample_free(sample);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_all_are_shown_while_there_is_room),
        cmocka_unit_test(test_the_ten_largest_of_each_control_come_first),
        cmocka_unit_test(test_then_the_largest_of_all_whatever_their_sign),
        cmocka_unit_test(test_with_little_room_amounts_decide),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
