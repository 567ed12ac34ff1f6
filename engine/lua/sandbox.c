// SPDX-License-Identifier: MIT
// The sandbox. Its rules: all set-up runs protected; rules have no pcall, so that nothing swallows
// the error that ends them when their budget is spent (budget.c); error objects are read without
// calling metamethods.
#include "engine/lua/sandbox.h"

#include "engine/base/memory.h"
#include "engine/base/reason.h"
#include "engine/lua/budget.h"
#include "engine/lua/script_functions.h"
#include "engine/lua/script_row.h"
#include "engine/lua/script_value.h"

#include <lauxlib.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void register_function(lua_State *L, const struct script_function *entry)
{
    const char *dot = strchr(entry->name, '.');
    if (!dot) {
        lua_pushcfunction(L, entry->function);
        lua_setglobal(L, entry->name);
        return;
    }
    lua_pushlstring(L, entry->name, (size_t)(dot - entry->name)); // space
    if (lua_getglobal(L, lua_tostring(L, -1)) == LUA_TNIL) {
        lua_pop(L, 1);
        lua_newtable(L);
        lua_pushvalue(L, -1);
        lua_setglobal(L, lua_tostring(L, -3)); // space table
    }
    lua_pushcfunction(L, entry->function);
    lua_setfield(L, -2, dot + 1);
    lua_pop(L, 2);
}

static int no_string_arithmetic(lua_State *L)
{
    return luaL_error(L, "attempt to calculate with the text '%s'; write decimal(x)",
                      lua_tostring(L, lua_type(L, 1) == LUA_TSTRING ? 1 : 2));
}

// Methods of texts, s:upper(), come from the same functions; Lua's own arithmetic on texts would
// make floats.
static void install_strings(lua_State *L)
{
    static const char *const events[] = {"__add", "__sub",  "__mul", "__unm",
                                         "__div", "__idiv", "__mod", "__pow"};
    lua_pushliteral(L, "");
    lua_newtable(L);
    lua_getglobal(L, "string");
    lua_setfield(L, -2, "__index");
    for (size_t i = 0; i < sizeof events / sizeof *events; i++) {
        lua_pushcfunction(L, no_string_arithmetic);
        lua_setfield(L, -2, events[i]);
    }
    lua_setmetatable(L, -2);
    lua_pop(L, 1);
}

static int set_up(lua_State *L)
{
    lua_gc(L, LUA_GCGEN, 0, 0);
    script_value_install(L);
    script_row_install(L);
    for (size_t group = 0; group < SCRIPT_FUNCTION_GROUPS; group++)
        for (const struct script_function *entry = script_functions_allowed(group); entry->name;
             entry++)
            if (entry->function)
                register_function(L, entry);
    if (script_context_of(L)->data)
        script_set_constants(L, &script_context_of(L)->data->scope);
    install_strings(L);
    return 0;
}

lua_State *sandbox_new(const struct data *data, int64_t instructions, size_t bytes,
                       struct error *error)
{
    struct script_context *context = memory_new(1, sizeof *context);
    context->data = data;
    context->currency = DICTIONARY_NONE;
    context->instructions = instructions ? instructions : SANDBOX_INSTRUCTIONS_PER_ROW;
    context->byte_limit = bytes;
    context->rests = memory_new(script_rest_words(data) + 1, sizeof *context->rests);
    lua_State *L = lua_newstate(budget_allocate, context);
    if (L) {
        *(struct script_context **)lua_getextraspace(L) = context;
        lua_pushcfunction(L, set_up);
        if (lua_pcall(L, 0, 0, 0) == LUA_OK)
            return L;
        lua_close(L);
    }
    if (!context->out_of_memory && !context->out_of_budget)
        memory_exhausted(); // there is none, whatever the budget
    free(context->rests);
    free(context);
    error_set(error, ERROR_USAGE, "lua",
              "a rule's memory budget of %zu bytes does not hold Lua itself", bytes);
    return NULL;
}

void sandbox_free(lua_State *L)
{
    if (!L)
        return;
    struct script_context *context = script_context_of(L);
    lua_sethook(L, NULL, 0, 0);
    lua_close(L);
    lookups_free(context->own_lookups);
    buffer_clear(&context->reason);
    buffer_clear(&context->scratch);
    free(context->rests);
    free(context->notes);
    free(context);
}

// What a message may take: it is kept for many rows and printed.
enum { MESSAGE_BYTES = 500 };

// A rule's own reason is as long as it may be (script_reason.h).
static void shorten(struct buffer *reason)
{
    if (!reason_is(buffer_text(reason), REASON_RULE))
        buffer_shorten(reason, 0, MESSAGE_BYTES);
}

// The message of an error object, without calling anything of it.
static void describe(lua_State *L, struct buffer *out)
{
    if (lua_type(L, -1) == LUA_TSTRING)
        buffer_add_text(out, lua_tostring(L, -1));
    else
        buffer_printf(out, "error(%s): raise a text instead", script_value_type(L, -1));
}

enum sandbox_outcome sandbox_call(lua_State *L, int arguments, int results, int64_t instructions)
{
    struct script_context *context = script_context_of(L);
    budget_start(L, instructions ? instructions : context->instructions);
    context->out_of_memory = false;
    context->showing = false;
    context->currency = DICTIONARY_NONE;
    context->currency_chosen = false;
    int status = lua_pcall(L, arguments, results, 0);
    context->steps = 0; // what follows outside protected calls must not run into the limit
    if (status == LUA_OK && !context->out_of_budget)
        return SANDBOX_DONE;
    if (context->out_of_budget || status == LUA_ERRMEM) {
        if (context->out_of_budget)
            reason_set_with(&context->reason, REASON_INSTRUCTIONS_SPENT, "%lld",
                            (long long)context->instructions);
        else
            reason_set_with(&context->reason, REASON_MEMORY_SPENT, "%zu", context->byte_limit);
        return SANDBOX_SPENT;
    }
    enum sandbox_outcome outcome = SANDBOX_FAULT;
    if (script_value_kind(L, -1) == WORD_MARK && script_get_mark(L, -1) == MARK_UNTESTABLE) {
        outcome = SANDBOX_UNTESTABLE;
    } else {
        buffer_reset(&context->reason);
        describe(L, &context->reason);
    }
    shorten(&context->reason);
    lua_pop(L, 1);
    return outcome;
}

// "name:12: message" → where and message.
static int fail_at(struct error *error, const char *name, const char *text)
{
    size_t length = strlen(name);
    if (strncmp(text, name, length) == 0 && text[length] == ':') {
        const char *rest = text + length + 1;
        size_t digits = strspn(rest, "0123456789");
        if (digits && strncmp(rest + digits, ": ", 2) == 0) {
            error_set(error, ERROR_USAGE, "", "%s", rest + digits + 2);
            snprintf(error->where, sizeof error->where, "%s:%.*s", name, (int)digits, rest);
            return -1;
        }
    }
    return error_set(error, ERROR_USAGE, name, "%s", text);
}

static int run_chunk(lua_State *L, const char *name, const char *bytes, size_t length,
                     const char *mode, struct error *error)
{
    struct script_context *context = script_context_of(L);
    char chunk[512];
    snprintf(chunk, sizeof chunk, "=%s", name);
    if (luaL_loadbufferx(L, bytes, length, chunk, mode) != LUA_OK) {
        struct buffer message = {0};
        describe(L, &message);
        lua_pop(L, 1);
        fail_at(error, name, buffer_text(&message));
        buffer_clear(&message);
        return -1;
    }
    int64_t per_row = context->instructions;
    enum sandbox_outcome outcome = sandbox_call(L, 0, 0, SANDBOX_INSTRUCTIONS_TO_LOAD);
    context->instructions = per_row;
    if (outcome == SANDBOX_DONE)
        return 0;
    char *reason = reason_text(buffer_text(&context->reason));
    int result = outcome == SANDBOX_SPENT
                     ? error_set(error, ERROR_USAGE, name, "loading it %s", reason)
                     : fail_at(error, name, reason);
    free(reason);
    return result;
}

int sandbox_run(lua_State *L, const char *name, const char *text, size_t length,
                struct error *error)
{
    return run_chunk(L, name, text, length, "t", error);
}

int sandbox_run_code(lua_State *L, const char *name, const char *code, size_t length,
                     struct error *error)
{
    return run_chunk(L, name, code, length, "b", error);
}
