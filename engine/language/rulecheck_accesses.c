// SPDX-License-Identifier: MIT
// What a control's functions can be seen to read: which tables and fields it needs. All that is
// read is put down with how much the code insists on it; what that demands is decided at the end,
// when it is known, too, what the code asks for: a table of which the control's own code takes rows
// is demanded always, one of which only the library does for some rows, and neither where somebody
// asks first whether it was imported.
#include "engine/language/rulecheck_inside.h"

#include "engine/base/memory.h"
#include "engine/language/typing_inside.h"

#include <stdlib.h>

void reading_add(struct reading *reading, struct rulecheck_access access,
                 enum reading_strength strength)
{
    reading->capacity = memory_grow((void **)&reading->items, reading->count, reading->capacity,
                                    sizeof *reading->items);
    reading->items[reading->count++] = (struct reading_item){access, strength};
}

void reading_clear(struct reading *reading)
{
    free(reading->items);
    free(reading->calls);
    *reading = (struct reading){0};
}

static void add_access(struct reading *reading, int table, int field, int reference)
{
    reading_add(reading, (struct rulecheck_access){table, field, reference}, READING_NEEDED);
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
        add_access(reading, table, -1, -1);
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
    static const char *const optional[] = {"read", NULL}, *const money[] = {"money_in",
                                                                            "plain_amount", NULL};
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
    if (is_call_of(call, money))
        add_members(reading, row, second, READING_HELD);
    add_members(reading, typing_callback(reading->typing, call), second, READING_HELD);
    see_served(reading, call);
}

void reading_see(struct reading *reading, struct node *node)
{
    if (node->kind == NODE_INDEX) {
        add_members(reading, typing_of(reading->typing, node->first),
                    typing_literal(reading->typing, node->last), READING_HELD);
    } else if (node->kind == NODE_CALL) {
        see_call(reading, node);
        if (reading->library)
            library_see(reading, node);
    }
}

static void see_node(void *state, struct node *node)
{
    reading_see(state, node);
}

// A dotted path from rows of one table.
static void add_path(struct reading *reading, int table, const char *path)
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

static void add_declared(const struct check *check, const struct rule_control *control,
                         struct reading *reading)
{
    const struct model *model = check->input->model;
    const struct node *group = node_table_get(control->table, "group");
    const struct node *period = node_table_get(control->table, "period");
    const struct node *columns = node_table_get(control->table, "evidence_columns");
    for (int i = 0; control->rows.kind == VALUE_ROW && i < control->rows.tables->count; i++) {
        int table = control->rows.tables->tables[i];
        add_access(reading, table, -1, -1);
        if (period && period->kind == NODE_STRING)
            add_path(reading, table, period->text.bytes);
        if (group && group->kind == NODE_TABLE)
            for (const struct node *name = group->first; name; name = name->next)
                if (name->kind == NODE_STRING)
                    add_path(reading, table, name->text.bytes);
    }
    if (!columns || columns->kind != NODE_TABLE)
        return;
    for (const struct node *name = columns->first; name; name = name->next) {
        const char *path;
        int table =
            name->kind == NODE_STRING ? model_find_table_of(model, name->text.bytes, &path) : -1;
        if (table < 0 || !path)
            continue;
        reading_add(reading, (struct rulecheck_access){table, -1, -1}, READING_LINKED);
        add_path(reading, table, path);
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

// Sorted, each once.
static void set_accesses(struct rulecheck_need *need, const struct reading *reading)
{
    size_t all = 0;
    need->accesses = memory_new(reading->count, sizeof *need->accesses);
    for (size_t i = 0; i < reading->count; i++)
        if (reading->items[i].strength != READING_LINKED)
            need->accesses[all++] = reading->items[i].access;
    if (all)
        qsort(need->accesses, all, sizeof *need->accesses, compare_accesses);
    for (size_t i = 0; i < all; i++)
        if (!i || compare_accesses(&need->accesses[need->count - 1], &need->accesses[i]) != 0)
            need->accesses[need->count++] = need->accesses[i];
}

// Marks the tables of a reading that are needed and those that are asked for.
static void mark_tables(const struct reading *reading, size_t first, bool *needed, bool *asked)
{
    for (size_t i = first; i < reading->count; i++) {
        int table = reading->items[i].access.table;
        needed[table] |= reading->items[i].strength <= READING_LINKED;
        asked[table] |= reading->items[i].strength == READING_ASKED;
    }
}

// A question that the library asks speaks for the library alone: a control that takes rows from the
// table itself needs it all the same. One that the control asks speaks for both.
static void set_tables(struct rulecheck_need *need, const struct reading *reading, size_t own)
{
    size_t tables = (size_t)reading->model->table_count;
    bool *marks = memory_new(4 * tables, sizeof *marks);
    bool *needed = marks, *asked = marks + tables;
    bool *library_needed = marks + 2 * tables, *library_asked = marks + 3 * tables;
    struct reading control = *reading;
    control.count = own;
    mark_tables(&control, 0, needed, asked);
    mark_tables(reading, own, library_needed, library_asked);
    need->tables = memory_new(tables, sizeof *need->tables);
    for (size_t i = 0; i < need->count; i++) {
        int table = need->accesses[i].table;
        if (need->table_count && need->tables[need->table_count - 1].table == table)
            continue;
        enum rulecheck_demand demand = DEMAND_IMPORTED;
        if (needed[table] && !asked[table])
            demand = DEMAND_ALWAYS;
        else if (library_needed[table] && !library_asked[table] && !asked[table])
            demand = DEMAND_SOMETIMES;
        need->tables[need->table_count++] = (struct rulecheck_table){table, demand};
    }
    free(marks);
}

static void read_control(struct check *check, const struct rule_control *control,
                         struct rulecheck_need *need)
{
    struct reading reading = {
        .model = check->input->model, .typing = check->typing, .library = check->input->library};
    check_visit(check, control, see_node, &reading);
    add_declared(check, control, &reading);
    size_t own = reading.count;
    library_gather(&reading, &reading);
    *need = (struct rulecheck_need){.control = memory_text(control->id->text.bytes)};
    set_accesses(need, &reading);
    set_tables(need, &reading, own);
    reading_clear(&reading);
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
        read_control(&check, control, &needs->items[needs->count++]);
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
        free(needs->items[i].tables);
    }
    free(needs->items);
    *needs = (struct rulecheck_needs){0};
}
