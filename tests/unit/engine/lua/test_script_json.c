// SPDX-License-Identifier: MIT
#include "engine/lua/script_json.h"

#include "tests/unit/script_fixture.h"

// What a chunk's result becomes as JSON; or what is wrong with it.
static void becomes(const char *expression, const char *expected)
{
    char chunk[400];
    snprintf(chunk, sizeof chunk, "return %s", expression);
    enum sandbox_outcome outcome = run_chunk(chunk);
    if (outcome != SANDBOX_DONE)
        fail_msg("%s: %s", expression, last_reason());
    const char *wrong = NULL;
    int top = lua_gettop(L);
    json_t *value = script_to_json(L, -1, &wrong);
    assert_int_equal(lua_gettop(L), top);
    char *text = value ? json_dumps(value, JSON_ENCODE_ANY | JSON_COMPACT) : memory_text(wrong);
    if (strcmp(text, expected) != 0)
        fail_msg("%s: %s, expected %s", expression, text, expected);
    free(text);
    json_decref(value);
    lua_pop(L, 1);
}

static void plain_values_become_data(void **state)
{
    (void)state;
    becomes("5", "5");
    becomes("-9223372036854775807", "-9223372036854775807");
    becomes("'客户'", "\"客户\"");
    becomes("true", "true");
    becomes("decimal '1.50'", "\"1.5\"");
    becomes("decimal '9223372036854775807.0'", "\"9223372036854775807\"");
    becomes("date '2026-10-05'", "\"2026-10-05\"");
    becomes("timestamp '2026-10-05T09:30:00'", "\"2026-10-05T09:30:00\"");
    becomes("{1, 'a', {false}}", "[1,\"a\",[false]]");
    becomes("{b = 1, a = {c = decimal '0.1'}}", "{\"a\":{\"c\":\"0.1\"},\"b\":1}");
    becomes("{}", "{}");
}

static void other_values_are_named(void **state)
{
    (void)state;
    becomes("sort", "function");
    becomes("1.5", "number");
    becomes("so1", "row");
    becomes("so1.lines", "list");
    becomes("nil", "nil");
    becomes("{1, sort}", "function");
    becomes("{x = {y = so1}}", "row");
    becomes("{[true] = 1}", "table with keys that are not texts");
    becomes("{1, x = 2}", "list with names among its elements");
    becomes("'\\xFF'", "text that is not UTF-8");
    becomes("{['\\xFF'] = 1}", "text that is not UTF-8");
}

static void a_table_in_itself_is_refused(void **state)
{
    (void)state;
    assert_int_equal(run_chunk("local t = {} t.t = t return t"), SANDBOX_DONE);
    const char *wrong = NULL;
    assert_null(script_to_json(L, -1, &wrong));
    assert_non_null(wrong);
    assert_int_equal(run_chunk("local t = {} t[1] = t return t"), SANDBOX_DONE);
    assert_null(script_to_json(L, -1, &wrong));
}

// Pushes a value as the type says; its text.
static int push(lua_State *state)
{
    script_push_json(state, lua_touserdata(state, 1), lua_tostring(state, 2));
    return 1;
}

static void comes_back(const char *json, const char *type, const char *script_type_wanted,
                       const char *expected)
{
    json_t *value = json_of(json);
    lua_pushcfunction(L, push);
    lua_pushlightuserdata(L, value);
    lua_pushstring(L, type);
    enum sandbox_outcome outcome = sandbox_call(L, 2, 1, 0);
    struct buffer text = {0};
    if (outcome == SANDBOX_DONE) {
        assert_string_equal(script_value_type(L, -1), script_type_wanted);
        if (script_value_text(L, -1, &text))
            assert_string_equal(buffer_text(&text), expected);
        lua_pop(L, 1);
    } else if (script_type_wanted) {
        fail_msg("%s as %s: %s", json, type, last_reason());
    }
    buffer_clear(&text);
    json_decref(value);
}

static void data_become_values_again(void **state)
{
    (void)state;
    comes_back("'x'", "text", "string", "x");
    comes_back("5", "int", "number", "5");
    comes_back("'1.50'", "decimal", "decimal", "1.5");
    comes_back("2", "decimal", "decimal", "2");
    comes_back("'0'", "decimal", "number", "0");
    comes_back("'2026-10-05'", "date", "date", "2026-10-05");
    comes_back("'2026-10-05T09:30:00'", "timestamp", "timestamp", "2026-10-05T09:30:00");
    comes_back("true", "bool", "boolean", "true");
    comes_back("['a','b']", "list", "table", "");
    comes_back("'abc'", "decimal", NULL, NULL);
    comes_back("'2026-02-30'", "date", NULL, NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        LUA_TEST(plain_values_become_data),
        LUA_TEST(other_values_are_named),
        LUA_TEST(a_table_in_itself_is_refused),
        LUA_TEST(data_become_values_again),
    };
    return cmocka_run_group_tests_name("script_json", tests, NULL, NULL);
}
