// SPDX-License-Identifier: MIT
#include "engine/data/problem.h"

#include "engine/base/buffer.h"
#include "engine/base/memory.h"
#include "engine/base/reason.h"

#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

enum { VALUE_SHOWN = 200 };

// Results are UTF-8 whatever a source holds: a byte that is no text is shown as \xFF.
static void add_visibly(struct buffer *out, const char *text, size_t length)
{
    const utf8proc_uint8_t *at = (const utf8proc_uint8_t *)text;
    for (utf8proc_ssize_t left = (utf8proc_ssize_t)length, used; left > 0; left -= used) {
        utf8proc_int32_t point;
        used = utf8proc_iterate(at, left, &point);
        if (used > 0 && *at) {
            buffer_add(out, at, (size_t)used);
        } else {
            buffer_printf(out, "\\x%02X", *at);
            used = 1;
        }
        at += used;
    }
}

static const char *shown(struct arena *arena, const char *value, size_t length)
{
    struct buffer text = {0};
    size_t cut = length < VALUE_SHOWN ? length : VALUE_SHOWN;
    if (!value)
        return NULL;
    for (int back = 0; cut < length && back < 3 && ((unsigned char)value[cut] & 0xC0) == 0x80;
         back++)
        cut--; // never inside a character
    add_visibly(&text, value, cut);
    if (cut < length)
        buffer_add_text(&text, "…");
    return arena_text_of(arena, &text);
}

static void add_text_visibly(void *unused, const char *text, struct buffer *out)
{
    (void)unused;
    add_visibly(out, text, strlen(text));
}

static const char *visible(struct arena *arena, const char *text)
{
    struct buffer out = {0};
    if (!text)
        return NULL;
    add_visibly(&out, text, strlen(text));
    return arena_text_of(arena, &out);
}

static const char *visible_reason(struct arena *arena, const char *reason)
{
    struct buffer out = {0};
    reason_add_with(reason, add_text_visibly, NULL, &out);
    return arena_text_of(arena, &out);
}

struct problem *problem_add(struct problem_list *list, enum problem_kind kind, int table,
                            int source, int64_t line, const char *column, const char *value,
                            size_t value_length, const char *reason)
{
    if (!list->arena)
        list->arena = arena_new();
    list->capacity =
        memory_grow((void **)&list->items, list->count, list->capacity, sizeof *list->items);
    list->items[list->count++] = (struct problem){
        .kind = kind,
        .table = table,
        .source = source,
        .line = line,
        .column = visible(list->arena, column),
        .value = shown(list->arena, value, value_length),
        .reason = visible_reason(list->arena, reason),
        .target = -1,
    };
    return &list->items[list->count - 1];
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
    if (!list->arena)
        list->arena = arena_new();
    arena_adopt(list->arena, from->arena);
    free(from->items);
    *from = (struct problem_list){0};
}

void problem_clear(struct problem_list *list)
{
    free(list->items);
    arena_free(list->arena);
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
    case PROBLEM_CONFLICTING_ROWS:
        return "conflicting rows";
    case PROBLEM_LEFT_OUT_RECORD:
        return "left-out record";
    case PROBLEM_DOUBTFUL_RECORD:
        return "doubtful record";
    case PROBLEM_DOUBTFUL_SOURCE:
        return "doubtful source";
    case PROBLEM_PARTIAL_EXTRACT:
        return "partial extract";
    case PROBLEM_NOT_IN_HISTORY:
        return "not in the history";
    case PROBLEM_KEYLESS_TABLE:
        return "table without its key";
    case PROBLEM_KINDS:
        break;
    }
    return "";
}

bool problem_is_loss(enum problem_kind kind)
{
    return kind == PROBLEM_REJECTED_RECORD || kind == PROBLEM_INVALID_CELL ||
           kind == PROBLEM_CONFLICTING_ROWS || kind == PROBLEM_LEFT_OUT_RECORD ||
           kind == PROBLEM_KEYLESS_TABLE;
}
