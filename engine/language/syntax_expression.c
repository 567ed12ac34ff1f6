// SPDX-License-Identifier: MIT
// Expressions of Lua 5.4, by precedence climbing.
#include "engine/language/syntax_inside.h"

#include "engine/base/mistake.h"

static const struct {
    enum operator op;
    int left, right; // binding powers
} binary[] = {
    {OPERATOR_OR, 1, 1},
    {OPERATOR_AND, 2, 2},
    {OPERATOR_LT, 3, 3},
    {OPERATOR_GT, 3, 3},
    {OPERATOR_LE, 3, 3},
    {OPERATOR_GE, 3, 3},
    {OPERATOR_NE, 3, 3},
    {OPERATOR_EQ, 3, 3},
    {OPERATOR_BIT_OR, 4, 4},
    {OPERATOR_BIT_XOR, 5, 5},
    {OPERATOR_BIT_AND, 6, 6},
    {OPERATOR_SHIFT_LEFT, 7, 7},
    {OPERATOR_SHIFT_RIGHT, 7, 7},
    {OPERATOR_CONCAT, 9, 8},
    {OPERATOR_ADD, 10, 10},
    {OPERATOR_SUBTRACT, 10, 10},
    {OPERATOR_MULTIPLY, 11, 11},
    {OPERATOR_DIVIDE, 11, 11},
    {OPERATOR_FLOOR_DIVIDE, 11, 11},
    {OPERATOR_MODULO, 11, 11},
    {OPERATOR_POWER, 14, 13},
};
enum { UNARY_POWER = 12 };

static enum operator token_operator(const struct token *token)
{
    switch ((int)token->kind) {
    case TOKEN_OR:
        return OPERATOR_OR;
    case TOKEN_AND:
        return OPERATOR_AND;
    case TOKEN_LE:
        return OPERATOR_LE;
    case TOKEN_GE:
        return OPERATOR_GE;
    case TOKEN_NE:
        return OPERATOR_NE;
    case TOKEN_EQ:
        return OPERATOR_EQ;
    case TOKEN_SHIFT_LEFT:
        return OPERATOR_SHIFT_LEFT;
    case TOKEN_SHIFT_RIGHT:
        return OPERATOR_SHIFT_RIGHT;
    case TOKEN_CONCAT:
        return OPERATOR_CONCAT;
    case TOKEN_FLOOR_DIVIDE:
        return OPERATOR_FLOOR_DIVIDE;
    case TOKEN_BYTE:
        break;
    default:
        return OPERATOR_NONE;
    }
    switch (token->byte) {
    case '<':
        return OPERATOR_LT;
    case '>':
        return OPERATOR_GT;
    case '|':
        return OPERATOR_BIT_OR;
    case '~':
        return OPERATOR_BIT_XOR;
    case '&':
        return OPERATOR_BIT_AND;
    case '+':
        return OPERATOR_ADD;
    case '-':
        return OPERATOR_SUBTRACT;
    case '*':
        return OPERATOR_MULTIPLY;
    case '/':
        return OPERATOR_DIVIDE;
    case '%':
        return OPERATOR_MODULO;
    case '^':
        return OPERATOR_POWER;
    }
    return OPERATOR_NONE;
}

static enum operator unary_operator(const struct token *token)
{
    if (token->kind == TOKEN_NOT)
        return OPERATOR_NOT;
    if (token->kind != TOKEN_BYTE)
        return OPERATOR_NONE;
    switch (token->byte) {
    case '-':
        return OPERATOR_NEGATE;
    case '#':
        return OPERATOR_LENGTH;
    case '~':
        return OPERATOR_BIT_NOT;
    }
    return OPERATOR_NONE;
}

static struct node *parse_string(struct parser *parser)
{
    struct node *node = node_open(parser, NODE_STRING);
    node->text = parser->token.text;
    parser_advance(parser);
    return node_close(parser, node);
}

// A name used as a key or a method stands for its text.
static struct node *parse_key_name(struct parser *parser)
{
    struct node *node = node_open(parser, NODE_STRING);
    node->text = parser->token.text;
    if (parser_at(parser, TOKEN_NAME))
        parser_advance(parser);
    else
        parser_fail_here(parser, mistake_WANTED_NAME);
    return node_close(parser, node);
}

// Whether a name stands right behind the token after this one: a:b
static bool followed_by_name(struct parser *parser)
{
    const struct syntax *syntax = parser->syntax;
    size_t at = parser_peek(parser)->end;
    char byte = at < syntax->length ? syntax->text[at] : ' ';
    return (byte | 0x20) >= 'a' && (byte | 0x20) <= 'z';
}

static struct node *parse_item(struct parser *parser)
{
    // title: "..." is how JSON has it; a:b() is a call, and no value begins with it in a rule.
    bool named = parser_at(parser, TOKEN_NAME) && parser_peek(parser)->kind == TOKEN_BYTE &&
                 (parser_peek(parser)->byte == '=' ||
                  (parser_peek(parser)->byte == ':' && !followed_by_name(parser)));
    if (!named && !parser_at_byte(parser, '['))
        return parse_expression(parser);
    struct node *pair = node_open(parser, NODE_PAIR);
    if (named) {
        node_add(parser, pair, parse_key_name(parser));
    } else {
        struct token open = parser->token;
        parser_advance(parser);
        node_add(parser, pair, parse_expression(parser));
        parser_expect_close(parser, TOKEN_BYTE, ']', &open);
    }
    if (parser_at_byte(parser, ':')) {
        lexer_note(&parser->lexer, parser->token.line, parser->token.column, mistake_COLON_KEY);
        parser_advance(parser);
    } else {
        parser_expect_byte(parser, '=', mistake_WANTED_AFTER_KEY);
    }
    node_add(parser, pair, parse_expression(parser));
    return node_close(parser, pair);
}

static struct node *parse_table(struct parser *parser)
{
    struct node *table = node_open(parser, NODE_TABLE);
    struct token open = parser->token;
    parser_advance(parser);
    while (!parser_at_byte(parser, '}') && !parser_at(parser, TOKEN_FINISH)) {
        node_add(parser, table, parse_item(parser));
        if (!parser_accept_comma(parser, '}'))
            break;
    }
    parser_expect_close(parser, TOKEN_BYTE, '}', &open);
    return node_close(parser, table);
}

static struct node *parse_simple(struct parser *parser)
{
    enum node_kind kind;
    switch ((int)parser->token.kind) {
    case TOKEN_NIL:
        kind = NODE_NIL;
        break;
    case TOKEN_TRUE:
        kind = NODE_TRUE;
        break;
    case TOKEN_FALSE:
        kind = NODE_FALSE;
        break;
    case TOKEN_INTEGER:
        kind = NODE_INTEGER;
        break;
    case TOKEN_FLOAT:
        kind = NODE_FLOAT;
        break;
    case TOKEN_DOTS:
        kind = NODE_VARARGS;
        if (!parser->function->node->varargs)
            lexer_fail(&parser->lexer, parser->token.line, parser->token.column,
                       mistake_DOTS_OUTSIDE);
        break;
    case TOKEN_STRING:
        return parse_string(parser);
    case TOKEN_FUNCTION: {
        struct token start = parser->token;
        parser_advance(parser);
        struct node *function = parse_function_body(parser, &start, false);
        function->line = start.line;
        function->column = start.column;
        function->begin = start.begin;
        return function;
    }
    default:
        return parser_at_byte(parser, '{') ? parse_table(parser) : parse_suffixed(parser);
    }
    struct node *node = node_open(parser, kind);
    node->text = parser->token.text;
    node->integer = parser->token.integer;
    parser_advance(parser);
    return node_close(parser, node);
}

static struct node *parse_binary(struct parser *parser, int limit)
{
    struct node *left;
    if (!parser_enter(parser))
        return node_close(parser, node_open(parser, NODE_NIL));
    enum operator op = unary_operator(&parser->token);
    if (op != OPERATOR_NONE) {
        left = node_open(parser, NODE_UNARY);
        left->op = op;
        parser_advance(parser);
        node_add(parser, left, parse_binary(parser, UNARY_POWER));
        left = node_close(parser, left);
    } else {
        left = parse_simple(parser);
    }
    while ((op = token_operator(&parser->token)) != OPERATOR_NONE) {
        size_t row = (size_t)op - OPERATOR_OR;
        if (binary[row].left <= limit)
            break;
        struct node *node = node_open_at(parser, NODE_BINARY, left);
        node->op = op;
        parser_advance(parser);
        node_add(parser, node, left);
        node_add(parser, node, parse_binary(parser, binary[row].right));
        left = node_close(parser, node);
    }
    parser->nesting--;
    return left;
}

struct node *parse_expression(struct parser *parser)
{
    return parse_binary(parser, 0);
}

struct node *parse_condition(struct parser *parser)
{
    struct node *left = parse_expression(parser);
    if (!parser_at_byte(parser, '='))
        return left;
    lexer_note(&parser->lexer, parser->token.line, parser->token.column, mistake_COMPARE);
    struct node *node = node_open_at(parser, NODE_BINARY, left);
    node->op = OPERATOR_EQ;
    parser_advance(parser);
    node_add(parser, node, left);
    node_add(parser, node, parse_expression(parser));
    return node_close(parser, node);
}

struct node *parse_values(struct parser *parser)
{
    struct node *list = node_open(parser, NODE_LIST);
    do
        node_add(parser, list, parse_expression(parser));
    while (parser_accept_byte(parser, ','));
    return node_close(parser, list);
}

struct node *parse_name(struct parser *parser)
{
    struct node *node = node_open(parser, NODE_NAME);
    node->text = parser->token.text;
    if (parser_at(parser, TOKEN_NAME)) {
        scope_resolve(parser, node, parser->token.code);
        parser_advance(parser);
    } else {
        parser_fail_here(parser, mistake_WANTED_NAME);
    }
    return node_close(parser, node);
}

static struct node *parse_primary(struct parser *parser)
{
    if (parser_at(parser, TOKEN_NAME))
        return parse_name(parser);
    if (!parser_at_byte(parser, '(')) {
        parser_fail_here(parser, mistake_WANTED_EXPRESSION);
        return node_close(parser, node_open(parser, NODE_NIL));
    }
    struct token open = parser->token;
    struct node *node = node_open(parser, NODE_PARENTHESES);
    parser_advance(parser);
    node_add(parser, node, parse_expression(parser));
    parser_expect_close(parser, TOKEN_BYTE, ')', &open);
    return node_close(parser, node);
}

static bool at_arguments(const struct parser *parser)
{
    return parser_at(parser, TOKEN_STRING) || parser_at_byte(parser, '(') ||
           parser_at_byte(parser, '{');
}

static struct node *parse_arguments(struct parser *parser)
{
    struct node *list = node_open(parser, NODE_LIST);
    if (parser_at(parser, TOKEN_STRING)) {
        node_add(parser, list, parse_string(parser));
    } else if (parser_at_byte(parser, '{')) {
        node_add(parser, list, parse_table(parser));
    } else if (parser_at_byte(parser, '(')) {
        struct token open = parser->token;
        parser_advance(parser);
        if (!parser_at_byte(parser, ')')) {
            do
                node_add(parser, list, parse_expression(parser));
            while (parser_accept_comma(parser, ')'));
        }
        parser_expect_close(parser, TOKEN_BYTE, ')', &open);
    } else {
        parser_fail_here(parser, mistake_WANTED_ARGUMENTS);
    }
    return node_close(parser, list);
}

// One step after an expression: .name [key] :method(...) (...) "text" {...}
static struct node *parse_suffix(struct parser *parser, struct node *object)
{
    struct node *node;
    if (parser_at_byte(parser, '.')) {
        node = node_open_at(parser, NODE_INDEX, object);
        parser_advance(parser);
        node_add(parser, node, object);
        node_add(parser, node, parse_key_name(parser));
    } else if (parser_at_byte(parser, '[')) {
        struct token open = parser->token;
        node = node_open_at(parser, NODE_INDEX, object);
        parser_advance(parser);
        node_add(parser, node, object);
        node_add(parser, node, parse_expression(parser));
        parser_expect_close(parser, TOKEN_BYTE, ']', &open);
    } else if (parser_at_byte(parser, ':')) {
        node = node_open_at(parser, NODE_METHOD_CALL, object);
        parser_advance(parser);
        node_add(parser, node, object);
        node->text = parser->token.text;
        if (parser_at(parser, TOKEN_NAME))
            parser_advance(parser);
        else
            parser_fail_here(parser, mistake_WANTED_METHOD);
        node_add(parser, node, parse_arguments(parser));
    } else {
        node = node_open_at(parser, NODE_CALL, object);
        node_add(parser, node, object);
        node_add(parser, node, parse_arguments(parser));
    }
    return node_close(parser, node);
}

struct node *parse_suffixed(struct parser *parser)
{
    struct node *node = parse_primary(parser);
    while (parser_at_byte(parser, '.') || parser_at_byte(parser, '[') ||
           parser_at_byte(parser, ':') || at_arguments(parser))
        node = parse_suffix(parser, node);
    return node;
}
