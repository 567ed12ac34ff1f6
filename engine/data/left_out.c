// SPDX-License-Identifier: MIT
#include "engine/data/left_out.h"

#include "engine/base/memory.h"
#include "engine/base/reason.h"
#include "engine/data/data_inside.h"

#include <stdlib.h>
#include <string.h>

enum { VALUE_SHOWN = 200 };

static struct arena *arena_of(struct left_out_list *list)
{
    if (!list->arena)
        list->arena = arena_new();
    return list->arena;
}

static const char *cut(struct arena *arena, const char *text)
{
    size_t length = text ? strlen(text) : 0;
    if (length > VALUE_SHOWN)
        for (length = VALUE_SHOWN; ((unsigned char)text[length] & 0xC0) == 0x80;)
            length--; // never inside a character
    return text ? arena_text_n(arena, text, length) : NULL;
}

static struct left_out *add_range(struct left_out_list *list, const struct left_out *range)
{
    list->capacity =
        memory_grow((void **)&list->items, list->count, list->capacity, sizeof *list->items);
    list->items[list->count] = *range;
    return &list->items[list->count++];
}

void left_out_add(struct left_out_list *list, const struct left_out *range)
{
    struct left_out *added = add_range(list, range);
    added->amounts = arena_text(arena_of(list), range->amounts);
    added->value = cut(arena_of(list), range->value);
}

static void add_key(struct left_out_list *list, struct left_out_key key)
{
    list->keys = arena_extend(arena_of(list), list->keys, list->key_count, sizeof *list->keys);
    list->keys[list->key_count++] = key;
}

void left_out_add_key(struct left_out_list *list, int table, int source, int64_t line,
                      const char *key)
{
    add_key(list, (struct left_out_key){table, source, line, arena_text(arena_of(list), key)});
}

void left_out_move(struct left_out_list *list, struct left_out_list *from)
{
    for (size_t i = 0; i < from->count; i++)
        add_range(list, &from->items[i]);
    for (size_t i = 0; i < from->key_count; i++)
        add_key(list, from->keys[i]);
    arena_adopt(arena_of(list), from->arena);
    from->arena = NULL;
    left_out_clear(from);
}

void left_out_clear(struct left_out_list *list)
{
    free(list->items);
    arena_free(list->arena);
    *list = (struct left_out_list){0};
}

const char *left_out_cause_name(enum left_out_cause cause)
{
    switch (cause) {
    case LEFT_OUT_CONDITION:
        return "where";
    case LEFT_OUT_FOOTER:
        return "skip_end";
    case LEFT_OUT_CAUSES:
        break;
    }
    return "";
}

static void report(struct data *data, const struct left_out_key *it, enum reason code,
                   const char *where)
{
    struct buffer reason = {0};
    reason_set_with(&reason, code, "%s", where);
    problem_add(&data->problems, PROBLEM_LEFT_OUT_RECORD, it->table, it->source, it->line, NULL,
                it->key, strlen(it->key), buffer_text(&reason));
    buffer_clear(&reason);
}

static uint32_t find(const struct dictionary *known, const struct data *data, int table,
                     const char *key, uint32_t *added, struct dictionary *add)
{
    struct buffer name = {0};
    buffer_printf(&name, "%s:%s", data->model->tables[table].name, key);
    if (add)
        *added = dictionary_add(add, buffer_text(&name), name.length);
    uint32_t code = add ? *added : dictionary_find(known, buffer_text(&name), name.length);
    buffer_clear(&name);
    return code;
}

// References that find nothing name the table that they want in their reason.
static void check_references(struct data *data, const struct dictionary *known, uint32_t *first,
                             bool *told)
{
    size_t count = data->problems.count;
    for (size_t i = 0; i < count; i++) {
        const struct problem *problem = &data->problems.items[i];
        if (problem->kind != PROBLEM_DANGLING_REFERENCE || problem->target < 0 || !problem->value)
            continue;
        uint32_t code = find(known, data, problem->target, problem->value, NULL, NULL);
        if (code == DICTIONARY_NONE || told[first[code]])
            continue;
        told[first[code]] = true;
        struct buffer origin = {0};
        data_place(data, problem->source, problem->line, problem->column, &origin);
        report(data, &data->left_out.keys[first[code]], REASON_LEFT_OUT_REFERRED,
               buffer_text(&origin));
        buffer_clear(&origin);
    }
}

static int64_t find_row(const struct data *data, struct row_index *const *keys, int table,
                        const char *key)
{
    int64_t words[16];
    bool there = keys[table] && data_key_words(data, table, key, words) == 0;
    return there ? row_index_first(keys[table], words) : ROW_NONE;
}

void left_out_check(struct data *data, struct row_index *const *keys)
{
    const struct left_out_list *list = &data->left_out;
    if (list->key_count == 0)
        return;
    struct dictionary *known = dictionary_new();
    struct arena *scratch = arena_new();
    uint32_t *first = arena_take(scratch, list->key_count, sizeof *first);
    bool *told = arena_take(scratch, list->key_count, sizeof *told);
    for (size_t i = 0; i < list->key_count; i++) {
        const struct left_out_key *it = &list->keys[i];
        uint32_t before = dictionary_count(known), code = 0;
        find(known, data, it->table, it->key, &code, known);
        if (code < before)
            continue; // told with the first
        first[code] = (uint32_t)i;
        int64_t row = find_row(data, keys, it->table, it->key);
        if (row < 0)
            continue;
        struct buffer origin = {0};
        data_origin(data, it->table, row, &origin);
        report(data, it, REASON_LEFT_OUT_LOADED, buffer_text(&origin));
        told[i] = true;
        buffer_clear(&origin);
    }
    check_references(data, known, first, told);
    dictionary_free(known);
    arena_free(scratch);
}
