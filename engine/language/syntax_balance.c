// SPDX-License-Identifier: MIT
// Where something is missing that closes. The parser notices late: at the end of the file, or at
// the line after. Which opening lacks its end is told by how the lines are indented, among those
// without which everything else fits together.
#include "engine/language/syntax_inside.h"

#include "engine/base/memory.h"
#include "engine/base/mistake.h"

#include <stdlib.h>

enum { SUSPECTS_MAX = 16 };

struct mark {
    struct token token;
    uint32_t indent; // column of the first token of its line
    bool first;      // is it that?
};

// Something that is open while the marks are gone over.
struct opening {
    size_t mark;
    bool waits; // for, while: its do is still to come
};

struct balance {
    struct syntax *syntax;
    struct mark *marks;
    size_t count, capacity;
    struct opening *stack;
    size_t depth, stack_capacity;
    size_t suspects[SUSPECTS_MAX]; // openings that the lines after them stand outside of
    size_t suspect_count;
    size_t extra;    // a closing that stands elsewhere than what it closes should; `count`: none
    size_t last;     // the closing before the mark at hand
    bool unreadable; // in parts: nothing can be told
    size_t wrong;    // where it does not fit; `count`: at the end, or nowhere
};

static bool is_byte(const struct token *token, char byte)
{
    return token->kind == TOKEN_BYTE && token->byte == byte;
}

// A statement of the file begins: control "..." {, import.csv {, local function
static bool begins_file_statement(const struct balance *balance, size_t at)
{
    const struct mark *marks = balance->marks;
    if (!marks[at].first || marks[at].token.column != 1 || at + 1 >= balance->count)
        return false;
    const struct token *token = &marks[at].token, *next = &marks[at + 1].token;
    if (token->kind == TOKEN_FUNCTION)
        return next->kind == TOKEN_NAME;
    if (token->kind == TOKEN_LOCAL)
        return next->kind == TOKEN_FUNCTION;
    if (token->kind != TOKEN_NAME)
        return false;
    if (is_byte(next, '.') && at + 3 < balance->count)
        next = &marks[at + 3].token;
    return next->kind == TOKEN_STRING || is_byte(next, '{');
}

static bool opens(const struct token *token)
{
    switch ((int)token->kind) {
    case TOKEN_FUNCTION:
    case TOKEN_IF:
    case TOKEN_DO:
    case TOKEN_WHILE:
    case TOKEN_FOR:
    case TOKEN_REPEAT:
        return true;
    }
    return is_byte(token, '{') || is_byte(token, '(') || is_byte(token, '[');
}

static bool closes(const struct token *token)
{
    return token->kind == TOKEN_END || token->kind == TOKEN_UNTIL || is_byte(token, '}') ||
           is_byte(token, ')') || is_byte(token, ']');
}

static bool fits(const struct token *open, const struct token *close)
{
    if (close->kind == TOKEN_UNTIL)
        return open->kind == TOKEN_REPEAT;
    if (close->kind == TOKEN_END)
        return open->kind != TOKEN_REPEAT && open->kind != TOKEN_BYTE;
    return open->kind == TOKEN_BYTE &&
           ((open->byte == '{' && close->byte == '}') ||
            (open->byte == '(' && close->byte == ')') || (open->byte == '[' && close->byte == ']'));
}

static void suspect(struct balance *balance, size_t mark)
{
    for (size_t i = 0; i < balance->suspect_count; i++)
        if (balance->suspects[i] == mark)
            return;
    if (balance->suspect_count < SUSPECTS_MAX)
        balance->suspects[balance->suspect_count++] = mark;
}

static void accuse(struct balance *balance, size_t at)
{
    if (balance->extra == balance->count)
        balance->extra = at;
}

// A line inside something stands deeper than the line that opened it; where nothing is indented,
// that says nothing.
static void look_at_line(struct balance *balance, size_t at)
{
    const struct mark *mark = &balance->marks[at];
    if (mark->first && !balance->depth && mark->token.column > 1 && at > 0)
        accuse(balance, balance->last);
    if (!mark->first || !balance->depth)
        return;
    const struct mark *open = &balance->marks[balance->stack[balance->depth - 1].mark];
    bool within = mark->token.kind == TOKEN_ELSE || mark->token.kind == TOKEN_ELSEIF ||
                  mark->token.kind == TOKEN_DO || mark->token.kind == TOKEN_THEN ||
                  mark->token.kind == TOKEN_AND || mark->token.kind == TOKEN_OR;
    uint32_t least = open->indent + (closes(&mark->token) || within ? 0 : 1);
    if (mark->token.line != open->token.line && open->indent > 1 && mark->token.column < least)
        suspect(balance, balance->stack[balance->depth - 1].mark);
}

static void push(struct balance *balance, size_t at)
{
    const struct token *token = &balance->marks[at].token;
    struct opening *top = balance->depth ? &balance->stack[balance->depth - 1] : NULL;
    if (token->kind == TOKEN_DO && top && top->waits) {
        top->waits = false;
        return;
    }
    balance->stack_capacity = memory_grow((void **)&balance->stack, balance->depth,
                                          balance->stack_capacity, sizeof *balance->stack);
    balance->stack[balance->depth++] =
        (struct opening){at, token->kind == TOKEN_WHILE || token->kind == TOKEN_FOR};
}

// Goes over the marks but one; false where something does not fit, or is open at the end.
static bool go_over(struct balance *balance, size_t without, bool look)
{
    balance->depth = 0;
    balance->last = 0;
    balance->wrong = balance->count;
    size_t loop = balance->count; // how much was open at the loop that is left out
    for (size_t at = 0; at < balance->count; at++) {
        const struct token *token = &balance->marks[at].token;
        if (at == without) {
            if (token->kind == TOKEN_FOR || token->kind == TOKEN_WHILE)
                loop = balance->depth;
            continue;
        }
        if (token->kind == TOKEN_DO && loop == balance->depth) {
            loop = balance->count;
            continue;
        }
        if (look)
            look_at_line(balance, at);
        if (opens(token)) {
            push(balance, at);
        } else if (closes(token)) {
            balance->wrong = at;
            if (!balance->depth)
                return false;
            const struct mark *open = &balance->marks[balance->stack[balance->depth - 1].mark];
            if (!fits(&open->token, token))
                return false;
            // On a line of its own it stands as deep as the line of what it closes.
            bool astray =
                balance->marks[at].first ? token->column > open->indent : token->kind == TOKEN_END;
            if (look && astray && open->token.line != token->line)
                accuse(balance, at);
            balance->depth--;
            balance->last = at;
            balance->wrong = balance->count;
        }
    }
    return balance->depth == 0;
}

static void read_marks(struct balance *balance, size_t begin, uint32_t line)
{
    struct syntax_errors errors = {.count = 0};
    struct lexer lexer;
    uint32_t current = 0, indent = 0;
    lexer_init(&lexer, balance->syntax, &errors);
    if (begin > 0) {
        lexer.at = begin;
        lexer.line = line;
    }
    for (;;) {
        struct token token = lexer_next(&lexer);
        if (token.kind == TOKEN_FINISH && !lexer.failed)
            break;
        if (lexer.failed) {
            balance->unreadable = true;
            lexer_skip_line(&lexer);
            continue;
        }
        bool first = token.line != current;
        if (first)
            indent = token.column;
        current = token.last_line;
        balance->capacity = memory_grow((void **)&balance->marks, balance->count, balance->capacity,
                                        sizeof *balance->marks);
        balance->marks[balance->count++] = (struct mark){token, indent, first};
    }
    lexer_clear(&lexer);
}

// Cuts the marks off where the next statement of the file begins: the first inside something that
// is open, or the first after the failure.
static bool cut_marks(struct balance *balance, size_t failed)
{
    size_t depth = 0;
    for (size_t at = 0; at < balance->count; at++) {
        const struct token *token = &balance->marks[at].token;
        if (at > 0 && begins_file_statement(balance, at) && (depth || token->begin >= failed)) {
            balance->count = at;
            return true;
        }
        if (opens(token) && token->kind != TOKEN_DO)
            depth++;
        else if (closes(token) && depth)
            depth--;
    }
    return false;
}

static void report(struct balance *balance, size_t at, struct syntax_errors *errors)
{
    const struct token *token = &balance->marks[at].token;
    struct lexer lexer;
    lexer_init(&lexer, balance->syntax, errors);
    char word[80];
    token_describe(&lexer, token, word);
    if (closes(token))
        lexer_note(&lexer, token->line, token->column, mistake_CLOSES_NOTHING, word);
    else if (token->kind == TOKEN_BYTE)
        lexer_note(&lexer, token->line, token->column, mistake_NEVER_CLOSED, word,
                   token->byte == '{'   ? "}"
                   : token->byte == '(' ? ")"
                                        : "]");
    else if (token->kind == TOKEN_REPEAT)
        lexer_note(&lexer, token->line, token->column, mistake_NO_UNTIL);
    else
        lexer_note(&lexer, token->line, token->column, mistake_NO_END, word);
    lexer_clear(&lexer);
}

// else if, where elseif was meant: of this opening, or `count`.
static size_t split_else(const struct balance *balance, size_t opening)
{
    const struct mark *marks = balance->marks;
    for (size_t at = opening; marks[opening].token.kind == TOKEN_IF && at + 1 < balance->count;
         at++)
        if (marks[at].token.kind == TOKEN_ELSE && marks[at + 1].token.kind == TOKEN_IF &&
            marks[at].token.line == marks[at + 1].token.line)
            return marks[at].token.line - marks[opening].token.line < 20 ? at : balance->count;
    return balance->count;
}

static void report_opening(struct balance *balance, size_t at, struct syntax_errors *errors)
{
    size_t split = split_else(balance, at);
    if (split == balance->count) {
        report(balance, at, errors);
        return;
    }
    const struct token *token = &balance->marks[split].token;
    struct lexer lexer;
    lexer_init(&lexer, balance->syntax, errors);
    lexer_note(&lexer, token->line, token->column, mistake_ELSE_IF);
    lexer_clear(&lexer);
}

// name = at the end of a line, and below it the things of a list: its brace is missing.
static size_t missing_brace(const struct balance *balance, size_t before)
{
    for (size_t at = 0; at + 1 < before; at++)
        if (is_byte(&balance->marks[at].token, '=') &&
            balance->marks[at + 1].token.line > balance->marks[at].token.line &&
            is_byte(&balance->marks[at + 1].token, '{'))
            return at;
    return balance->count;
}

// Something closes what was never opened: the first that stands astray, or where it is noticed.
static void find_extra(struct balance *balance, struct syntax_errors *errors)
{
    size_t wrong = balance->wrong, extra = balance->extra;
    size_t brace =
        is_byte(&balance->marks[wrong].token, '}') ? missing_brace(balance, wrong) : balance->count;
    if (brace < balance->count) {
        struct lexer lexer;
        const struct token *token = &balance->marks[brace].token;
        lexer_init(&lexer, balance->syntax, errors);
        lexer_note(&lexer, token->line, token->last_column, mistake_BRACE_MISSING);
        lexer_clear(&lexer);
        return;
    }
    report(balance, extra < balance->count && go_over(balance, extra, false) ? extra : wrong,
           errors);
}

// What is open where it does not fit, or at the end: the first suspect without which all fits.
static void find_culprit(struct balance *balance, struct syntax_errors *errors)
{
    size_t wrong = balance->wrong;
    if (balance->depth == 0) {
        find_extra(balance, errors);
        return;
    }
    size_t top = balance->stack[balance->depth - 1].mark;
    for (size_t i = 0; i < balance->suspect_count; i++)
        if (go_over(balance, balance->suspects[i], false)) {
            report_opening(balance, balance->suspects[i], errors);
            return;
        }
    // A closing that fits nothing may be the one that is too many.
    if (wrong < balance->count && !go_over(balance, top, false) && go_over(balance, wrong, false)) {
        balance->wrong = wrong;
        find_extra(balance, errors);
        return;
    }
    report_opening(balance, top, errors);
}

bool balance_check(struct syntax *syntax, size_t begin, uint32_t line, size_t failed,
                   struct syntax_errors *errors, size_t *next, uint32_t *next_line)
{
    struct balance balance = {.syntax = syntax};
    read_marks(&balance, begin, line);
    bool more = cut_marks(&balance, failed);
    *next = syntax->length;
    *next_line = UINT32_MAX;
    if (more) {
        *next = balance.marks[balance.count].token.begin;
        *next_line = balance.marks[balance.count].token.line;
    }
    balance.extra = balance.count;
    bool balanced = balance.unreadable || !balance.count || go_over(&balance, balance.count, true);
    if (!balanced)
        find_culprit(&balance, errors);
    free(balance.marks);
    free(balance.stack);
    return !balanced;
}
