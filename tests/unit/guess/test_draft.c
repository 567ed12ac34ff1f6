// SPDX-License-Identifier: MIT
#include "guess/draft.h"
#include "tests/unit/guess_fixture.h"

static struct plan plan;
static struct buffer text;
static size_t doubts;

static void draft(void)
{
    struct scope_guess scope;
    plan_init(&plan, &survey, model, terms, utc);
    scope_guess(&scope, &plan, utc);
    doubts = draft_write(&plan, &scope, "export", &text);
}

static int clear(void **state)
{
    buffer_clear(&text);
    plan_clear(&plan);
    return clear_survey(state);
}

static void says(const char *part)
{
    if (!strstr(buffer_text(&text), part))
        fail_msg("\"%s\" is not in:\n%s", part, buffer_text(&text));
}

static void test_a_list_is_explained(void **state)
{
    (void)state;
    given("orders.csv",
          "Order ID|Order Date|Customer ID|Mood\nS1|31/10/2026|C1|good\nS2|1/10/2026|C1|\n");
    survey.sheets[0].delimiter = ';';
    draft();
    says("engagement {\n");
    says("  period   = \"2026-10\",");
    says("  currency = \"USD\", ");
    says("import.csv {\n  table = \"sales_order\",\n  file = \"orders.csv\", delimiter = \";\",\n");
    says("    order_date = { \"Order Date\", format = \"%d/%m/%Y\" },");
    says("-- Columns of orders.csv that fill nothing (with values):\n--   Mood: good\n");
    assert_int_equal(doubts, 1); // the currency
    assert_non_null(strstr(buffer_text(&text), DRAFT_DOUBT "no list names a currency"));
}

static void test_records_of_several_imports(void **state)
{
    (void)state;
    given(
        "orders",
        "Orders of October||||\nOrder ID|Order Date|SKU|Qty|Price\nS1|2026-10-01|P1|5|2\n||P3|2|2\n"
        "S1|2026-10-01|P2|5|2\nTotal|||10|4\nprinted by Jo||||\n");
    draft();
    says("local function is_record_1(source)\n  return source[\"Order ID\"] ~= \"Total\"\nend\n");
    says("  skip = 1, ");
    says("  skip_end = 1, ");
    says("  where = is_record_1,\n");
    says("  number = { line_no = \"order_id\" },\n");
    says("  distinct = true,\n");
}

static void test_texts_cannot_leave_their_place(void **state)
{
    (void)state;
    given("a\"\\b.csv", "Order ID|Order Date|Customer ID|x\\\"y\nS1|2026-10-01|C1|os.exit() --\n");
    survey_begin_row(&survey.sheets[0], 3);
    for (int i = 0; i < 3; i++)
        survey_add_cell(&survey, &survey.sheets[0], i == 1 ? "2026-10-02" : "S2", i == 1 ? 10 : 2);
    survey_add_cell(&survey, &survey.sheets[0], "a\nerror()", 9);
    draft();
    says("file = \"a\\\"\\\\b.csv\"");
    says("--   x\\\"y: os.exit() --, a error()\n");
    assert_null(strstr(buffer_text(&text), "\nerror()"));
}

static void test_columns_of_one_name_go_by_number(void **state)
{
    (void)state;
    given("orders", "Order ID|Order Date|Order Date|Customer ID\nS1|2026-10-01|2026-10-02|C1\n");
    draft();
    says("    order_date = 2,");
}

static void test_files_of_the_model_take_one_line(void **state)
{
    (void)state;
    given("sales_order", "order_id|order_date|customer_id\nS1|2026-10-01|C1\n");
    given("customer", "customer_id|name|phone\nC1|Acme|1\n");
    given("product", "product_id|name|spec\nP1|Nut|M6\n");
    given("employee", "employee_id|name|hired_on\nE1|Jo|31.12.2020\n"); // needs a format
    draft();
    says("import.csv { folder = \".\" }\n");
    assert_null(strstr(buffer_text(&text), "table = \"customer\""));
    says("    hired_on = { \"hired_on\", format = \"%d.%m.%Y\" },");
}

static void test_a_table_of_a_database(void **state)
{
    (void)state;
    given(
        "public",
        "order_id|order_date|customer_id|sku|qty\nS1|2026-10-01|C1|P1|2\nS1|2026-10-01|C1|P2|2\n");
    survey.sheets[0].kind = SURVEY_POSTGRES;
    survey.sheets[0].part = "so\"list";
    survey.conninfo = "dbname=erp";
    draft();
    says("import.postgres {\n  table = \"sales_order\",\n  conninfo = \"dbname=erp\",\n"
         "  query = \"SELECT * FROM \\\"public\\\".\\\"so\\\"\\\"list\\\"\",\n");
    says("ORDER BY 1, 2, 3, 4, 5\",\n  number = { line_no = \"order_id\" },\n");
}

static void test_chinese(void **state)
{
    (void)state;
    given("销售订单", "单据编号|订单日期|客户编码\nS1|2026-10-01|-\n");
    draft();
    says("  language = \"zh\",");
    says(DRAFT_DOUBT "清单均未注明币种");
    says("  null = { \"\", \"-\" },\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(test_a_list_is_explained, clear),
        cmocka_unit_test_teardown(test_records_of_several_imports, clear),
        cmocka_unit_test_teardown(test_texts_cannot_leave_their_place, clear),
        cmocka_unit_test_teardown(test_columns_of_one_name_go_by_number, clear),
        cmocka_unit_test_teardown(test_files_of_the_model_take_one_line, clear),
        cmocka_unit_test_teardown(test_a_table_of_a_database, clear),
        cmocka_unit_test_teardown(test_chinese, clear),
    };
    return cmocka_run_group_tests(tests, guess_set_up, guess_tear_down);
}
