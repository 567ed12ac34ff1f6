// SPDX-License-Identifier: MIT
#include "engine/evaluation/engagement_load.h"
#include "engine/lua/cases.h"

#include "tests/unit/engine_fixture.h"

#include <sys/stat.h>
#include <unistd.h>

static struct engagement *engagement;
static struct cases_report report;
static char path[64];

// Runs the cases of one rule file that holds this control.
static void run(const char *text)
{
    const char *base = getenv("TMPDIR");
    snprintf(path, sizeof path, "%.40s/vouch-XXXXXX", base ? base : "/tmp");
    int out = mkstemp(path);
    assert_true(out >= 0);
    assert_int_equal(write(out, text, strlen(text)), strlen(text));
    close(out);
    char *extra[] = {path, NULL};
    struct engagement_options options = {.rules_folder = VOUCH_RULES,
                                         .without_engagement = true,
                                         .with_cases = true,
                                         .extra_files = extra};
    struct error error = {0};
    engagement = engagement_load(NULL, &options, &error);
    if (!engagement)
        fail_msg("%s", error.message);
    for (int i = 0; i < engagement->diagnostic_count; i++)
        if (engagement->diagnostics[i].is_error)
            fail_msg("%s:%d: %s", engagement->diagnostics[i].file, engagement->diagnostics[i].line,
                     engagement->diagnostics[i].message);
    cases_run(engagement, path, true, &report);
}

static int tear_down(void **state)
{
    (void)state;
    cases_report_clear(&report);
    report = (struct cases_report){0};
    engagement_free(engagement);
    engagement = NULL;
    return unlink(path);
}

#define CONTROL                                                                                    \
    "control 'OWN-01' { title = 't', severity = 'low', population = 'sales_order', scope = "       \
    "'all', "                                                                                      \
    "amount_kind = 'exposure', test = function(row) if not row.customer_id then "                  \
    "untestable 'nobody' end if row.amount > 100 then "                                            \
    "return exception { amount = row.amount - 100 } end end, cases = { "

static void cases_hold_or_fail_by_their_expectation(void **state)
{
    (void)state;
    run(CONTROL "{ 'above', given = { sales_order = { { order_id = 'A', customer_id = 'C', amount "
                "= '100.01' } } },"
                "  expect = { { key = 'A', amount = '0.010' } } },"
                "{ 'at the limit', given = { sales_order = { { customer_id = 'C', amount = 100 } } "
                "}, expect = { } },"
                "{ 'nobody', given = { sales_order = { { order_id = 'B', amount = '1' } } },"
                "  expect = { { key = 'B', untestable = 'nobody' } } },"
                "{ 'wrong amount', given = { sales_order = { { order_id = 'A', customer_id = 'C', "
                "  amount = '101' } } }, expect = { { key = 'A', amount = '2' } } },"
                "{ 'not expected', given = { sales_order = { { order_id = 'A', customer_id = 'C', "
                "  amount = '101' } } }, expect = { } },"
                "{ 'not found', given = { sales_order = { { order_id = 'A', customer_id = 'C', "
                "  amount = '1' } } }, expect = { { key = 'A' } } },"
                "} }\n");
    assert_int_equal(report.count, 6);
    assert_int_equal(report.failed, 3);
    static const bool passed[] = {true, true, true, false, false, false};
    for (int i = 0; i < 6; i++) {
        if (report.items[i].passed != passed[i])
            fail_msg("%s: %s", report.items[i].name,
                     report.items[i].message ? report.items[i].message : "passed");
        assert_string_equal(report.items[i].control, "OWN-01");
        assert_true((report.items[i].message == NULL) == passed[i]);
    }
    assert_non_null(strstr(report.items[3].message, "A"));
}

static void a_case_may_expect_that_there_is_no_amount(void **state)
{
    (void)state;
    run("control 'OWN-01' { title = 't', severity = 'low', population = 'customer', scope = 'all', "
        "amount_kind = 'exposure', test = function(row) local credit = row.credits[1] "
        "return exception { amount = credit.credit_limit } end, "
        "cases = { { 'none', given = { customer = { { customer_id = 'A' } }, customer_credit = { { "
        "customer_id = 'A', valid_from = '2026-01-01' } } },"
        "  expect = { { key = 'A', amount = 'none' } } },"
        "{ 'some', given = { customer = { { customer_id = 'A' } }, customer_credit = { { "
        "customer_id = 'A', valid_from = '2026-01-01', credit_limit = '1' } } },"
        "  expect = { { key = 'A', amount = 'none' } } } } }\n"
        "control 'OWN-02' { title = 't', severity = 'low', population = 'sales_order', scope = "
        "'all', amount_kind = 'exposure', "
        "test = function(row) return exception { amount = row.amount } end, "
        "cases = { { 'not known', given = { sales_order = { { order_id = 'A' } } },"
        "  expect = { { key = 'A', amount = 'unknown' } } } } }\n");
    assert_true(report.items[0].passed);
    assert_false(report.items[1].passed);
    assert_true(report.items[2].passed);
}

static void a_case_says_what_an_exception_rests_on(void **state)
{
    (void)state;
    run("control 'OWN-01' { title = 't', severity = 'low', population = 'sales_order', scope = "
        "'all', amount_kind = 'exposure', test = function(row) if #row.approvals == 0 then return "
        "exception { amount = row.amount, seen = row.channel } end end, cases = { "
        "{ 'said', absent = { 'approval' }, given = { sales_order = { { order_id = 'A' } } },"
        "  expect = { { key = 'A', assumed = { 'approval' } } } },"
        "{ 'another', absent = { 'approval' }, given = { sales_order = { { order_id = 'A' } } },"
        "  expect = { { key = 'A', assumed = { 'contract' } } } },"
        "{ 'none said', given = { sales_order = { { order_id = 'A' } } },"
        "  expect = { { key = 'A', assumed = { 'approval' } } } },"
        "{ 'none', given = { sales_order = { { order_id = 'A' } } },"
        "  expect = { { key = 'A', assumed = {} } } } } }\n");
    static const bool passed[] = {true, false, false, true};
    for (int i = 0; i < 4; i++)
        if (report.items[i].passed != passed[i])
            fail_msg("%s: %s", report.items[i].name,
                     report.items[i].message ? report.items[i].message : "passed");
}

// What a helper named ..._exception is given last is shown, as the braces of exception are.
static void what_helpers_of_exceptions_are_given_is_shown(void **state)
{
    (void)state;
    run("control 'OWN-01' { title = 't', severity = 'low', population = 'sales_order', scope = "
        "'all', amount_kind = 'exposure', test = function(row) return required_exception({ 'a' }, "
        "{ amount "
        "= row.exchange_rate + 0, seen = row.channel }) end, cases = { "
        "{ 'shown', absent = { 'sales_order.exchange_rate' }, given = { sales_order = { { order_id "
        "= 'A' } } }, expect = { { key = 'A', amount = 'unknown' } } } } }\n");
    if (!report.items[0].passed)
        fail_msg("%s", report.items[0].message);
}

static void results_say_where_cases_stand_and_what_ran(void **state)
{
    (void)state;
    run("control 'OWN-01' { title = 't', severity = 'low', population = 'sales_order', scope = "
        "'all',\n"
        "test = function(row)\n"
        "  if row.amount > 5 then\n"
        "    untestable 'much'\n"
        "  end\n"
        "end, cases = {\n"
        "  { 'small', given = { sales_order = { { amount = '1' } } }, expect = {} },\n"
        "  { 'much', given = { sales_order = { { amount = '9' } } },\n"
        "    expect = {} } } }\n"
        "control 'OWN-02' { title = 't', severity = 'low', population = 'sales_order', test =\n"
        "function(row) return nil end }\n");
    assert_int_equal(report.count, 2);
    assert_int_equal(report.items[0].line, 7);
    assert_int_equal(report.items[1].line, 8);
    assert_string_equal(report.items[1].file, path);
    assert_false(report.items[1].passed);
    assert_int_equal(report.coverage_count, 2);
    assert_string_equal(report.coverage[0].control, "OWN-01");
    assert_int_equal(report.coverage[0].lines, 2);
    assert_int_equal(report.coverage[0].missed_count, 0);
    // What ran for another control does not count.
    assert_int_equal(report.coverage[1].lines, 1);
    assert_int_equal(report.coverage[1].missed_count, 1);
    assert_int_equal(report.coverage[1].missed[0], 11);
}

static void a_case_that_loops_fails(void **state)
{
    (void)state;
    run("control 'OWN-01' { title = 't', severity = 'low', population = 'sales_order', scope = "
        "'all', "
        "test = function(row) while true do end end, cases = { "
        "{ 'loop', given = { sales_order = { { order_id = 'A' } } }, expect = { } } } }\n");
    assert_int_equal(report.count, 1);
    assert_int_equal(report.failed, 1);
    assert_non_null(strstr(report.items[0].message, "instructions"));
}

static void controls_without_cases_are_counted(void **state)
{
    (void)state;
    run("control 'OWN-01' { title = 't', severity = 'low', population = 'sales_order', scope = "
        "'all', "
        "test = function(row) end }\n");
    assert_int_equal(report.count, 0);
    assert_int_equal(report.failed, 0);
    assert_int_equal(report.without, 1);
}

static void cases_apart_run_with_their_control(void **state)
{
    (void)state;
    char folder[120], apart[140];
    struct error error = {0};
    static const char cases[] =
        "local order = { sales_order = { { order_id = 'A', amount = '6' } } }\n"
        "cases 'OWN-02' {\n"
        "  { 'found', given = order, expect = { { key = 'A' } } },\n"
        "  { 'changed', given = with(order, { sales_order = { amount = '5' } }),\n"
        "    expect = { { key = 'A' } } },\n"
        "}\n";
    run(CONTROL "} }\n"
                "control 'OWN-02' { title = 't', severity = 'low', population = 'sales_order', "
                "scope = 'all',\n"
                "test = function(row)\n"
                "if row.amount > 5 then return exception {} end\n"
                "end }\n");
    assert_int_equal(report.without, 2);
    cases_report_clear(&report);
    engagement_free(engagement);
    snprintf(folder, sizeof folder, "%s-more", path);
    assert_int_equal(mkdir(folder, 0700), 0);
    snprintf(apart, sizeof apart, "%s/cases", folder);
    assert_int_equal(mkdir(apart, 0700), 0);
    snprintf(apart, sizeof apart, "%s/cases/own.lua", folder);
    FILE *out = fopen(apart, "wb");
    assert_non_null(out);
    fputs(cases, out);
    fclose(out);
    char *extra[] = {path, apart, NULL};
    struct engagement_options options = {.rules_folder = VOUCH_RULES,
                                         .without_engagement = true,
                                         .with_cases = true,
                                         .extra_files = extra};
    engagement = engagement_load(NULL, &options, &error);
    assert_non_null(engagement);
    assert_int_equal(engagement->error_count, 0);
    // By the file of the rules and by that of the cases, the same.
    for (int time = 0; time < 2; time++) {
        cases_run(engagement, time ? apart : path, true, &report);
        assert_int_equal(report.count, 2);
        assert_true(report.items[0].passed);
        assert_false(report.items[1].passed);
        assert_string_equal(report.items[1].name, "changed");
        assert_string_equal(report.items[1].file, apart);
        assert_int_equal(report.items[1].line, 4);
        const struct case_coverage *coverage = &report.coverage[report.coverage_count - 1];
        assert_string_equal(coverage->control, "OWN-02");
        assert_string_equal(coverage->file, path);
        assert_int_equal(coverage->lines, 1);
        assert_int_equal(coverage->missed_count, 0);
        cases_report_clear(&report);
    }
    unlink(apart);
    *strrchr(apart, '/') = '\0';
    rmdir(apart);
    rmdir(folder);
}

static void cases_are_told_as_they_are_written(void **state)
{
    (void)state;
    run(CONTROL "{ 'fails', given = { sales_order = { { order_id = 'A', amount = 7 } } }, "
                "  absent = { 'approval' }, expect = { { key = 'A', amount = '2' } } },"
                "{ 'second', given = { }, expect = { } },"
                "} }\n");
    struct error error = {0};
    json_t *cases = cases_written(engagement, &error), *ours = NULL, *item;
    size_t at, found = 0;
    assert_non_null(cases);
    json_array_foreach(cases, at, item)
    {
        if (strcmp(json_string_value(json_object_get(item, "control")), "OWN-01") != 0)
            continue; // the shipped ones are there too
        found++;
        if (!ours)
            ours = item;
    }
    assert_int_equal(found, 2);
    char *text = json_dumps(ours, JSON_COMPACT | JSON_SORT_KEYS);
    assert_string_equal(text, "{\"absent\":[\"approval\"],\"control\":\"OWN-01\",\"expect\":[{"
                              "\"amount\":\"2\",\"key\":\"A\"}],\"given\":{\"sales_order\":[{"
                              "\"amount\":7,\"order_id\":\"A\"}]},\"name\":\"fails\"}");
    free(text);
    json_decref(cases);
}

static void what_makes_no_world_is_told(void **state)
{
    (void)state;
    run(CONTROL "{ '1', given = { sales_order = { { order_id = 'A' }, { order_id = 'A', amount = "
                "'1' } } }, expect = { } },"
                "{ '6', given = { }, period = 'soon', as_of = 'late', expect = { } },"
                "{ '7', given = { }, as_of = 'late', expect = { } },"
                "{ '8', given = { }, parameters = { none = '1' }, expect = { } },"
                "{ '9', given = { sales_order = { { order_id = function() end } } }, expect = {} },"
                "} }\n");
    static const char *const said[] = {
        "given: row 2 of sales_order: the key stands already in case:1; references go to that row",
        "period 'soon' is none",
        "as_of 'late' is no day",
        "the control has no parameter 'none' that takes this value",
        "given holds a function",
    };
    assert_int_equal(report.count, 5);
    for (int i = 0; i < report.count; i++)
        assert_string_equal(report.items[i].message, said[i]);
    struct error error = {0};
    assert_null(cases_written(engagement, &error));
    assert_string_equal(error.message, "given holds a function");
}

int main(void)
{
#define TEST(test) cmocka_unit_test_setup_teardown(test, NULL, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(cases_hold_or_fail_by_their_expectation),
        TEST(a_case_may_expect_that_there_is_no_amount),
        TEST(a_case_says_what_an_exception_rests_on),
        TEST(what_helpers_of_exceptions_are_given_is_shown),
        TEST(results_say_where_cases_stand_and_what_ran),
        TEST(a_case_that_loops_fails),
        TEST(controls_without_cases_are_counted),
        TEST(cases_apart_run_with_their_control),
        TEST(what_makes_no_world_is_told),
        TEST(cases_are_told_as_they_are_written),
    };
    return cmocka_run_group_tests_name("cases", tests, NULL, NULL);
}
