// SPDX-License-Identifier: MIT
#include "guess/basis.h"
#include "tests/unit/guess_fixture.h"

static struct plan plan;

static int clear(void **state)
{
    plan_clear(&plan);
    return clear_survey(state);
}

static bool has_amount(const char *orders, const char *lines)
{
    plan_clear(&plan);
    survey_clear(&survey);
    given("orders", orders);
    given("order lines", lines);
    plan_init(&plan, &survey, model, terms, utc);
    assert_int_equal(plan.import_count, 2);
    int field = model_find_field(&model->tables[plan.imports[0].table], "amount");
    return plan_fit(&plan.imports[0], field) != NULL;
}

#define LINES                                                                                      \
    "Order ID|Line No|SKU|Qty|Price\nS1|1|P1|5|2\nS1|2|P2|1|0.5\nS2|1|P1|1|2\nS3|1|P1|4|2.5\n"

static void test_one_basis(void **state)
{
    (void)state;
    assert_true(has_amount(
        "Order ID|Order Date|Total\nS1|2026-10-01|10.50\nS2|2026-10-01|2\nS3|2026-10-02|99\n",
        LINES));
}

static void test_totals_with_tax(void **state)
{
    (void)state;
    assert_false(has_amount(
        "Order ID|Order Date|Total\nS1|2026-10-01|12.50\nS2|2026-10-01|2.38\nS3|2026-10-02|10\n",
        LINES));
    assert_true(plan.imports[0].doubt);
    assert_non_null(
        strstr(plan.imports[0].note, "\"Total\" is not imported: for 2 of 3 documents"));
    assert_false(plan.lists[0].used[2]);
}

static void test_lines_that_state_tax_decide_themselves(void **state)
{
    (void)state;
    assert_true(has_amount(
        "Order ID|Order Date|Total\nS1|2026-10-01|12\nS2|2026-10-01|12\nS3|2026-10-01|12\n",
        "Order ID|Line No|SKU|Qty|Price|VAT %\nS1|1|P1|5|2|20\nS2|1|P1|5|2|20\nS3|1|P1|5|2|20\n"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(test_one_basis, clear),
        cmocka_unit_test_teardown(test_totals_with_tax, clear),
        cmocka_unit_test_teardown(test_lines_that_state_tax_decide_themselves, clear),
    };
    return cmocka_run_group_tests(tests, guess_set_up, guess_tear_down);
}
