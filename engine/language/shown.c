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
static bool shows(const struct node *function)
{
    if (node_is_global(function, "exception"))
        return true;
    return function->kind == NODE_NAME && function->scope == SCOPE_GLOBAL &&
           (ends_in(function->text, "_exception") || ends_in(function->text, "_note") ||
            ends_in(function->text, SAME_DAY_FUNCTION) ||
            ends_in(function->text, WITHIN_TOLERANCE_FUNCTION));
}

const struct node *shown_table(const struct node *node)
{
    const struct node *arguments = node->kind == NODE_CALL ? node_child(node, 1) : NULL;
    const struct node *last = arguments && shows(node->first) ? arguments->last : NULL;
    return last && last->kind == NODE_TABLE ? last : NULL;
}

bool shown_decides(const struct node *key)
{
    return node_is_string(key, "label") || node_is_string(key, "severity") ||
           node_is_string(key, "row") || node_is_string(key, "currency");
}

bool shown_holds(const struct node *node)
{
    for (const struct node *at = node; at->parent; at = at->parent) {
        const struct node *table = at->kind == NODE_PAIR && at != node ? at->parent : NULL;
        const struct node *call = table && table->parent ? table->parent->parent : NULL;
        if (call && shown_table(call) == table && !shown_decides(at->first))
            return true;
    }
    return false;
}
