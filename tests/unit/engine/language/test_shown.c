// SPDX-License-Identifier: MIT
// Which values an exception only shows.
#include "engine/language/shown.h"

#include "tests/unit/engine_fixture.h"

// The names in `text` that stand in what is only shown, joined by blanks.
static void shows(const char *text, const char *expected)
{
    struct syntax_error error;
    struct buffer names = {0};
    struct syntax *syntax = syntax_parse(text, strlen(text), &error);
    assert_non_null(syntax);
    for (const struct node *node = syntax->root; node; node = node_next(syntax->root, node))
        if (node->kind == NODE_NAME && shown_holds(node)) {
            buffer_add_text(&names, names.length ? " " : "");
            buffer_add(&names, node->text.bytes, node->text.length);
        }
    if (strcmp(buffer_text(&names), expected) != 0)
        fail_msg("%s: \"%s\", expected \"%s\"", text, buffer_text(&names), expected);
    buffer_clear(&names);
    syntax_free(syntax);
}

static void what_stands_between_the_braces(void **state)
{
    (void)state;
    shows("return exception { amount = a.b + c, x = f(d) }", "a c f d");
    shows("local x = a return exception { x = b }", "b");
    shows("return exception { evidence = { a, b.c } }", "a b");
    shows("return separation_exception(a, { x = b })", "b");
    shows("passed_same_day { by = a } same_day_note(b, { x = c })", "a c");
}

static void what_decides_does_not(void **state)
{
    (void)state;
    shows("return exception { label = a, severity = b, row = c, currency = d, x = e }", "e");
    shows("if a then return exception {} end", "");
    shows("return f { x = a }", "");
    shows("return own.exception { x = a }", "");
    shows("return exception(a)", "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_stands_between_the_braces),
        cmocka_unit_test(what_decides_does_not),
    };
    return cmocka_run_group_tests_name("shown", tests, NULL, NULL);
}
