// SPDX-License-Identifier: MIT
// Reads `absent` and `absence` of the model's tables: text into what assumption.c and data_derive.c
// work with. Everything that a declaration names (paths, lists, fields, values) is looked up here;
// a name that the model does not have is a fault of the model, told at once, so that nobody later
// can meet a way that leads nowhere.
#include "engine/data/absence.h"

#include "engine/base/memory.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// What is being read of one table's declarations.
struct reading {
    struct model *model;
    int table;
    const char *field; // "" for the table itself
    struct error *error;
};

static int wrong(const struct reading *reading, const char *what, const char *text)
{
    return error_set(reading->error, ERROR_USAGE, reading->model->tables[reading->table].name,
                     "absence of %s: %s%s%s", *reading->field ? reading->field : "the table", what,
                     text ? " " : "", text ? text : "");
}

static const char *kept(const struct reading *reading, const json_t *object, const char *name)
{
    const char *text = json_string_value(json_object_get(object, name));
    return text ? arena_text(reading->model->arena, text) : NULL;
}

// "path.field" or "list.field".
static int read_operand(const struct reading *reading, const json_t *item, struct operand *operand)
{
    const char *text = json_string_value(item);
    const struct model_table *table = &reading->model->tables[reading->table];
    *operand = (struct operand){.list = -1};
    if (!text)
        return wrong(reading, "it is worked out from fields, given as texts", NULL);
    const char *dot = strchr(text, '.');
    char *list = dot ? memory_text_n(text, (size_t)(dot - text)) : NULL;
    operand->list = list ? model_find_reverse(table, list) : -1;
    free(list);
    if (operand->list < 0)
        return model_find_path(reading->model, reading->table, text, &operand->path,
                               reading->error);
    const struct model_table *rows = &reading->model->tables[table->reverses[operand->list].table];
    operand->path = (struct path){.table = table->reverses[operand->list].table,
                                  .field = model_find_field(rows, dot + 1)};
    return operand->path.field < 0 ? wrong(reading, "there is no field", text) : 0;
}

static int read_operands(const struct reading *reading, const json_t *list, struct way *way,
                         int count)
{
    way->operand_count = count;
    if (count == 1)
        return read_operand(reading, list, &way->operands[0]);
    if (json_array_size(list) != 2)
        return wrong(reading, "two fields are wanted", NULL);
    return read_operand(reading, json_array_get(list, 0), &way->operands[0]) != 0
               ? -1
               : read_operand(reading, json_array_get(list, 1), &way->operands[1]);
}

static int read_way(const struct reading *reading, const json_t *item, struct way *way)
{
    static const struct {
        const char *name;
        int kind, operands;
    } kinds[] = {
        {"plus", WAY_PLUS, 2},           {"minus", WAY_MINUS, 2},
        {"times", WAY_TIMES, 2},         {"month", WAY_MONTH, 1},
        {"first_day", WAY_FIRST_DAY, 1}, {"last_day", WAY_LAST_DAY, 1},
        {"sign", WAY_SIGN, 1},           {"tax", WAY_TAX, 2},
    };
    static const struct {
        const char *name;
        int kind;
    } plain[] = {{"only", WAY_ONLY}, {"currency", WAY_CURRENCY}, {"none", WAY_NONE}};
    *way = (struct way){.kind = WAY_PATH};
    if (json_is_string(item))
        return read_operands(reading, item, way, 1);
    for (size_t i = 0; i < sizeof plain / sizeof *plain; i++)
        if (json_is_true(json_object_get(item, plain[i].name))) {
            way->kind = plain[i].kind;
            return 0;
        }
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        const json_t *operands = json_object_get(item, kinds[i].name);
        if (!operands)
            continue;
        way->kind = kinds[i].kind;
        way->words[0] = kept(reading, item, "positive");
        way->words[1] = kept(reading, item, "negative");
        const json_t *always = json_object_get(item, "less"),
                     *less = always ? always : json_object_get(item, "less_if_any");
        way->less_is_optional = !always;
        if (way->kind == WAY_SIGN && (!way->words[0] || !way->words[1]))
            return wrong(reading, "sign wants the words for positive and negative", NULL);
        if (read_operands(reading, operands, way, kinds[i].operands) != 0)
            return -1;
        return less && way->kind == WAY_TIMES
                   ? read_operand(reading, less, &way->operands[way->operand_count++])
                   : 0;
    }
    return wrong(reading,
                 "a way is a field, or plus, minus, times, tax, month, first_day, last_day, "
                 "sign, only, currency or none",
                 NULL);
}

static int read_ways(const struct reading *reading, const json_t *ways, struct absence *absence)
{
    size_t count = json_is_array(ways) ? json_array_size(ways) : 1;
    absence->ways = arena_take(reading->model->arena, count, sizeof *absence->ways);
    for (size_t i = 0; i < count; i++)
        if (read_way(reading, json_is_array(ways) ? json_array_get(ways, i) : ways,
                     &absence->ways[absence->way_count++]) != 0)
            return -1;
    return 0;
}

// "table", "table.field" or "table.field=value".
static int read_contradiction(const struct reading *reading, const char *text,
                              struct contradiction *contradiction)
{
    if (!text)
        return wrong(reading, "what contradicts is a text", NULL);
    const char *sign = strchr(text, '='), *field;
    char *name = memory_text_n(text, sign ? (size_t)(sign - text) : strlen(text));
    contradiction->value = sign ? arena_text(reading->model->arena, sign + 1) : NULL;
    contradiction->table = model_find_table_of(reading->model, name, &field);
    contradiction->field =
        contradiction->table < 0 || !field
            ? -1
            : model_find_field(&reading->model->tables[contradiction->table], field);
    bool known = contradiction->table >= 0 && (!field || contradiction->field >= 0);
    free(name);
    return known ? 0 : wrong(reading, "nothing in the model is called", text);
}

static int read_absence(const struct reading *reading, const json_t *item,
                        const struct absence **result)
{
    struct arena *arena = reading->model->arena;
    struct absence *absence = arena_take(arena, 1, sizeof *absence);
    const char *role = json_string_value(json_object_get(item, "role"));
    const json_t *ways = json_object_get(item, "from"),
                 *against = json_object_get(item, "contradicted");
    absence->value = kept(reading, item, "value");
    absence->en = kept(reading, item, "en");
    absence->zh = kept(reading, item, "zh");
    bool neither = role && strcmp(role, "neither") == 0;
    absence->accuses = !neither && (!role || strcmp(role, "acquits") != 0);
    absence->acquits = !neither && (!role || strcmp(role, "accuses") != 0);
    if (!absence->en || !absence->zh)
        return wrong(reading, "it wants a sentence in both languages, en and zh", NULL);
    if (!*reading->field)
        absence->kind = json_is_true(json_object_get(item, "ids")) ? ABSENCE_IDS : ABSENCE_NO_ROWS;
    else
        absence->kind = ways ? ABSENCE_DERIVED : absence->value ? ABSENCE_VALUE : ABSENCE_EMPTY;
    if (ways && read_ways(reading, ways, absence) != 0)
        return -1;
    absence->contradictions =
        arena_take(arena, json_array_size(against), sizeof *absence->contradictions);
    for (size_t i = 0; i < json_array_size(against); i++)
        if (read_contradiction(reading, json_string_value(json_array_get(against, i)),
                               &absence->contradictions[absence->contradiction_count++]) != 0)
            return -1;
    *result = absence;
    return 0;
}

int absence_declare(struct model *model, int index, const json_t *declaration, struct error *error)
{
    struct model_table *table = &model->tables[index];
    struct reading reading = {model, index, "", error};
    const json_t *absent = json_object_get(declaration, "absent");
    const char *name;
    json_t *item;
    if (absent && read_absence(&reading, absent, &table->absence) != 0)
        return -1;
    json_object_foreach(json_object_get(declaration, "absence"), name, item)
    {
        int field = model_find_field(table, name);
        reading.field = name;
        if (field < 0)
            return wrong(&reading, "the table has no such field", NULL);
        if (read_absence(&reading, item, &table->fields[field].absence) != 0)
            return -1;
    }
    return 0;
}

const char *absence_taken(const struct absence *absence)
{
    switch (absence->kind) {
    case ABSENCE_VALUE:
        return absence->value;
    case ABSENCE_DERIVED:
        return "derived";
    case ABSENCE_NO_ROWS:
        return "none";
    case ABSENCE_IDS:
        return "ids";
    case ABSENCE_EMPTY:
        break;
    }
    return "";
}
