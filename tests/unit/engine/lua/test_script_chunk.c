// SPDX-License-Identifier: MIT
#include "engine/lua/script_chunk.h"

#include "engine/lua/sandbox.h"
#include "engine/lua/vocabulary.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static struct error error;

// What running a file comes to, in a state of its own with a budget of `bytes`.
static int run(const struct rule_file *file, size_t bytes)
{
    lua_State *L = sandbox_new(NULL, 0, bytes, &error);
    assert_non_null(L);
    vocabulary_controls(L);
    int result = script_chunk_run(L, file, &error);
    sandbox_free(L);
    return result;
}

static struct rule_file file_of(char *text, int kind)
{
    return (struct rule_file){
        .name = "own.lua", .text = text, .length = strlen(text), .kind = kind};
}

static void errors_name_the_line_of_the_file(void **state)
{
    (void)state;
    static char text[] = "control 'A-1' { title = 't', severity = 'low', population = 'customer',\n"
                         "  test = function() end,\n"
                         "  cases = {\n"
                         "    {},\n"
                         "  } }\n"
                         "error 'on the sixth line'\n";
    struct rule_file rules = file_of(text, RULE_FILE_CONTROLS);
    for (int time = 0; time < 2; time++) {
        assert_int_equal(run(&rules, 16 << 20), -1);
        assert_string_equal(error.where, "own.lua:6");
        assert_string_equal(error.message, "on the sixth line");
    }
}

static void what_is_no_lua_says_so(void **state)
{
    (void)state;
    static char text[] = "control {\n";
    struct rule_file rules = file_of(text, RULE_FILE_CONTROLS);
    assert_int_equal(run(&rules, 16 << 20), -1);
    assert_non_null(strstr(error.message, "unexpected symbol"));
    static char bytecode[] = "\x1bLua";
    rules = file_of(bytecode, RULE_FILE_LIBRARY);
    assert_int_equal(run(&rules, 16 << 20), -1);
}

// Whether the file was compiled before makes no difference to what a state may spend.
static void the_budget_does_not_know_what_was_kept(void **state)
{
    (void)state;
    static char text[] = "local list = {}\nfor i = 1, 40000 do list[i] = 'entry ' .. i end\n";
    struct rule_file library = file_of(text, RULE_FILE_LIBRARY);
    assert_int_equal(run(&library, 1 << 20), -1);
    assert_non_null(strstr(error.message, "memory"));
    assert_int_equal(run(&library, 16 << 20), 0);
    assert_int_equal(run(&library, 1 << 20), -1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(errors_name_the_line_of_the_file),
        cmocka_unit_test(what_is_no_lua_says_so),
        cmocka_unit_test(the_budget_does_not_know_what_was_kept),
    };
    return cmocka_run_group_tests_name("script_chunk", tests, NULL, NULL);
}
