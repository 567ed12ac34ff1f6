// SPDX-License-Identifier: MIT
// What a test returned, read into findings: exceptions with their values, evidence and what they
// rest on, and rows of a group that cannot be tested.
#include "engine/lua/tester_inside.h"

#include "engine/base/reason.h"
#include "engine/lua/budget.h"
#include "engine/lua/script_functions.h"
#include "engine/lua/script_json.h"
#include "engine/lua/script_value.h"

#include <lauxlib.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

static void charge(struct tester *test, size_t bytes)
{
    if (tester_reports_too_much(test, bytes))
        luaL_error(test->L, "too much is reported");
}

// Appends the text of a value, or of the values of an array, joined.
static void add_value_text(lua_State *L, int index, const char *name, struct buffer *out)
{
    if (script_value_text(L, index, out))
        return;
    if (!lua_istable(L, index) && script_value_kind(L, index) != WORD_LIST)
        luaL_error(L, "exception: %s is a %s, which has no text", name,
                   script_value_type(L, index));
    int64_t length = script_each_length(L, index);
    for (int64_t i = 1; i <= length; i++) {
        if (i > 1)
            buffer_add_text(out, ", ");
        script_each_push(L, index, i);
        if (!script_value_text(L, lua_gettop(L), out))
            luaL_error(L, "exception: %s holds a %s, which has no text", name,
                       script_value_type(L, -1));
        lua_pop(L, 1);
    }
}

static int compare_values(const void *a, const void *b)
{
    return strcmp(((const struct finding_value *)a)->name, ((const struct finding_value *)b)->name);
}

static bool is_reserved(const char *name)
{
    static const char *const names[] = {"amount",   "label", "severity",
                                        "evidence", "row",   "currency"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(name, names[i]) == 0)
            return true;
    return false;
}

enum { NAME_BYTES = 100 };

// The name of a value stands in every format of results.
static const char *check_value_name(lua_State *L, int index)
{
    if (lua_type(L, index) != LUA_TSTRING)
        luaL_error(L, "exception: values have names: price = line.unit_price");
    size_t length;
    const char *name = lua_tolstring(L, index, &length);
    if (length == 0 || length > NAME_BYTES)
        luaL_error(L, "exception: the name of a value has 1 to %d bytes", NAME_BYTES);
    utf8proc_int32_t point;
    for (size_t i = 0, used; i < length; i += used) {
        used = (size_t)utf8proc_iterate((const utf8proc_uint8_t *)name + i,
                                        (utf8proc_ssize_t)(length - i), &point);
        if ((utf8proc_ssize_t)used <= 0 || point < ' ' || point == 0x7F)
            luaL_error(L, "exception: the name of a value is text without control characters");
    }
    return name;
}

static void read_values(struct tester *test, int table, struct arena *arena,
                        struct finding *finding)
{
    lua_State *L = test->L;
    struct buffer *scratch = &script_context_of(L)->scratch;
    for (lua_pushnil(L); lua_next(L, table); lua_pop(L, 1)) {
        if (script_value_kind(L, -2) == WORD_MARK)
            continue;
        const char *name = check_value_name(L, -2);
        if (is_reserved(name))
            continue;
        script_spend(L, 1);
        buffer_reset(scratch);
        add_value_text(L, lua_gettop(L), name, scratch);
        charge(test, scratch->length + sizeof *finding->values);
        finding_add_value(arena, finding, name, buffer_text(scratch), scratch->length);
    }
    if (finding->value_count)
        qsort(finding->values, (size_t)finding->value_count, sizeof *finding->values,
              compare_values);
}

// The values that `exception` could not know, with their reasons.
static void read_unknowns(struct tester *test, int table, struct arena *arena,
                          struct finding *finding)
{
    lua_State *L = test->L;
    script_push_mark(L, MARK_UNKNOWN);
    if (lua_rawget(L, table) != LUA_TTABLE) {
        lua_pop(L, 1);
        return;
    }
    int unknowns = lua_gettop(L);
    for (lua_pushnil(L); lua_next(L, unknowns); lua_pop(L, 1)) {
        const char *name = check_value_name(L, -2), *reason = lua_tostring(L, -1);
        charge(test, strlen(name) + strlen(reason));
        finding->unknowns = arena_extend(arena, finding->unknowns, (size_t)finding->unknown_count,
                                         sizeof *finding->unknowns);
        finding->unknowns[finding->unknown_count++] =
            (struct finding_value){arena_text(arena, name), arena_text(arena, reason)};
    }
    qsort(finding->unknowns, (size_t)finding->unknown_count, sizeof *finding->unknowns,
          compare_values);
    lua_pop(L, 1);
}

// What the test had rested on when it returned.
static void take_rests(struct tester *test, struct arena *arena, struct finding *finding)
{
    const struct script_context *context = script_context_of(test->L);
    for (int i = 0; (i = script_rest_after(context, i)) != 0;)
        finding_add_rest(arena, finding, i);
}

enum { EVIDENCE_DEPTH = 16 }; // of lists in lists

static void add_evidence(struct tester *test, int index, int depth, struct arena *arena,
                         struct finding *finding)
{
    lua_State *L = test->L;
    index = lua_absindex(L, index);
    if (lua_isnil(L, index))
        return;
    if (script_value_kind(L, index) == WORD_ROW) {
        charge(test, sizeof *finding->evidence);
        finding->evidence = arena_extend(arena, finding->evidence, (size_t)finding->evidence_count,
                                         sizeof *finding->evidence);
        struct evidence *evidence = &finding->evidence[finding->evidence_count++];
        script_get_row(L, index, &evidence->table, &evidence->row);
        return;
    }
    if (depth == EVIDENCE_DEPTH)
        luaL_error(L, "exception: evidence is nested too deeply");
    luaL_checkstack(L, 4, "evidence nested too deeply");
    int64_t length = script_each_length(L, index);
    for (int64_t i = 1; i <= length; i++) {
        script_each_push(L, index, i);
        add_evidence(test, -1, depth + 1, arena, finding);
        lua_pop(L, 1);
    }
}

static const char *text_setting(lua_State *L, int table, const char *name)
{
    lua_getfield(L, table, name);
    if (lua_isnil(L, -1)) {
        lua_pop(L, 1);
        return NULL;
    }
    if (lua_type(L, -1) != LUA_TSTRING)
        luaL_error(L, "exception: %s is a text, this is a %s", name, script_value_type(L, -1));
    return lua_tostring(L, -1); // stays on the stack, so that it stays alive
}

// Reads the exception at `table` into a finding of the block whose arena it is.
static void read_exception(struct tester *test, int table, struct arena *arena,
                           struct finding *finding)
{
    lua_State *L = test->L;
    const struct data *data = script_context_of(L)->data;
    int base = lua_gettop(L);
    finding->severity = test->control->severity;
    finding->currency = script_context_of(L)->currency;
    const char *severity = text_setting(L, table, "severity");
    if (severity && severity_from_name(severity, &finding->severity) != 0)
        luaL_error(L, "exception: severity is low, medium, high or critical");
    const char *label = text_setting(L, table, "label");
    if (label) {
        struct buffer encoded = {0};
        charge(test, strlen(label) * 3);
        data_encode_key(label, strlen(label), &encoded);
        finding->label = arena_text_of(arena, &encoded);
    }
    const char *currency = text_setting(L, table, "currency");
    if (currency) {
        finding->currency = dictionary_find(data->texts, currency, strlen(currency));
        if (finding->currency == DICTIONARY_NONE)
            luaL_error(L, "exception: no document is in currency '%s'", currency);
    }
    if (lua_getfield(L, table, "row") != LUA_TNIL) {
        script_check_row(L, lua_gettop(L), &finding->table, &finding->row);
    }
    if (lua_getfield(L, table, "amount") != LUA_TNIL) {
        finding->has_amount = script_get_decimal(L, -1, &finding->amount);
        if (!finding->has_amount)
            luaL_error(L, "exception: amount is an exact number, this is a %s",
                       script_value_type(L, -1));
    }
    lua_getfield(L, table, "evidence");
    add_evidence(test, -1, 0, arena, finding);
    read_values(test, table, arena, finding);
    read_unknowns(test, table, arena, finding);
    take_rests(test, arena, finding);
    lua_settop(L, base);
}

static void collect_one(lua_State *L, int index, struct collection *collection)
{
    if (script_has_mark(L, index, MARK_UNTESTABLE)) {
        collection->untestable_rows++;
        return;
    }
    if (!script_has_mark(L, index, MARK_EXCEPTION))
        luaL_error(L, "a test returns nothing, untestable, exception { ... } or a list of them");
    script_spend(L, 10);
    charge(collection->test, sizeof(struct finding));
    struct finding *finding = block_add_finding(collection->block);
    finding->control = collection->test->number;
    finding->table = collection->table;
    struct arena *arena = block_arena(collection->block);
    read_exception(collection->test, index, arena, finding);
    struct buffer key = {0};
    if (finding->row >= 0 || !collection->key) {
        if (finding->row < 0)
            finding->row = collection->row;
        data_key(collection->test->data, finding->table, finding->row, &key);
        finding->key = arena_text_of(arena, &key);
    } else {
        finding->row = collection->row;
        finding->key = arena_text(arena, collection->key);
        collection->whole_group = true;
    }
}

// Adds the reason at `index`, if it is one. Only once all of the result has been found right: a
// row is counted under one reason.
static void take_reason(lua_State *L, int index, struct collection *collection)
{
    if (!script_has_mark(L, index, MARK_UNTESTABLE))
        return;
    lua_getfield(L, index, "reason");
    block_add_reason(collection->block, lua_tostring(L, -1), 1);
    lua_pop(L, 1);
}

static int collect(lua_State *L) // result, collection
{
    struct collection *collection = lua_touserdata(L, 2);
    if (!lua_istable(L, 1))
        return luaL_error(L,
                          "a test returns nothing, untestable, exception { ... } or a list, "
                          "this is a %s",
                          script_value_type(L, 1));
    if (script_has_mark(L, 1, MARK_EXCEPTION) || script_has_mark(L, 1, MARK_UNTESTABLE)) {
        collect_one(L, 1, collection);
        take_reason(L, 1, collection);
        return 0;
    }
    lua_Integer count = (lua_Integer)lua_rawlen(L, 1);
    lua_pushnil(L);
    if (count == 0 &&
        lua_next(L, 1)) // { amount = ... } without the word would pass for an empty list
        return luaL_error(L, "a test returns nothing, untestable, exception { ... } or a list, "
                             "this is a table with names of its own");
    for (lua_Integer i = 1; i <= count; i++) {
        lua_rawgeti(L, 1, i);
        if (!lua_istable(L, -1))
            return luaL_error(L, "element %d of the list is a %s, not an exception", (int)i,
                              script_value_type(L, -1));
        collect_one(L, lua_gettop(L), collection);
        lua_pop(L, 1);
    }
    for (lua_Integer i = 1; i <= count && collection->untestable_rows; i++) {
        lua_rawgeti(L, 1, i);
        take_reason(L, lua_gettop(L), collection);
        lua_pop(L, 1);
    }
    return 0;
}

enum sandbox_outcome tester_take_result(struct tester *test, struct collection *collection,
                                        size_t *found)
{
    lua_State *L = test->L;
    *found = 0;
    if (lua_isnil(L, -1) || (lua_isboolean(L, -1) && !lua_toboolean(L, -1))) {
        lua_pop(L, 1);
        return SANDBOX_DONE;
    }
    struct script_context *context = script_context_of(L);
    size_t before = collection->block->finding_count;
    uint32_t currency = context->currency;
    bool chosen = context->currency_chosen;
    lua_pushcfunction(L, collect);
    lua_insert(L, -2);
    lua_pushlightuserdata(L, collection);
    // Collecting goes on with what the test has read: same currency, same budget.
    int status = lua_pcall(L, 2, 0, 0);
    context->currency = currency;
    context->currency_chosen = chosen;
    if (status == LUA_OK && !context->out_of_budget) {
        *found = collection->block->finding_count - before;
        return SANDBOX_DONE;
    }
    collection->block->finding_count = before;
    if (context->out_of_budget || status == LUA_ERRMEM) {
        if (collection->test->reported <= REPORT_BYTES)
            reason_set(&context->reason, REASON_REPORTING_SPENT);
        return SANDBOX_SPENT;
    }
    const char *text = lua_type(L, -1) == LUA_TSTRING ? lua_tostring(L, -1) : "no text";
    buffer_reset(&context->reason);
    // What the test returned is wrong, so that no line of it is under work.
    if (strncmp(text, test->control->file, strlen(test->control->file)) != 0)
        buffer_printf(&context->reason, "%s:%d: ", test->control->file, test->control->line);
    buffer_add_text(&context->reason, text);
    lua_pop(L, 1);
    return SANDBOX_FAULT;
}
