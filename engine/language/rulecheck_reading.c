// SPDX-License-Identifier: MIT
// What one piece of code reads: the tables and fields that a node names, each with how much the
// code insists on it. What that demands of the data is decided by rulecheck_accesses.
#include "engine/language/rulecheck_inside.h"

#include "engine/base/memory.h"
#include "engine/language/typing_inside.h"

#include <stdlib.h>
#include <string.h>

void reading_add(struct reading *reading, struct rulecheck_access access,
                 enum reading_strength strength)
{
    reading->capacity = memory_grow((void **)&reading->items, reading->count, reading->capacity,
                                    sizeof *reading->items);
    reading->items[reading->count++] = (struct reading_item){access, strength, reading->shows};
}

void reading_clear(struct reading *reading)
{
    free(reading->items);
    free(reading->calls);
    *reading = (struct reading){0};
}

static void add_member(struct reading *reading, int table, const char *name,
                       enum reading_strength strength)
{
    struct member member = typing_member(reading->model, table, (struct text){name, strlen(name)});
    const struct model_table *definition = &reading->model->tables[table];
    struct rulecheck_access access = {table, -1, -1};
    int target = -1;
    switch (member.kind) {
    case MEMBER_NONE:
        return;
    case MEMBER_FIELD:
        access.field = member.index;
        break;
    case MEMBER_REFERENCE:
        access.reference = member.index;
        target = definition->references[member.index].target;
        break;
    case MEMBER_REVERSE:
        strength = strength == READING_HELD ? READING_NEEDED : strength;
        access.table = definition->reverses[member.index].table;
        access.reference = definition->reverses[member.index].reference;
        break;
    }
    reading_add(reading, access, strength);
    if (target >= 0 && strength == READING_HELD)
        reading_add(reading, (struct rulecheck_access){target, -1, -1}, READING_LINKED);
}

static void add_members(struct reading *reading, struct value_type row, const char *name,
                        enum reading_strength strength)
{
    for (int i = 0; name && row.kind == VALUE_ROW && i < row.tables->count; i++)
        add_member(reading, row.tables->tables[i], name, strength);
}

static bool leads_by(const struct path *path, int field)
{
    return path->depth == 0 && path->field == field;
}

// Whether a column is one of those by which a reference finds its row.
static bool is_link(const struct reference *reference, int field)
{
    for (int i = 0; i < reference->match_count; i++)
        if (leads_by(&reference->matches[i].from, field) ||
            leads_by(&reference->matches[i].otherwise, field))
            return true;
    return reference->kind == REFERENCE_DOCUMENT && reference->id_field == field;
}

// Code that asks for the column of a reference does without the other table, or, `reversed`,
// without this one.
static void add_asked(struct reading *reading, int table, const char *field, bool reversed)
{
    const struct model_table *definition = &reading->model->tables[table];
    int number = field ? model_find_field(definition, field) : -1;
    bool linked = false;
    for (int i = 0; number >= 0 && i < definition->reference_count; i++) {
        const struct reference *reference = &definition->references[i];
        if (!is_link(reference, number))
            continue;
        linked = true;
        if (!reversed && reference->target >= 0)
            reading_add(reading, (struct rulecheck_access){reference->target, -1, -1},
                        READING_ASKED);
    }
    if (reversed && (linked || !field))
        reading_add(reading, (struct rulecheck_access){table, -1, -1}, READING_ASKED);
    if (number >= 0)
        reading_add(reading, (struct rulecheck_access){table, number, -1}, READING_GUARDED);
}

// The text of the n-th argument, counted from 0, or NULL.
static const char *literal_argument(const struct reading *reading, const struct node *call,
                                    size_t n)
{
    const struct node *argument = node_child(call->last, n);
    return argument ? typing_literal(reading->typing, argument) : NULL;
}

static bool is_call_of(const struct node *call, const char *const *names)
{
    while (*names && !node_is_global(call->first, *names))
        names++;
    return *names != NULL;
}

// lookup("approval", { doc_id = ... }): a table and the fields that choose its rows.
static void see_table(struct reading *reading, const struct node *call, int table)
{
    static const char *const readers[] = {"rows", "lookup", "lookup_one", "in_force", NULL};
    static const char *const dated[] = {"in_force", NULL};
    bool needed = is_call_of(call, readers);
    enum reading_strength strength = needed ? READING_HELD : READING_GUARDED;
    if (needed)
        reading_add(reading, (struct rulecheck_access){table, -1, -1}, READING_NEEDED);
    for (const struct node *values = call->last->first->next; values; values = values->next)
        for (const struct node *pair = values->kind == NODE_TABLE ? values->first : NULL; pair;
             pair = pair->next)
            if (pair->kind == NODE_PAIR && pair->first->kind == NODE_STRING)
                add_member(reading, table, pair->first->text.bytes, strength);
    if (is_call_of(call, dated)) {
        const char *from = literal_argument(reading, call, 3);
        const char *to = literal_argument(reading, call, 4);
        add_member(reading, table, from ? from : "valid_from", strength);
        add_member(reading, table, to ? to : "valid_to", strength);
    }
}

// What the engine reads for a function, where it was imported.
static void see_served(struct reading *reading, const struct node *call)
{
    static const struct {
        const char *function, *table;
    } served[] = {{"money_in", "exchange_rate"},     {"convert", "exchange_rate"},
                  {"plain_amount", "exchange_rate"}, {"person", "employee"},
                  {"same_person", "employee"},       {"person", "user_account"},
                  {"same_person", "user_account"},   {"is_system", "user_account"}};
    for (size_t i = 0; i < sizeof served / sizeof *served; i++) {
        int table = model_find_table(reading->model, served[i].table);
        if (table >= 0 && node_is_global(call->first, served[i].function))
            reading_add(reading, (struct rulecheck_access){table, -1, -1}, READING_GUARDED);
    }
}

static void see_call(struct reading *reading, struct node *call)
{
    static const char *const imported[] = {"imported", NULL};
    static const char *const optional[] = {"read", NULL};
    static const char *const held[] = {"money_in", "plain_amount", "find", NULL};
    const struct node *first = call->last->first;
    const char *name = literal_argument(reading, call, 0);
    const char *second = literal_argument(reading, call, 1);
    int table = name ? model_find_table(reading->model, name) : -1;
    if (!first)
        return;
    struct value_type row = typing_of(reading->typing, first);
    if (table >= 0 && is_call_of(call, imported))
        add_asked(reading, table, second, true);
    else if (table >= 0)
        see_table(reading, call, table);
    if (is_call_of(call, optional) && row.kind == VALUE_ROW && second)
        for (int i = 0; i < row.tables->count; i++)
            add_asked(reading, row.tables->tables[i], second, false);
    if (is_call_of(call, held))
        add_members(reading, row, second, READING_HELD);
    add_members(reading, typing_callback(reading->typing, call), second, READING_HELD);
    see_served(reading, call);
}

// duties_in(request, "requested_by"): what a function is told to read.
static void see_text(struct reading *reading, const char *text)
{
    for (int i = 0; i < reading->model->table_count; i++) {
        int field = model_find_field(&reading->model->tables[i], text);
        if (field >= 0)
            reading_add(reading, (struct rulecheck_access){i, field, -1}, READING_NAMED);
    }
}

void reading_see(struct reading *reading, struct node *node)
{
    if (node->kind == NODE_STRING)
        see_text(reading, node->text.bytes);
    if (node->kind == NODE_INDEX) {
        add_members(reading, typing_of(reading->typing, node->first),
                    typing_literal(reading->typing, node->last), READING_HELD);
    } else if (node->kind == NODE_CALL) {
        see_call(reading, node);
    }
}

void reading_add_path(struct reading *reading, int table, const char *path)
{
    const struct model *model = reading->model;
    for (;;) {
        size_t length = strcspn(path, ".");
        char name[64];
        if (length >= sizeof name)
            return;
        memcpy(name, path, length);
        name[length] = '\0';
        struct member member = typing_member(model, table, (struct text){name, length});
        add_member(reading, table, name, READING_HELD);
        if (!path[length] || member.kind != MEMBER_REFERENCE)
            return;
        table = model->tables[table].references[member.index].target;
        if (table < 0)
            return;
        path += length + 1;
    }
}
