// SPDX-License-Identifier: MIT
// The cases of controls, in a file of cases or in the control itself: their names, the rows they
// give, and their words, which no test may use.
#include "engine/language/rulecheck_inside.h"

#include "engine/base/memory.h"

#include <stdlib.h>

static void check_given_cell(struct check *check, const struct node *pair, int table)
{
    const struct model_table *definition = &check->input->model->tables[table];
    const struct node *key = pair->first, *value = pair->last;
    if (key->kind != NODE_STRING)
        return;
    int index = model_find_field(definition, key->text.bytes);
    char hint[96];
    struct nearest nearest = nearest_start(key->text);
    if (index < 0) {
        for (int i = 0; i < definition->field_count; i++)
            nearest_try(&nearest, definition->fields[i].name);
        check_error(check, key, "%s has no field \"%.60s\"%s", definition->name, key->text.bytes,
                    nearest_hint(&nearest, hint));
        return;
    }
    const struct field *field = &definition->fields[index];
    // An empty text is an empty field.
    if (field->type != TYPE_ENUM || value->kind != NODE_STRING || !value->text.length)
        return;
    nearest = nearest_start(value->text);
    for (int i = 0; i < field->value_count; i++) {
        if (text_is(value->text, field->values[i]))
            return;
        nearest_try(&nearest, field->values[i]);
    }
    check_error(check, value, "%s.%s is never \"%.40s\"%s", definition->name, field->name,
                value->text.bytes, nearest_hint(&nearest, hint));
}

// The first of the arguments of with(...), or NULL.
static const struct node *arguments_of_with(const struct node *node)
{
    return node->kind == NODE_CALL && node_is_global(node->first, "with") ? node->last->first
                                                                          : NULL;
}

// { field = value, ... }, or with(...) of such.
static void check_row(struct check *check, const struct node *row, int table)
{
    for (const struct node *part = arguments_of_with(row); part; part = part->next)
        check_row(check, part, table);
    for (const struct node *cell = row->kind == NODE_TABLE ? row->first : NULL; cell;
         cell = cell->next)
        if (cell->kind == NODE_PAIR)
            check_given_cell(check, cell, table);
}

// { { ... }, ... }, or, where it `changes` others, the fields of the first row.
static void check_rows(struct check *check, const struct node *rows, int table, bool changes)
{
    if (changes && rows->kind == NODE_TABLE && rows->first && rows->first->kind == NODE_PAIR) {
        check_row(check, rows, table);
        return;
    }
    for (const struct node *row = rows->kind == NODE_TABLE ? rows->first : NULL; row;
         row = row->next) {
        if (row->kind == NODE_PAIR)
            check_error(check, row, "the rows of %s stand in a list: { { ... }, { ... } }",
                        check->input->model->tables[table].name);
        else
            check_row(check, row, table);
    }
}

// { table = rows, ... }, or with(...) of such.
static void check_given(struct check *check, const struct node *given, bool changes)
{
    const struct model *model = check->input->model;
    const struct node *first = arguments_of_with(given);
    for (const struct node *part = first; part; part = part->next)
        check_given(check, part, changes || part != first);
    for (const struct node *pair = given->kind == NODE_TABLE ? given->first : NULL; pair;
         pair = pair->next) {
        if (pair->kind != NODE_PAIR || pair->first->kind != NODE_STRING)
            continue;
        const struct node *key = pair->first;
        int table = model_find_table(model, key->text.bytes);
        if (table < 0) {
            struct nearest nearest = nearest_start(key->text);
            char hint[96];
            nearest_try_tables(&nearest, model);
            check_error(check, key, "the model has no table \"%.60s\"%s", key->text.bytes,
                        nearest_hint(&nearest, hint));
            continue;
        }
        check_rows(check, pair->last, table, changes);
    }
}

static void check_case_name(struct check *check, const struct node *name, struct dictionary *names)
{
    uint32_t known = dictionary_count(names);
    if (dictionary_add(names, name->text.bytes, name->text.length) < known)
        check_error(check, name, "another case of this control has the name \"%.60s\"",
                    name->text.bytes);
}

void check_cases(struct check *check, const struct node *cases)
{
    if (!cases || cases->kind != NODE_TABLE)
        return;
    if (!cases->first)
        check_warning(check, cases, "the list of cases is empty");
    struct dictionary *names = dictionary_new();
    for (const struct node *one = cases->first; one; one = one->next) {
        if (one->kind != NODE_TABLE)
            continue;
        const struct node *name = one->first;
        while (name && name->kind == NODE_PAIR)
            name = name->next;
        if (!name)
            check_error(check, one,
                        "this case has no name; write { \"what it shows\", given = ... }");
        else if (name->kind == NODE_STRING)
            check_case_name(check, name, names);
        const struct node *given = node_table_get(one, "given");
        if (given && check->input->model)
            check_given(check, given, false);
    }
    dictionary_free(names);
}

void check_case_lists(struct check *check)
{
    const struct node *root = check->syntax->root;
    struct node *id, *cases;
    for (const struct node *node = root; node; node = node_next(root, node))
        if (node_declares(node, "cases", &id, &cases))
            check_cases(check, cases);
}

// ---- the words of cases in tests

struct refusal {
    struct check *check;
    bool *refused; // by node
};

static void refuse_word(void *state, struct node *node)
{
    struct refusal *refusal = state;
    if (!node_is_global(node, "with") || refusal->refused[node->id])
        return;
    refusal->refused[node->id] = true;
    check_error(refusal->check, node, "\"with\" makes the data of cases; no test can use it");
}

void check_case_words(struct check *check)
{
    const struct node *root = check->syntax->root, *node = root;
    while (node && !node_is_global(node, "with"))
        node = node_next(root, node);
    if (!node)
        return;
    struct refusal refusal = {check,
                              arena_take(check->arena, check->syntax->node_count, sizeof(bool))};
    for (size_t i = 0; i < check->control_count; i++)
        if (check->controls[i].table)
            check_visit(check, &check->controls[i], refuse_word, &refusal);
}
