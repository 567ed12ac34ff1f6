// SPDX-License-Identifier: MIT
// What the lexer and the parser of rule files share; not for other modules.
#ifndef VOUCH_SYNTAX_INSIDE_H
#define VOUCH_SYNTAX_INSIDE_H

#include "engine/base/arena.h"
#include "engine/base/buffer.h"
#include "engine/language/syntax.h"

// Reserved words come first, in the order of their names' codes.
enum token_kind {
    TOKEN_AND,
    TOKEN_BREAK,
    TOKEN_DO,
    TOKEN_ELSE,
    TOKEN_ELSEIF,
    TOKEN_END,
    TOKEN_FALSE,
    TOKEN_FOR,
    TOKEN_FUNCTION,
    TOKEN_GOTO,
    TOKEN_IF,
    TOKEN_IN,
    TOKEN_LOCAL,
    TOKEN_NIL,
    TOKEN_NOT,
    TOKEN_OR,
    TOKEN_REPEAT,
    TOKEN_RETURN,
    TOKEN_THEN,
    TOKEN_TRUE,
    TOKEN_UNTIL,
    TOKEN_WHILE,
    TOKEN_NAME,
    TOKEN_STRING,
    TOKEN_INTEGER,
    TOKEN_FLOAT,
    TOKEN_DOTS,
    TOKEN_CONCAT,
    TOKEN_EQ,
    TOKEN_GE,
    TOKEN_LE,
    TOKEN_NE,
    TOKEN_SHIFT_LEFT,
    TOKEN_SHIFT_RIGHT,
    TOKEN_FLOOR_DIVIDE,
    TOKEN_LABEL, // ::
    TOKEN_BYTE,  // a punctuation mark, in `byte`
    TOKEN_FINISH // the end of the text, or after an error
};

struct token {
    enum token_kind kind;
    char byte;
    uint32_t line, column, begin, end;
    uint32_t last_line, last_column; // right behind it
    uint32_t code;                   // of a name
    struct text text;
    int64_t integer;
};

struct label {
    struct label *shadowed;
    struct node *function;
    uint32_t code, line;
    unsigned active; // locals in scope
};

// One for each distinct name of the file.
struct name {
    struct text text;
    struct symbol *symbol; // the innermost declaration in force
    struct label *label;
};

struct lexer {
    struct syntax *syntax;
    struct syntax_errors *errors;
    struct dictionary *words;
    struct name *names; // by code
    size_t name_capacity;
    struct buffer scratch;
    size_t at;
    uint32_t line, column;
    uint32_t wide_line;   // the last line whose full-width marks were told
    uint32_t quotes_line; // the last line whose quotation marks were counted
    bool failed;
    struct syntax_error *failure; // what ended the text, where that is told
    uint32_t broken_line;
    bool certain; // the failure says itself what is wrong
    bool broken;  // the rest of a line was skipped: what follows may be a consequence
};

void lexer_init(struct lexer *lexer, struct syntax *syntax, struct syntax_errors *errors);
void lexer_clear(struct lexer *lexer);

// The next token; TOKEN_FINISH at the end and for ever after an error.
struct token lexer_next(struct lexer *lexer);

// Records an error that ends the text; later ones are consequences of it.
void lexer_fail(struct lexer *lexer, uint32_t line, uint32_t column, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

// Records an error after which it is plain how to go on. A second one of a line is a consequence.
void lexer_note(struct lexer *lexer, uint32_t line, uint32_t column, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

// A mark that is none of Lua's, as a Chinese keyboard or another language has it: reports it and
// reads it as what was meant; false where that is not plain, after an error.
bool lexer_foreign_mark(struct lexer *lexer, struct token *token);

// The same of a blank that is none of Lua's, which is skipped; false: here is none.
bool lexer_foreign_blank(struct lexer *lexer);

// Reports a line on which a text is never closed, and skips it; false where all are closed.
bool lexer_unclosed_line(struct lexer *lexer);

// After an error: goes on with the next line, as though nothing had been wrong.
void lexer_skip_line(struct lexer *lexer);

// What the lexer's files share: the byte so many bytes from here or -1, and steps over one byte.
int lexer_look(const struct lexer *lexer, size_t ahead);
void lexer_step(struct lexer *lexer);

// Adds what a token looks like in a message.
void token_describe(const struct lexer *lexer, const struct token *token, char out[80]);

// The parser.
struct lexical_block {
    struct lexical_block *outer;
    unsigned active; // symbols in force when it began
    int local_count; // of the function when it began
    size_t first_goto;
    size_t label_count;
    bool loop;
};

struct function {
    struct function *outer;
    struct node *node;
    struct lexical_block *block;
    int local_count;
};

struct jump { // a goto whose label has not been seen yet
    struct node *node;
    uint32_t code;
    unsigned active;
};

struct parser {
    struct lexer lexer;
    struct syntax *syntax;
    struct token token, ahead;
    bool has_ahead;
    unsigned nesting;
    uint32_t last_end; // where the token before this one ended
    uint32_t last_line, last_column;
    struct function *function;
    struct symbol **active;
    size_t active_count, active_capacity;
    struct symbol **last_symbol;
    struct label **labels;
    size_t label_count, label_capacity;
    struct jump *jumps;
    size_t jump_count, jump_capacity;
};

// Tokens.
void parser_advance(struct parser *parser);
const struct token *parser_peek(struct parser *parser);
bool parser_at(const struct parser *parser, enum token_kind kind);
bool parser_at_byte(const struct parser *parser, char byte);
bool parser_accept_byte(struct parser *parser, char byte);
void parser_expect(struct parser *parser, enum token_kind kind, const char *what);
void parser_expect_byte(struct parser *parser, char byte, const char *why);
void parser_expect_close(struct parser *parser, enum token_kind kind, char byte,
                         const struct token *open);
// "then" or "do", which may be missing.
void parser_expect_opening(struct parser *parser, enum token_kind kind, const char *what);
// A comma between the things of a list, if another thing follows; one left out is noted.
bool parser_accept_comma(struct parser *parser, char close);
void parser_fail(struct parser *parser, const char *message) __attribute__((format(printf, 2, 0)));
void parser_fail_here(struct parser *parser, const char *wanted);
bool parser_enter(struct parser *parser);

// Nodes: node_open starts one at the current token, node_close ends it before the current token.
struct node *node_open(struct parser *parser, enum node_kind kind);
struct node *node_open_at(struct parser *parser, enum node_kind kind, const struct node *start);
struct node *node_close(struct parser *parser, struct node *node);
void node_add(struct parser *parser, struct node *parent, struct node *child);

// Scopes.
void scope_open(struct parser *parser, struct lexical_block *block, bool loop);
void scope_close(struct parser *parser);
void scope_reserve(struct parser *parser, int count);
struct symbol *scope_symbol(struct parser *parser, struct node *declaration, uint32_t code,
                            enum symbol_kind kind);
void scope_activate(struct parser *parser, struct symbol *symbol);
void scope_resolve(struct parser *parser, struct node *name, uint32_t code);
void scope_label(struct parser *parser, struct node *node, uint32_t code, bool last);
void scope_goto(struct parser *parser, struct node *node, uint32_t code);
bool scope_in_loop(const struct parser *parser);

// Grammar.
struct node *parse_expression(struct parser *parser);
struct node *parse_condition(struct parser *parser); // in which = was meant as ==
struct node *parse_suffixed(struct parser *parser);
struct node *parse_values(struct parser *parser); // LIST
struct node *parse_function_body(struct parser *parser, const struct token *start, bool self);
struct node *parse_name(struct parser *parser);
struct node *parse_block(struct parser *parser, struct node *block);

// Whether something from `begin` on is opened and never closed, or closed and never opened, which
// is then reported where it stands. `*next` is where the next statement of the file begins after
// that, or after `failed`; the length of the text where there is none.
bool balance_check(struct syntax *syntax, size_t begin, uint32_t line, size_t failed,
                   struct syntax_errors *errors, size_t *next, uint32_t *next_line);

#endif
