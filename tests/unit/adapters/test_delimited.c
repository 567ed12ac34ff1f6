// SPDX-License-Identifier: MIT
// What becomes of every kind of CSV text, good and bad, from the file to the sealed table.
#include "adapters/delimited.h"
#include "tests/unit/import_fixture.h"

static void a_plain_file(void **state)
{
    (void)state;
    fixture_read("order_id,order_no,order_date,amount,status,note\n"
                 "SO1,1,2026-10-05,1234.50,approved,first\n"
                 "SO2,2,2026/10/6,\"1,000\",draft,\n");
    fixture_has(2, 0);
    assert_int_equal(fixture_data->problems.count, 0);
    fixture_cell(0, ORDER_ID, "SO1");
    fixture_cell(0, AMOUNT, "1234.50");
    fixture_cell(0, ORDER_DATE, "2026-10-05");
    fixture_cell(1, AMOUNT, "1000.00");
    fixture_cell(1, STATUS, "draft");
    fixture_cell(1, NOTE, NULL);
    fixture_line(0, 2);
    fixture_line(1, 3);
    assert_true(fixture_data->tables[SALES_ORDER].columns[NOTE].imported);
    assert_false(fixture_data->tables[SALES_ORDER].columns[CHANNEL].imported);
}

static void line_ends_of_every_kind(void **state)
{
    (void)state;
    static const char *const ends[] = {"\n", "\r\n", "\r"};
    for (size_t end = 0; end < 3; end++) {
        for (int last = 0; last < 2; last++) {
            char text[200];
            snprintf(text, sizeof text, "order_id,note%sSO1,a%sSO2,\"b\"%sSO3,c%s", ends[end],
                     ends[end], ends[end], last ? ends[end] : "");
            fixture_read(text);
            fixture_has(3, 0);
            fixture_cell(0, NOTE, "a");
            fixture_cell(1, NOTE, "b");
            fixture_cell(2, NOTE, "c");
            fixture_line(2, 4);
        }
    }
}

static void lines_are_counted_through_quoted_newlines(void **state)
{
    (void)state;
    fixture_read("order_id,note\nSO1,\"one\ntwo\r\nthree\"\nSO2,x\n");
    fixture_has(2, 0);
    fixture_cell(0, NOTE, "one\ntwo\r\nthree");
    fixture_line(0, 2);
    fixture_line(1, 5);
}

static void quotes_and_blanks(void **state)
{
    (void)state;
    fixture_read("order_id , note\n\"SO\"\"1 \",\" kept \"\n  SO2\t,  a, b  \nSO3, dropped\t \n"
                 "SO4, \"quoted after a blank\"\n");
    fixture_has(3, 1);
    fixture_cell(0, ORDER_ID, "SO\"1");
    fixture_cell(0, NOTE, "kept"); // quotes do not make the blanks part of it
    fixture_cell(1, ORDER_ID, "SO3");
    fixture_cell(1, NOTE, "dropped");
    fixture_cell(2, NOTE, "quoted after a blank");
    fixture_problem(PROBLEM_REJECTED_RECORD, 3, "3 columns where 2 are expected");
}

static void records_of_empty_cells_and_rules_are_blank_lines(void **state)
{
    (void)state;
    fixture_read("order_id,order_no,note\n,,\nSO1,1,x\n\" \",\t,\n,,,,,\n-----------\n---,---,---\n"
                 "======\n\xE3\x80\x80,,\nSO2,2,-\n");
    fixture_has(2, 0);
    assert_int_equal(fixture_summary.items[0].blank_lines, 7);
    fixture_cell(1, NOTE, "-");
    fixture_read("order_id,note\n-,-\n--,x\n"); // too little to be a rule
    fixture_has(2, 0);
}

static void a_delimiter_too_many_in_every_record_is_told_once(void **state)
{
    (void)state;
    fixture_read("order_id,note\nSO1,a,\n\nSO2,,\nSO3,c,\n");
    fixture_has(3, 0);
    fixture_cell(2, NOTE, "c");
    assert_int_equal(fixture_data->problems.count, 1);
    fixture_problem(PROBLEM_DOUBTFUL_SOURCE, 2, "each of its 3 records ends with more delimiters");
    fixture_read("order_id,note\nSO1,a,\nSO2,,x\n"); // something stands behind it
    fixture_has(0, 2);
    fixture_read("order_id,note\nSO1,a,\nSO2,b\n");
    fixture_has(1, 1);
    fixture_read("order_id,note\nSO1,a,,\nSO2,b,,\n");
    fixture_has(2, 0);
    fixture_read("order_id,note\nSO1,a,,\nSO2,b,\n");
    fixture_has(0, 2);
}

static void ragged_rows_are_rejected(void **state)
{
    (void)state;
    fixture_read("order_id,order_no,note\nSO1,1\nSO2,2,x\nSO3,3,x,y\n,\nSO4\nSO5,5,\n");
    fixture_has(2, 3); // the line of empty cells is none
    assert_int_equal(fixture_summary.items[0].blank_lines, 1);
    fixture_cell(0, ORDER_ID, "SO2");
    fixture_cell(1, ORDER_ID, "SO5");
    const struct problem *problem =
        fixture_problem(PROBLEM_REJECTED_RECORD, 2, "2 columns where 3 are expected");
    assert_string_equal(problem->value, "SO1,1");
    fixture_problem(PROBLEM_REJECTED_RECORD, 4, "4 columns where 3 are expected");
    fixture_problem(PROBLEM_REJECTED_RECORD, 6, "1 column where 3 are expected");
}

static void blank_lines_are_counted_and_are_no_records(void **state)
{
    (void)state;
    fixture_read("\n \norder_id,note\n\nSO1,a\n  \t\n\r\nSO2,b\n\n");
    fixture_has(2, 0);
    fixture_line(0, 5);
    fixture_line(1, 8);
    assert_int_equal(fixture_summary.items[0].blank_lines, 6);
}

static void an_unterminated_quote_loses_its_own_line_only(void **state)
{
    (void)state;
    fixture_read("order_id,note\nSO1,\"open\nSO2,b\nSO3,c\n");
    fixture_has(2, 1);
    fixture_cell(0, ORDER_ID, "SO2");
    fixture_cell(1, ORDER_ID, "SO3");
    fixture_line(0, 3);
    const struct problem *problem =
        fixture_problem(PROBLEM_REJECTED_RECORD, 2, "a quote that is never closed");
    assert_string_equal(problem->value, "SO1,\"open");
}

static void an_unterminated_quote_that_meets_another(void **state)
{
    (void)state;
    // Lines 3 and 4 would vanish into the field that begins on line 2 and ends on line 5.
    fixture_read("order_id,note\nSO1,\"open\nSO2,b\nSO3,c\nSO4,\"d\"\nSO5,e\n");
    fixture_has(4, 1);
    fixture_cell(0, ORDER_ID, "SO2");
    fixture_cell(2, ORDER_ID, "SO4");
    fixture_cell(2, NOTE, "d");
    fixture_problem(PROBLEM_REJECTED_RECORD, 2, "text after the closing quote");
}

static void a_ragged_record_over_several_lines_loses_its_first_only(void **state)
{
    (void)state;
    fixture_read("order_id,note\nSO1,\"open\nSO2,b\nSO3,\",x\nSO4,d\n");
    fixture_has(2, 2);
    fixture_cell(0, ORDER_ID, "SO2");
    fixture_cell(1, ORDER_ID, "SO4");
    fixture_problem(PROBLEM_REJECTED_RECORD, 2, "3 columns where 2 are expected");
    fixture_problem(PROBLEM_REJECTED_RECORD, 4, "never closed");
}

static void a_bare_quote_is_data_where_the_columns_agree(void **state)
{
    (void)state;
    fixture_read("order_id,note\nSO1,5\" pipe\nSO2,a\"b,c\nSO3,x\n");
    fixture_has(2, 1);
    fixture_cell(0, NOTE, "5\" pipe");
    fixture_cell(1, ORDER_ID, "SO3");
    fixture_problem(PROBLEM_REJECTED_RECORD, 3, "3 columns where 2 are expected");
}

static void text_after_a_closing_quote_is_rejected(void **state)
{
    (void)state;
    // Read leniently, libcsv would swallow the following line without a word.
    fixture_read("order_id,note,channel\nSO1,\"x\"y,c\nSO2,\"b\",d\n");
    fixture_has(1, 1);
    fixture_cell(0, ORDER_ID, "SO2");
    fixture_problem(PROBLEM_REJECTED_RECORD, 2, "text after the closing quote");
}

static void a_null_or_invalid_key_rejects_the_record(void **state)
{
    (void)state;
    fixture_read("order_id,note\n,a\nSO2,b\nSO\xB5,c\n");
    fixture_has(1, 2);
    fixture_problem(PROBLEM_REJECTED_RECORD, 2, "order_id");
    fixture_problem(PROBLEM_REJECTED_RECORD, 4, "0xB5 at byte 3");
}

static void bytes_that_are_no_text_make_invalid_cells(void **state)
{
    (void)state;
    static const char text[] = "order_id,note,amount\nSO1,ab\xB5,1\nSO2,a\0b,2\nSO3,c,3\0\n";
    fixture_read_n(text, sizeof text - 1);
    fixture_has(3, 0);
    const struct problem *problem =
        fixture_problem(PROBLEM_INVALID_CELL, 2, "invalid UTF-8 byte 0xB5 at byte 3 of the cell");
    assert_string_equal(problem->column, "note");
    fixture_problem(PROBLEM_INVALID_CELL, 3, "NUL byte at byte 2");
    fixture_problem(PROBLEM_INVALID_CELL, 4, "NUL byte at byte 2");
    assert_true(column_get(&fixture_data->tables[SALES_ORDER].columns[NOTE], 0) == CELL_INVALID);
    assert_string_equal(column_invalid_text(&fixture_data->tables[SALES_ORDER].columns[NOTE], 0),
                        "ab\xB5");
}

static void cells_that_cannot_be_read(void **state)
{
    (void)state;
    fixture_read("order_id,order_date,amount,status\n"
                 "SO1,2026-02-31,1,draft\nSO2,,1.2.3,draft\nSO3,,99999999999999999999,draft\n"
                 "SO4,,0.123456789,draft\nSO5,5/10/2026,1,draft\nSO6,,1,lost\n");
    fixture_has(6, 0);
    fixture_problem(PROBLEM_INVALID_CELL, 2, "31 February does not exist");
    fixture_problem(PROBLEM_INVALID_CELL, 3, "two decimal points");
    fixture_problem(PROBLEM_INVALID_CELL, 4, "needs more than 64 bits");
    fixture_problem(PROBLEM_INVALID_CELL, 5, "more than 8 decimal places");
    fixture_problem(PROBLEM_INVALID_CELL, 6, "can mean two dates");
    fixture_problem(PROBLEM_INVALID_CELL, 7, "not one of: draft, approved, cancelled");
    assert_int_equal(fixture_data->problems.count, 6);
}

static void an_amount_beyond_the_scale_of_its_column(void **state)
{
    (void)state;
    fixture_read("order_id,amount\nSO1,9000000000000000000\nSO2,0.00000001\n");
    fixture_has(2, 0);
    assert_int_equal(fixture_data->problems.count, 1);
    assert_int_equal(fixture_data->problems.items[0].kind, PROBLEM_INVALID_CELL);
}

static void a_field_beyond_the_cap_is_rejected(void **state)
{
    (void)state;
    fixture_options.field_cap = 1000;
    struct buffer text = {0};
    char field[1002];
    memset(field, 'x', sizeof field);
    buffer_add_text(&text, "order_id,note\nSO1,");
    buffer_add(&text, field, 1000);
    buffer_add_text(&text, "\nSO2,");
    buffer_add(&text, field, 1001);
    buffer_add_text(&text, "\nSO3,\"");
    buffer_add(&text, field, 1001);
    buffer_add_text(&text, "\"\nSO4,ok\n");
    fixture_read_n(text.data, text.length);
    fixture_has(2, 2);
    fixture_cell(1, ORDER_ID, "SO4");
    fixture_problem(PROBLEM_REJECTED_RECORD, 3, "a field of more than 1000 bytes");
    fixture_problem(PROBLEM_REJECTED_RECORD, 4, "a field of more than 1000 bytes");
    buffer_clear(&text);
}

static void a_field_of_a_hundred_megabytes(void **state)
{
    (void)state;
    enum { LENGTH = 100 << 20 };
    char *text = memory_new(LENGTH + 100, 1);
    memset(text, 'x', LENGTH);
    memcpy(text, "order_id,note\nSO1,\"", 19);
    memcpy(text + LENGTH, "\"\nSO2,b\n", 8);
    fixture_read_n(text, LENGTH + 8);
    free(text);
    fixture_has(1, 1);
    fixture_cell(0, ORDER_ID, "SO2");
    const struct problem *problem =
        fixture_problem(PROBLEM_REJECTED_RECORD, 2, "a field of more than 16777216 bytes");
    assert_true(strlen(problem->value) < 300);
}

static void an_open_quote_before_much_text(void **state)
{
    (void)state;
    fixture_options.field_cap = 5000;
    struct buffer text = {0};
    buffer_add_text(&text, "order_id,note\nSO,\"open\n");
    for (int row = 0; row < 3000; row++)
        buffer_printf(&text, "SO%d,note\n", row);
    fixture_read_n(text.data, text.length);
    buffer_clear(&text);
    fixture_has(3000, 1);
    fixture_problem(PROBLEM_REJECTED_RECORD, 2, "a quote that is never closed?");
}

static void files_without_rows(void **state)
{
    (void)state;
    fixture_write("sales_order.csv", "");
    fixture_fails("[{'kind':'csv','folder':'.'}]", ERROR_SOURCE, "sales_order.csv", "is empty");
    fixture_write("sales_order.csv", "\xEF\xBB\xBF");
    fixture_fails("[{'kind':'csv','folder':'.'}]", ERROR_SOURCE, "sales_order.csv", "is empty");
    fixture_write("sales_order.csv", "\n\n");
    fixture_fails("[{'kind':'csv','folder':'.'}]", ERROR_SOURCE, "sales_order.csv",
                  "has no header");
    fixture_write("sales_order.csv", "order_id,\"open\n");
    fixture_fails("[{'kind':'csv','folder':'.'}]", ERROR_SOURCE, "sales_order.csv",
                  "line 1: the header cannot be split: a quote that is never closed");
    fixture_read("order_id,note\n");
    fixture_has(0, 0);
    assert_true(fixture_data->tables[SALES_ORDER].imported);
    fixture_read("order_id,note");
    fixture_has(0, 0);
}

static void a_file_that_ends_early(void **state)
{
    (void)state;
    fixture_read("order_id,order_no,note\nSO1,1,a\nSO2,2");
    fixture_has(1, 1);
    fixture_problem(PROBLEM_REJECTED_RECORD, 3, "2 columns where 3 are expected");
    fixture_read("order_id,order_no,note\nSO1,1,a\nSO2,2,\"b");
    fixture_has(1, 1);
    fixture_problem(PROBLEM_REJECTED_RECORD, 3, "a quote that is never closed");
}

static void delimiters(void **state)
{
    (void)state;
    fixture_write("x.csv", "order_id\tnote\tchannel\nSO1\t\tb c\n \t\t\n");
    fixture_succeeds("[{'kind':'csv','table':'sales_order','file':'x.csv','delimiter':'\\t'}]");
    fixture_has(1, 0);
    fixture_cell(0, NOTE, NULL);
    fixture_cell(0, CHANNEL, "b c");
    fixture_write("x.csv", "order_id;note\nSO1;a,b\n");
    fixture_succeeds("[{'kind':'csv','table':'sales_order','file':'x.csv','delimiter':';'}]");
    fixture_cell(0, NOTE, "a,b");
    fixture_write("x.csv", "order_id note\nSO1 \"a b\"\n");
    fixture_succeeds("[{'kind':'csv','table':'sales_order','file':'x.csv','delimiter':' '}]");
    fixture_cell(0, NOTE, "a b");
    static const char *const wrong[] = {"''", "'ab'", "'\\n'", "'\\\"'", "'，'", "7"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        char declaration[200];
        snprintf(declaration, sizeof declaration,
                 "[{'kind':'csv','table':'sales_order','file':'x.csv','line':12,'delimiter':%s}]",
                 wrong[i]);
        fixture_fails(declaration, ERROR_USAGE, "audit.lua:12", "`delimiter` must be one ASCII");
    }
}

static void skipped_lines_and_no_header(void **state)
{
    (void)state;
    fixture_write("x.csv", "Report \"of the month\nprinted 2026\n\norder_id,note\nSO1,a\n");
    fixture_succeeds("[{'kind':'csv','table':'sales_order','file':'x.csv','skip':2}]");
    fixture_has(1, 0);
    fixture_line(0, 5);
    fixture_write("x.csv", "a,SO1\nb,SO2\nc\n");
    fixture_succeeds("[{'kind':'csv','table':'sales_order','file':'x.csv','header':false,"
                     "'columns':[{'field':'order_id','number':2},{'field':'note','number':1}]}]");
    fixture_has(2, 1);
    fixture_cell(0, ORDER_ID, "SO1");
    fixture_cell(1, NOTE, "b");
    fixture_line(0, 1);
    fixture_fails("[{'kind':'csv','table':'sales_order','file':'x.csv','header':false}]",
                  ERROR_USAGE, "audit.lua", "`columns` must say which column is which");
    fixture_fails("[{'kind':'csv','table':'sales_order','file':'x.csv','skip':9}]", ERROR_SOURCE,
                  "x.csv", "has no header");
    fixture_write("x.csv", "");
    fixture_succeeds("[{'kind':'csv','table':'sales_order','file':'x.csv','header':false,"
                     "'columns':[{'field':'order_id','number':2}]}]");
    fixture_has(0, 0);
    assert_true(fixture_data->tables[SALES_ORDER].imported);
}

// All rows with their lines, and all problems, as one text.
static char *show_all(void)
{
    struct buffer shown = {0};
    const struct table *table = &fixture_data->tables[SALES_ORDER];
    for (uint32_t row = 0; row < table->rows; row++) {
        buffer_printf(&shown, "%d:", (int)column_get(&table->lines, row));
        data_format(fixture_data, SALES_ORDER, row, ORDER_ID, &shown);
        data_format(fixture_data, SALES_ORDER, row, NOTE, &shown);
    }
    for (size_t i = 0; i < fixture_data->problems.count; i++)
        buffer_printf(&shown, "%d %s\n", (int)fixture_data->problems.items[i].line,
                      fixture_data->problems.items[i].reason);
    return buffer_take(&shown);
}

// Every way of cutting a text gives the same rows: where the guess by quotes is right (no bare and
// no open quote), where it is wrong, and where both happen.
static void any_number_of_pieces_gives_the_same(void **state)
{
    (void)state;
    static const char *const notes[] = {
        "plain", "\"quoted\n\nlines\"", "x,y", "\"a\"\"b\"", "", "\"\r\"", "5\" pipe", "\"open"};
    static const unsigned kinds[] = {6, 7, 8};
    for (size_t kind = 0; kind < sizeof kinds / sizeof *kinds; kind++) {
        struct buffer text = {0};
        buffer_add_text(&text, "order_id,note\n");
        for (unsigned row = 0; row < 400; row++)
            buffer_printf(&text, "SO%u,%s%s", row, notes[(row * 2654435761u >> 16) % kinds[kind]],
                          row % 5 ? "\n" : "\r\n");
        fixture_write_n("sales_order.csv", text.data, text.length);
        buffer_clear(&text);
        char *expected = NULL;
        for (int jobs = 1; jobs <= 6; jobs++)
            for (size_t piece = 50; piece < 5000; piece += 333) {
                fixture_options.jobs = jobs;
                fixture_options.piece_size = piece;
                fixture_succeeds("[{'kind':'csv','folder':'.'}]");
                char *actual = show_all();
                expected = expected ? expected : memory_text(actual);
                assert_string_equal(actual, expected);
                free(actual);
            }
        free(expected);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FIXTURE_TEST(a_plain_file),
        FIXTURE_TEST(line_ends_of_every_kind),
        FIXTURE_TEST(lines_are_counted_through_quoted_newlines),
        FIXTURE_TEST(quotes_and_blanks),
        FIXTURE_TEST(records_of_empty_cells_and_rules_are_blank_lines),
        FIXTURE_TEST(a_delimiter_too_many_in_every_record_is_told_once),
        FIXTURE_TEST(ragged_rows_are_rejected),
        FIXTURE_TEST(blank_lines_are_counted_and_are_no_records),
        FIXTURE_TEST(an_unterminated_quote_loses_its_own_line_only),
        FIXTURE_TEST(an_unterminated_quote_that_meets_another),
        FIXTURE_TEST(a_ragged_record_over_several_lines_loses_its_first_only),
        FIXTURE_TEST(a_bare_quote_is_data_where_the_columns_agree),
        FIXTURE_TEST(text_after_a_closing_quote_is_rejected),
        FIXTURE_TEST(a_null_or_invalid_key_rejects_the_record),
        FIXTURE_TEST(bytes_that_are_no_text_make_invalid_cells),
        FIXTURE_TEST(cells_that_cannot_be_read),
        FIXTURE_TEST(an_amount_beyond_the_scale_of_its_column),
        FIXTURE_TEST(a_field_beyond_the_cap_is_rejected),
        FIXTURE_TEST(a_field_of_a_hundred_megabytes),
        FIXTURE_TEST(an_open_quote_before_much_text),
        FIXTURE_TEST(files_without_rows),
        FIXTURE_TEST(a_file_that_ends_early),
        FIXTURE_TEST(delimiters),
        FIXTURE_TEST(skipped_lines_and_no_header),
        FIXTURE_TEST(any_number_of_pieces_gives_the_same),
    };
    return cmocka_run_group_tests_name("csv", tests, NULL, NULL);
}
