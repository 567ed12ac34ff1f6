// SPDX-License-Identifier: MIT
// Sheets as sources of an import.
#include "adapters/workbook_feed.h"
#include "tests/unit/workbook_fixture.h"

#define MAPPED                                                                                     \
    "'columns':[{'field':'order_id','source':'单号'},{'field':'order_date','source':'日期'},"  \
    "{'field':'amount','source':'金额'}]"
#define SHEET(rest) "[{'kind':'xlsx','table':'sales_order','file':'a.xlsx'," rest MAPPED "}]"

static void write_rows(const char *lines)
{
    char *rows = fixture_rows(lines);
    fixture_sheet("a.xlsx", "发货单", rows);
    free(rows);
}

static void a_list_is_read(void **state)
{
    (void)state;
    write_rows("单号|日期|金额\nSO1|2026-10-05|1,234.50\n\nSO2|2026/10/6|-5");
    fixture_succeeds(SHEET());
    fixture_has(2, 0);
    fixture_cell(0, AMOUNT, "1234.50");
    fixture_cell(1, ORDER_DATE, "2026-10-06");
    fixture_line(1, 4);
    struct buffer origin = {0};
    data_origin(fixture_data, SALES_ORDER, 1, &origin);
    assert_string_equal(buffer_text(&origin), "a.xlsx:发货单!4");
    buffer_clear(&origin);
    assert_int_equal(fixture_summary.items[0].blank_lines, 1);
    assert_int_equal(strlen(fixture_data->sources[0].sha256), 64);
}

static void places_of_cells_have_letters(void **state)
{
    (void)state;
    struct buffer place = {0};
    write_rows("x|单号|日期|金额\n|SO1|2026-10-05|abc");
    fixture_succeeds(SHEET());
    const struct problem *problem = fixture_problem(PROBLEM_INVALID_CELL, 2, "not a number");
    data_place(fixture_data, problem->source, problem->line, problem->column, &place);
    assert_string_equal(buffer_text(&place), "a.xlsx:发货单!D2");
    buffer_reset(&place);
    data_place(fixture_data, problem->source, 7, "另一列", &place);
    assert_string_equal(buffer_text(&place), "a.xlsx:发货单!7");
    buffer_reset(&place);
    data_place(fixture_data, problem->source, 0, NULL, &place);
    assert_string_equal(buffer_text(&place), "a.xlsx:发货单");
    buffer_clear(&place);
}

static void a_title_above_the_header_is_told(void **state)
{
    (void)state;
    write_rows("发货单|||2026-10\n制表：张三\n单号|日期|金额\nSO1|2026-10-05|1");
    fixture_fails(SHEET(), ERROR_USAGE, "audit.lua",
                  "the header stands in line 3: give `skip = 2`");
    fixture_succeeds(SHEET("'skip':2,"));
    fixture_has(1, 0);
    fixture_fails(SHEET("'skip':9,"), ERROR_SOURCE, "a.xlsx:发货单", "has no header");
}

static void all_settings_of_lists_are_there(void **state)
{
    (void)state;
    write_rows("单号|日期|金额\nSO1|2026-10-05|1\n|2026-10-06|2\n合计||3\n第1页");
    fixture_succeeds(SHEET("'fill':['单号'],'skip_end':1,'where':{'patterns':[['日期','^2']]},"
                           "'distinct':true,"));
    assert_int_equal(fixture_data->tables[SALES_ORDER].rows, 1);
    assert_int_equal(fixture_data->tables[SALES_ORDER].records_merged, 1);
    assert_int_equal(fixture_data->tables[SALES_ORDER].records_left_out[LEFT_OUT_CONDITION], 1);
    assert_int_equal(fixture_data->tables[SALES_ORDER].records_left_out[LEFT_OUT_FOOTER], 1);
}

static void a_sheet_without_header_has_numbered_columns(void **state)
{
    (void)state;
    write_rows("SO1|2026-10-05|1\nSO2||2|x");
    fixture_succeeds(
        "[{'kind':'xlsx','table':'sales_order','file':'a.xlsx','header':false,'columns':["
        "{'field':'order_id','number':1},{'field':'note','number':5}]}]");
    fixture_has(2, 0);
    fixture_cell(1, ORDER_ID, "SO2");
    fixture_cell(1, NOTE, NULL);
}

static void what_is_no_value_is_no_value(void **state)
{
    (void)state;
    fixture_sheet(
        "a.xlsx", "a",
        "<sheetData><row><c t='str'><v>order_id</v></c><c t='str'><v>amount</v></c>"
        "<c t='str'><v>note</v></c></row>"
        "<row><c t='str'><v>SO1</v></c><c t='e'><v>#N/A</v></c><c t='e'><v>#REF!</v></c></row>"
        "<row><c t='str'><v>SO2</v></c><c><f>A1*2</f></c></row>"
        "<row><c t='e'><v>#N/A</v></c><c><v>1</v></c></row></sheetData>");
    fixture_succeeds("[{'kind':'xlsx','table':'sales_order','file':'a.xlsx'}]");
    fixture_has(2, 1);
    fixture_problem(PROBLEM_INVALID_CELL, 2, "the error #N/A");
    fixture_problem(PROBLEM_INVALID_CELL, 2, "the error #REF!");
    assert_string_equal(fixture_problem(PROBLEM_INVALID_CELL, 3, "no stored result (=A1*2)")->value,
                        "=A1*2");
    fixture_problem(PROBLEM_REJECTED_RECORD, 4, "#N/A");
    fixture_succeeds(
        "[{'kind':'xlsx','table':'sales_order','file':'a.xlsx','null':['#N/A','#REF!']}]");
    fixture_cell(0, AMOUNT, NULL);
}

static void what_a_reader_does_not_see_is_told(void **state)
{
    (void)state;
    struct fixture_book book = {
        .sheets = {{"a",
                    "<cols><col min='2' max='3' hidden='1'/></cols><sheetData><row>"
                    "<c t='str'><v>order_id</v></c><c t='str'><v>note</v></c><c "
                    "t='str'><v>其他</v></c></row>"
                    "<row hidden='1'><c t='str'><v>SO1</v></c><c t='str'><v>x</v></c></row>"
                    "<row hidden='1'><c t='str'><v>SO2</v></c><c><f>1</f><v>0</v></c></row>"
                    "<row><c t='str'><v>SO3</v></c><c/><c/><c><v>9</v></c></row>"
                    "</sheetData><mergeCells><mergeCell ref='B2:B3'/><mergeCell "
                    "ref='C2:C3'/></mergeCells>",
                    "hidden"}},
        .properties = "<calcPr fullCalcOnLoad='1'/>"};
    fixture_book("a.xlsx", &book);
    fixture_succeeds("[{'kind':'xlsx','table':'sales_order','file':'a.xlsx'}]");
    fixture_has(3, 0);
    fixture_problem(PROBLEM_DOUBTFUL_SOURCE, 0, "the sheet is hidden");
    fixture_problem(PROBLEM_DOUBTFUL_SOURCE, 0, "2 of its rows are hidden");
    fixture_problem(PROBLEM_DOUBTFUL_SOURCE, 0, "a program that does not calculate");
    fixture_problem(PROBLEM_DOUBTFUL_SOURCE, 4, "no name for column D");
    assert_string_equal(fixture_problem(PROBLEM_DOUBTFUL_SOURCE, 1, "column is hidden")->column,
                        "note");
    assert_string_equal(fixture_problem(PROBLEM_DOUBTFUL_SOURCE, 2, "give `fill`")->column, "note");
    assert_int_equal(fixture_data->problems.count, 6);
}

static void another_sheet_lends_its_columns(void **state)
{
    (void)state;
    char *lines = fixture_rows("单号|金额\nSO1|5\nSO2|6"),
         *heads = fixture_rows("x\n单|日期\nSO1|2026-10-05");
    struct fixture_book book = {.sheets = {{"明细", lines, NULL}, {"单据", heads, NULL}}};
    fixture_book("a.xlsx", &book);
    fixture_succeeds(
        "[{'kind':'xlsx','table':'sales_order','file':'a.xlsx','sheet':'明细','with':{'head':{"
        "'file':'a.xlsx','sheet':'单据','skip':1,'key':{'there':'单','here':'单号'}}},'columns':["
        "{'field':'order_id','source':'单号'},{'field':'order_date','source':'head.日期'}]}]");
    fixture_has(2, 0);
    fixture_cell(0, ORDER_DATE, "2026-10-05");
    fixture_cell(1, ORDER_DATE, NULL);
    fixture_fails(
        "[{'kind':'xlsx','table':'sales_order','file':'a.xlsx','sheet':'明细','with':{'head':{"
        "'file':'a.xlsx','key':{'there':'单','here':'单号'}}},'columns':["
        "{'field':'order_id','source':'单号'}]}]",
        ERROR_USAGE, "audit.lua",
        "say which `sheet` of a.xlsx has the records; it has: 明细, 单据");
    free(lines);
    free(heads);
}

static void write_three_sheets(void)
{
    char *orders = fixture_rows("order_id|amount\nSO1|5"),
         *customers = fixture_rows("customer_id\nC1");
    char *notes = fixture_rows("本月说明");
    struct fixture_book book = {.sheets = {{"说明", notes, NULL},
                                           {"Sales_Order", orders, NULL},
                                           {"customer", customers, NULL}}};
    fixture_book("a.xlsx", &book);
    free(orders);
    free(customers);
    free(notes);
}

static void sheets_are_chosen(void **state)
{
    (void)state;
    write_three_sheets();
    fixture_succeeds("[{'kind':'xlsx','table':'sales_order','file':'a.xlsx','sheet':2}]");
    fixture_has(1, 0);
    fixture_succeeds(
        "[{'kind':'xlsx','table':'sales_order','file':'a.xlsx','sheet':'sales_order'}]");
    fixture_succeeds("[{'kind':'xlsx','table':'sales_order','file':'a.xlsx','sheet':'Sales*'}]");
    fixture_succeeds("[{'kind':'xlsx','table':'sales_order','file':'a.xlsx'}]");
    fixture_has(1, 0);
    fixture_fails("[{'kind':'xlsx','table':'sales_order','file':'a.xlsx','sheet':'Sales'}]",
                  ERROR_USAGE, "audit.lua", "no sheet \"Sales\"");
    fixture_fails("[{'kind':'xlsx','table':'sales_order','file':'a.xlsx','sheet':4}]", ERROR_USAGE,
                  "audit.lua", "sheet number 4, but a.xlsx has 3");
    fixture_fails("[{'kind':'xlsx','table':'sales_order','file':'a.xlsx','sheet':0}]", ERROR_USAGE,
                  "audit.lua", "its number from 1");
}

static void one_of_several_sheets_must_be_named(void **state)
{
    (void)state;
    char *rows = fixture_rows("order_id\nSO1");
    struct fixture_book book = {
        .sheets = {{"一", rows, NULL}, {"二", rows, NULL}, {"三", "", NULL}}};
    fixture_book("a.xlsx", &book);
    fixture_fails("[{'kind':'xlsx','table':'sales_order','file':'a.xlsx'}]", ERROR_USAGE,
                  "audit.lua", "a.xlsx has 3 sheets: say which with `sheet`: 一, 二, 三");
    fixture_succeeds("[{'kind':'xlsx','table':'sales_order','file':'a.xlsx','sheet':'?'}]");
    assert_int_equal(fixture_summary.item_count, 2);
    book.sheets[1].xml = "";
    fixture_book("a.xlsx", &book);
    fixture_succeeds("[{'kind':'xlsx','table':'sales_order','file':'a.xlsx'}]");
    fixture_has(1, 0);
    free(rows);
}

static void a_workbook_may_be_several_tables(void **state)
{
    (void)state;
    write_three_sheets();
    fixture_succeeds("[{'kind':'xlsx','file':'a.xlsx'}]");
    fixture_has(1, 0);
    assert_int_equal(fixture_data->tables[CUSTOMER].rows, 1);
    assert_int_equal(fixture_summary.unused_count, 1);
    assert_string_equal(fixture_summary.unused[0], "a.xlsx:说明");
    fixture_fails("[{'kind':'xlsx','file':'a.xlsx','columns':[]}]", ERROR_USAGE, "audit.lua",
                  "for a workbook without a `table`");
    write_rows("order_id\nSO1");
    fixture_fails("[{'kind':'xlsx','file':'a.xlsx'}]", ERROR_USAGE, "audit.lua",
                  "say which `table`");
}

static void a_folder_of_workbooks(void **state)
{
    (void)state;
    char *rows = fixture_rows("order_id\nSO1");
    write_three_sheets();
    fixture_sheet("Customer.xlsx", "Sheet1", rows);
    fixture_write("~$a.xlsx", "lock");
    fixture_write("b.xlsx", "damaged");
    fixture_fails("[{'kind':'xlsx','folder':'.'}]", ERROR_USAGE, "audit.lua",
                  "both Customer.xlsx:Sheet1 and a.xlsx:customer are there for customer");
    char path[256];
    snprintf(path, sizeof path, "%s/Customer.xlsx", fixture_folder);
    unlink(path);
    fixture_succeeds("[{'kind':'xlsx','folder':'.'}]");
    fixture_has(1, 0);
    assert_int_equal(fixture_summary.unused_count,
                     2); // the sheet of notes, and what is no workbook
    free(rows);
}

static void several_files_of_one_form(void **state)
{
    (void)state;
    char *first = fixture_rows("order_id|amount\nSO1|1"),
         *second = fixture_rows("amount|order_id\n2|SO2");
    fixture_sheet("m2.xlsx", "二月", second);
    fixture_sheet("m1.xlsx", "一月", first);
    fixture_succeeds("[{'kind':'xlsx','table':'sales_order','file':'m*.xlsx','expect':{'rows':'2',"
                     "'sum':{'amount':'3'}}}]");
    fixture_has(2, 0);
    fixture_cell(0, ORDER_ID, "SO1");
    assert_string_equal(fixture_data->sources[1].name, "m2.xlsx:二月");
    free(first);
    free(second);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FIXTURE_TEST(a_list_is_read),
        FIXTURE_TEST(places_of_cells_have_letters),
        FIXTURE_TEST(a_title_above_the_header_is_told),
        FIXTURE_TEST(all_settings_of_lists_are_there),
        FIXTURE_TEST(a_sheet_without_header_has_numbered_columns),
        FIXTURE_TEST(what_is_no_value_is_no_value),
        FIXTURE_TEST(what_a_reader_does_not_see_is_told),
        FIXTURE_TEST(another_sheet_lends_its_columns),
        FIXTURE_TEST(sheets_are_chosen),
        FIXTURE_TEST(one_of_several_sheets_must_be_named),
        FIXTURE_TEST(a_workbook_may_be_several_tables),
        FIXTURE_TEST(a_folder_of_workbooks),
        FIXTURE_TEST(several_files_of_one_form),
    };
    return cmocka_run_group_tests_name("workbook_feed", tests, NULL, NULL);
}
