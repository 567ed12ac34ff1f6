// SPDX-License-Identifier: MIT
#include "reports/past/difference.h"

#include "reports/terminal/difference_print.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

enum { EXCEPTIONS_MAX = 8 };

// A past run made by hand; apostrophes stand for quotation marks.
struct made {
    struct past_run run;
    struct past_exception exceptions[EXCEPTIONS_MAX];
    char text[2048];
};

static void make(struct made *made, const char *record)
{
    memset(made, 0, sizeof *made);
    snprintf(made->text, sizeof made->text, "%s", record);
    for (char *at = made->text; *at; at++)
        if (*at == '\'')
            *at = '"';
    made->run.folder = "out";
    made->run.record = json_loads(made->text, 0, NULL);
    assert_non_null(made->run.record);
    made->run.stated = made->run.record;
    made->run.exceptions = made->exceptions;
}

static void add(struct made *made, const char *id, const char *amount, const char *date)
{
    static const char *const controls[] = {"PRC-01", "PRC-02"};
    struct past_exception *one = &made->exceptions[made->run.count++];
    *one = (struct past_exception){.id = id,
                                   .control = controls[strncmp(id, "PRC-01", 6) != 0],
                                   .severity = "high",
                                   .amount = amount,
                                   .currency = amount ? "CNY" : NULL,
                                   .date = date,
                                   .fingerprint = amount ? amount : "f",
                                   .status = "open"};
}

#define SCOPE_OF_OCTOBER "'scope':{'from':'2026-10-01','to':'2026-10-31'}"
#define RAN "{'status':'exceptions','scope':'period','untestable':0,'errors':0,'rule':'aa'}"
static const char october[] = "{" SCOPE_OF_OCTOBER ",'controls':{'PRC-01':" RAN "}}";

static struct made a, b;
static struct difference difference;

static void compare(void)
{
    difference_init(&difference, &a.run, &b.run);
}

static int clear(void **state)
{
    (void)state;
    difference_clear(&difference);
    json_decref(a.run.record);
    json_decref(b.run.record);
    return 0;
}

static void each_exception_is_one_of_four_kinds(void **state)
{
    (void)state;
    make(&a, october);
    make(&b, october);
    add(&a, "PRC-01:s:3", "3.00", "2026-10-03");
    add(&a, "PRC-01:s:2", "2.00", "2026-10-02");
    add(&a, "PRC-01:s:1", "1.00", "2026-10-01");
    add(&b, "PRC-01:s:4", NULL, "2026-10-04");
    add(&b, "PRC-01:s:1", "1.00", "2026-10-01");
    add(&b, "PRC-01:s:2", "2.50", "2026-10-02");
    compare();
    assert_int_equal(difference.changes[CHANGE_NEW], 1);
    assert_int_equal(difference.changes[CHANGE_AMOUNT], 1);
    assert_int_equal(difference.changes[CHANGE_NONE], 1);
    assert_int_equal(difference.changes[CHANGE_RESOLVED], 1);
    assert_true(difference_is_new(&difference));
    struct buffer text = {0};
    difference_amounts(&difference, &difference.controls[0], false, &text);
    assert_string_equal(buffer_text(&text), "6.00 CNY");
    buffer_reset(&text);
    difference_amounts(&difference, &difference.controls[0], true, &text);
    assert_string_equal(buffer_text(&text), "3.50 CNY");
    buffer_clear(&text);
}

static void nothing_new_is_no_difference_to_report(void **state)
{
    (void)state;
    make(&a, october);
    make(&b, october);
    add(&a, "PRC-01:s:1", "1.00", "2026-10-01");
    add(&a, "PRC-01:s:2", "1.00", "2026-10-01");
    add(&b, "PRC-01:s:1", "2.00", "2026-10-01");
    compare();
    assert_false(difference_is_new(&difference));
}

static void waived_before_and_open_now_is_new(void **state)
{
    (void)state;
    make(&a, october);
    make(&b, october);
    add(&a, "PRC-01:s:1", "1.00", "2026-10-01");
    add(&b, "PRC-01:s:1", "1.00", "2026-10-01");
    a.exceptions[0].status = "waived";
    compare();
    assert_int_equal(difference.reopened, 1);
    assert_int_equal(difference.changes[CHANGE_NONE], 1);
    assert_true(difference_is_new(&difference));
}

static void what_b_did_not_look_for_is_not_resolved(void **state)
{
    (void)state;
    make(&a, october);
    make(&b, "{" SCOPE_OF_OCTOBER ",'controls':{'PRC-01':{'status':'failed','scope':'period'}}}");
    add(&a, "PRC-01:s:1", "1.00", "2026-10-01");
    add(&a, "PRC-02:s:1", "1.00", "2026-10-01");
    compare();
    assert_int_equal(difference.changes[CHANGE_NOT_TESTED], 2);
    assert_int_equal(difference.changes[CHANGE_RESOLVED], 0);
}

static void nor_is_what_lies_outside_its_period(void **state)
{
    (void)state;
    make(&a, october);
    make(&b, october);
    add(&a, "PRC-01:s:1", "1.00", "2026-09-30");
    add(&a, "PRC-01:s:2", "1.00", "2026-10-31");
    add(&a, "PRC-01:s:3", "1.00", "2026-11-01");
    add(&a, "PRC-01:s:4", "1.00", NULL);
    compare();
    assert_int_equal(difference.changes[CHANGE_OUT_OF_PERIOD], 2);
    assert_int_equal(difference.changes[CHANGE_RESOLVED], 2);
}

static void a_control_that_looks_beyond_the_period_has_resolved_it(void **state)
{
    (void)state;
    make(&a, october);
    make(&b, "{" SCOPE_OF_OCTOBER
             ",'controls':{'PRC-01':{'status':'clean','scope':'open','untestable':2}}}");
    add(&a, "PRC-01:s:1", "1.00", "2026-09-30");
    compare();
    assert_int_equal(difference.changes[CHANGE_RESOLVED], 1);
    assert_int_equal(difference.doubtful, 1); // some rows could not be tested
}

static void rules_parameters_and_files_are_compared(void **state)
{
    (void)state;
    make(&a, "{'sources':[{'name':'x.csv','sha256':'1'},{'name':'db','sha256':null}],"
             "'rule_files':[{'name':'r.lua','sha256':'1'}],"
             "'controls':{'PRC-01':{'rule':'1','parameters':{'limit':'1'}},"
             "'PRC-02':{'rule':'2','parameters':{}}}}");
    make(&b, "{'sources':[{'name':'x.csv','sha256':'1'},{'name':'db','sha256':null}],"
             "'rule_files':[{'name':'r.lua','sha256':'2'},{'name':'s.lua','sha256':'1'}],"
             "'controls':{'PRC-01':{'rule':'1','parameters':{'limit':'2'}},"
             "'PRC-02':{'rule':'2','parameters':{}}}}");
    compare();
    assert_int_equal(json_array_size(difference.sources), 1); // what has no hash is not known
    assert_int_equal(json_array_size(difference.rule_files), 2);
    assert_true(changed_control_rule(&difference.controls[0]));
    assert_false(changed_control_rule(&difference.controls[1]));
    json_t *json = difference_json(&difference);
    const char *before = NULL, *after = NULL;
    json_t *first = json_array_get(json_object_get(json, "controls"), 0);
    assert_int_equal(json_unpack(first, "{s:{s:[s,s]}}", "parameters", "limit", &before, &after),
                     0);
    assert_string_equal(before, "1");
    assert_string_equal(after, "2");
    json_decref(json);
}

// Records up to format 2 hold the hash of a rule's file in place of the rule's.
static void records_of_before_are_compared_by_files(void **state)
{
    (void)state;
    static const char old[] =
        "{'format':2,'rule_files':[{'name':'r.lua','sha256':'f1'}],'controls':{"
        "'PRC-01':{'rule':'f1','parameters':{}},"
        "'PRC-02':{'rule':'f2','parameters':{}}}}";
    static const char new[] =
        "{'format':3,'rule_files':[{'name':'r.lua','sha256':'f1'}],'controls':{"
        "'PRC-01':{'rule':'r1','parameters':{}},"
        "'PRC-02':{'rule':'r2','parameters':{}}}}";
    for (int turn = 0; turn < 2; turn++) {
        make(&a, turn ? new : old);
        make(&b, turn ? old : new);
        compare();
        assert_false(changed_control_rule(&difference.controls[0])); // its file is there still
        assert_true(changed_control_rule(&difference.controls[1]));
        if (turn == 0)
            clear(NULL);
    }
}

#define DIFFERENCE_TEST(test) cmocka_unit_test_teardown(test, clear)

int main(void)
{
    const struct CMUnitTest tests[] = {
        DIFFERENCE_TEST(each_exception_is_one_of_four_kinds),
        DIFFERENCE_TEST(nothing_new_is_no_difference_to_report),
        DIFFERENCE_TEST(waived_before_and_open_now_is_new),
        DIFFERENCE_TEST(what_b_did_not_look_for_is_not_resolved),
        DIFFERENCE_TEST(nor_is_what_lies_outside_its_period),
        DIFFERENCE_TEST(a_control_that_looks_beyond_the_period_has_resolved_it),
        DIFFERENCE_TEST(rules_parameters_and_files_are_compared),
        DIFFERENCE_TEST(records_of_before_are_compared_by_files),
    };
    return cmocka_run_group_tests_name("difference", tests, NULL, NULL);
}
