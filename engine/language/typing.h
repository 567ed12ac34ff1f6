// SPDX-License-Identifier: MIT
// Types of the expressions of a rule file, derived from the data model without running anything.
// What is not known for certain is VALUE_ANY; an empty field (nil) belongs to every type.
#ifndef VOUCH_TYPING_H
#define VOUCH_TYPING_H

#include "engine/data/model.h"
#include "engine/language/syntax.h"

enum value_kind {
    VALUE_NONE, // no value reaches here (a function that is never called); typing_of says VALUE_ANY
    VALUE_NIL,
    VALUE_BOOL,
    VALUE_TEXT,
    VALUE_ENUM,
    VALUE_ZERO, // the whole number 0, which is also the decimal 0
    VALUE_INT,
    VALUE_DECIMAL, // money too
    VALUE_DATE,
    VALUE_TIMESTAMP,
    VALUE_ROW,        // of one of `tables`
    VALUE_LIST,       // of rows of `tables`; NULL: of unknown values
    VALUE_PARAMETERS, // of a control, declared by `parameters`
    VALUE_ANY,
};

enum { TABLE_SET_MAX = 32 };

struct table_set {
    int count;
    int tables[]; // indices of the model, sorted
};

struct value_type {
    enum value_kind kind;
    const struct field *field;      // ENUM: has the values
    const struct table_set *tables; // ROW, LIST
    const struct node *parameters;  // PARAMETERS: a TABLE of declarations; NULL: unknown
    const char *literal;            // TEXT: the only one it can be; NULL: any
};

// A global function or constant of the rules. A type is written: any, nil, bool, text, int,
// decimal, money, date, timestamp, "row:employee", "list:approval", "list", "row:argument 1" (of
// the table that the first argument names in quotes), "argument 1" (the type of the first
// argument), "element 1" (of its elements, where it is a list); an unknown word is any.
struct helper_type {
    const char *name;
    const char *result; // of a call; of a constant: what it holds
    const char
        *callback; // what a function given as an argument gets as its first parameter; NULL: any
};

enum member_kind { MEMBER_NONE, MEMBER_FIELD, MEMBER_REFERENCE, MEMBER_REVERSE };

struct member {
    enum member_kind kind;
    int index; // into the table's fields, references or reverses
};

struct typing;

// Borrows its arguments, which must outlive it. `model` may be NULL. The caller frees.
struct typing *typing_new(const struct syntax *syntax, const struct model *model,
                          const struct helper_type *helpers, size_t helper_count);
void typing_free(struct typing *typing);

// The FUNCTION that an expression stands for: itself, or a local that is never given another value.
// NULL when that cannot be seen.
struct node *typing_function(struct node *expression);

// Says that a control calls `expression` with arguments of these types. Before typing_run.
void typing_bind(struct typing *typing, struct node *expression, const struct value_type *types,
                 size_t count);

// A set of tables for a ROW or LIST; empty or larger than TABLE_SET_MAX: VALUE_ANY.
struct value_type typing_rows(struct typing *typing, enum value_kind kind, const int *tables,
                              size_t count);

// Derives all types. Linear in the size of the text.
void typing_run(struct typing *typing);

struct value_type typing_of(const struct typing *typing, const struct node *expression);
// The elements that a helper passes to a function, or of which a text names a field; ANY when
// unknown.
struct value_type typing_callback(const struct typing *typing, const struct node *call);

struct value_type typing_of_symbol(const struct typing *typing, const struct symbol *symbol);

// What a control's parameter holds, from the value it is declared with.
struct value_type typing_parameter(const struct typing *typing, const struct node *declarations,
                                   const char *name);

// The value of a parameter's declaration: its first item, or itself where it is no table.
struct node *parameter_value(struct node *declaration);

// What `name` is on a row of a table. Fields go before references, those before reverse lists.
struct member typing_member(const struct model *model, int table, struct text name);

// "a decimal", "a row of sales_order", for messages.
void value_describe(const struct typing *typing, struct value_type type, char out[120]);

#endif
