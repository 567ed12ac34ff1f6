// SPDX-License-Identifier: MIT
#include "reports/terminal/grid.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

// The grid of two columns, the second right-aligned, as text; the caller frees.
static char *printed(struct look look, int indent, const char *const cells[][2], size_t rows)
{
    char *text = NULL;
    size_t length;
    FILE *out = open_memstream(&text, &length);
    struct grid *grid = grid_new(look);
    grid_add_column(grid, cells[0][0], GRID_WRAP);
    grid_add_column(grid, cells[0][1], GRID_RIGHT);
    for (size_t i = 1; i < rows; i++) {
        grid_add_row(grid);
        grid_add_cell(grid, cells[i][0], i == 1 ? "red" : NULL);
        grid_add_cell(grid, cells[i][1], NULL);
    }
    grid_print(grid, indent, out);
    grid_free(grid);
    fclose(out);
    return text;
}

static void test_chinese_characters_count_as_two_columns(void **state)
{
    (void)state;
    static const char *const cells[][2] = {
        {"名称", "例外数"}, {"低于最低限价", "12"}, {"sold late", "3"}};
    char *text = printed((struct look){0}, 2, cells, 3);
    // 低于最低限价 is twelve columns wide, 例外数 six.
    assert_string_equal(text, "  名称         例外数\n"
                              "  低于最低限价     12\n"
                              "  sold late         3\n");
    free(text);
}

static void test_a_pipe_never_shortens_lines(void **state)
{
    (void)state;
    char wide[301];
    memset(wide, 'x', 300);
    wide[300] = '\0';
    const char *const cells[][2] = {{"title", "count"}, {wide, "1"}};
    char *text = printed((struct look){0}, 0, cells, 2);
    assert_non_null(strstr(text, wide));
    assert_null(strstr(text, "\033"));
    free(text);
}

static void test_a_terminal_breaks_lines_between_words(void **state)
{
    (void)state;
    static const char *const cells[][2] = {
        {"title", "count"},
        {"Sold below the floor price without special-price approval", "1"},
        {"short", "2"}};
    char *text = printed((struct look){.width = 36}, 2, cells, 3);
    assert_string_equal(text, "  title                      count\n"
                              "  Sold below the floor price     1\n"
                              "  without special-price\n"
                              "  approval\n"
                              "  short                          2\n");
    free(text);
}

static void test_chinese_breaks_between_characters(void **state)
{
    (void)state;
    static const char *const cells[][2] = {{"名称", "数"},
                                           {"未经审核擅自变更权利义务条款及A-1号合同", "1"}};
    char *text = printed((struct look){.width = 30}, 0, cells, 2);
    assert_string_equal(text, "名称                       数\n"
                              "未经审核擅自变更权利义务条  1\n"
                              "款及A-1号合同\n");
    free(text);
}

static void test_no_line_begins_with_a_closing_mark(void **state)
{
    (void)state;
    struct buffer lines = {0};
    text_wrap("未经审核；擅自变更", 8, &lines);
    assert_string_equal(buffer_text(&lines), "未经审\n核；擅自\n变更");
    buffer_clear(&lines);
}

static void test_a_narrow_terminal_is_not_overrun(void **state)
{
    (void)state;
    static const char *const cells[][2] = {{"title", "count"},
                                           {"Sold below the floor price without approval", "1"}};
    char *text = printed((struct look){.width = 20}, 0, cells, 2);
    assert_string_equal(text, "title          count\n"
                              "Sold below the     1\n"
                              "floor price\n"
                              "without\n"
                              "approval\n");
    free(text);
    text = printed((struct look){.width = 10}, 0, cells, 2); // no narrower than a word or two
    assert_non_null(strstr(text, "Sold below"));
    free(text);
}

static void test_a_word_longer_than_the_column_breaks_behind_its_marks(void **state)
{
    (void)state;
    static const char *const cells[][2] = {{"title", "count"},
                                           {"a_very_long_name_without_any_blank at last", "1"},
                                           {"anotherwordwithoutanything", "2"}};
    char *text = printed((struct look){.width = 30}, 0, cells, 3);
    assert_non_null(strstr(text, "a_very_long_name_"));
    assert_null(strstr(text, "a_very_long_name_without_any_blank"));
    assert_non_null(strstr(text, "anotherwordwithoutanything")); // wider than its column
    free(text);
}

static void test_ids_stay_whole_while_texts_can_give_way(void **state)
{
    (void)state;
    char *text = NULL;
    size_t length;
    FILE *out = open_memstream(&text, &length);
    struct grid *grid = grid_new((struct look){.width = 40});
    grid_add_column(grid, "id", GRID_LEFT);
    grid_add_column(grid, "why", GRID_WRAP);
    grid_add_row(grid);
    grid_add_cell(grid, "PRC-01:line:SO1/1", NULL);
    grid_add_cell(grid, "sold below the floor price of the list", NULL);
    grid_add_row(grid);
    grid_add_cell(grid, "short", NULL);
    grid_add_cell(grid, "", NULL);
    grid_print(grid, 0, out);
    grid_free(grid);
    fclose(out);
    assert_non_null(strstr(text, "PRC-01:line:SO1/1 sold below the floor\n"));
    for (char *line = strtok(text, "\n"); line; line = strtok(NULL, "\n"))
        assert_true(text_width(line) <= 40);
    free(text);
}

static void test_colours_only_where_wanted(void **state)
{
    (void)state;
    static const char *const cells[][2] = {{"title", "count"}, {"high", "1"}};
    char *with = printed((struct look){.width = 80, .colours = true}, 0, cells, 2);
    char *without = printed((struct look){.width = 80}, 0, cells, 2);
    assert_non_null(strstr(with, "\033["));
    assert_null(strstr(without, "\033["));
    free(with);
    free(without);
}

static void test_a_file_is_as_wide_as_a_terminal_was(void **state)
{
    (void)state;
    FILE *file = tmpfile();
    struct look look = look_of(file);
    assert_int_equal(look.width, 80);
    assert_false(look.colours);
    fclose(file);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_chinese_characters_count_as_two_columns),
        cmocka_unit_test(test_a_pipe_never_shortens_lines),
        cmocka_unit_test(test_a_terminal_breaks_lines_between_words),
        cmocka_unit_test(test_chinese_breaks_between_characters),
        cmocka_unit_test(test_no_line_begins_with_a_closing_mark),
        cmocka_unit_test(test_a_narrow_terminal_is_not_overrun),
        cmocka_unit_test(test_a_word_longer_than_the_column_breaks_behind_its_marks),
        cmocka_unit_test(test_ids_stay_whole_while_texts_can_give_way),
        cmocka_unit_test(test_colours_only_where_wanted),
        cmocka_unit_test(test_a_file_is_as_wide_as_a_terminal_was),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
