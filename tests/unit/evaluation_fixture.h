// SPDX-License-Identifier: MIT
// What the tests of the evaluation share: controls declared in a line, run over the small trade of
// engine_fixture.h, and what came of them.
#ifndef VOUCH_EVALUATION_FIXTURE_H
#define VOUCH_EVALUATION_FIXTURE_H

#include "engine/evaluation/evaluation.h"
#include "tests/unit/engine_fixture.h"

static struct engagement engagement;
static struct evaluation *evaluation;
static struct evaluation_options options = {.jobs = 2};

FIXTURE void forget_controls(void)
{
    evaluation_free(evaluation);
    evaluation = NULL;
    json_decref(engagement.kept);
    arena_free(engagement.arena);
    memset(&engagement, 0, sizeof engagement);
}

FIXTURE int compare_ids(const void *a, const void *b)
{
    return strcmp(((const struct control *)a)->id, ((const struct control *)b)->id);
}

// Takes the controls of one rule file, as the child process declares them.
FIXTURE void declare(const char *rules)
{
    struct error error = {0};
    forget_controls();
    engagement.model = model;
    engagement.language = "en";
    engagement.arena = arena_new();
    engagement.files = arena_take(engagement.arena, 1, sizeof *engagement.files);
    engagement.file_count = 1;
    engagement.files[0] = (struct rule_file){.kind = RULE_FILE_CONTROLS,
                                             .path = "own.lua",
                                             .name = "own.lua",
                                             .sha256 = "aa",
                                             .text = arena_text(engagement.arena, rules),
                                             .length = strlen(rules)};
    json_t *result = declaration_rules(engagement.files, 1, model, false, &error);
    if (!result)
        fail_msg("%s", error.message);
    size_t at;
    json_t *item;
    json_array_foreach(json_object_get(result, "diagnostics"), at, item)
    {
        if (json_is_true(json_object_get(item, "error")))
            fail_msg("line %d: %s", (int)json_integer_value(json_object_get(item, "line")),
                     json_string_value(json_object_get(item, "message")));
    }
    const json_t *controls =
        json_object_get(json_array_get(json_object_get(result, "files"), 0), "controls");
    engagement.controls =
        arena_take(engagement.arena, json_array_size(controls), sizeof *engagement.controls);
    json_array_foreach(controls, at, item)
    {
        struct control *control = &engagement.controls[engagement.control_count++];
        if (control_init(control, item, model, engagement.arena, &error) != 0)
            fail_msg("%s: %s", error.where, error.message);
        control->file = "own.lua";
        control->selected = true;
    }
    qsort(engagement.controls, (size_t)engagement.control_count, sizeof *engagement.controls,
          compare_ids);
    engagement.kept = result;
}

FIXTURE void evaluate(void)
{
    struct error error = {0};
    evaluation_free(evaluation);
    evaluation = evaluation_run(&engagement, data, &options, &error);
    if (!evaluation)
        fail_msg("%s", error.message);
}

// One control, "OWN-01", from what stands between its braces.
FIXTURE void run_control(const char *body)
{
    struct buffer text = {0};
    buffer_printf(&text,
                  "control \"OWN-01\" { title = \"own\", severity = \"high\", amount_kind = "
                  "\"exposure\", %s }\n",
                  body);
    declare(text.data);
    buffer_clear(&text);
    evaluate();
}

FIXTURE const struct control_result *result_of(const char *id)
{
    for (int i = 0; i < engagement.control_count; i++)
        if (strcmp(engagement.controls[i].id, id) == 0)
            return &evaluation->results[i];
    fail_msg("no control %s", id);
    return NULL;
}

FIXTURE char *reason_of(const struct control_result *result)
{
    struct buffer text = {0};
    control_result_explain(result, "en", &text);
    return buffer_take(&text);
}

FIXTURE void has_status(const char *id, enum control_status status)
{
    const struct control_result *result = result_of(id);
    char *reason = reason_of(result);
    if (result->status != status)
        fail_msg("%s is %s (%s), expected %s", id, status_name(result->status), reason,
                 status_name(status));
    free(reason);
}

// loaded, in scope, not applicable, tested, passed, untestable, errors, exception rows, exceptions
FIXTURE void counts(const char *expected)
{
    const struct control_result *result = &evaluation->results[0];
    char text[200];
    snprintf(text, sizeof text, "%zu %zu %zu %zu %zu %zu %zu %zu %zu", result->loaded,
             result->in_scope, result->not_applicable, result->tested, result->passed,
             result->untestable, result->errors, result->exception_rows, result->exceptions);
    if (strcmp(text, expected) != 0)
        fail_msg("counts are %s, expected %s (%s)", text, expected, reason_of(result));
    assert_int_equal(result->in_scope,
                     result->not_applicable + result->tested + result->untestable + result->errors);
    assert_int_equal(result->tested,
                     result->passed + result->passed_assumed + result->exception_rows);
}

// The ids of the findings, joined by blanks.
FIXTURE void finds(const char *expected)
{
    struct buffer found = {0};
    for (size_t i = 0; i < evaluation->finding_count; i++) {
        if (i)
            buffer_add_byte(&found, ' ');
        finding_id(data, engagement.controls, &evaluation->findings[i], &found);
    }
    if (strcmp(buffer_text(&found), expected) != 0)
        fail_msg("found \"%s\", expected \"%s\"", buffer_text(&found), expected);
    buffer_clear(&found);
}

FIXTURE void has_reason(const char *part)
{
    char *reason = reason_of(&evaluation->results[0]);
    if (!strstr(reason, part))
        fail_msg("the reason is \"%s\", expected \"%s\"", reason, part);
    free(reason);
}

FIXTURE void has_no_reason(void)
{
    char *reason = reason_of(&evaluation->results[0]);
    assert_string_equal(reason, "");
    free(reason);
}

// Five orders around October 2026, as of 5 November.
FIXTURE void sell(void)
{
    put_rows("customer", "customer_id,name,grade\nC1,Alpha,A\nC2,Beta,B\n");
    put_rows("sales_order",
             "order_id,customer_id,order_date,currency,amount\n"
             "SO1,C1,2026-09-30,,1\nSO2,C1,2026-10-01,,2\nSO3,C2,2026-10-31,USD,3.5\n"
             "SO4,C2,2026-11-01,,4\nSO5,C1,2026-11-06,,5\nSO6,C1,,,6\n"
             "SO7,C9,2026-10-15,,oops\n");
    put_rows("sales_order_line", "order_id,line_no,quantity\nSO2,1,1\nSO3,2,2\nSO3,1,3\nSO5,1,1\n");
    seal();
}

FIXTURE int evaluation_tear_down(void **state)
{
    forget_controls();
    options = (struct evaluation_options){.jobs = 2};
    return trade_tear_down(state);
}

#define TEST_ALL " test = function(row) return exception { } end"
#define ORDERS "population = 'sales_order', "

#define EVALUATION_TEST(test)                                                                      \
    cmocka_unit_test_setup_teardown(test, trade_set_up, evaluation_tear_down)

#endif
