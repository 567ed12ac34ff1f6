// SPDX-License-Identifier: MIT
// How much was tested, what it rests on, what is missing.
#include "reports/figures/coverage.h"

#include "tests/unit/evaluation_fixture.h"

static const char three[] =
    "control 'OWN-01' { title = 'a', severity = 'low', amount_kind = 'exposure', "
    "population = 'price', scope = 'all', test = function(row) "
    "if row.region == nil then return exception {} end end }\n"
    "control 'OWN-02' { title = 'b', severity = 'low', amount_kind = 'exposure', "
    "population = 'price', scope = 'all', test = function(row) "
    "if row.grade then return end end }\n"
    "control 'OWN-03' { title = 'c', severity = 'low', amount_kind = 'exposure', "
    "population = 'customer', " TEST_ALL " }\n"
    "control 'OWN-04' { title = 'd', severity = 'low', amount_kind = 'exposure', "
    "population = 'price', scope = 'all', test = function(row) "
    "if row.product == 'P1' then return exception {} end end }\n";

static void controls_are_counted_by_what_came_of_them(void **state)
{
    (void)state;
    struct coverage coverage;
    struct buffer name = {0};
    put_rows("price", "price_id,product,valid_from,approved_at\n1,P1,2026-01-01,2026-01-01\n");
    seal();
    declare(three);
    evaluate();
    struct run run = {.arena = arena_new(),
                      .engagement = &engagement,
                      .data = data,
                      .evaluation = evaluation,
                      .language = "en"};
    run_judge(&run);
    coverage_init(&coverage, &run);
    assert_int_equal(coverage.controls, 4);
    assert_int_equal(coverage.tested, 2);
    assert_int_equal(coverage.rows, 2);
    assert_int_equal(coverage.untestable, 1);
    assert_int_equal(coverage.established, 1);
    assert_int_equal(coverage.assumed, 1);
    assert_int_equal(coverage.resting, 1);
    assert_int_equal(coverage.rest_count, 1);
    assert_int_equal(coverage.rests[0].controls, 1);
    assert_int_equal(coverage.rests[0].exceptions, 1);
    assumption_name(data, coverage.rests[0].assumption, &name);
    assert_string_equal(buffer_text(&name), "price.region=");
    assert_int_equal(coverage.lack_count, 2); // each the only thing that one control lacks
    assert_int_equal(coverage.lacks[0].alone, 1);
    assert_int_equal(coverage.lacks[1].alone, 1);
    buffer_reset(&name);
    lack_name(data, &coverage.lacks[0].lack, &name);
    buffer_add_text(&name, " ");
    lack_name(data, &coverage.lacks[1].lack, &name);
    assert_string_equal(buffer_text(&name), "customer price.grade");
    buffer_clear(&name);
    arena_free(run.arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        EVALUATION_TEST(controls_are_counted_by_what_came_of_them),
    };
    return cmocka_run_group_tests_name("coverage", tests, NULL, NULL);
}
