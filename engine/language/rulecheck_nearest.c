// SPDX-License-Identifier: MIT
// Names of the model that a misspelled word may have meant, and how source looks in a message.
#include "engine/language/rulecheck_inside.h"

#include <stdio.h>

void nearest_try_table(struct nearest *nearest, const struct model *model, int table)
{
    const struct model_table *definition = &model->tables[table];
    for (int i = 0; i < definition->field_count; i++)
        nearest_try(nearest, definition->fields[i].name);
    for (int i = 0; i < definition->reference_count; i++)
        nearest_try(nearest, definition->references[i].name);
    for (int i = 0; i < definition->reverse_count; i++)
        nearest_try(nearest, definition->reverses[i].name);
}

void nearest_try_tables(struct nearest *nearest, const struct model *model)
{
    for (int i = 0; i < model->table_count; i++)
        nearest_try(nearest, model->tables[i].name);
}

struct snippet check_source(const struct check *check, const struct node *node)
{
    enum { CUT = 40 };
    struct snippet snippet = {""};
    size_t length = node->end - node->begin, used = 0;
    const char *source = check->syntax->text + node->begin;
    for (size_t i = 0; i < length && used < CUT; i++) {
        bool blank = source[i] == '\n' || source[i] == '\r' || source[i] == '\t';
        // NUL would end the message.
        snippet.text[used++] = blank ? ' ' : source[i] ? source[i] : '?';
    }
    while (used == CUT && used > 0 && (snippet.text[used - 1] & 0xC0) == 0x80)
        used--;
    if (used && length > CUT && (snippet.text[used - 1] & 0xC0) == 0xC0)
        used--;
    snprintf(snippet.text + used, sizeof snippet.text - used, "%s", length > CUT ? "..." : "");
    return snippet;
}
