// SPDX-License-Identifier: MIT
#include "reports/files/schema_text.h"

#include "engine/language/syntax.h"
#include "tests/unit/evaluation_fixture.h"

static struct buffer text;

static void fill(void (*add)(const struct engagement *engagement, int table, const char *language,
                             struct buffer *out),
                 const char *table, const char *language)
{
    buffer_clear(&text);
    world_start(model_of(trade_model));
    declare("control \"OWN-01\" { title = \"t\", severity = \"low\", population = \"price\", "
            "test = function(row) if row.grade then return exception {} end end }");
    add(&engagement, table_at(table), language, &text);
}

static void test_the_header_of_a_file(void **state)
{
    (void)state;
    fill(schema_add_csv, "contract_line", "en");
    assert_string_equal(text.data, "contract_id,line_no,floor\n");
}

static void test_a_table_of_postgres(void **state)
{
    (void)state;
    fill(schema_add_sql, "customer", "en");
    assert_non_null(strstr(text.data, "CREATE TABLE \"customer\" (\n"
                                      "    \"customer_id\" text NOT NULL,\n"));
    assert_non_null(strstr(text.data, "\"grade\" text CHECK (\"grade\" IN ('A', 'B', 'C')),\n"));
    assert_non_null(strstr(text.data, "    PRIMARY KEY (\"customer_id\")\n);\n"));
    fill(schema_add_sql, "sales_order", "en");
    assert_non_null(strstr(text.data, "-> customer (customer_id)"));
    fill(schema_add_sql, "price", "zh");
    assert_non_null(strstr(text.data, "所有地区"));
    assert_non_null(strstr(text.data, "COMMENT ON COLUMN \"price\".\"grade\" IS "));
    assert_non_null(strstr(text.data, "OWN-01"));
}

static void test_a_class_for_editors(void **state)
{
    (void)state;
    fill(schema_add_lua, "sales_order", "en");
    assert_non_null(strstr(text.data, "---@class sales_order: row\n---@field order_id string "));
    assert_non_null(strstr(text.data, "---@field amount? decimal "));
    assert_non_null(strstr(text.data, "---@field customer? customer\n"));
    assert_non_null(strstr(text.data, "---@field lines sales_order_line[]\n"));
    fill(schema_add_lua, "customer", "en");
    assert_non_null(strstr(text.data, "---@field grade? \"A\"|\"B\"|\"C\" "));
}

// It is Lua, and declares what rules may call.
static void test_the_head_for_editors(void **state)
{
    (void)state;
    struct syntax_error error;
    fill(schema_add_lua, "customer", "en");
    engagement.files[0].kind = RULE_FILE_LIBRARY;
    engagement.files[0].text = "-- Twice as much.\nfunction double(x) return x + x end\n";
    engagement.files[0].length = strlen(engagement.files[0].text);
    buffer_clear(&text);
    schema_add_lua_head(&engagement, &text);
    struct syntax *syntax = syntax_parse(text.data, text.length, &error);
    if (!syntax)
        fail_msg("line %u: %s", error.line, error.message);
    syntax_free(syntax);
    assert_non_null(strstr(text.data, "\n---Twice as much.\nfunction double(x) end\n"));
    assert_non_null(strstr(text.data, "---@return decimal\nfunction div(a, b, scale, mode) end\n"));
    assert_non_null(strstr(text.data, "---@type date?\nas_of = nil\n"));
    assert_non_null(strstr(text.data, "function exception(values) end\n"));
    assert_non_null(strstr(text.data, "---@return employee?\nfunction person(id) end\n"));
    assert_non_null(strstr(text.data, "---@field population any"));
}

static int forget(void **state)
{
    buffer_clear(&text);
    return evaluation_tear_down(state);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(test_the_header_of_a_file, forget),
        cmocka_unit_test_teardown(test_a_table_of_postgres, forget),
        cmocka_unit_test_teardown(test_a_class_for_editors, forget),
        cmocka_unit_test_teardown(test_the_head_for_editors, forget),
    };
    return cmocka_run_group_tests_name("schema_text", tests, NULL, NULL);
}
