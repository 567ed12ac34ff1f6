// SPDX-License-Identifier: MIT
#include "tests/unit/guess_fixture.h"

#include <sys/stat.h>
#include <unistd.h>

// The field of a table that a header's strongest word means, or "".
static const char *meant(const char *header, const char *table)
{
    const struct term *const *found;
    size_t count = terms_find(terms, header, &found);
    const char *field = "";
    unsigned best = 0;
    for (size_t i = 0; i < count; i++) {
        int at = term_field(found[i], model, table_at(table));
        if (at >= 0 && !found[i]->value && found[i]->strength > best) {
            best = found[i]->strength;
            field = model->tables[table_at(table)].fields[at].name;
        }
    }
    return field;
}

static void test_words_of_many_systems(void **state)
{
    (void)state;
    static const char *const words[][3] = {
        {"order_date", "sales_order", "order_date"}, // our own
        {"OrderDate", "sales_order", "order_date"},  // its case and blanks do not matter
        {"ORDER  DATE", "sales_order", "order_date"},
        {"单据日期", "sales_order", "order_date"},
        {"单据日期", "delivery", "delivery_date"},
        {"单据编号", "invoice", "invoice_id"},
        {"客户编码", "sales_order", "customer_id"},
        {"存货编码", "sales_order_line", "product_id"},
        {"含税单价", "invoice_line", "unit_price_gross"},
        {"价税合计", "sales_order_line", "gross_amount"},
        {"制单人", "sales_order", "entered_by"},
        {"制单人", "delivery", "prepared_by"},
        {"审核日期", "sales_order", "approved_at"},
        {"VBELN", "sales_order", "order_id"},
        {"vbeln", "invoice", "invoice_id"},
        {"KWMENG", "sales_order_line", "quantity"},
        {"cSOCode", "sales_order", "order_id"},
        {"FBillNo", "sales_order", "order_id"},
        {"FSaleOrderEntry.FQty", "sales_order_line", "quantity"},
        {"Order Lines/Quantity", "sales_order_line", "quantity"},
        {"price_unit", "sales_order_line", "unit_price"},
        {"Sell-to Customer No.", "sales_order", "customer_id"},
        {"Ｕｎｉｔ　Ｐｒｉｃｅ (USD)", "sales_order_line", "unit_price"},
        {"Rechnungsdatum", "invoice", "issued_on"},
        {"单据日期", "sales_order_line", ""}, // a line has no day of its own
        {"shoe size", "sales_order", ""},
    };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        assert_string_equal(meant(words[i][0], words[i][1]), words[i][2]);
}

static const char *value_of(const char *column, const char *text)
{
    int table, field;
    assert_true(model_find_column(model, column, &table, &field));
    const char *value = terms_value(terms, model, table, field, text);
    return value ? value : "";
}

static void test_values(void **state)
{
    (void)state;
    assert_string_equal(value_of("sales_order.status", "已审核"), "approved");
    assert_string_equal(value_of("sales_order.status", "作废"), "cancelled");
    assert_string_equal(value_of("delivery.status", "作废"), "void");
    assert_string_equal(value_of("sales_order.status", " CANCELED "), "cancelled");
    assert_string_equal(value_of("voucher_line.account", "应收账款"), "receivable");
    assert_string_equal(value_of("sales_order.status", "Parked"), "");
}

static void test_names_of_lists(void **state)
{
    (void)state;
    assert_int_equal(terms_name(terms, table_at("sales_order"), "VBAK"), TERMS_NAMED);
    assert_int_equal(terms_name(terms, table_at("sales_order"), "销售订单2026-10"), TERMS_NAMED);
    assert_int_equal(terms_name(terms, table_at("sales_order"), "orders 2026"), TERMS_NAMED);
    assert_int_equal(terms_name(terms, table_at("sales_order"), "weather"), 0);
    // The more of the name a word is, the more it says.
    unsigned little = terms_name(terms, table_at("product"), "product_price_list");
    assert_in_range(little, 1, 20);
    assert_true(terms_name(terms, table_at("invoice"), "invoices export") > little);
}

static void test_totals_are_words(void **state)
{
    (void)state;
    assert_true(terms_is_total(terms, "合计"));
    assert_true(terms_is_total(terms, "XS001 小计"));
    assert_true(terms_is_total(terms, "Total:"));
    assert_true(terms_is_total(terms, "GRAND TOTAL"));
    assert_false(terms_is_total(terms, "Summer dress"));
    assert_false(terms_is_total(terms, "Totally"));
    assert_true(terms_is_bare_total(terms, "总计："));
    assert_false(terms_is_bare_total(terms, "Total Energies"));
    assert_true(terms_is_null(terms, "N/A"));
    assert_false(terms_is_null(terms, "NA")); // Namibia
}

static void test_a_wrong_word_is_refused(void **state)
{
    struct error error = {0};
    (void)state;
    char folder[] = "/tmp/vouch-terms-XXXXXX", packs[64], path[128];
    assert_non_null(mkdtemp(folder));
    snprintf(packs, sizeof packs, "%s/packs", folder);
    assert_int_equal(mkdir(packs, 0700), 0);
    snprintf(path, sizeof path, "%s/words.csv", packs);
    FILE *file = fopen(path, "w");
    fputs("word,language,table,field,value,meaning,system,source\n"
          "Order,en,sales_order,order_ids,,,X,Y\n",
          file);
    fclose(file);
    assert_null(terms_new(model, folder, &error));
    assert_string_equal(error.message, "line 2: sales_order has no field 'order_ids'");
    unlink(path);
    rmdir(packs);
    rmdir(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_words_of_many_systems),   cmocka_unit_test(test_values),
        cmocka_unit_test(test_names_of_lists),          cmocka_unit_test(test_totals_are_words),
        cmocka_unit_test(test_a_wrong_word_is_refused),
    };
    return cmocka_run_group_tests(tests, guess_set_up, guess_tear_down);
}
