// SPDX-License-Identifier: MIT
// The two halves of typing: single expressions, and their flow through a file. Not for other
// modules.
#ifndef VOUCH_TYPING_INSIDE_H
#define VOUCH_TYPING_INSIDE_H

#include "engine/language/typing.h"

// Calls whose meaning lies in other files. With it, what is derived serves to follow values, not to
// refuse them: lists of rows that a rule builds have types too.
struct typing_calls {
    // false: not known. May give types to locals (typing_give).
    bool (*result)(void *context, struct typing *typing, struct node *call,
                   struct value_type *type);
    void *context;
};

struct typing {
    const struct syntax *syntax;
    const struct model *model;
    const struct helper_type *helpers;
    struct dictionary *helper_names; // code = index
    struct value_type *nodes;        // by id; of a FUNCTION: what it returns
    struct value_type *symbols;      // by id
    bool *bound;         // by id: NAMEs that are no escape, FUNCTIONs whose calls are known
    struct arena *arena; // of types; a branch borrows that of its base
    struct arena *slots; // holds this and the slots; the same but for a branch
    const struct typing_calls *calls; // NULL: only functions of this file
    const struct node *top;           // the only FUNCTION that is typed; NULL: the whole file
    bool changed;
    bool widen; // types that still change become any
    bool lost;  // everything is any
};

struct value_type type_simple(enum value_kind kind);
struct value_type type_join(struct typing *typing, struct value_type a, struct value_type b);
bool type_equal(struct value_type a, struct value_type b);
struct value_type type_element(struct value_type list); // of a LIST; else any
struct value_type type_index(struct typing *typing, struct value_type object,
                             const struct node *key);
struct value_type type_operation(struct typing *typing, enum operator op, struct value_type left,
                                 struct value_type right);
struct value_type type_unary(enum operator op, struct value_type operand);

// The type that a word of struct helper_type stands for, in a call with these arguments (LIST).
struct value_type type_named(struct typing *typing, const char *word, const struct node *arguments);

// Types one FUNCTION of the file of `base`, which is borrowed, as called with these arguments. The
// caller frees. typing_result: what it returns.
struct typing *typing_branch(const struct typing *base, struct node *function,
                             const struct value_type *arguments, size_t count);
struct value_type typing_result(const struct typing *typing);
void typing_give(struct typing *typing, const struct symbol *symbol, struct value_type type);

// The text that a key or an argument can only be, or NULL.
const char *typing_literal(const struct typing *typing, const struct node *node);

const struct helper_type *typing_helper(const struct typing *typing, const struct node *callee);

#endif
