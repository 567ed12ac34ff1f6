// SPDX-License-Identifier: MIT
// Finding the controls of a file, and what their functions are called with.
#include "engine/language/rulecheck_inside.h"

#include "engine/base/memory.h"
#include "engine/language/shown.h"
#include "engine/rules/control.h"

#include <stdlib.h>

// The parameters of a control that declares none.
static const struct node no_parameters = {.kind = NODE_TABLE};

// The tables named by `population`, as rows; ANY when one cannot be seen or does not exist.
static struct value_type population_rows(struct check *check, const struct node *population)
{
    int tables[TABLE_SET_MAX];
    size_t count = 0;
    const struct model *model = check->input->model;
    struct value_type any = {.kind = VALUE_ANY};
    if (!model || !population)
        return any;
    bool list = population->kind == NODE_TABLE;
    for (const struct node *name = list ? population->first : population; name;
         name = list ? name->next : NULL) {
        int table = name->kind == NODE_STRING ? model_find_table(model, name->text.bytes) : -1;
        if (table < 0 || count == TABLE_SET_MAX)
            return any;
        tables[count++] = table;
    }
    return typing_rows(check->typing, VALUE_ROW, tables, count);
}

static const struct node *control_parameters(const struct node *table)
{
    const struct node *parameters = node_table_get(table, "parameters");
    if (!parameters)
        return &no_parameters;
    if (parameters->kind != NODE_TABLE)
        return NULL;
    size_t count = 0;
    for (const struct node *pair = parameters->first; pair; pair = pair->next)
        if (++count > PARAMETERS_MAX || pair->kind != NODE_PAIR || pair->first->kind != NODE_STRING)
            return NULL;
    return parameters;
}

static void bind_control(struct check *check, struct rule_control *control)
{
    const struct node *table = control->table;
    struct node *group = node_table_get(table, "group");
    control->rows = population_rows(check, node_table_get(table, "population"));
    control->grouped = group != NULL;
    control->parameters = control_parameters(table);
    struct value_type parameters = {.kind = VALUE_PARAMETERS, .parameters = control->parameters};
    struct value_type subject = control->rows;
    if (control->grouped)
        subject.kind = subject.kind == VALUE_ROW ? VALUE_LIST : VALUE_ANY;
    typing_bind(check->typing, node_table_get(table, "test"),
                (struct value_type[]){subject, parameters}, 2);
    // Rows are chosen one by one, before they are grouped.
    typing_bind(check->typing, node_table_get(table, "applies"),
                (struct value_type[]){control->rows, parameters}, 2);
    typing_bind(check->typing, group, (struct value_type[]){control->rows, parameters}, 2);
}

static void add_control(struct check *check, struct node *call, struct node *id,
                        struct node *declaration)
{
    struct rule_control *control = &check->controls[check->control_count++];
    *control = (struct rule_control){.call = call, .rows = {.kind = VALUE_ANY}};
    if (id && id->kind == NODE_STRING)
        control->id = id;
    if (declaration && declaration->kind == NODE_TABLE) {
        control->table = declaration;
        bind_control(check, control);
    }
}

void check_find_controls(struct check *check)
{
    struct node *root = check->syntax->root;
    struct node *id, *declared;
    size_t count = 0;
    for (struct node *node = root; node; node = node_next(root, node))
        count += node_declares(node, "control", &id, &declared);
    check->controls = arena_take(check->arena, count, sizeof *check->controls);
    for (struct node *node = root; node; node = node_next(root, node))
        if (node_declares(node, "control", &id, &declared))
            add_control(check, node, id, declared);
}

static void visit_later(struct check *check, struct node *function, struct node **waiting)
{
    if (!function || check->sights[function->id].round == check->round)
        return;
    check->sights[function->id] = (struct sight){check->round, *waiting};
    *waiting = function;
}

bool check_visit(struct check *check, const struct rule_control *control,
                 void (*call)(void *state, struct node *node), void *state)
{
    struct node *waiting = NULL;
    check->round++;
    for (const struct setting *setting = control_settings; setting->name; setting++)
        if (setting_takes_function(setting))
            visit_later(check, typing_function(node_table_get(control->table, setting->name)),
                        &waiting);
    while (waiting && check->visits_left) {
        struct node *function = waiting;
        waiting = check->sights[function->id].waiting;
        for (struct node *node = function, *next; node && check->visits_left; node = next) {
            check->visits_left--;
            bool left_out = check->deciding && shown_is_value(node);
            next = left_out ? node_skip(function, node) : node_next(function, node);
            if (left_out)
                continue;
            // A function inside is seen with the one around it.
            if (node->kind == NODE_FUNCTION)
                check->sights[node->id].round = check->round;
            call(state, node);
            if (node->kind == NODE_NAME && node->symbol)
                visit_later(check, typing_function(node), &waiting);
        }
    }
    return check->visits_left > 0;
}
