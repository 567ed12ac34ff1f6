// SPDX-License-Identifier: MIT
// What a control would do with the data that there are.
#include "engine/evaluation/trial.h"

#include "tests/unit/evaluation_fixture.h"

static struct trial trial;

static void prices(void)
{
    world_start(model_of(trade_model));
    put_rows("price", "price_id,product,valid_from,approved_at\n1,P1,2026-01-01,2026-01-01\n"
                      "2,P2,2026-02-01,2026-01-01\n");
    seal();
}

static enum prospect try_it(const char *body)
{
    run_control(body);
    trial_clear(&trial);
    trial_init(&trial, &engagement.controls[0], data, &evaluation->results[0]);
    return trial.prospect;
}

#define PRICES "population = 'price', scope = 'all', "

static void what_tests_rows_is_ready(void **state)
{
    (void)state;
    prices();
    assert_int_equal(try_it(PRICES "test = function(row) if row.product == 'P9' then return "
                                   "exception {} end end"),
                     PROSPECT_READY);
    assert_true(trial.imported);
    assert_int_equal(trial.population, 2);
}

static void what_rests_on_an_assumption_says_so(void **state)
{
    (void)state;
    prices();
    assert_int_equal(try_it(PRICES "test = function(row) if row.region then return exception {} "
                                   "end end"),
                     PROSPECT_ASSUMED);
    assert_int_equal(trial.rests.count, 1);
}

static void a_column_that_every_row_needs_is_lacking(void **state)
{
    (void)state;
    prices();
    assert_int_equal(try_it(PRICES "test = function(row) if row.floor then return exception {} end "
                                   "end"),
                     PROSPECT_LACKING);
    assert_int_equal(trial.readiness.missing_count, 1);
    // For some rows only: the others are tested.
    assert_int_equal(try_it(PRICES "test = function(row) if row.product == 'P1' and row.floor then "
                                   "return exception {} end end"),
                     PROSPECT_READY);
    assert_int_equal(trial.untestable, 1);
    assert_non_null(trial.reason);
}

static void what_is_only_shown_is_not_lacking(void **state)
{
    (void)state;
    prices();
    assert_int_equal(try_it(PRICES "test = function(row) return exception { floor = row.floor, "
                                   "evidence = { row } } end"),
                     PROSPECT_READY);
    assert_int_equal(trial.readiness.missing_count, 0);
}

static void a_population_is_lacking_or_without_rows(void **state)
{
    (void)state;
    prices();
    assert_int_equal(try_it("population = 'customer', " TEST_ALL), PROSPECT_LACKING);
    assert_false(trial.imported);
    assert_int_equal(
        try_it(PRICES "applies = function(row) return row.product == 'P9' end, " TEST_ALL),
        PROSPECT_NO_ROWS);
}

static void a_mistake_is_another_reason(void **state)
{
    (void)state;
    prices();
    assert_int_equal(try_it(PRICES "test = function(row) error 'no' end"), PROSPECT_OTHER);
    assert_int_equal(try_it(PRICES "test = function(row) untestable 'too few' end"),
                     PROSPECT_OTHER);
    engagement.controls[0].disabled = true;
    trial_clear(&trial);
    trial_init(&trial, &engagement.controls[0], data, &evaluation->results[0]);
    assert_int_equal(trial.prospect, PROSPECT_NONE);
}

// A control with enough tested rows is not taken further, whatever the number of workers.
static void a_trial_ends_early(void **state)
{
    (void)state;
    struct buffer rows = {0};
    world_start(model_of(trade_model));
    buffer_add_text(&rows, "price_id,product\n");
    for (int i = 0; i < 150000; i++)
        buffer_printf(&rows, "%d,P%d\n", i, i % 7);
    put_rows("price", buffer_text(&rows));
    buffer_clear(&rows);
    seal();
    size_t tested[3];
    for (int jobs = 1; jobs <= 3; jobs++) {
        struct error error = {0};
        run_control(PRICES TEST_ALL);
        evaluation_free(evaluation);
        evaluation = trial_run(&engagement, data, jobs, &error);
        assert_non_null(evaluation);
        tested[jobs - 1] = evaluation->results[0].tested;
    }
    assert_true(tested[0] >= TRIAL_ROWS && tested[0] < 150000);
    assert_int_equal(tested[0], tested[1]);
    assert_int_equal(tested[0], tested[2]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        EVALUATION_TEST(what_tests_rows_is_ready),
        EVALUATION_TEST(what_rests_on_an_assumption_says_so),
        EVALUATION_TEST(a_column_that_every_row_needs_is_lacking),
        EVALUATION_TEST(what_is_only_shown_is_not_lacking),
        EVALUATION_TEST(a_population_is_lacking_or_without_rows),
        EVALUATION_TEST(a_mistake_is_another_reason),
        EVALUATION_TEST(a_trial_ends_early),
    };
    return cmocka_run_group_tests_name("trial", tests, NULL, NULL);
}
