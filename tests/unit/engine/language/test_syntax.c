// SPDX-License-Identifier: MIT
// The tree of a rule file: shapes, places, names, and what is refused.
#include "engine/base/buffer.h"
#include "engine/base/memory.h"
#include "engine/language/syntax.h"

#include "engine/base/mistake.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static struct syntax *parse(const char *text)
{
    struct syntax_error error;
    struct syntax *syntax = syntax_parse(text, strlen(text), &error);
    if (!syntax)
        print_message("%u:%u: %s in:\n%s\n", error.line, error.column, error.message, text);
    assert_non_null(syntax);
    return syntax;
}

// ---- expressions as text, fully bracketed ----

static void write_node(struct buffer *out, const struct node *node)
{
    switch ((int)node->kind) {
    case NODE_BINARY:
        buffer_add_text(out, "(");
        write_node(out, node->first);
        buffer_printf(out, " %s ", operator_text(node->op));
        write_node(out, node->last);
        buffer_add_text(out, ")");
        return;
    case NODE_UNARY:
        buffer_printf(out, "(%s ", operator_text(node->op));
        write_node(out, node->first);
        buffer_add_text(out, ")");
        return;
    case NODE_INDEX:
        write_node(out, node->first);
        buffer_add_text(out, "[");
        write_node(out, node->last);
        buffer_add_text(out, "]");
        return;
    case NODE_CALL:
    case NODE_METHOD_CALL:
        write_node(out, node->first);
        buffer_printf(out, "%s%s", node->kind == NODE_CALL ? "" : ":",
                      node->kind == NODE_CALL ? "" : node->text.bytes);
        write_node(out, node->last);
        return;
    case NODE_STRING:
        buffer_printf(out, "'%s'", node->text.bytes);
        return;
    case NODE_PAIR:
        write_node(out, node->first);
        buffer_add_text(out, "=");
        write_node(out, node->last);
        return;
    case NODE_LIST:
    case NODE_TABLE:
        buffer_add_text(out, node->kind == NODE_LIST ? "<" : "{");
        for (const struct node *child = node->first; child; child = child->next) {
            write_node(out, child);
            buffer_add_text(out, child->next ? "," : "");
        }
        buffer_add_text(out, node->kind == NODE_LIST ? ">" : "}");
        return;
    case NODE_PARENTHESES:
        write_node(out, node->first);
        return;
    case NODE_VARARGS:
        buffer_add_text(out, "...");
        return;
    case NODE_NIL:
        buffer_add_text(out, "nil");
        return;
    }
    buffer_add_text(out, node->text.bytes);
}

static void expect_shape(const char *expression, const char *shape)
{
    struct buffer text = {0}, out = {0};
    buffer_printf(&text, "return %s", expression);
    struct syntax *syntax = parse(buffer_text(&text));
    write_node(&out, syntax->root->last->first->first);
    assert_string_equal(buffer_text(&out), shape);
    buffer_clear(&out);
    buffer_clear(&text);
    syntax_free(syntax);
}

static void operators_bind_as_in_lua(void **state)
{
    (void)state;
    expect_shape("a or b and c", "(a or (b and c))");
    expect_shape("1 + 2 * 3 - 4", "((1 + (2 * 3)) - 4)");
    expect_shape("a .. b .. c", "(a .. (b .. c))");
    expect_shape("-x ^ 2 ^ y", "(- (x ^ (2 ^ y)))");
    expect_shape("2 ^ -3", "(2 ^ (- 3))");
    expect_shape("not a == b", "((not a) == b)");
    expect_shape("a < b == c", "((a < b) == c)");
    expect_shape("1 | 2 ~ 3 & 4 << 5 .. 6", "(1 | (2 ~ (3 & (4 << (5 .. 6)))))");
    expect_shape("a // b % c / d", "(((a // b) % c) / d)");
    expect_shape("#t - ~x", "((# t) - (~ x))");
    expect_shape("(a + b) * c", "((a + b) * c)");
    expect_shape("a ~= b >> 1 >= c <= d", "(((a ~= (b >> 1)) >= c) <= d)");
}

static void suffixes_chain(void **state)
{
    (void)state;
    expect_shape("a.b[c].d", "a['b'][c]['d']");
    expect_shape("f(1, ...)(2)", "f<1,...><2>");
    expect_shape("f 'x' { y = 1, [2] = z; 3, nil, }", "f<'x'><{'y'=1,2=z,3,nil}>");
    expect_shape("s:upper():sub(1, 2)", "s:upper<>:sub<1,2>");
    expect_shape("('x'):rep(3)", "'x':rep<3>");
}

static void texts_are_unescaped(void **state)
{
    (void)state;
    expect_shape("'\\65\\x42\\u{4F60}\\z   \n  c\\n\\'\\\\'", "'AB\xE4\xBD\xA0"
                                                              "c\n'\\'");
    expect_shape("[==[\r\na]]\r\nb\\n]=]]==]", "'a]]\nb\\n]=]'");
    expect_shape("[[]]", "''");
    expect_shape("\"a\\\nb\"", "'a\nb'");
    struct syntax *syntax = parse("return '\\0x'");
    assert_int_equal(syntax->root->last->first->first->text.length, 2);
    syntax_free(syntax);
}

static const struct node *only_value(const struct syntax *syntax)
{
    return syntax->root->last->first->first;
}

static void expect_number(const char *number, enum node_kind kind, int64_t value)
{
    struct buffer text = {0};
    buffer_printf(&text, "return %s", number);
    struct syntax *syntax = parse(buffer_text(&text));
    assert_int_equal(only_value(syntax)->kind, kind);
    assert_true(only_value(syntax)->integer == value || kind == NODE_FLOAT);
    assert_string_equal(only_value(syntax)->text.bytes, number);
    buffer_clear(&text);
    syntax_free(syntax);
}

static void whole_numbers_and_floats_differ(void **state)
{
    (void)state;
    expect_number("9223372036854775807", NODE_INTEGER, INT64_MAX);
    expect_number("9223372036854775808", NODE_FLOAT, 0);
    expect_number("0xfffffffffffffffff", NODE_INTEGER, -1);
    expect_number("0x10", NODE_INTEGER, 16);
    expect_number("007", NODE_INTEGER, 7);
    expect_number("1.", NODE_FLOAT, 0);
    expect_number(".5e-3", NODE_FLOAT, 0);
    expect_number("0x.8p1", NODE_FLOAT, 0);
    expect_number("3e0", NODE_FLOAT, 0);
}

static const struct node *find(const struct syntax *syntax, enum node_kind kind, const char *text,
                               int nth)
{
    for (const struct node *node = syntax->root; node; node = node_next(syntax->root, node))
        if (node->kind == kind && (!text || text_is(node->text, text)) && nth-- == 0)
            return node;
    fail_msg("no such node: %s", text ? text : "");
    return NULL;
}

static void every_node_knows_its_place(void **state)
{
    (void)state;
    const char *text = "\xEF\xBB\xBF-- 条件\nlocal x = \"单价\" .. line.price(1) -- end\n";
    struct syntax *syntax = parse(text);
    const struct node *name = find(syntax, NODE_NAME, "line", 0);
    assert_int_equal(name->line, 2);
    assert_int_equal(name->column, 19); // characters, not bytes
    assert_memory_equal(text + name->begin, "line", 4);
    const struct node *call = find(syntax, NODE_CALL, NULL, 0);
    assert_int_equal(call->begin, name->begin);
    assert_memory_equal(text + call->begin, "line.price(1)", call->end - call->begin);
    const struct node *key = find(syntax, NODE_STRING, "price", 0);
    assert_memory_equal(text + key->begin, "price", 5);
    const struct node *sum = find(syntax, NODE_BINARY, NULL, 0);
    assert_int_equal(text[sum->end - 1], ')');
    syntax_free(syntax);
}

static void names_know_what_they_name(void **state)
{
    (void)state;
    struct syntax *syntax = parse("local a = a\n"
                                  "local function f(p, ...)\n"
                                  "  local b = p\n"
                                  "  for a = a, b do a = p end\n"
                                  "  return function() return a, b, p, f, g end\n"
                                  "end\n"
                                  "repeat local until_seen = 1 until until_seen\n"
                                  "do local inner end return inner, p\n");
    static const struct {
        const char *name;
        int nth;
        enum name_scope scope;
    } uses[] = {
        {"a", 0, SCOPE_GLOBAL},                              // local a = a
        {"p", 0, SCOPE_PARAMETER},  {"a", 1, SCOPE_UPVALUE}, // for a = a
        {"b", 0, SCOPE_LOCAL},      {"a", 2, SCOPE_LOCAL},   // the loop's own
        {"a", 3, SCOPE_UPVALUE},    {"b", 1, SCOPE_UPVALUE}, {"p", 2, SCOPE_UPVALUE},
        {"f", 0, SCOPE_UPVALUE},    {"g", 0, SCOPE_GLOBAL},  {"until_seen", 0, SCOPE_LOCAL},
        {"inner", 0, SCOPE_GLOBAL}, {"p", 3, SCOPE_GLOBAL},
    };
    for (size_t i = 0; i < sizeof uses / sizeof *uses; i++) {
        const struct node *node = find(syntax, NODE_NAME, uses[i].name, uses[i].nth);
        assert_int_equal(node->scope, uses[i].scope);
        assert_int_equal(node->symbol == NULL, uses[i].scope == SCOPE_GLOBAL);
    }
    assert_ptr_equal(find(syntax, NODE_NAME, "a", 3)->symbol,
                     find(syntax, NODE_DECLARATION, "a", 0)->symbol);
    assert_ptr_equal(find(syntax, NODE_NAME, "a", 2)->symbol,
                     find(syntax, NODE_DECLARATION, "a", 1)->symbol);
    assert_true(find(syntax, NODE_DECLARATION, "a", 1)->symbol->assigned);
    assert_false(find(syntax, NODE_DECLARATION, "a", 0)->symbol->assigned);
    syntax_free(syntax);
}

static void methods_have_self(void **state)
{
    (void)state;
    struct syntax *syntax = parse("function a.b:c(x) return self end");
    assert_int_equal(find(syntax, NODE_NAME, "self", 0)->scope, SCOPE_PARAMETER);
    assert_true(find(syntax, NODE_FUNCTION_STATEMENT, NULL, 0)->method);
    syntax_free(syntax);
}

static void walking_visits_every_node_once(void **state)
{
    (void)state;
    struct syntax *syntax =
        parse("local t = { 1, a = { 2 } }\nif t then f(t) elseif g then h() else "
              "goto done end\nwhile x do break end\n::done::");
    uint32_t count = 0;
    for (const struct node *node = syntax->root; node; node = node_next(syntax->root, node)) {
        count++;
        for (const struct node *child = node->first; child; child = child->next)
            assert_ptr_equal(child->parent, node);
    }
    assert_int_equal(count, syntax->node_count);
    const struct node *branch = find(syntax, NODE_IF, NULL, 0);
    assert_int_equal(node_count_children(branch), 5);
    assert_int_equal(node_child(branch, 4)->kind, NODE_BLOCK);
    assert_null(node_child(branch, 5));
    assert_int_equal(node_skip(syntax->root, branch)->kind, NODE_WHILE);
    syntax_free(syntax);
}

static void table_keys_are_found(void **state)
{
    (void)state;
    struct syntax *syntax = parse("return { a = 1, 2, [\"b\"] = 3, a = 4 }");
    const struct node *table = only_value(syntax);
    assert_int_equal(node_table_get(table, "a")->integer, 4);
    assert_int_equal(node_table_get(table, "b")->integer, 3);
    assert_null(node_table_get(table, "c"));
    syntax_free(syntax);
}

static void global_functions_are_told_from_others(void **state)
{
    (void)state;
    struct syntax *syntax = parse("function first() end\n"
                                  "local function second() end\n"
                                  "local third\n"
                                  "function third() end\n"
                                  "function string.fourth() end\n"
                                  "function string:fifth() end\n"
                                  "sixth = function() end\n"
                                  "  function\nseventh() end\n");
    struct buffer names = {0};
    for (const struct node *at = syntax->root->last->first; at; at = at->next)
        if (node_global_function(at))
            buffer_printf(&names, "%s ", node_global_function(at)->text.bytes);
    assert_string_equal(buffer_text(&names), "first seventh ");
    buffer_clear(&names);
    syntax_free(syntax);
}

// The same place, in words of the other language.
static void expect_chinese(const char *text, uint32_t line, uint32_t column)
{
    struct syntax_error error;
    mistake_speak("zh");
    assert_null(syntax_parse(text, strlen(text), &error));
    mistake_speak("en");
    bool chinese = false;
    for (const char *at = error.message; *at; at++)
        chinese |= (unsigned char)*at >= 0xE4 && (unsigned char)*at <= 0xE9;
    if (!chinese)
        print_message("not in Chinese: %s\n", error.message);
    assert_true(chinese);
    assert_int_equal(error.line, line);
    assert_int_equal(error.column, column);
}

static void expect_error(const char *text, uint32_t line, uint32_t column, const char *message)
{
    struct syntax_error error;
    struct syntax *syntax = syntax_parse(text, strlen(text), &error);
    expect_chinese(text, line, column);
    if (syntax)
        print_message("accepted: %s\n", text);
    assert_null(syntax);
    if (!strstr(error.message, message) || error.line != line || error.column != column)
        print_message("%s\n%u:%u: %s\n", text, error.line, error.column, error.message);
    assert_non_null(strstr(error.message, message));
    assert_int_equal(error.line, line);
    assert_int_equal(error.column, column);
}

// A rule as people write it, with one line changed.
static char *rule_with(int line, const char *changed)
{
    static const char *const lines[] = {
        "control \"OWN-01\" {",
        "  title = { en = \"Late\", zh = \"晚\" },",
        "  severity = \"low\",",
        "  test = function(order, p)",
        "    if not order.approved_at then return end",
        "    for _, line in ipairs(order.lines) do",
        "      if line.quantity == 0 then return end",
        "    end",
        "    return exception { amount = order.amount }",
        "  end,",
        "  cases = {",
        "    { \"late\",",
        "      given = { sales_order = { { order_id = \"SO1\" } } },",
        "      expect = {} },",
        "  },",
        "}",
        "control \"OWN-02\" { title = \"other\" }",
    };
    static char text[4096];
    size_t used = 0;
    for (int i = 0; i < (int)(sizeof lines / sizeof *lines); i++)
        used += (size_t)snprintf(text + used, sizeof text - used, "%s\n",
                                 i + 1 == line ? changed : lines[i]);
    return text;
}

static void what_is_missing_is_told_where_it_is_missing(void **state)
{
    (void)state;
    expect_error(rule_with(2, "  title = { en = \"Late\", zh = \"晚\" ,"), 2, 11,
                 "\"{\" is never closed");
    expect_error(rule_with(3, "  severity = \"low\""), 3, 19,
                 "\",\" is missing here, before \"test\"");
    expect_error(rule_with(5, "    if not order.approved_at then return"), 5, 5,
                 "this \"if\" has no \"end\"");
    expect_error(rule_with(7, "      if line.quantity == 0 then"), 7, 7,
                 "this \"if\" has no \"end\"");
    expect_error(rule_with(8, ""), 6, 5, "this \"for\" has no \"end\"");
    expect_error(rule_with(10, "  ,"), 4, 10, "this \"function\" has no \"end\"");
    expect_error(rule_with(5, "    if a then return else if b then return end"), 5, 22,
                 "write elseif as one word");
    expect_error(rule_with(5, "    if order.amount then return end end"), 5, 37, "closes nothing");
    expect_error(rule_with(2, "  title = { en = \"Late\" } },"), 2, 27, "closes nothing");
    expect_error(rule_with(9, "    return exception { amount = order.amount"), 9, 22,
                 "\"{\" is never closed");
    expect_error(rule_with(6, "    for _, line in ipairs(order.lines do"), 6, 26,
                 "\"(\" is never closed");
    expect_error(rule_with(11, "  cases ="), 11, 10, "\"{\" is missing here");
    expect_error(rule_with(16, ""), 1, 18, "\"{\" is never closed");
    expect_error(rule_with(5, "    if order.amount return end"), 5, 20, "\"then\" is missing here");
    expect_error(rule_with(6, "    for _, line in ipairs(order.lines)"), 6, 39,
                 "\"do\" is missing here");
    expect_error(rule_with(6, "    for _, line in ipairs(order.lines) then"), 6, 40,
                 "write \"do\" here, not \"then\"");
    expect_error(rule_with(4, "  test = function(order p)"), 4, 24,
                 "\",\" is missing here, before \"p\"");
    expect_error(rule_with(3, "  severity: \"low\","), 3, 11, "followed by =, not by a colon");
}

static void texts_are_closed_where_they_should_be(void **state)
{
    (void)state;
    expect_error(rule_with(2, "  title = { en = \"Late, zh = \"晚\" },"), 2, 18,
                 "\" is missing at its end");
    expect_error(rule_with(2, "  title = { en = \"Late\", zh = \"晚 },"), 2, 31,
                 "this text is never closed");
    expect_error(rule_with(3, "  severity = low\","), 3, 17, "at its beginning");
    expect_error(rule_with(3, "  severity = “low”,"), 3, 14, "curly quotation mark");
    expect_error(rule_with(9, "    return exception（{ amount ＝ 1 }）"), 9, 21,
                 "full-width, as a keyboard in Chinese");
    expect_error(rule_with(5, "    if order.amount <> 5 then return end"), 5, 21,
                 "write ~= for \"not equal\"");
    expect_error(rule_with(5, "    total += order.amount"), 5, 11, "total = total + amount");
    expect_error(rule_with(5, "    if a || b then return end"), 5, 10, "write or");
}

// Several mistakes of a file are told at once, and none that follows from another.
static void each_mistake_is_told_once(void **state)
{
    (void)state;
    static const char text[] = "control \"A-1\" {\n"
                               "  title = \"t\"\n"        // a comma
                               "  severity = \"low\"，\n" // a full-width comma
                               "  test = function(row) if row.a = 1 then return end end,\n" // ==
                               "}\n"
                               "control \"A-2\" {\n"
                               "  title = { en = \"t\",\n" // never closed
                               "  severity = \"low\",\n"
                               "}\n"
                               "control \"A-3\" {\n"
                               "  title = \"t,\n" // never closed
                               "  severity = \"low\",\n"
                               "}\n";
    static const uint32_t lines[] = {2, 3, 4, 7, 11};
    struct syntax_errors errors;
    assert_null(syntax_read(text, strlen(text), &errors));
    for (size_t i = 0; i < errors.count; i++)
        if (errors.count != 5)
            print_message("%u:%u: %s\n", errors.items[i].line, errors.items[i].column,
                          errors.items[i].message);
    assert_int_equal(errors.count, 5);
    for (size_t i = 0; i < errors.count; i++)
        assert_int_equal(errors.items[i].line, lines[i]);
}

// Runs of foreign marks take neither the stack nor, line by line again, the time.
static void runs_of_foreign_marks_are_read(void **state)
{
    (void)state;
    static const char *const marks[] = {"\xC2\xA0", "，", "“", "!", "(", "{", "if ", "end ", "\"'"};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        struct buffer text = {0};
        struct syntax_errors errors;
        for (int times = 0; times < 100000; times++)
            buffer_add_text(&text, marks[i]);
        syntax_free(syntax_read(text.data, text.length, &errors));
        assert_true(errors.count > 0 && errors.count <= SYNTAX_ERRORS_MAX);
        buffer_clear(&text);
    }
}

static void what_was_meant_is_read_on(void **state)
{
    (void)state;
    struct syntax_errors errors;
    static const char text[] = "f（a，1）\nif a = 1 return end\nt = { a: 1 b = 2 }";
    struct syntax *syntax = syntax_read(text, strlen(text), &errors);
    assert_non_null(syntax);
    assert_int_equal(errors.count, 3);
    const struct node *call = syntax->root->last->first->first;
    assert_int_equal(call->kind, NODE_CALL);
    assert_int_equal(node_count_children(call->last), 2);
    assert_int_equal(syntax->root->last->first->next->first->op, OPERATOR_EQ);
    syntax_free(syntax);
}

static void errors_say_what_to_write(void **state)
{
    (void)state;
    expect_error("if a = 1 then end", 1, 6, "to compare, write ==");
    expect_error("return a != b", 1, 10, "write ~= for \"not equal\"");
    expect_error("return a && b", 1, 10, "write and");
    expect_error("if a then\n  b()\n", 1, 1, "this \"if\" has no \"end\"");
    expect_error("f(1, 2", 1, 2, "\"(\" is never closed: \")\" is missing");
    expect_error("t = {\n  a = 1\n  b = 2\n}", 2, 8, "\",\" is missing here, before \"b\"");
    expect_error("x = \"abc\ny = 1", 1, 5, "this text is never closed");
    expect_error("x = [==[abc]]", 1, 5, "\"]==]\" is missing");
    expect_error("--[[ never", 1, 3, "comment is never closed");
    expect_error("x = 3x", 1, 5, "\"3x\" is not a number");
    expect_error("x = '\\q'", 1, 7, "unknown escape");
    expect_error("x = '\\300'", 1, 10, "goes up to \\255");
    expect_error("单价 = 1", 1, 1, "put other text in quotes");
    expect_error("f(a，b)", 1, 4, "a full-width comma; write ,");
    expect_error("x = “a”", 1, 5, "a curly quotation mark; write \"");
    expect_error("\x1BLua", 1, 1, "a rule file is plain text");
    expect_error("a.end = 1", 1, 3, "a word of Lua itself");
    expect_error("x", 1, 1, "this one does nothing");
    expect_error("end", 1, 1, "closes nothing");
}

static void rules_of_scope_are_kept(void **state)
{
    (void)state;
    expect_error("break", 1, 1, "outside a loop");
    expect_error("while x do local function f() break end end", 1, 31, "outside a loop");
    expect_error("goto nowhere", 1, 1, "no such label");
    expect_error("do ::a:: end goto a", 1, 14, "no such label");
    expect_error("goto a; local x; ::a:: print(x)", 1, 1, "jumps into the scope of local x");
    expect_error("::a:: ::a::", 1, 7, "already defined on line 1");
    expect_error("local function f() return ... end", 1, 27, "outside a function that takes");
    expect_error("local x <const> = 1; x = 2", 1, 22, "x is <const>");
    expect_error("local x <fixed> = 1", 1, 10, "expected const or close");
    expect_error("f() = 1", 1, 1, "only a name or a field");
    expect_error("return 1 x = 2", 1, 10, "end of the block after return");
    struct syntax *syntax =
        parse("do goto a; local x; ::a:: ; end for i = 1, 2 do goto a; local y ::a:: end "
              "::b:: do goto b end local function f() ::b:: end");
    syntax_free(syntax);
}

static char *repeated(const char *before, const char *piece, size_t count, const char *after)
{
    struct buffer text = {0};
    buffer_add_text(&text, before);
    while (count--)
        buffer_add_text(&text, piece);
    buffer_add_text(&text, after);
    return buffer_take(&text);
}

static void expect_limit(char *text, bool accepted)
{
    struct syntax_error error;
    struct syntax *syntax = syntax_parse(text, strlen(text), &error);
    assert_int_equal(syntax != NULL, accepted);
    assert_true(accepted || error.message[0]);
    syntax_free(syntax);
    free(text);
}

static void depth_and_length_are_bounded(void **state)
{
    (void)state;
    expect_limit(repeated("return ", "not ", SYNTAX_NESTING_MAX - 2, "1"), true);
    expect_limit(repeated("return ", "not ", SYNTAX_NESTING_MAX, "1"), false);
    expect_limit(repeated("return ", "{", 100000, ""), false);
    expect_limit(repeated("return ", "- ", 100000, "1"), false);
    expect_limit(repeated("return ", "a .. ", 100000, "1"), false);
    expect_limit(repeated("", "do ", 100000, ""), false);
    expect_limit(repeated("return f", "(1)", 100000, ""), false);
    expect_limit(repeated("return a", ".b", 100000, ""), false);
    expect_limit(repeated("return 1", " + 1", 100000, ""), false);
    expect_limit(repeated("return 1", " + 1", 900, ""), true);
    expect_limit(repeated("return {", "1,", 100000, "}"), true);
    expect_limit(repeated("", "local a ", SYNTAX_LOCALS_MAX, ""), true);
    expect_limit(repeated("", "local a ", SYNTAX_LOCALS_MAX + 1, ""), false);
    expect_limit(repeated("if a then ", "elseif b then ", 100000, "end"), true);
    expect_limit(repeated("--[", "=", 100000, "[ ]="), false);
}

static void an_oversized_file_is_refused(void **state)
{
    (void)state;
    char *text = memory_new(SYNTAX_TEXT_MAX + 1, 1);
    memset(text, ' ', SYNTAX_TEXT_MAX + 1);
    struct syntax_error error;
    assert_null(syntax_parse(text, SYNTAX_TEXT_MAX + 1, &error));
    assert_non_null(strstr(error.message, "larger than 4 MiB"));
    struct syntax *syntax = syntax_parse(text, SYNTAX_TEXT_MAX, &error);
    assert_non_null(syntax);
    syntax_free(syntax);
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(operators_bind_as_in_lua),
        cmocka_unit_test(suffixes_chain),
        cmocka_unit_test(texts_are_unescaped),
        cmocka_unit_test(whole_numbers_and_floats_differ),
        cmocka_unit_test(every_node_knows_its_place),
        cmocka_unit_test(names_know_what_they_name),
        cmocka_unit_test(methods_have_self),
        cmocka_unit_test(walking_visits_every_node_once),
        cmocka_unit_test(table_keys_are_found),
        cmocka_unit_test(global_functions_are_told_from_others),
        cmocka_unit_test(errors_say_what_to_write),
        cmocka_unit_test(what_is_missing_is_told_where_it_is_missing),
        cmocka_unit_test(texts_are_closed_where_they_should_be),
        cmocka_unit_test(each_mistake_is_told_once),
        cmocka_unit_test(runs_of_foreign_marks_are_read),
        cmocka_unit_test(what_was_meant_is_read_on),
        cmocka_unit_test(rules_of_scope_are_kept),
        cmocka_unit_test(depth_and_length_are_bounded),
        cmocka_unit_test(an_oversized_file_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
