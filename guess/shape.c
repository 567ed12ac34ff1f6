// SPDX-License-Identifier: MIT
#include "guess/shape.h"

#include "engine/base/memory.h"

#include <stdlib.h>

void shape_init(struct shape *shape, const struct list *list, size_t key)
{
    const struct frame *frame = &list->frame;
    uint32_t empty = frame->survey->empty, above = empty;
    *shape = (struct shape){.list = list, .key = key, .distinct = list->columns[key].distinct};
    shape->documents = memory_new(frame->record_count + 1, sizeof *shape->documents);
    for (size_t i = 0; i < frame->record_count; i++) {
        uint32_t code = frame_cell(frame, i, key);
        shape->unfilled += code == empty;
        if (code != empty)
            above = code;
        shape->documents[i] = above;
    }
}

void shape_clear(struct shape *shape)
{
    free(shape->documents);
    *shape = (struct shape){0};
}

bool shape_repeats(const struct shape *shape)
{
    return shape->distinct < shape->list->frame.record_count;
}

bool shape_is_first_only(const struct shape *shape, size_t column)
{
    const struct frame *frame = &shape->list->frame;
    uint32_t empty = frame->survey->empty;
    size_t filled = 0;
    if (shape->unfilled == 0)
        return false;
    for (size_t i = 0; i < frame->record_count; i++) {
        bool first = frame_cell(frame, i, shape->key) != empty;
        bool there = frame_cell(frame, i, column) != empty;
        if (there && !first)
            return false;
        filled += there;
    }
    return filled > 0;
}

size_t shape_conflicts(const struct shape *shape, size_t column, bool filled)
{
    const struct frame *frame = &shape->list->frame;
    uint32_t texts = dictionary_count(frame->survey->texts), empty = frame->survey->empty;
    uint32_t *said = memory_new(texts, sizeof *said); // by document: the code, plus 1
    size_t conflicts = 0;
    for (size_t i = 0; i < frame->record_count; i++) {
        uint32_t code = frame_cell(frame, i, column), *before = &said[shape->documents[i]];
        if (filled && code == empty)
            continue;
        if (*before == 0)
            *before = code + 1;
        else
            conflicts += *before != code + 1;
    }
    free(said);
    return conflicts;
}

static int by_pair(const void *a, const void *b)
{
    const uint64_t *first = a, *second = b;
    return (*first > *second) - (*first < *second);
}

size_t shape_doubles(const struct shape *shape, size_t column)
{
    const struct frame *frame = &shape->list->frame;
    uint64_t *pairs = memory_new(frame->record_count + 1, sizeof *pairs);
    size_t doubles = 0;
    for (size_t i = 0; i < frame->record_count; i++)
        pairs[i] = (uint64_t)shape->documents[i] << 32 | frame_cell(frame, i, column);
    qsort(pairs, frame->record_count, sizeof *pairs, by_pair);
    for (size_t i = 1; i < frame->record_count; i++)
        doubles += pairs[i] == pairs[i - 1];
    free(pairs);
    return doubles;
}
