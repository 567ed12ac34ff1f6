// SPDX-License-Identifier: MIT
#include "engine/rules/block.h"
#include "engine/rules/pass_note.h"

#include "tests/unit/engine_fixture.h"

static void amounts_add_up_by_currency_with_their_signs(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct pass_count count = {0}, more = {0};
    struct pass_note note = {
        .has_amount = true, .amount = {-5, 2}, .currency = 7, .by = DICTIONARY_NONE};
    pass_count_add(arena, &count, &note);
    note.currency = 3;
    pass_count_add(arena, &more, &note);
    note.amount = (struct decimal){9, 2};
    pass_count_add(arena, &more, &note);
    note.has_amount = false;
    pass_count_add(arena, &more, &note);
    more.rows = 2;
    pass_count_merge(arena, &count, &more);
    assert_int_equal(count.rows, 2);
    assert_int_equal(count.sum_count, 2);
    assert_int_equal(count.sums[0].currency, 3);
    assert_true(count.sums[0].total.coefficient == 4);
    assert_true(count.sums[1].total.coefficient == -5);
    arena_free(arena);
}

static void people_are_added_over_blocks(void **state)
{
    (void)state;
    struct block all = {0}, one = {.many = 2}, other = {.many = 2};
    block_add_person(&one, 8, 1, 4)->count.rows = 1;
    block_add_person(&other, 8, 1, 9)->count.rows = 2;
    block_add_person(&other, 3, 1, 10)->count.rows = 1;
    block_merge(&all, &one);
    block_merge(&all, &other);
    assert_int_equal(all.person_count, 2);
    assert_int_equal(all.people[0].by, 3);
    assert_int_equal(all.people[1].count.rows, 3);
    assert_int_equal(all.people[1].row, 4); // the first of them
    assert_int_equal(all.many, 2);
    block_clear(&all);
}

static void choices_by_name(void **state)
{
    (void)state;
    assert_int_equal(same_day_from_name("low"), SAME_DAY_LOW);
    assert_int_equal(same_day_from_name("untestable"), SAME_DAY_UNTESTABLE);
    assert_int_equal(same_day_from_name(NULL), SAME_DAY_PASS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(amounts_add_up_by_currency_with_their_signs),
        cmocka_unit_test(people_are_added_over_blocks),
        cmocka_unit_test(choices_by_name),
    };
    return cmocka_run_group_tests_name("pass_note", tests, NULL, NULL);
}
