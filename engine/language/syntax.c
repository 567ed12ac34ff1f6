// SPDX-License-Identifier: MIT
// The tree itself: walking over it.
#include "engine/language/syntax_inside.h"

#include "engine/base/arena.h"

#include <stdlib.h>
#include <string.h>

void syntax_free(struct syntax *syntax)
{
    if (!syntax)
        return;
    // The tree stands in the arena itself.
    arena_free(syntax->arena);
}

struct node *node_child(const struct node *node, size_t n)
{
    struct node *child = node->first;
    while (child && n--)
        child = child->next;
    return child;
}

size_t node_count_children(const struct node *node)
{
    size_t count = 0;
    for (const struct node *child = node->first; child; child = child->next)
        count++;
    return count;
}

struct node *node_skip(const struct node *top, const struct node *node)
{
    while (node && node != top) {
        if (node->next)
            return node->next;
        node = node->parent;
    }
    return NULL;
}

struct node *node_next(const struct node *top, const struct node *node)
{
    return node->first ? node->first : node_skip(top, node);
}

struct node *node_function(const struct node *node)
{
    struct node *outer = node->parent;
    while (outer && outer->kind != NODE_FUNCTION)
        outer = outer->parent;
    return outer;
}

struct node *node_bare(struct node *node)
{
    while (node && node->kind == NODE_PARENTHESES)
        node = node->first;
    return node;
}

bool text_is(struct text text, const char *word)
{
    return text.length == strlen(word) && memcmp(text.bytes, word, text.length) == 0;
}

const struct node *node_global_function(const struct node *statement)
{
    if (statement->kind != NODE_FUNCTION_STATEMENT || statement->method)
        return NULL;
    const struct node *name = statement->first;
    return name->kind == NODE_NAME && name->scope == SCOPE_GLOBAL ? name : NULL;
}

bool node_is_global(const struct node *node, const char *name)
{
    return node && node->kind == NODE_NAME && node->scope == SCOPE_GLOBAL &&
           text_is(node->text, name);
}

bool node_is_string(const struct node *node, const char *value)
{
    return node && node->kind == NODE_STRING && text_is(node->text, value);
}

bool node_declares(const struct node *node, const char *word, struct node **id,
                   struct node **declared)
{
    if (node->kind != NODE_CALL)
        return false;
    const struct node *callee = node->first, *arguments = node->last;
    bool curried = callee->kind == NODE_CALL && node_is_global(callee->first, word);
    if (!curried && (!node_is_global(callee, word) || !arguments->first || !arguments->first->next))
        return false;
    *id = curried ? callee->last->first : arguments->first;
    *declared = curried ? arguments->first : arguments->first->next;
    return true;
}

struct node *node_table_get(const struct node *table, const char *key)
{
    struct node *found = NULL;
    for (struct node *item = table->first; item; item = item->next)
        if (item->kind == NODE_PAIR && node_is_string(item->first, key))
            found = item->first->next;
    return found;
}

const char *operator_text(enum operator op)
{
    static const char *const texts[] = {
        [OPERATOR_NONE] = "",         [OPERATOR_OR] = "or",
        [OPERATOR_AND] = "and",       [OPERATOR_LT] = "<",
        [OPERATOR_GT] = ">",          [OPERATOR_LE] = "<=",
        [OPERATOR_GE] = ">=",         [OPERATOR_NE] = "~=",
        [OPERATOR_EQ] = "==",         [OPERATOR_BIT_OR] = "|",
        [OPERATOR_BIT_XOR] = "~",     [OPERATOR_BIT_AND] = "&",
        [OPERATOR_SHIFT_LEFT] = "<<", [OPERATOR_SHIFT_RIGHT] = ">>",
        [OPERATOR_CONCAT] = "..",     [OPERATOR_ADD] = "+",
        [OPERATOR_SUBTRACT] = "-",    [OPERATOR_MULTIPLY] = "*",
        [OPERATOR_DIVIDE] = "/",      [OPERATOR_FLOOR_DIVIDE] = "//",
        [OPERATOR_MODULO] = "%",      [OPERATOR_POWER] = "^",
        [OPERATOR_NEGATE] = "-",      [OPERATOR_NOT] = "not",
        [OPERATOR_LENGTH] = "#",      [OPERATOR_BIT_NOT] = "~",
    };
    return texts[op];
}
