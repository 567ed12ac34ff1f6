// SPDX-License-Identifier: MIT
#include "reports/terminal/terminal.h"

#include "tests/unit/sample_run.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static char *printed_as(struct run *run, bool full, struct look look)
{
    char *text = NULL;
    size_t length;
    FILE *out = open_memstream(&text, &length);
    run_judge(run);
    terminal_print(run, "vouch-out", full, look, out);
    fclose(out);
    return text;
}

static char *printed(struct run *run, struct look look)
{
    return printed_as(run, true, look);
}

static void test_the_summary_in_english(void **state)
{
    (void)state;
    struct sample *sample = sample_new();
    char *text = printed(&sample->run, (struct look){0});
    assert_string_equal(
        text, "Verdict: incomplete; exceptions: 2; controls that tested something: 1 of 2\n"
              "  sale (data/sale.csv): expected 4 records, found 3\n"
              "  invalid cells: 1 (data_problems.csv)\n"
              "October — Bearings\n"
              "2026-10-01 to 2026-10-31, as of 2026-10-31\n"
              "1 of 2 controls tested something; clean: 0; resting on assumptions: 0\n"
              "5 rows in 2 tables; rows tested: 3\n"
              "exceptions established: 2; resting on an assumption: 0; rows untestable: 0\n"
              "\n"
              "Exceptions\n"
              "  control severity title                exceptions tested   amount kind\n"
              "  PRC-01  high     Sold below the floor          2      3 1.00 CNY misstatement\n"
              "\n"
              "At risk (amounts of different kinds are not added together)\n"
              "  kind         basis       amount documents each document once currency\n"
              "  misstatement established   1.00         1               1.00 CNY\n"
              "\n"
              "Not run\n"
              "  PRC-02: approval was not imported\n"
              "\n"
              "Problems of the data (data_problems.csv)\n"
              "  table kind         count\n"
              "  sale  invalid cell     1\n"
              "\n"
              "Results in vouch-out\n"
              "Verdict: incomplete; exceptions: 2; controls that tested something: 1 of 2\n");
    free(text);
    sample_free(sample);
}

static void test_the_summary_on_one_screen(void **state)
{
    (void)state;
    struct sample *sample = sample_new();
    char *text = printed_as(&sample->run, false, (struct look){.width = 80});
    assert_string_equal(
        text, "Verdict: incomplete; exceptions: 2; controls that tested something: 1 of 2\n"
              "  sale (data/sale.csv): expected 4 records, found 3\n"
              "  invalid cells: 1 (data_problems.csv)\n"
              "October — Bearings\n"
              "2026-10-01 to 2026-10-31, as of 2026-10-31\n"
              "5 rows in 2 tables; rows tested: 3; controls that found nothing: 0\n"
              "\n"
              "Exceptions\n"
              "  control severity title                exceptions tested   amount\n"
              "  PRC-01  high     Sold below the floor          2      3 1.00 CNY\n"
              "\n"
              "At risk: misstatement 1.00 CNY\n"
              "Not tested: 1 for other reasons\n"
              "Data problems: invalid cell (1)\n"
              "Results in vouch-out; --full tells all of it here\n"
              "Verdict: incomplete; exceptions: 2; controls that tested something: 1 of 2\n");
    free(text);
    sample_free(sample);
}

static void test_the_summary_in_chinese(void **state)
{
    (void)state;
    struct sample *sample = sample_new();
    sample->run.language = "zh";
    char *text = printed(&sample->run, (struct look){0});
    assert_non_null(strstr(text, "2026-10-01 至 2026-10-31，截至 2026-10-31\n"
                                 "2 项控制中有 1 项测试了数据；未发现例外：0；依据假设：0\n"
                                 "载入 2 张表共 5 行；共测试 3 行次\n"));
    assert_non_null(strstr(text, "  控制   等级 名称         例外数 测试数     金额 性质\n"
                                 "  PRC-01 高   低于最低限价      2      3 1.00 CNY 错报\n"));
    free(text);
    sample_free(sample);
}

static void test_what_is_assumed_and_what_is_negative_stand_apart(void **state)
{
    (void)state;
    struct sample *sample = sample_new();
    uint16_t rests[] = {1};
    struct finding *second = &sample->findings[1];
    second->has_amount = true;
    second->amount = (struct decimal){-250, 2};
    second->currency = sample->findings[0].currency;
    char *text = printed(&sample->run, (struct look){0});
    assert_non_null(strstr(text, "  misstatement established   1.00 "));
    assert_non_null(strstr(text, "\n  misstatement established  -2.50 "));
    free(text);
    second->rests = rests;
    second->rest_count = 1;
    text = printed(&sample->run, (struct look){0});
    assert_non_null(strstr(text, "exceptions established: 1; resting on an assumption: 1;"));
    assert_non_null(strstr(text, "\n  misstatement assumed      -2.50 "));
    second->rests = NULL;
    second->rest_count = 0;
    free(text);
    sample_free(sample);
}

static void test_what_has_no_rows_and_what_is_assumed_have_lists_of_their_own(void **state)
{
    (void)state;
    struct sample *sample = sample_new();
    sample->evaluation.finding_count = 0;
    sample->results[0] = (struct control_result){.status = STATUS_CONDITIONAL, .tested = 3};
    sample->results[1] = (struct control_result){.status = STATUS_UNTESTED};
    char *text = printed(&sample->run, (struct look){0});
    assert_non_null(strstr(text, "\nNothing to test\n  PRC-02\n"));
    assert_non_null(strstr(text, "\nClean under assumptions\n  PRC-01\n"));
    assert_null(strstr(text, "\nClean\n"));
    free(text);
    sample_free(sample);
}

static void test_untestable_rows_are_told_with_their_reasons(void **state)
{
    (void)state;
    struct sample *sample = sample_new();
    struct reason_count reasons[] = {{"no price in force", 1200}, {"mixed currencies", 4}};
    sample->results[1] = (struct control_result){.status = STATUS_PARTIAL,
                                                 .tested = 10,
                                                 .untestable = 1204,
                                                 .reasons = reasons,
                                                 .reason_count = 2};
    char *text = printed(&sample->run, (struct look){0});
    assert_non_null(strstr(text,
                           "Not fully tested\n"
                           "  control tested untestable errors reason\n"
                           "  PRC-02      10      1,204      0 no price in force (1200); mixed "
                           "currencies (4)\n"));
    free(text);
    sample_free(sample);
}

static void test_required_failed_and_clean_controls_are_named(void **state)
{
    (void)state;
    struct sample *sample = sample_new();
    sample->results[0] = (struct control_result){.status = STATUS_CLEAN, .tested = 3, .passed = 3};
    sample->results[1] =
        (struct control_result){.status = STATUS_FAILED, .reason = "its time was \033[2Jspent"};
    sample->controls[2].required = true;
    sample->evaluation.finding_count = 0;
    char *text = printed(&sample->run, (struct look){0});
    assert_non_null(strstr(text, "  PRC-02 failed: its time was ?[2Jspent\n"
                                 "  PRC-03 is required and was not fully tested\n"));
    assert_non_null(strstr(text, "\nNo exceptions in what was tested\n"));
    assert_non_null(strstr(text, "\nClean\n  PRC-01\n"));
    free(text);
    sample_free(sample);
}

static void test_what_was_not_tested_is_not_called_clean(void **state)
{
    (void)state;
    struct sample *sample = sample_new();
    struct data *data = (struct data *)sample->run.data;
    problem_clear(&data->problems);
    data->expectations[0].met = true;
    sample->evaluation.finding_count = 0;
    sample->results[0] = (struct control_result){.status = STATUS_CLEAN, .tested = 3, .passed = 3};
    char *text = printed(&sample->run, (struct look){0});
    assert_non_null(strstr(text, "\nNo exceptions\n"));
    free(text);
    sample->results[0].status = STATUS_PARTIAL;
    text = printed(&sample->run, (struct look){0});
    assert_non_null(strstr(text, "\nNo exceptions in what was tested\n"));
    free(text);
    sample->results[0] = (struct control_result){.status = STATUS_NOT_RUN};
    text = printed(&sample->run, (struct look){0});
    assert_null(strstr(text, "No exceptions"));
    assert_non_null(strstr(text, "Verdict: incomplete; no control tested a row\n"));
    free(text);
    sample_free(sample);
}

static void test_colours_only_on_a_terminal(void **state)
{
    (void)state;
    struct sample *sample = sample_new();
    char *text = printed(&sample->run, (struct look){.width = 80, .colours = true});
    assert_non_null(strstr(text, "\033[1;31mVerdict: incomplete"));
    free(text);
    text = printed(&sample->run, (struct look){.width = 80});
    assert_null(strchr(text, '\033'));
    free(text);
    sample_free(sample);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_summary_in_english),
        cmocka_unit_test(test_the_summary_on_one_screen),
        cmocka_unit_test(test_the_summary_in_chinese),
        cmocka_unit_test(test_what_is_assumed_and_what_is_negative_stand_apart),
        cmocka_unit_test(test_what_has_no_rows_and_what_is_assumed_have_lists_of_their_own),
        cmocka_unit_test(test_untestable_rows_are_told_with_their_reasons),
        cmocka_unit_test(test_required_failed_and_clean_controls_are_named),
        cmocka_unit_test(test_what_was_not_tested_is_not_called_clean),
        cmocka_unit_test(test_colours_only_on_a_terminal),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
