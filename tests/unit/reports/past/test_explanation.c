// SPDX-License-Identifier: MIT
#include "reports/past/explanation.h"

#include "tests/unit/sample_run.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static const char rule[] = "-- a comment\ncontrol \"PRC-01\" {\n  title = {},\n}\n\nmore()\n";

static struct sample *sample;
static struct past_run run;

static int begin(void **state)
{
    (void)state;
    sample = sample_new();
    sample->file = (struct rule_file){
        .kind = RULE_FILE_CONTROLS, .text = (char *)rule, .length = sizeof rule - 1};
    sample->engagement.files = &sample->file;
    sample->engagement.file_count = 1;
    for (int i = 0; i < 3; i++)
        sample->controls[i].line = 2;
    run = (struct past_run){.folder = "out"};
    return 0;
}

static int end(void **state)
{
    (void)state;
    sample_free(sample);
    return 0;
}

static json_t *explain(const char *exception, struct error *error)
{
    json_t *json = json_loads(exception, 0, NULL);
    assert_non_null(json);
    struct explanation_of of = {&run, &sample->engagement, sample->run.data, json, NULL};
    json_t *explanation = explanation_new(&of, error);
    json_decref(json);
    return explanation;
}

static const char *value_of(const json_t *row, const char *field, const char *member)
{
    const json_t *fields = json_object_get(row, "fields");
    for (size_t i = 0; i < json_array_size(fields); i++) {
        const json_t *one = json_array_get(fields, i);
        if (strcmp(json_string_value(json_object_get(one, "name")), field) == 0)
            return json_string_value(json_object_get(one, member));
    }
    fail_msg("no field %s", field);
    return NULL;
}

static void the_row_its_evidence_and_the_rule(void **state)
{
    (void)state;
    struct error error = {0};
    json_t *json = explain("{\"control\":\"PRC-01\",\"table\":\"sale\",\"key\":\"S3/1\","
                           "\"source\":\"data/sale.csv:4\",\"evidence\":[{\"table\":\"price\","
                           "\"key\":\"P,1\",\"source\":\"data/price.csv:2\"}]}",
                           &error);
    const json_t *row = json_object_get(json, "row");
    assert_true(json_is_true(json_object_get(row, "found")));
    assert_string_equal(value_of(row, "sold_on", "value"), "2026-10-07");
    assert_null(value_of(row, "amount", "value"));
    assert_string_equal(value_of(row, "amount", "invalid"), "oops");
    const json_t *evidence = json_array_get(json_object_get(json, "evidence"), 0);
    assert_string_equal(value_of(evidence, "floor", "value"), "10");
    assert_string_equal(json_string_value(json_object_get(json_object_get(json, "rule"), "text")),
                        "control \"PRC-01\" {\n  title = {},\n}\n");
    json_decref(json);
}

static void the_key_of_a_group_is_found_by_its_place(void **state)
{
    (void)state;
    struct error error = {0};
    json_t *json = explain("{\"control\":\"PRC-01\",\"table\":\"sale\",\"key\":\"C1\","
                           "\"source\":\"data/sale.csv:3\",\"evidence\":[]}",
                           &error);
    assert_string_equal(value_of(json_object_get(json, "row"), "sale_id", "value"), "S2");
    json_decref(json);
}

static void a_row_that_is_gone_is_said_to_be(void **state)
{
    (void)state;
    struct error error = {0};
    json_t *json = explain("{\"control\":\"PRC-01\",\"table\":\"sale\",\"key\":\"S1/1\","
                           "\"source\":\"data/sale.csv:99\",\"evidence\":[{\"table\":\"none\"}]}",
                           &error);
    assert_true(json_is_false(json_object_get(json_object_get(json, "row"), "found")));
    json_decref(json);
    assert_null(explain("{\"control\":\"PRC-09\"}", &error));
    assert_int_equal(error.kind, ERROR_USAGE);
}

#define EXPLANATION_TEST(test) cmocka_unit_test_setup_teardown(test, begin, end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        EXPLANATION_TEST(the_row_its_evidence_and_the_rule),
        EXPLANATION_TEST(the_key_of_a_group_is_found_by_its_place),
        EXPLANATION_TEST(a_row_that_is_gone_is_said_to_be),
    };
    return cmocka_run_group_tests_name("explanation", tests, NULL, NULL);
}
