// SPDX-License-Identifier: MIT
#include "engine/problem.h"

#include "engine/memory.h"

#include <stdlib.h>
#include <string.h>

enum { VALUE_SHOWN = 200 };

static char *shown(const char *value, size_t length)
{
    if (!value)
        return NULL;
    if (length <= VALUE_SHOWN)
        return memory_text_n(value, length);
    size_t cut = VALUE_SHOWN;
    while (cut > 0 && ((unsigned char)value[cut] & 0xC0) == 0x80)
        cut--; // never inside a character
    char *text = memory_new(cut + sizeof "…", 1);
    memcpy(text, value, cut);
    memcpy(text + cut, "…", sizeof "…");
    return text;
}

void problem_add(struct problem_list *list, enum problem_kind kind, int table, int source,
                 int64_t line, const char *column, const char *value, size_t value_length,
                 const char *reason)
{
    list->capacity =
        memory_grow((void **)&list->items, list->count, list->capacity, sizeof *list->items);
    list->items[list->count++] = (struct problem){
        .kind = kind,
        .table = table,
        .source = source,
        .line = line,
        .column = column ? memory_text(column) : NULL,
        .value = shown(value, value_length),
        .reason = memory_text(reason),
    };
}

void problem_move(struct problem_list *list, struct problem_list *from)
{
    if (from->count) {
        size_t needed = list->count + from->count;
        if (needed > list->capacity) {
            list->items = memory_resize(list->items, needed, sizeof *list->items);
            list->capacity = needed;
        }
        memcpy(list->items + list->count, from->items, from->count * sizeof *list->items);
        list->count = needed;
    }
    free(from->items);
    *from = (struct problem_list){0};
}

void problem_clear(struct problem_list *list)
{
    for (size_t at = 0; at < list->count; at++) {
        free(list->items[at].column);
        free(list->items[at].value);
        free(list->items[at].reason);
    }
    free(list->items);
    *list = (struct problem_list){0};
}

const char *problem_kind_name(enum problem_kind kind)
{
    switch (kind) {
    case PROBLEM_REJECTED_RECORD:
        return "rejected record";
    case PROBLEM_INVALID_CELL:
        return "invalid cell";
    case PROBLEM_DUPLICATE_KEY:
        return "duplicate key";
    case PROBLEM_DANGLING_REFERENCE:
        return "dangling reference";
    }
    return "";
}
