// SPDX-License-Identifier: MIT
// Lists as companies export them: what is left out, filled, numbered, joined, lent by other files.
#include "engine/data/data.h"
#include "tests/unit/import_fixture.h"

#define LIST "[{'kind':'csv','table':'sales_order','file':'x.csv','line':12,"
#define COLUMNS                                                                                    \
    "'columns':[{'field':'order_id','source':'no'},{'field':'amount','source':'amount'},"          \
    "{'field':'note','source':'note'}]}]"

static void counts(size_t rows, size_t left_out, size_t footers, size_t rejected)
{
    const struct table *table = &fixture_data->tables[SALES_ORDER];
    assert_int_equal(table->rows, rows);
    assert_int_equal(table->records_left_out[LEFT_OUT_CONDITION], left_out);
    assert_int_equal(table->records_left_out[LEFT_OUT_FOOTER], footers);
    assert_int_equal(table->records_rejected, rejected);
    assert_int_equal(table->records_read, rows + left_out + footers + rejected +
                                              table->records_merged + table->records_repeated);
}

static void records_that_are_none_are_left_out(void **state)
{
    (void)state;
    fixture_write("x.csv", "no,amount,note\nSO1,1.50,a\n小计,1.50,\nSO2,2,b\n合计,3.50,\n合计,x,\n"
                           "共 2 条\nSO3,3,\"x\"y\n");
    fixture_succeeds(LIST "'where':{'patterns':[['no','^SO']]}," COLUMNS);
    counts(2, 4, 0, 1); // a record that cannot be split may be anything
    assert_int_equal(fixture_data->left_out.count, 2);
    const struct left_out *first = &fixture_data->left_out.items[0];
    assert_int_equal(first->first, 3);
    assert_int_equal(first->last, 3);
    assert_string_equal(first->amounts, "amount=1.5");
    assert_string_equal(first->value, "小计 | 1.50");
    const struct left_out *second = &fixture_data->left_out.items[1];
    assert_int_equal(second->first, 5);
    assert_int_equal(second->last, 7);
    assert_int_equal(second->records, 3);
    assert_string_equal(second->amounts, "amount=3.5"); // what could be read
    assert_int_equal(fixture_data->problems.count, 1);
    assert_int_equal(fixture_summary.items[0].left_out, 4);
}

static void a_record_left_out_whose_key_is_there_is_a_problem(void **state)
{
    (void)state;
    fixture_write("x.csv", "no,amount,note\nSO1,1,a\nSO1,2,void\nSO2,3,void\n");
    fixture_succeeds(LIST "'where':{'patterns':[['note','^a']]}," COLUMNS);
    counts(1, 2, 0, 0);
    fixture_problem(PROBLEM_LEFT_OUT_RECORD, 3, "its key is loaded from x.csv:2");
    assert_int_equal(fixture_data->problems.count, 1);
    assert_true(problem_is_loss(PROBLEM_LEFT_OUT_RECORD));
}

static void footers_are_lines_at_the_end(void **state)
{
    (void)state;
    fixture_write("x.csv", "no,amount,note\nSO1,1,a\nSO2,2,b\n\n共 2 条\n制表人：周晓\n\n,,\n");
    fixture_succeeds(LIST "'skip_end':2," COLUMNS);
    counts(2, 0, 2, 0);
    assert_int_equal(fixture_data->left_out.items[0].first, 5);
    fixture_succeeds(LIST "'skip_end':3," COLUMNS); // the blank line is one of them
    counts(2, 0, 2, 0);
    fixture_succeeds(LIST "'skip_end':0," COLUMNS);
    counts(2, 0, 0, 2);
    fixture_succeeds(LIST "'skip_end':99," COLUMNS);
    counts(0, 0, 4, 0);
}

static void empty_cells_take_the_value_above(void **state)
{
    (void)state;
    fixture_write("x.csv", "no,amount,note\nSO1,1,a\n,2,\n,3,b\n,4,\nSO2,5,\n,6,\n");
    fixture_succeeds(LIST
                     "'fill':['no','note'],'columns':[{'field':'channel','source':'no'},"
                     "{'field':'order_id','source':'amount'},{'field':'note','source':'note'}]}]");
    counts(6, 0, 0, 0);
    fixture_cell(1, CHANNEL, "SO1");
    fixture_cell(1, NOTE, "a");
    fixture_cell(3, NOTE, "b"); // the nearest above
    fixture_cell(4, CHANNEL, "SO2");
    fixture_cell(4, NOTE, NULL); // a new document takes nothing
    fixture_cell(5, NOTE, NULL);
}

static void nothing_is_filled_after_a_rejected_record(void **state)
{
    (void)state;
    fixture_write("x.csv", "no,amount,note\n,1,a\nSO1,2,b\n,3\n,4,\nSO2,5,c\n,6,\n");
    fixture_succeeds(LIST "'fill':'no','columns':[{'field':'order_id','source':'amount'},"
                          "{'field':'channel','source':'no'}]}]");
    counts(5, 0, 0, 1);
    fixture_cell(0, CHANNEL, NULL); // no document has begun
    fixture_cell(1, CHANNEL, "SO1");
    fixture_cell(2, CHANNEL, NULL); // the rejected one may have begun another
    fixture_cell(4, CHANNEL, "SO2");
}

static void records_left_out_are_not_filled_from(void **state)
{
    (void)state;
    fixture_write("x.csv", "no,amount,note\nSO1,1,x\n小计,1,\n,2,x\n");
    fixture_succeeds(LIST "'fill':['no'],'where':{'patterns':[['note','.']]},"
                          "'columns':[{'field':'order_id','source':'amount'},"
                          "{'field':'channel','source':'no'}]}]");
    counts(2, 1, 0, 0);
    fixture_cell(1, CHANNEL, "SO1");
}

static void lines_are_numbered_within_a_key(void **state)
{
    (void)state;
    fixture_write("x.csv", "no,amount,note\nA,1,x\nA,2,x\nB,3,x\nA,4,x\nB,5\nB,6,x\n");
    fixture_succeeds(LIST "'number':{'order_no':'channel'},'columns':["
                          "{'field':'order_id','source':'amount'},"
                          "{'field':'channel','source':'no'}]}]");
    counts(5, 0, 0, 1);
    static const char *const expected[] = {"1", "2", "1", "3", "3"}; // the rejected one counts
    for (int row = 0; row < 5; row++)
        fixture_cell(row, ORDER_NO, expected[row]);
    assert_true(fixture_summary.items[0].numbered);
    fixture_succeeds(LIST "'number':{'order_no':'no'},'columns':["
                          "{'field':'order_id','source':'amount'}]}]");
    fixture_cell(3, ORDER_NO, "3");
}

static void one_row_for_each_key(void **state)
{
    (void)state;
    fixture_write("x.csv", "no,amount,note\nA,1.5,x\nA,2.25,x\nB,3,y\nA,4,z\nA,5,z\n");
    fixture_succeeds(LIST "'distinct':true,'sum':[{'field':'amount','source':'amount'}],"
                          "'columns':[{'field':'order_id','source':'no'},"
                          "{'field':'note','source':'note'}]}]");
    const struct table *table = &fixture_data->tables[SALES_ORDER];
    assert_int_equal(table->rows, 2);
    assert_int_equal(table->records_merged, 3);
    fixture_cell(0, AMOUNT, "12.75");
    fixture_cell(0, NOTE, NULL); // two of its lines differ
    fixture_cell(1, AMOUNT, "3.00");
    fixture_cell(1, NOTE, "y");
    const struct problem *problem = fixture_problem(PROBLEM_CONFLICTING_ROWS, 5, "x.csv:2");
    assert_string_equal(problem->value, "x | z");
    assert_int_equal(fixture_data->problems.count, 1); // told once
}

static void sums_that_cannot_be_known(void **state)
{
    (void)state;
    fixture_write("x.csv", "no,amount\nA,1\nA,x\nB,\nB,2\nC,\nC,\n");
    fixture_succeeds(LIST "'distinct':true,'sum':[{'field':'amount','source':'amount'}],"
                          "'columns':[{'field':'order_id','source':'no'}]}]");
    fixture_cell(0, AMOUNT, NULL);
    fixture_cell(1, AMOUNT, "2.00");
    fixture_cell(2, AMOUNT, NULL);
    fixture_problem(PROBLEM_INVALID_CELL, 3, "that is added up cannot be read");
}

static void records_that_stand_twice_are_one(void **state)
{
    (void)state;
    fixture_write("x.csv", "order_id,note,extra\nA,x,1\nB,y,1\nA,x,1\nB,y,2\n");
    fixture_succeeds("[{'kind':'csv','table':'sales_order','file':'x.csv'}]");
    const struct table *table = &fixture_data->tables[SALES_ORDER];
    assert_int_equal(table->rows, 3);
    assert_int_equal(table->records_repeated, 1);
    assert_int_equal(fixture_data->problems.count, 1);
    fixture_problem(PROBLEM_DUPLICATE_KEY, 5, "x.csv:3"); // differs in a column that is not mapped
}

static void another_file_lends_its_columns(void **state)
{
    (void)state;
    fixture_write("head.csv", "NO;kind\nA;phone\nB;fax\nB;fax\nC;fax\nC;phone\n;total\n");
    fixture_write("x.csv", "no,amount\nA,1\nB,2\nC,3\nD,4\n,5\n");
    fixture_succeeds(LIST "'with':{'head':{'file':'head.csv','delimiter':';','key':{'there':'no',"
                          "'here':'no'}}},'columns':[{'field':'order_id','source':'amount'},"
                          "{'field':'channel','source':'head.kind'}]}]");
    counts(5, 0, 0, 0);
    fixture_cell(0, CHANNEL, "phone");
    fixture_cell(1, CHANNEL, "fax"); // twice the same
    fixture_cell(2, CHANNEL, NULL);
    fixture_cell(3, CHANNEL, NULL);
    fixture_cell(4, CHANNEL, NULL); // it names none
    assert_int_equal(fixture_data->problems.count, 2);
    fixture_problem(PROBLEM_DUPLICATE_KEY, 4, "several records of it in head.csv");
    fixture_problem(PROBLEM_DANGLING_REFERENCE, 5, "there is no record of it in head.csv");
}

static void several_files_by_pattern(void **state)
{
    (void)state;
    fixture_write("SO_2.csv", "amount,no\n3,C\n");
    fixture_write("SO_1.csv", "no,amount\nA,1\nB,2\n");
    fixture_write("XX_1.csv", "no,amount\nX,9\n");
    fixture_succeeds("[{'kind':'csv','table':'sales_order','file':'SO_*.csv','columns':["
                     "{'field':'order_id','source':'no'},{'field':'amount','source':'amount'}],"
                     "'expect':{'rows':'3','sum':{'amount':'6'}}}]");
    counts(3, 0, 0, 0);
    fixture_cell(0, ORDER_ID, "A");
    fixture_cell(2, AMOUNT, "3.00");
    assert_string_equal(fixture_summary.items[1].name, "SO_2.csv");
    assert_int_equal(fixture_data->expectation_count, 2);
    assert_true(fixture_data->expectations[0].met && fixture_data->expectations[1].met);
    fixture_fails("[{'kind':'csv','table':'sales_order','file':'ZZ_*.csv'}]", ERROR_SOURCE,
                  "ZZ_*.csv", "no file has a name of that pattern");
}

static void debit_and_credit(void **state)
{
    (void)state;
    fixture_write("x.csv", "no,d,c\nA,\"1,000.00\",\nB,,400\nC,0,500\nD,,\nE,x,1\nF,2,3.125\n");
    fixture_succeeds(LIST "'columns':[{'field':'order_id','source':'no'},"
                          "{'field':'amount','debit':'d','credit':'c'}]}]");
    static const char *const expected[] = {"1000.00", "-400.00", "-500.00", NULL, NULL, "-1.125"};
    for (int row = 0; row < 6; row++)
        fixture_cell(row, AMOUNT, expected[row]);
    fixture_problem(PROBLEM_INVALID_CELL, 6, "not a number");
    fixture_succeeds(LIST "'columns':[{'field':'order_id','source':'no'},"
                          "{'field':'amount','debit':'d','credit':'c','negate':true}]}]");
    fixture_cell(0, AMOUNT, "-1000.00");
}

static void numbers_with_a_decimal_comma_are_named(void **state)
{
    (void)state;
    fixture_write("x.csv", "no;amount\nA;61.500\nB;12,345\nC;75.000,00\nD;7\n");
    fixture_succeeds(LIST "'delimiter':';','columns':[{'field':'order_id','source':'no'},"
                          "{'field':'amount','source':'amount'}]}]");
    fixture_problem(PROBLEM_DOUBTFUL_SOURCE, 4, "with a decimal comma; give `decimal");
    fixture_problem(PROBLEM_INVALID_CELL, 2, "can mean two numbers");
    fixture_problem(PROBLEM_INVALID_CELL, 3, "can mean two numbers");
    fixture_cell(3, AMOUNT, "7.00");
    fixture_succeeds(LIST
                     "'delimiter':';','fill':'no','columns':[{'field':'order_id','source':'no'},"
                     "{'field':'amount','source':'amount'}]}]"); // by way of the intake too
    fixture_problem(PROBLEM_INVALID_CELL, 2, "can mean two numbers");
    counts(4, 0, 0, 0);
    fixture_succeeds(LIST "'delimiter':';','columns':[{'field':'order_id','source':'no'},"
                          "{'field':'amount','source':'amount','decimal':',','group':'.'}]}]");
    assert_int_equal(fixture_data->problems.count, 0);
    fixture_cell(0, AMOUNT, "61500.00");
    fixture_cell(1, AMOUNT, "12.345");
}

static void headers_in_another_case(void **state)
{
    (void)state;
    fixture_read("ORDER_ID,Amount, \"NOTE \"\nSO1,1,x\n");
    fixture_cell(0, AMOUNT, "1.00");
    fixture_cell(0, NOTE, "x");
    fixture_write("x.csv", "Order No ,ＡＭＯＵＮＴ\nSO1,1\n");
    fixture_succeeds(LIST "'columns':[{'field':'order_id','source':'order no'},"
                          "{'field':'amount','source':'amount'}]}]");
    fixture_cell(0, AMOUNT, "1.00");
    fixture_write("x.csv", "No,NO\nSO1,1\n");
    fixture_fails(LIST "'columns':[{'field':'order_id','source':'no'}]}]", ERROR_USAGE,
                  "audit.lua:12", "two columns");
}

static void what_would_make_the_header_fit(void **state)
{
    (void)state;
    fixture_write("x.csv", "\"销售订单\n2026\",,\n,,\nno,amount,note\nSO1,1,\n");
    fixture_fails(LIST COLUMNS, ERROR_USAGE, "audit.lua:12",
                  "the header stands in line 4: give `skip = 3`");
    fixture_write("x.csv", "no\tamount\tnote\nSO1\t1\t\n");
    fixture_fails(LIST COLUMNS, ERROR_USAGE, "audit.lua:12",
                  "it is separated by tabs: give `delimiter = \"\\t\"`");
    fixture_write("x.csv", "title\n\nno;amount;note\nSO1;1;\n");
    fixture_fails(
        LIST COLUMNS, ERROR_USAGE, "audit.lua:12",
        "by semicolons: give `delimiter = \";\"`; the header stands in line 3: give `skip = 2`");
    fixture_write("sales_order.csv", "Orders\norder_id,amount\nSO1,1\n");
    fixture_fails("[{'kind':'csv','folder':'.'}]", ERROR_USAGE, "audit.lua", "give `skip = 1`");
}

static void settings_that_are_wrong(void **state)
{
    (void)state;
    fixture_write("x.csv", "no,amount,note\n");
    static const char *const wrong[][2] = {
        {"'fill':[],", "`fill` is a list of columns"},
        {"'fill':['nr'],", "fill: no column \"nr\""},
        {"'fill':true,", "`fill` is a list of columns"},
        {"'skip_end':-1,", "`skip_end` must be a number of lines"},
        {"'number':{'order_no':'nr'},", "number needs"},
        {"'number':{'order_nr':'no'},", "no field \"order_nr\""},
        {"'number':{},", "`number` is {"},
        {"'number':{'order_no':'no'},'distinct':true,", "`distinct` would join none"},
        {"'sum':[{'field':'order_no','source':'amount'}],", "`distinct = true`"},
        {"'distinct':true,'sum':[{'field':'channel','source':'note'}],", "adds numbers up"},
        {"'distinct':1,", "`distinct` must be true or false"},
        {"'where':{'patterns':[['nr','x']]},", "where: no column \"nr\""},
        {"'where':{'patterns':[['no','[x']]},", "the pattern \"[x\" is wrong"},
        {"'with':{'h':{'file':'y.csv'}},", "`with`: h is {"},
        {"'with':{'h':{'file':'y.csv','key':{'there':'a','here':'no'}}},", "No such file"},
        {"'with':{'h':{'file':'x.csv','key':{'there':'a','here':'no'}}},", "no column \"a\""},
        {"'with':{'h':{'file':'x.csv','key':{'there':'no','here':'a'}}},", "with: no column \"a\""},
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        char declaration[600];
        snprintf(declaration, sizeof declaration, "%s%s%s", LIST, wrong[i][0], COLUMNS);
        assert_int_equal(fixture_import(declaration), -1);
        if (!strstr(fixture_error.message, wrong[i][1]) &&
            !strstr(fixture_error.message, wrong[i][1] + 6))
            fail_msg("%s: \"%s\", expected \"%s\"", wrong[i][0], fixture_error.message,
                     wrong[i][1]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FIXTURE_TEST(records_that_are_none_are_left_out),
        FIXTURE_TEST(a_record_left_out_whose_key_is_there_is_a_problem),
        FIXTURE_TEST(footers_are_lines_at_the_end),
        FIXTURE_TEST(empty_cells_take_the_value_above),
        FIXTURE_TEST(nothing_is_filled_after_a_rejected_record),
        FIXTURE_TEST(records_left_out_are_not_filled_from),
        FIXTURE_TEST(lines_are_numbered_within_a_key),
        FIXTURE_TEST(one_row_for_each_key),
        FIXTURE_TEST(sums_that_cannot_be_known),
        FIXTURE_TEST(records_that_stand_twice_are_one),
        FIXTURE_TEST(another_file_lends_its_columns),
        FIXTURE_TEST(several_files_by_pattern),
        FIXTURE_TEST(debit_and_credit),
        FIXTURE_TEST(numbers_with_a_decimal_comma_are_named),
        FIXTURE_TEST(headers_in_another_case),
        FIXTURE_TEST(what_would_make_the_header_fit),
        FIXTURE_TEST(settings_that_are_wrong),
    };
    return cmocka_run_group_tests_name("intake", tests, NULL, NULL);
}
