// SPDX-License-Identifier: MIT
#include "engine/data/column.h"

#include "engine/base/memory.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

// Packs the words, expects them back, and the width that holds them.
static void packs(const int64_t *words, size_t count, int width)
{
    struct column column = {0};
    column_pack(&column, words, count);
    if (column.width != width)
        fail_msg("%lld, ... takes %d bytes, expected %d", (long long)words[0], column.width, width);
    for (size_t row = 0; row < count; row++)
        if (column_get(&column, row) != words[row])
            fail_msg("width %d, row %zu: %lld, expected %lld", column.width, row,
                     (long long)column_get(&column, row), (long long)words[row]);
    assert_int_equal(column_memory(&column, count), count * (size_t)width);
    column_clear(&column);
}

#define PACKS(width, ...)                                                                          \
    packs((const int64_t[]){__VA_ARGS__}, sizeof((const int64_t[]){__VA_ARGS__}) / 8, width)

static void each_width_reaches_to_its_edges(void **state)
{
    (void)state;
    PACKS(1, 0);
    PACKS(1, INT8_MIN + 2, INT8_MAX);
    PACKS(2, INT8_MIN + 1, 0);
    PACKS(2, INT8_MIN, 0);
    PACKS(2, 0, INT8_MAX + 1);
    PACKS(2, INT16_MIN + 2, INT16_MAX);
    PACKS(4, INT16_MIN + 1, 0);
    PACKS(4, INT16_MIN, 0);
    PACKS(4, 0, INT16_MAX + 1);
    PACKS(4, (int64_t)INT32_MIN + 2, INT32_MAX);
    PACKS(8, (int64_t)INT32_MIN + 1, 0);
    PACKS(8, INT32_MIN, 0);
    PACKS(8, 0, (int64_t)INT32_MAX + 1);
    PACKS(8, INT64_MIN + 2, INT64_MAX);
}

static void null_and_invalid_stand_apart_at_each_width(void **state)
{
    (void)state;
    PACKS(1, CELL_NULL, CELL_INVALID, INT8_MIN + 2, INT8_MAX, -1, 0);
    PACKS(2, CELL_NULL, CELL_INVALID, INT16_MIN + 2, INT16_MAX, INT8_MIN, INT8_MIN + 1);
    PACKS(4, CELL_NULL, CELL_INVALID, INT32_MIN + 2, INT32_MAX, INT16_MIN, INT16_MIN + 1);
    PACKS(8, CELL_NULL, CELL_INVALID, INT64_MIN + 2, INT64_MAX, INT32_MIN, INT32_MIN + 1LL);
}

static void nothing_but_nulls_costs_nothing(void **state)
{
    (void)state;
    PACKS(0, CELL_NULL, CELL_NULL, CELL_NULL);
    PACKS(1, CELL_NULL, CELL_INVALID);
    PACKS(1, CELL_INVALID);
    struct column column = {0};
    column_pack(&column, NULL, 0);
    assert_int_equal(column.width, 0);
    assert_null(column.cells);
    column_clear(&column);
}

static void allocated_cells_are_null_until_set(void **state)
{
    (void)state;
    static const int64_t most[] = {INT8_MAX, INT16_MAX, INT32_MAX, INT64_MAX};
    for (int i = 0; i < 4; i++) {
        struct column column = {0};
        column_allocate(&column, 3, 0, most[i]);
        assert_int_equal(column.width, 1 << i);
        for (size_t row = 0; row < 3; row++)
            assert_true(column_get(&column, row) == CELL_NULL);
        column_set(&column, 1, most[i]);
        column_set(&column, 2, CELL_INVALID);
        assert_true(column_get(&column, 0) == CELL_NULL);
        assert_true(column_get(&column, 1) == most[i]);
        assert_true(column_get(&column, 2) == CELL_INVALID);
        column_set(&column, 1, CELL_NULL);
        assert_true(column_get(&column, 1) == CELL_NULL);
        column_clear(&column);
    }
}

static void an_empty_range_allocates_nothing(void **state)
{
    (void)state;
    struct column column = {0};
    column_allocate(&column, 3, 1, 0);
    assert_int_equal(column.width, 0);
    column_set(&column, 0, CELL_NULL);
    assert_true(column_get(&column, 0) == CELL_NULL);
    column_allocate(&column, 0, 0, 5);
    assert_int_equal(column.width, 0);
    // Allocating again starts over.
    column_allocate(&column, 2, 0, 5);
    column_set(&column, 0, 5);
    column_allocate(&column, 2, 0, 500);
    assert_int_equal(column.width, 2);
    assert_true(column_get(&column, 0) == CELL_NULL);
    column_clear(&column);
}

static void the_text_of_an_invalid_cell_is_found_by_row(void **state)
{
    (void)state;
    struct column column = {0};
    struct arena *arena = arena_new();
    column_add_invalid(&column, arena, 2, "two", 3);
    column_add_invalid(&column, arena, 5, "five", 4);
    column_add_invalid(&column, arena, 9, "nine", 4);
    assert_string_equal(column_invalid_text(&column, 2), "two");
    assert_string_equal(column_invalid_text(&column, 5), "five");
    assert_string_equal(column_invalid_text(&column, 9), "nine");
    static const size_t none[] = {0, 1, 3, 8, 10};
    for (size_t i = 0; i < sizeof none / sizeof *none; i++)
        assert_null(column_invalid_text(&column, none[i]));
    column_clear(&column);
    assert_null(column_invalid_text(&column, 2));
    arena_free(arena);
}

// Many cells at once are what they are one by one, at each width.
static void runs_of_cells_are_read_written_and_copied(void **state)
{
    (void)state;
    static const int64_t most[] = {INT8_MAX, INT16_MAX, INT32_MAX, INT64_MAX};
    for (size_t i = 0; i < sizeof most / sizeof *most; i++) {
        const int64_t words[] = {CELL_NULL, most[i], CELL_INVALID, -1, 0};
        int64_t read[4];
        struct column column = {0}, copy = {0};
        column_allocate(&column, 7, -1, most[i]);
        column_write(&column, 1, 5, words);
        assert_int_equal(column_get(&column, 0), CELL_NULL);
        for (size_t row = 0; row < 5; row++)
            assert_int_equal(column_get(&column, row + 1), words[row]);
        assert_int_equal(column_get(&column, 6), CELL_NULL);
        column_read(&column, 2, 4, read);
        assert_memory_equal(read, words + 1, sizeof read);
        column_allocate(&copy, 8, -1, most[i]);
        column_copy(&copy, 1, &column, 7);
        assert_int_equal(column_get(&copy, 2), CELL_NULL);
        assert_int_equal(column_get(&copy, 3), most[i]);
        assert_int_equal(column_get(&copy, 4), CELL_INVALID);
        column_clear(&column);
        column_clear(&copy);
    }
    struct column empty = {0};
    int64_t nothing[2] = {1, 1};
    column_write(&empty, 0, 2, nothing);
    column_read(&empty, 0, 2, nothing);
    assert_int_equal(nothing[0], CELL_NULL);
    assert_int_equal(nothing[1], CELL_NULL);
}

static void a_range_leaves_null_and_invalid_out(void **state)
{
    (void)state;
    const int64_t words[] = {5, CELL_NULL, -7, CELL_INVALID, 0};
    struct column_range range = column_range_of(words, 5);
    assert_int_equal(range.least, -7);
    assert_int_equal(range.most, 5);
    assert_true(range.any_invalid);
    range = column_range_of(words, 3);
    assert_false(range.any_invalid);
    range = column_range_of(words + 1, 1);
    assert_true(range.least > range.most);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_width_reaches_to_its_edges),
        cmocka_unit_test(null_and_invalid_stand_apart_at_each_width),
        cmocka_unit_test(nothing_but_nulls_costs_nothing),
        cmocka_unit_test(allocated_cells_are_null_until_set),
        cmocka_unit_test(an_empty_range_allocates_nothing),
        cmocka_unit_test(the_text_of_an_invalid_cell_is_found_by_row),
        cmocka_unit_test(runs_of_cells_are_read_written_and_copied),
        cmocka_unit_test(a_range_leaves_null_and_invalid_out),
    };
    return cmocka_run_group_tests_name("column", tests, NULL, NULL);
}
