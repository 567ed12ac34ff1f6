// SPDX-License-Identifier: MIT
// One control over rows, in one state. Every row that is loaded is counted in exactly one way: out
// of scope, not applicable, untestable, an error, passed, or with exceptions; of groups, every row
// of them. What the rule returns is as untrusted as the rule: it is read in a protected call,
// against the same budget, and the findings of a result that turns out to be wrong half way are
// dropped. A budget that is spent fails the control, an error only its row or group.
#include "engine/lua/tester_inside.h"

#include "engine/base/memory.h"
#include "engine/base/reason.h"
#include "engine/data/data.h"
#include "engine/lua/budget.h"
#include "engine/lua/passing.h"
#include "engine/lua/sandbox.h"
#include "engine/lua/script_chunk.h"
#include "engine/lua/script_functions.h"
#include "engine/lua/script_json.h"
#include "engine/lua/script_value.h"
#include "engine/lua/vocabulary.h"
#include "engine/rules/refusal.h"

#include <lauxlib.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

bool tester_reports_too_much(struct tester *test, size_t bytes)
{
    struct script_context *context = script_context_of(test->L);
    test->reported += bytes;
    if (test->reported <= REPORT_BYTES)
        return false;
    context->out_of_budget = true;
    reason_set_with(&context->reason, REASON_REPORT_TOO_LARGE, "%d", REPORT_BYTES);
    return true;
}

static int set_up(lua_State *L) // control → test applies group parameters
{
    struct tester *test = lua_touserdata(L, 1);
    vocabulary_push_control(L, test->control->id);
    if (!lua_istable(L, -1))
        return luaL_error(L, "control %s is not declared in its file", test->control->id);
    lua_getfield(L, 2, "test");
    lua_getfield(L, 2, "applies");
    lua_getfield(L, 2, "group");
    lua_newtable(L);
    for (int i = 0; i < test->control->parameter_count; i++) {
        const struct parameter *parameter = &test->control->parameters[i];
        script_push_json(L, test->declared_parameters ? parameter->declared : parameter->value,
                         parameter->type);
        lua_setfield(L, -2, parameter->name);
    }
    return 4;
}

static int find_periods(struct tester *test, struct error *error)
{
    const struct control *control = test->control;
    test->periods =
        arena_take(test->arena, (size_t)control->population_count, sizeof *test->periods);
    test->placing =
        arena_take(test->arena, (size_t)control->population_count, sizeof *test->placing);
    for (int i = 0; i < control->population_count; i++) {
        struct path *path = &test->periods[i];
        int table = control->populations[i];
        if (control->period) {
            if (model_find_path(test->data->model, table, control->period, path, error) != 0)
                return -1;
        } else {
            *path = test->data->model->tables[table].period;
        }
        if (path->field >= 0)
            data_path_rests(test->data, test->arena, table, path, &test->placing[i]);
    }
    return 0;
}

// The first of the documents that it reads whose sources end before as_of, when it judges what has
// not been done by then: what was done after that is not visible.
static void find_unseen(struct tester *test)
{
    const struct data *data = test->data;
    const char *name;
    json_t *fields;
    int first = -1;
    json_object_foreach(test->control->accesses, name, fields)
    {
        int table = model_find_table(data->model, name);
        bool dated = table >= 0 && data->tables[table].imported &&
                     (data->model->tables[table].period.field >= 0 ||
                      data->model->tables[table].known.field >= 0);
        if (dated && data->tables[table].covered_to < data->scope.as_of &&
            (first < 0 || data->tables[table].covered_to < data->tables[first].covered_to))
            first = table;
    }
    if (first < 0 || !control_looks_to_as_of(test->control))
        return;
    struct buffer reason = {0};
    char day[CALENDAR_TEXT_MAX];
    calendar_format_day(data->tables[first].covered_to, day);
    reason_set_with(&reason, REASON_COVERED_TO, "%s" REASON_AND "%s",
                    data->model->tables[first].name, day);
    test->unseen = arena_text_of(test->arena, &reason);
}

// Groups that a function makes hold rows of all populations: what is found in them rests on there
// being none of those that were not imported.
static void find_others(struct tester *test)
{
    const struct control *control = test->control;
    bool mixes = control->population_count > 1 && lua_isfunction(test->L, AT_GROUP);
    for (int i = 0; mixes && i < control->population_count; i++)
        if (!test->data->tables[control->populations[i]].imported)
            rests_add(test->arena, &test->others,
                      test->data->tables[control->populations[i]].assumption);
}

static void set_bit(uint64_t *set, int assumption)
{
    set[assumption / 64] |= UINT64_C(1) << (assumption % 64);
}

static void set_bits(uint64_t *set, const struct rests *rests)
{
    for (int i = 0; i < rests->count; i++)
        set_bit(set, rests->items[i]);
}

static int refuse(struct tester *test, struct error *error)
{
    struct rests needed = {0}, compared = {0};
    int result = refusals_find(test->control, test->data, test->arena, &needed, &compared, error);
    set_bits(test->refused, &needed);
    set_bits(test->refused, &compared);
    set_bits(test->compared, &compared);
    return result;
}

// Which assumptions acquit, and which the control refuses.
static int sort_assumptions(struct tester *test, struct error *error)
{
    const struct data *data = test->data;
    size_t words = script_rest_words(data) + 1;
    test->acquitting = arena_take(test->arena, words, sizeof *test->acquitting);
    test->refused = arena_take(test->arena, words, sizeof *test->refused);
    test->compared = arena_take(test->arena, words, sizeof *test->compared);
    for (int i = 1; i < data->assumption_count; i++)
        if (data->assumptions[i].acquits)
            set_bit(test->acquitting, i);
    return refuse(test, error);
}

static int load_files(struct tester *test, struct error *error)
{
    const struct engagement *engagement = test->engagement;
    for (int i = 0; i < engagement->file_count; i++) {
        const struct rule_file *file = &engagement->files[i];
        if (file->kind != RULE_FILE_LIBRARY && i != test->control->file_index)
            continue;
        if (script_chunk_run(test->L, file, error) != 0)
            return -1;
    }
    return 0;
}

struct tester *tester_new(const struct engagement *engagement, const struct data *data, int control,
                          const struct tester_limits *limits, struct error *error)
{
    struct arena *arena = arena_new();
    struct tester *test = arena_take(arena, 1, sizeof *test);
    test->arena = arena;
    test->engagement = engagement;
    test->data = data;
    test->number = control;
    test->declared_parameters = limits->declared_parameters;
    test->control = &engagement->controls[control];
    test->L = sandbox_new(data, limits->instructions_per_row,
                          limits->bytes ? limits->bytes : TESTER_BYTES, error);
    if (test->L) {
        vocabulary_controls(test->L);
        find_unseen(test);
        if (find_periods(test, error) == 0 && sort_assumptions(test, error) == 0 &&
            load_files(test, error) == 0) {
            lua_pushcfunction(test->L, set_up);
            lua_pushlightuserdata(test->L, test);
            if (sandbox_call(test->L, 1, AT_TOP, SANDBOX_INSTRUCTIONS_TO_LOAD) == SANDBOX_DONE) {
                script_context_of(test->L)->instructions = limits->instructions_per_row
                                                               ? limits->instructions_per_row
                                                               : SANDBOX_INSTRUCTIONS_PER_ROW;
                script_context_of(test->L)->watch = limits->watch;
                script_context_of(test->L)->lookups = limits->lookups;
                script_context_of(test->L)->refused = test->refused;
                script_context_of(test->L)->compared = test->compared;
                test->has_applies = !lua_isnil(test->L, AT_APPLIES);
                find_others(test);
                return test;
            }
            char *reason = reason_text(buffer_text(&script_context_of(test->L)->reason));
            error_set(error, ERROR_USAGE, test->control->id, "%s", reason);
            free(reason);
        }
    }
    tester_free(test);
    return NULL;
}

void tester_free(struct tester *test)
{
    if (!test)
        return;
    sandbox_free(test->L);
    arena_free(test->arena);
}

static int set_parameter(lua_State *L) // parameters name value type
{
    script_push_json(L, lua_touserdata(L, 3), lua_tostring(L, 4));
    lua_pushvalue(L, 2);
    lua_insert(L, -2);
    lua_settable(L, 1);
    return 0;
}

int tester_set_parameter(struct tester *test, const char *name, const json_t *value)
{
    const char *type = NULL;
    for (int i = 0; i < test->control->parameter_count; i++)
        if (strcmp(test->control->parameters[i].name, name) == 0)
            type = test->control->parameters[i].type;
    if (!type)
        return -1;
    lua_pushcfunction(test->L, set_parameter);
    lua_pushvalue(test->L, AT_PARAMETERS);
    lua_pushstring(test->L, name);
    lua_pushlightuserdata(test->L, (void *)value);
    lua_pushstring(test->L, type);
    int64_t instructions = script_context_of(test->L)->instructions;
    return sandbox_call(test->L, 4, 0, instructions) == SANDBOX_DONE ? 0 : -1;
}

// Counts the outcome of a call that did not succeed, for `rows` rows; false: the control has
// failed.
static bool count_trouble(struct tester *test, enum sandbox_outcome outcome, size_t rows,
                          const struct collection *collection, struct block *block)
{
    const char *reason = buffer_text(&script_context_of(test->L)->reason);
    if (outcome == SANDBOX_SPENT) {
        struct buffer failure = {0};
        buffer_add_text(&failure, reason);
        reason_add_value(&failure, test->data->model->tables[collection->table].name);
        buffer_add_byte(&failure, ' ');
        data_key(test->data, collection->table, collection->row, &failure);
        block->failure = arena_text_of(block_arena(block), &failure);
        return false;
    }
    block_add_reason(block, reason, rows);
    if (outcome == SANDBOX_UNTESTABLE)
        block->untestable += rows;
    else
        block->errors += rows;
    lua_settop(test->L, AT_TOP);
    return true;
}

// ---- rows

enum place { IN_SCOPE, OUT_OF_SCOPE, NO_DATE };

static enum place place_row(const struct tester *test, int table, const struct path *path,
                            int64_t row)
{
    const struct scope *scope = &test->data->scope;
    int day;
    if (!data_visible(test->data, table, row))
        return OUT_OF_SCOPE;
    if (path->field < 0)
        return IN_SCOPE;
    bool dated = test->control->period ? data_day(test->data, table, path, row, &day)
                                       : data_row_day(test->data, table, row, &day);
    if (!dated)
        return test->control->scope == SCOPE_ALL ? IN_SCOPE : NO_DATE;
    // What was booked for a period is placed by its end, which may lie after as_of.
    bool booked = test->data->model->tables[path->table].fields[path->field].type == TYPE_TEXT;
    if (day > scope->as_of && !booked)
        return OUT_OF_SCOPE;
    if (test->control->scope == SCOPE_PERIOD && (day < scope->from || day > scope->to))
        return OUT_OF_SCOPE;
    return IN_SCOPE;
}

// The number of a table among the control's populations.
static int population_of(const struct tester *test, int table)
{
    for (int i = 0; i < test->control->population_count; i++)
        if (test->control->populations[i] == table)
            return i;
    return 0;
}

// Begins a row or group, which rests on nothing but these.
static void rest_anew(struct tester *test, const struct rests *rests)
{
    struct script_context *context = script_context_of(test->L);
    if (context->rests_any)
        memset(context->rests, 0, script_rest_words(test->data) * sizeof *context->rests);
    context->rests_any = rests->count > 0;
    for (int i = 0; i < rests->count; i++)
        set_bit(context->rests, rests->items[i]);
}

// Counts rows that passed or did not apply: those that an assumption acquits apart. Returns how
// many these are.
static size_t count_rests(const struct tester *test, struct block *block, size_t exceptions,
                          size_t passed)
{
    const struct script_context *context = script_context_of(test->L);
    bool acquitted = false;
    for (int i = 0; (i = script_rest_after(context, i)) != 0;) {
        acquitted |= test->acquitting[i / 64] >> (i % 64) & 1;
        block_add_rest(block, i, exceptions, passed);
    }
    return acquitted ? passed : 0;
}

// What becomes of the notes of a test whose findings begin at `before`.
static struct passed settle(struct tester *test, const struct collection *collection, size_t before,
                            const struct group_member *members, size_t count)
{
    struct passing passing = {.L = test->L,
                              .parameters = AT_PARAMETERS,
                              .control = test->number,
                              .table = collection->table,
                              .row = collection->row,
                              .block = collection->block,
                              .before = before,
                              .members = members,
                              .member_count = count};
    return passing_settle(&passing);
}

// Calls a function of the control with the row and the parameters, for one result.
static enum sandbox_outcome call(struct tester *test, int function, int table, uint32_t row)
{
    lua_pushvalue(test->L, function);
    script_push_row(test->L, table, row);
    lua_pushvalue(test->L, AT_PARAMETERS);
    return sandbox_call(test->L, 2, 1, 0);
}

static int group_fields(lua_State *L) // group row → values
{
    lua_newtable(L);
    lua_Integer count = (lua_Integer)lua_rawlen(L, 1);
    for (lua_Integer i = 1; i <= count; i++) {
        lua_rawgeti(L, 1, i);
        const char *path = luaL_checkstring(L, -1);
        lua_pushvalue(L, 2);
        while (path && !lua_isnil(L, -1)) {
            const char *dot = strchr(path, '.');
            lua_pushlstring(L, path, dot ? (size_t)(dot - path) : strlen(path));
            lua_gettable(L, -2);
            lua_remove(L, -2);
            path = dot ? dot + 1 : NULL;
        }
        lua_rawseti(L, 3, i); // nil leaves a gap: an empty part of the key
        lua_pop(L, 1);
    }
    lua_pushinteger(L, count);
    return 2;
}

enum { GROUP_PARTS = 64 };

static int group_key(lua_State *L) // group row parameters block → key or nil, added to the scratch
{
    struct buffer *scratch = &script_context_of(L)->scratch, part = {0};
    lua_Integer count = 1;
    if (lua_isfunction(L, 1)) {
        lua_pushvalue(L, 1);
        lua_pushvalue(L, 2);
        lua_pushvalue(L, 3);
        lua_call(L, 2, 1);
        if (lua_istable(L, -1))
            count = (lua_Integer)lua_rawlen(L, -1);
        if (count > GROUP_PARTS)
            return luaL_error(L, "group: a key has at most %d parts", GROUP_PARTS);
    } else {
        luaL_checktype(L, 1, LUA_TTABLE);
        lua_pushcfunction(L, group_fields);
        lua_pushvalue(L, 1);
        lua_pushvalue(L, 2);
        lua_call(L, 2, 2);
        count = lua_tointeger(L, -1);
        lua_pop(L, 1);
    }
    int result = lua_gettop(L);
    bool any = false;
    buffer_reset(scratch);
    for (lua_Integer i = 1; i <= count; i++) {
        if (i > 1)
            buffer_add_byte(scratch, '/');
        if (lua_istable(L, result))
            lua_rawgeti(L, result, i);
        else
            lua_pushvalue(L, result);
        if (lua_isnil(L, -1)) {
            lua_pop(L, 1);
            continue;
        }
        any = true;
        if (!script_value_text(L, -1, &part)) {
            buffer_clear(&part);
            return luaL_error(L, "group: a %s has no text", script_value_type(L, -1));
        }
        data_encode_key(buffer_text(&part), part.length, scratch);
        buffer_clear(&part);
        lua_pop(L, 1);
    }
    lua_pushboolean(L, any);
    return 1;
}

// A row that does not apply because of an assumption may have been one to test.
static void count_not_applicable(struct tester *test, struct block *block)
{
    size_t assumed = count_rests(test, block, 0, 1);
    block->tested += assumed;
    block->passed_assumed += assumed;
    block->not_applicable += !assumed;
}

// The reason why a row has no date: its column is not there, cannot be read, or is empty.
static void explain_no_date(struct tester *test, int table, const struct path *path, int64_t row)
{
    struct buffer *reason = &script_context_of(test->L)->reason;
    const struct data *data = test->data;
    const char *column = data->model->tables[path->table].fields[path->field].name;
    if (!column_is_there(&data->tables[path->table].columns[path->field]))
        assumption_explain(data, path->table, path->field, reason);
    else if (data->model->tables[path->table].fields[path->field].type == TYPE_TEXT &&
             data_walk(data, table, path, row) > CELL_INVALID)
        reason_set_with(
            reason, REASON_PERIOD_UNREADABLE, "%s.%s" REASON_AND "%s",
            data->model->tables[path->table].name, column,
            dictionary_get(data->texts, (uint32_t)data_walk(data, table, path, row)).bytes);
    else if (!data_explain_path(data, table, path, row, reason))
        reason_set_with(reason, REASON_NO_DATE_IN, "%s.%s", data->model->tables[path->table].name,
                        column);
}

static void count_untestable(struct block *block, const char *reason, size_t rows)
{
    block->untestable += rows;
    block_add_reason(block, reason, rows);
}

// Adds the row to its group. `reason`: why it cannot be tested, NULL where it can. A row whose
// group cannot be found may belong to any: all of them then rest on its absence. Where nobody knows
// whether the row applies, its group may count on what only rows that apply have: to fail then is
// no error of the rule.
static bool find_group(struct tester *test, int table, uint32_t row, const char *reason,
                       const struct collection *collection, struct block *block)
{
    lua_State *L = test->L;
    lua_pushcfunction(L, group_key);
    lua_pushvalue(L, AT_GROUP);
    script_push_row(L, table, row);
    lua_pushvalue(L, AT_PARAMETERS);
    enum sandbox_outcome outcome = sandbox_call(L, 3, 1, 0);
    if (outcome != SANDBOX_DONE) {
        rests_add(block_arena(block), &block->grouping, test->data->tables[table].ungrouped);
        if (outcome == SANDBOX_FAULT && reason) {
            count_untestable(block, reason, 1);
            return true;
        }
        return count_trouble(test, outcome, 1, collection, block);
    }
    const struct buffer *key = &script_context_of(L)->scratch;
    if (tester_reports_too_much(test, key->length))
        return count_trouble(test, SANDBOX_SPENT, 1, collection, block);
    const struct script_context *context = script_context_of(L);
    for (int i = 0; (i = script_rest_after(context, i)) != 0;)
        rests_add(block_arena(block), &block->grouping, i);
    bool any = lua_toboolean(L, -1);
    if (any)
        block_add_member(block, buffer_text(key), key->length, reason, table, row);
    else if (!reason)
        block->not_applicable++;
    lua_pop(L, 1);
    if (reason && !any) // it belongs to no group, and whether it applies is not known
        count_untestable(block, reason, 1);
    return true;
}

// A group with a member that cannot be tested is untestable as a whole.
static bool spoil_group(struct tester *test, int table, uint32_t row,
                        const struct collection *collection, struct block *block)
{
    // The call for the key sets a reason of its own.
    struct buffer reason = {0};
    buffer_add_text(&reason, buffer_text(&script_context_of(test->L)->reason));
    bool result = find_group(test, table, row, buffer_text(&reason), collection, block);
    buffer_clear(&reason);
    return result;
}

static bool test_spoilt_group(const struct group_member *members, size_t count, struct block *block)
{
    size_t spoilt = 0;
    while (spoilt < count && !members[spoilt].reason)
        spoilt++;
    if (spoilt == count)
        return false;
    count_untestable(block, members[spoilt].reason, count);
    return true;
}

static void set_reason(struct tester *test, const char *text)
{
    struct buffer *reason = &script_context_of(test->L)->reason;
    buffer_reset(reason);
    buffer_add_text(reason, text);
}

// false: the control has failed, and no row need be tested any more.
static bool test_row(struct tester *test, int table, uint32_t row, int population,
                     struct block *block)
{
    struct collection collection = {test, block, table, row, NULL, 0, false};
    const struct path *period = &test->periods[population];
    enum place place = place_row(test, table, period, row);
    rest_anew(test, &test->placing[population]);
    block->loaded++;
    if (place == OUT_OF_SCOPE)
        return true;
    block->in_scope++;
    if (test->has_applies) {
        enum sandbox_outcome outcome = call(test, AT_APPLIES, table, row);
        if (outcome == SANDBOX_UNTESTABLE && test->control->grouped)
            return spoil_group(test, table, row, &collection, block);
        if (outcome != SANDBOX_DONE)
            return count_trouble(test, outcome, 1, &collection, block);
        bool applies = lua_toboolean(test->L, -1);
        lua_pop(test->L, 1);
        if (!applies) {
            count_not_applicable(test, block);
            return true;
        }
    }
    if (place == NO_DATE || test->unseen) {
        if (place == NO_DATE)
            explain_no_date(test, table, period, row);
        else
            set_reason(test, test->unseen);
        if (test->control->grouped)
            return spoil_group(test, table, row, &collection, block);
        count_untestable(block, buffer_text(&script_context_of(test->L)->reason), 1);
        return true;
    }
    if (test->control->grouped)
        return find_group(test, table, row, NULL, &collection, block);
    script_context_of(test->L)->note_count = 0; // of `applies`
    enum sandbox_outcome outcome = call(test, AT_TEST, table, row);
    size_t found = 0;
    if (outcome == SANDBOX_DONE)
        outcome = tester_take_result(test, &collection, &found);
    if (outcome != SANDBOX_DONE)
        return count_trouble(test, outcome, 1, &collection, block);
    struct passed passed = {.untestable = collection.untestable_rows && !found};
    if (!found && !passed.untestable)
        passed = settle(test, &collection, block->finding_count, NULL, 1);
    if (passed.untestable) {
        block->untestable++;
        return true;
    }
    found += passed.exceptions;
    block->tested++;
    block->exception_rows += found > 0;
    size_t assumed = count_rests(test, block, found > 0, found == 0);
    block->passed_assumed += assumed;
    block->passed += found == 0 && !assumed;
    return true;
}

void tester_rows(struct tester *test, int table, uint32_t first, uint32_t next, struct block *block)
{
    int population = population_of(test, table);
    for (uint32_t row = first; row < next; row++)
        if (!test_row(test, table, row, population, block))
            return;
}

// How many different rows the findings from `before` on name, at most `all`.
static size_t rows_named(const struct block *block, size_t before, size_t all)
{
    size_t named = 0;
    for (size_t i = before; i < block->finding_count; i++) {
        bool again = false;
        for (size_t other = before; other < i && !again; other++)
            again = block->findings[other].table == block->findings[i].table &&
                    block->findings[other].row == block->findings[i].row;
        named += !again;
    }
    return named < all ? named : all;
}

static int call_with_group(lua_State *L) // test members count parameters → its result
{
    const struct group_member *members = lua_touserdata(L, 2);
    lua_Integer count = lua_tointeger(L, 3);
    lua_pushvalue(L, 1);
    lua_createtable(L, (int)(count < 1 << 16 ? count : 1 << 16), 0); // ... test rows
    for (lua_Integer i = 1; i <= count; i++) {
        script_push_row(L, members[i - 1].table, members[i - 1].row);
        lua_rawseti(L, -2, i);
    }
    lua_pushvalue(L, 4);
    lua_call(L, 2, 1);
    return 1;
}

static void test_group(struct tester *test, const struct group_member *members, size_t count,
                       const struct rests *grouping, struct block *block)
{
    lua_State *L = test->L;
    if (test_spoilt_group(members, count, block))
        return;
    rest_anew(test, grouping);
    set_bits(script_context_of(L)->rests, &test->others);
    script_context_of(L)->rests_any |= test->others.count > 0;
    script_context_of(L)->note_count = 0;
    struct collection collection = {test, block, members[0].table, members[0].row, members[0].key,
                                    0,    false};
    int64_t instructions = script_context_of(L)->instructions;
    // A group may take what its rows may take, up to what fits the count of Lua's hook.
    int64_t budget =
        instructions > INT32_MAX / (int64_t)count ? INT32_MAX : instructions * (int64_t)count;
    lua_pushcfunction(L, call_with_group);
    lua_pushvalue(L, AT_TEST);
    lua_pushlightuserdata(L, (void *)members);
    lua_pushinteger(L, (lua_Integer)count);
    lua_pushvalue(L, AT_PARAMETERS);
    size_t before = block->finding_count, found = 0;
    enum sandbox_outcome outcome = sandbox_call(L, 4, 1, budget);
    if (outcome == SANDBOX_DONE)
        outcome = tester_take_result(test, &collection, &found);
    script_context_of(L)->instructions = instructions;
    if (outcome != SANDBOX_DONE) {
        count_trouble(test, outcome, count, &collection, block);
        return;
    }
    size_t untestable = collection.untestable_rows < count ? collection.untestable_rows : count;
    size_t left = count - untestable;
    struct passed passed = {0};
    if (!collection.whole_group)
        passed = settle(test, &collection, before, members, count);
    untestable += passed.untestable;
    left -= passed.untestable;
    size_t hit = collection.whole_group ? left : rows_named(block, before, left);
    block->untestable += untestable;
    block->tested += left;
    block->exception_rows += hit;
    size_t assumed = count_rests(test, block, hit, left - hit);
    block->passed_assumed += assumed;
    block->passed += left - hit - assumed;
}

void tester_groups(struct tester *test, const struct block *groups, struct block *block)
{
    for (size_t from = 0, to; from < groups->member_count && !block->failure; from = to) {
        to = block_group_end(groups, from);
        test_group(test, groups->members + from, to - from, &groups->grouping, block);
    }
}
