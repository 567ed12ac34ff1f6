// SPDX-License-Identifier: MIT
// Two laws hold, whatever a rule does. The allocator counts new and growing blocks and never
// refuses a shrink. The count hook, once the budget is spent, fires at every instruction until the
// state is left, so that no function of Lua can go on behind it.
#include "engine/lua/budget.h"

#include "engine/lua/script_context.h"
#include "engine/lua/script_value.h"

#include <stdlib.h>
#include <string.h>

// One instruction may copy many megabytes; so many bytes of new memory count as a step.
enum { BYTES_PER_STEP = 64 };

void *budget_allocate(void *opaque, void *block, size_t old, size_t size)
{
    struct script_context *context = opaque;
    size_t had = block ? old : 0;
    if (size == 0) {
        context->bytes -= had;
        free(block);
        return NULL;
    }
    if (size > had && size - had > context->byte_limit - context->bytes) {
        context->out_of_memory = true;
        return NULL;
    }
    if (size > had) {
        context->steps += (int64_t)((size - had) / BYTES_PER_STEP);
        if (context->steps > context->instructions) {
            context->out_of_budget = true;
            return NULL;
        }
    }
    void *grown = realloc(block, size);
    if (!grown)
        return size <= had ? block : NULL;
    context->bytes += size - had;
    if (context->bytes > context->byte_peak)
        context->byte_peak = context->bytes;
    return grown;
}

static void note_line(const struct line_watch *watch, lua_State *L, lua_Debug *debug)
{
    bool here = lua_getinfo(L, "S", debug) && strcmp(debug->source, watch->chunk) == 0;
    if (here && debug->currentline > 0 && (uint32_t)debug->currentline <= watch->line_count)
        watch->ran[debug->currentline] = true;
}

static void spent(lua_State *L, lua_Debug *debug)
{
    if (debug && debug->event == LUA_HOOKLINE) {
        note_line(script_context_of(L)->watch, L, debug);
        return;
    }
    script_context_of(L)->out_of_budget = true;
    lua_sethook(L, spent, LUA_MASKCOUNT, 1);
    script_push_mark(L, MARK_STOP);
    lua_error(L);
}

void script_spend(lua_State *L, int64_t steps)
{
    struct script_context *context = script_context_of(L);
    if (steps > context->instructions - context->steps)
        spent(L, NULL);
    context->steps += steps;
}

void budget_start(lua_State *L, int64_t instructions)
{
    struct script_context *context = script_context_of(L);
    context->instructions = instructions;
    context->steps = 0;
    context->out_of_budget = false;
    lua_sethook(L, spent, LUA_MASKCOUNT | (context->watch ? LUA_MASKLINE : 0), (int)instructions);
}
