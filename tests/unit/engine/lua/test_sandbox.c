// SPDX-License-Identifier: MIT
#include "engine/lua/script_functions.h"
#include "tests/unit/script_fixture.h"

static void a_loop_spends_the_budget(void **state)
{
    (void)state;
    spends("while true do end", "more than 2000000 instructions");
    spends("local function f() return f() end f()", "instructions");
    spends("local s = '' for i = 1, 100000000 do s = i end", "instructions");
}

static void the_budget_is_of_each_row(void **state)
{
    (void)state;
    for (int row = 0; row < 20; row++)
        does("local n = 0 for i = 1, 100000 do n = n + 1 end return n", "100000");
}

static void functions_of_c_spend_it_too(void **state)
{
    (void)state;
    fixture_instructions = 20000;
    script_start();
    spends("local t = {} for i = 1, 3000 do t[i] = 3001 - i end for i = 1, 10 do sort(t) end",
           "20000 instructions");
    spends("local t = {} for i = 1, 3000 do t[i] = i end for i = 1, 10 do table.concat(t, ',') end",
           "instructions");
    spends(
        "local t = {} for i = 1, 3000 do t[i] = i end for i = 1, 2000 do table.insert(t, 1, i) end",
        "instructions");
    spends("local t = {} for i = 1, 3000 do t[i] = i end for i = 1, 2000 do table.remove(t, 1) end",
           "instructions");
    spends("local t = {} for i = 1, 3000 do t[i] = i end for i = 1, 10 do max(t) end",
           "instructions");
    spends("local t = {} for i = 1, 3000 do t[i] = i end for i = 1, 10 do pairs(t) end",
           "instructions");
    spends("local n = 0 for i = 1, 10000 do n = n + #rows 'sales_order' end", "instructions");
    spends("sort({1, 2}, function(x) while true do end end)", "instructions");
    fixture_instructions = 2000000;
    script_start();
}

static void long_texts_spend_it(void **state)
{
    (void)state;
    fixture_instructions = 200000;
    script_start();
    spends("local s = 'x' for i = 1, 18 do s = s .. s end for i = 1, 1000 do s:upper() end",
           "instructions");
    spends("local s = 'x' for i = 1, 18 do s = s .. s end for i = 1, 1000 do fold(s) end",
           "instructions");
    spends("local s = 'x' for i = 1, 18 do s = s .. s end for i = 1, 1000 do s:find('y') end",
           "instructions");
    fixture_instructions = 2000000;
    script_start();
}

static void memory_has_a_limit(void **state)
{
    (void)state;
    fixture_bytes = 2 << 20;
    fixture_instructions = 100000000;
    script_start();
    spends("local t = {} for i = 1, 10000000 do t[i] = i end", "bytes of memory");
    spends("local s = 'x' while true do s = s .. s end", "bytes of memory");
    spends("local t = {} for i = 1, 10000000 do t['k' .. i] = {} end", "bytes of memory");
    // What is dropped again does not count.
    does("for i = 1, 100000 do local t = {i} end return 'done'", "done");
    fixture_bytes = 32 << 20;
    fixture_instructions = 2000000;
    script_start();
}

static void a_budget_that_does_not_hold_lua(void **state)
{
    (void)state;
    struct error error = {0};
    assert_null(sandbox_new(data, 0, 1000, &error));
    assert_non_null(strstr(error.message, "1000 bytes"));
    int made = 0;
    for (size_t bytes = 0; bytes < 200000; bytes += 1499) {
        lua_State *other = sandbox_new(data, 0, bytes, &error);
        made += other != NULL;
        sandbox_free(other);
    }
    assert_true(made > 0);
    sandbox_free(NULL);
}

static void errors_have_file_and_line(void **state)
{
    (void)state;
    struct error error = {0};
    static const char broken[] = "local x = 1\n\nreturn x +\n";
    assert_int_equal(sandbox_run(L, "rules/own.lua", broken, strlen(broken), &error), -1);
    assert_int_equal(error.kind, ERROR_USAGE);
    assert_string_equal(error.where, "rules/own.lua:4");
    static const char raises[] = "\nerror('too bad')\n";
    assert_int_equal(sandbox_run(L, "own.lua", raises, strlen(raises), &error), -1);
    assert_string_equal(error.where, "own.lua:2");
    assert_string_equal(error.message, "too bad");
    static const char loops[] = "while true do end";
    assert_int_equal(sandbox_run(L, "own.lua", loops, strlen(loops), &error), -1);
    assert_non_null(strstr(error.message, "instructions"));
}

static void loading_has_a_budget_of_its_own(void **state)
{
    (void)state;
    struct error error = {0};
    // More than a row may take, less than loading may.
    static const char busy[] = "n = 0 for i = 1, 3000000 do n = n + 1 end";
    assert_int_equal(sandbox_run(L, "own.lua", busy, strlen(busy), &error), 0);
    is("n", "3000000");
    spends("for i = 1, 3000000 do n = n + 1 end", "instructions");
}

static void error_objects_are_only_described(void **state)
{
    (void)state;
    faults("local x = nil + nil", "nil");
    faults("local x = so1.lines.amount", "by position");
    faults("sort({2, 1}, function() error('in the key') end)", "in the key");
}

static void the_allow_list_describes_itself(void **state)
{
    (void)state;
    int functions = 0;
    for (size_t group = 0; group < SCRIPT_FUNCTION_GROUPS; group++)
        for (const struct script_function *entry = script_functions_allowed(group); entry->name;
             entry++) {
            assert_non_null(entry->signature);
            assert_non_null(entry->result);
            assert_true(entry->summary && *entry->summary);
            assert_true(strncmp(entry->signature, entry->name, strlen(entry->name)) == 0);
            functions += entry->function != NULL;
            if (entry->function) {
                char expression[100];
                snprintf(expression, sizeof expression, "type(%s)", entry->name);
                is(expression, "function");
            }
        }
    assert_true(functions > 40);
}

static void a_state_that_failed_can_be_freed(void **state)
{
    (void)state;
    ends("while true do end", SANDBOX_SPENT, "instructions");
    sandbox_free(L);
    L = NULL;
    fixture_bytes = 1 << 20;
    script_start();
    ends("local s = 'x' while true do s = s .. s end", SANDBOX_SPENT, "");
    sandbox_free(L);
    L = NULL;
    fixture_bytes = 32 << 20;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        LUA_TEST(a_loop_spends_the_budget),
        LUA_TEST(the_budget_is_of_each_row),
        LUA_TEST(functions_of_c_spend_it_too),
        LUA_TEST(long_texts_spend_it),
        LUA_TEST(memory_has_a_limit),
        LUA_TEST(a_budget_that_does_not_hold_lua),
        LUA_TEST(errors_have_file_and_line),
        LUA_TEST(loading_has_a_budget_of_its_own),
        LUA_TEST(error_objects_are_only_described),
        LUA_TEST(the_allow_list_describes_itself),
        LUA_TEST(a_state_that_failed_can_be_freed),
    };
    return cmocka_run_group_tests_name("sandbox", tests, NULL, NULL);
}
