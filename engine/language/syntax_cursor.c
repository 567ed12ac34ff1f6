// SPDX-License-Identifier: MIT
// Where the parser stands: its current token, what it expects next, and the nodes it opens and
// closes.
#include "engine/language/syntax_inside.h"

#include "engine/base/mistake.h"

#include <stdio.h>
#include <string.h>

// ---- tokens ----

void parser_advance(struct parser *parser)
{
    parser->last_end = parser->token.end;
    parser->last_line = parser->token.last_line;
    parser->last_column = parser->token.last_column;
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
    lexer_fail(&parser->lexer, parser->token.line, parser->token.column, message, "");
    parser->token.kind = TOKEN_FINISH;
    parser->has_ahead = false;
}

// What people write who know other languages.
static const char *foreign_word(const struct parser *parser)
{
    struct text word = parser->token.text;
    if (parser_at(parser, TOKEN_FLOOR_DIVIDE))
        return mistake_words(mistake_HINT_COMMENT);
    if (parser_at_byte(parser, '/') || parser_at_byte(parser, '#'))
        return mistake_words(mistake_HINT_COMMENT);
    if (!parser_at(parser, TOKEN_NAME))
        return "";
    if (text_is(word, "elif") || text_is(word, "elsif") || text_is(word, "elseIf"))
        return mistake_words(mistake_HINT_ELSEIF);
    if (text_is(word, "endif"))
        return mistake_words(mistake_HINT_END);
    return "";
}

void parser_fail_here(struct parser *parser, const char *wanted)
{
    char found[80];
    token_describe(&parser->lexer, &parser->token, found);
    bool name = strcmp(wanted, mistake_WANTED_NAME) == 0;
    const char *hint = foreign_word(parser);
    if (parser_at_byte(parser, '=') && !name)
        hint = mistake_words(mistake_HINT_COMPARE);
    else if (parser_at_byte(parser, '&') || parser_at_byte(parser, '|'))
        hint = mistake_words(mistake_HINT_AND_OR);
    else if (parser->token.kind < TOKEN_NAME && name)
        hint = mistake_words(mistake_HINT_RESERVED);
    else if (parser_at_byte(parser, '>') && strcmp(wanted, mistake_WANTED_EXPRESSION) == 0)
        hint = mistake_words(mistake_HINT_ORDER);
    parser->lexer.certain = name && parser->token.kind < TOKEN_NAME;
    lexer_fail(&parser->lexer, parser->token.line, parser->token.column, mistake_EXPECTED,
               mistake_words(wanted), found, hint);
    parser->token.kind = TOKEN_FINISH;
    parser->has_ahead = false;
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

// Right behind the token before this one: where something is missing.
static void note_behind(struct parser *parser, const char *format, const char *a, const char *b)
{
    lexer_note(&parser->lexer, parser->last_line, parser->last_column, format, a, b);
}

static void fail_wanted(struct parser *parser, const char *format, const char *word)
{
    char found[80], wanted[200];
    token_describe(&parser->lexer, &parser->token, found);
    snprintf(wanted, sizeof wanted, mistake_words(format), word);
    lexer_fail(&parser->lexer, parser->token.line, parser->token.column, mistake_EXPECTED, wanted,
               found, foreign_word(parser));
    parser->token.kind = TOKEN_FINISH;
    parser->has_ahead = false;
}

void parser_expect(struct parser *parser, enum token_kind kind, const char *what)
{
    char text[2];
    if (parser_at(parser, kind))
        parser_advance(parser);
    else
        fail_wanted(parser, what, token_word(kind, 0, text));
}

void parser_expect_byte(struct parser *parser, char byte, const char *why)
{
    char text[2];
    if (!parser_accept_byte(parser, byte))
        fail_wanted(parser, why, token_word(TOKEN_BYTE, byte, text));
}

static bool begins_statement(const struct parser *parser)
{
    switch ((int)parser->token.kind) {
    case TOKEN_NAME:
    case TOKEN_RETURN:
    case TOKEN_LOCAL:
    case TOKEN_IF:
    case TOKEN_FOR:
    case TOKEN_WHILE:
    case TOKEN_BREAK:
    case TOKEN_END:
        return true;
    }
    return false;
}

void parser_expect_opening(struct parser *parser, enum token_kind kind, const char *what)
{
    enum token_kind other = kind == TOKEN_THEN ? TOKEN_DO : TOKEN_THEN;
    char text[2], found[80];
    if (parser_at(parser, kind)) {
        parser_advance(parser);
    } else if (parser_at(parser, other)) {
        token_describe(&parser->lexer, &parser->token, found);
        lexer_note(&parser->lexer, parser->token.line, parser->token.column, mistake_OTHER_OPENING,
                   token_word(kind, 0, text), found);
        parser_advance(parser);
    } else if (begins_statement(parser)) {
        note_behind(parser, what, token_word(kind, 0, text), "");
    } else {
        fail_wanted(parser, mistake_WANTED_WORD, token_word(kind, 0, text));
    }
}

static bool begins_item(const struct parser *parser)
{
    switch ((int)parser->token.kind) {
    case TOKEN_NAME:
    case TOKEN_STRING:
    case TOKEN_INTEGER:
    case TOKEN_FLOAT:
    case TOKEN_FUNCTION:
    case TOKEN_TRUE:
    case TOKEN_FALSE:
    case TOKEN_NIL:
        return true;
    }
    return parser_at_byte(parser, '{') || parser_at_byte(parser, '[');
}

bool parser_accept_comma(struct parser *parser, char close)
{
    if (parser_accept_byte(parser, ',') || (close == '}' && parser_accept_byte(parser, ';')))
        return true;
    // The things of a call stand on one line, or their bracket was not closed.
    if (!begins_item(parser) || (close == ')' && parser->token.line != parser->last_line))
        return false;
    char found[80];
    token_describe(&parser->lexer, &parser->token, found);
    note_behind(parser, mistake_COMMA_MISSING, found, "");
    return true;
}

// What closes `open`, which is where it is reported (balance_check); the message stands for a text
// of which that says nothing.
void parser_expect_close(struct parser *parser, enum token_kind kind, char byte,
                         const struct token *open)
{
    if (parser_at(parser, kind) && (kind != TOKEN_BYTE || parser->token.byte == byte)) {
        parser_advance(parser);
        return;
    }
    char text[2], opening[80], found[80];
    token_describe(&parser->lexer, open, opening);
    token_describe(&parser->lexer, &parser->token, found);
    lexer_fail(&parser->lexer, parser->token.line, parser->token.column, mistake_WANTED_CLOSE,
               token_word(kind, byte, text), opening, open->line, found, foreign_word(parser));
    parser->token.kind = TOKEN_FINISH;
    parser->has_ahead = false;
}

bool parser_enter(struct parser *parser)
{
    if (++parser->nesting <= SYNTAX_NESTING_MAX)
        return true;
    parser_fail(parser, mistake_TOO_DEEP);
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
        parser_fail(parser, mistake_TOO_LONG);
    // After the failure the height no longer grows, however long the unwinding.
    if (parent->height > SYNTAX_HEIGHT_MAX)
        parent->height = SYNTAX_HEIGHT_MAX;
}
