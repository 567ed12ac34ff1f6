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
#include <string.h>

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

static int compare_accesses(const struct rulecheck_access *left,
                            const struct rulecheck_access *right)
{
    if (left->table != right->table)
        return left->table < right->table ? -1 : 1;
    if (left->field != right->field)
        return left->field < right->field ? -1 : 1;
    return (left->reference > right->reference) - (left->reference < right->reference);
}

// What decides goes before what is only shown.
static int compare_items(const void *a, const void *b)
{
    const struct reading_item *left = a, *right = b;
    int order = compare_accesses(&left->access, &right->access);
    return order ? order : left->shown - right->shown;
}

// Sorted, each once.
static void set_accesses(struct rulecheck_need *need, const struct reading *reading,
                         struct arena *arena)
{
    size_t all = 0;
    struct reading_item *items = memory_new(reading->count, sizeof *items);
    need->accesses = arena_take(arena, reading->count, sizeof *need->accesses);
    need->decides = arena_take(arena, reading->count, sizeof *need->decides);
    for (size_t i = 0; i < reading->count; i++)
        if (reading->items[i].strength != READING_LINKED &&
            reading->items[i].strength != READING_NAMED)
            items[all++] = reading->items[i];
    if (all)
        qsort(items, all, sizeof *items, compare_items);
    for (size_t i = 0; i < all; i++)
        if (!i || compare_accesses(&items[i - 1].access, &items[i].access) != 0) {
            need->decides[need->count] = !items[i].shown;
            need->accesses[need->count++] = items[i].access;
        }
    free(items);
}

// ---- what that takes from the sources

static void add_link(struct reading *reading, int table, int reference);

static void add_column(struct reading *reading, int table, int field)
{
    if (field >= 0)
        reading_add(reading, (struct rulecheck_access){table, field, -1}, READING_NEEDED);
}

static void add_path(struct reading *reading, int table, const struct path *path)
{
    if (path->field < 0)
        return;
    for (int i = 0; i < path->depth; i++) {
        add_link(reading, table, path->references[i]);
        table = reading->model->tables[table].references[path->references[i]].target;
    }
    add_column(reading, path->table, path->field);
}

// The columns by which a reference finds its row, on both sides.
static void add_link(struct reading *reading, int table, int reference)
{
    const struct reference *it = &reading->model->tables[table].references[reference];
    if (it->kind == REFERENCE_DOCUMENT) {
        add_column(reading, table, it->kind_field);
        add_column(reading, table, it->id_field);
        return;
    }
    reading_add(reading, (struct rulecheck_access){it->target, -1, -1}, READING_NEEDED);
    for (int i = 0; i < it->match_count; i++) {
        add_path(reading, table, &it->matches[i].from);
        add_path(reading, table, &it->matches[i].otherwise);
        add_path(reading, it->target, &it->matches[i].to);
    }
    if (it->kind == REFERENCE_ASOF) {
        add_path(reading, table, &it->asof.at);
        add_path(reading, it->target, &it->asof.from);
        add_path(reading, it->target, &it->asof.to);
    }
    if (it->where_target.field >= 0) {
        add_path(reading, it->target, &it->where_target);
        add_path(reading, table, &it->where_source);
    }
}

static bool is_money(const struct model *model, const struct rulecheck_access *access)
{
    return access->field >= 0 &&
           model->tables[access->table].fields[access->field].type == TYPE_MONEY;
}

// What the engine reads of a table for functions such as person() and convert().
static void add_served(struct reading *reading, int table)
{
    static const char *const served[][2] = {
        {"exchange_rate", "rate"}, {"user_account", "employee_id"}, {"user_account", "is_system"}};
    const struct model_table *definition = &reading->model->tables[table];
    for (size_t i = 0; i < sizeof served / sizeof *served; i++)
        if (strcmp(definition->name, served[i][0]) == 0)
            add_column(reading, table, model_find_field(definition, served[i][1]));
}

// Fields that the code names where it reads rows of their tables.
static void add_named(struct reading *reading, const struct reading *seen)
{
    size_t tables = (size_t)reading->model->table_count;
    bool *there = memory_new(tables, sizeof *there);
    for (size_t i = 0; i < reading->count; i++)
        there[reading->items[i].access.table] = true;
    for (size_t i = 0; i < seen->count; i++)
        if (seen->items[i].strength == READING_LINKED)
            there[seen->items[i].access.table] = true;
    for (size_t i = 0; i < seen->count; i++)
        if (seen->items[i].strength == READING_NAMED && there[seen->items[i].access.table])
            reading_add(reading, seen->items[i].access, READING_NEEDED);
    free(there);
}

static void set_reads(struct rulecheck_need *need, const struct reading *seen, struct arena *arena)
{
    const struct model *model = seen->model;
    struct reading reading = {.model = model};
    for (size_t i = 0; i < need->count; i++) {
        const struct rulecheck_access *access = &need->accesses[i];
        const struct model_table *table = &model->tables[access->table];
        reading_add(&reading, *access, READING_NEEDED);
        if (access->reference >= 0)
            add_link(&reading, access->table, access->reference);
        if (is_money(model, access))
            add_path(&reading, access->table, &table->currency);
        add_path(&reading, access->table, &table->period);
        add_path(&reading, access->table, &table->period_otherwise);
        add_path(&reading, access->table, &table->known);
        add_served(&reading, access->table);
    }
    add_named(&reading, seen);
    if (reading.count)
        qsort(reading.items, reading.count, sizeof *reading.items, compare_items);
    need->reads = arena_take(arena, reading.count, sizeof *need->reads);
    for (size_t i = 0; i < reading.count; i++)
        if (!i || compare_accesses(&reading.items[i - 1].access, &reading.items[i].access) != 0)
            need->reads[need->read_count++] = reading.items[i].access;
    reading_clear(&reading);
}

// ---- how much it needs its tables

// Marks the tables of a reading that are needed and those that are asked for.
static void mark_tables(const struct reading *reading, size_t first, bool *needed, bool *asked)
{
    for (size_t i = first; i < reading->count; i++) {
        int table = reading->items[i].access.table;
        if (reading->items[i].shown)
            continue;
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
    check->deciding = true;
    check_visit(check, control, see_node, &reading);
    check->deciding = false;
    reading.shows = true;
    check_visit(check, control, see_node, &reading);
    reading.shows = false;
    add_declared(check, control, &reading);
    size_t own = reading.count;
    library_gather(&reading, &reading);
    *need = (struct rulecheck_need){.control = arena_text(arena, control->id->text.bytes)};
    set_accesses(need, &reading, arena);
    set_reads(need, &reading, arena);
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
