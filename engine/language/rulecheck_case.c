// SPDX-License-Identifier: MIT
// The cases of controls, in a file of cases or in the control itself: their names, the rows they
// give, and their words, which no test may use.
#include "engine/language/rulecheck_inside.h"

#include "engine/base/memory.h"
#include "engine/base/reason.h"
#include "engine/data/cell.h"
#include "engine/rules/control.h"

#include <stdlib.h>

// What the field cannot hold makes rows untestable, which a case expects or did not mean.
static void check_readable(struct check *check, const struct node *value, const struct field *field)
{
    static const struct cell_format format = {0};
    struct cell_value cell;
    struct buffer reason = {0};
    bool plain = field->type == TYPE_INT || field->type == TYPE_DECIMAL ||
                 field->type == TYPE_MONEY || field->type == TYPE_DATE || field->type == TYPE_BOOL;
    if (plain && value->kind == NODE_STRING &&
        cell_parse(&format, field, NULL, value->text.bytes, value->text.length, &cell, &reason) !=
            0) {
        struct buffer words = {0};
        reason_add(buffer_text(&reason), mistake_language(), &words);
        check_error(check, value, mistake_CASE_CELL, field->name, value->text.bytes,
                    buffer_text(&words));
        buffer_clear(&words);
    }
    buffer_clear(&reason);
}

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
        check_error(check, key, mistake_NO_FIELD, definition->name, key->text.bytes,
                    nearest_hint(&nearest, hint));
        return;
    }
    const struct field *field = &definition->fields[index];
    if (!check->unreadable_cells)
        check_readable(check, value, field);
    // An empty text is an empty field.
    if (field->type != TYPE_ENUM || value->kind != NODE_STRING || !value->text.length)
        return;
    nearest = nearest_start(value->text);
    for (int i = 0; i < field->value_count; i++) {
        if (text_is(value->text, field->values[i]))
            return;
        nearest_try(&nearest, field->values[i]);
    }
    check_error(check, value, mistake_NEVER, definition->name, field->name, value->text.bytes,
                nearest_hint(&nearest, hint));
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
            check_error(check, row, mistake_ROWS_IN_LIST, check->input->model->tables[table].name);
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
            check_error(check, key, mistake_NO_TABLE, key->text.bytes,
                        nearest_hint(&nearest, hint));
            continue;
        }
        check_rows(check, pair->last, table, changes);
    }
}

static bool expects_untestable(const struct node *expected)
{
    const struct node *one = expected && expected->kind == NODE_TABLE ? expected->first : NULL;
    for (; one; one = one->next)
        if (one->kind != NODE_TABLE || node_table_get(one, "untestable"))
            return true;
    return !expected || expected->kind != NODE_TABLE;
}

static void check_case_settings(struct check *check, const struct node *one)
{
    for (const struct node *item = one->first; item; item = item->next) {
        const struct node *key = item->kind == NODE_PAIR ? item->first : NULL;
        char hint[96];
        if (key && key->kind == NODE_STRING && !setting_find_text(case_settings, key->text))
            check_error(check, key, mistake_CASE_SETTING, key->text.bytes,
                        setting_hint(case_settings, key->text, hint));
    }
}

// A misspelt key would be taken for a value of the exception.
static void check_expected_names(struct check *check, const struct node *one)
{
    for (const struct node *item = one->first; item; item = item->next) {
        const struct node *name = item->kind == NODE_PAIR ? item->first : NULL;
        if (!name || name->kind != NODE_STRING)
            continue;
        struct nearest nearest = nearest_start(name->text);
        nearest_try(&nearest, "key");
        if (nearest.best[0] && nearest.distance <= 1)
            check_error(check, name, mistake_EXPECTED_WITHOUT_KEY);
    }
}

static void check_expected(struct check *check, const struct node *expected)
{
    const struct node *one = expected && expected->kind == NODE_TABLE ? expected->first : NULL;
    for (; one; one = one->next)
        if (one->kind == NODE_TABLE && one->first && !node_table_get(one, "key"))
            check_expected_names(check, one);
        else if (one->kind == NODE_PAIR)
            check_error(check, one, mistake_EXPECTED_IN_LIST);
}

static void check_case_name(struct check *check, const struct node *name, struct dictionary *names)
{
    uint32_t known = dictionary_count(names);
    if (dictionary_add(names, name->text.bytes, name->text.length) < known)
        check_error(check, name, mistake_CASE_TWICE, name->text.bytes);
}

// The key of a row as it is written, or false where that cannot be seen.
static bool written_key(const struct model_table *table, const struct node *row, struct buffer *key)
{
    buffer_reset(key);
    for (int i = 0; row->kind == NODE_TABLE && i < table->key_count; i++) {
        const struct node *part = node_table_get(row, table->fields[table->key[i]].name);
        if (!part || (part->kind != NODE_STRING && part->kind != NODE_INTEGER) ||
            strpbrk(part->text.bytes, "%/:#* "))
            return false;
        buffer_printf(key, "%s%s", i ? "/" : "", part->text.bytes);
    }
    return row->kind == NODE_TABLE && key->length > 0;
}

// Whether a row of that key is given; also where it cannot be seen.
static bool gives_row(const struct node *rows, const struct model_table *table, const char *wanted)
{
    struct buffer key = {0};
    bool found = rows->kind != NODE_TABLE;
    for (const struct node *row = rows->first; row && !found; row = row->next)
        found = !written_key(table, row, &key) || strcmp(buffer_text(&key), wanted) == 0;
    buffer_clear(&key);
    return found;
}

// The same of any table that the case gives: an exception may name a row of another than its
// population.
static bool gives_any_row(const struct check *check, const struct node *given, const char *wanted)
{
    for (const struct node *one = given->first; one; one = one->next) {
        bool named = one->kind == NODE_PAIR && one->first->kind == NODE_STRING;
        int table = named ? model_find_table(check->input->model, one->first->text.bytes) : -1;
        if (table < 0 || gives_row(node_child(one, 1), &check->input->model->tables[table], wanted))
            return true;
    }
    return false;
}

// An exception is one of a row that the case gives.
static void check_expected_rows(struct check *check, const struct node *given,
                                const struct node *expected, const struct rule_control *control)
{
    bool known = control && !control->grouped && control->rows.kind == VALUE_ROW &&
                 control->rows.tables->count == 1;
    if (!known || !given || given->kind != NODE_TABLE || !expected || expected->kind != NODE_TABLE)
        return;
    const struct model_table *table = &check->input->model->tables[control->rows.tables->tables[0]];
    for (const struct node *one = expected->first; one; one = one->next) {
        const struct node *key = one->kind == NODE_TABLE ? node_table_get(one, "key") : NULL;
        if (key && key->kind == NODE_STRING && !gives_any_row(check, given, key->text.bytes))
            check_error(check, key, mistake_EXPECTED_NO_ROW, key->text.bytes, table->name);
    }
}

void check_cases(struct check *check, const struct node *cases, const struct rule_control *control)
{
    if (!cases || cases->kind != NODE_TABLE)
        return;
    if (!cases->first)
        check_warning(check, cases, mistake_CASES_EMPTY);
    struct dictionary *names = dictionary_new();
    for (const struct node *one = cases->first; one; one = one->next) {
        if (one->kind != NODE_TABLE)
            continue;
        const struct node *name = one->first;
        while (name && name->kind == NODE_PAIR)
            name = name->next;
        if (!name)
            check_error(check, one, mistake_CASE_NAMELESS);
        else if (name->kind == NODE_STRING)
            check_case_name(check, name, names);
        const struct node *given = node_table_get(one, "given");
        const struct node *expected = node_table_get(one, "expect");
        check_case_settings(check, one);
        check_expected(check, expected);
        check->unreadable_cells = expects_untestable(expected);
        if (given && check->input->model)
            check_given(check, given, false);
        check_expected_rows(check, given, expected, control);
    }
    dictionary_free(names);
}

void check_case_lists(struct check *check)
{
    const struct node *root = check->syntax->root;
    struct node *id, *cases;
    for (const struct node *node = root; node; node = node_next(root, node))
        if (node_declares(node, "cases", &id, &cases))
            check_cases(check, cases, NULL);
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
    check_error(refusal->check, node, mistake_WITH_IN_TEST);
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
