// SPDX-License-Identifier: MIT
// What a control's functions can be seen to read: which tables and fields it needs. All that is
// read is put down with how much the code insists on it; what that demands is decided at the end,
// when it is known, too, what the code asks for: a table of which the control's own code takes rows
// is demanded always, one of which only the library does for some rows, and neither where somebody
// asks first whether it was imported.
#include "engine/language/rulecheck_inside.h"

#include "engine/base/arena.h"
#include "engine/base/memory.h"
#include "engine/language/typing_inside.h"

#include <stdlib.h>

static void see_node(void *state, struct node *node)
{
    library_see(state, node);
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
        reading_add(reading, (struct rulecheck_access){table, -1, -1}, READING_NEEDED);
        if (period && period->kind == NODE_STRING)
            reading_add_path(reading, table, period->text.bytes);
        if (group && group->kind == NODE_TABLE)
            for (const struct node *name = group->first; name; name = name->next)
                if (name->kind == NODE_STRING)
                    reading_add_path(reading, table, name->text.bytes);
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
        reading_add_path(reading, table, path);
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

static bool decides(const struct reading *reading, const struct rulecheck_access *access)
{
    for (size_t i = 0; i < reading->count; i++)
        if (!reading->items[i].shown && compare_accesses(&reading->items[i].access, access) == 0 &&
            reading->items[i].strength != READING_LINKED)
            return true;
    return false;
}

// Sorted, each once.
static void set_accesses(struct rulecheck_need *need, const struct reading *reading,
                         struct arena *arena)
{
    size_t all = 0;
    need->accesses = arena_take(arena, reading->count, sizeof *need->accesses);
    for (size_t i = 0; i < reading->count; i++)
        if (reading->items[i].strength != READING_LINKED)
            need->accesses[all++] = reading->items[i].access;
    if (all)
        qsort(need->accesses, all, sizeof *need->accesses, compare_accesses);
    for (size_t i = 0; i < all; i++)
        if (!i || compare_accesses(&need->accesses[need->count - 1], &need->accesses[i]) != 0)
            need->accesses[need->count++] = need->accesses[i];
    need->shown = arena_take(arena, need->count, sizeof *need->shown);
    for (size_t i = 0; i < need->count; i++)
        need->shown[i] = !decides(reading, &need->accesses[i]);
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
static void set_tables(struct rulecheck_need *need, const struct reading *reading, size_t own,
                       struct arena *arena)
{
    size_t tables = (size_t)reading->model->table_count;
    bool *marks = memory_new(4 * tables, sizeof *marks);
    bool *needed = marks, *asked = marks + tables;
    bool *library_needed = marks + 2 * tables, *library_asked = marks + 3 * tables;
    struct reading control = *reading;
    control.count = own;
    mark_tables(&control, 0, needed, asked);
    mark_tables(reading, own, library_needed, library_asked);
    need->tables = arena_take(arena, tables, sizeof *need->tables);
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
                         struct rulecheck_need *need, struct arena *arena)
{
    struct reading reading = {
        .model = check->input->model, .typing = check->typing, .library = check->input->library};
    check_visit(check, control, see_node, &reading);
    reading.shown = false;
    add_declared(check, control, &reading);
    size_t own = reading.count;
    library_gather(&reading, &reading);
    *need = (struct rulecheck_need){.control = arena_text(arena, control->id->text.bytes)};
    set_accesses(need, &reading, arena);
    set_tables(need, &reading, own, arena);
    reading_clear(&reading);
}

void rulecheck_accesses(const struct rulecheck_input *input, struct rulecheck_needs *needs)
{
    struct diagnostics ignored = {0};
    struct check check;
    bool open = input->model && check_open(&check, input, &ignored);
    *needs = (struct rulecheck_needs){.arena = arena_new()};
    if (open)
        needs->items = arena_take(needs->arena, check.control_count, sizeof *needs->items);
    for (size_t i = 0; open && i < check.control_count; i++) {
        const struct rule_control *control = &check.controls[i];
        if (control->id && control->table)
            read_control(&check, control, &needs->items[needs->count++], needs->arena);
    }
    if (open)
        check_close(&check);
    diagnostics_clear(&ignored);
}

void rulecheck_needs_clear(struct rulecheck_needs *needs)
{
    arena_free(needs->arena);
    *needs = (struct rulecheck_needs){0};
}
