// SPDX-License-Identifier: MIT
#include "reports/files/profile_text.h"

#include "tests/unit/engine_fixture.h"

static void orders(void)
{
    world_start(model_of(trade_model));
    data->scope.from = 20727; // October 2026
    data->scope.to = 20757;
    put_rows("customer", "customer_id,name\nC1,Hidden Co.\nC2,Other\n");
    put_rows("sales_order", "order_id,customer_id,order_date,currency,amount,note\n"
                            "SO1,C1,2026-10-01,CNY,1.50,Hidden Co.\n"
                            "SO2,C1,2026-09-30,CNY,-0.25,=1+1\n"
                            "SO5,C9,2026-10-31,CNY,7,x\n");
    seal();
}

static char *csv_of(const struct mask *mask, const char *table)
{
    char *text = NULL;
    size_t length;
    FILE *out = open_memstream(&text, &length);
    json_t *tables = json_array();
    json_array_append_new(tables, profile_json(data, mask, table_at(table)));
    profile_print_csv(tables, out);
    json_decref(tables);
    fclose(out);
    return text;
}

static void test_a_line_for_each_column(void **state)
{
    (void)state;
    orders();
    char *text = csv_of(NULL, "sales_order");
    assert_non_null(strstr(text, "\nsales_order,order_id,text,3,0,0,3,SO1,SO5,3,SO1,,"
                                 "SO1=1;SO2=1;SO5=1,,2,SO3..SO4,\n"));
    assert_non_null(strstr(text, "\nsales_order,customer_id,text,3,0,0,2,C1,C9,2,C1,,C1=2;C9=1,,"
                                 ",,1\n"));
    assert_non_null(
        strstr(text, "\nsales_order,order_date,date,3,0,0,3,2026-09-30,2026-10-31,,,,"));
    assert_non_null(strstr(text, "\nsales_order,amount,money,3,0,0,3,-0.25,7.00,,,CNY=8.25,"));
    assert_non_null(strstr(text, "'=1+1")); // no formula in a spreadsheet
    free(text);
}

static void test_masked_fields_stay_masked(void **state)
{
    (void)state;
    struct error error = {0};
    orders();
    struct mask *mask = mask_new(model, "customer.name", &error);
    mask_gather(mask, data);
    char *text = csv_of(mask, "customer");
    assert_non_null(strstr(text, "\ncustomer,name,text,2,0,0,2,,,,,,,,,,\n"));
    free(text);
    text = csv_of(mask, "sales_order"); // another column says what the masked one says
    assert_null(strstr(text, "Hidden"));
    assert_non_null(strstr(text, MASK_TEXT));
    free(text);
    json_t *json = profile_json(data, mask, table_at("customer"));
    char *all = json_dumps(json, 0);
    assert_null(strstr(all, "Hidden"));
    assert_non_null(strstr(all, "\"masked\": true"));
    free(all);
    json_decref(json);
    mask_free(mask);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TRADE_TEST(test_a_line_for_each_column),
        TRADE_TEST(test_masked_fields_stay_masked),
    };
    return cmocka_run_group_tests_name("profile_text", tests, NULL, NULL);
}
