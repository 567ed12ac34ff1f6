// SPDX-License-Identifier: MIT
#include "guess/shape.h"
#include "tests/unit/guess_fixture.h"

static struct plan plan;
static struct shape shape;

static void look_at(const char *text)
{
    given("list", text);
    plan_init(&plan, &survey, model, terms, utc);
    shape_init(&shape, &plan.lists[0].list, 0);
}

static int clear(void **state)
{
    shape_clear(&shape);
    plan_clear(&plan);
    return clear_survey(state);
}

static void test_documents_with_several_records(void **state)
{
    (void)state;
    look_at("Order ID|Order Date|Line "
            "No|Qty\nS1|2026-10-01|1|5\nS1|2026-10-01|2|6\nS2|2026-10-02|1|6\n");
    assert_int_equal(shape.distinct, 2);
    assert_int_equal(shape.unfilled, 0);
    assert_true(shape_repeats(&shape));
    assert_int_equal(shape_conflicts(&shape, 1, false), 0);
    assert_int_equal(shape_conflicts(&shape, 3, false), 1);
    assert_int_equal(shape_doubles(&shape, 2), 0);
    assert_int_equal(shape_doubles(&shape, 1), 1);
}

static void test_values_on_first_lines(void **state)
{
    (void)state;
    look_at("单据编号|单据日期|存货编码|备注\nS1|2026-10-01|P1|\n||P2|急\nS2|2026-10-02|P1|\n");
    assert_int_equal(shape.unfilled, 1);
    assert_int_equal(shape.documents[1], shape.documents[0]);
    assert_true(shape_is_first_only(&shape, 1));
    assert_false(shape_is_first_only(&shape, 2));
    assert_false(shape_is_first_only(&shape, 3)); // on another line
    assert_int_equal(shape_conflicts(&shape, 1, true), 0);
    assert_int_equal(shape_conflicts(&shape, 1, false), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(test_documents_with_several_records, clear),
        cmocka_unit_test_teardown(test_values_on_first_lines, clear),
    };
    return cmocka_run_group_tests(tests, guess_set_up, guess_tear_down);
}
