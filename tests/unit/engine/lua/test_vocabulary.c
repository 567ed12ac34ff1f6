// SPDX-License-Identifier: MIT
#include "engine/lua/vocabulary.h"

#include "engine/base/process.h"
#include "tests/unit/script_fixture.h"

static struct error error;

static const struct setting ledger_settings[] = {
    {"account", .type = SETTING_TEXT},
    {"null", .type = SETTING_TEXTS},
    {"columns", .type = SETTING_OWN},
    {0},
};
static const struct import_kind kinds[] = {{"ledger", ledger_settings}, {0}};

static void offer_engagement(lua_State *state)
{
    vocabulary_engagement(state, kinds);
}

// A state without data, as files are loaded in.
static void start(void (*offer)(lua_State *))
{
    sandbox_free(L);
    error = (struct error){0};
    L = sandbox_new(NULL, 0, fixture_bytes, &error);
    assert_non_null(L);
    offer(L);
}

static int tear_down(void **state)
{
    (void)state;
    sandbox_free(L);
    L = NULL;
    return 0;
}

static int load(const char *text)
{
    error = (struct error){0};
    return sandbox_run(L, "own.lua", text, strlen(text), &error);
}

struct attempt {
    const char *text;
    json_t *(*declared)(lua_State *, struct error *);
};

static int attempt(void *context, struct buffer *out, struct error *why)
{
    const struct attempt *what = context;
    json_t *value = load(what->text) == 0 ? what->declared(L, &error) : NULL;
    if (value && vocabulary_mistake(L, 1, &error)) {
        json_decref(value);
        value = NULL;
    }
    buffer_add_text(out, value ? "accepted" : "");
    json_decref(value);
    *why = error;
    return value ? 0 : -1;
}

// Not accepted, when loading or when what was declared is read. In a child, as always: what an
// error leaves behind goes with it.
static void refused(const char *text, json_t *(*declared)(lua_State *, struct error *),
                    const char *part)
{
    struct attempt what = {text, declared};
    struct limits limits = {.cpu_seconds = 20, .wall_seconds = 1800, .bytes = 1 << 30};
    struct buffer said = {0};
    struct error lost = {0};
    if (process_run(attempt, &what, &limits, text, &said, &lost) == 0)
        fail_msg("%s: accepted", text);
    if (!strstr(lost.message, part))
        fail_msg("%s: \"%s\", expected \"%s\"", text, lost.message, part);
    buffer_clear(&said);
}

static void tables_become_data(void **state)
{
    (void)state;
    start(vocabulary_model);
    assert_int_equal(
        load("table 't' { zh = '表', key = { 'a?' }, fields = { { 'a', text, '甲' }, "
             "{ 'b', enum { 'x', 'y' } }, { 'c_id', text, to = 't' } }, "
             "references = { r = { 't', match = { { 'a', 'a' } }, optional = true } }, "
             "reverse = { cs = { 't', by = 'c' } }, period = { 'a', otherwise = 'c_id' } }\n"
             "extend 't' { fields = { { 'd', money } } }\n"),
        0);
    json_t *declared = vocabulary_declared(L, &error);
    assert_non_null(declared);
    const json_t *table = json_array_get(json_object_get(declared, "tables"), 0);
    assert_string_equal(json_string_value(json_object_get(table, "name")), "t");
    assert_int_equal(json_array_size(json_object_get(table, "key")), 1);
    const json_t *fields = json_object_get(table, "fields");
    assert_int_equal(json_array_size(fields), 3);
    const json_t *field = json_array_get(fields, 1);
    assert_string_equal(json_string_value(json_object_get(field, "type")), "enum");
    assert_int_equal(json_array_size(json_object_get(field, "values")), 2);
    assert_string_equal(json_string_value(json_object_get(json_array_get(fields, 2), "to")), "t");
    assert_int_equal(json_array_size(json_object_get(declared, "extensions")), 1);
    struct model *made = model_new(declared, &error);
    if (!made)
        fail_msg("%s", error.message);
    assert_true(made->tables[0].references[1].optional);
    assert_int_equal(made->tables[0].period_otherwise.field, 2);
    assert_true(made->tables[0].fields[0].nullable);
    model_free(made);
    json_decref(declared);
}

static void wrong_tables_are_named(void **state)
{
    (void)state;
    start(vocabulary_model);
    refused("table 't' { key = { 'a' }, fields = { { 'a', txt } } }", vocabulary_declared,
            "field 'a'");
    start(vocabulary_model);
    refused("table 't' { key = { 'a' }, fields = { { 'a', text } }, colour = 'red' }",
            vocabulary_declared, "colour");
}

static void engagements_become_data(void **state)
{
    (void)state;
    start(offer_engagement);
    assert_int_equal(
        load("engagement { title = 't', period = '2026-10' }\n"
             "import.ledger { account = '1122' }\n"
             "import.ledger { account = '6001', null = '-', columns = { "
             "order_id = '编号', amount = function(source) return source['a'] end } }\n"
             "parameters { ['CRD-01'] = { days = 3 } }\nrequired { 'CRD-01' }\n"),
        0);
    json_t *declared = vocabulary_declared(L, &error);
    if (!declared)
        fail_msg("%s", error.message);
    const json_t *imports = json_object_get(declared, "imports");
    assert_int_equal(json_array_size(imports), 2);
    json_t *first = json_of("{'kind':'ledger','line':2,'account':'1122'}");
    assert_true(json_equal(json_array_get(imports, 0), first));
    json_decref(first);
    first = json_of("['-']");
    assert_true(json_equal(json_object_get(json_array_get(imports, 1), "null"), first));
    json_decref(first);
    json_decref(declared);
    vocabulary_push_computed(L, 0);
    assert_true(lua_isfunction(L, -1));
    lua_pop(L, 1);
    vocabulary_push_computed(L, 1);
    assert_false(lua_isfunction(L, -1));
    lua_pop(L, 1);
}

static void an_import_says_what_its_kind_understands(void **state)
{
    (void)state;
    static const char *const wrong[][2] = {
        {"import.ledger { acount = '1122' }",
         "import.ledger has no setting 'acount'; did you mean \"account\"?"},
        {"import.ledger { file = 'x.csv' }", "import.ledger has no setting 'file'"},
        {"import.ledger 'x.csv'", "import.ledger wants a table"},
        {"import.ledger { columns = { amount = { '金额', fromat = '%Y' } } }",
         "amount has no setting 'fromat'; did you mean \"format\"?"},
        {"import.csv { folder = 'data' }", "nil"},
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        start(offer_engagement);
        refused(wrong[i][0], vocabulary_declared, wrong[i][1]);
    }
}

static void mistakes_do_not_hide_one_another(void **state)
{
    (void)state;
    static const struct {
        const char *where, *part;
    } told[] = {
        {"own.lua:1", "no setting 'acount'"},
        {"own.lua:1", "no setting 'nul'"},
        {"own.lua:3", "no setting 'file'"},
    };
    start(offer_engagement);
    assert_int_equal(load("import.ledger { nul = 1, acount = '1122' }\n"
                          "import.ledger { account = '0' }\n"
                          "import.ledger { account = '1', file = 'x' }\n"
                          "import.ledger { account = '2' }"),
                     0);
    json_t *value = vocabulary_declared(L, &error);
    assert_int_equal(json_array_size(json_object_get(value, "imports")), 4);
    for (int i = 0; i < 3; i++) {
        assert_true(vocabulary_mistake(L, i + 1, &error));
        assert_string_equal(error.where, told[i].where);
        assert_non_null(strstr(error.message, told[i].part));
    }
    assert_false(vocabulary_mistake(L, 4, &error));
    json_decref(value);
}

static void controls_become_data(void **state)
{
    (void)state;
    start(vocabulary_controls);
    assert_int_equal(load("control 'OWN-01' { title = { en = 'e', zh = '中' }, severity = 'low', "
                          "population = 'customer', group = { 'a' }, "
                          "parameters = { n = { decimal '0.5', origin = 'policy' }, "
                          "none = { decimal '0' }, zero = { 0 } }, "
                          "test = function(rows) end }\n"),
                     0);
    json_t *declared = vocabulary_declared_controls(L, &error);
    if (!declared)
        fail_msg("%s", error.message);
    assert_int_equal(json_array_size(declared), 1);
    const json_t *control = json_array_get(declared, 0);
    assert_string_equal(json_string_value(json_object_get(control, "id")), "OWN-01");
    assert_true(json_is_true(json_object_get(control, "grouped")));
    const json_t *parameter = json_array_get(json_object_get(control, "parameters"), 0);
    assert_string_equal(json_string_value(json_object_get(parameter, "type")), "decimal");
    assert_string_equal(json_string_value(json_object_get(parameter, "value")), "0.5");
    const char *const zeros[] = {"decimal", "int"}; // what an engagement may make of a zero
    for (size_t i = 0; i < 2; i++) {
        parameter = json_array_get(json_object_get(control, "parameters"), i + 1);
        assert_string_equal(json_string_value(json_object_get(parameter, "type")), zeros[i]);
    }
    json_decref(declared);
    vocabulary_push_control(L, "OWN-01");
    assert_true(lua_istable(L, -1));
    vocabulary_push_control(L, "OWN-02");
    assert_true(lua_isnil(L, -1));
    lua_pop(L, 2);
}

static void cases_become_names(void **state)
{
    (void)state;
    start(vocabulary_cases);
    assert_int_equal(load("cases 'OWN-01' { { 'one' }, { given = {} } }\n"
                          "cases('OWN-02', {})\n"),
                     0);
    json_t *declared = vocabulary_declared_controls(L, &error);
    char *text = json_dumps(declared, JSON_COMPACT | JSON_SORT_KEYS);
    assert_string_equal(text,
                        "[{\"cases\":[\"one\",\"unnamed\"],\"control\":\"OWN-01\",\"line\":1},"
                        "{\"cases\":[],\"control\":\"OWN-02\",\"line\":2}]");
    free(text);
    json_decref(declared);
    vocabulary_push_cases(L, "OWN-01");
    assert_int_equal(lua_rawlen(L, -1), 2);
    vocabulary_push_cases(L, "OWN-03");
    assert_true(lua_isnil(L, -1));
    start(vocabulary_controls);
    assert_int_equal(
        load("control 'OWN-01' { title = 't', population = 'customer', cases = { {}, {}, {} }, "
             "test = function() end }"),
        0);
    vocabulary_push_cases(L, "OWN-01");
    assert_int_equal(lua_rawlen(L, -1), 3);
    lua_pop(L, 1);
}

static void with_puts_changes_over_what_is_there(void **state)
{
    (void)state;
    start(vocabulary_cases);
    static const char *const right[] = {
        // A new table; what it was made of stays.
        "local a = { x = '1', y = '2' } local b = with(a, { y = '3', z = '4' }, nil, { z = '5' })\n"
        "assert(b.x == '1' and b.y == '3' and b.z == '5' and a.y == '2' and a.z == nil)",
        // Fields go into the first row, rows take the place of rows, {} leaves none.
        "local a = { t = { { x = '1', y = '2' }, { x = '3' } } }\n"
        "local b = with(a, { t = { y = '9' } })\n"
        "assert(b.t[1].x == '1' and b.t[1].y == '9' and b.t[2].x == '3' and #b.t == 2)\n"
        "assert(a.t[1].y == '2' and with(a, { t = { { x = '7' } } }).t[1].y == nil)\n"
        "assert(#with(a, { t = {} }).t == 0 and #with(a, {}).t == 2)",
        "local a = with({}, { t = { x = '1' } }) assert(a.t.x == '1')",
        // Each of several changes finds what the one before has left.
        "local a = with({ t = { { x = '1' } } }, { t = { y = '2' } }, { t = { z = '3' } })\n"
        "assert(a.t[1].x == '1' and a.t[1].y == '2' and a.t[1].z == '3')",
    };
    for (size_t i = 0; i < sizeof right / sizeof *right; i++)
        if (load(right[i]) != 0)
            fail_msg("%s: %s", right[i], error.message);
    assert_int_equal(load("with()"), -1);
    assert_int_equal(load("with(nil, {})"), -1);
    assert_non_null(strstr(error.message, "argument 1 is a nil"));
    assert_int_equal(load("with({}, 'x')"), -1);
    assert_non_null(strstr(error.message, "argument 2 is a string"));
}

static void wrong_controls_are_named(void **state)
{
    (void)state;
    static const char *const wrong[][2] = {
        {"control 'A B' { title = 't', population = 'customer', test = function() end }",
         "letters"},
        {"control '' { title = 't', population = 'customer', test = function() end }",
         "1 to 40 bytes"},
        {"control 'A-1' { title = 't', population = 'customer' }", "test"},
        {"control 'A-1' { title = 't', population = 'customer', test = 5 }", "test"},
        {"control 'A-1' { title = 't', population = 'customer', test = function() end, "
         "parameters = { n = 5 } }",
         "parameter 'n'"},
        {"control 'A-1' { title = 't', population = 'customer', test = function() end, colour = 1 "
         "}",
         "colour"},
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        start(vocabulary_controls);
        refused(wrong[i][0], vocabulary_declared_controls, wrong[i][1]);
    }
}

static void names_offered_are_there(void **state)
{
    (void)state;
    static const struct {
        void (*offer)(lua_State *);
        const struct vocabulary_word *words;
    } groups[] = {{vocabulary_model, vocabulary_model_words},
                  {offer_engagement, vocabulary_model_words},
                  {offer_engagement, vocabulary_engagement_words},
                  {vocabulary_controls, vocabulary_control_words},
                  {vocabulary_cases, vocabulary_case_words}};
    for (size_t group = 0; group < sizeof groups / sizeof *groups; group++) {
        start(groups[group].offer);
        for (const struct vocabulary_word *word = groups[group].words; word->name; word++) {
            char text[100];
            snprintf(text, sizeof text, "assert(%s ~= nil, '%s')", word->name, word->name);
            if (load(text) != 0)
                fail_msg("%s", error.message);
        }
    }
}

int main(void)
{
#define TEST(test) cmocka_unit_test_setup_teardown(test, NULL, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(tables_become_data),
        TEST(wrong_tables_are_named),
        TEST(engagements_become_data),
        TEST(an_import_says_what_its_kind_understands),
        TEST(mistakes_do_not_hide_one_another),
        TEST(controls_become_data),
        TEST(wrong_controls_are_named),
        TEST(names_offered_are_there),
        TEST(cases_become_names),
        TEST(with_puts_changes_over_what_is_there),
    };
    return cmocka_run_group_tests_name("vocabulary", tests, NULL, NULL);
}
