// SPDX-License-Identifier: MIT
#include "engine/data/left_out.h"

#include "engine/base/memory.h"
#include "engine/base/reason.h"
#include "engine/data/data_inside.h"

#include <stdlib.h>
#include <string.h>

enum { VALUE_SHOWN = 200 };

static char *copied(const char *text)
{
    return text ? memory_text(text) : NULL;
}

static char *cut(const char *text)
{
    size_t length = text ? strlen(text) : 0;
    if (length > VALUE_SHOWN)
        for (length = VALUE_SHOWN; ((unsigned char)text[length] & 0xC0) == 0x80;)
            length--; // never inside a character
    return text ? memory_text_n(text, length) : NULL;
}

void left_out_add(struct left_out_list *list, const struct left_out *range)
{
    list->capacity =
        memory_grow((void **)&list->items, list->count, list->capacity, sizeof *list->items);
    struct left_out *added = &list->items[list->count++];
    *added = *range;
    added->amounts = copied(range->amounts);
    added->value = cut(range->value);
}

void left_out_add_key(struct left_out_list *list, int table, int source, int64_t line,
                      const char *key)
{
    list->key_capacity =
        memory_grow((void **)&list->keys, list->key_count, list->key_capacity, sizeof *list->keys);
    list->keys[list->key_count++] = (struct left_out_key){table, source, line, memory_text(key)};
}

void left_out_clear(struct left_out_list *list)
{
    for (size_t i = 0; i < list->count; i++) {
        free(list->items[i].amounts);
        free(list->items[i].value);
    }
    for (size_t i = 0; i < list->key_count; i++)
        free(list->keys[i].key);
    free(list->items);
    free(list->keys);
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
        buffer_printf(&origin, "%s:%lld", data->sources[problem->source].name,
                      (long long)problem->line);
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
    uint32_t *first = memory_new(list->key_count, sizeof *first);
    bool *told = memory_new(list->key_count, sizeof *told);
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
    free(first);
    free(told);
}
