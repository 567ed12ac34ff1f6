// SPDX-License-Identifier: MIT
// What a control reads that the data do not have.
#include "engine/evaluation/readiness.h"

#include "engine/base/reason.h"
#include "tests/unit/evaluation_fixture.h"

static void prices(void)
{
    world_start(model_of(trade_model));
    put_rows("price", "price_id,product,valid_from,approved_at\n1,P1,2026-01-01,2026-01-01\n");
    seal();
}

// What is missing and what is assumed: "price.floor price.grade | price.region="
static void lacks(const char *expected)
{
    struct readiness readiness;
    struct buffer text = {0};
    readiness_init(&readiness, &engagement.controls[0], data);
    for (int i = 0; i < readiness.missing_count; i++) {
        lack_name(data, &readiness.missing[i], &text);
        buffer_add_text(&text, " ");
    }
    buffer_add_text(&text, "|");
    for (int i = 0; i < readiness.assumed.count; i++) {
        buffer_add_text(&text, " ");
        assumption_name(data, readiness.assumed.items[i], &text);
    }
    assert_string_equal(buffer_text(&text), expected);
    buffer_clear(&text);
    readiness_clear(&readiness);
}

static bool is_blocked(void)
{
    struct readiness readiness;
    readiness_init(&readiness, &engagement.controls[0], data);
    bool blocked = readiness_is_blocked(&readiness);
    readiness_clear(&readiness);
    return blocked;
}

static void columns_are_missing_or_assumed(void **state)
{
    (void)state;
    prices();
    run_control("population = 'price', scope = 'all', test = function(row) "
                "if row.region == nil and row.grade and row.floor then return end end");
    lacks("price.grade price.floor | price.region=");
    assert_false(is_blocked());
}

static void what_is_only_shown_is_not_missed(void **state)
{
    (void)state;
    prices();
    run_control("population = 'price', scope = 'all', test = function(row) "
                "if row.region then return end "
                "return exception { floor = row.floor, evidence = { row.product, row.grade }, "
                "severity = row.grade and 'low' or 'high' } end");
    lacks("price.grade | price.region="); // of a severity, too, which decides
    run_control("population = 'price', scope = 'all', test = function(row) "
                "if row.region then return end local floor = row.floor "
                "return exception { floor = floor } end");
    lacks("price.floor | price.region="); // read before the braces
}

static void a_control_that_is_not_run_names_everything_at_once(void **state)
{
    (void)state;
    prices();
    run_control("population = 'price', scope = 'all', test = function(row) "
                "if row.grade and row.floor then return end end");
    has_status("OWN-01", STATUS_NOT_RUN);
    char *reason = reason_of(result_of("OWN-01"));
    assert_string_equal(reason, "price.grade and price.floor were not imported");
    free(reason);
}

static void what_the_control_needs_is_not_assumed(void **state)
{
    (void)state;
    prices();
    run_control("population = 'price', scope = 'all', needs = { 'price.region' }, "
                "test = function(row) if row.region == nil then return end end");
    lacks("price.region |");
}

static void a_population_blocks(void **state)
{
    (void)state;
    prices();
    run_control("population = 'customer', " TEST_ALL);
    lacks("customer |");
    assert_true(is_blocked());
    run_control("population = { 'customer', 'price' }, " TEST_ALL); // one is there
    lacks("|");
    assert_false(is_blocked());
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        EVALUATION_TEST(columns_are_missing_or_assumed),
        EVALUATION_TEST(what_is_only_shown_is_not_missed),
        EVALUATION_TEST(a_control_that_is_not_run_names_everything_at_once),
        EVALUATION_TEST(what_the_control_needs_is_not_assumed),
        EVALUATION_TEST(a_population_blocks),
    };
    return cmocka_run_group_tests_name("readiness", tests, NULL, NULL);
}
