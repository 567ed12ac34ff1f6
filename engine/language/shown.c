// SPDX-License-Identifier: MIT
#include "engine/language/shown.h"

#include "engine/rules/pass_note.h"

#include <string.h>

static bool ends_in(struct text name, const char *ending)
{
    size_t tail = strlen(ending);
    return name.length >= tail && memcmp(name.bytes + name.length - tail, ending, tail) == 0;
}

// exception { ... }, and the helpers that make one of what they are given:
// separation_exception(...); the same of notes: passed_note { ... }, same_day_note(...).
bool shown_by(const struct node *function)
{
    if (node_is_global(function, "exception"))
        return true;
    return function->kind == NODE_NAME && function->scope == SCOPE_GLOBAL &&
           (ends_in(function->text, "_exception") || ends_in(function->text, "_note") ||
            ends_in(function->text, SAME_DAY_FUNCTION) ||
            ends_in(function->text, WITHIN_TOLERANCE_FUNCTION));
}

bool shown_decides(const struct node *pair)
{
    const struct node *key = pair->first;
    return pair->kind != NODE_PAIR || key->kind != NODE_STRING || node_is_string(key, "label") ||
           node_is_string(key, "severity") || node_is_string(key, "row") ||
           node_is_string(key, "currency");
}

bool shown_is_value(const struct node *node)
{
    const struct node *pair = node->parent, *table = pair ? pair->parent : NULL;
    const struct node *arguments = table ? table->parent : NULL;
    return arguments && pair->kind == NODE_PAIR && pair->last == node && !shown_decides(pair) &&
           table->kind == NODE_TABLE && arguments->kind == NODE_LIST && arguments->last == table &&
           arguments->parent && arguments->parent->kind == NODE_CALL &&
           arguments->parent->last == arguments && shown_by(arguments->parent->first);
}
