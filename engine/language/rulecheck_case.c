// SPDX-License-Identifier: MIT
// The cases of a control: their names, and the rows they give.
#include "engine/language/rulecheck_inside.h"

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

static void check_given(struct check *check, const struct node *given)
{
    const struct model *model = check->input->model;
    if (!model || !given || given->kind != NODE_TABLE)
        return;
    for (const struct node *pair = given->first; pair; pair = pair->next) {
        if (pair->kind != NODE_PAIR || pair->first->kind != NODE_STRING)
            continue;
        const struct node *key = pair->first, *rows = pair->last;
        int table = model_find_table(model, key->text.bytes);
        if (table < 0) {
            struct nearest nearest = nearest_start(key->text);
            char hint[96];
            nearest_try_tables(&nearest, model);
            check_error(check, key, "the model has no table \"%.60s\"%s", key->text.bytes,
                        nearest_hint(&nearest, hint));
            continue;
        }
        for (const struct node *row = rows->kind == NODE_TABLE ? rows->first : NULL; row;
             row = row->next)
            for (const struct node *cell = row->kind == NODE_TABLE ? row->first : NULL; cell;
                 cell = cell->next)
                if (cell->kind == NODE_PAIR)
                    check_given_cell(check, cell, table);
    }
}

static void check_case_name(struct check *check, const struct node *name, struct dictionary *names)
{
    uint32_t known = dictionary_count(names);
    if (dictionary_add(names, name->text.bytes, name->text.length) < known)
        check_error(check, name, "another case of this control has the name \"%.60s\"",
                    name->text.bytes);
}

void check_cases(struct check *check, const struct rule_control *control)
{
    const struct node *cases = node_table_get(control->table, "cases");
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
        check_given(check, node_table_get(one, "given"));
    }
    dictionary_free(names);
}
