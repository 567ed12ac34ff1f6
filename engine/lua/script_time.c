// SPDX-License-Identifier: MIT
// Dates, timestamps, working days. The clock of the machine is not among them.
#include "engine/lua/budget.h"
#include "engine/lua/script_functions.h"

#include "engine/lua/script_value.h"

#include <lauxlib.h>
#include <stdlib.h>

static const struct scope *scope_of(lua_State *L)
{
    const struct data *data = script_context_of(L)->data;
    if (!data)
        luaL_error(L, "dates are not known while the file is loaded; use this inside a function");
    return &data->scope;
}

// The day of a date or timestamp argument.
static int check_day(lua_State *L, int argument)
{
    switch (script_value_kind(L, argument)) {
    case WORD_DATE:
        return script_get_date(L, argument);
    case WORD_TIMESTAMP:
        return zone_day(scope_of(L)->zone, script_get_timestamp(L, argument));
    case WORD_DECIMAL:
    case WORD_ROW:
    case WORD_LIST:
    case WORD_MARK:
    case WORD_NONE:
        break;
    }
    return luaL_argerror(
        L, argument,
        lua_pushfstring(L, "a date is wanted, this is a %s", script_value_type(L, argument)));
}

static int push_day(lua_State *L, int64_t day)
{
    if (day < CALENDAR_DAY_MIN || day > CALENDAR_DAY_MAX)
        return luaL_error(L, "the date leaves the years 1 to 9999");
    script_push_date(L, (int)day);
    return 1;
}

static int time_date(lua_State *L)
{
    size_t length;
    int day;
    const char *text = luaL_checklstring(L, 1, &length);
    if (calendar_parse_day(text, length, &day) != 0)
        return luaL_error(L, "date: '%s' is no day like \"2026-10-05\"", text);
    script_push_date(L, day);
    return 1;
}

static int time_timestamp(lua_State *L)
{
    static const struct field field = {.type = TYPE_TIMESTAMP};
    size_t length;
    const char *text = luaL_checklstring(L, 1, &length);
    struct cell_value value;
    if (cell_parse(NULL, &field, scope_of(L)->zone, text, length, &value, NULL) != 0 ||
        value.is != CELL_IS_WORD || (value.word & 1))
        return luaL_error(L, "timestamp: '%s' is no moment like \"2026-10-05T09:30:00\"", text);
    script_push_timestamp(L, value.word >> 1);
    return 1;
}

static int time_day(lua_State *L)
{
    if (lua_isnil(L, 1))
        return 0;
    return push_day(L, check_day(L, 1));
}

static int time_month(lua_State *L)
{
    struct civil civil = calendar_civil(check_day(L, 1));
    char text[32];
    snprintf(text, sizeof text, "%04d-%02d", civil.year, civil.month);
    lua_pushstring(L, text);
    return 1;
}

static int time_year(lua_State *L)
{
    lua_pushinteger(L, calendar_civil(check_day(L, 1)).year);
    return 1;
}

static int time_weekday(lua_State *L)
{
    lua_pushinteger(L, calendar_weekday(check_day(L, 1)));
    return 1;
}

static int time_add_months(lua_State *L)
{
    struct civil civil = calendar_civil(check_day(L, 1));
    lua_Integer months = luaL_checkinteger(L, 2);
    luaL_argcheck(L, months > -120000 && months < 120000, 2, "too many months");
    int count = civil.year * 12 + civil.month - 1 + (int)months, day;
    civil.year = count / 12;
    civil.month = count % 12 + 1;
    if (count < 12 || civil.year > 9999)
        return luaL_error(L, "the date leaves the years 1 to 9999");
    int last = calendar_month_days(civil.year, civil.month);
    civil.day = civil.day < last ? civil.day : last;
    if (calendar_day(civil, &day) != 0)
        return luaL_error(L, "the date leaves the years 1 to 9999");
    return push_day(L, day);
}

static int time_month_end(lua_State *L)
{
    struct civil civil = calendar_civil(check_day(L, 1));
    int day;
    civil.day = calendar_month_days(civil.year, civil.month);
    calendar_day(civil, &day);
    return push_day(L, day);
}

static int compare_days(const void *a, const void *b)
{
    return (*(const int *)a > *(const int *)b) - (*(const int *)a < *(const int *)b);
}

static bool is_listed(int day, const int *days, size_t count)
{
    return count && bsearch(&day, days, count, sizeof day, compare_days);
}

static bool is_working(const struct scope *scope, int day)
{
    return is_listed(day, scope->workdays, scope->workday_count) ||
           (calendar_weekday(day) <= 5 && !is_listed(day, scope->holidays, scope->holiday_count));
}

static int time_is_working_day(lua_State *L)
{
    lua_pushboolean(L, is_working(scope_of(L), check_day(L, 1)));
    return 1;
}

static int time_working_days(lua_State *L)
{
    const struct scope *scope = scope_of(L);
    int from = check_day(L, 1), to = check_day(L, 2);
    int sign = from <= to ? 1 : -1;
    if (sign < 0) {
        int swap = from;
        from = to;
        to = swap;
    }
    script_spend(L, to - from);
    int count = 0;
    for (int day = from + 1; day <= to; day++)
        count += is_working(scope, day);
    lua_pushinteger(L, sign * count);
    return 1;
}

static int time_add_working_days(lua_State *L)
{
    const struct scope *scope = scope_of(L);
    int64_t day = check_day(L, 1);
    lua_Integer count = luaL_checkinteger(L, 2);
    if (count < -10000000 || count > 10000000) // more days than there are
        return push_day(L, INT64_MAX);
    int step = count < 0 ? -1 : 1;
    for (count = count < 0 ? -count : count; count > 0;) {
        script_spend(L, 1);
        day += step;
        if (day < CALENDAR_DAY_MIN || day > CALENDAR_DAY_MAX)
            return push_day(L, day);
        count -= is_working(scope, (int)day);
    }
    return push_day(L, day);
}

const struct script_function script_time_functions[] = {
    {"date", time_date, "date(text)", "date", "a day: date \"2026-10-05\""},
    {"timestamp", time_timestamp, "timestamp(text)", "timestamp",
     "a moment in the engagement's zone: timestamp \"2026-10-05T09:30:00\""},
    {"day", time_day, "day(moment)", "date", "the local day of a date or timestamp; nil of nil"},
    {"month", time_month, "month(moment)", "text", "\"2026-10\""},
    {"year", time_year, "year(moment)", "int", "2026"},
    {"weekday", time_weekday, "weekday(moment)", "int", "1 Monday .. 7 Sunday"},
    {"add_months", time_add_months, "add_months(date, n)", "date",
     "the same day n months on, or the last"},
    {"month_end", time_month_end, "month_end(date)", "date", "the last day of its month"},
    {"is_working_day", time_is_working_day, "is_working_day(date)", "bool",
     "no Saturday, Sunday or holiday of the engagement, or a worked one"},
    {"working_days", time_working_days, "working_days(from, to)", "int",
     "working days after from, up to and including to"},
    {"add_working_days", time_add_working_days, "add_working_days(date, n)", "date",
     "the n-th working day after date"},
    {NULL, NULL, NULL, NULL, NULL},
};
