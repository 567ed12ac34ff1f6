// SPDX-License-Identifier: MIT
#include "tests/unit/workbook_fixture.h"

static void columns_have_letters(void **state)
{
    (void)state;
    static const struct {
        size_t column;
        const char *letters;
    } columns[] = {{0, "A"}, {25, "Z"}, {26, "AA"}, {701, "ZZ"}, {702, "AAA"}, {16383, "XFD"}};
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++) {
        char letters[WORKBOOK_LETTERS];
        workbook_letters(columns[i].column, letters);
        assert_string_equal(letters, columns[i].letters);
    }
}

static void sheets_are_found_by_name(void **state)
{
    (void)state;
    struct error error;
    struct fixture_book book = {
        .sheets = {{"Data", "", NULL}, {"发 货 单", "", "hidden"}, {"data", "", "veryHidden"}}};
    fixture_book("a.xlsx", &book);
    struct workbook *workbook = fixture_open("a.xlsx", &error);
    struct buffer names = {0};
    assert_non_null(workbook);
    assert_int_equal(workbook->sheet_count, 3);
    assert_false(workbook->sheets[0].hidden);
    assert_true(workbook->sheets[1].hidden && workbook->sheets[2].hidden);
    assert_int_equal(workbook_find(workbook, "data"), 2);
    assert_int_equal(workbook_find(workbook, "DATA"), 0);
    assert_int_equal(workbook_find(workbook, "发货单"), 1);
    assert_int_equal(workbook_find(workbook, "收款"), -1);
    workbook_add_names(workbook, &names);
    assert_string_equal(buffer_text(&names), "Data, 发 货 单, data");
    buffer_clear(&names);
    workbook_free(workbook);
}

static int count_three(void *context, const struct workbook_row *row)
{
    int *count = context;
    (void)row;
    return ++*count == 3;
}

static void reading_may_end_early(void **state)
{
    (void)state;
    int count = 0;
    struct error error;
    char *rows = fixture_rows("a\nb\nc\nd\ne");
    fixture_sheet("a.xlsx", "a", rows);
    struct workbook *workbook = fixture_open("a.xlsx", &error);
    struct workbook_target target = {.context = &count, .row = count_three};
    assert_int_equal(workbook_read(workbook, 0, &target, &error), 1);
    assert_int_equal(count, 3);
    assert_true(workbook_size(workbook, 0) > 100);
    workbook_free(workbook);
    free(rows);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(columns_have_letters),
        FIXTURE_TEST(sheets_are_found_by_name),
        FIXTURE_TEST(reading_may_end_early),
    };
    return cmocka_run_group_tests_name("workbook", tests, NULL, NULL);
}
