// SPDX-License-Identifier: MIT
// A small sample that is drawn from orders and written into the folder of a test.
#ifndef VOUCH_DRAWN_SAMPLE_H
#define VOUCH_DRAWN_SAMPLE_H

#include "reports/sampling/sample_record.h"
#include "reports/sampling/sample_sheet.h"
#include "tests/unit/engine_fixture.h"
#include "tests/unit/sample_folder.h"

static const char orders[] = "order_id,customer_id,order_date,currency,amount\n"
                             "SO1,C1,2026-10-01,CNY,100\n"
                             "=1+1,C1,2026-10-02,CNY,25.50\n"
                             "SO3,C1,2026-10-02,CNY,-1\n"
                             "SO4,C1,2026-10-02,CNY,60\n";

static struct error error;

FIXTURE int set_up(void **state)
{
    error = (struct error){0};
    setenv("SOURCE_DATE_EPOCH", "0", 1);
    folder_make(state);
    trade_set_up(state);
    put_rows("sales_order", orders);
    seal();
    return 0;
}

FIXTURE int tear_down(void **state)
{
    trade_tear_down(state);
    return folder_remove(state);
}

// Draws all three positive rows of October into `place`.
FIXTURE int write_sample(enum sample_method method, const char *place)
{
    char file[] = "audit.lua";
    struct engagement engagement = {.file = file};
    struct sample_request request = {.table = "sales_order",
                                     .amount = method == SAMPLE_RANDOM ? NULL : "amount"};
    struct sample sample = {.method = method, .size_asked = method == SAMPLE_RANDOM ? 4 : 0};
    struct sample_population population;
    struct sample_paper paper = {&engagement, data, &request, &population, &sample};
    bool units = method == SAMPLE_MONETARY_UNIT;
    assert_int_equal(sample_set_confidence(&sample, "95", &error), 0);
    assert_int_equal(sample_population_gather(&population, &sample, data, &request, &error), 0);
    assert_int_equal(sample_set_limits(&sample, units ? "60" : "50%", NULL, &error), 0);
    assert_int_equal(sample_draw(&sample, population.amounts, population.rows, "s1", &error), 0);
    sample_population_describe(&population, &sample, data);
    int result = sample_sheet_write(&paper, place, &error);
    sample_population_clear(&population);
    sample_clear(&sample);
    return result;
}

#define PAPER_TEST(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

#endif
