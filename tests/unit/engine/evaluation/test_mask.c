// SPDX-License-Identifier: MIT
#include "engine/evaluation/mask.h"

#include "tests/unit/said.h"
#include "tests/unit/sample_run.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

// The sample's customers are C1, =C2 and 客户 (sale.customer).
static struct sample *sample;
static struct mask *mask;
static struct error error;

static int begin(void **state)
{
    (void)state;
    sample = sample_new();
    sample->evaluation.arena = arena_new();
    sample->results[1].reason = "no limit for C1";
    mask = mask_new(sample->engagement.model, "sale.customer", &error);
    mask_gather(mask, sample->run.data);
    return 0;
}

static int end(void **state)
{
    (void)state;
    mask_free(mask);
    arena_free(sample->evaluation.arena);
    sample_free(sample);
    return 0;
}

static void masked(const char *text, const char *expected)
{
    struct buffer out = {0};
    mask_text(mask, text, &out);
    assert_string_equal(buffer_text(&out), expected);
    buffer_clear(&out);
}

static void texts_are_masked_where_they_stand(void **state)
{
    (void)state;
    masked("C1", "***");
    masked("C1, P2 and C1", "***, P2 and ***");
    masked("sold to 某客户公司", "sold to 某***公司"); // long enough to be found within words
    masked("", "");
}

static void short_ones_are_not_found_within_words(void **state)
{
    (void)state;
    masked("C10", "C10");
    masked("ABC1", "ABC1");
    masked("A-C1.", "A-***.");
}

static void values_and_labels_of_findings(void **state)
{
    (void)state;
    struct finding *finding = &sample->findings[0];
    struct finding_value value = {"who", "C1"};
    finding->values = &value;
    finding->value_count = 1;
    finding->key = "S1/1";
    finding->label = "of C1";
    sample->evaluation.finding_count = 1;
    mask_findings(mask, &sample->engagement, sample->run.data, &sample->evaluation);
    assert_string_equal(value.text, "***");
    assert_string_equal(finding->key, "S1/1");
    assert_int_equal(strncmp(finding->label, "of ~", 4), 0);
    assert_int_equal(strlen(finding->label), 3 + 9); // the same in every run
    assert_string_equal(finding->fingerprint, "f1");
}

static void the_key_of_a_group_holds_no_masked_text(void **state)
{
    (void)state;
    struct finding *finding = &sample->findings[0];
    finding->values = NULL;
    finding->value_count = 0;
    finding->key = "C1/2026";
    sample->evaluation.finding_count = 1;
    mask_findings(mask, &sample->engagement, sample->run.data, &sample->evaluation);
    assert_int_equal(*finding->key, '~');
    assert_string_equal(strchr(finding->key, '/'), "/2026");
}

static void reasons_why_rows_were_not_tested(void **state)
{
    (void)state;
    struct reason_count reasons[] = {{"no price for C1", 2}, {"no price for P2", 1}};
    sample->evaluation.finding_count = 0;
    sample->results[0].reasons = reasons;
    sample->results[0].reason_count = 2;
    mask_findings(mask, &sample->engagement, sample->run.data, &sample->evaluation);
    assert_string_equal(reasons[0].reason, "no price for ***");
    assert_string_equal(reasons[1].reason, "no price for P2");
    assert_string_equal(sample->results[1].reason, "no limit for ***");
}

static void what_data_problems_quote(void **state)
{
    (void)state;
    struct data *data = (struct data *)sample->run.data;
    int sale = model_find_table(data->model, "sale"),
        price = model_find_table(data->model, "price");
    problem_clear(&data->problems);
    problem_add(&data->problems, PROBLEM_INVALID_CELL, sale, 0, 2, "customer", "C9", 2,
                "'C9' is nobody");
    problem_add(&data->problems, PROBLEM_REJECTED_RECORD, sale, 0, 2, NULL, "S1,C9", 5,
                "too short");
    problem_add(&data->problems, PROBLEM_INVALID_CELL, sale, 0, 2, "amount", "oops", 4,
                "no number");
    problem_add(&data->problems, PROBLEM_REJECTED_RECORD, price, 0, 2, NULL, "P1", 2, "too short");
    mask_problems(mask, data);
    const struct problem *problems = data->problems.items;
    assert_string_equal(problems[0].value, "***");
    assert_string_equal(problems[0].reason, "'***' is nobody");
    assert_string_equal(problems[1].value, "***"); // a whole record
    assert_string_equal(problems[2].value, "oops");
    assert_string_equal(problems[3].value, "P1"); // of a table without a masked field
}

// The words around a value are the program's, whatever the value is.
static void only_the_values_of_a_reason_are_masked(void **state)
{
    (void)state;
    struct data *data = (struct data *)sample->run.data;
    int sale = model_find_table(data->model, "sale");
    struct buffer reason = {0};
    problem_clear(&data->problems);
    reason_set_with(&reason, REASON_NOT_A_NUMBER, "%s", "a");
    problem_add(&data->problems, PROBLEM_INVALID_CELL, sale, 0, 2, "customer", "a", 1,
                buffer_text(&reason));
    reason_set_with(&reason, REASON_KEY_STANDS_ALREADY, "%s", "sale:C1");
    problem_add(&data->problems, PROBLEM_DUPLICATE_KEY, sale, 0, 2, "amount", "", 0,
                buffer_text(&reason));
    reason_set_with(&reason, REASON_NOT_A_NUMBER, "%s", REASON_AND);
    problem_add(&data->problems, PROBLEM_INVALID_CELL, sale, 0, 2, "customer", REASON_AND, 1,
                buffer_text(&reason));
    buffer_clear(&reason);
    mask_problems(mask, data);
    const struct problem *problems = data->problems.items;
    assert_string_equal(said(problems[0].reason), "not a number: \"***\" is not part of one");
    assert_string_equal(said(problems[1].reason),
                        "the key stands already in sale:***; references go to that row");
    assert_string_equal(said(problems[2].reason), "not a number: \"***\" is not part of one");
}

static void fields_that_cannot_be_masked(void **state)
{
    (void)state;
    static const char *const lists[] = {"", ",", "customer", "sale.none", "none.x", "sale.sale_id"};
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
        assert_null(mask_new(sample->engagement.model, lists[i], &error));
        assert_int_equal(error.kind, ERROR_USAGE);
    }
    const struct model_table *sale =
        &sample->engagement.model->tables[model_find_table(sample->engagement.model, "sale")];
    int table = model_find_table(sample->engagement.model, "sale");
    assert_true(mask_covers(mask, table, model_find_field(sale, "customer")));
    assert_false(mask_covers(mask, table, model_find_field(sale, "amount")));
    assert_false(mask_covers(NULL, table, model_find_field(sale, "customer")));
}

#define MASK_TEST(test) cmocka_unit_test_setup_teardown(test, begin, end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        MASK_TEST(texts_are_masked_where_they_stand),
        MASK_TEST(short_ones_are_not_found_within_words),
        MASK_TEST(values_and_labels_of_findings),
        MASK_TEST(the_key_of_a_group_holds_no_masked_text),
        MASK_TEST(reasons_why_rows_were_not_tested),
        MASK_TEST(what_data_problems_quote),
        MASK_TEST(only_the_values_of_a_reason_are_masked),
        MASK_TEST(fields_that_cannot_be_masked),
    };
    return cmocka_run_group_tests_name("mask", tests, NULL, NULL);
}
