// SPDX-License-Identifier: MIT
// The syntax tree of a rule file: Lua 5.4 source text, parsed without running anything. Every node
// has its place in the text; every name knows what it names. Checks, types and later compiled
// conditions are all derived from this one tree.
#ifndef VOUCH_SYNTAX_H
#define VOUCH_SYNTAX_H

#include "engine/base/dictionary.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    SYNTAX_TEXT_MAX = 4 << 20, // bytes of one file
    SYNTAX_NESTING_MAX =
        190, // statements and expressions inside one another, a little below Lua's own
    SYNTAX_HEIGHT_MAX = 1000, // of the tree: recursion over it is safe
    SYNTAX_LOCALS_MAX = 200,  // of one function at one time, as in Lua
    SYNTAX_PARTS_MAX = 20,    // of a file that are read though one before them is wrong
};

// After each kind: its children in order; [x] may be missing, x... any number.
enum node_kind {
    // statements
    NODE_BLOCK,              // statement...
    NODE_LOCAL,              // LIST of DECLARATION, LIST of values
    NODE_ASSIGN,             // LIST of targets (NAME or INDEX), LIST of values
    NODE_LOCAL_FUNCTION,     // DECLARATION, FUNCTION
    NODE_FUNCTION_STATEMENT, // target (NAME or INDEX), FUNCTION; `method`: has a hidden parameter
                             // self
    NODE_CALL_STATEMENT,     // CALL or METHOD_CALL
    NODE_DO,                 // BLOCK
    NODE_WHILE,              // condition, BLOCK
    NODE_REPEAT,             // BLOCK, condition
    NODE_IF,                 // condition, BLOCK, (condition, BLOCK)..., [BLOCK of else]
    NODE_FOR_NUMBER,         // DECLARATION, first, last, [step], BLOCK
    NODE_FOR_EACH,           // LIST of DECLARATION, LIST of values, BLOCK
    NODE_RETURN,             // value...
    NODE_BREAK,
    NODE_GOTO,  // `text`: the label
    NODE_LABEL, // `text`
    // expressions
    NODE_NIL,
    NODE_TRUE,
    NODE_FALSE,
    NODE_INTEGER, // `integer`; `text`: as written
    NODE_FLOAT,   // `text`: as written
    NODE_STRING,  // `text`: its value
    NODE_VARARGS,
    NODE_FUNCTION,    // LIST of DECLARATION, BLOCK; `varargs`; a named one begins at its parameters
    NODE_NAME,        // `text`, `scope`, `symbol`
    NODE_INDEX,       // object, key; a.b has a STRING as its key
    NODE_CALL,        // callee, LIST of arguments
    NODE_METHOD_CALL, // object, LIST of arguments; `text`: the method
    NODE_UNARY,       // operand; `op`
    NODE_BINARY,      // left, right; `op`
    NODE_PARENTHESES, // expression
    NODE_TABLE,       // (value or PAIR)...
    // parts of the above
    NODE_PAIR, // key, value: {key = value} has a STRING as its key, {[key] = value} any expression
    NODE_DECLARATION, // `text`, `symbol`
    NODE_LIST,        // node...
};

enum operator{
    OPERATOR_NONE,
    OPERATOR_OR,
    OPERATOR_AND,
    OPERATOR_LT,
    OPERATOR_GT,
    OPERATOR_LE,
    OPERATOR_GE,
    OPERATOR_NE,
    OPERATOR_EQ,
    OPERATOR_BIT_OR,
    OPERATOR_BIT_XOR,
    OPERATOR_BIT_AND,
    OPERATOR_SHIFT_LEFT,
    OPERATOR_SHIFT_RIGHT,
    OPERATOR_CONCAT,
    OPERATOR_ADD,
    OPERATOR_SUBTRACT,
    OPERATOR_MULTIPLY,
    OPERATOR_DIVIDE,
    OPERATOR_FLOOR_DIVIDE,
    OPERATOR_MODULO,
    OPERATOR_POWER,
    // unary
    OPERATOR_NEGATE,
    OPERATOR_NOT,
    OPERATOR_LENGTH,
    OPERATOR_BIT_NOT,
};

// What a NODE_NAME stands for.
enum name_scope {
    SCOPE_GLOBAL,
    SCOPE_LOCAL,     // a local of the same function
    SCOPE_PARAMETER, // a parameter of the same function
    SCOPE_UPVALUE,   // a local or parameter of a function around this one
};

enum symbol_kind { SYMBOL_LOCAL, SYMBOL_PARAMETER, SYMBOL_LOOP };

// A local variable, parameter or loop variable: one for each declaration.
struct symbol {
    struct text name;
    struct node *declaration;
    struct node *function; // the FUNCTION it belongs to; the root for file-level locals
    struct symbol *shadowed;
    struct symbol *next; // in the order of declaration; syntax->symbols is the first
    uint32_t id;         // 0 .. symbol_count - 1
    uint32_t code;       // of the name, while parsing
    enum symbol_kind kind;
    bool constant; // <const> or <close>
    bool assigned; // also given a value after its declaration
};

struct node {
    enum node_kind kind;
    enum operator op;
    enum name_scope scope;
    bool method;  // FUNCTION_STATEMENT: written a:b
    bool varargs; // FUNCTION: takes ...
    uint16_t height;
    uint32_t line, column; // from 1; columns count characters
    uint32_t begin, end;   // bytes of the text
    uint32_t id;           // 0 .. node_count - 1, children before or after their parent
    struct node *parent, *first, *last, *next;
    struct text text;
    int64_t integer;
    struct symbol *symbol; // NAME (NULL: global), DECLARATION
};

struct syntax {
    struct node *root; // a FUNCTION without parameters, taking ...: the whole file
    struct symbol *symbols;
    uint32_t node_count, symbol_count;
    const char *text; // a copy of the source
    size_t length;
    struct arena *arena; // holds everything else
};

enum { SYNTAX_ERRORS_MAX = 40 }; // of one text

struct syntax_error {
    uint32_t line, column;
    size_t read; // bytes when it was found
    char message[400];
};

struct syntax_errors {
    struct syntax_error items[SYNTAX_ERRORS_MAX];
    size_t count;
};

// Parses any bytes. A byte order mark at the start is skipped. NULL with `error` set at the first
// thing that is not Lua 5.4. The caller frees; nodes, symbols and texts live as long as the tree.
struct syntax *syntax_parse(const char *text, size_t length, struct syntax_error *error);

// The same for a reader who wants to know all that is wrong: errors, at most one of a line and in
// their order, go to `errors`. Where what was meant is plain (a comma left out, = for ==, marks of
// a Chinese keyboard), the tree is what was meant; NULL where it is not.
struct syntax *syntax_read(const char *text, size_t length, struct syntax_errors *errors);
void syntax_free(struct syntax *syntax);

// A token as its place in the text.
struct syntax_token {
    uint32_t begin, end;
};

// The tokens of a tree's text, in order; comments and blanks are none. The caller frees the array.
struct syntax_token *syntax_tokens(struct syntax *syntax, size_t *count);

// The n-th child, counted from 0, or NULL.
struct node *node_child(const struct node *node, size_t n);
size_t node_count_children(const struct node *node);

// The next node of the subtree `top` after `node` in reading order (parents first), or NULL; start
// with top itself. node_skip does not enter the children of `node`.
struct node *node_next(const struct node *top, const struct node *node);
struct node *node_skip(const struct node *top, const struct node *node);

// The FUNCTION around a node, itself excluded; NULL for the root.
struct node *node_function(const struct node *node);

// The expression without the parentheses around it.
struct node *node_bare(struct node *node);

// The name that a statement `function name(...)` gives a global function; NULL for any other node.
// Statements of a file begin at root->last->first.
const struct node *node_global_function(const struct node *statement);

bool text_is(struct text text, const char *word);
bool node_is_global(const struct node *node, const char *name); // a NAME that is this global
bool node_is_string(const struct node *node, const char *value);

// Whether a node is the call word "ID" { ... } or word("ID", { ... }): what is declared and its id
// then, either of which is NULL where the call has none.
bool node_declares(const struct node *node, const char *word, struct node **id,
                   struct node **declared);

// The value of a NAMEd key in a TABLE, the last one of that name as in Lua; NULL when there is
// none.
struct node *node_table_get(const struct node *table, const char *key);

const char *operator_text(enum operator op); // "==", "and"

#endif
