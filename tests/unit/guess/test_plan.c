// SPDX-License-Identifier: MIT
#include "tests/unit/guess_fixture.h"

static struct plan plan;

static void make(void)
{
    plan_init(&plan, &survey, model, terms, utc);
}

static int clear(void **state)
{
    plan_clear(&plan);
    return clear_survey(state);
}

// The imports as "table(field, field; ...)", a list for each table in the model's order.
static void plans(const char *expected)
{
    struct buffer text = {0};
    for (size_t i = 0; i < plan.import_count; i++) {
        const struct plan_import *import = &plan.imports[i];
        const struct model_table *table = &model->tables[import->table];
        buffer_printf(&text, "%s%s%s(", i ? " " : "", table->name, import->distinct ? "!" : "");
        for (size_t c = 0; c < import->count; c++)
            buffer_printf(&text, "%s%s%s", c ? " " : "",
                          table->fields[import->columns[c].field].name,
                          import->columns[c].expression ? "=" : "");
        if (import->number_field >= 0)
            buffer_printf(&text, " #%s", table->fields[import->number_field].name);
        buffer_add_text(&text, ")");
    }
    assert_string_equal(buffer_text(&text), expected);
    buffer_clear(&text);
}

static const struct plan_column *column_of(const char *name)
{
    int table, field;
    assert_true(model_find_column(model, name, &table, &field));
    for (size_t i = 0; i < plan.import_count; i++)
        for (size_t c = 0; c < plan.imports[i].count && plan.imports[i].table == table; c++)
            if (plan.imports[i].columns[c].field == field)
                return &plan.imports[i].columns[c];
    fail_msg("%s is not filled", name);
    return NULL;
}

static void test_header_and_lines_apart(void **state)
{
    (void)state;
    given("orders", "Order ID|Order Date|Customer ID\nS1|2026-10-01|C1\nS2|2026-10-02|C2\n");
    given("order lines", "Order ID|Line No|SKU|Qty|Price\nS1|1|P1|5|2\nS1|2|P2|5|2\nS2|1|P1|1|2\n");
    make();
    plans("sales_order(order_id customer_id order_date)"
          " sales_order_line(order_id line_no product_id quantity unit_price)");
}

static void test_flat_list(void **state)
{
    (void)state;
    given("list", "Order ID|Order Date|Customer ID|Customer Name|SKU|Item Name|Qty|Price\n"
                  "S1|2026-10-01|C1|Acme|P1|Nut|5|2\nS1|2026-10-01|C1|Acme|P2|Bolt|5|2\n"
                  "S2|2026-10-02|C2|Bolt & Co|P1|Nut|1|2\n");
    make();
    plans("customer!(customer_id name) product!(product_id name)"
          " sales_order!(order_id customer_id order_date)"
          " sales_order_line(order_id product_id quantity unit_price #line_no)");
}

static void test_values_on_first_lines(void **state)
{
    (void)state;
    given("销售订单", "单据编号|单据日期|客户编码|存货编码|数量|含税单价\n"
                      "S1|2026-10-01|C1|P1|5|2\n|||P2|5|2\nS2|2026-10-02|C2|P1|1|2\n");
    make();
    plans("sales_order!(order_id customer_id order_date)"
          " sales_order_line(order_id product_id quantity unit_price #line_no)");
    assert_true(plan.lists[0].fill);
    assert_true(plan.lists[0].filled_down[1]);
    assert_false(plan.lists[0].filled_down[4]);
    assert_string_equal(plan.language, "zh");
    assert_true(column_of("sales_order_line.unit_price")->doubt); // with tax
}

static void test_one_list_one_document(void **state)
{
    (void)state;
    given("invoices", "Invoice No|Invoice Date|Customer ID|Net Amount|Tax Amount\n"
                      "R1|2026-10-01|C1|100|19\nR2|2026-10-02|C1|200|38\n");
    make();
    plans("invoice(invoice_id customer_id net_amount tax_amount issued_on)");
}

static void test_worked_out(void **state)
{
    (void)state;
    given("orders", "Order ID|Order Date|Customer ID|SKU|Quantity|Unit Price|Discount\n"
                    "S1|2026-10-01|C1|P1|5|2|0.1\nS1|2026-10-01|C1|P2|1|2|0\n");
    given("employees", "Employee No|First Name|Last Name\nE1|Jo|Hall\nE2|Al|Berg\n");
    make();
    plans("sales_order!(order_id customer_id order_date)"
          " sales_order_line(order_id product_id quantity unit_price discount_amount= #line_no)"
          " employee(employee_id name=)");
    assert_string_equal(column_of("employee.name")->expression,
                        "source[\"First Name\"] .. \" \" .. source[\"Last Name\"]");
}

static void test_price_from_amount(void **state)
{
    (void)state;
    given("sales", "Order ID|Order Date|Customer ID|SKU|Quantity|Sales\n"
                   "S1|2026-10-01|C1|P1|5|10\nS1|2026-10-01|C1|P2|3|10\n");
    make();
    const struct plan_column *price = column_of("sales_order_line.unit_price");
    assert_string_equal(
        price->expression,
        "div(decimal(source[\"Sales\"]), decimal(source[\"Quantity\"]), 4, \"half_up\")");
    assert_true(price->doubt);
    plans("sales_order!(order_id customer_id order_date)"
          " sales_order_line(order_id product_id quantity unit_price= #line_no)");
}

static void test_customers_without_numbers(void **state)
{
    (void)state;
    given(
        "orders",
        "Order ID|Order Date|Customer Name|Total\nS1|2026-10-01|Acme|10\nS2|2026-10-03|Bolt|20\n");
    make();
    plans("sales_order(order_id customer_id order_date amount)");
    assert_true(column_of("sales_order.customer_id")->doubt);
}

static void test_words_of_values(void **state)
{
    (void)state;
    given("orders", "Order ID|Order Date|Status\nS1|2026-10-01|Approved\nS2|2026-10-03|cancelled\n"
                    "S3|2026-10-04|Parked\n");
    make();
    const struct plan_column *status = column_of("sales_order.status");
    assert_int_equal(status->fit->map_count, 1); // "cancelled" is the model's own
    assert_string_equal(status->fit->to[0], "approved");
    assert_int_equal(status->fit->unknown_cells, 1);
    assert_true(status->doubt);
}

static void test_line_numbers_that_repeat(void **state)
{
    (void)state;
    given("order lines", "Order ID|Line No|SKU|Qty\nS1|1|P1|5\nS1|1|P2|5\n");
    make();
    plans("sales_order_line(order_id product_id quantity #line_no)");
    assert_true(plan.imports[0].doubt);
}

static void test_two_lists_that_say_the_same(void **state)
{
    (void)state;
    given("customers", "Customer ID|Customer Name|Phone\nC1|Acme|1\nC2|Bolt|2\n");
    given("customer names", "Customer ID|Customer Name\nC1|Acme\nC2|Bolt\n");
    make();
    assert_int_equal(plan.import_count, 1);
    assert_int_equal(plan.imports[0].list, 0);
    assert_string_equal(plan.lists[1].trouble,
                        "it looks like customer too, and its keys are those of customers");
}

static void test_what_is_no_table(void **state)
{
    (void)state;
    given("weather", "day|rain\nMonday|1\n");
    given("rates", "1|2\n3|4\n");
    given("empty", "");
    given("orders", "Order ID|Order Date|Customer ID\n");
    survey.sheets[2].trouble = "cannot be read";
    make();
    assert_int_equal(plan.import_count, 0);
    assert_string_equal(plan.lists[0].trouble,
                        "its columns are not known to be a table of the model");
    assert_string_equal(plan.lists[1].trouble, "it has no header that says what its columns are");
    assert_string_equal(plan.lists[2].trouble, "cannot be read");
    assert_string_equal(plan.lists[3].trouble, "it has a header and no records");
}

static void test_habits_of_the_source(void **state)
{
    (void)state;
    given("a", "Betrag|Datum\n1,5|31/10/2026\n2,25|5/10/2026\n");
    make();
    assert_true(plan.habits.comma);
    assert_true(plan.habits.day_first);
    assert_false(plan.habits.month_first);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(test_header_and_lines_apart, clear),
        cmocka_unit_test_teardown(test_flat_list, clear),
        cmocka_unit_test_teardown(test_values_on_first_lines, clear),
        cmocka_unit_test_teardown(test_one_list_one_document, clear),
        cmocka_unit_test_teardown(test_worked_out, clear),
        cmocka_unit_test_teardown(test_price_from_amount, clear),
        cmocka_unit_test_teardown(test_customers_without_numbers, clear),
        cmocka_unit_test_teardown(test_words_of_values, clear),
        cmocka_unit_test_teardown(test_line_numbers_that_repeat, clear),
        cmocka_unit_test_teardown(test_two_lists_that_say_the_same, clear),
        cmocka_unit_test_teardown(test_what_is_no_table, clear),
        cmocka_unit_test_teardown(test_habits_of_the_source, clear),
    };
    return cmocka_run_group_tests(tests, guess_set_up, guess_tear_down);
}
