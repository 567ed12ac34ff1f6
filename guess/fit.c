// SPDX-License-Identifier: MIT
// Candidates are all pairs of a column and a field that the column's name may mean. They are taken
// in the order of how much the name says, keys first of equals; each column and field is taken
// once, and only where the cells can be read as the field. So a weak word never takes a column from
// a strong one, and the result does not depend on the order of columns but between equals.
#include "guess/fit.h"

#include "engine/base/memory.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum {
    READ_PCT = 90,    // of the cells, for a column to be of that type
    KNOWN_PCT = 50,   // of the cells, for a column to hold that enum
    VALUES_MAX = 200, // of a column of words
    KEY_BONUS = 5,    // what can be a key is one first
};

// A column that may be a field.
struct candidate {
    size_t column;
    int field;
    const struct term *term;
    int rank;
};

const struct fit *fits_field(const struct fits *fits, int field)
{
    for (size_t i = 0; i < fits->count; i++)
        if (fits->items[i].field == field)
            return &fits->items[i];
    return NULL;
}

const struct fit *fits_column(const struct fits *fits, size_t column)
{
    for (size_t i = 0; i < fits->count; i++)
        if (fits->items[i].column == column)
            return &fits->items[i];
    return NULL;
}

const struct fit *fits_named(const struct fits *fits, const struct model *model, const char *field)
{
    int found = model_find_field(&model->tables[fits->table], field);
    return found < 0 ? NULL : fits_field(fits, found);
}

// ---- values that are words

// "应收账款\甲公司", "1122 Receivables": what stands in front is a word too.
static const char *value_of(const struct fitting *fitting, int table, int field, const char *text)
{
    const char *value = terms_value(fitting->terms, fitting->model, table, field, text);
    size_t length = strcspn(text, "\\/_- ");
    if (!value && text[length]) {
        char *front = memory_text_n(text, length);
        value = terms_value(fitting->terms, fitting->model, table, field, front);
        free(front);
    }
    if (!value && strspn(text, "0123456789") > 4) {
        char *front = memory_text_n(text, 4);
        value = terms_value(fitting->terms, fitting->model, table, field, front);
        free(front);
    }
    return value;
}

static bool is_value_of(const struct field *field, const char *text)
{
    for (int i = 0; i < field->value_count; i++)
        if (strcmp(field->values[i], text) == 0)
            return true;
    return false;
}

static void add_value(struct arena *arena, struct fit *fit, uint32_t from, const char *to)
{
    fit->from = arena_extend(arena, fit->from, fit->map_count, sizeof *fit->from);
    fit->to = arena_extend(arena, fit->to, fit->map_count, sizeof *fit->to);
    fit->from[fit->map_count] = from;
    fit->to[fit->map_count++] = to;
}

// Finds what the values stand for; the number of cells that are understood.
static size_t map_values(const struct fits *fits, const struct fitting *fitting,
                         const struct values *column, struct fit *fit)
{
    int table = fits->table;
    const struct field *field = &fitting->model->tables[table].fields[fit->field];
    size_t understood = 0;
    fit->unknown = DICTIONARY_NONE;
    for (size_t i = 0; i < column->distinct; i++) {
        const char *text = dictionary_get(fitting->survey->texts, column->codes[i]).bytes;
        const char *value = value_of(fitting, table, fit->field, text);
        if (is_value_of(field, text) || fitting->habits.nulls[column->codes[i]]) {
            understood += column->counts[i];
        } else if (value) {
            add_value(fits->arena, fit, column->codes[i], value);
            understood += column->counts[i];
        } else {
            fit->unknown = column->codes[i];
            fit->unknown_cells += column->counts[i];
        }
    }
    return understood;
}

// ---- does it fit?

// Reads a column as a field, once for all fields of its type that read alike.
static void read_as(const struct fitting *fitting, struct list *list, const struct field *field,
                    struct fit *fit)
{
    const struct values *column = &list->columns[fit->column];
    size_t length = strlen(field->name), place = fit->column * READING_KINDS + field->type;
    bool alike =
        field->type != TYPE_TEXT && !(length > 4 && strcmp(field->name + length - 4, "_pct") == 0);
    if (field->type == TYPE_TEXT && !field->period && !field->key && !field->refers) {
        fit->reading.read = column->filled;
        return;
    }
    if (alike && list->known[place]) {
        fit->reading = list->readings[place];
        return;
    }
    values_read(column, fitting->survey, field, fitting->zone, &fitting->habits, &fit->reading);
    if (alike) {
        list->readings[place] = fit->reading;
        list->known[place] = true;
    }
}

static bool suits(const struct fits *fits, const struct fitting *fitting, struct list *list,
                  struct fit *fit)
{
    const struct values *column = &list->columns[fit->column];
    const struct field *field = &fitting->model->tables[fits->table].fields[fit->field];
    if (column->filled == 0)
        return false;
    if (field->type == TYPE_ENUM)
        return column->distinct <= VALUES_MAX &&
               map_values(fits, fitting, column, fit) * 100 >= column->filled * KNOWN_PCT;
    read_as(fitting, list, field, fit);
    bool typed = fit->reading.read * 100 >= column->filled * READ_PCT;
    if ((field->type == TYPE_TEXT && column->distinct <= VALUES_MAX) || field->type == TYPE_BOOL)
        typed = map_values(fits, fitting, column, fit) == column->filled || typed;
    // Any text is one, and a bool that is read needs no word.
    if (field->type == TYPE_TEXT || fit->reading.read == column->filled)
        fit->unknown = DICTIONARY_NONE;
    if (field->type == TYPE_BOOL && fit->reading.read == column->filled)
        fit->map_count = 0;
    return typed;
}

// ---- candidates

static void add_candidates(const struct fits *fits, const struct fitting *fitting,
                           const struct list *list, size_t column, struct candidate **candidates,
                           size_t *count)
{
    const struct model_table *it = &fitting->model->tables[fits->table];
    const struct term *const *found = list->terms[column].items;
    for (size_t i = 0; i < list->terms[column].count; i++) {
        int field = found[i]->value ? -1 : term_field(found[i], fitting->model, fits->table);
        if (field < 0)
            continue;
        *candidates = arena_extend(fits->arena, *candidates, *count, sizeof **candidates);
        bool key = it->fields[field].key && !it->fields[field].nullable;
        (*candidates)[(*count)++] = (struct candidate){
            column, field, found[i], (int)found[i]->strength + (key ? KEY_BONUS : 0)};
    }
}

static int by_rank(const void *a, const void *b)
{
    const struct candidate *first = a, *second = b;
    if (first->rank != second->rank)
        return second->rank - first->rank;
    if (first->column != second->column)
        return first->column < second->column ? -1 : 1;
    return first->field - second->field;
}

void fits_add(struct fits *fits, const struct fit *fit)
{
    fits->items = arena_extend(fits->arena, fits->items, fits->count, sizeof *fits->items);
    fits->items[fits->count++] = *fit;
}

static void take(struct fits *fits, const struct fitting *fitting, struct list *list,
                 const struct candidate *candidate)
{
    struct fit fit = {.column = candidate->column,
                      .field = candidate->field,
                      .term = candidate->term,
                      .unknown = DICTIONARY_NONE,
                      .reading = {.places = -1, .unread = DICTIONARY_NONE}};
    if (fits_field(fits, fit.field) || fits_column(fits, fit.column))
        return;
    if (!suits(fits, fitting, list, &fit))
        return;
    fits_add(fits, &fit);
    fits->score += candidate->term->strength;
}

void fits_init(struct fits *fits, struct arena *arena, const struct fitting *fitting,
               struct list *list, int table)
{
    struct candidate *candidates = NULL;
    size_t count = 0;
    *fits = (struct fits){.arena = arena, .table = table};
    for (size_t column = 0; list->frame.names && column < list->frame.columns; column++)
        if (*list->frame.names[column])
            add_candidates(fits, fitting, list, column, &candidates, &count);
    if (count > 0)
        qsort(candidates, count, sizeof *candidates, by_rank);
    for (size_t i = 0; i < count; i++)
        take(fits, fitting, list, &candidates[i]);
}
