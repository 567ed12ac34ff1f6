// SPDX-License-Identifier: MIT
#include "reports/sampling/sample_population.h"
#include "tests/unit/engine_fixture.h"

static struct sample_population population;
static struct sample sample;
static struct error error;

static const char orders[] = "order_id,customer_id,order_date,currency,amount,note\n"
                             "SO1,C1,2026-10-01,CNY,100,a\n"
                             "SO2,C2,2026-10-31,CNY,0,a\n"
                             "SO3,C1,2026-10-05,CNY,-5.5,a\n"
                             "SO4,C1,2026-09-30,CNY,100,a\n"
                             "SO5,C1,,CNY,100,a\n"
                             "SO6,C1,2026-10-06,CNY,,a\n"
                             "SO7,C1,2026-10-06,CNY,abc,a\n"
                             "SO8,C2,2026-10-06,CNY,250.25,b\n"
                             "SO9,C2,2026-11-06,CNY,1,b\n";

static int set_up(void **state)
{
    trade_set_up(state);
    sample = (struct sample){0};
    error = (struct error){0};
    put_rows("customer", "customer_id,region\nC1,north\nC2,south\n");
    return 0;
}

static int tear_down(void **state)
{
    sample_population_clear(&population);
    sample_clear(&sample);
    return trade_tear_down(state);
}

static int gather(const struct sample_request *request)
{
    sample_population_clear(&population);
    enum sample_method method = sample.method;
    sample_clear(&sample);
    sample.method = method;
    return sample_population_gather(&population, &sample, data, request, &error);
}

static size_t apart_rows(void)
{
    size_t count = 0;
    for (int i = 0; i < APART_COUNT; i++)
        count += population.apart[i];
    return count;
}

static void test_each_row_is_drawn_from_or_stands_apart(void **state)
{
    (void)state;
    put_rows("sales_order", orders);
    seal();
    assert_int_equal(gather(&(struct sample_request){.table = "sales_order"}), 0);
    assert_int_equal(population.rows, 2);
    assert_int_equal(population.rows + apart_rows(), population.rows_of_table);
    assert_int_equal(population.apart[APART_ZERO], 1);
    assert_int_equal(population.apart[APART_NEGATIVE], 1);
    assert_int_equal(population.apart[APART_PERIOD], 2);
    assert_int_equal(population.apart[APART_NO_DATE], 1);
    assert_int_equal(population.apart[APART_NO_AMOUNT], 1);
    assert_int_equal(population.apart[APART_UNREADABLE], 1);
    assert_true(population.negative_total == -550);
    assert_int_equal(population.amounts[0], 10000);
    assert_int_equal(population.amounts[1], 25025);
    assert_int_equal(sample.scale, 2);
    assert_string_equal(sample.currency, "CNY");
    // What was not left out on purpose is listed.
    assert_int_equal(population.other_count, 5);
    assert_string_equal(population.others[0].key, "SO2");
    assert_string_equal(population.others[0].reason, "zero");
}

static void test_random_samples_draw_rows_of_any_amount(void **state)
{
    (void)state;
    put_rows("sales_order", orders);
    seal();
    sample.method = SAMPLE_RANDOM;
    assert_int_equal(gather(&(struct sample_request){.table = "sales_order"}), 0);
    assert_int_equal(population.rows, 6);
    assert_null(population.amounts);
    assert_int_equal(gather(&(struct sample_request){.table = "sales_order", .amount = "amount"}),
                     0);
    assert_int_equal(population.rows, 4); // but for those without one
}

static void test_every_period_ends_on_the_day_of_the_audit(void **state)
{
    (void)state;
    put_rows("sales_order", orders);
    seal();
    assert_int_equal(gather(&(struct sample_request){.table = "sales_order", .every_period = true}),
                     0);
    assert_int_equal(population.rows, 4); // SO4 and SO5 too, SO9 is later
    assert_int_equal(population.apart[APART_PERIOD], 1);
}

static void test_conditions_follow_paths(void **state)
{
    (void)state;
    put_rows("sales_order", orders);
    seal();
    const char *const by_path[] = {"customer.region=south", "note=b", NULL};
    assert_int_equal(
        gather(&(struct sample_request){.table = "sales_order", .conditions = by_path}), 0);
    assert_int_equal(population.rows, 1);
    const char *const by_amount[] = {"amount=100.00", NULL};
    assert_int_equal(
        gather(&(struct sample_request){.table = "sales_order", .conditions = by_amount}), 0);
    assert_int_equal(population.rows, 1);
    assert_int_equal(population.apart[APART_UNREADABLE], 1);
    const char *const empty[] = {"amount=", NULL};
    sample.method = SAMPLE_RANDOM;
    assert_int_equal(gather(&(struct sample_request){.table = "sales_order", .conditions = empty}),
                     0);
    assert_int_equal(population.rows, 1);
}

static void is_refused(const struct sample_request *request, const char *because)
{
    error = (struct error){0};
    assert_int_equal(gather(request), -1);
    assert_int_equal(error.kind, ERROR_USAGE);
    if (!strstr(error.message, because))
        fail_msg("%s: expected %s", error.message, because);
}

static void test_requests_that_do_not_fit_are_refused(void **state)
{
    (void)state;
    put_rows("sales_order", orders);
    seal();
    const char *const no_field[] = {"colour=red", NULL}, *const no_value[] = {"note", NULL};
    const char *const nobody[] = {"note=c", NULL}, *const absent[] = {"contract_id=1", NULL};
    const char *const bad_date[] = {"order_date=soon", NULL};
    is_refused(&(struct sample_request){.table = "orders"}, "no table");
    is_refused(&(struct sample_request){.table = "price"}, "not imported");
    is_refused(&(struct sample_request){.table = "sales_order", .amount = "note"}, "--amount");
    is_refused(&(struct sample_request){.table = "sales_order", .currency = "USD"}, "USD");
    is_refused(&(struct sample_request){.table = "sales_order", .conditions = no_field}, "colour");
    is_refused(&(struct sample_request){.table = "sales_order", .conditions = no_value}, "FIELD=");
    is_refused(&(struct sample_request){.table = "sales_order", .conditions = absent}, "imported");
    is_refused(&(struct sample_request){.table = "sales_order", .conditions = bad_date}, "soon");
    is_refused(&(struct sample_request){.table = "sales_order", .conditions = nobody},
               "not asked for 6");
}

static void test_several_currencies_are_refused(void **state)
{
    (void)state;
    put_rows("sales_order", "order_id,customer_id,order_date,currency,amount\n"
                            "SO1,C1,2026-10-01,CNY,100\n"
                            "SO2,C1,2026-10-02,USD,20.5\n"
                            "SO3,C1,2026-10-02,JPY,300\n");
    seal();
    is_refused(&(struct sample_request){.table = "sales_order"}, "--currency CNY");
    assert_int_equal(gather(&(struct sample_request){.table = "sales_order", .currency = "USD"}),
                     0);
    assert_int_equal(population.rows, 1);
    assert_int_equal(population.apart[APART_CURRENCY], 2);
    assert_string_equal(sample.currency, "USD");
    sample.method = SAMPLE_RANDOM; // rows may be of any
    assert_int_equal(gather(&(struct sample_request){.table = "sales_order"}), 0);
    assert_int_equal(population.rows, 3);
}

#define POPULATION_TEST(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        POPULATION_TEST(test_each_row_is_drawn_from_or_stands_apart),
        POPULATION_TEST(test_random_samples_draw_rows_of_any_amount),
        POPULATION_TEST(test_every_period_ends_on_the_day_of_the_audit),
        POPULATION_TEST(test_conditions_follow_paths),
        POPULATION_TEST(test_requests_that_do_not_fit_are_refused),
        POPULATION_TEST(test_several_currencies_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
