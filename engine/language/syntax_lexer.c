// SPDX-License-Identifier: MIT
// Source text to tokens. Works on any bytes in one pass; the first error ends the text.
#include "engine/language/syntax_inside.h"

#include "engine/base/keyword.h"
#include "engine/base/memory.h"
#include "engine/base/mistake.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

_Static_assert((int)KEYWORDS == (int)TOKEN_NAME,
               "a token for each reserved word, in the same order");

static bool is_digit(int c)
{
    return c >= '0' && c <= '9';
}

static bool is_letter(int c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

static int hex_value(int c)
{
    if (is_digit(c))
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

// The byte `ahead` bytes from here, or -1 past the end: a NUL is a byte like any other.
int lexer_look(const struct lexer *lexer, size_t ahead)
{
    size_t at = lexer->at + ahead;
    return at < lexer->syntax->length ? (unsigned char)lexer->syntax->text[at] : -1;
}

// Steps over one byte that is not part of a line end.
void lexer_step(struct lexer *lexer)
{
    if ((lexer_look(lexer, 0) & 0xC0) != 0x80)
        lexer->column++;
    lexer->at++;
}

static bool at_line_end(const struct lexer *lexer)
{
    int c = lexer_look(lexer, 0);
    return c == '\n' || c == '\r';
}

// LF, CR, CR LF and LF CR each end one line.
static void step_line(struct lexer *lexer)
{
    int first = lexer_look(lexer, 0), second = lexer_look(lexer, 1);
    lexer->at += (second == '\n' || second == '\r') && second != first ? 2 : 1;
    lexer->line++;
    lexer->column = 1;
}

// A text as long-lived as the tree.
static struct text keep(struct lexer *lexer, const char *text, size_t length)
{
    return (struct text){arena_text_n(lexer->syntax->arena, text, length), length};
}

static void remember(struct lexer *lexer, uint32_t code, struct text text)
{
    while (code >= lexer->name_capacity) {
        size_t old = lexer->name_capacity;
        lexer->name_capacity = memory_grow((void **)&lexer->names, old, old, sizeof *lexer->names);
        memset(lexer->names + old, 0, (lexer->name_capacity - old) * sizeof *lexer->names);
    }
    lexer->names[code].text = text;
}

void lexer_init(struct lexer *lexer, struct syntax *syntax, struct syntax_errors *errors)
{
    *lexer = (struct lexer){.syntax = syntax, .errors = errors, .line = 1, .column = 1};
    lexer->words = dictionary_new();
    for (size_t i = 0; i < TOKEN_NAME; i++) {
        uint32_t code = dictionary_add(lexer->words, keywords[i], strlen(keywords[i]));
        remember(lexer, code, (struct text){keywords[i], strlen(keywords[i])});
    }
    // The hidden parameter of methods is a name of every file.
    remember(lexer, dictionary_add(lexer->words, "self", 4), (struct text){"self", 4});
    if (syntax->length >= 3 && memcmp(syntax->text, "\xEF\xBB\xBF", 3) == 0)
        lexer->at = 3;
}

void lexer_clear(struct lexer *lexer)
{
    dictionary_free(lexer->words);
    free(lexer->names);
    buffer_clear(&lexer->scratch);
}

// NULL: not told, since it is a consequence of another.
static struct syntax_error *add_error(struct lexer *lexer, uint32_t line, uint32_t column,
                                      const char *format, va_list arguments)
{
    struct syntax_errors *errors = lexer->errors;
    if (lexer->broken && lexer->broken_line == line)
        return NULL;
    for (size_t i = 0; i < errors->count; i++)
        if (errors->items[i].line == line)
            return NULL;
    if (errors->count == SYNTAX_ERRORS_MAX)
        return NULL;
    struct syntax_error *error = &errors->items[errors->count++];
    error->line = line;
    error->column = column;
    error->read = lexer->at;
    vsnprintf(error->message, sizeof error->message, mistake_words(format), arguments);
    return error;
}

void lexer_fail(struct lexer *lexer, uint32_t line, uint32_t column, const char *format, ...)
{
    if (lexer->failed)
        return;
    lexer->failed = true;
    va_list arguments;
    va_start(arguments, format);
    if (!lexer->broken)
        lexer->failure = add_error(lexer, line, column, format, arguments);
    va_end(arguments);
}

void lexer_note(struct lexer *lexer, uint32_t line, uint32_t column, const char *format, ...)
{
    if (lexer->failed)
        return;
    va_list arguments;
    va_start(arguments, format);
    add_error(lexer, line, column, format, arguments);
    va_end(arguments);
}

static void fail_here(struct lexer *lexer, const char *message)
{
    lexer_fail(lexer, lexer->line, lexer->column, message, "");
}

void token_describe(const struct lexer *lexer, const struct token *token, char out[80])
{
    if (token->kind == TOKEN_FINISH) {
        snprintf(out, 80, "%s", mistake_words(mistake_THE_END_OF_FILE));
        return;
    }
    if (token->kind == TOKEN_STRING) {
        snprintf(out, 80, "%s", mistake_words(mistake_A_TEXT_IN_QUOTES));
        return;
    }
    size_t length = token->end - token->begin;
    if (length > 40)
        length = 40;
    snprintf(out, 80, "\"%.*s\"", (int)length, lexer->syntax->text + token->begin);
}

// ---- strings ----

// The level of a long bracket that opens here, or -1.
static int long_bracket(const struct lexer *lexer, char bracket)
{
    if (lexer_look(lexer, 0) != bracket)
        return -1;
    int level = 0;
    while (lexer_look(lexer, (size_t)level + 1) == '=')
        level++;
    return lexer_look(lexer, (size_t)level + 1) == bracket ? level : -1;
}

// Reads a long string or comment whose opening bracket is here; the text goes to scratch.
static void read_long(struct lexer *lexer, int level, bool comment)
{
    uint32_t line = lexer->line, column = lexer->column;
    for (int i = 0; i < level + 2; i++)
        lexer_step(lexer);
    buffer_reset(&lexer->scratch);
    if (at_line_end(lexer))
        step_line(lexer);
    for (;;) {
        int c = lexer_look(lexer, 0);
        if (c < 0) {
            lexer_fail(lexer, line, column,
                       comment ? mistake_COMMENT_UNCLOSED : mistake_LONG_TEXT_UNCLOSED,
                       level > 20 ? 20 : level, "====================");
            return;
        }
        if (c == ']') {
            // The run of "=" is skipped whether or not it closes, so that long runs stay linear.
            int run = 0;
            while (lexer_look(lexer, (size_t)run + 1) == '=')
                run++;
            bool closes = run == level && lexer_look(lexer, (size_t)run + 1) == ']';
            for (int i = 0; i < run + 1 + closes; i++) {
                if (!closes && !comment)
                    buffer_add_byte(&lexer->scratch, (char)lexer_look(lexer, 0));
                lexer_step(lexer);
            }
            if (closes)
                return;
        } else if (at_line_end(lexer)) {
            if (!comment)
                buffer_add_byte(&lexer->scratch, '\n');
            step_line(lexer);
        } else {
            if (!comment)
                buffer_add_byte(&lexer->scratch, (char)c);
            lexer_step(lexer);
        }
    }
}

static void add_character(struct buffer *buffer, uint32_t code)
{
    if (code < 0x80) {
        buffer_add_byte(buffer, (char)code);
        return;
    }
    // UTF-8 as Lua writes it, up to 2^31: the first byte holds what the continuation bytes leave.
    char bytes[6];
    int at = 6;
    uint32_t first_max = 0x3F;
    do {
        bytes[--at] = (char)(0x80 | (code & 0x3F));
        code >>= 6;
        first_max >>= 1;
    } while (code > first_max);
    bytes[--at] = (char)((~first_max << 1) | code);
    buffer_add(buffer, bytes + at, (size_t)(6 - at));
}

static void read_unicode(struct lexer *lexer)
{
    lexer_step(lexer);
    if (lexer_look(lexer, 0) != '{' || hex_value(lexer_look(lexer, 1)) < 0) {
        fail_here(lexer, mistake_ESCAPE_UNICODE);
        return;
    }
    lexer_step(lexer);
    uint32_t code = 0;
    for (int digit; (digit = hex_value(lexer_look(lexer, 0))) >= 0; lexer_step(lexer)) {
        if (code > 0x7FFFFFF) {
            fail_here(lexer, mistake_ESCAPE_TOO_LARGE);
            return;
        }
        code = code * 16 + (uint32_t)digit;
    }
    if (lexer_look(lexer, 0) != '}') {
        fail_here(lexer, mistake_ESCAPE_UNCLOSED);
        return;
    }
    lexer_step(lexer);
    add_character(&lexer->scratch, code);
}

static void read_decimal_escape(struct lexer *lexer)
{
    int code = 0;
    for (int i = 0; i < 3 && is_digit(lexer_look(lexer, 0)); i++, lexer_step(lexer))
        code = code * 10 + lexer_look(lexer, 0) - '0';
    if (code > 255)
        fail_here(lexer, mistake_ESCAPE_DECIMAL);
    else
        buffer_add_byte(&lexer->scratch, (char)code);
}

static void read_escape(struct lexer *lexer)
{
    static const char letters[] = "abfnrtv\\\"'", bytes[] = "\a\b\f\n\r\t\v\\\"'";
    lexer_step(lexer);
    int c = lexer_look(lexer, 0);
    const char *simple = c > 0 ? strchr(letters, c) : NULL;
    if (simple) {
        buffer_add_byte(&lexer->scratch, bytes[simple - letters]);
        lexer_step(lexer);
    } else if (c == '\n' || c == '\r') {
        buffer_add_byte(&lexer->scratch, '\n');
        step_line(lexer);
    } else if (c == 'x') {
        int high = hex_value(lexer_look(lexer, 1)), low = hex_value(lexer_look(lexer, 2));
        if (high < 0 || low < 0) {
            fail_here(lexer, mistake_ESCAPE_HEXADECIMAL);
            return;
        }
        buffer_add_byte(&lexer->scratch, (char)(high * 16 + low));
        for (int i = 0; i < 3; i++)
            lexer_step(lexer);
    } else if (c == 'z') {
        for (lexer_step(lexer); (c = lexer_look(lexer, 0)) == ' ' || (c >= '\t' && c <= '\r');)
            at_line_end(lexer) ? step_line(lexer) : lexer_step(lexer);
    } else if (c == 'u') {
        read_unicode(lexer);
    } else if (is_digit(c)) {
        read_decimal_escape(lexer);
    } else if (c >= 0) {
        fail_here(lexer, mistake_ESCAPE_UNKNOWN);
    }
}

static void read_string(struct lexer *lexer, int quote)
{
    uint32_t line = lexer->line, column = lexer->column;
    buffer_reset(&lexer->scratch);
    lexer_step(lexer);
    while (!lexer->failed) {
        int c = lexer_look(lexer, 0);
        if (c == quote) {
            lexer_step(lexer);
            return;
        }
        if (c < 0 || at_line_end(lexer)) {
            lexer_fail(lexer, line, column, mistake_TEXT_UNCLOSED, quote);
        } else if (c == '\\') {
            read_escape(lexer);
        } else {
            buffer_add_byte(&lexer->scratch, (char)c);
            lexer_step(lexer);
        }
    }
}

// ---- numbers ----

static bool valid_number(const char *text, size_t length, bool hexadecimal, bool *is_float)
{
    size_t at = hexadecimal ? 2 : 0, digits = 0;
    for (; at < length; at++) {
        if (text[at] == '.' && !*is_float)
            *is_float = true;
        else if (hexadecimal ? hex_value(text[at]) >= 0 : is_digit(text[at]))
            digits++;
        else
            break;
    }
    if (!digits)
        return false;
    if (at == length)
        return true;
    int exponent = text[at] | 0x20;
    if (exponent != (hexadecimal ? 'p' : 'e'))
        return false;
    *is_float = true;
    at++;
    if (at < length && (text[at] == '+' || text[at] == '-'))
        at++;
    if (at == length)
        return false;
    while (at < length && is_digit(text[at]))
        at++;
    return at == length;
}

// A whole number's value as in Lua: hexadecimal wraps around, decimal beyond 64 bits is a float.
static bool integer_value(const char *text, size_t length, bool hexadecimal, int64_t *value)
{
    uint64_t sum = 0;
    for (size_t i = hexadecimal ? 2 : 0; i < length; i++) {
        if (hexadecimal) {
            sum = sum * 16 + (uint64_t)hex_value(text[i]);
            continue;
        }
        uint64_t digit = (uint64_t)(text[i] - '0');
        if (sum > (INT64_MAX - digit) / 10)
            return false;
        sum = sum * 10 + digit;
    }
    *value = (int64_t)sum;
    return true;
}

static void read_number(struct lexer *lexer, struct token *token)
{
    bool hexadecimal = lexer_look(lexer, 0) == '0' && (lexer_look(lexer, 1) | 0x20) == 'x';
    int exponent = hexadecimal ? 'p' : 'e';
    if (hexadecimal)
        lexer_step(lexer), lexer_step(lexer);
    for (int c; (c = lexer_look(lexer, 0)) >= 0; lexer_step(lexer)) {
        if ((c | 0x20) == exponent && (lexer_look(lexer, 1) == '+' || lexer_look(lexer, 1) == '-'))
            lexer_step(lexer);
        else if (!is_digit(c) && !is_letter(c) && c != '.')
            break;
    }
    const char *text = lexer->syntax->text + token->begin;
    size_t length = lexer->at - token->begin;
    bool is_float = false;
    if (!valid_number(text, length, hexadecimal, &is_float)) {
        lexer_fail(lexer, token->line, token->column, mistake_NOT_A_NUMBER,
                   length > 40 ? 40 : (int)length, text);
        return;
    }
    token->text = keep(lexer, text, length);
    token->kind = TOKEN_INTEGER;
    if (is_float || !integer_value(text, length, hexadecimal, &token->integer))
        token->kind = TOKEN_FLOAT;
}

// ---- tokens ----

static void skip_blanks(struct lexer *lexer)
{
    while (!lexer->failed) {
        int c = lexer_look(lexer, 0);
        if (at_line_end(lexer)) {
            step_line(lexer);
        } else if (c == ' ' || (c >= '\t' && c <= '\r')) {
            lexer_step(lexer);
        } else if (c == '-' && lexer_look(lexer, 1) == '-') {
            lexer_step(lexer), lexer_step(lexer);
            int level = long_bracket(lexer, '[');
            if (level >= 0)
                read_long(lexer, level, true);
            else
                while (lexer_look(lexer, 0) >= 0 && !at_line_end(lexer))
                    lexer_step(lexer);
        } else if (c < 0x80 || !lexer_foreign_blank(lexer)) {
            return;
        }
    }
}

static void read_word(struct lexer *lexer, struct token *token)
{
    while (is_letter(lexer_look(lexer, 0)) || is_digit(lexer_look(lexer, 0)))
        lexer_step(lexer);
    const char *text = lexer->syntax->text + token->begin;
    size_t length = lexer->at - token->begin;
    uint32_t known = dictionary_count(lexer->words);
    token->code = dictionary_add(lexer->words, text, length);
    if (token->code >= known)
        remember(lexer, token->code, keep(lexer, text, length));
    token->text = lexer->names[token->code].text;
    token->kind = token->code < TOKEN_NAME ? (enum token_kind)token->code : TOKEN_NAME;
}

static void read_mark(struct lexer *lexer, struct token *token)
{
    static const struct {
        char text[3];
        enum token_kind kind;
    } pairs[] = {{"..", TOKEN_CONCAT},      {"==", TOKEN_EQ},           {">=", TOKEN_GE},
                 {"<=", TOKEN_LE},          {"~=", TOKEN_NE},           {"<<", TOKEN_SHIFT_LEFT},
                 {">>", TOKEN_SHIFT_RIGHT}, {"//", TOKEN_FLOOR_DIVIDE}, {"::", TOKEN_LABEL}};
    int c = lexer_look(lexer, 0), next = lexer_look(lexer, 1);
    bool doubled = (c == '&' || c == '|' || c == '+') && next == c;
    if (c == '<' && next == '>' && lexer_foreign_mark(lexer, token))
        return;
    bool assigns = c > 0 && strchr("+-*/", c) && next == '=';
    if ((doubled || assigns) && lexer_foreign_mark(lexer, token))
        return;
    if (c == '.' && lexer_look(lexer, 1) == '.' && lexer_look(lexer, 2) == '.') {
        token->kind = TOKEN_DOTS;
        lexer_step(lexer), lexer_step(lexer), lexer_step(lexer);
        return;
    }
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        if (c == pairs[i].text[0] && lexer_look(lexer, 1) == pairs[i].text[1]) {
            token->kind = pairs[i].kind;
            lexer_step(lexer), lexer_step(lexer);
            return;
        }
    }
    if (c > 0 && strchr("+-*/%^#&~|<>=(){}[];:,.", c)) {
        token->kind = TOKEN_BYTE;
        token->byte = (char)c;
        lexer_step(lexer);
        return;
    }
    lexer_foreign_mark(lexer, token);
}

static void read_token(struct lexer *lexer, struct token *token)
{
    int c = lexer_look(lexer, 0), level;
    if (is_letter(c)) {
        read_word(lexer, token);
    } else if (is_digit(c) || (c == '.' && is_digit(lexer_look(lexer, 1)))) {
        read_number(lexer, token);
    } else if (c == '"' || c == '\'' || (level = long_bracket(lexer, '[')) >= 0) {
        if (c == '[')
            read_long(lexer, level, false);
        else if (!lexer_unclosed_line(lexer))
            read_string(lexer, c);
        token->kind = TOKEN_STRING;
        token->text = keep(lexer, buffer_text(&lexer->scratch), lexer->scratch.length);
    } else {
        read_mark(lexer, token);
    }
}

struct token lexer_next(struct lexer *lexer)
{
    skip_blanks(lexer);
    struct token token = {.kind = TOKEN_FINISH,
                          .line = lexer->line,
                          .column = lexer->column,
                          .begin = (uint32_t)lexer->at};
    if (!lexer->failed && lexer->at < lexer->syntax->length)
        read_token(lexer, &token);
    token.end = (uint32_t)lexer->at;
    token.last_line = lexer->line;
    token.last_column = lexer->column;
    if (lexer->failed)
        token.kind = TOKEN_FINISH;
    return token;
}

void lexer_skip_line(struct lexer *lexer)
{
    while (lexer_look(lexer, 0) >= 0 && !at_line_end(lexer))
        lexer_step(lexer);
    lexer->failed = false;
}

struct syntax_token *syntax_tokens(struct syntax *syntax, size_t *count)
{
    struct syntax_errors errors = {.count = 0};
    struct lexer lexer;
    struct syntax_token *tokens = NULL;
    size_t capacity = 0;
    *count = 0;
    lexer_init(&lexer, syntax, &errors);
    for (struct token token = lexer_next(&lexer); token.kind != TOKEN_FINISH;
         token = lexer_next(&lexer)) {
        capacity = memory_grow((void **)&tokens, *count, capacity, sizeof *tokens);
        tokens[(*count)++] = (struct syntax_token){token.begin, token.end};
    }
    lexer_clear(&lexer);
    return tokens;
}
