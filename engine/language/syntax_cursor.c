// SPDX-License-Identifier: MIT
// Where the parser stands: its current token, what it expects next, and the nodes it opens and
// closes.
#include "engine/language/syntax_inside.h"

#include <stdio.h>
#include <string.h>

// ---- tokens ----

void parser_advance(struct parser *parser)
{
    parser->last_end = parser->token.end;
    if (parser->has_ahead) {
        parser->token = parser->ahead;
        parser->has_ahead = false;
    } else {
        parser->token = lexer_next(&parser->lexer);
    }
    if (parser->lexer.failed)
        parser->token.kind = TOKEN_FINISH;
}

const struct token *parser_peek(struct parser *parser)
{
    if (!parser->has_ahead) {
        parser->ahead = lexer_next(&parser->lexer);
        parser->has_ahead = true;
    }
    return &parser->ahead;
}

bool parser_at(const struct parser *parser, enum token_kind kind)
{
    return parser->token.kind == kind;
}

bool parser_at_byte(const struct parser *parser, char byte)
{
    return parser->token.kind == TOKEN_BYTE && parser->token.byte == byte;
}

bool parser_accept_byte(struct parser *parser, char byte)
{
    if (!parser_at_byte(parser, byte))
        return false;
    parser_advance(parser);
    return true;
}

void parser_fail(struct parser *parser, const char *message)
{
    lexer_fail(&parser->lexer, parser->token.line, parser->token.column, "%s", message);
    parser->token.kind = TOKEN_FINISH;
    parser->has_ahead = false;
}

void parser_fail_here(struct parser *parser, const char *wanted)
{
    char found[80], message[300];
    token_describe(&parser->lexer, &parser->token, found);
    const char *hint = "";
    if (parser_at_byte(parser, '=') && strcmp(wanted, "a name") != 0)
        hint = "; to compare, write ==";
    else if (parser_at_byte(parser, '&') || parser_at_byte(parser, '|'))
        hint = "; write and, or";
    else if (parser->token.kind < TOKEN_NAME && strcmp(wanted, "a name") == 0)
        hint = ", which is a word of Lua itself; write [\"...\"]";
    snprintf(message, sizeof message, "expected %s, but here is %s%s", wanted, found, hint);
    parser_fail(parser, message);
}

static const char *token_word(enum token_kind kind, char byte, char text[2])
{
    text[0] = byte;
    text[1] = '\0';
    switch ((int)kind) {
    case TOKEN_BYTE:
        return text;
    case TOKEN_END:
        return "end";
    case TOKEN_UNTIL:
        return "until";
    case TOKEN_THEN:
        return "then";
    case TOKEN_DO:
        return "do";
    case TOKEN_IN:
        return "in";
    case TOKEN_LABEL:
        return "::";
    }
    return "?";
}

void parser_expect(struct parser *parser, enum token_kind kind, const char *what)
{
    if (parser_at(parser, kind)) {
        parser_advance(parser);
        return;
    }
    char text[2], wanted[160];
    snprintf(wanted, sizeof wanted, "\"%s\" %s", token_word(kind, 0, text), what);
    parser_fail_here(parser, wanted);
}

void parser_expect_byte(struct parser *parser, char byte, const char *why)
{
    if (parser_accept_byte(parser, byte))
        return;
    char wanted[160];
    snprintf(wanted, sizeof wanted, "\"%c\" %s", byte, why);
    parser_fail_here(parser, wanted);
}

// What closes `open`; the message names the line of the opening.
void parser_expect_close(struct parser *parser, enum token_kind kind, char byte,
                         const struct token *open)
{
    if (parser_at(parser, kind) && (kind != TOKEN_BYTE || parser->token.byte == byte)) {
        parser_advance(parser);
        return;
    }
    char text[2], opening[80], wanted[200];
    token_describe(&parser->lexer, open, opening);
    int length = snprintf(wanted, sizeof wanted, "\"%s\" that closes %s",
                          token_word(kind, byte, text), opening);
    if (open->line != parser->token.line)
        snprintf(wanted + length, sizeof wanted - (size_t)length, " of line %u", open->line);
    parser_fail_here(parser,
                     byte == '}' && open->line == parser->token.line ? "\",\" or \"}\"" : wanted);
}

bool parser_enter(struct parser *parser)
{
    if (++parser->nesting <= SYNTAX_NESTING_MAX)
        return true;
    parser_fail(parser, "too many things inside one another; split this into local functions");
    parser->nesting--;
    return false;
}

// ---- nodes ----

struct node *node_open(struct parser *parser, enum node_kind kind)
{
    struct node *node = arena_take(parser->syntax->arena, 1, sizeof *node);
    node->kind = kind;
    node->line = parser->token.line;
    node->column = parser->token.column;
    node->begin = parser->token.begin;
    node->end = parser->token.begin;
    node->id = parser->syntax->node_count++;
    node->height = 1;
    return node;
}

struct node *node_open_at(struct parser *parser, enum node_kind kind, const struct node *start)
{
    struct node *node = node_open(parser, kind);
    node->line = start->line;
    node->column = start->column;
    node->begin = start->begin;
    return node;
}

struct node *node_close(struct parser *parser, struct node *node)
{
    // A node without a token of its own stands right behind what came before it.
    if (parser->last_end < node->begin)
        node->begin = parser->last_end;
    node->end = parser->last_end;
    return node;
}

void node_add(struct parser *parser, struct node *parent, struct node *child)
{
    child->parent = parent;
    if (parent->last)
        parent->last->next = child;
    else
        parent->first = child;
    parent->last = child;
    if (child->height >= parent->height)
        parent->height = (uint16_t)(child->height + 1);
    if (parent->height > SYNTAX_HEIGHT_MAX && !parser->lexer.failed)
        parser_fail(parser, "this expression is too long; split it with local variables");
    // After the failure the height no longer grows, however long the unwinding.
    if (parent->height > SYNTAX_HEIGHT_MAX)
        parent->height = SYNTAX_HEIGHT_MAX;
}
