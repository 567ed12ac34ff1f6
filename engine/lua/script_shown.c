// SPDX-License-Identifier: MIT
#include "engine/lua/script_shown.h"

#include "engine/language/shown.h"

#include <stdbool.h>
#include <string.h>

// Whether computing it can end in something that is not known: constants and plain names cannot.
static bool computes(const struct node *value)
{
    bool any = false;
    for (const struct node *node = value; node; node = node_next(value, node)) {
        if (node->kind == NODE_VARARGS)
            return false; // belongs to the function around it
        any |= node->kind == NODE_INDEX || node->kind == NODE_CALL ||
               node->kind == NODE_METHOD_CALL || node->kind == NODE_BINARY ||
               node->kind == NODE_UNARY;
    }
    return any && value->kind != NODE_FUNCTION;
}

// What is left to copy of the text, and where it goes.
struct rewriting {
    const char *text;
    size_t copied;
    struct buffer *out;
};

static void wrap(struct rewriting *rewriting, const struct node *value)
{
    struct buffer *out = rewriting->out;
    if (!computes(value))
        return;
    buffer_add(out, rewriting->text + rewriting->copied, value->begin - rewriting->copied);
    buffer_add_text(out, "function() return ");
    buffer_add(out, rewriting->text + value->begin, value->end - value->begin);
    buffer_add_text(out, " end");
    rewriting->copied = value->end;
}

static void wrap_values(struct rewriting *rewriting, const struct node *table)
{
    for (const struct node *item = table->first; item; item = item->next) {
        if (item->kind != NODE_PAIR || item->first->kind != NODE_STRING ||
            shown_decides(item->first))
            continue;
        const struct node *value = node_child(item, 1);
        if (!node_is_string(item->first, "evidence") || value->kind != NODE_TABLE) {
            wrap(rewriting, value);
            continue;
        }
        for (const struct node *piece = value->first; piece; piece = piece->next)
            if (piece->kind != NODE_PAIR)
                wrap(rewriting, piece);
    }
}

void script_shown_rewrite(const char *text, size_t length, struct buffer *out)
{
    struct syntax_error error;
    struct syntax *syntax = syntax_parse(text, length, &error);
    struct rewriting rewriting = {.text = text, .out = out};
    const struct node *node = syntax ? syntax->root : NULL;
    while (node) {
        const struct node *shown = shown_table(node);
        if (shown)
            wrap_values(&rewriting, shown);
        node = shown ? node_skip(syntax->root, node) : node_next(syntax->root, node);
    }
    buffer_add(out, text + rewriting.copied, length - rewriting.copied);
    syntax_free(syntax);
}
