// SPDX-License-Identifier: MIT
#include "reports/figures/incomplete.h"

#include "tests/unit/sample_run.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static struct buffer told;

static void tell(void *language, const struct incomplete_cause *cause)
{
    word_add_sentence(cause->word, language, cause->count ? "N" : cause->texts[0], cause->texts[1],
                      cause->texts[2], cause->texts[3], &told);
    buffer_add_byte(&told, '\n');
}

static const char *causes(struct sample *sample)
{
    buffer_reset(&told);
    run_judge(&sample->run);
    incomplete_visit(&sample->run, tell, "en");
    return buffer_text(&told);
}

static void every_cause_is_told_in_one_order(void **state)
{
    (void)state;
    struct sample *sample = sample_new();
    struct problem_list *problems = &((struct data *)sample->run.data)->problems;
    sample->controls[0].required = true;
    sample->results[0].untestable = 1;
    sample->results[1].status = STATUS_FAILED;
    problem_add(problems, PROBLEM_REJECTED_RECORD, 0, 0, 3, NULL, "x", 1, "too short");
    assert_string_equal(causes(sample), "sale (data/sale.csv): expected 4 records, found 3\n"
                                        "records rejected: N (data_problems.csv)\n"
                                        "invalid cells: N (data_problems.csv)\n"
                                        "PRC-01 is required and was not fully tested\n"
                                        "PRC-02 failed: approval was not imported\n");
    sample_free(sample);
}

static void a_complete_run_has_none(void **state)
{
    (void)state;
    struct sample *sample = sample_new();
    struct data *data = (struct data *)sample->run.data;
    problem_clear(&data->problems);
    data->expectations[0].met = true;
    assert_string_equal(causes(sample), "");
    for (int i = 0; i < sample->run.engagement->control_count; i++)
        sample->results[i] = (struct control_result){.status = STATUS_UNTESTED};
    assert_string_equal(causes(sample), "no control tested a row\n");
    sample_free(sample);
}

static int release(void **state)
{
    (void)state;
    buffer_clear(&told);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_cause_is_told_in_one_order),
        cmocka_unit_test(a_complete_run_has_none),
    };
    return cmocka_run_group_tests_name("incomplete", tests, NULL, release);
}
