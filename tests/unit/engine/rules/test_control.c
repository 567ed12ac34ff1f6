// SPDX-License-Identifier: MIT
#include "engine/rules/control.h"

#include "tests/unit/engine_fixture.h"

static struct control control;
static struct arena *arena;
static json_t *declaration;

static void forget(void)
{
    arena_free(arena);
    json_decref(declaration);
    arena = NULL;
    declaration = NULL;
}

static int read(const char *text, struct error *error)
{
    forget();
    arena = arena_new();
    declaration = json_of(text);
    return control_init(&control, declaration, model, arena, error);
}

static void refused(const char *text, const char *part)
{
    struct error error = {0};
    int result = read(text, &error);
    assert_int_equal(result, -1);
    assert_int_equal(error.kind, ERROR_USAGE);
    if (!strstr(error.message, part))
        fail_msg("\"%s\" does not say \"%s\"", error.message, part);
}

static void a_short_control_has_defaults(void **state)
{
    (void)state;
    struct error error = {0};
    assert_int_equal(read("{'id':'PRC-01','title':'t','population':'customer'}", &error), 0);
    assert_string_equal(control.family, "PRC");
    assert_int_equal(control.severity, SEVERITY_MEDIUM);
    assert_int_equal(control.scope, SCOPE_PERIOD);
    assert_int_equal(control.amount_kind, AMOUNT_UNSTATED);
    assert_null(control.shape);
    assert_int_equal(control.population_count, 1);
    assert_int_equal(control.populations[0], table_at("customer"));
    assert_false(control.grouped);
    assert_true(control.waivable);
    assert_string_equal(bilingual_get(&control.title, "zh"), "t");
    assert_string_equal(bilingual_get(&control.risk, "en"), "");
}

static void a_long_control_is_read_whole(void **state)
{
    (void)state;
    struct error error = {0};
    assert_int_equal(
        read("{'id':'OWN','title':{'en':'e','zh':'中'},'risk':{'zh':'险'},'tests':{'en':'a with "
             "b','zh':'甲与乙'},'shape':'as-of','source':['a','b'],"
             "'severity':'critical','scope':'open','amount_kind':'exposure','profile':'general',"
             "'population':['customer','sales_order'],'period':'order_date','grouped':true,"
             "'waivable':false,'line':12,'cases':['at the "
             "floor','below'],'evidence_columns':['approval.opinion'],"
             "'parameters':[{'name':'n','value':'0.5','type':'decimal','origin':'policy','note':'x'"
             "},"
             "{'name':'m','value':3,'type':'int'}]}",
             &error),
        0);
    assert_string_equal(control.family, "OWN");
    assert_string_equal(bilingual_get(&control.title, "zh"), "中");
    assert_string_equal(bilingual_get(&control.title, "en"), "e");
    assert_string_equal(bilingual_get(&control.risk, "en"), "险");
    assert_string_equal(bilingual_get(&control.tests, "zh"), "甲与乙");
    assert_string_equal(control.shape, "as-of");
    assert_int_equal(control.source_count, 2);
    assert_int_equal(control.profile_count, 1);
    assert_string_equal(control.profiles[0], "general");
    assert_int_equal(control.severity, SEVERITY_CRITICAL);
    assert_int_equal(control.scope, SCOPE_OPEN);
    assert_int_equal(control.amount_kind, AMOUNT_EXPOSURE);
    assert_int_equal(control.population_count, 2);
    assert_string_equal(control.period, "order_date");
    assert_true(control.grouped);
    assert_false(control.waivable);
    assert_int_equal(control.line, 12);
    assert_int_equal(control.case_count, 2);
    assert_string_equal(control.cases[1], "below");
    assert_string_equal(control.evidence_columns[0], "approval.opinion");
    assert_int_equal(control.parameter_count, 2);
    assert_string_equal(control.parameters[0].note, "x");
    assert_string_equal(control.parameters[1].origin, "default");
    assert_int_equal(json_integer_value(control.parameters[1].value), 3);
}

static void what_is_wrong_is_named(void **state)
{
    (void)state;
    refused("{'id':'A-1','population':'customer'}", "title is missing");
    refused("{'id':'A-1','title':'t'}", "population names a table");
    refused("{'id':'A-1','title':'t','population':[]}", "population names a table");
    refused("{'id':'A-1','title':'t','population':'customers'}", "no table 'customers'");
    refused("{'id':'A-1','title':'t','population':'customer','severity':'urgent'}",
            "low, medium, high, critical");
    refused("{'id':'A-1','title':'t','population':'customer','severity':3}", "severity is one of");
    refused("{'id':'A-1','title':'t','population':'customer','scope':'always'}",
            "period, open, all");
    refused("{'id':'A-1','title':'t','population':'customer','amount_kind':'loss'}",
            "misstatement");
    refused("{'id':'A-1','title':'t','population':'customer','looks_to':'days'}",
            "a parameter that holds days");
    refused("{'id':'A-1','title':'t','population':'customer','shape':'lookups'}",
            "row, required fields, lookup");
}

static void it_says_how_far_it_looks(void **state)
{
    (void)state;
    struct error error = {0};
    assert_int_equal(
        read("{'id':'A-1','title':'t','population':'customer','scope':'open'}", &error), 0);
    assert_true(control_looks_to_as_of(&control));
    assert_int_equal(read("{'id':'A-1','title':'t','population':'customer','scope':'open',"
                          "'looks_to':'period_end'}",
                          &error),
                     0);
    assert_false(control_looks_to_as_of(&control));
    assert_int_equal(read("{'id':'A-1','title':'t','population':'customer','looks_to':'days',"
                          "'parameters':[{'name':'days','value':3,'type':'int'}]}",
                          &error),
                     0);
    assert_false(control_looks_to_as_of(&control));
    assert_int_equal(
        read("{'id':'A-1','title':'t','population':'customer','looks_to':'as_of'}", &error), 0);
    assert_true(control_looks_to_as_of(&control));
}

static int release(void **state)
{
    (void)state;
    forget();
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TRADE_TEST(a_short_control_has_defaults),
        TRADE_TEST(a_long_control_is_read_whole),
        TRADE_TEST(it_says_how_far_it_looks),
        TRADE_TEST(what_is_wrong_is_named),
    };
    return cmocka_run_group_tests_name("control", tests, NULL, release);
}
