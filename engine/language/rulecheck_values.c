// SPDX-License-Identifier: MIT
// Fields of rows, parameters, constants written as text: what the model must know.
#include "engine/language/rulecheck_inside.h"

#include "engine/base/calendar.h"
#include "engine/base/decimal.h"

#include <stdio.h>

static const char *table_name(const struct check *check, const struct table_set *tables)
{
    return check->input->model->tables[tables->tables[0]].name;
}

static void check_row_member(struct check *check, const struct node *key, struct value_type object)
{
    const struct model *model = check->input->model;
    for (int i = 0; i < object.tables->count; i++)
        if (typing_member(model, object.tables->tables[i], key->text).kind != MEMBER_NONE)
            return;
    if (check_full(check))
        return;
    struct nearest nearest = nearest_start(key->text);
    char hint[96];
    for (int i = 0; i < object.tables->count; i++)
        nearest_try_table(&nearest, model, object.tables->tables[i]);
    if (object.tables->count == 1)
        check_error(check, key, mistake_NO_MEMBER, table_name(check, object.tables),
                    key->text.bytes, nearest_hint(&nearest, hint));
    else
        check_error(check, key, mistake_NO_MEMBER_OF_MANY, table_name(check, object.tables),
                    object.tables->count - 1, key->text.bytes, nearest_hint(&nearest, hint));
}

static bool is_target(const struct node *node)
{
    const struct node *list = node->parent;
    return list && list->kind == NODE_LIST && list->parent->kind == NODE_ASSIGN &&
           list->parent->first == list;
}

static void check_parameter(struct check *check, const struct node *node,
                            const struct node *declarations)
{
    const struct node *key = node->last;
    // The engine itself offers this one where evidence_columns are named.
    if (node_table_get(declarations, key->text.bytes) || text_is(key->text, "assume_recorded"))
        return;
    struct nearest nearest = nearest_start(key->text);
    char hint[96];
    for (const struct node *pair = declarations->first; pair; pair = pair->next)
        if (pair->kind == NODE_PAIR && pair->first->kind == NODE_STRING)
            nearest_try_text(&nearest, pair->first->text);
    check_error(check, key, mistake_NO_PARAMETER, key->text.bytes, nearest_hint(&nearest, hint));
}

// line.order_id.amount: the id is a text, the row has a name of its own.
static void check_field_of_value(struct check *check, const struct node *node,
                                 struct value_type object)
{
    bool scalar = object.kind == VALUE_TEXT || object.kind == VALUE_ENUM ||
                  object.kind == VALUE_INT || object.kind == VALUE_DECIMAL ||
                  object.kind == VALUE_BOOL;
    const struct node *inner = node->first;
    if (!scalar || inner->kind != NODE_INDEX || inner->last->kind != NODE_STRING)
        return;
    if (typing_of(check->typing, inner->first).kind != VALUE_ROW)
        return;
    char what[120], row[96] = "";
    struct text name = inner->last->text;
    value_describe(check->typing, object, what);
    if (name.length > 3 && strcmp(name.bytes + name.length - 3, "_id") == 0)
        snprintf(row, sizeof row, mistake_words(mistake_ROW_NAMED),
                 name.length > 63 ? 60 : (int)name.length - 3, name.bytes);
    check_error(check, node->last, mistake_NO_MEMBER_OF_VALUE, check_source(check, inner).text,
                what, node->last->text.bytes, row);
}

static void check_index(struct check *check, const struct node *node)
{
    struct value_type object = typing_of(check->typing, node->first);
    if (node->last->kind != NODE_STRING || is_target(node))
        return;
    if (node->first->kind == NODE_NAME && node->first->symbol &&
        check->doubted[node->first->symbol->id])
        return;
    if (object.kind == VALUE_ROW)
        check_row_member(check, node->last, object);
    else if (object.kind == VALUE_PARAMETERS && object.parameters)
        check_parameter(check, node, object.parameters);
    else if (object.kind == VALUE_LIST && object.tables)
        check_error(check, node->last, mistake_MEMBER_OF_LIST,
                    check_source(check, node->first).text, node->last->text.bytes,
                    check_source(check, node->first).text, node->last->text.bytes);
    else
        check_field_of_value(check, node, object);
}

// sum(order.lines, "quantity"): a text in the place of a function names a field.
static void check_selected(struct check *check, const struct node *node)
{
    const struct node *list = node->last->first, *second = list ? list->next : NULL;
    if (!second || second->kind != NODE_STRING)
        return;
    struct value_type element = typing_callback(check->typing, node);
    if (element.kind == VALUE_ROW)
        check_row_member(check, second, element);
}

// decimal "1,5" or date "2026-13-01" would fail on every row.
static void check_constant(struct check *check, const struct node *node)
{
    const struct node *argument = node->last->first;
    if (!argument || argument->kind != NODE_STRING || argument->next)
        return;
    struct decimal number;
    int day;
    struct text text = argument->text;
    if (node_is_global(node->first, "decimal") &&
        decimal_parse(text.bytes, text.length, &number) != 0)
        check_error(check, argument, mistake_BAD_DECIMAL, text.bytes);
    if (node_is_global(node->first, "date") &&
        calendar_parse_day(text.bytes, text.length, &day) != 0)
        check_error(check, argument, mistake_BAD_DATE, text.bytes);
}

// imported "approval", rows "approval", imported("approval", "opinion")
static void check_table_argument(struct check *check, const struct node *node)
{
    const struct node *argument = node->last->first;
    const struct model *model = check->input->model;
    static const char *const functions[] = {"imported",   "rows",     "lookup",
                                            "lookup_one", "in_force", "covered_to"};
    bool names_table = false;
    for (size_t i = 0; i < sizeof functions / sizeof *functions; i++)
        names_table |= node_is_global(node->first, functions[i]);
    if (!model || !names_table || !argument || argument->kind != NODE_STRING)
        return;
    struct nearest nearest = nearest_start(argument->text);
    char hint[96];
    int index = model_find_table(model, argument->text.bytes);
    const struct node *field = argument->next;
    if (index < 0) {
        nearest_try_tables(&nearest, model);
        check_error(check, argument, mistake_NO_TABLE, argument->text.bytes,
                    nearest_hint(&nearest, hint));
    } else if (field && field->kind == NODE_STRING &&
               model_find_field(&model->tables[index], field->text.bytes) < 0) {
        nearest = nearest_start(field->text);
        for (int i = 0; i < model->tables[index].field_count; i++)
            nearest_try(&nearest, model->tables[index].fields[i].name);
        check_error(check, field, mistake_NO_FIELD, argument->text.bytes, field->text.bytes,
                    nearest_hint(&nearest, hint));
    }
}

// exception { ... } on a line of its own is made and thrown away: the control would pass every row.
static void check_lost(struct check *check, const struct node *node)
{
    static const char *const functions[] = {"exception", "untestable_row"};
    const struct node *call = node->first;
    for (size_t i = 0; i < sizeof functions / sizeof *functions; i++)
        if (call->kind == NODE_CALL && node_is_global(call->first, functions[i]))
            check_error(check, call, mistake_LOST, functions[i], functions[i]);
}

void check_values(struct check *check)
{
    const struct node *root = check->syntax->root;
    for (struct node *node = (struct node *)root; node; node = node_next(root, node)) {
        switch ((int)node->kind) {
        case NODE_INDEX:
            check_index(check, node);
            break;
        case NODE_CALL_STATEMENT:
            check_lost(check, node);
            break;
        case NODE_FOR_EACH:
            check_loop(check, node);
            break;
        case NODE_CALL:
            check_call(check, node);
            check_constant(check, node);
            check_table_argument(check, node);
            check_selected(check, node);
            check_reason(check, node);
            break;
        case NODE_BINARY:
            check_comparison(check, node);
            break;
        }
    }
}

void check_path(struct check *check, const struct node *text, struct value_type rows,
                const char *what)
{
    const struct model *model = check->input->model;
    if (!model || rows.kind != VALUE_ROW)
        return;
    const char *step = text->text.bytes;
    struct value_type here = rows;
    for (;;) {
        size_t length = strcspn(step, ".");
        char name[64];
        snprintf(name, sizeof name, "%.*s", length > 63 ? 63 : (int)length, step);
        struct nearest nearest = nearest_start((struct text){name, strlen(name)});
        int next[TABLE_SET_MAX];
        size_t count = 0;
        bool found = false, last = !step[length];
        for (int i = 0; i < here.tables->count; i++) {
            int table = here.tables->tables[i];
            struct member member = typing_member(model, table, nearest.wanted);
            nearest_try_table(&nearest, model, table);
            found |= last ? member.kind == MEMBER_FIELD : member.kind == MEMBER_REFERENCE;
            if (!last && member.kind == MEMBER_REFERENCE) {
                // A reference to documents of any kind: what follows cannot be seen.
                if (model->tables[table].references[member.index].target < 0)
                    return;
                next[count++] = model->tables[table].references[member.index].target;
            }
        }
        if (!found) {
            char hint[96];
            check_error(check, text, last ? mistake_PATH_FIELD : mistake_PATH_REFERENCE, what,
                        table_name(check, here.tables), name,
                        strcmp(nearest.best, name) == 0 ? "" : nearest_hint(&nearest, hint));
            return;
        }
        if (last)
            return;
        step += length + 1;
        here = typing_rows(check->typing, VALUE_ROW, next, count);
        if (here.kind != VALUE_ROW)
            return;
    }
}
