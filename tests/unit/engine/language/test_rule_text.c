// SPDX-License-Identifier: MIT
#include "engine/language/rule_text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

// The text of a control, which Lua says stands at this line.
static void is(const char *file, const char *id, int line, int first, const char *expected)
{
    struct rule_file files[] = {{.text = (char *)file, .length = strlen(file)}};
    struct engagement engagement = {.files = files, .file_count = 1};
    struct control control = {.id = (char *)id, .line = line};
    struct buffer text = {0};
    assert_int_equal(rule_text_get(&engagement, &control, &text), first);
    assert_string_equal(buffer_text(&text), expected);
    buffer_clear(&text);
}

static void a_control_is_printed_whole_and_nothing_else(void **state)
{
    (void)state;
    static const char file[] = "local a = 1\n"
                               "control \"A-1\" { title = \"one line\" }\n"
                               "control \"A-2\" { title = \"its neighbour\" } -- why\n"
                               "control \"A-3\" {\n"
                               "  parameters = {\n"
                               "}, -- a brace at the margin\n"
                               "  title = \"t\" }\n"
                               "control \"A-4\" { title = 1 } control(\"A-5\", { title = 2 })\n"
                               "control\n"
                               "  \"A-6\"\n"
                               "{ title = 3 }";
    is(file, "A-1", 2, 2, "control \"A-1\" { title = \"one line\" }\n");
    is(file, "A-2", 3, 3, "control \"A-2\" { title = \"its neighbour\" }\n");
    is(file, "A-3", 4, 4,
       "control \"A-3\" {\n  parameters = {\n}, -- a brace at the margin\n  title = \"t\" }\n");
    is(file, "A-4", 8, 8, "control \"A-4\" { title = 1 }\n");
    is(file, "A-5", 8, 8, "control(\"A-5\", { title = 2 })\n");
    is(file, "A-6", 11, 9, "control\n  \"A-6\"\n{ title = 3 }\n");
}

static void one_whose_name_is_made_is_found_by_its_line(void **state)
{
    (void)state;
    static const char file[] = "control \"A-1\" { title = 1 }\n"
                               "for n = 2, 3 do\n"
                               "  control(\"A-\" .. n) { title = n }\n"
                               "end\n"
                               "control \"A-4\" { title = 4 }\n";
    is(file, "A-3", 3, 3, "control(\"A-\" .. n) { title = n }\n");
    is("local a = 1\n", "A-1", 1, 1, "");
    is("control {", "A-1", 1, 1, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_control_is_printed_whole_and_nothing_else),
        cmocka_unit_test(one_whose_name_is_made_is_found_by_its_line),
    };
    return cmocka_run_group_tests_name("rule_text", tests, NULL, NULL);
}
