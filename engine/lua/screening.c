// SPDX-License-Identifier: MIT
// The child sends a byte for each record, and behind the records of a source the first failure.
#include "engine/lua/screening.h"

#include "engine/base/memory.h"
#include "engine/base/process.h"
#include "engine/base/reason.h"
#include "engine/lua/sandbox.h"
#include "engine/lua/script_source.h"
#include "engine/lua/tester.h"
#include "engine/lua/vocabulary.h"

#include <lauxlib.h>
#include <stdlib.h>
#include <string.h>

struct job {
    const struct engagement *engagement;
    const struct data *data;
    struct screening *items;
    size_t count;
};

// The record at hand, as functions see it.
struct shown {
    struct script_source source; // first: found from its address
    const struct screening *item;
    size_t record;
};

static bool find(const struct script_source *source, const char *label, struct text *text)
{
    const struct shown *shown = (const struct shown *)(const void *)source;
    return shown->item->find(shown->item->context, shown->record, label, text);
}

static const char *label(const struct script_source *source, size_t number)
{
    const struct shown *shown = (const struct shown *)(const void *)source;
    return shown->item->label(shown->item->context, number);
}

// ---- in the child

static enum screened screen_record(lua_State *L, const struct shown *shown, char **reason)
{
    vocabulary_push_computed(L, shown->item->function);
    lua_pushvalue(L, 1);
    enum screened screened;
    if (sandbox_call(L, 1, 1, 0) != SANDBOX_DONE) {
        if (!*reason)
            *reason = memory_text(buffer_text(&script_context_of(L)->reason));
        screened = SCREENED_FAILED;
    } else {
        screened = lua_toboolean(L, -1) ? SCREENED_KEPT : SCREENED_LEFT_OUT;
    }
    lua_settop(L, 1);
    return screened;
}

static int screen(void *opaque, struct buffer *out, struct error *error)
{
    const struct job *job = opaque;
    struct shown shown = {.source = {find, label}};
    lua_State *L = script_source_load(job->engagement, job->data, &shown.source, "where", error);
    if (!L)
        return -1;
    for (size_t i = 0; i < job->count; i++) {
        char *reason = NULL;
        shown.item = &job->items[i];
        for (shown.record = 0; shown.record < shown.item->count; shown.record++)
            buffer_add_byte(out, (char)screen_record(L, &shown, &reason));
        uint64_t length = reason ? strlen(reason) : 0;
        buffer_add(out, &length, sizeof length);
        buffer_add(out, reason ? reason : "", length);
        free(reason);
    }
    return 0;
}

// ---- in the parent

static int take_answers(struct screening *item, const char **at, size_t *left)
{
    uint64_t length;
    if (*left < item->count + sizeof length)
        return -1;
    for (size_t i = 0; i < item->count; i++) {
        unsigned char screened = (unsigned char)(*at)[i];
        item->screened[i] = screened > SCREENED_FAILED ? SCREENED_FAILED : screened;
    }
    memcpy(&length, *at + item->count, sizeof length);
    *at += item->count + sizeof length;
    *left -= item->count + sizeof length;
    if (length > *left)
        return -1;
    item->reason = length ? arena_text_n(item->arena, *at, length) : NULL;
    *at += length;
    *left -= length;
    return 0;
}

int screening_run(const struct engagement *engagement, const struct data *data,
                  struct screening *items, size_t count, struct error *error)
{
    static const struct limits limits = {
        .cpu_seconds = 600, .wall_seconds = 900, .bytes = (size_t)4 << 30};
    struct job job = {engagement, data, items, count};
    struct buffer out = {0};
    int result = process_run(screen, &job, &limits, "where", &out, error);
    const char *at = buffer_text(&out);
    size_t left = out.length;
    for (size_t i = 0; i < count && result == 0; i++)
        if (take_answers(&items[i], &at, &left) != 0)
            result = error_set(error, ERROR_USAGE, "where", "came back damaged");
    buffer_clear(&out);
    return result;
}
