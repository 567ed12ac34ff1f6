// SPDX-License-Identifier: MIT
#include "reports/figures/waived.h"

#include "reports/figures/risk.h"
#include "reports/figures/waiver_status.h"
#include "tests/unit/sample_run.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static struct sample *sample;
static struct waivers *waivers;

static int begin(void **state)
{
    (void)state;
    sample = sample_new();
    sample->controls[0].waivable = true;
    waivers = waivers_new();
    return 0;
}

static int end(void **state)
{
    (void)state;
    waivers_free(waivers);
    sample_free(sample);
    return 0;
}

static void waive(const char *exception, const char *fingerprint)
{
    const char *cells[] = {exception, fingerprint, "known", "E1", "2026-10-20", "2026-12-31", ""};
    waivers_add(waivers, 2, cells, NULL);
    waivers_apply(waivers, &sample->engagement, sample->run.data, &sample->evaluation);
    sample->run.waivers = waivers;
}

static void assert_open(const char *expected)
{
    struct risks risks;
    struct buffer text = {0};
    risks_init(&risks, &sample->run);
    assert_int_equal(risks.count, 1);
    total_format(risks.items[0].open, 2, false, &text);
    assert_string_equal(buffer_text(&text), expected);
    buffer_clear(&text);
    total_format(risks.items[0].all, 2, false, &text);
    assert_string_equal(buffer_text(&text), "1.00"); // before waivers
    buffer_clear(&text);
}

static void amounts_are_open_until_they_are_waived(void **state)
{
    (void)state;
    struct waived waived;
    assert_open("1.00");
    waive("PRC-01:sale:S1/1", "f1");
    assert_open("0.00");
    waived_init(&waived, &sample->run);
    assert_int_equal(waived.controls[0].exceptions, 1);
    assert_int_equal(waived.controls[1].exceptions, 0);
}

static void a_waiver_takes_from_the_sum_of_its_own_sign(void **state)
{
    (void)state;
    struct waived waived;
    struct arena *arena = arena_new();
    sample->evaluation.results[0].amounts = (struct sums){.arena = arena};
    for (int i = 0; i < 2; i++) {
        struct finding *finding = &sample->findings[i];
        finding->has_amount = true;
        finding->amount = (struct decimal){i ? -700 : 500, 2};
        finding->currency = sample->currency;
        finding_add_amount(sample->run.data, sample->engagement.controls, finding,
                           &sample->evaluation.results[0].amounts);
    }
    waive("PRC-01:sale:S1/1", "f1");
    waived_init(&waived, &sample->run);
    const struct sums *open = &waived.controls[0].open;
    assert_true(sums_find(open, AMOUNT_MISSTATEMENT, "CNY", false)->total.coefficient == 0);
    assert_true(sums_find(open, AMOUNT_MISSTATEMENT, "CNY", true)->total.coefficient == -700);
    arena_free(arena);
}

static void one_without_an_amount_takes_none_away(void **state)
{
    (void)state;
    waive("PRC-01:sale:S2/1#late", "f2");
    assert_open("1.00");
}

static void waived_exceptions_do_not_decide_the_exit_code(void **state)
{
    (void)state;
    problem_clear(&((struct data *)sample->run.data)->problems);
    sample->run.data->expectations[0].met = true;
    waive("PRC-01:sale:S1/1", "f1"); // the high one
    run_judge(&sample->run);
    assert_int_equal(sample->run.verdict.exceptions[SEVERITY_HIGH], 1);
    assert_int_equal(sample->run.verdict.waived[SEVERITY_HIGH], 1);
    assert_int_equal(run_exit_code(&sample->run, SEVERITY_HIGH, SEVERITY_HIGH), 0);
    assert_int_equal(run_exit_code(&sample->run, SEVERITY_LOW, SEVERITY_LOW), 1);
}

static void a_void_one_does(void **state)
{
    (void)state;
    problem_clear(&((struct data *)sample->run.data)->problems);
    sample->run.data->expectations[0].met = true;
    waive("PRC-01:sale:S1/1", "f0");
    run_judge(&sample->run);
    assert_int_equal(sample->run.verdict.waiver_warnings, 1);
    assert_int_equal(run_exit_code(&sample->run, SEVERITY_HIGH, SEVERITY_HIGH), 1);
    struct buffer why = {0};
    waiver_status_explain(&waivers->items[0], "en", &why);
    assert_non_null(strstr(buffer_text(&why), "fingerprint"));
    buffer_clear(&why);
}

#define WAIVED_TEST(test) cmocka_unit_test_setup_teardown(test, begin, end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WAIVED_TEST(amounts_are_open_until_they_are_waived),
        WAIVED_TEST(a_waiver_takes_from_the_sum_of_its_own_sign),
        WAIVED_TEST(one_without_an_amount_takes_none_away),
        WAIVED_TEST(waived_exceptions_do_not_decide_the_exit_code),
        WAIVED_TEST(a_void_one_does),
    };
    return cmocka_run_group_tests_name("waived", tests, NULL, NULL);
}
