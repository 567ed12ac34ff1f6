// SPDX-License-Identifier: MIT
// Statements of Lua 5.4. After the first error every token is the end of the text, so that all
// loops run out by themselves.
#include "engine/language/syntax_inside.h"

#include "engine/base/memory.h"
#include "engine/base/mistake.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct node *declare(struct parser *parser, enum symbol_kind kind, bool at_once)
{
    struct node *node = node_open(parser, NODE_DECLARATION);
    node->text = parser->token.text;
    if (!parser_at(parser, TOKEN_NAME)) {
        parser_fail_here(parser, mistake_WANTED_NAME);
        return node_close(parser, node);
    }
    struct symbol *symbol = scope_symbol(parser, node, parser->token.code, kind);
    parser_advance(parser);
    if (at_once)
        scope_activate(parser, symbol);
    return node_close(parser, node);
}

static void activate_all(struct parser *parser, struct node *declarations)
{
    for (struct node *node = declarations->first; node; node = node->next)
        if (node->symbol)
            scope_activate(parser, node->symbol);
}

static bool block_ends(const struct parser *parser)
{
    switch ((int)parser->token.kind) {
    case TOKEN_FINISH:
    case TOKEN_END:
    case TOKEN_ELSE:
    case TOKEN_ELSEIF:
    case TOKEN_UNTIL:
        return true;
    }
    return false;
}

static struct node *parse_return(struct parser *parser)
{
    struct node *node = node_open(parser, NODE_RETURN);
    parser_advance(parser);
    if (!block_ends(parser) && !parser_at_byte(parser, ';')) {
        do
            node_add(parser, node, parse_expression(parser));
        while (parser_accept_byte(parser, ','));
    }
    parser_accept_byte(parser, ';');
    if (!block_ends(parser))
        parser_fail_here(parser, mistake_WANTED_BLOCK_END);
    return node_close(parser, node);
}

static struct node *parse_statement(struct parser *parser);

// Fills `block` up to the word that ends it; the caller has opened the scope.
struct node *parse_block(struct parser *parser, struct node *block)
{
    while (!block_ends(parser)) {
        if (parser_at(parser, TOKEN_RETURN)) {
            node_add(parser, block, parse_return(parser));
            break;
        }
        struct node *statement = parse_statement(parser);
        if (statement)
            node_add(parser, block, statement);
    }
    return node_close(parser, block);
}

static struct node *parse_scoped_block(struct parser *parser, bool loop)
{
    struct lexical_block block;
    scope_open(parser, &block, loop);
    struct node *node = parse_block(parser, node_open(parser, NODE_BLOCK));
    scope_close(parser);
    return node;
}

static void parse_parameters(struct parser *parser, struct node *function, struct node *list)
{
    parser_expect_byte(parser, '(', mistake_WANTED_BEFORE_PARAMETERS);
    if (!parser_at_byte(parser, ')')) {
        do {
            if (parser_at(parser, TOKEN_DOTS)) {
                function->varargs = true;
                parser_advance(parser);
                break;
            }
            node_add(parser, list, declare(parser, SYMBOL_PARAMETER, true));
        } while (parser_accept_comma(parser, ')'));
    }
    parser_expect_byte(parser, ')', mistake_WANTED_AFTER_PARAMETERS);
}

// From the parameters to the end that closes `start`, the word function.
struct node *parse_function_body(struct parser *parser, const struct token *start, bool self)
{
    struct node *node = node_open(parser, NODE_FUNCTION);
    struct function function = {.outer = parser->function, .node = node};
    struct lexical_block block;
    parser->function = &function;
    scope_open(parser, &block, false);
    // A loop around the function is not a loop of the function.
    struct node *list = node_open(parser, NODE_LIST);
    if (self) {
        uint32_t code = dictionary_add(parser->lexer.words, "self", 4);
        struct node *hidden = node_open(parser, NODE_DECLARATION);
        hidden->text = (struct text){"self", 4};
        scope_activate(parser, scope_symbol(parser, hidden, code, SYMBOL_PARAMETER));
        node_add(parser, list, hidden);
    }
    parse_parameters(parser, node, list);
    node_add(parser, node, node_close(parser, list));
    node_add(parser, node, parse_block(parser, node_open(parser, NODE_BLOCK)));
    scope_close(parser);
    parser->function = function.outer;
    parser_expect_close(parser, TOKEN_END, 0, start);
    return node_close(parser, node);
}

static struct node *parse_if(struct parser *parser)
{
    struct node *node = node_open(parser, NODE_IF);
    struct token open = parser->token;
    do {
        parser_advance(parser);
        node_add(parser, node, parse_condition(parser));
        parser_expect_opening(parser, TOKEN_THEN, mistake_OPENING_MISSING);
        node_add(parser, node, parse_scoped_block(parser, false));
    } while (parser_at(parser, TOKEN_ELSEIF));
    if (parser_at(parser, TOKEN_ELSE)) {
        parser_advance(parser);
        node_add(parser, node, parse_scoped_block(parser, false));
    }
    parser_expect_close(parser, TOKEN_END, 0, &open);
    return node_close(parser, node);
}

static struct node *parse_while(struct parser *parser)
{
    struct node *node = node_open(parser, NODE_WHILE);
    struct token open = parser->token;
    parser_advance(parser);
    node_add(parser, node, parse_condition(parser));
    parser_expect_opening(parser, TOKEN_DO, mistake_OPENING_MISSING);
    node_add(parser, node, parse_scoped_block(parser, true));
    parser_expect_close(parser, TOKEN_END, 0, &open);
    return node_close(parser, node);
}

static struct node *parse_repeat(struct parser *parser)
{
    struct node *node = node_open(parser, NODE_REPEAT);
    struct token open = parser->token;
    struct lexical_block loop, body;
    parser_advance(parser);
    scope_open(parser, &loop, true);
    scope_open(parser, &body, false);
    node_add(parser, node, parse_block(parser, node_open(parser, NODE_BLOCK)));
    parser_expect_close(parser, TOKEN_UNTIL, 0, &open);
    // The condition sees the locals of the block.
    node_add(parser, node, parse_expression(parser));
    scope_close(parser);
    scope_close(parser);
    return node_close(parser, node);
}

static struct node *parse_for(struct parser *parser)
{
    struct node *node = node_open(parser, NODE_FOR_EACH);
    struct token open = parser->token;
    struct lexical_block outer, inner;
    parser_advance(parser);
    scope_open(parser, &outer, true);
    struct node *list = node_open(parser, NODE_LIST);
    struct node *first = declare(parser, SYMBOL_LOOP, false);
    if (parser_at_byte(parser, '=')) {
        node->kind = NODE_FOR_NUMBER;
        node_add(parser, node, first);
        parser_advance(parser);
        node_add(parser, node, parse_expression(parser));
        parser_expect_byte(parser, ',', mistake_WANTED_BETWEEN);
        node_add(parser, node, parse_expression(parser));
        if (parser_accept_byte(parser, ','))
            node_add(parser, node, parse_expression(parser));
        scope_reserve(parser, 3);
    } else {
        node_add(parser, list, first);
        while (parser_accept_byte(parser, ','))
            node_add(parser, list, declare(parser, SYMBOL_LOOP, false));
        node_add(parser, node, node_close(parser, list));
        parser_expect(parser, TOKEN_IN, mistake_WANTED_IN);
        node_add(parser, node, parse_values(parser));
        scope_reserve(parser, 4);
    }
    parser_expect_opening(parser, TOKEN_DO, mistake_FOR_OPENING_MISSING);
    scope_open(parser, &inner, false);
    if (node->kind == NODE_FOR_EACH)
        activate_all(parser, list);
    else if (first->symbol)
        scope_activate(parser, first->symbol);
    node_add(parser, node, parse_block(parser, node_open(parser, NODE_BLOCK)));
    scope_close(parser);
    scope_close(parser);
    parser_expect_close(parser, TOKEN_END, 0, &open);
    return node_close(parser, node);
}

static struct node *parse_function_statement(struct parser *parser)
{
    struct node *node = node_open(parser, NODE_FUNCTION_STATEMENT);
    struct token start = parser->token;
    parser_advance(parser);
    struct node *target = parse_name(parser);
    if (target->symbol) {
        target->symbol->assigned = true;
        if (target->symbol->constant &&
            !(parser_at_byte(parser, '.') || parser_at_byte(parser, ':')))
            parser_fail(parser, mistake_CONSTANT_LOCAL);
    }
    while (!node->method && (parser_at_byte(parser, '.') || parser_at_byte(parser, ':'))) {
        node->method = parser_at_byte(parser, ':');
        struct node *index = node_open_at(parser, NODE_INDEX, target);
        parser_advance(parser);
        struct node *key = node_open(parser, NODE_STRING);
        key->text = parser->token.text;
        if (parser_at(parser, TOKEN_NAME))
            parser_advance(parser);
        else
            parser_fail_here(parser, mistake_WANTED_NAME);
        node_add(parser, index, target);
        node_add(parser, index, node_close(parser, key));
        target = node_close(parser, index);
    }
    node_add(parser, node, target);
    node_add(parser, node, parse_function_body(parser, &start, node->method));
    return node_close(parser, node);
}

static void parse_attribute(struct parser *parser, struct node *declaration, bool *closes)
{
    if (!parser_accept_byte(parser, '<'))
        return;
    struct token word = parser->token;
    bool is_close = text_is(word.text, "close") && word.kind == TOKEN_NAME;
    if (!is_close && (word.kind != TOKEN_NAME || !text_is(word.text, "const"))) {
        parser_fail_here(parser, mistake_WANTED_ATTRIBUTE);
        return;
    }
    if (is_close && *closes)
        parser_fail(parser, mistake_ONE_CLOSE);
    *closes |= is_close;
    parser_advance(parser);
    parser_expect_byte(parser, '>', mistake_WANTED_AFTER_ATTRIBUTE);
    if (declaration->symbol)
        declaration->symbol->constant = true;
}

static struct node *parse_local(struct parser *parser)
{
    struct node *node = node_open(parser, NODE_LOCAL);
    parser_advance(parser);
    if (parser_at(parser, TOKEN_FUNCTION)) {
        node->kind = NODE_LOCAL_FUNCTION;
        struct token start = parser->token;
        parser_advance(parser);
        node_add(parser, node, declare(parser, SYMBOL_LOCAL, true));
        node_add(parser, node, parse_function_body(parser, &start, false));
        return node_close(parser, node);
    }
    struct node *list = node_open(parser, NODE_LIST);
    bool closes = false;
    do {
        struct node *declaration = declare(parser, SYMBOL_LOCAL, false);
        parse_attribute(parser, declaration, &closes);
        node_add(parser, list, declaration);
    } while (parser_accept_byte(parser, ','));
    node_add(parser, node, node_close(parser, list));
    if (parser_accept_byte(parser, '='))
        node_add(parser, node, parse_values(parser));
    else
        node_add(parser, node, node_close(parser, node_open(parser, NODE_LIST)));
    activate_all(parser, list);
    return node_close(parser, node);
}

static void check_target(struct parser *parser, struct node *target)
{
    if (target->kind == NODE_NAME && target->symbol) {
        target->symbol->assigned = true;
        if (target->symbol->constant)
            lexer_fail(&parser->lexer, target->line, target->column, mistake_CONSTANT,
                       target->text.bytes);
    } else if (target->kind != NODE_NAME && target->kind != NODE_INDEX) {
        lexer_fail(&parser->lexer, target->line, target->column, mistake_TARGET);
    }
}

// What a statement that does nothing was meant to be.
static const char *idle_statement(const struct parser *parser, const struct token *start)
{
    struct text word = start->text;
    bool name = start->kind == TOKEN_NAME;
    if (name && (text_is(word, "elif") || text_is(word, "elsif")))
        return mistake_IDLE_ELSEIF;
    if (name && text_is(word, "continue"))
        return mistake_IDLE_CONTINUE;
    if (name && (text_is(word, "var") || text_is(word, "let") || text_is(word, "const")))
        return mistake_IDLE_LOCAL;
    if (name && parser_at(parser, TOKEN_NAME) &&
        (text_is(word, "control") || text_is(word, "cases")))
        return mistake_IDLE_ID;
    if (name && text_is(word, "endif"))
        return mistake_IDLE_END;
    if (parser_at(parser, TOKEN_EQ))
        return mistake_IDLE_EQUAL;
    return mistake_IDLE;
}

static struct node *parse_call_or_assign(struct parser *parser)
{
    struct token start = parser->token;
    struct node *first = parse_suffixed(parser);
    if (!parser_at_byte(parser, '=') && !parser_at_byte(parser, ',')) {
        if (first->kind != NODE_CALL && first->kind != NODE_METHOD_CALL && !parser->lexer.failed) {
            lexer_fail(&parser->lexer, start.line, start.column, idle_statement(parser, &start),
                       "");
            parser->token.kind = TOKEN_FINISH;
            parser->has_ahead = false;
        }
        struct node *call = node_open_at(parser, NODE_CALL_STATEMENT, first);
        node_add(parser, call, first);
        return node_close(parser, call);
    }
    struct node *node = node_open_at(parser, NODE_ASSIGN, first);
    struct node *targets = node_open_at(parser, NODE_LIST, first);
    node_add(parser, targets, first);
    check_target(parser, first);
    while (parser_accept_byte(parser, ',')) {
        struct node *target = parse_suffixed(parser);
        node_add(parser, targets, target);
        check_target(parser, target);
    }
    node_add(parser, node, node_close(parser, targets));
    parser_expect_byte(parser, '=', mistake_WANTED_VALUES);
    node_add(parser, node, parse_values(parser));
    return node_close(parser, node);
}

static struct node *parse_label(struct parser *parser)
{
    struct node *node = node_open(parser, NODE_LABEL);
    parser_advance(parser);
    node->text = parser->token.text;
    uint32_t code = parser->token.code;
    if (!parser_at(parser, TOKEN_NAME)) {
        parser_fail_here(parser, mistake_WANTED_NAME);
        return node;
    }
    parser_advance(parser);
    parser_expect(parser, TOKEN_LABEL, mistake_WANTED_AFTER_LABEL);
    node_close(parser, node);
    while (parser_accept_byte(parser, ';'))
        continue;
    // In repeat the condition still sees the locals, so until does not end their scope.
    bool last = block_ends(parser) && !parser_at(parser, TOKEN_UNTIL);
    if (!parser->lexer.failed)
        scope_label(parser, node, code, last);
    return node;
}

static struct node *parse_jump(struct parser *parser)
{
    struct node *node = node_open(parser, NODE_GOTO);
    if (parser_at(parser, TOKEN_BREAK)) {
        node->kind = NODE_BREAK;
        if (!scope_in_loop(parser))
            parser_fail(parser, mistake_BREAK_OUTSIDE);
        parser_advance(parser);
        return node_close(parser, node);
    }
    parser_advance(parser);
    node->text = parser->token.text;
    if (parser_at(parser, TOKEN_NAME)) {
        scope_goto(parser, node, parser->token.code);
        parser_advance(parser);
    } else {
        parser_fail_here(parser, mistake_WANTED_LABEL);
    }
    return node_close(parser, node);
}

static struct node *parse_do(struct parser *parser)
{
    struct node *node = node_open(parser, NODE_DO);
    struct token open = parser->token;
    parser_advance(parser);
    node_add(parser, node, parse_scoped_block(parser, false));
    parser_expect_close(parser, TOKEN_END, 0, &open);
    return node_close(parser, node);
}

static struct node *parse_compound(struct parser *parser)
{
    switch ((int)parser->token.kind) {
    case TOKEN_IF:
        return parse_if(parser);
    case TOKEN_WHILE:
        return parse_while(parser);
    case TOKEN_DO:
        return parse_do(parser);
    case TOKEN_FOR:
        return parse_for(parser);
    case TOKEN_REPEAT:
        return parse_repeat(parser);
    case TOKEN_FUNCTION:
        return parse_function_statement(parser);
    case TOKEN_LOCAL:
        return parse_local(parser);
    case TOKEN_LABEL:
        return parse_label(parser);
    case TOKEN_BREAK:
    case TOKEN_GOTO:
        return parse_jump(parser);
    }
    return parse_call_or_assign(parser);
}

// NULL for an empty statement.
static struct node *parse_statement(struct parser *parser)
{
    if (parser_accept_byte(parser, ';'))
        return NULL;
    if (!parser_enter(parser))
        return NULL;
    struct node *node = parse_compound(parser);
    parser->nesting--;
    return node;
}

// From a place where a statement of the file begins.
static void parse_file(struct parser *parser)
{
    struct function function = {0};
    struct lexical_block block;
    parser_advance(parser);
    struct node *root = node_open(parser, NODE_FUNCTION);
    root->varargs = true;
    root->begin = 0;
    function.node = root;
    parser->function = &function;
    scope_open(parser, &block, false);
    node_add(parser, root, node_close(parser, node_open(parser, NODE_LIST)));
    node_add(parser, root, parse_block(parser, node_open(parser, NODE_BLOCK)));
    scope_close(parser);
    if (!parser_at(parser, TOKEN_FINISH))
        parser_fail_here(parser, mistake_WANTED_STATEMENT);
    root->end = (uint32_t)parser->syntax->length;
    parser->syntax->root = root;
}

// What is open explains what stopped the parser; a text that is never closed, both.
static void explain(struct parser *parser, size_t begin, size_t stopped, size_t *at, uint32_t *line)
{
    struct lexer *lexer = &parser->lexer;
    struct syntax_errors balance = {.count = 0};
    if (!balance_check(parser->syntax, begin, *line, stopped, &balance, at, line) ||
        lexer->certain || (lexer->broken && lexer->broken_line < *line))
        return;
    balance.items[0].read = begin;
    if (lexer->failure)
        *lexer->failure = balance.items[0];
    else if (lexer->errors->count < SYNTAX_ERRORS_MAX)
        lexer->errors->items[lexer->errors->count++] = balance.items[0];
}

// Parses from `*at` on; false where it failed: `*at` and `*line` are then where the next statement
// of the file begins.
static bool parse_part(struct syntax *syntax, struct syntax_errors *errors, size_t *at,
                       uint32_t *line)
{
    struct syntax_errors own = {.count = 0};
    struct parser parser = {.syntax = syntax, .last_symbol = &syntax->symbols};
    lexer_init(&parser.lexer, syntax, &own);
    if (*at > 0) {
        parser.lexer.at = *at;
        parser.lexer.line = *line;
    }
    parse_file(&parser);
    bool failed = parser.lexer.failed, broken = parser.lexer.broken;
    size_t begin = *at, stopped = parser.lexer.at;
    *at = syntax->length;
    if (failed)
        explain(&parser, begin, stopped, at, line);
    for (size_t i = 0; i < own.count && errors->count < SYNTAX_ERRORS_MAX; i++)
        if (own.items[i].read <= *at)
            errors->items[errors->count++] = own.items[i];
    lexer_clear(&parser.lexer);
    free(parser.active);
    free(parser.labels);
    free(parser.jumps);
    return !failed && !broken;
}

static int compare_places(const void *a, const void *b)
{
    const struct syntax_error *left = a, *right = b;
    if (left->line != right->line)
        return left->line < right->line ? -1 : 1;
    return (left->column > right->column) - (left->column < right->column);
}

struct syntax *syntax_read(const char *text, size_t length, struct syntax_errors *errors)
{
    errors->count = 0;
    if (length > SYNTAX_TEXT_MAX) {
        errors->items[errors->count++] = (struct syntax_error){.line = 1, .column = 1};
        snprintf(errors->items[0].message, sizeof errors->items[0].message,
                 mistake_words(mistake_FILE_TOO_LARGE), SYNTAX_TEXT_MAX >> 20);
        return NULL;
    }
    struct arena *arena = arena_new();
    struct syntax *syntax = arena_take(arena, 1, sizeof *syntax);
    *syntax = (struct syntax){.arena = arena, .length = length};
    syntax->text = arena_text_n(arena, text, length);
    size_t at = 0;
    uint32_t line = 1;
    bool whole = parse_part(syntax, errors, &at, &line);
    for (int parts = 1; !whole && parts < SYNTAX_PARTS_MAX && at > 0 && at < length; parts++)
        parse_part(syntax, errors, &at, &line);
    qsort(errors->items, errors->count, sizeof *errors->items, compare_places);
    if (whole)
        return syntax;
    syntax_free(syntax);
    return NULL;
}

struct syntax *syntax_parse(const char *text, size_t length, struct syntax_error *error)
{
    struct syntax_errors errors;
    struct syntax *syntax = syntax_read(text, length, &errors);
    *error = (struct syntax_error){.line = 1, .column = 1};
    if (!errors.count)
        return syntax;
    *error = errors.items[0];
    syntax_free(syntax);
    return NULL;
}
