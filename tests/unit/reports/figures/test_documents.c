// SPDX-License-Identifier: MIT
#include "reports/figures/documents.h"

#include "tests/unit/sample_run.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

// The sample's sales have no header: each line is its own document. The golden case "overlap" has
// orders with lines.
enum { FINDINGS = 4 };
static struct sample *sample;
static struct finding findings[FINDINGS];
static struct documents documents;

static int begin(void **state)
{
    (void)state;
    sample = sample_new();
    memset(findings, 0, sizeof findings);
    sample->evaluation.findings = findings;
    sample->evaluation.finding_count = 0;
    sample->controls[1].amount_kind = AMOUNT_MISSTATEMENT;
    return 0;
}

static int end(void **state)
{
    (void)state;
    documents_clear(&documents);
    sample_free(sample);
    return 0;
}

static void find(int control, int64_t row, const char *label, int64_t amount)
{
    struct finding *finding = &findings[sample->evaluation.finding_count++];
    *finding = (struct finding){.control = control,
                                .table = model_find_table(sample->engagement.model, "sale"),
                                .row = row,
                                .key = "x",
                                .label = (char *)label,
                                .has_amount = amount != 0,
                                .amount = {amount, 0},
                                .currency = sample->currency};
}

static void assert_once(const char *expected, size_t count)
{
    struct buffer text = {0};
    documents_init(&documents, &sample->run);
    const struct sum *total =
        sums_find(&documents.totals, AMOUNT_MISSTATEMENT, "CNY", *expected == '-');
    assert_non_null(total);
    total_format(total->total, 0, false, &text);
    assert_string_equal(buffer_text(&text), expected);
    assert_int_equal(total->count, count);
    buffer_clear(&text);
}

static void a_document_counts_by_the_control_that_found_most(void **state)
{
    (void)state;
    find(0, 0, "a", 10);
    find(0, 0, "b", 20); // one control adds up
    find(1, 0, NULL, 25);
    find(1, 1, NULL, 5);
    assert_once("35", 2);
    assert_int_equal(documents.count, 2);
    assert_int_equal(documents.shared, 1);
    assert_int_equal(documents.items[0].controls, 2);
    assert_int_equal(documents.items[0].count, 3);
}

static void what_is_too_little_does_not_hide_what_is_too_much(void **state)
{
    (void)state;
    find(0, 0, "a", -30);
    find(0, 0, "b", 25);
    assert_once("-30", 1);
    documents_clear(&documents);
    assert_once("25", 1);
}

static void of_negative_amounts_the_farthest_from_zero_counts(void **state)
{
    (void)state;
    find(0, 0, NULL, -30);
    find(1, 0, NULL, -25);
    assert_once("-30", 1);
}

static void one_without_an_amount_is_a_document_all_the_same(void **state)
{
    (void)state;
    find(0, 0, NULL, 0);
    find(0, 1, NULL, 5);
    assert_once("5", 1);
    assert_int_equal(documents.count, 2);
    assert_int_equal(documents.shared, 0);
    assert_null(sums_find(&documents.totals, AMOUNT_EXPOSURE, "CNY", false));
}

static void exceptions_of_one_cause_stand_together(void **state)
{
    (void)state;
    struct dispositions noted = {0};
    struct disposition disposition = {.cause = "limit not in the ERP"};
    const struct disposition *outcomes[FINDINGS] = {&disposition, NULL, &disposition, NULL};
    find(0, 0, "a", 1);
    find(0, 0, "b", 1);
    find(1, 0, NULL, 1);
    noted.outcomes = outcomes;
    sample->run.dispositions = &noted;
    documents_init(&documents, &sample->run);
    const struct document *document = &documents.items[0];
    struct document_cause first =
        document_cause_at(&documents, &sample->run, document, document->first);
    assert_string_equal(first.cause, "PRC"); // the family, where nobody said why
    assert_int_equal(first.count, 1);
    struct document_cause second =
        document_cause_at(&documents, &sample->run, document, first.first + first.count);
    assert_string_equal(second.cause, "limit not in the ERP");
    assert_int_equal(second.count, 2);
}

#define DOCUMENTS_TEST(test) cmocka_unit_test_setup_teardown(test, begin, end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        DOCUMENTS_TEST(a_document_counts_by_the_control_that_found_most),
        DOCUMENTS_TEST(what_is_too_little_does_not_hide_what_is_too_much),
        DOCUMENTS_TEST(of_negative_amounts_the_farthest_from_zero_counts),
        DOCUMENTS_TEST(one_without_an_amount_is_a_document_all_the_same),
        DOCUMENTS_TEST(exceptions_of_one_cause_stand_together),
    };
    return cmocka_run_group_tests_name("documents", tests, NULL, NULL);
}
