// SPDX-License-Identifier: MIT
#include "engine/rules/sums.h"

#include "tests/unit/total_text.h"

static struct arena *arena;

static int begin(void **state)
{
    (void)state;
    arena = arena_new();
    return 0;
}

static int end(void **state)
{
    (void)state;
    arena_free(arena);
    return 0;
}

static void add(struct sums *sums, enum amount_kind kind, const char *currency, int64_t cents)
{
    sum_add(sums_get(sums, kind, currency, cents < 0), total_of_units(cents, 2));
}

static void is_written(const struct sums *sums, bool grouped, const char *expected)
{
    struct buffer text = {0};
    for (size_t i = 0; i < sums->count; i++) {
        const char *kind = amount_kind_name(sums->items[i].kind);
        buffer_printf(&text, "%s ", kind ? kind : "");
        sum_format(&sums->items[i], grouped, &text);
        buffer_printf(&text, " %s (%zu)\n", sums->items[i].currency, sums->items[i].count);
    }
    assert_string_equal(buffer_text(&text), expected);
    buffer_clear(&text);
}

static void test_each_kind_and_currency_has_a_sum(void **state)
{
    (void)state;
    struct sums sums = {.arena = arena};
    add(&sums, AMOUNT_MISSTATEMENT, "USD", 150);
    add(&sums, AMOUNT_MISSTATEMENT, "CNY", 100000);
    add(&sums, AMOUNT_EXPOSURE, "CNY", -25);
    add(&sums, AMOUNT_MISSTATEMENT, "CNY", 20);
    add(&sums, AMOUNT_UNSTATED, "JPY", 500);
    is_written(&sums, true,
               " 5 JPY (1)\nexposure -0.25 CNY (1)\nmisstatement 1,000.20 CNY (2)\n"
               "misstatement 1.50 USD (1)\n");
    assert_null(sums_find(&sums, AMOUNT_EXPOSURE, "USD", false));
    is_total(sums_find(&sums, AMOUNT_MISSTATEMENT, "USD", false)->total, "1.5");
}

static void test_amounts_below_zero_are_not_netted(void **state)
{
    (void)state;
    struct sums sums = {.arena = arena}, more = {.arena = arena};
    add(&sums, AMOUNT_EXPOSURE, "CNY", -10000);
    add(&sums, AMOUNT_EXPOSURE, "CNY", 10000);
    add(&sums, AMOUNT_EXPOSURE, "BHD", -50);
    add(&more, AMOUNT_EXPOSURE, "CNY", -1);
    add(&more, AMOUNT_EXPOSURE, "CNY", 2);
    sums_merge(&sums, &more);
    is_written(&sums, true,
               "exposure -0.500 BHD (1)\nexposure 100.02 CNY (2)\nexposure -100.01 CNY (2)\n");
    assert_null(sums_find(&sums, AMOUNT_EXPOSURE, "BHD", false));
    is_total(sums_find(&sums, AMOUNT_EXPOSURE, "CNY", true)->total, "-100.01");
}

static void test_sums_are_merged(void **state)
{
    (void)state;
    struct sums one = {.arena = arena}, other = {.arena = arena};
    add(&one, AMOUNT_EXPOSURE, "CNY", 100);
    add(&other, AMOUNT_EXPOSURE, "CNY", 100);
    add(&other, AMOUNT_EXPOSURE, "CNY", 50);
    add(&other, AMOUNT_EXPOSURE, "BHD", 50);
    sums_merge(&one, &other);
    is_written(&one, false, "exposure 0.500 BHD (1)\nexposure 2.50 CNY (3)\n");
}

static void test_what_is_beyond_stays_so(void **state)
{
    (void)state;
    struct sums sums = {.arena = arena}, more = {.arena = arena};
    struct sum *sum = sums_get(&sums, AMOUNT_EXPOSURE, "CNY", false);
    __int128 half = (__int128)1 << 126;
    sum_add(sum, total_of_units(half, 0));
    sum_add(sum, total_of_units(half - 1, 0));
    is_total(sum->total, "170141183460469231731687303715884105727");
    sum_add(sum, total_of_units(1, 0));
    sum_add(sum, total_of_units(-half, 0));
    is_written(&sums, true, "exposure ? CNY (4)\n");
    add(&more, AMOUNT_EXPOSURE, "CNY", 1);
    sums_merge(&more, &sums);
    is_written(&more, true, "exposure ? CNY (5)\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_each_kind_and_currency_has_a_sum, begin, end),
        cmocka_unit_test_setup_teardown(test_amounts_below_zero_are_not_netted, begin, end),
        cmocka_unit_test_setup_teardown(test_sums_are_merged, begin, end),
        cmocka_unit_test_setup_teardown(test_what_is_beyond_stays_so, begin, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
