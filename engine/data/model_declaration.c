// SPDX-License-Identifier: MIT
// The model as declarations state it. Made in passes, since paths go over references of other
// tables: names and fields first, then the references' names and targets, then everything that
// holds a path.
#include "engine/data/model.h"

#include "engine/base/arena.h"
#include "engine/base/keyword.h"
#include "engine/base/memory.h"
#include "engine/data/absence.h"
#include "engine/data/history.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MATCH_MAX = 16, NAME_MAX_BYTES = 40 };

static const char *string_of(const json_t *object, const char *name)
{
    const char *text = json_string_value(json_object_get(object, name));
    return text ? text : "";
}

// The path that `name` of a JSON object holds; none is no error.
static int optional_path(const struct model *model, int table, const json_t *object,
                         const char *name, struct path *path, struct error *error)
{
    *path = (struct path){.field = -1};
    const char *text = json_string_value(json_object_get(object, name));
    return text ? model_find_path(model, table, text, path, error) : 0;
}

// Lua keeps short texts once, which is how a name is known again by its address.
static int check_length(const struct model_table *table, const char *what, const char *name,
                        struct error *error)
{
    if (strlen(name) <= NAME_MAX_BYTES)
        return 0;
    return error_set(error, ERROR_USAGE, table->name, "%s %s: a name has up to %d bytes", what,
                     name, NAME_MAX_BYTES);
}

// What a field says of itself in one of two words, the second of which need not be said.
static int add_choice(const struct model_table *table, const json_t *declaration, const char *name,
                      const char *word, const char *usual, bool *chosen, struct error *error)
{
    const char *said = json_string_value(json_object_get(declaration, name));
    *chosen = said && strcmp(said, word) == 0;
    if (said && !*chosen && strcmp(said, usual) != 0)
        return error_set(error, ERROR_USAGE, table->name, "field %s: %s is \"%s\" or \"%s\"",
                         string_of(declaration, "name"), name, word, usual);
    return 0;
}

static int add_field(struct arena *arena, struct model_table *table, const json_t *declaration,
                     struct error *error)
{
    struct field *field = &table->fields[table->field_count];
    const char *name = string_of(declaration, "name"), *type = string_of(declaration, "type");
    if (model_find_field(table, name) >= 0)
        return error_set(error, ERROR_USAGE, table->name, "field %s is declared twice", name);
    if (check_length(table, "field", name, error) != 0)
        return -1;
    const char *to = json_string_value(json_object_get(declaration, "to"));
    bool periods = strcmp(table->name, "accounting_period") == 0 && strcmp(name, "period") == 0;
    *field = (struct field){.name = arena_text(arena, name),
                            .label = arena_text(arena, string_of(declaration, "label")),
                            .refers = to != NULL,
                            .period = periods || (to && strcmp(to, "accounting_period") == 0)};
    table->field_count++;
    const char *people = json_string_value(json_object_get(declaration, "people"));
    while (people && people_names[field->people] &&
           strcmp(people_names[field->people], people) != 0)
        field->people++;
    if (!people_names[field->people])
        return error_set(error, ERROR_USAGE, table->name,
                         "field %s: people is \"users\" or \"employees\", whose ids it holds",
                         name);
    if (add_choice(table, declaration, "recorded", "maybe", "always", &field->maybe_recorded,
                   error) != 0 ||
        add_choice(table, declaration, "empty", "unknown", "fact", &field->empty_unknown, error) !=
            0)
        return -1;
    int at = 0;
    while (at <= TYPE_ENUM && strcmp(type_name((enum type)at), type) != 0)
        at++;
    if (at > TYPE_ENUM)
        return error_set(error, ERROR_USAGE, table->name, "field %s has no known type: %s", name,
                         type);
    field->type = (enum type)at;
    const json_t *values = json_object_get(declaration, "values");
    field->values = arena_take(arena, json_array_size(values), sizeof *field->values);
    for (size_t value = 0; value < json_array_size(values); value++)
        field->values[field->value_count++] =
            arena_text(arena, json_string_value(json_array_get(values, value)));
    return 0;
}

static int add_key(struct arena *arena, struct model_table *table, const json_t *key,
                   struct error *error)
{
    table->key = arena_take(arena, json_array_size(key), sizeof *table->key);
    if (json_array_size(key) == 0 || json_array_size(key) > MATCH_MAX)
        return error_set(error, ERROR_USAGE, table->name, "a key has 1 to %d columns", MATCH_MAX);
    for (size_t i = 0; i < json_array_size(key); i++) {
        char name[256];
        snprintf(name, sizeof name, "%s", json_string_value(json_array_get(key, i)));
        size_t length = strlen(name);
        bool nullable = length && name[length - 1] == '?';
        if (nullable)
            name[length - 1] = '\0';
        int field = model_find_field(table, name);
        if (field < 0)
            return error_set(error, ERROR_USAGE, table->name, "key column %s is not a field", name);
        table->fields[field].key = true;
        table->fields[field].nullable = nullable;
        table->key[table->key_count++] = field;
    }
    return 0;
}

static int add_table(struct arena *arena, struct model_table *table, const json_t *declaration,
                     struct error *error)
{
    *table = (struct model_table){
        .name = arena_text(arena, string_of(declaration, "name")),
        .label = arena_text(arena, string_of(declaration, "label")),
        .alias_table = -1,
        .alias_field = -1,
        .period.field = -1,
        .period_otherwise.field = -1,
        .known.field = -1,
        .customer.field = -1,
        .actor.field = -1,
        .currency.field = -1,
    };
    const json_t *fields = json_object_get(declaration, "fields");
    table->fields = arena_take(arena, json_array_size(fields), sizeof *table->fields);
    for (size_t i = 0; i < json_array_size(fields); i++)
        if (add_field(arena, table, json_array_get(fields, i), error) != 0)
            return -1;
    return add_key(arena, table, json_object_get(declaration, "key"), error);
}

// How the reference of a field is navigated: contract_id as contract, approved_by as
// approved_by_employee, period as accounting_period.
static void derived_name(const char *field, const char *target, char name[256])
{
    size_t length = strlen(field);
    if (length > 3 && strcmp(field + length - 3, "_id") == 0) {
        snprintf(name, 256, "%.*s", (int)(length - 3), field);
        if (keyword_is(name))
            snprintf(name, 256, "%s", target);
    } else if (strcmp(field, "period") == 0) {
        snprintf(name, 256, "%s", target);
    } else {
        snprintf(name, 256, "%s_%s", field, target);
    }
}

static struct reference *append_reference(struct arena *arena, struct model_table *table,
                                          const char *name)
{
    struct reference *reference = &table->references[table->reference_count++];
    *reference = (struct reference){.name = arena_text(arena, name),
                                    .target = -1,
                                    .kind_field = -1,
                                    .id_field = -1,
                                    .asof = {{.field = -1}, {.field = -1}, {.field = -1}},
                                    .where_target.field = -1,
                                    .where_source.field = -1};
    return reference;
}

// A name of a reference or list: short, and not used yet.
static int check_name(const struct model_table *table, const char *what, const char *name,
                      struct error *error)
{
    if (check_length(table, what, name, error) != 0)
        return -1;
    if (model_find_field(table, name) < 0 && model_find_reference(table, name) < 0 &&
        model_find_reverse(table, name) < 0)
        return 0;
    return error_set(error, ERROR_USAGE, table->name, "the name %s is used twice", name);
}

// Names, kinds and targets only.
static int add_references(struct model *model, int index, const json_t *declaration,
                          struct error *error)
{
    struct model_table *table = &model->tables[index];
    const json_t *explicit = json_object_get(declaration, "references"), *item;
    const json_t *fields = json_object_get(declaration, "fields");
    table->references =
        arena_take(model->arena, json_array_size(fields) + json_array_size(explicit),
                   sizeof *table->references);
    for (size_t i = 0; i < json_array_size(fields); i++) {
        item = json_array_get(fields, i);
        const char *to = json_string_value(json_object_get(item, "to"));
        if (!to)
            continue;
        int target = model_find_table(model, to);
        if (target < 0)
            return error_set(error, ERROR_USAGE, table->name,
                             "field %s refers to %s, which is no table", string_of(item, "name"),
                             to);
        char name[256];
        derived_name(string_of(item, "name"), to, name);
        if (check_name(table, "reference", name, error) != 0)
            return -1;
        append_reference(model->arena, table, name)->target = target;
    }
    for (size_t i = 0; i < json_array_size(explicit); i++) {
        item = json_array_get(explicit, i);
        if (check_name(table, "reference", string_of(item, "name"), error) != 0)
            return -1;
        struct reference *reference =
            append_reference(model->arena, table, string_of(item, "name"));
        if (json_object_get(item, "kind")) {
            reference->kind = REFERENCE_DOCUMENT;
            continue;
        }
        reference->kind = json_object_get(item, "asof") ? REFERENCE_ASOF : REFERENCE_KEY;
        reference->target = model_find_table(model, string_of(item, "target"));
        if (reference->target < 0)
            return error_set(error, ERROR_USAGE, table->name,
                             "reference %s leads to %s, which is no table", reference->name,
                             string_of(item, "target"));
    }
    return 0;
}

static enum type path_type(const struct model *model, const struct path *path)
{
    return model->tables[path->table].fields[path->field].type;
}

static bool is_time(enum type type)
{
    return type == TYPE_DATE || type == TYPE_TIMESTAMP;
}

// Texts match enums by name, numbers match numbers; anything else matches its own kind only.
static bool types_match(enum type a, enum type b)
{
    bool text_a = a == TYPE_TEXT || a == TYPE_ENUM, text_b = b == TYPE_TEXT || b == TYPE_ENUM;
    bool number_a = a == TYPE_DECIMAL || a == TYPE_MONEY;
    bool number_b = b == TYPE_DECIMAL || b == TYPE_MONEY;
    return a == b || (text_a && text_b) || (number_a && number_b);
}

static int check_match(const struct model *model, int table, const struct reference *reference,
                       const struct match *match, struct error *error)
{
    enum type to = path_type(model, &match->to);
    if (types_match(path_type(model, &match->from), to) &&
        (match->otherwise.field < 0 || types_match(path_type(model, &match->otherwise), to)))
        return 0;
    return error_set(error, ERROR_USAGE, model->tables[table].name,
                     "reference %s: a column of type %s cannot match one of type %s",
                     reference->name, type_name(path_type(model, &match->from)), type_name(to));
}

// The dates of an as-of reference, where there are any.
static int check_times(const struct model *model, int table, const struct reference *reference,
                       struct error *error)
{
    const struct path *const paths[] = {&reference->asof.at, &reference->asof.from,
                                        &reference->asof.to};
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++)
        if (paths[i]->field >= 0 && !is_time(path_type(model, paths[i])))
            return error_set(error, ERROR_USAGE, model->tables[table].name,
                             "reference %s: asof wants dates, %s is a column of type %s",
                             reference->name,
                             model->tables[paths[i]->table].fields[paths[i]->field].name,
                             type_name(path_type(model, paths[i])));
    return 0;
}

// The reference has room for it.
static int add_match(const struct model *model, int table, struct reference *reference,
                     const char *from, const char *otherwise, const char *to, struct error *error)
{
    struct match *match = &reference->matches[reference->match_count++];
    *match = (struct match){{.field = -1}, {.field = -1}, {.field = -1}};
    if (model_find_path(model, table, from, &match->from, error) != 0 ||
        model_find_path(model, reference->target, to, &match->to, error) != 0)
        return -1;
    if (reference->kind == REFERENCE_KEY && match->to.depth > 0)
        return error_set(error, ERROR_USAGE, model->tables[table].name,
                         "reference %s: %s must be a column of the target", reference->name, to);
    if (otherwise && model_find_path(model, table, otherwise, &match->otherwise, error) != 0)
        return -1;
    return check_match(model, table, reference, match, error);
}

static int read_comparison(const char *text, enum comparison *comparison)
{
    static const char *const names[] = {"<=", "<", "==", ">=", ">"};
    for (int i = 0; i <= COMPARE_GT; i++)
        if (strcmp(names[i], text) == 0) {
            *comparison = (enum comparison)i;
            return 0;
        }
    return -1;
}

static int fill_where(const struct model *model, int table, struct reference *reference,
                      const json_t *where, struct error *error)
{
    const char *target = json_string_value(json_array_get(where, 0));
    const char *comparison = json_string_value(json_array_get(where, 1));
    const char *source = json_string_value(json_array_get(where, 2));
    if (!target || !comparison || !source || read_comparison(comparison, &reference->where_is) != 0)
        return error_set(error, ERROR_USAGE, model->tables[table].name,
                         "reference %s: where is { target path, \"<=\", own path }",
                         reference->name);
    if (model_find_path(model, reference->target, target, &reference->where_target, error) != 0)
        return -1;
    return model_find_path(model, table, source, &reference->where_source, error);
}

static int fill_document(const struct model *model, const struct model_table *table,
                         struct reference *reference, const json_t *item, struct error *error)
{
    const json_t *names = json_object_get(item, "tables");
    const char *text;
    json_t *value;
    reference->documents =
        arena_take(model->arena, json_object_size(names), sizeof *reference->documents);
    json_object_foreach((json_t *)names, text, value)
    {
        const char *name = json_string_value(value);
        int target = name ? model_find_table(model, name) : -1;
        if (target < 0)
            return error_set(error, ERROR_USAGE, table->name,
                             "reference %s: '%s' stands for %s, which is no table", reference->name,
                             text, name ? name : "nothing");
        reference->documents[reference->document_count++] =
            (struct document_name){arena_text(model->arena, text), target};
    }
    reference->kind_field = model_find_field(table, string_of(item, "kind"));
    reference->id_field = model_find_field(table, string_of(item, "id"));
    if (reference->kind_field < 0 || reference->id_field < 0)
        return error_set(error, ERROR_USAGE, table->name, "reference %s: kind and id name fields",
                         reference->name);
    enum type kind = table->fields[reference->kind_field].type;
    if ((kind != TYPE_TEXT && kind != TYPE_ENUM) ||
        table->fields[reference->id_field].type != TYPE_TEXT)
        return error_set(error, ERROR_USAGE, table->name, "reference %s: kind and id are texts",
                         reference->name);
    return 0;
}

static int fill_reference(const struct model *model, int table, struct reference *reference,
                          const json_t *item, struct error *error)
{
    reference->optional = json_is_true(json_object_get(item, "optional"));
    if (reference->kind == REFERENCE_DOCUMENT)
        return fill_document(model, &model->tables[table], reference, item, error);
    const json_t *matches = json_object_get(item, "match"), *asof = json_object_get(item, "asof");
    if (json_array_size(matches) > MATCH_MAX)
        return error_set(error, ERROR_USAGE, model->tables[table].name,
                         "reference %s matches more than %d columns", reference->name, MATCH_MAX);
    reference->matches =
        arena_take(model->arena, json_array_size(matches), sizeof *reference->matches);
    for (size_t i = 0; i < json_array_size(matches); i++) {
        const json_t *match = json_array_get(matches, i);
        if (add_match(model, table, reference, string_of(match, "from"),
                      json_string_value(json_object_get(match, "otherwise")),
                      string_of(match, "to"), error) != 0)
            return -1;
    }
    if (asof &&
        (optional_path(model, table, asof, "at", &reference->asof.at, error) != 0 ||
         optional_path(model, reference->target, asof, "from", &reference->asof.from, error) != 0 ||
         optional_path(model, reference->target, asof, "to", &reference->asof.to, error) != 0 ||
         check_times(model, table, reference, error) != 0))
        return -1;
    const json_t *where = json_object_get(item, "where");
    return where ? fill_where(model, table, reference, where, error) : 0;
}

static int fill_references(struct model *model, int index, const json_t *declaration,
                           struct error *error)
{
    struct model_table *table = &model->tables[index];
    const json_t *fields = json_object_get(declaration, "fields");
    const json_t *explicit = json_object_get(declaration, "references");
    int next = 0;
    for (size_t i = 0; i < json_array_size(fields); i++) {
        const json_t *item = json_array_get(fields, i);
        if (!json_object_get(item, "to"))
            continue;
        struct reference *reference = &table->references[next++];
        reference->matches = arena_take(model->arena, 1, sizeof *reference->matches);
        const struct model_table *target = &model->tables[reference->target];
        if (target->key_count != 1)
            return error_set(error, ERROR_USAGE, table->name,
                             "field %s refers to %s, whose key has %d columns: declare it under "
                             "references, with match",
                             string_of(item, "name"), target->name, target->key_count);
        if (add_match(model, index, reference, string_of(item, "name"), NULL,
                      target->fields[target->key[0]].name, error) != 0)
            return -1;
    }
    for (size_t i = 0; i < json_array_size(explicit); i++)
        if (fill_reference(model, index, &table->references[next++], json_array_get(explicit, i),
                           error) != 0)
            return -1;
    return 0;
}

static int add_reverses(struct model *model, int index, const json_t *declaration,
                        struct error *error)
{
    struct model_table *table = &model->tables[index];
    const json_t *reverses = json_object_get(declaration, "reverse");
    table->reverses = arena_take(model->arena, json_array_size(reverses), sizeof *table->reverses);
    for (size_t i = 0; i < json_array_size(reverses); i++) {
        const json_t *item = json_array_get(reverses, i);
        const char *name = string_of(item, "name"), *from = string_of(item, "table");
        if (check_name(table, "reverse", name, error) != 0)
            return -1;
        int source = model_find_table(model, from);
        int reference =
            source < 0 ? -1 : model_find_reference(&model->tables[source], string_of(item, "by"));
        int target = reference < 0 ? -1 : model->tables[source].references[reference].target;
        if (reference < 0 || (target >= 0 && target != index))
            return error_set(error, ERROR_USAGE, table->name,
                             "reverse %s: %s has no reference %s that leads here", name, from,
                             string_of(item, "by"));
        table->reverses[table->reverse_count++] =
            (struct reverse){arena_text(model->arena, name), source, reference};
    }
    return 0;
}

static int add_paths(struct model *model, int index, const json_t *declaration, struct error *error)
{
    struct model_table *table = &model->tables[index];
    if (optional_path(model, index, declaration, "period", &table->period, error) != 0 ||
        optional_path(model, index, declaration, "period_otherwise", &table->period_otherwise,
                      error) != 0 ||
        optional_path(model, index, declaration, "known", &table->known, error) != 0 ||
        optional_path(model, index, declaration, "customer", &table->customer, error) != 0 ||
        optional_path(model, index, declaration, "actor", &table->actor, error) != 0 ||
        optional_path(model, index, declaration, "currency", &table->currency, error) != 0)
        return -1;
    const struct path *const placing[] = {&table->period, &table->period_otherwise, &table->known};
    for (size_t i = 0; i < sizeof placing / sizeof *placing; i++)
        if (placing[i]->field >= 0 && !is_time(path_type(model, placing[i])) &&
            path_type(model, placing[i]) != TYPE_TEXT)
            return error_set(error, ERROR_USAGE, table->name,
                             "a row is placed by a date or an accounting period, not by a column "
                             "of type %s",
                             type_name(path_type(model, placing[i])));
    const json_t *alias = json_object_get(declaration, "alias");
    if (!alias)
        return 0;
    const char *name = json_string_value(json_array_get(alias, 0));
    const char *field = json_string_value(json_array_get(alias, 1));
    table->alias_table = name ? model_find_table(model, name) : -1;
    table->alias_field = table->alias_table < 0 || !field
                             ? -1
                             : model_find_field(&model->tables[table->alias_table], field);
    if (table->alias_field < 0 || model->tables[table->alias_table].key_count != 1)
        return error_set(error, ERROR_USAGE, table->name,
                         "alias is { a table with a one-column key, its field }");
    return 0;
}

static int compare_declarations(const void *a, const void *b)
{
    return strcmp(string_of(*(json_t *const *)a, "name"), string_of(*(json_t *const *)b, "name"));
}

struct model *model_new(const json_t *declaration, struct error *error)
{
    const json_t *tables = json_object_get(declaration, "tables");
    int count = (int)json_array_size(tables), result = 0;
    struct arena *arena = arena_new();
    struct model *model = arena_take(arena, 1, sizeof *model);
    json_t **sorted = memory_new((size_t)count, sizeof(json_t *));
    model->arena = arena;
    model->tables = arena_take(arena, (size_t)count, sizeof *model->tables);
    for (int i = 0; i < count; i++)
        sorted[i] = json_array_get(tables, (size_t)i);
    qsort(sorted, (size_t)count, sizeof *sorted, compare_declarations);
    for (int i = 0; i < count && result == 0; i++) {
        result = add_table(arena, &model->tables[model->table_count++], sorted[i], error);
        if (result == 0 && i > 0 && strcmp(model->tables[i].name, model->tables[i - 1].name) == 0)
            result = error_set(error, ERROR_USAGE, model->tables[i].name,
                               "the table is declared twice; `extend` adds fields to a table");
    }
    static int (*const passes[])(struct model *, int, const json_t *, struct error *) = {
        add_references, fill_references, add_reverses, add_paths, absence_declare, history_declare};
    for (size_t pass = 0; pass < sizeof passes / sizeof *passes; pass++)
        for (int i = 0; i < count && result == 0; i++)
            result = passes[pass](model, i, sorted[i], error);
    free(sorted);
    if (result == 0)
        return model;
    model_free(model);
    return NULL;
}
