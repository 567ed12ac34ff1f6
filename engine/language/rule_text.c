// SPDX-License-Identifier: MIT
#include "engine/language/rule_text.h"

#include "engine/language/syntax.h"

// Where a control is declared: the call that names it, else the last one that begins by its line,
// since a name may be made elsewhere; NULL when there is none.
static const struct node *find(const struct syntax *syntax, const struct control *control)
{
    const struct node *by_line = NULL;
    struct node *id, *declared;
    for (struct node *node = syntax->root; node; node = node_next(syntax->root, node)) {
        if (!node_declares(node, "control", &id, &declared))
            continue;
        if (node_is_string(id, control->id))
            return node;
        if (node->line <= (uint32_t)control->line)
            by_line = node;
    }
    return by_line;
}

int rule_text_get(const struct engagement *engagement, const struct control *control,
                  struct buffer *out)
{
    const struct rule_file *file = &engagement->files[control->file_index];
    struct syntax_error error;
    struct syntax *syntax = syntax_parse(file->text, file->length, &error);
    const struct node *node = syntax ? find(syntax, control) : NULL;
    int line = node ? (int)node->line : control->line;
    if (node) {
        buffer_add(out, syntax->text + node->begin, node->end - node->begin);
        buffer_add_byte(out, '\n');
    }
    syntax_free(syntax);
    return line;
}
