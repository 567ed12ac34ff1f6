// SPDX-License-Identifier: MIT
// Parts by what their table holds once they are joined.
#include "tests/unit/engine_fixture.h"
#include "tests/unit/total_text.h"

static const char ledger_model[] =
    "{'tables':[{'name':'posting','key':['id','branch?'],'fields':["
    "{'name':'id','type':'int'},{'name':'branch','type':'text'},{'name':'note','type':'text'},"
    "{'name':'amount','type':'decimal'},{'name':'on','type':'date'},{'name':'count','type':'int'}]}"
    ","
    "{'name':'stay','key':['room','on'],'fields':["
    "{'name':'room','type':'text'},{'name':'on','type':'date'},{'name':'rate','type':'decimal'}]}]"
    "}";

enum { ID, BRANCH, NOTE, AMOUNT, ON, COUNT };
enum { CHUNK = 1 << 16 };

static int ledger_set_up(void **state)
{
    (void)state;
    world_start(model_of(ledger_model));
    return 0;
}

static struct part *posting_part(void)
{
    int source = data_add_source(data, "posting.csv", NULL, 0, NULL);
    return part_new(model, table_at("posting"), source, data->scope.zone);
}

static void put(struct part *part, int column, const char *text)
{
    part_put(part, column, text, strlen(text), false);
}

// Rows first .. last with their numbers as id and one amount for all.
static void put_many(struct part *part, int first, int last, const char *amount)
{
    char id[16];
    for (int row = first; row <= last; row++) {
        snprintf(id, sizeof id, "%d", row);
        put(part, 0, id);
        put(part, 1, amount);
        assert_int_equal(part_end_row(part, row + 1), 0);
    }
}

static struct part *amounts_part(void)
{
    struct part *part = posting_part();
    part_add_column(part, ID, NULL, "id");
    part_add_column(part, AMOUNT, NULL, "amount");
    return part;
}

static int64_t amount_word(int64_t row)
{
    return column_get(&data->tables[table_at("posting")].columns[AMOUNT], (size_t)row);
}

static void rows_around_the_edge_of_a_chunk(void **state)
{
    (void)state;
    static const int counts[] = {CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK};
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        world_start(model_of(ledger_model));
        struct part *part = amounts_part();
        put_many(part, 1, counts[i], "1.5");
        assert_int_equal(part_rows(part), counts[i]);
        data_add_part(data, part);
        seal();
        struct table *table = &data->tables[table_at("posting")];
        assert_int_equal(table->rows, counts[i]);
        for (int row = 0; row < counts[i]; row++)
            if (column_get(&table->columns[ID], (size_t)row) != row + 1 ||
                column_get(&table->lines, (size_t)row) != row + 2)
                fail_msg("row %d of %d is another", row, counts[i]);
        assert_int_equal(table->columns[ID].width, 4);
        assert_int_equal(table->columns[AMOUNT].width, 1);
        assert_int_equal(data->problems.count, 0);
    }
}

static void cells_not_put_are_null_in_every_row(void **state)
{
    (void)state;
    struct part *part = amounts_part();
    put_many(part, 1, CHUNK - 1, "7");
    put(part, 0, "65536");
    part_end_row(part, 1);
    put(part, 0, "65537");
    part_end_row(part, 2);
    put_many(part, 65538, 65539, "8");
    data_add_part(data, part);
    seal();
    assert_int_equal(amount_word(CHUNK - 2), 7);
    assert_true(amount_word(CHUNK - 1) == CELL_NULL);
    assert_true(amount_word(CHUNK) == CELL_NULL);
    assert_int_equal(amount_word(CHUNK + 1), 8);
}

static void a_finer_scale_in_the_middle_of_a_chunk(void **state)
{
    (void)state;
    struct part *part = amounts_part();
    put_many(part, 1, 1, "1");
    put_many(part, 2, 2, "-2.5");
    put_many(part, 3, 3, "");
    put_many(part, 4, 4, "oops");
    put_many(part, 5, 5, "0.12345678");
    put_many(part, 6, 6, "10");
    data_add_part(data, part);
    seal();
    static const char *const expected[] = {"1", "-2.5", NULL, NULL, "0.12345678", "10"};
    for (int row = 0; row < 6; row++)
        has_cell("posting", row, "amount", expected[row]);
    assert_int_equal(data->tables[table_at("posting")].columns[AMOUNT].scale, 8);
    assert_true(amount_word(2) == CELL_NULL);
    assert_true(amount_word(3) == CELL_INVALID);
    assert_int_equal(problems_of(PROBLEM_INVALID_CELL), 1);
    assert_int_equal(problem_at(PROBLEM_INVALID_CELL, 5)->line, 5);
}

static void a_finer_scale_in_another_chunk(void **state)
{
    (void)state;
    struct part *part = amounts_part();
    put_many(part, 1, CHUNK, "1.5");
    put_many(part, CHUNK + 1, CHUNK + 1, "0.001");
    put_many(part, CHUNK + 2, CHUNK + 2, "2");
    data_add_part(data, part);
    seal();
    has_cell("posting", 0, "amount", "1.5");
    has_cell("posting", CHUNK - 1, "amount", "1.5");
    has_cell("posting", CHUNK, "amount", "0.001");
    has_cell("posting", CHUNK + 1, "amount", "2");
    assert_int_equal(amount_word(0), 1500);
}

static void a_finer_scale_in_another_part(void **state)
{
    (void)state;
    struct part *first = amounts_part(), *second = amounts_part(), *third = amounts_part();
    put_many(first, 1, 2, "3");
    put_many(second, 3, 4, "0.25");
    put_many(third, 5, 5, "-0.5");
    data_add_part(data, first);
    data_add_part(data, second);
    data_add_part(data, third);
    seal();
    static const char *const expected[] = {"3", "3", "0.25", "0.25", "-0.5"};
    for (int row = 0; row < 5; row++)
        has_cell("posting", row, "amount", expected[row]);
    is_total(data_sum(data, table_at("posting"), AMOUNT), "6");
}

// 92,233,720,368.54775807 is the greatest number that has room for eight places.
static void a_number_that_loses_its_room_within_a_chunk(void **state)
{
    (void)state;
    struct part *part = amounts_part();
    put_many(part, 1, 1, "92233720368.54775807");
    put_many(part, 2, 2, "92233720369");
    put_many(part, 3, 3, "-92233720368.54775806");
    put_many(part, 4, 4, "1");
    data_add_part(data, part);
    seal();
    has_cell("posting", 0, "amount", "92233720368.54775807");
    has_cell("posting", 1, "amount", NULL);
    has_cell("posting", 2, "amount", "-92233720368.54775806");
    has_cell("posting", 3, "amount", "1");
    assert_true(amount_word(1) == CELL_INVALID);
    const struct problem *problem = problem_at(PROBLEM_INVALID_CELL, 3);
    assert_string_equal(problem->value, "92233720369");
    assert_string_equal(problem->column, "amount");
    const struct column *column = &data->tables[table_at("posting")].columns[AMOUNT];
    assert_string_equal(column_invalid_text(column, 1), "92233720369");
}

static void a_number_as_long_as_the_mark_of_an_invalid_cell(void **state)
{
    (void)state;
    struct part *part = amounts_part();
    put_many(part, 1, 1, "-9223372036854775807");
    put_many(part, 2, 2, "-9223372036854775808");
    put_many(part, 3, 3, "-9223372036854775806");
    put_many(part, 4, 4, "9223372036854775807");
    data_add_part(data, part);
    seal();
    has_cell("posting", 0, "amount", NULL);
    has_cell("posting", 1, "amount", NULL);
    has_cell("posting", 2, "amount", "-9223372036854775806");
    has_cell("posting", 3, "amount", "9223372036854775807");
    assert_int_equal(problems_of(PROBLEM_INVALID_CELL), 2);
    assert_int_equal(data->tables[table_at("posting")].columns[AMOUNT].invalid_count, 2);
}

static void a_number_that_loses_its_room_to_another_part(void **state)
{
    (void)state;
    struct part *first = amounts_part(), *second = amounts_part();
    put_many(first, 1, 1, "92233720369");
    put_many(first, 2, 2, "broken");
    put_many(first, 3, 3, "5");
    put_many(second, 4, 4, "0.00000001");
    data_add_part(data, first);
    data_add_part(data, second);
    seal();
    has_cell("posting", 0, "amount", NULL);
    has_cell("posting", 2, "amount", "5");
    has_cell("posting", 3, "amount", "0.00000001");
    const struct column *column = &data->tables[table_at("posting")].columns[AMOUNT];
    assert_string_equal(column_invalid_text(column, 0), "92233720369");
    assert_string_equal(column_invalid_text(column, 1), "broken");
    const struct problem *problem = problem_at(PROBLEM_INVALID_CELL, 2);
    assert_string_equal(problem->value, "92233720369");
    assert_int_equal(problem->source, 0);
    assert_int_equal(problems_of(PROBLEM_INVALID_CELL), 2);
}

static void a_rejected_record_takes_no_room_from_others(void **state)
{
    (void)state;
    struct part *part = amounts_part();
    put(part, 1, "0.00000001"); // without its key
    assert_int_equal(part_end_row(part, 2), -1);
    put_many(part, 1, 1, "92233720369");
    data_add_part(data, part);
    seal();
    has_cell("posting", 0, "amount", "92233720369");
    assert_int_equal(problems_of(PROBLEM_INVALID_CELL), 0);
}

static void an_empty_key_rejects_the_record(void **state)
{
    (void)state;
    struct part *part = posting_part();
    int id = part_add_column(part, ID, NULL, "编号");
    int note = part_add_column(part, NOTE, NULL, "note");
    int amount = part_add_column(part, AMOUNT, NULL, "amount");
    put(part, id, "1");
    put(part, note, "kept");
    put(part, amount, "wrong");
    assert_int_equal(part_end_row(part, 2), 0);
    put(part, note, "dropped");
    put(part, amount, "also wrong");
    assert_int_equal(part_end_row(part, 3), -1);
    put(part, id, "");
    assert_int_equal(part_end_row(part, 4), -1);
    put(part, id, "x7");
    put(part, amount, "wrong again");
    assert_int_equal(part_end_row(part, 5), -1);
    put(part, id, "2");
    assert_int_equal(part_end_row(part, 6), 0);
    assert_int_equal(part_rows(part), 2);
    assert_int_equal(part_rejected(part), 3);
    data_add_part(data, part);
    seal();
    const struct table *table = &data->tables[table_at("posting")];
    assert_int_equal(table->rows, 2);
    assert_int_equal(table->records_read, 5);
    assert_int_equal(table->records_rejected, 3);
    has_cell("posting", 1, "id", "2");
    has_cell("posting", 1, "note", NULL);
    has_cell("posting", 1, "amount", NULL);
    assert_true(amount_word(1) == CELL_NULL);
    assert_int_equal(table->columns[AMOUNT].invalid_count, 1);
    assert_int_equal(table->columns[ID].invalid_count, 0);
    assert_int_equal(problems_of(PROBLEM_INVALID_CELL), 1);
    assert_int_equal(problems_of(PROBLEM_REJECTED_RECORD), 3);
    const struct problem *problem = problem_at(PROBLEM_REJECTED_RECORD, 5);
    assert_string_equal(problem->value, "x7");
    assert_string_equal(problem->column, "编号");
    assert_non_null(strstr(said(problem->reason), "key column id cannot be read"));
    assert_non_null(
        strstr(said(problem_at(PROBLEM_REJECTED_RECORD, 3)->reason), "key column id is empty"));
}

static void a_broken_key_after_a_rejected_record(void **state)
{
    (void)state;
    struct part *part = posting_part();
    part_add_column(part, ID, NULL, "id");
    part_reject(part, 2, "one,two,three", 13, "3 cells, 1 expected");
    put(part, 0, "x");
    assert_int_equal(part_end_row(part, 3), -1);
    part_reject(part, 4, NULL, 0, "unfinished quote");
    put(part, 0, "1");
    assert_int_equal(part_end_row(part, 5), 0);
    assert_int_equal(part_rejected(part), 3);
    data_add_part(data, part);
    seal();
    assert_int_equal(data->problems.count, 3);
    assert_string_equal(data->problems.items[0].value, "one,two,three");
    assert_null(data->problems.items[0].column);
    assert_string_equal(data->problems.items[2].reason, "unfinished quote");
}

static void a_record_given_up_half_way_leaves_nothing(void **state)
{
    (void)state;
    struct part *part = amounts_part();
    put_many(part, 1, 1, "1");
    put(part, 0, "2");
    put(part, 1, "wrong");
    part_reject(part, 3, "2,wrong,", 8, "3 cells, 2 expected");
    put(part, 0, "3");
    assert_int_equal(part_end_row(part, 4), 0);
    data_add_part(data, part);
    seal();
    assert_int_equal(data->tables[table_at("posting")].rows, 2);
    has_cell("posting", 1, "id", "3");
    assert_true(amount_word(1) == CELL_NULL);
    assert_int_equal(problems_of(PROBLEM_INVALID_CELL), 0);
    assert_int_equal(problems_of(PROBLEM_REJECTED_RECORD), 1);
}

// A part that was read as if it were its table's first.
static void numbered_after_the_records_before_it(int rows)
{
    world_start(model_of(ledger_model));
    struct part *part = amounts_part();
    put_many(part, 1, rows - 1, "1");
    put(part, 0, "x");
    assert_int_equal(part_end_row(part, rows + 1), -1);
    put(part, 0, "7");
    put(part, 1, "wrong");
    assert_int_equal(part_end_row(part, rows + 2), 0);
    part_reject(part, 0, NULL, 0, "of no line");
    part_shift_lines(part, 1000000);
    data_add_part(data, part);
    seal();
    const struct column *lines = &data->tables[table_at("posting")].lines;
    for (int row = 0; row < rows - 1; row++)
        if (column_get(lines, (size_t)row) != row + 1000002)
            fail_msg("row %d of %d has another line", row, rows);
    assert_int_equal(column_get(lines, (size_t)rows - 1), rows + 1000002);
    assert_int_equal(problem_at(PROBLEM_REJECTED_RECORD, rows + 1000001)->line, rows + 1000001);
    assert_int_equal(problem_at(PROBLEM_INVALID_CELL, rows + 1000002)->line, rows + 1000002);
    assert_string_equal(problem_at(PROBLEM_REJECTED_RECORD, 0)->reason, "of no line");
}

static void lines_are_shifted_with_their_problems(void **state)
{
    (void)state;
    static const int counts[] = {1, 100, 1 << 14, (1 << 14) + 1, 3 * (1 << 14) - 1};
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++)
        numbered_after_the_records_before_it(counts[i]);
}

static void a_nullable_key_column_may_be_empty(void **state)
{
    (void)state;
    put_rows("posting", "id,branch\n1,north\n1,\n2,\n");
    seal();
    assert_int_equal(data->tables[table_at("posting")].rows, 3);
    assert_int_equal(problems_of(PROBLEM_DUPLICATE_KEY), 0);
}

static void rejecting_the_last_row_of_a_chunk(void **state)
{
    (void)state;
    struct part *part = amounts_part();
    put_many(part, 1, CHUNK - 1, "1");
    put(part, 1, "wrong");
    assert_int_equal(part_end_row(part, 9), -1);
    put_many(part, CHUNK, CHUNK + 1, "2");
    data_add_part(data, part);
    seal();
    assert_int_equal(data->tables[table_at("posting")].rows, CHUNK + 1);
    assert_int_equal(amount_word(CHUNK - 1), 2);
    assert_int_equal(amount_word(CHUNK), 2);
    assert_int_equal(data->problems.count, 1);
}

static void invalid_cells_keep_their_rows_over_chunks_and_parts(void **state)
{
    (void)state;
    struct part *first = amounts_part(), *second = amounts_part();
    put_many(first, 1, CHUNK - 1, "1");
    put_many(first, CHUNK, CHUNK + 1, "bad");
    put_many(second, CHUNK + 2, CHUNK + 2, "worse");
    data_add_part(data, first);
    data_add_part(data, second);
    seal();
    const struct column *column = &data->tables[table_at("posting")].columns[AMOUNT];
    assert_int_equal(column->invalid_count, 3);
    assert_string_equal(column_invalid_text(column, CHUNK - 1), "bad");
    assert_string_equal(column_invalid_text(column, CHUNK), "bad");
    assert_string_equal(column_invalid_text(column, CHUNK + 1), "worse");
    assert_null(column_invalid_text(column, CHUNK - 2));
}

static void a_column_with_nothing_but_invalid_cells(void **state)
{
    (void)state;
    put_rows("posting", "id,amount,on\n1,x,y\n2,x,z\n");
    seal();
    assert_true(amount_word(0) == CELL_INVALID);
    assert_true(amount_word(1) == CELL_INVALID);
    assert_int_equal(problems_of(PROBLEM_INVALID_CELL), 4);
}

static void red_records_are_negative_whatever_their_sign(void **state)
{
    (void)state;
    struct part *part = posting_part();
    part_add_column(part, ID, NULL, "id");
    part_add_column(part, AMOUNT, NULL, "amount");
    part_add_column(part, COUNT, NULL, "count");
    part_add_column(part, NOTE, NULL, "note");
    part_add_column(part, ON, NULL, "on");
    static const char *const rows[][5] = {{"1", "1.50", "3", "12", "2026-10-05"},
                                          {"2", "-1.50", "-3", "", ""},
                                          {"3", "0", "0", "", ""},
                                          {"4", "", "", "", ""}};
    for (int row = 0; row < 4; row++) {
        for (int column = 0; column < 5; column++)
            part_put(part, column, rows[row][column], strlen(rows[row][column]), column > 0);
        part_end_row(part, row + 2);
    }
    data_add_part(data, part);
    seal();
    has_cell("posting", 0, "amount", "-1.5");
    has_cell("posting", 0, "count", "-3");
    has_cell("posting", 0, "note", "12");
    has_cell("posting", 0, "on", "2026-10-05");
    has_cell("posting", 1, "amount", "-1.5");
    has_cell("posting", 1, "count", "-3");
    has_cell("posting", 2, "amount", "0");
    has_cell("posting", 3, "amount", NULL);
    assert_int_equal(data->problems.count, 0);
}

// Two amounts near the end of 64 bits and one that asks for more places than they leave room for.
static void amounts_in_order(const char *const amounts[3])
{
    struct part *part = amounts_part();
    for (int row = 0; row < 3; row++) {
        char id[2] = {(char)('1' + row), 0};
        part_put(part, 0, id, 1, false);
        part_put(part, 1, amounts[row], strlen(amounts[row]), false);
        part_end_row(part, row + 2);
    }
    data_add_part(data, part);
    seal();
    assert_int_equal(problems_of(PROBLEM_INVALID_CELL), 2);
}

static void the_long_numbers_give_way_when_the_fine_one_is_first(void **state)
{
    (void)state;
    static const char *const amounts[] = {"0.001", "92233720368547758.07", "92233720368547758.06"};
    amounts_in_order(amounts);
    has_cell("posting", 0, "amount", "0.001");
}

static void the_long_numbers_give_way_when_the_fine_one_is_last(void **state)
{
    (void)state;
    static const char *const amounts[] = {"92233720368547758.07", "92233720368547758.06", "0.001"};
    amounts_in_order(amounts);
    has_cell("posting", 2, "amount", "0.001");
}

static void the_sign_of_the_longest_numbers_is_turned_or_refused(void **state)
{
    (void)state;
    struct part *part = amounts_part();
    part_put(part, 0, "1", 1, false);
    part_put(part, 1, "9223372036854775807", 19, true);
    part_end_row(part, 2);
    part_put(part, 0, "2", 1, false);
    part_put(part, 1, "-9223372036854775808", 20, true);
    part_end_row(part, 3);
    data_add_part(data, part);
    seal();
    has_cell("posting", 0, "amount", NULL);
    has_cell("posting", 1, "amount", NULL);
    assert_int_equal(problems_of(PROBLEM_INVALID_CELL), 2);
}

static void columns_of_the_source_are_kept_as_text(void **state)
{
    (void)state;
    struct part *first = posting_part(), *second = posting_part();
    part_add_column(first, ID, NULL, "id");
    int quantity = part_add_source_column(first, "数量");
    put(first, 0, "1");
    put(first, quantity, "012.50");
    part_end_row(first, 2);
    put(first, 0, "2");
    part_end_row(first, 3);
    part_add_column(second, ID, NULL, "id");
    int other = part_add_source_column(second, "other"),
        again = part_add_source_column(second, "数量");
    put(second, 0, "3");
    put(second, other, "");
    put(second, again, "x");
    part_end_row(second, 2);
    data_add_part(data, first);
    data_add_part(data, second);
    data_join(data);
    const struct table *table = &data->tables[table_at("posting")];
    assert_int_equal(table->source_column_count, 2);
    assert_string_equal(table->source_columns[0].label, "数量");
    const struct column *column = &table->source_columns[0].column;
    assert_string_equal(dictionary_get(data->texts, (uint32_t)column_get(column, 0)).bytes,
                        "012.50");
    assert_true(column_get(column, 1) == CELL_NULL);
    assert_string_equal(dictionary_get(data->texts, (uint32_t)column_get(column, 2)).bytes, "x");
    assert_true(column_get(&table->source_columns[1].column, 0) == CELL_NULL);
}

static void parts_that_are_never_joined_are_released(void **state)
{
    (void)state;
    struct part *part = amounts_part();
    put_many(part, 1, CHUNK + 5, "wrong");
    part_free(part);
    part_free(NULL);
    data_add_part(data, amounts_part());
    // data_free releases the one that was given.
}

int main(void)
{
#define TEST(test) cmocka_unit_test_setup_teardown(test, ledger_set_up, trade_tear_down)
    const struct CMUnitTest tests[] = {
        TEST(rows_around_the_edge_of_a_chunk),
        TEST(cells_not_put_are_null_in_every_row),
        TEST(a_finer_scale_in_the_middle_of_a_chunk),
        TEST(a_finer_scale_in_another_chunk),
        TEST(a_finer_scale_in_another_part),
        TEST(a_number_that_loses_its_room_within_a_chunk),
        TEST(a_number_as_long_as_the_mark_of_an_invalid_cell),
        TEST(a_number_that_loses_its_room_to_another_part),
        TEST(a_rejected_record_takes_no_room_from_others),
        TEST(an_empty_key_rejects_the_record),
        TEST(a_broken_key_after_a_rejected_record),
        TEST(a_record_given_up_half_way_leaves_nothing),
        TEST(lines_are_shifted_with_their_problems),
        TEST(a_nullable_key_column_may_be_empty),
        TEST(rejecting_the_last_row_of_a_chunk),
        TEST(invalid_cells_keep_their_rows_over_chunks_and_parts),
        TEST(a_column_with_nothing_but_invalid_cells),
        TEST(red_records_are_negative_whatever_their_sign),
        TEST(the_long_numbers_give_way_when_the_fine_one_is_first),
        TEST(the_long_numbers_give_way_when_the_fine_one_is_last),
        TEST(the_sign_of_the_longest_numbers_is_turned_or_refused),
        TEST(columns_of_the_source_are_kept_as_text),
        TEST(parts_that_are_never_joined_are_released),
    };
    return cmocka_run_group_tests_name("part", tests, NULL, NULL);
}
