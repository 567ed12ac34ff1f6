// SPDX-License-Identifier: MIT
// Source text to tokens. Works on any bytes in one pass; the first error ends the text.
#include "engine/language/syntax_inside.h"

#include "engine/base/keyword.h"
#include "engine/base/memory.h"

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
static int look(const struct lexer *lexer, size_t ahead)
{
    size_t at = lexer->at + ahead;
    return at < lexer->syntax->length ? (unsigned char)lexer->syntax->text[at] : -1;
}

// Steps over one byte that is not part of a line end.
static void step(struct lexer *lexer)
{
    if ((look(lexer, 0) & 0xC0) != 0x80)
        lexer->column++;
    lexer->at++;
}

static bool at_line_end(const struct lexer *lexer)
{
    int c = look(lexer, 0);
    return c == '\n' || c == '\r';
}

// LF, CR, CR LF and LF CR each end one line.
static void step_line(struct lexer *lexer)
{
    int first = look(lexer, 0), second = look(lexer, 1);
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

void lexer_init(struct lexer *lexer, struct syntax *syntax, struct syntax_error *error)
{
    *lexer = (struct lexer){.syntax = syntax, .error = error, .line = 1, .column = 1};
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

void lexer_fail(struct lexer *lexer, uint32_t line, uint32_t column, const char *format, ...)
{
    if (lexer->failed)
        return;
    lexer->failed = true;
    lexer->error->line = line;
    lexer->error->column = column;
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(lexer->error->message, sizeof lexer->error->message, format, arguments);
    va_end(arguments);
}

static void fail_here(struct lexer *lexer, const char *message)
{
    lexer_fail(lexer, lexer->line, lexer->column, "%s", message);
}

void token_describe(const struct lexer *lexer, const struct token *token, char out[80])
{
    if (token->kind == TOKEN_FINISH) {
        snprintf(out, 80, "the end of the file");
        return;
    }
    if (token->kind == TOKEN_STRING) {
        snprintf(out, 80, "a text in quotes");
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
    if (look(lexer, 0) != bracket)
        return -1;
    int level = 0;
    while (look(lexer, (size_t)level + 1) == '=')
        level++;
    return look(lexer, (size_t)level + 1) == bracket ? level : -1;
}

// Reads a long string or comment whose opening bracket is here; the text goes to scratch.
static void read_long(struct lexer *lexer, int level, bool comment)
{
    uint32_t line = lexer->line, column = lexer->column;
    for (int i = 0; i < level + 2; i++)
        step(lexer);
    buffer_reset(&lexer->scratch);
    if (at_line_end(lexer))
        step_line(lexer);
    for (;;) {
        int c = look(lexer, 0);
        if (c < 0) {
            lexer_fail(lexer, line, column, "this %s is never closed: \"]%.*s]\" is missing",
                       comment ? "comment" : "long text", level > 20 ? 20 : level,
                       "====================");
            return;
        }
        if (c == ']') {
            // The run of "=" is skipped whether or not it closes, so that long runs stay linear.
            int run = 0;
            while (look(lexer, (size_t)run + 1) == '=')
                run++;
            bool closes = run == level && look(lexer, (size_t)run + 1) == ']';
            for (int i = 0; i < run + 1 + closes; i++) {
                if (!closes && !comment)
                    buffer_add_byte(&lexer->scratch, (char)look(lexer, 0));
                step(lexer);
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
            step(lexer);
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
    step(lexer);
    if (look(lexer, 0) != '{' || hex_value(look(lexer, 1)) < 0) {
        fail_here(lexer, "\\u must be followed by {hexadecimal digits}");
        return;
    }
    step(lexer);
    uint32_t code = 0;
    for (int digit; (digit = hex_value(look(lexer, 0))) >= 0; step(lexer)) {
        if (code > 0x7FFFFFF) {
            fail_here(lexer, "the character number in \\u{...} is too large");
            return;
        }
        code = code * 16 + (uint32_t)digit;
    }
    if (look(lexer, 0) != '}') {
        fail_here(lexer, "\\u{... is not closed by }");
        return;
    }
    step(lexer);
    add_character(&lexer->scratch, code);
}

static void read_decimal_escape(struct lexer *lexer)
{
    int code = 0;
    for (int i = 0; i < 3 && is_digit(look(lexer, 0)); i++, step(lexer))
        code = code * 10 + look(lexer, 0) - '0';
    if (code > 255)
        fail_here(lexer, "a \\ddd escape goes up to \\255");
    else
        buffer_add_byte(&lexer->scratch, (char)code);
}

static void read_escape(struct lexer *lexer)
{
    static const char letters[] = "abfnrtv\\\"'", bytes[] = "\a\b\f\n\r\t\v\\\"'";
    step(lexer);
    int c = look(lexer, 0);
    const char *simple = c > 0 ? strchr(letters, c) : NULL;
    if (simple) {
        buffer_add_byte(&lexer->scratch, bytes[simple - letters]);
        step(lexer);
    } else if (c == '\n' || c == '\r') {
        buffer_add_byte(&lexer->scratch, '\n');
        step_line(lexer);
    } else if (c == 'x') {
        int high = hex_value(look(lexer, 1)), low = hex_value(look(lexer, 2));
        if (high < 0 || low < 0) {
            fail_here(lexer, "\\x must be followed by two hexadecimal digits");
            return;
        }
        buffer_add_byte(&lexer->scratch, (char)(high * 16 + low));
        for (int i = 0; i < 3; i++)
            step(lexer);
    } else if (c == 'z') {
        for (step(lexer); (c = look(lexer, 0)) == ' ' || (c >= '\t' && c <= '\r');)
            at_line_end(lexer) ? step_line(lexer) : step(lexer);
    } else if (c == 'u') {
        read_unicode(lexer);
    } else if (is_digit(c)) {
        read_decimal_escape(lexer);
    } else if (c >= 0) {
        fail_here(lexer, "unknown escape after \\; write \\\\ for a backslash itself");
    }
}

static void read_string(struct lexer *lexer, int quote)
{
    uint32_t line = lexer->line, column = lexer->column;
    buffer_reset(&lexer->scratch);
    step(lexer);
    while (!lexer->failed) {
        int c = look(lexer, 0);
        if (c == quote) {
            step(lexer);
            return;
        }
        if (c < 0 || at_line_end(lexer)) {
            lexer_fail(lexer, line, column, "this text is never closed: %c is missing", quote);
        } else if (c == '\\') {
            read_escape(lexer);
        } else {
            buffer_add_byte(&lexer->scratch, (char)c);
            step(lexer);
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
    bool hexadecimal = look(lexer, 0) == '0' && (look(lexer, 1) | 0x20) == 'x';
    int exponent = hexadecimal ? 'p' : 'e';
    if (hexadecimal)
        step(lexer), step(lexer);
    for (int c; (c = look(lexer, 0)) >= 0; step(lexer)) {
        if ((c | 0x20) == exponent && (look(lexer, 1) == '+' || look(lexer, 1) == '-'))
            step(lexer);
        else if (!is_digit(c) && !is_letter(c) && c != '.')
            break;
    }
    const char *text = lexer->syntax->text + token->begin;
    size_t length = lexer->at - token->begin;
    bool is_float = false;
    if (!valid_number(text, length, hexadecimal, &is_float)) {
        lexer_fail(lexer, token->line, token->column,
                   "\"%.*s\" is not a number; a text needs quotes", length > 40 ? 40 : (int)length,
                   text);
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
        int c = look(lexer, 0);
        if (at_line_end(lexer)) {
            step_line(lexer);
        } else if (c == ' ' || (c >= '\t' && c <= '\r')) {
            step(lexer);
        } else if (c == '-' && look(lexer, 1) == '-') {
            step(lexer), step(lexer);
            int level = long_bracket(lexer, '[');
            if (level >= 0)
                read_long(lexer, level, true);
            else
                while (look(lexer, 0) >= 0 && !at_line_end(lexer))
                    step(lexer);
        } else {
            return;
        }
    }
}

static void read_word(struct lexer *lexer, struct token *token)
{
    while (is_letter(look(lexer, 0)) || is_digit(look(lexer, 0)))
        step(lexer);
    const char *text = lexer->syntax->text + token->begin;
    size_t length = lexer->at - token->begin;
    uint32_t known = dictionary_count(lexer->words);
    token->code = dictionary_add(lexer->words, text, length);
    if (token->code >= known)
        remember(lexer, token->code, keep(lexer, text, length));
    token->text = lexer->names[token->code].text;
    token->kind = token->code < TOKEN_NAME ? (enum token_kind)token->code : TOKEN_NAME;
}

// Marks that people write who know other languages, or whose keyboard is in Chinese mode.
static void fail_unexpected(struct lexer *lexer)
{
    static const struct {
        const char *found, *hint;
    } hints[] = {
        {"\xEF\xBC\x8C", "a full-width comma; write ,"},
        {"\xE3\x80\x81", "a Chinese comma; write ,"},
        {"\xEF\xBC\x88", "a full-width bracket; write ("},
        {"\xEF\xBC\x89", "a full-width bracket; write )"},
        {"\xEF\xBD\x9B", "a full-width brace; write {"},
        {"\xEF\xBD\x9D", "a full-width brace; write }"},
        {"\xEF\xBC\x9D", "a full-width equals sign; write ="},
        {"\xEF\xBC\x9B", "a full-width semicolon; write ;"},
        {"\xEF\xBC\x9A", "a full-width colon; write :"},
        {"\xE3\x80\x82", "a Chinese full stop; write ."},
        {"\xE2\x80\x9C", "a curly quotation mark; write \""},
        {"\xE2\x80\x9D", "a curly quotation mark; write \""},
        {"\xE3\x80\x80", "a full-width blank; write a plain one"},
        {"\xC2\xA0", "a non-breaking blank; write a plain one"},
        {"!", "\"!\", which Lua does not know; write ~= or not"},
        {"$", "\"$\", which Lua does not know"},
        {"\x1B", "compiled Lua or an escape byte; a rule file is plain text"},
    };
    const char *here = lexer->syntax->text + lexer->at;
    size_t left = lexer->syntax->length - lexer->at;
    for (size_t i = 0; i < sizeof hints / sizeof *hints; i++) {
        size_t length = strlen(hints[i].found);
        if (length <= left && memcmp(here, hints[i].found, length) == 0) {
            lexer_fail(lexer, lexer->line, lexer->column, "this is %s", hints[i].hint);
            return;
        }
    }
    unsigned char byte = (unsigned char)*here;
    if (byte >= 0x80)
        fail_here(lexer,
                  "names hold only the letters a to z, digits and _; put other text in quotes");
    else if (byte > ' ' && byte < 0x7F)
        lexer_fail(lexer, lexer->line, lexer->column, "Lua does not know the character %c", byte);
    else
        lexer_fail(lexer, lexer->line, lexer->column, "Lua does not know the byte %d", byte);
}

static void read_mark(struct lexer *lexer, struct token *token)
{
    static const struct {
        char text[3];
        enum token_kind kind;
    } pairs[] = {{"..", TOKEN_CONCAT},      {"==", TOKEN_EQ},           {">=", TOKEN_GE},
                 {"<=", TOKEN_LE},          {"~=", TOKEN_NE},           {"<<", TOKEN_SHIFT_LEFT},
                 {">>", TOKEN_SHIFT_RIGHT}, {"//", TOKEN_FLOOR_DIVIDE}, {"::", TOKEN_LABEL}};
    int c = look(lexer, 0);
    if (c == '.' && look(lexer, 1) == '.' && look(lexer, 2) == '.') {
        token->kind = TOKEN_DOTS;
        step(lexer), step(lexer), step(lexer);
        return;
    }
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        if (c == pairs[i].text[0] && look(lexer, 1) == pairs[i].text[1]) {
            token->kind = pairs[i].kind;
            step(lexer), step(lexer);
            return;
        }
    }
    if (c > 0 && strchr("+-*/%^#&~|<>=(){}[];:,.", c)) {
        token->kind = TOKEN_BYTE;
        token->byte = (char)c;
        step(lexer);
        return;
    }
    fail_unexpected(lexer);
}

static void read_token(struct lexer *lexer, struct token *token)
{
    int c = look(lexer, 0), level;
    if (is_letter(c)) {
        read_word(lexer, token);
    } else if (is_digit(c) || (c == '.' && is_digit(look(lexer, 1)))) {
        read_number(lexer, token);
    } else if (c == '"' || c == '\'' || (level = long_bracket(lexer, '[')) >= 0) {
        if (c == '[')
            read_long(lexer, level, false);
        else
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
    if (lexer->failed)
        token.kind = TOKEN_FINISH;
    return token;
}

struct syntax_token *syntax_tokens(struct syntax *syntax, size_t *count)
{
    struct syntax_error error;
    struct lexer lexer;
    struct syntax_token *tokens = NULL;
    size_t capacity = 0;
    *count = 0;
    lexer_init(&lexer, syntax, &error);
    for (struct token token = lexer_next(&lexer); token.kind != TOKEN_FINISH;
         token = lexer_next(&lexer)) {
        capacity = memory_grow((void **)&tokens, *count, capacity, sizeof *tokens);
        tokens[(*count)++] = (struct syntax_token){token.begin, token.end};
    }
    lexer_clear(&lexer);
    return tokens;
}
