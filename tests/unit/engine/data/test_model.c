// SPDX-License-Identifier: MIT
#include "tests/unit/engine_fixture.h"

// A model of the table `x` with these parts, beside a table `y` of two key columns.
static struct model *try_model(const char *x, struct error *error)
{
    struct buffer text = {0};
    buffer_printf(&text,
                  "{'tables':[{'name':'x','key':['id'],'fields':[{'name':'id','type':'text'},"
                  "{'name':'on','type':'date'},{'name':'n','type':'int'},"
                  "{'name':'kind','type':'text'}]%s},"
                  "{'name':'y','key':['a','b'],'fields':[{'name':'a','type':'text'},"
                  "{'name':'b','type':'int'},{'name':'from','type':'date'}]}]}",
                  x);
    json_t *declaration = json_of(text.data);
    buffer_clear(&text);
    struct model *made = model_new(declaration, error);
    json_decref(declaration);
    return made;
}

static void refused(const char *x, const char *part)
{
    struct error error = {0};
    struct model *made = try_model(x, &error);
    if (made) {
        model_free(made);
        fail_msg("%s was accepted", x);
    }
    if (!strstr(error.message, part))
        fail_msg("\"%s\" does not say \"%s\"", error.message, part);
    assert_int_equal(error.kind, ERROR_USAGE);
    assert_true(error.where[0]);
}

static void names_of_types(void **state)
{
    (void)state;
    assert_string_equal(type_name(TYPE_TEXT), "text");
    assert_string_equal(type_name(TYPE_MONEY), "money");
    assert_string_equal(type_name(TYPE_ENUM), "enum");
}

static void the_trade_is_as_declared(void **state)
{
    (void)state;
    assert_int_equal(model->table_count, 11);
    for (int i = 1; i < model->table_count; i++)
        assert_true(strcmp(model->tables[i - 1].name, model->tables[i].name) < 0);
    const struct model_table *line = &model->tables[table_at("sales_order_line")];
    assert_int_equal(line->key_count, 2);
    assert_string_equal(line->fields[line->key[1]].name, "line_no");
    assert_true(line->fields[line->key[1]].key);
    const struct reference *price = &line->references[reference_at("sales_order_line", "price")];
    assert_int_equal(price->kind, REFERENCE_ASOF);
    assert_int_equal(price->target, table_at("price"));
    assert_int_equal(price->match_count, 3);
    assert_int_equal(price->matches[1].from.depth, 2);
    assert_int_equal(price->matches[1].from.table, table_at("customer"));
    assert_int_equal(price->where_is, COMPARE_LE);
    assert_int_equal(line->references[reference_at("sales_order_line", "order")].kind,
                     REFERENCE_KEY);
    assert_true(line->references[reference_at("sales_order_line", "hint")].optional);
    assert_int_equal(line->period.depth, 1);
    assert_string_equal(model->tables[line->period.table].fields[line->period.field].name,
                        "order_date");
    const struct model_table *employee = &model->tables[table_at("employee")];
    assert_int_equal(employee->alias_table, table_at("user_account"));
    assert_int_equal(employee->period.field, -1);
    const struct model_table *approval = &model->tables[table_at("approval")];
    const struct reference *document = &approval->references[reference_at("approval", "document")];
    assert_int_equal(document->kind, REFERENCE_DOCUMENT);
    assert_int_equal(document->target, -1);
    assert_int_equal(document->document_count, 1);
    assert_string_equal(document->documents[0].text, "order");
}

static void names_that_are_not_there(void **state)
{
    (void)state;
    const struct model_table *table = &model->tables[table_at("sales_order")];
    assert_int_equal(model_find_table(model, ""), -1);
    assert_int_equal(model_find_table(model, "sales_orde"), -1);
    assert_int_equal(model_find_table(model, "sales_orders"), -1);
    assert_int_equal(model_find_table(model, "zzz"), -1);
    assert_int_equal(model_find_field(table, "customer"), -1);
    assert_int_equal(model_find_reference(table, "customer_id"), -1);
    assert_int_equal(model_find_reverse(table, "customer"), -1);
    assert_true(model_find_reference(table, "entered_by_employee") >= 0);
    assert_true(model_find_reference(table, "reversal_of_sales_order") >= 0);
}

static void a_column_is_found_by_its_dotted_name(void **state)
{
    (void)state;
    const char *rest;
    int table, field;
    assert_true(model_find_column(model, "sales_order.customer_id", &table, &field));
    assert_int_equal(table, table_at("sales_order"));
    assert_int_equal(field, field_at("sales_order", "customer_id"));
    assert_false(model_find_column(model, "sales_order.customer", &table, &field));
    assert_int_equal(table, table_at("sales_order"));
    assert_int_equal(field, -1);
    assert_false(model_find_column(model, "sales_orders.customer_id", &table, &field));
    assert_int_equal(table, -1);
    assert_int_equal(field, -1);
    assert_false(model_find_column(model, "sales_order", &table, &field));
    assert_false(model_find_column(model, ".", &table, &field));
    assert_int_equal(model_find_table_of(model, "sales_order", &rest), table_at("sales_order"));
    assert_null(rest);
    assert_int_equal(model_find_table_of(model, "sales_order.customer.grade", &rest),
                     table_at("sales_order"));
    assert_string_equal(rest, "customer.grade");
}

static void paths_say_where_they_break(void **state)
{
    (void)state;
    struct path path;
    struct error error = {0};
    int lines = table_at("sales_order_line");
    static const char *const broken[] = {
        "order.client.name", "order.customer.nme", "", "order.", ".order", "order",
        "order..customer",   "line_no.x"};
    for (size_t i = 0; i < sizeof broken / sizeof *broken; i++) {
        if (model_find_path(model, lines, broken[i], &path, &error) != -1)
            fail_msg("%s was found", broken[i]);
        assert_int_equal(path.field, -1);
        assert_int_equal(path.depth, 0);
    }
    model_find_path(model, lines, "order.client.name", &path, &error);
    assert_non_null(strstr(error.message, "sales_order has no reference client"));
    model_find_path(model, lines, "order.customer.nme", &path, &error);
    assert_non_null(strstr(error.message, "customer has no field nme"));
    struct buffer far = {0};
    for (int step = 0; step < PATH_STEPS; step++)
        buffer_add_text(&far, "reversal_of_sales_order.");
    int orders = table_at("sales_order");
    buffer_add_text(&far, "order_id");
    assert_int_equal(model_find_path(model, orders, far.data, &path, &error), 0);
    assert_int_equal(path.depth, PATH_STEPS);
    buffer_reset(&far);
    for (int step = 0; step <= PATH_STEPS; step++)
        buffer_add_text(&far, "reversal_of_sales_order.");
    buffer_add_text(&far, "order_id");
    assert_int_equal(model_find_path(model, orders, far.data, &path, &error), -1);
    assert_non_null(strstr(error.message, "more than 8 steps"));
    buffer_clear(&far);
    // A document may be of any table: nothing can be said about its fields.
    assert_int_equal(model_find_path(model, table_at("approval"), "document.amount", &path, &error),
                     -1);
}

static void nullable_key_columns_are_marked(void **state)
{
    (void)state;
    world_start(model_of("{'tables':[{'name':'t','key':['a','b?'],'fields':["
                         "{'name':'a','type':'text'},{'name':'b','type':'text'}]}]}"));
    assert_false(model->tables[0].fields[0].nullable);
    assert_true(model->tables[0].fields[1].nullable);
    assert_true(model->tables[0].fields[1].key);
}

static void what_does_not_fit_together_is_refused(void **state)
{
    (void)state;
    refused(",'period':'date'", "x has no field date");
    refused(",'customer':'y.a'", "x has no reference y");
    refused(",'references':[{'name':'r','target':'z','match':[]}]", "z, which is no table");
    refused(",'references':[{'name':'r','target':'y','match':[{'from':'id','to':'c'}]}]",
            "y has no field c");
    refused(",'references':[{'name':'r','target':'y','match':[{'from':'c','to':'a'}]}]",
            "x has no field c");
    refused(",'references':[{'name':'id','target':'y','match':[]}]", "the name id is used twice");
    refused(",'references':[{'name':'r','kind':'kind','id':'none'}]", "kind and id name fields");
    refused(",'references':[{'name':'r','kind':'kind','id':'id','tables':{'k':'z'}}]",
            "z, which is no table");
    refused(",'references':[{'name':'r','target':'y','match':[],'asof':{'at':'no','from':'from'}}]",
            "x has no field no");
    refused(",'references':[{'name':'r','target':'y','match':[],'asof':{'at':'on','from':'no'}}]",
            "y has no field no");
    refused(",'references':[{'name':'r','target':'y','match':[],'asof':{'at':'on'},"
            "'where':['from','!=','on']}]",
            "where is");
    refused(",'reverse':[{'name':'l','table':'y','by':'x'}]", "no reference x that leads here");
    refused(",'reverse':[{'name':'l','table':'z','by':'x'}]", "no reference");
    refused(",'reverse':[{'name':'id','table':'y','by':'x'}]", "used twice");
    refused(",'references':[{'name':'a_name_that_is_one_byte_longer_than_fit_in','target':'y',"
            "'match':[]}]",
            "a name has up to 40 bytes");
    refused(
        ",'reverse':[{'name':'a_name_that_is_one_byte_longer_than_fit_in','table':'y','by':'x'}]",
        "a name has up to 40 bytes");
    refused(",'alias':['y','a']", "one-column key");
    refused(",'alias':['z','a']", "one-column key");
}

static void tables_and_fields_that_are_wrong(void **state)
{
    (void)state;
    static const char *const wrong[] = {
        "{'tables':[{'name':'x','key':['a'],'fields':[{'name':'a','type':'txt'}]}]}",
        "{'tables':[{'name':'x','key':['b'],'fields':[{'name':'a','type':'text'}]}]}",
        "{'tables':[{'name':'x','key':[],'fields':[{'name':'a','type':'text'}]}]}",
        "{'tables':[{'name':'x','fields':[{'name':'a','type':'text'}]}]}",
        "{'tables':[{'name':'x','key':['a'],'fields':[{'name':'a','type':'text'},"
        "{'name':'a','type':'int'}]}]}",
        "{'tables':[{'name':'x','key':['a'],'fields':[{'name':'a','type':'text','to':'y'}]}]}",
        "{'tables':[{'name':'x','key':['a'],'fields':[{'name':'a','type':'text'}]},"
        "{'name':'x','key':['a'],'fields':[{'name':'a','type':'text'}]}]}",
        "{'tables':[{'name':'x','key':['a'],'fields':[{'name':'a','type':'text'}]},"
        "{'name':'y','key':['a','b'],'fields':[{'name':'a','type':'text'},"
        "{'name':'b','type':'text'},{'name':'c','type':'text','to':'y'}]}]}"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct error error = {0};
        json_t *declaration = json_of(wrong[i]);
        struct model *made = model_new(declaration, &error);
        json_decref(declaration);
        if (made) {
            model_free(made);
            fail_msg("%s was accepted", wrong[i]);
        }
        assert_true(error.message[0]);
    }
}

static void a_document_id_that_is_no_text_is_refused(void **state)
{
    (void)state;
    refused(",'references':[{'name':'r','kind':'kind','id':'n'}]", "n");
}

static void columns_of_unlike_types_do_not_match(void **state)
{
    (void)state;
    refused(",'references':[{'name':'r','target':'y','match':["
            "{'from':'n','to':'a'},{'from':'n','to':'b'}]}]",
            "int");
}

static void a_window_that_is_no_time_is_refused(void **state)
{
    (void)state;
    refused(
        ",'references':[{'name':'r','target':'y','match':[],'asof':{'at':'kind','from':'from'}}]",
        "kind");
}

static void a_period_that_is_no_time_is_refused(void **state)
{
    (void)state;
    refused(",'period':'n'", "n");
}

static void an_empty_model(void **state)
{
    (void)state;
    world_start(model_of("{}"));
    assert_int_equal(model->table_count, 0);
    assert_int_equal(model_find_table(model, "x"), -1);
    seal();
    model_free(NULL);
}

static void the_shipped_model_is_whole(void **state)
{
    (void)state;
    json_t *declared = shipped_declaration();
    struct error error = {0};
    struct model *shipped = model_new(declared, &error);
    json_decref(declared);
    if (!shipped)
        fail_msg("%s: %s", error.where, error.message);
    world_start(shipped);
    assert_int_equal(model->table_count, 112);
    int fields = 0;
    for (int i = 0; i < model->table_count; i++)
        fields += model->tables[i].field_count;
    assert_int_equal(fields, 1101);
    struct path path;
    assert_int_equal(
        model_find_path(model, table_at("sales_order_line"), "order.customer.grade", &path, &error),
        0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TRADE_TEST(names_of_types),
        TRADE_TEST(the_trade_is_as_declared),
        TRADE_TEST(names_that_are_not_there),
        TRADE_TEST(a_column_is_found_by_its_dotted_name),
        TRADE_TEST(paths_say_where_they_break),
        TRADE_TEST(nullable_key_columns_are_marked),
        TRADE_TEST(what_does_not_fit_together_is_refused),
        TRADE_TEST(tables_and_fields_that_are_wrong),
        TRADE_TEST(a_document_id_that_is_no_text_is_refused),
        TRADE_TEST(columns_of_unlike_types_do_not_match),
        TRADE_TEST(a_window_that_is_no_time_is_refused),
        TRADE_TEST(a_period_that_is_no_time_is_refused),
        TRADE_TEST(an_empty_model),
        TRADE_TEST(the_shipped_model_is_whole),
    };
    return cmocka_run_group_tests_name("model", tests, NULL, NULL);
}
