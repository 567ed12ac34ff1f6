// SPDX-License-Identifier: MIT
#include "reports/html/html.h"

#include "engine/base/calendar.h"
#include "tests/unit/sample_folder.h"
#include "tests/unit/sample_run.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

// The page as written; the caller frees.
static char *written(const struct run *run, size_t *length)
{
    struct error error = {0};
    struct output *output = output_open(folder, &error);
    size_t count;
    assert_int_equal(html_write(run, output, &error), 0);
    *length = (size_t)output_files(output, &count)[0].bytes;
    output_free(output);
    char *text = memory_new(*length + 1, 1);
    FILE *file = fopen(folder_path("report.html"), "r");
    assert_non_null(file);
    assert_int_equal(fread(text, 1, *length, file), *length);
    fclose(file);
    return text;
}

static char *page_of(struct sample *sample)
{
    size_t length;
    run_judge(&sample->run);
    return written(&sample->run, &length);
}

static void test_a_page_has_controls_exceptions_and_evidence(void **state)
{
    (void)state;
    struct sample *sample = sample_new();
    char *page = page_of(sample);
    assert_non_null(strstr(page, "<title>October — Bearings</title>"));
    assert_non_null(strstr(page, "<article id=\"PRC-01\""));
    assert_non_null(strstr(page, "<article id=\"PRC-02\""));
    assert_null(strstr(page, "PRC-03")); // not selected
    assert_non_null(strstr(page, "<tr id=\"PRC-01:sale:S1/1\">"));
    assert_non_null(strstr(page, "<a href=\"#PRC-01:sale:S2/1~23late\">S2/1</a> late"));
    assert_non_null(strstr(page, "<li>price P,1 <code>data/price.csv:2</code>"));
    assert_non_null(strstr(page, "sold at 9 &quot;net&quot;, floor 10"));
    assert_non_null(strstr(page, "approval was not imported"));
    assert_non_null(strstr(page, "content=\"default-src 'none'; "));
    free(page);
    sample_free(sample);
}

static void test_the_language_is_that_of_the_run(void **state)
{
    (void)state;
    struct sample *sample = sample_new();
    sample->run.language = "zh";
    char *page = page_of(sample);
    assert_non_null(strstr(page, "<html lang=zh-CN>"));
    assert_non_null(strstr(page, "低于最低限价"));
    assert_non_null(strstr(page, "<summary>证据 (2)</summary>"));
    assert_null(strstr(page, "How to read"));
    free(page);
    sample_free(sample);
}

static void test_text_of_others_cannot_act(void **state)
{
    (void)state;
    struct sample *sample = sample_new();
    char script[] = "<script>alert(1)</script>", cell[] = "\"><img src=x onerror=alert(1)>\u202E";
    sample->engagement.title = script;
    sample->controls[0].title = (struct bilingual){script, NULL};
    sample->values[0].text = cell;
    sample->values[1].name = script;
    sample->findings[0].key = cell;
    sample->results[1].reason = script;
    char *page = page_of(sample);
    assert_null(strstr(page, "<script>alert"));
    assert_null(strstr(page, "<img"));
    assert_null(strstr(page, "\u202E"));
    assert_non_null(strstr(page, "&lt;script&gt;alert(1)&lt;/script&gt;"));
    assert_non_null(strstr(page, "<tr id=\"PRC-01:sale:~22~3E~3Cimg~20src~3Dx~20onerror"));
    free(page);
    sample_free(sample);
}

static void test_findings_with_one_id_have_anchors_of_their_own(void **state)
{
    (void)state;
    struct sample *sample = sample_new();
    struct finding findings[3] = {sample->findings[0], sample->findings[0], sample->findings[0]};
    sample->evaluation.findings = findings;
    sample->evaluation.finding_count = 3;
    char *page = page_of(sample);
    assert_non_null(strstr(page, "<tr id=\"PRC-01:sale:S1/1\">"));
    assert_non_null(strstr(page, "<tr id=\"PRC-01:sale:S1/1~~2\">"));
    assert_non_null(strstr(page, "<tr id=\"PRC-01:sale:S1/1~~3\">"));
    free(page);
    sample_free(sample);
}

static size_t occurrences(const char *text, const char *part)
{
    size_t count = 0;
    for (; (text = strstr(text, part)); text += strlen(part))
        count++;
    return count;
}

// Of very many exceptions with very long texts the largest are shown, within the size.
static void test_a_page_stays_small(void **state)
{
    (void)state;
    enum { MANY = 12000, LONG = 3000 };
    struct sample *sample = sample_new();
    struct finding *findings = memory_new(MANY, sizeof *findings);
    char *text = memory_new(LONG + 1, 1);
    size_t length;
    memset(text, 'x', LONG);
    sample->values[0].text = text;
    for (int i = 0; i < MANY; i++) {
        findings[i] = sample->findings[0];
        findings[i].row = i % 3;
        findings[i].amount = (struct decimal){i, 0};
        findings[i].label = NULL;
    }
    sample->evaluation.findings = findings;
    sample->evaluation.finding_count = MANY;
    sample->run.verdict.tested = 1;
    run_judge(&sample->run);
    char *page = written(&sample->run, &length);
    assert_true(length <= HTML_BYTES_MAX);
    assert_true(length > HTML_BYTES_MAX / 5);
    assert_int_equal(occurrences(page, "<tr id="), HTML_EXCEPTIONS_MAX);
    assert_non_null(strstr(page, "the 10,000 largest of 12,000"));
    assert_non_null(strstr(page, "shortened"));
    assert_null(strstr(page, ">1,999.00 CNY"));
    assert_non_null(strstr(page, ">2,000.00 CNY"));
    free(page);
    free(text);
    free(findings);
    sample_free(sample);
}

static void test_time_is_shown_in_days_months_or_years(void **state)
{
    (void)state;
    static const struct {
        int from, to;
        const char *axis, *outside;
    } cases[] = {
        {20727, 20757, "<span>2026-10-01</span> <span>2026-10-16</span> <span>2026-10-31</span>",
         "Before: 0. After: 0."},
        {20732, 20732, "<span>2026-10-06</span> <span>2026-10-06</span> <span>2026-10-06</span>",
         "Before: 1. After: 0."},
        {20454, 20818, "<span>2026-01</span> <span>2026-07</span> <span>2026-12</span>",
         "Before: 0. After: 0."},
        {CALENDAR_DAY_MIN, CALENDAR_DAY_MAX,
         "<span>2026-10-05</span> <span>2026-10-06</span> <span>2026-10-06</span>",
         "Before: 0. After: 0."},
        {CALENDAR_DAY_MIN + 1, 20730, "<span>1965</span> <span>1996</span> <span>2026</span>",
         "Before: 0. After: 0."},
        {0, 20000, "<span>1970</span> <span>1997</span> <span>2024</span>", "Before: 0. After: 2."},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct sample *sample = sample_new();
        struct scope *scope = &((struct data *)sample->run.data)->scope;
        scope->from = cases[i].from;
        scope->to = cases[i].to;
        char *page = page_of(sample);
        assert_non_null(strstr(page, cases[i].axis));
        assert_non_null(strstr(page, cases[i].outside));
        free(page);
        sample_free(sample);
    }
}

static void test_no_exceptions_make_a_page_too(void **state)
{
    (void)state;
    struct sample *sample = sample_new();
    sample->evaluation.finding_count = 0;
    sample->results[0] = (struct control_result){.status = STATUS_CLEAN};
    char *page = page_of(sample);
    assert_null(strstr(page, "<tr id="));
    assert_non_null(strstr(page, "<article id=\"PRC-01\""));
    free(page);
    sample_free(sample);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, folder_make, folder_remove)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_a_page_has_controls_exceptions_and_evidence),
        TEST(test_the_language_is_that_of_the_run),
        TEST(test_text_of_others_cannot_act),
        TEST(test_findings_with_one_id_have_anchors_of_their_own),
        TEST(test_a_page_stays_small),
        TEST(test_time_is_shown_in_days_months_or_years),
        TEST(test_no_exceptions_make_a_page_too),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
