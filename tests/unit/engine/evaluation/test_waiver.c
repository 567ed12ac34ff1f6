// SPDX-License-Identifier: MIT
#include "engine/evaluation/waiver.h"

#include "tests/unit/sample_run.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

// The sample's exceptions: PRC-01:sale:S1/1 (1.00 CNY, fingerprint f1) and PRC-01:sale:S2/1#late
// (no amount, f2), as of 2026-10-31.
static struct waivers *waivers;
static struct sample *sample;

static int begin(void **state)
{
    (void)state;
    sample = sample_new();
    for (int i = 0; i < 3; i++)
        sample->controls[i].waivable = true;
    waivers = waivers_new();
    return 0;
}

static int end(void **state)
{
    (void)state;
    waivers_free(waivers);
    sample_free(sample);
    return 0;
}

static void add(const char *exception, const char *fingerprint, const char *approved_on,
                const char *expires_on, const char *limit)
{
    const char *cells[] = {exception,  fingerprint, "known and small", "E1", approved_on,
                           expires_on, limit};
    waivers_add(waivers, (int64_t)waivers->count + 2, cells, NULL);
}

static void add_plain(const char *exception, const char *fingerprint)
{
    add(exception, fingerprint, "2026-10-20", "2026-12-31", "");
}

static void apply(void)
{
    waivers_apply(waivers, &sample->engagement, sample->run.data, &sample->evaluation);
}

static enum waiver_status status(size_t at)
{
    return waivers->items[at].status;
}

static void one_exception_by_its_id_and_fingerprint(void **state)
{
    (void)state;
    add_plain("PRC-01:sale:S1/1", "f1");
    apply();
    assert_int_equal(status(0), WAIVER_APPLIED);
    assert_true(waivers_cover(waivers, 0));
    assert_false(waivers_cover(waivers, 1));
    assert_int_equal(waivers_warnings(waivers), 0);
}

static void without_waivers_nothing_is_waived(void **state)
{
    (void)state;
    assert_false(waivers_cover(NULL, 0));
    assert_int_equal(waivers_warnings(NULL), 0);
    apply();
    assert_false(waivers_cover(waivers, 0));
}

static void changed_facts_make_it_void(void **state)
{
    (void)state;
    add_plain("PRC-01:sale:S1/1", "f2");
    apply();
    assert_int_equal(status(0), WAIVER_CHANGED);
    assert_false(waivers_cover(waivers, 0));
    assert_int_equal(waivers->outcomes[0].waiver, 0); // shown with the exception all the same
    assert_int_equal(waivers_warnings(waivers), 1);
}

static void a_pattern_covers_what_it_fits_and_the_label_is_part_of_the_id(void **state)
{
    (void)state;
    add_plain("PRC-01:sale:S*/1", "");
    add_plain("PRC-01:*#late", "");
    apply();
    assert_true(waivers_cover(waivers, 0));
    assert_false(waivers->outcomes[0].waiver == 1);
    assert_int_equal(waivers->items[0].waived, 1);
    assert_int_equal(waivers->items[1].waived, 1);
    assert_true(waivers_cover(waivers, 1));
}

static void the_last_day_counts_and_the_first(void **state)
{
    (void)state;
    add("PRC-01:sale:S1/1", "f1", "2026-10-31", "2026-10-31", "");
    add("PRC-01:sale:S2/1#late", "f2", "2026-10-01", "2026-10-30", "");
    add("PRC-01:sale:S2/1#late", "f2", "2026-11-01", "2026-12-30", "");
    apply();
    assert_int_equal(status(0), WAIVER_APPLIED);
    assert_int_equal(status(1), WAIVER_EXPIRED);
    assert_int_equal(status(2), WAIVER_NOT_YET);
    assert_false(waivers_cover(waivers, 1));
}

static void an_amount_at_the_limit_is_waived_and_one_without_an_amount_is_not(void **state)
{
    (void)state;
    add("PRC-01:sale:S1/1", "f1", "2026-10-01", "2026-12-31", "1");
    add("PRC-01:sale:S1/1", "f1", "2026-10-01", "2026-12-31", "0.99");
    add("PRC-01:sale:S1/1", "f1", "2026-10-01", "2026-12-31", "5 USD");
    add("PRC-01:sale:S2/1#late", "f2", "2026-10-01", "2026-12-31", "5");
    apply();
    assert_int_equal(status(0), WAIVER_APPLIED);
    assert_int_equal(status(1), WAIVER_OVER_LIMIT);
    assert_int_equal(status(2), WAIVER_OVER_LIMIT);
    assert_int_equal(status(3), WAIVER_OVER_LIMIT);
}

static void a_negative_amount_is_held_against_the_limit_by_its_size(void **state)
{
    (void)state;
    sample->findings[0].amount = (struct decimal){-2, 0};
    add("PRC-01:sale:S1/1", "f1", "2026-10-01", "2026-12-31", "1.99");
    add("PRC-01:sale:S1/1", "f1", "2026-10-01", "2026-12-31", "2");
    apply();
    assert_int_equal(status(0), WAIVER_OVER_LIMIT);
    assert_int_equal(status(1), WAIVER_APPLIED);
}

static void what_cannot_be_read_is_void(void **state)
{
    (void)state;
    static const char *const exceptions[] = {
        "*", "PRC-0*:sale:S1/1", "PRC-01", "PRC-09:sale:*", ":sale:S1/1", ""};
    for (size_t i = 0; i < sizeof exceptions / sizeof *exceptions; i++)
        add_plain(exceptions[i], strchr(exceptions[i], '*') ? "" : "f1");
    add_plain("PRC-01:sale:S1/1", "");
    add_plain("PRC-01:sale:*", "f1");
    add("PRC-01:sale:S1/1", "f1", "2026-02-29", "2026-12-31", "");
    add("PRC-01:sale:S1/1", "f1", "2026-10-01", "", "");
    add("PRC-01:sale:S1/1", "f1", "2026-10-02", "2026-10-01", "");
    add("PRC-01:sale:S1/1", "f1", "2026-10-01", "2026-12-31", "much");
    add("PRC-01:sale:S1/1", "f1", "2026-10-01", "2026-12-31", "-1");
    add("PRC-01:sale:S1/1", "f1", "2026-10-01", "2026-12-31", "1 usd");
    waivers_add(waivers, 99, NULL, "2 columns where 7 are expected");
    apply();
    for (size_t i = 0; i < waivers->count; i++) {
        assert_int_equal(status(i), WAIVER_UNREADABLE);
        assert_non_null(waivers->items[i].unreadable);
    }
    assert_int_equal(waivers_warnings(waivers), waivers->count);
    assert_false(waivers_cover(waivers, 0));
}

static void unused_not_waivable_and_not_judged(void **state)
{
    (void)state;
    add_plain("PRC-01:sale:S9/1", "f9");
    add_plain("PRC-02:sale:S1/1", "f9"); // not run
    add_plain("PRC-03:*", "");           // not part of the run
    sample->controls[0].waivable = false;
    add_plain("PRC-01:sale:S1/1", "f1");
    apply();
    assert_int_equal(status(0), WAIVER_NOT_WAIVABLE); // whatever it names
    assert_int_equal(status(1), WAIVER_NOT_JUDGED);
    assert_int_equal(status(2), WAIVER_NOT_JUDGED);
    assert_int_equal(status(3), WAIVER_NOT_WAIVABLE);
    assert_int_equal(waivers_warnings(waivers), 2);
}

static void the_more_exact_waiver_goes_first(void **state)
{
    (void)state;
    add_plain("PRC-01:*", "");
    add_plain("PRC-01:sale:S1/1", "f1");
    add_plain("PRC-01:sale:S1/1", "f1");
    apply();
    assert_int_equal(waivers->outcomes[0].waiver, 1);
    assert_int_equal(waivers->outcomes[1].waiver, 0);
    assert_int_equal(status(0), WAIVER_APPLIED);
    assert_int_equal(status(2), WAIVER_SUPERSEDED);
    assert_int_equal(waivers_warnings(waivers), 0);
}

static void a_void_one_does_not_stand_in_the_way(void **state)
{
    (void)state;
    add("PRC-01:sale:S1/1", "f1", "2026-10-01", "2026-10-30", "");
    add_plain("PRC-01:sale:S1*", "");
    apply();
    assert_true(waivers_cover(waivers, 0));
    assert_int_equal(waivers->outcomes[0].waiver, 1);
    assert_int_equal(status(0), WAIVER_EXPIRED);
}

#define WAIVER_TEST(test) cmocka_unit_test_setup_teardown(test, begin, end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WAIVER_TEST(one_exception_by_its_id_and_fingerprint),
        WAIVER_TEST(without_waivers_nothing_is_waived),
        WAIVER_TEST(changed_facts_make_it_void),
        WAIVER_TEST(a_pattern_covers_what_it_fits_and_the_label_is_part_of_the_id),
        WAIVER_TEST(the_last_day_counts_and_the_first),
        WAIVER_TEST(an_amount_at_the_limit_is_waived_and_one_without_an_amount_is_not),
        WAIVER_TEST(a_negative_amount_is_held_against_the_limit_by_its_size),
        WAIVER_TEST(what_cannot_be_read_is_void),
        WAIVER_TEST(unused_not_waivable_and_not_judged),
        WAIVER_TEST(the_more_exact_waiver_goes_first),
        WAIVER_TEST(a_void_one_does_not_stand_in_the_way),
    };
    return cmocka_run_group_tests_name("waiver", tests, NULL, NULL);
}
