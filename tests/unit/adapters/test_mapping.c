// SPDX-License-Identifier: MIT
// Foreign files mapped to the model: headers, numbers, constants, maps, marks, and what is wrong
// with a declaration.
#include "tests/unit/import_fixture.h"

#define FILE_IMPORT "[{'kind':'csv','table':'sales_order','file':'x.csv','line':12,"

static const char *problem_column(int64_t line)
{
    return fixture_problem(PROBLEM_INVALID_CELL, line, "")->column;
}

static void a_foreign_file(void **state)
{
    (void)state;
    fixture_write("x.csv", "单据编号,单据日期,价税合计,红蓝,状态,备注\n"
                           "SO1,2026年10月5日,\"1,234.50\",蓝字,已审核,\n"
                           "SO2,2026年10月6日,\"2,000.00\", 红字 ,作废,x\n"
                           "SO3,2026-10-06,\"1.5,0\",红字,无,x\n");
    fixture_succeeds(FILE_IMPORT
                     "'null':['','-'],'columns':["
                     "{'field':'order_id','source':'单据编号'},"
                     "{'field':'order_date','source':'单据日期','format':'%Y年%m月%d日'},"
                     "{'field':'amount','source':'价税合计','decimal':'.','group':',',"
                     "'negate':{'source':'红蓝','values':['红字']}},"
                     "{'field':'status','source':'状态','map':[['已审核','approved'],"
                     "['作废','cancelled']],'null':['无']},"
                     "{'field':'channel','value':'contract'}]}]");
    fixture_has(3, 0);
    fixture_cell(0, ORDER_DATE, "2026-10-05");
    fixture_cell(0, AMOUNT, "1234.50");
    fixture_cell(0, STATUS, "approved");
    fixture_cell(1, AMOUNT, "-2000.00");
    fixture_cell(1, STATUS, "cancelled");
    fixture_cell(1, CHANNEL, "contract");
    fixture_cell(2, STATUS, NULL);
    fixture_problem(PROBLEM_INVALID_CELL, 4, "does not have the form");
    fixture_problem(PROBLEM_INVALID_CELL, 4, "after the decimal sign");
    assert_int_equal(json_array_size(fixture_summary.items[0].unmapped), 1);
    assert_string_equal(json_string_value(json_array_get(fixture_summary.items[0].unmapped, 0)),
                        "备注");
}

static void problems_name_the_sources_column(void **state)
{
    (void)state;
    fixture_write("x.csv", "单据编号,价税合计\nSO1,abc\n");
    fixture_succeeds(FILE_IMPORT "'columns':[{'field':'order_id','source':'单据编号'},"
                                 "{'field':'amount','source':'价税合计'}]}]");
    assert_string_equal(problem_column(2), "价税合计");
    fixture_succeeds(FILE_IMPORT "'columns':[{'field':'order_id','number':1},"
                                 "{'field':'amount','number':2}]}]");
    assert_string_equal(problem_column(2), "价税合计");
    fixture_succeeds(FILE_IMPORT "'header':false,'skip':1,'columns':[{'field':'order_id',"
                                 "'number':1},{'field':'amount','number':2}]}]");
    assert_string_equal(problem_column(2), "column 2");
}

static void headers_that_are_missing_or_doubled(void **state)
{
    (void)state;
    fixture_write("x.csv", "id,note,note,amout\nSO1,a,b,1\n");
    fixture_fails(FILE_IMPORT "'columns':[{'field':'order_id','source':'id'},"
                              "{'field':'amount','source':'amount'}]}]",
                  ERROR_USAGE, "audit.lua:12",
                  "x.csv: no column \"amount\" in the header, which amount needs (meant "
                  "\"amout\"?); it has: id, note, note, amout");
    fixture_fails(FILE_IMPORT "'columns':[{'field':'order_id','source':'id'},"
                              "{'field':'note','source':'note'}]}]",
                  ERROR_USAGE, "audit.lua:12", "two columns of x.csv have the header \"note\"");
    // A doubled header that nothing uses does no harm, and a number tells the two apart.
    fixture_succeeds(FILE_IMPORT "'columns':[{'field':'order_id','source':'id'}]}]");
    assert_int_equal(json_array_size(fixture_summary.items[0].unmapped), 3);
    fixture_succeeds(FILE_IMPORT "'columns':[{'field':'order_id','source':'id'},"
                                 "{'field':'note','number':3}]}]");
    fixture_cell(0, NOTE, "b");
    fixture_write("x.csv", "order_id,note,note\nSO1,a,b\n");
    fixture_fails("[{'kind':'csv','table':'sales_order','file':'x.csv'}]", ERROR_USAGE, "audit.lua",
                  "two columns");
    fixture_write("x.csv", "id,what\nSO1,a\n");
    fixture_fails("[{'kind':'csv','table':'sales_order','file':'x.csv'}]", ERROR_USAGE, "audit.lua",
                  "no header is a field of sales_order; it has: id, what");
}

static void a_header_in_another_encoding(void **state)
{
    (void)state;
    fixture_write("x.csv", "\xB5\xA5\xBE\xDD,amount\nSO1,1\n");
    fixture_fails(FILE_IMPORT "'columns':[{'field':'order_id','source':'单据'}]}]", ERROR_USAGE,
                  "audit.lua:12", "state the file's `encoding`");
    fixture_succeeds(FILE_IMPORT "'encoding':'GB18030',"
                                 "'columns':[{'field':'order_id','source':'单据'}]}]");
    fixture_cell(0, ORDER_ID, "SO1");
}

static void cells_in_another_encoding(void **state)
{
    (void)state;
    fixture_write("x.csv", "order_id,note\nSO1,\xB5\xA5\nSO2,ab\xFF\n");
    fixture_succeeds("[{'kind':'csv','table':'sales_order','file':'x.csv','encoding':'GB18030'}]");
    fixture_cell(0, NOTE, "单");
    fixture_problem(PROBLEM_INVALID_CELL, 3, "byte 3 of the cell is no text in the encoding");
}

static void columns_by_number(void **state)
{
    (void)state;
    fixture_write("x.csv", "a,b\nSO1,1\n");
    fixture_fails(FILE_IMPORT "'columns':[{'field':'order_id','number':3}]}]", ERROR_USAGE,
                  "audit.lua:12", "order_id: column number 3, but x.csv has 2 columns");
    fixture_fails(FILE_IMPORT "'columns':[{'field':'order_id','number':0}]}]", ERROR_USAGE,
                  "audit.lua:12", "counts from 1");
    fixture_fails(FILE_IMPORT "'header':false,'columns':[{'field':'order_id','source':'a'}]}]",
                  ERROR_USAGE, "audit.lua:12", "has no header; give its number");
}

static void fields_that_cannot_be_mapped(void **state)
{
    (void)state;
    fixture_write("x.csv", "id,x\nSO1,1\n");
#define ORDER_ID_FROM_ID "{'field':'order_id','source':'id'}"
    static const char *const wrong[][2] = {
        {"{'field':'amuont','source':'x'}",
         "sales_order has no field \"amuont\" (meant \"amount\"?)"},
        {"{'field':'zzzzzzzz','source':'x'}", "sales_order has no field \"zzzzzzzz\""},
        {"{'field':'order_id','source':'x'}", "order_id: is mapped twice"},
        {"{'field':'amount'}", "needs the source column's header or number"},
        {"{'field':'amount','value':'1.2.3'}",
         "the constant \"1.2.3\" is wrong: two decimal points"},
        {"{'field':'status','value':'open'}", "not one of: draft"},
        {"{'field':'amount','value':[]}", "a constant is a text"},
        {"{'field':'amount','source':'x','format':'%Y-%m-%d'}", "amount is no date"},
        {"{'field':'order_date','source':'x','format':'%Y-%m'}",
         "must have a year, a month and a day"},
        {"{'field':'order_date','source':'x','format':'%Y-%m-%d %q'}", "unknown item \"%q\""},
        {"{'field':'order_date','source':'x','format':'%Y-%m-%d %'}", "unknown item \"%\""},
        {"{'field':'order_date','source':'x','format':'%Y-%m-%d %I:%M'}", "%p (AM or PM) together"},
        {"{'field':'order_date','source':'x','format':'%Y-%m-%d %H:%M UTC'}", "zone as plain text"},
        {"{'field':'order_date','source':'x','format':'%Y-%m-%dT%H:%M+08:00'}",
         "zone as plain text"},
        {"{'field':'amount','source':'x','round':9}", "`round` is { places, mode }"},
        {"{'field':'amount','source':'x','round':[2,'bankers']}", "`round` is { places, mode }"},
        {"{'field':'note','source':'x','round':2}", "has no decimal places"},
        {"{'field':'amount','debit':'x'}", "are both the header"},
        {"{'field':'note','debit':'x','credit':'y'}", "give an amount"},
        {"{'field':'amount','source':'x','debit':'x','credit':'y'}", "a column of its own"},
        {"{'field':'order_date','source':'x','decimal':','}", "order_date is no number"},
        {"{'field':'amount','source':'x','decimal':',,'}", "must be one ASCII character"},
        {"{'field':'amount','source':'x','group':'1'}", "must be one ASCII character"},
        {"{'field':'amount','source':'x','group':'.'}", "are the same character"},
        {"{'field':'status','source':'x','map':[['a','open']]}", "`map` leads to \"open\""},
        {"{'field':'status','source':'x','map':[['a']]}", "texts to texts"},
        {"{'field':'status','source':'x','null':'-'}", "`null` must be a list"},
        {"{'field':'note','source':'x','negate':true}", "turns the sign of numbers only"},
        {"{'field':'amount','source':'x','negate':{'source':'id'}}", "needs the texts that mark"},
        {"{'field':'amount','source':'x','negate':{'source':'y','values':['r']}}",
         "no column \"y\""},
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        char declaration[500];
        snprintf(declaration, sizeof declaration,
                 FILE_IMPORT "'columns':[" ORDER_ID_FROM_ID ",%s]}]", wrong[i][0]);
        fixture_fails(declaration, ERROR_USAGE, "audit.lua:12", wrong[i][1]);
    }
    fixture_fails(FILE_IMPORT "'columns':[{'field':'note','source':'x'}]}]", ERROR_USAGE,
                  "audit.lua:12", "nothing fills order_id, a key column of sales_order");
}

static void a_wrong_declaration_is_found_before_its_file(void **state)
{
    (void)state;
    fixture_fails("[{'kind':'csv','table':'sales_order','file':'absent.csv','line':12,"
                  "'columns':[{'field':'amuont','source':'x'}]}]",
                  ERROR_USAGE, "audit.lua:12", "amuont");
}

static void constants_of_every_type(void **state)
{
    (void)state;
    fixture_write("x.csv", "id\nSO1\n");
    fixture_succeeds(FILE_IMPORT "'columns':[" ORDER_ID_FROM_ID ",{'field':'order_no','value':7},"
                                 "{'field':'amount','value':'1.50'},"
                                 "{'field':'order_date','value':'2026-10-05'},"
                                 "{'field':'approved_at','value':'2026-10-05 09:30'},"
                                 "{'field':'status','value':'draft'},"
                                 "{'field':'note','value':''}]}]");
    fixture_cell(0, ORDER_NO, "7");
    fixture_cell(0, AMOUNT, "1.50");
    fixture_cell(0, ORDER_DATE, "2026-10-05");
    fixture_cell(0, APPROVED_AT, "2026-10-05T09:30:00");
    fixture_cell(0, STATUS, "draft");
    fixture_cell(0, NOTE, NULL);
    assert_true(fixture_data->tables[SALES_ORDER].columns[NOTE].imported);
}

static void one_column_may_fill_several_fields(void **state)
{
    (void)state;
    fixture_write("x.csv", "id,x\nSO1,5\n");
    fixture_succeeds(FILE_IMPORT "'columns':[" ORDER_ID_FROM_ID ",{'field':'amount','source':'x',"
                                 "'negate':true},{'field':'note','source':'x'}]}]");
    fixture_cell(0, AMOUNT, "-5.00");
    fixture_cell(0, NOTE, "5");
}

static void computed_columns_keep_the_source(void **state)
{
    (void)state;
    fixture_write("x.csv", "id,数量,x,x\nSO1,5,a,b\n");
    fixture_succeeds(FILE_IMPORT "'columns':[" ORDER_ID_FROM_ID
                                 ",{'field':'amount','computed':0}]}]");
    const struct table *table = &fixture_data->tables[SALES_ORDER];
    assert_int_equal(table->source_column_count, 2); // of the two x, none
    assert_string_equal(table->source_columns[0].label, "id");
    assert_string_equal(table->source_columns[1].label, "数量");
    int64_t code = column_get(&table->source_columns[1].column, 0);
    assert_string_equal(dictionary_get(fixture_data->texts, (uint32_t)code).bytes, "5");
    assert_int_equal(json_array_size(fixture_summary.items[0].unmapped), 0);
    // A key may be computed too.
    fixture_succeeds(FILE_IMPORT "'columns':[{'field':'order_id','computed':0},"
                                 "{'field':'note','source':'id'}]}]");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FIXTURE_TEST(a_foreign_file),
        FIXTURE_TEST(problems_name_the_sources_column),
        FIXTURE_TEST(headers_that_are_missing_or_doubled),
        FIXTURE_TEST(a_header_in_another_encoding),
        FIXTURE_TEST(cells_in_another_encoding),
        FIXTURE_TEST(columns_by_number),
        FIXTURE_TEST(fields_that_cannot_be_mapped),
        FIXTURE_TEST(a_wrong_declaration_is_found_before_its_file),
        FIXTURE_TEST(constants_of_every_type),
        FIXTURE_TEST(one_column_may_fill_several_fields),
        FIXTURE_TEST(computed_columns_keep_the_source),
    };
    return cmocka_run_group_tests_name("mapping", tests, NULL, NULL);
}
