// SPDX-License-Identifier: MIT
// What only an audit needs: exceptions, rows by value, who is whom, money in another currency.
#include "engine/base/currency.h"
#include "engine/lua/budget.h"
#include "engine/lua/script_functions.h"

#include "engine/base/memory.h"
#include "engine/base/reason.h"
#include "engine/data/data.h"
#include "engine/data/statement.h"
#include "engine/lua/script_reason.h"
#include "engine/lua/script_row.h"
#include "engine/lua/script_value.h"

#include <lauxlib.h>
#include <string.h>

static const struct data *data_of(lua_State *L)
{
    const struct data *data = script_context_of(L)->data;
    if (!data)
        luaL_error(L, "there are no rows while the file is loaded; use this inside a function");
    return data;
}

void script_mark_table(lua_State *L, enum mark mark)
{
    script_push_mark(L, mark);
    lua_pushboolean(L, 1);
    lua_rawset(L, -3);
}

bool script_has_mark(lua_State *L, int index, enum mark mark)
{
    index = lua_absindex(L, index);
    script_push_mark(L, mark);
    bool marked = lua_rawget(L, index) != LUA_TNIL;
    lua_pop(L, 1);
    return marked;
}

// Replaces the function at the top of the stack by what it gives; false, with the reason in its
// place, where that cannot be known: data that are not there or cannot be read, a calculation that
// fails. A budget that is spent ends the rule as ever.
static bool show(lua_State *L)
{
    struct script_context *context = script_context_of(L);
    context->showing = true;
    int status = lua_pcall(L, 0, 1, 0);
    context->showing = false;
    if (status == LUA_OK)
        return true;
    if (context->out_of_budget || status == LUA_ERRMEM)
        lua_error(L);
    bool untestable =
        script_value_kind(L, -1) == WORD_MARK && script_get_mark(L, -1) == MARK_UNTESTABLE;
    if (untestable)
        lua_pushstring(L, buffer_text(&context->reason));
    else
        lua_pushstring(L, lua_type(L, -1) == LUA_TSTRING ? lua_tostring(L, -1) : "no text");
    lua_remove(L, -2);
    return false;
}

// The value `name` of the exception at 1 is unknown, for the reason on top, which is popped.
static void note_unknown(lua_State *L, const char *name)
{
    script_push_mark(L, MARK_UNKNOWN);
    if (lua_rawget(L, 1) == LUA_TNIL) {
        lua_pop(L, 1);
        lua_newtable(L);
        script_push_mark(L, MARK_UNKNOWN);
        lua_pushvalue(L, -2);
        lua_rawset(L, 1);
    }
    lua_insert(L, -2);
    lua_setfield(L, -2, name);
    lua_pop(L, 1);
}

static void show_value(lua_State *L, const char *name)
{
    if (lua_getfield(L, 1, name) != LUA_TFUNCTION) {
        lua_pop(L, 1);
        return;
    }
    if (!show(L)) {
        note_unknown(L, name);
        lua_pushnil(L);
    }
    lua_setfield(L, 1, name);
}

// The pieces of evidence, each by itself.
static void show_evidence(lua_State *L)
{
    if (lua_getfield(L, 1, "evidence") == LUA_TTABLE) {
        lua_Integer count = (lua_Integer)lua_rawlen(L, -1), kept = 0;
        for (lua_Integer i = 1; i <= count; i++) {
            bool known = lua_rawgeti(L, -1, i) != LUA_TFUNCTION || show(L);
            if (!known) {
                note_unknown(L, "evidence");
                continue;
            }
            if (lua_isnil(L, -1))
                lua_pop(L, 1);
            else
                lua_rawseti(L, -2, ++kept);
        }
        for (lua_Integer i = kept + 1; i <= count; i++) {
            lua_pushnil(L);
            lua_rawseti(L, -2, i);
        }
    }
    lua_pop(L, 1);
    show_value(L, "evidence");
}

// What the braces only show comes as functions (script_shown.h), so that it cannot decide whether
// there is an exception. The amount is first: its currency is the exception's.
static int audit_exception(lua_State *L)
{
    luaL_checktype(L, 1, LUA_TTABLE);
    lua_settop(L, 1);
    struct script_context *context = script_context_of(L);
    show_value(L, "amount");
    uint32_t currency = context->currency;
    lua_newtable(L); // the names, in an order of their own
    lua_Integer count = 0;
    for (lua_pushnil(L); lua_next(L, 1);) {
        script_spend(L, 1);
        if (lua_type(L, -1) == LUA_TFUNCTION && lua_type(L, -2) == LUA_TSTRING) {
            lua_pushvalue(L, -2);
            lua_rawseti(L, 2, ++count);
        }
        lua_pop(L, 1);
    }
    script_sort_texts(L, 2);
    for (lua_Integer i = 1; i <= count; i++) {
        lua_rawgeti(L, 2, i);
        show_value(L, lua_tostring(L, -1));
        context->currency = currency;
        lua_settop(L, 2);
    }
    show_evidence(L);
    context->currency = currency;
    lua_settop(L, 1);
    script_mark_table(L, MARK_EXCEPTION);
    return 1;
}

// A field of the note at 1, evaluated as what is only shown; nil where it cannot be known.
static void push_noted(lua_State *L, const char *name)
{
    if (lua_getfield(L, 1, name) != LUA_TFUNCTION || show(L))
        return;
    lua_pop(L, 1);
    lua_pushnil(L);
}

// The text code of the id at the top; of an employee's row its key.
static uint32_t noted_person(lua_State *L)
{
    uint32_t id = DICTIONARY_NONE;
    size_t length;
    if (lua_type(L, -1) == LUA_TSTRING) {
        const char *bytes = lua_tolstring(L, -1, &length);
        id = dictionary_find(data_of(L)->texts, bytes, length);
    }
    return id;
}

// Says why a row passes, should it. The amount has a currency of its own and leaves the test's as
// it was.
static int note_passed(lua_State *L, enum pass_note_kind kind)
{
    struct script_context *context = script_context_of(L);
    data_of(L);
    luaL_checktype(L, 1, LUA_TTABLE);
    lua_settop(L, 1);
    if (context->showing)
        return 0;
    script_spend(L, 10);
    uint32_t currency = context->currency;
    bool chosen = context->currency_chosen;
    struct pass_note note = {.kind = kind, .row = ROW_NONE};
    if (lua_getfield(L, 1, "row") != LUA_TNIL)
        script_check_row(L, lua_gettop(L), &note.table, &note.row);
    context->currency = chosen ? currency : DICTIONARY_NONE;
    push_noted(L, "amount");
    note.has_amount = script_get_decimal(L, -1, &note.amount);
    note.currency = context->currency;
    push_noted(L, "currency");
    if (lua_type(L, -1) == LUA_TSTRING)
        note.currency = noted_person(L);
    push_noted(L, "by");
    note.by = noted_person(L);
    context->currency = currency;
    context->currency_chosen = chosen;
    context->note_capacity = memory_grow((void **)&context->notes, context->note_count,
                                         context->note_capacity, sizeof *context->notes);
    context->notes[context->note_count++] = note;
    return 0;
}

static int audit_passed_same_day(lua_State *L)
{
    return note_passed(L, PASS_SAME_DAY);
}

static int audit_passed_within_tolerance(lua_State *L)
{
    return note_passed(L, PASS_WITHIN_TOLERANCE);
}

static int audit_untestable(lua_State *L)
{
    script_reason_read(L, 1, &script_context_of(L)->reason);
    script_untestable(L);
}

static int audit_untestable_row(lua_State *L)
{
    int table;
    int64_t row;
    script_check_row(L, 1, &table, &row);
    struct buffer *reason = &script_context_of(L)->reason;
    script_reason_read(L, 2, reason);
    lua_newtable(L);
    lua_pushvalue(L, 1);
    lua_setfield(L, -2, "row");
    lua_pushlstring(L, reason->data, reason->length);
    lua_setfield(L, -2, "reason");
    script_mark_table(L, MARK_UNTESTABLE);
    return 1;
}

static int check_table(lua_State *L, int argument)
{
    const char *name = luaL_checkstring(L, argument);
    int table = model_find_table(data_of(L)->model, name);
    if (table < 0)
        luaL_argerror(L, argument, lua_pushfstring(L, "the model has no table '%s'", name));
    return table;
}

static int check_field(lua_State *L, int table, const char *name)
{
    int field = model_find_field(&data_of(L)->model->tables[table], name);
    if (field < 0)
        luaL_error(L, "%s has no field '%s'", data_of(L)->model->tables[table].name, name);
    return field;
}

static int audit_imported(lua_State *L)
{
    int table = check_table(L, 1);
    const struct table *rows = &data_of(L)->tables[table];
    bool imported = rows->imported;
    // What a rule does because something is not there rests on that.
    if (!imported)
        script_rest(L, rows->assumption);
    if (imported && !lua_isnoneornil(L, 2)) {
        const struct column *column = &rows->columns[check_field(L, table, luaL_checkstring(L, 2))];
        imported = column->imported || column->assumption == 0;
        script_rest(L, column->assumption);
    }
    lua_pushboolean(L, imported);
    return 1;
}

static void need_table(lua_State *L, int table)
{
    const struct table *rows = &data_of(L)->tables[table];
    if (!table_is_there(rows))
        script_not_there(L, table, -1);
    script_rest_all(L, &rows->listing);
}

static int audit_complete(lua_State *L)
{
    int table = check_table(L, 1);
    lua_pushboolean(L, statement_find(data_of(L), STATE_COMPLETE, table, -1) != NULL);
    return 1;
}

// Of a document that has no row in the history of its header.
static int audit_header_stands(lua_State *L)
{
    const struct data *data = data_of(L);
    int table;
    int64_t row;
    script_check_row(L, 1, &table, &row);
    if (!data->model->tables[table].history)
        return luaL_error(L, "%s declares no history", data->model->tables[table].name);
    bool stands = !history_decides(data, table, row);
    int header = history_has_header(data, table, row) ? data->tables[table].history.header : 0;
    if (stands && header && data->assumptions[header].refused) {
        assumption_explain_header(data, header, &script_context_of(L)->reason);
        script_untestable(L);
    }
    if (stands)
        script_rest(L, header);
    lua_pushboolean(L, stands);
    return 1;
}

static int audit_covered_to(lua_State *L)
{
    int day = data_of(L)->tables[check_table(L, 1)].covered_to;
    if (day >= CALENDAR_DAY_MAX)
        return 0;
    script_push_date(L, day);
    return 1;
}

static int audit_rows(lua_State *L)
{
    const struct data *data = data_of(L);
    int table = check_table(L, 1);
    need_table(L, table);
    bool all = data->scope.as_of >= CALENDAR_DAY_MAX || data->model->tables[table].period.field < 0;
    if (all) {
        script_push_list(L, (struct list){table, LIST_ALL, 0});
        return 1;
    }
    lua_newtable(L);
    lua_Integer count = 0;
    for (uint32_t row = 0; row < data->tables[table].rows; row++) {
        script_spend(L, 1);
        if (!data_visible(data, table, row))
            continue;
        script_push_row(L, table, row);
        lua_rawseti(L, -2, ++count);
    }
    return 1;
}

static int audit_read(lua_State *L)
{
    int table;
    int64_t row;
    if (lua_isnil(L, 1))
        return 0;
    script_check_row(L, 1, &table, &row);
    int field = check_field(L, table, luaL_checkstring(L, 2));
    const struct column *column = &data_of(L)->tables[table].columns[field];
    script_rest(L, column->assumption);
    if (!column_is_there(column) || column_get(column, (size_t)row) == CELL_NULL)
        return 0;
    script_push_field(L, table, row, field);
    return 1;
}

static int audit_find(lua_State *L)
{
    int table;
    int64_t row;
    if (lua_isnil(L, 1))
        return 0;
    script_check_row(L, 1, &table, &row);
    const char *name = luaL_checkstring(L, 2);
    int reference = model_find_reference(&data_of(L)->model->tables[table], name);
    if (reference < 0)
        return luaL_error(L, "%s has no reference '%s'", data_of(L)->model->tables[table].name,
                          name);
    script_push_reference(L, table, row, reference, true);
    return 1;
}

static int audit_table_of(lua_State *L)
{
    int table;
    int64_t row;
    script_check_row(L, 1, &table, &row);
    lua_pushstring(L, data_of(L)->model->tables[table].name);
    return 1;
}

static int audit_key_of(lua_State *L)
{
    int table;
    int64_t row;
    script_check_row(L, 1, &table, &row);
    struct buffer *scratch = &script_context_of(L)->scratch;
    buffer_reset(scratch);
    data_key(data_of(L), table, row, scratch);
    lua_pushlstring(L, buffer_text(scratch), scratch->length);
    return 1;
}

// The word of a Lua value as a cell of a field, for comparing with it; CELL_INVALID: no row can
// hold it.
static int64_t word_of(lua_State *L, int index, int table, int field)
{
    const struct data *data = data_of(L);
    const struct field *definition = &data->model->tables[table].fields[field];
    struct decimal number;
    int64_t word;
    switch (definition->type) {
    case TYPE_TEXT:
    case TYPE_ENUM:
        if (lua_type(L, index) != LUA_TSTRING)
            break;
        size_t length;
        const char *bytes = lua_tolstring(L, index, &length);
        if (definition->type == TYPE_TEXT) {
            uint32_t code = dictionary_find(data->texts, bytes, length);
            return code == DICTIONARY_NONE ? CELL_INVALID : (int64_t)code;
        }
        for (int i = 0; i < definition->value_count; i++)
            if (strcmp(definition->values[i], bytes) == 0)
                return i;
        return CELL_INVALID;
    case TYPE_INT:
        if (lua_isinteger(L, index))
            return lua_tointeger(L, index);
        break;
    case TYPE_DECIMAL:
    case TYPE_MONEY:
        if (script_get_decimal(L, index, &number))
            return decimal_at_scale(number, data->tables[table].columns[field].scale, &word) == 0
                       ? word
                       : CELL_INVALID;
        break;
    case TYPE_DATE:
        if (script_value_kind(L, index) == WORD_DATE)
            return script_get_date(L, index);
        break;
    case TYPE_BOOL:
        if (lua_isboolean(L, index))
            return lua_toboolean(L, index);
        break;
    case TYPE_TIMESTAMP:
        break;
    }
    return luaL_error(L, "%s.%s cannot be looked up by a %s", data->model->tables[table].name,
                      definition->name, script_value_type(L, index));
}

static struct lookups *lookups_of(lua_State *L)
{
    struct script_context *context = script_context_of(L);
    if (!context->lookups)
        context->lookups = context->own_lookups = lookups_new(context->data);
    return context->lookups;
}

// Reads { field = value, ... } at `argument` into fields in model order; returns their number, or
// -1 when no row can match.
static int read_wanted(lua_State *L, int table, int argument, int *fields, int64_t *words)
{
    luaL_checktype(L, argument, LUA_TTABLE);
    const struct model_table *definition = &data_of(L)->model->tables[table];
    int count = 0, known = 0, given = 0;
    bool possible = true;
    for (lua_pushnil(L); lua_next(L, argument); lua_pop(L, 1))
        given++;
    for (int field = 0; field < definition->field_count && count < LOOKUP_FIELDS_MAX; field++) {
        if (lua_getfield(L, argument, definition->fields[field].name) != LUA_TNIL) {
            const struct column *column = &data_of(L)->tables[table].columns[field];
            if (!column_is_there(column))
                script_not_there(L, table, field);
            script_rest(L, column->assumption);
            script_rest(L, column->unreadable);
            fields[count] = field;
            words[count] = word_of(L, lua_gettop(L), table, field);
            possible = possible && words[count] != CELL_INVALID;
            count++;
            known++;
        }
        lua_pop(L, 1);
    }
    if (known != given)
        return luaL_error(L, "lookup in %s: a name is not one of its fields", definition->name);
    return possible ? count : -1;
}

// What `lookup` asks for: rows of a table with the same words, in key order.
struct wanted {
    int table;
    const struct row_index *index;
    int64_t next; // row, not yet seen
};

static void find_rows(lua_State *L, struct wanted *wanted)
{
    int fields[LOOKUP_FIELDS_MAX];
    int64_t words[LOOKUP_FIELDS_MAX];
    *wanted = (struct wanted){.table = check_table(L, 1), .next = ROW_NONE};
    need_table(L, wanted->table);
    int count = read_wanted(L, wanted->table, 2, fields, words);
    if (count < 0)
        return;
    wanted->index = lookups_index(lookups_of(L), wanted->table, fields, count);
    wanted->next = row_index_first(wanted->index, words);
}

// Pushes the next row, unless there is none.
static bool push_wanted(lua_State *L, struct wanted *wanted)
{
    while (wanted->next >= 0) {
        int64_t row = wanted->next;
        script_spend(L, 1);
        wanted->next = row_index_next(wanted->index, row);
        if (data_visible(data_of(L), wanted->table, row)) {
            script_push_row(L, wanted->table, row);
            return true;
        }
    }
    return false;
}

static int audit_lookup(lua_State *L)
{
    struct wanted wanted;
    find_rows(L, &wanted);
    lua_newtable(L);
    for (lua_Integer count = 1; push_wanted(L, &wanted); count++)
        lua_rawseti(L, -2, count);
    return 1;
}

static int audit_lookup_one(lua_State *L)
{
    struct wanted wanted;
    find_rows(L, &wanted);
    return push_wanted(L, &wanted);
}

// A field of a row as a day, or false when it is empty; one that cannot be known ends the row under
// test.
static bool day_of(lua_State *L, int table, int64_t row, int field, int *day)
{
    const struct data *data = data_of(L);
    if (field >= 0) {
        const struct column *column = &data->tables[table].columns[field];
        if (!column_is_there(column) || column_get(column, (size_t)row) == CELL_INVALID)
            script_push_field(L, table, row, field); // says so, and does not return
        script_rest(L, column->assumption);
    }
    struct path path = {.table = table, .field = field};
    return field >= 0 && data_day(data, table, &path, row, day);
}

static int audit_in_force(lua_State *L)
{
    const struct data *data = data_of(L);
    int table = check_table(L, 1), fields[LOOKUP_FIELDS_MAX], day;
    int64_t words[LOOKUP_FIELDS_MAX];
    need_table(L, table);
    if (lua_isnil(L, 2))
        return 0;
    if (script_value_kind(L, 2) == WORD_DATE)
        day = script_get_date(L, 2);
    else if (script_value_kind(L, 2) == WORD_TIMESTAMP)
        day = zone_day(data->scope.zone, script_get_timestamp(L, 2));
    else
        return luaL_argerror(L, 2, "a date or timestamp is wanted");
    int from = check_field(L, table, luaL_optstring(L, 4, "valid_from"));
    int to = lua_isnoneornil(L, 5) && lua_isnoneornil(L, 4)
                 ? model_find_field(&data->model->tables[table], "valid_to")
             : lua_isnoneornil(L, 5) ? -1
                                     : check_field(L, table, luaL_checkstring(L, 5));
    int count = read_wanted(L, table, 3, fields, words);
    if (count < 0)
        return 0;
    const struct row_index *index = lookups_index(lookups_of(L), table, fields, count);
    int64_t best = ROW_NONE;
    int best_from = INT32_MIN;
    for (int64_t row = row_index_first(index, words); row >= 0; row = row_index_next(index, row)) {
        int starts = INT32_MIN, ends;
        script_spend(L, 1);
        if ((day_of(L, table, row, from, &starts) && starts > day) ||
            (day_of(L, table, row, to, &ends) && ends < day))
            continue;
        if (best >= 0 && starts <= best_from)
            continue;
        best = row;
        best_from = starts;
    }
    if (best < 0)
        return 0;
    script_push_row(L, table, best);
    return 1;
}

// Who is behind an id, an employee row or a user account row. One that may be two people ends the
// row under test.
static struct identity person_at(lua_State *L, int argument)
{
    const struct data *data = data_of(L);
    uint32_t id = DICTIONARY_NONE;
    enum people people = PEOPLE_EITHER;
    if (lua_isnoneornil(L, argument))
        return data_identify(data, id, people);
    script_rest_all(L, &data->people_rests);
    if (script_value_kind(L, argument) == WORD_ROW) {
        int table;
        int64_t row;
        script_get_row(L, argument, &table, &row);
        const struct model_table *definition = &data->model->tables[table];
        if (definition->key_count == 1 && definition->fields[definition->key[0]].type == TYPE_TEXT)
            id =
                (uint32_t)column_get(&data->tables[table].columns[definition->key[0]], (size_t)row);
        people = table == data->employees ? PEOPLE_EMPLOYEES
                 : table == data->users   ? PEOPLE_USERS
                                          : people;
    } else {
        size_t length;
        const char *bytes = luaL_checklstring(L, argument, &length);
        id = dictionary_find(data->texts, bytes, length);
    }
    struct identity identity = data_identify(data, id, people);
    if (identity.kind == IDENTITY_TWO_PEOPLE) {
        reason_set_with(&script_context_of(L)->reason, REASON_TWO_PEOPLE, "%s",
                        dictionary_get(data->texts, id).bytes);
        script_untestable(L);
    }
    // That nobody is known by it may be because the record was rejected.
    if (identity.row < 0 && data->employees >= 0)
        script_rest(L, data->tables[data->employees].unrejected);
    if (identity.row < 0 && data->users >= 0)
        script_rest(L, data->tables[data->users].unrejected);
    return identity;
}

static int audit_same_person(lua_State *L)
{
    struct identity a = person_at(L, 1), b = person_at(L, 2);
    lua_pushboolean(L, identity_is_same(data_of(L), a, b));
    return 1;
}

static int audit_person(lua_State *L)
{
    struct identity identity = person_at(L, 1);
    if (identity.row < 0)
        return 0;
    script_push_row(L, data_of(L)->employees, identity.row);
    return 1;
}

static int audit_is_system(lua_State *L)
{
    lua_pushboolean(L, person_at(L, 1).kind == IDENTITY_SYSTEM);
    return 1;
}

static int audit_systems_exist(lua_State *L)
{
    lua_pushboolean(L, data_has_systems(data_of(L)));
    return 1;
}

static int audit_automatic_limit(lua_State *L)
{
    struct decimal limit;
    struct identity identity = person_at(L, 1);
    if (identity.kind != IDENTITY_SYSTEM || !data_automatic_limit(data_of(L), identity.id, &limit))
        return 0;
    script_push_decimal(L, limit);
    return 1;
}

static int audit_currency_of(lua_State *L)
{
    int table;
    int64_t row;
    script_check_row(L, 1, &table, &row);
    const struct data *data = data_of(L);
    script_rest_all(L, &data->tables[table].currency_rests);
    lua_pushstring(L, dictionary_get(data->texts, data_currency(data, table, row)).bytes);
    return 1;
}

static int audit_select_currency(lua_State *L)
{
    struct script_context *context = script_context_of(L);
    size_t length;
    const char *code = luaL_checklstring(L, 1, &length);
    uint32_t currency = dictionary_find(data_of(L)->texts, code, length);
    if (currency == DICTIONARY_NONE)
        return luaL_error(L, "no document is in currency '%s'", code);
    context->currency = currency;
    context->currency_chosen = true;
    return 0;
}

// The rate of a currency in the company's currency on a day: that of the day, else the latest
// before it, which is an assumption, and not one that is too old.
static bool find_rate(lua_State *L, uint32_t currency, int day, struct decimal *rate)
{
    const struct data *data = data_of(L);
    if (currency == data->own_currency) {
        *rate = decimal_from_int(1);
        return true;
    }
    int table = model_find_table(data->model, "exchange_rate");
    if (table < 0 || !data->tables[table].imported)
        return false;
    const struct model_table *definition = &data->model->tables[table];
    int code = model_find_field(definition, "currency"),
        on = model_find_field(definition, "rate_date");
    int value = model_find_field(definition, "rate"), best_day = INT32_MIN;
    int64_t word = currency, best = CELL_NULL;
    const struct row_index *index = lookups_index(lookups_of(L), table, &code, 1);
    for (int64_t row = row_index_first(index, &word); row >= 0; row = row_index_next(index, row)) {
        int64_t at = column_get(&data->tables[table].columns[on], (size_t)row);
        int64_t found = column_get(&data->tables[table].columns[value], (size_t)row);
        script_spend(L, 1);
        if (at > CELL_INVALID && found > CELL_INVALID && at <= day &&
            at >= day - data->scope.rate_days && at > best_day) {
            best = found;
            best_day = (int)at;
        }
    }
    *rate = (struct decimal){best, data->tables[table].columns[value].scale};
    if (best != CELL_NULL && best_day < day)
        script_rest(L, data->carried);
    return best != CELL_NULL;
}

static _Noreturn void no_rate(lua_State *L, uint32_t currency, int day)
{
    struct script_context *context = script_context_of(L);
    char text[CALENDAR_TEXT_MAX];
    calendar_format_day(day, text);
    reason_set_with(&context->reason, REASON_NO_RATE, "%s" REASON_AND "%s",
                    dictionary_get(context->data->texts, currency).bytes, text);
    script_untestable(L);
}

// Converts by way of the company's currency; rounds only at the end, to `places`.
static int convert(lua_State *L, struct decimal amount, uint32_t from, uint32_t to, int day,
                   int places)
{
    struct decimal rate_from, rate_to, product, result;
    if (from == to) {
        script_push_decimal(L, amount);
        return 1;
    }
    if (!find_rate(L, from, day, &rate_from))
        no_rate(L, from, day);
    if (!find_rate(L, to, day, &rate_to))
        no_rate(L, to, day);
    if (decimal_multiply(amount, rate_from, &product) != 0 ||
        decimal_divide(product, rate_to, places, ROUND_HALF_UP, &result) != 0)
        return luaL_error(L, "the converted amount needs more than 64 bits");
    script_push_decimal(L, result);
    return 1;
}

static uint32_t check_currency(lua_State *L, int argument)
{
    const struct data *data = data_of(L);
    if (lua_isnoneornil(L, argument))
        return data->own_currency;
    size_t length;
    const char *code = luaL_checklstring(L, argument, &length);
    uint32_t currency = dictionary_find(data->texts, code, length);
    if (currency == DICTIONARY_NONE)
        luaL_error(L, "no document is in currency '%s'", code);
    return currency;
}

static int check_moment(lua_State *L, int argument)
{
    if (script_value_kind(L, argument) == WORD_DATE)
        return script_get_date(L, argument);
    if (script_value_kind(L, argument) == WORD_TIMESTAMP)
        return zone_day(data_of(L)->scope.zone, script_get_timestamp(L, argument));
    return luaL_argerror(L, argument, "a date or timestamp is wanted");
}

// Decimal places of a converted amount: the currency's own unless named.
static int check_places(lua_State *L, int argument, uint32_t currency)
{
    const char *code = dictionary_get(data_of(L)->texts, currency).bytes;
    lua_Integer places = luaL_optinteger(L, argument, currency_digits(code));
    luaL_argcheck(L, places >= 0 && places <= DECIMAL_SCALE_MAX, argument, "0 to 18 places");
    return (int)places;
}

// A money field of a row in a currency. Whether the test is in that currency from then on, `touch`
// says.
static int field_in(lua_State *L, bool touch)
{
    struct script_context *context = script_context_of(L);
    const struct data *data = data_of(L);
    int table;
    int64_t row;
    script_check_row(L, 1, &table, &row);
    int field = check_field(L, table, luaL_checkstring(L, 2));
    uint32_t to = check_currency(L, 3), from = data_currency(data, table, row);
    int places = check_places(L, 5, to);
    uint32_t before = context->currency;
    bool chosen = context->currency_chosen;
    context->currency_chosen = true;
    script_push_field(L, table, row, field);
    context->currency_chosen = chosen;
    context->currency = before;
    struct decimal amount;
    if (lua_isnil(L, -1))
        return 1;
    amount = script_check_decimal(L, lua_gettop(L));
    if (touch)
        script_touch_currency(L, to);
    return convert(L, amount, from, to, from == to ? 0 : check_moment(L, 4), places);
}

static int audit_money_in(lua_State *L)
{
    return field_in(L, true);
}

static int audit_plain_amount(lua_State *L)
{
    return field_in(L, false);
}

static int audit_convert(lua_State *L)
{
    struct decimal amount = script_check_decimal(L, 1);
    uint32_t from = check_currency(L, 2), to = check_currency(L, 3);
    int places = check_places(L, 5, to);
    return convert(L, amount, from, to, from == to ? 0 : check_moment(L, 4), places);
}

static void set_day(lua_State *L, const char *name, int day, int open)
{
    if (day == open)
        return;
    script_push_date(L, day);
    lua_setglobal(L, name);
}

void script_set_constants(lua_State *L, const struct scope *scope)
{
    set_day(L, "as_of", scope->as_of, CALENDAR_DAY_MAX);
    set_day(L, "period_from", scope->from, CALENDAR_DAY_MIN);
    set_day(L, "period_to", scope->to, CALENDAR_DAY_MAX);
    lua_pushstring(L, scope->currency);
    lua_setglobal(L, "company_currency");
}

const struct script_function script_audit_functions[] = {
    {"exception", audit_exception,
     "exception { amount =, evidence =, label =, severity =, row =, ... }", "any",
     "what a test returns for a row that fails; every other name is a deciding value"},
    {SAME_DAY_FUNCTION, audit_passed_same_day, SAME_DAY_FUNCTION " { by =, amount =, row = }",
     "any", "should the row pass, it is because two moments are of one day: counted"},
    {WITHIN_TOLERANCE_FUNCTION, audit_passed_within_tolerance,
     WITHIN_TOLERANCE_FUNCTION " { amount =, currency =, row = }", "any",
     "should the row pass, it is within a tolerance: counted, with the difference"},
    {"untestable", audit_untestable, "untestable(reason)", "any",
     "ends this row as untestable; the reason is a text, or { en = ..., zh = ... } with values for "
     "its "
     "{names}"},
    {"untestable_row", audit_untestable_row, "untestable_row(row, reason)", "any",
     "one row of a group is untestable; returned among the exceptions"},
    {"imported", audit_imported, "imported(table, field)", "bool", "is it in the data"},
    {"complete", audit_complete, "complete(table)", "bool",
     "does the engagement state that the table holds all there is"},
    {"header_stands", audit_header_stands, "header_stands(document)", "bool",
     "of a document without a row in its history: does its header count all the same"},
    {"covered_to", audit_covered_to, "covered_to(table)", "date",
     "the last day that its sources cover; nil when open"},
    {"rows", audit_rows, "rows(table)", "list:argument 1", "all its rows, none dated after as_of"},
    {"read", audit_read, "read(row, field)", "any",
     "the field, or nil where it is empty or was not imported"},
    {"find", audit_find, "find(row, reference)", "any",
     "the row that the reference leads to; nil also where it names one that is not in the data, "
     "for controls that ask for it"},
    {"table_of", audit_table_of, "table_of(row)", "text", "\"sales_order\""},
    {"key_of", audit_key_of, "key_of(row)", "text", "\"SO1/1\""},
    {"lookup", audit_lookup, "lookup(table, { field = value, ... })", "list:argument 1",
     "the rows with these values, in key order"},
    {"lookup_one", audit_lookup_one, "lookup_one(table, { field = value, ... })", "row:argument 1",
     "the first of them, or nil"},
    {"in_force", audit_in_force, "in_force(table, moment, { field = value, ... }, from, to)",
     "row:argument 1", "the row valid at that moment, the latest from; nil"},
    {"same_person", audit_same_person, "same_person(a, b)", "bool",
     "ids or rows of one person; null and system users are nobody's equal"},
    {"person", audit_person, "person(id)", "row:employee",
     "the employee behind a user or employee id"},
    {"is_system", audit_is_system, "is_system(id)", "bool", "is it a system user"},
    {"systems_exist", audit_systems_exist, "systems_exist()", "bool", "is any account a system's"},
    {"automatic_limit", audit_automatic_limit, "automatic_limit(id)", "decimal",
     "up to what a system user's decisions are approvals, as the engagement states; nil"},
    {"currency_of", audit_currency_of, "currency_of(row)", "text", "of its amounts: \"USD\""},
    {"select_currency", audit_select_currency, "select_currency(code)", "any",
     "amounts of this test are in that currency, whatever rows were read"},
    {"money_in", audit_money_in, "money_in(row, field, currency, moment, places)", "decimal",
     "the amount converted at that moment's rate; untestable without one"},
    {"plain_amount", audit_plain_amount, "plain_amount(row, field, currency, moment, places)",
     "decimal", "the same for a comparison beside: the test is not in that currency for it"},
    {"convert", audit_convert, "convert(amount, from, to, moment, places)", "decimal",
     "an amount from one currency to another; untestable without a rate"},
    {"as_of", NULL, "as_of", "date", "the day of the audit; nil when open"},
    {"period_from", NULL, "period_from", "date", "first day of the period; nil when open"},
    {"period_to", NULL, "period_to", "date", "last day of the period; nil when open"},
    {"company_currency", NULL, "company_currency", "text", "\"CNY\""},
    {NULL, NULL, NULL, NULL, NULL},
};
