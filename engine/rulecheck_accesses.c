// SPDX-License-Identifier: MIT
// What a control's functions can be seen to read: which tables and fields it needs.
#include "engine/rulecheck_internal.h"

#include "engine/memory.h"

#include <stdlib.h>

struct collector {
    const struct check *check;
    struct rulecheck_need *need;
};

static void add_access(struct rulecheck_need *need, int table, int field, int reference)
{
    need->capacity =
        memory_grow((void **)&need->accesses, need->count, need->capacity, sizeof *need->accesses);
    need->accesses[need->count++] = (struct rulecheck_access){table, field, reference};
}

static void add_member(const struct model *model, struct rulecheck_need *need, int table,
                       struct text name)
{
    struct member member = typing_member(model, table, name);
    const struct model_table *definition = &model->tables[table];
    switch (member.kind) {
    case MEMBER_NONE:
        break;
    case MEMBER_FIELD:
        add_access(need, table, member.index, -1);
        break;
    case MEMBER_REFERENCE:
        add_access(need, table, -1, member.index);
        break;
    case MEMBER_REVERSE:
        add_access(need, definition->reverses[member.index].table, -1,
                   definition->reverses[member.index].reference);
        break;
    }
}

static void collect_access(void *state, struct node *node)
{
    struct collector *collector = state;
    if (node->kind != NODE_INDEX || node->last->kind != NODE_STRING)
        return;
    struct value_type object = typing_of(collector->check->typing, node->first);
    if (object.kind != VALUE_ROW)
        return;
    for (int i = 0; i < object.tables->count; i++)
        add_member(collector->check->input->model, collector->need, object.tables->tables[i],
                   node->last->text);
}

// A dotted path from rows of one table.
static void add_path(const struct model *model, struct rulecheck_need *need, int table,
                     const char *path)
{
    for (;;) {
        size_t length = strcspn(path, ".");
        char name[64];
        if (length >= sizeof name)
            return;
        memcpy(name, path, length);
        name[length] = '\0';
        struct member member = typing_member(model, table, (struct text){name, length});
        add_member(model, need, table, (struct text){name, length});
        if (!path[length] || member.kind != MEMBER_REFERENCE)
            return;
        table = model->tables[table].references[member.index].target;
        if (table < 0)
            return;
        path += length + 1;
    }
}

static void add_declared(const struct check *check, const struct rule_control *control,
                         struct rulecheck_need *need)
{
    const struct model *model = check->input->model;
    const struct node *group = node_table_get(control->table, "group");
    const struct node *period = node_table_get(control->table, "period");
    const struct node *columns = node_table_get(control->table, "evidence_columns");
    for (int i = 0; control->rows.kind == VALUE_ROW && i < control->rows.tables->count; i++) {
        int table = control->rows.tables->tables[i];
        add_access(need, table, -1, -1);
        if (period && period->kind == NODE_STRING)
            add_path(model, need, table, period->text.bytes);
        if (group && group->kind == NODE_TABLE)
            for (const struct node *name = group->first; name; name = name->next)
                if (name->kind == NODE_STRING)
                    add_path(model, need, table, name->text.bytes);
    }
    if (!columns || columns->kind != NODE_TABLE)
        return;
    for (const struct node *name = columns->first; name; name = name->next) {
        const char *dot = name->kind == NODE_STRING ? strchr(name->text.bytes, '.') : NULL;
        if (!dot || dot - name->text.bytes > 63)
            continue;
        char table[64] = "";
        memcpy(table, name->text.bytes, (size_t)(dot - name->text.bytes));
        int index = model_find_table(model, table);
        if (index >= 0)
            add_path(model, need, index, dot + 1);
    }
}

static int compare_accesses(const void *a, const void *b)
{
    const struct rulecheck_access *left = a, *right = b;
    if (left->table != right->table)
        return left->table < right->table ? -1 : 1;
    if (left->field != right->field)
        return left->field < right->field ? -1 : 1;
    return (left->reference > right->reference) - (left->reference < right->reference);
}

static void sort_accesses(struct rulecheck_need *need)
{
    if (!need->count)
        return;
    qsort(need->accesses, need->count, sizeof *need->accesses, compare_accesses);
    size_t kept = 1;
    for (size_t i = 1; i < need->count; i++)
        if (compare_accesses(&need->accesses[kept - 1], &need->accesses[i]) != 0)
            need->accesses[kept++] = need->accesses[i];
    need->count = kept;
}

void rulecheck_accesses(const struct rulecheck_input *input, struct rulecheck_needs *needs)
{
    struct diagnostics ignored = {0};
    struct check check;
    bool open = input->model && check_open(&check, input, &ignored);
    for (size_t i = 0; open && i < check.control_count; i++) {
        const struct rule_control *control = &check.controls[i];
        if (!control->id || !control->table)
            continue;
        needs->capacity = memory_grow((void **)&needs->items, needs->count, needs->capacity,
                                      sizeof *needs->items);
        struct rulecheck_need *need = &needs->items[needs->count++];
        *need = (struct rulecheck_need){.control = memory_text(control->id->text.bytes)};
        struct collector collector = {&check, need};
        check_visit(&check, control, collect_access, &collector);
        add_declared(&check, control, need);
        sort_accesses(need);
    }
    if (open)
        check_close(&check);
    diagnostics_clear(&ignored);
}

void rulecheck_needs_clear(struct rulecheck_needs *needs)
{
    for (size_t i = 0; i < needs->count; i++) {
        free(needs->items[i].control);
        free(needs->items[i].accesses);
    }
    free(needs->items);
    *needs = (struct rulecheck_needs){0};
}
