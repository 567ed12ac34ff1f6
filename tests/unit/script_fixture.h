// SPDX-License-Identifier: MIT
// What the tests of the Lua side share: a sandboxed state over the trade, and what chunks come to.
#ifndef VOUCH_SCRIPT_FIXTURE_H
#define VOUCH_SCRIPT_FIXTURE_H

#include "engine/base/reason.h"
#include "engine/lua/sandbox.h"
#include "engine/lua/script_row.h"
#include "engine/lua/script_value.h"
#include "tests/unit/engine_fixture.h"

#include <lauxlib.h>

static lua_State *L;
static int64_t fixture_instructions = 2000000;
static size_t fixture_bytes = 32 << 20;

FIXTURE void script_start(void)
{
    struct error error = {0};
    sandbox_free(L);
    L = sandbox_new(data, fixture_instructions, fixture_bytes, &error);
    if (!L)
        fail_msg("%s", error.message);
}

// A global for the row with this key.
FIXTURE void name_row(const char *name, const char *table, const char *key)
{
    script_push_row(L, table_at(table), row_at(table, key));
    lua_setglobal(L, name);
}

// Runs a chunk as one row's test is run; its one result stays on the stack when it is done.
FIXTURE enum sandbox_outcome run_chunk(const char *chunk)
{
    if (luaL_loadbufferx(L, chunk, strlen(chunk), "=chunk", "t") != LUA_OK)
        fail_msg("%s", lua_tostring(L, -1));
    return sandbox_call(L, 0, 1, 0);
}

FIXTURE const char *last_reason(void)
{
    static struct buffer said;
    buffer_reset(&said);
    reason_add(buffer_text(&script_context_of(L)->reason), "en", &said);
    return buffer_text(&said);
}

// The chunk returns a value whose text is `expected`; "nil" for none.
FIXTURE void does(const char *chunk, const char *expected)
{
    enum sandbox_outcome outcome = run_chunk(chunk);
    if (outcome != SANDBOX_DONE)
        fail_msg("%s: outcome %d: %s", chunk, (int)outcome, last_reason());
    struct buffer text = {0};
    if (lua_isnil(L, -1))
        buffer_add_text(&text, "nil");
    else if (!script_value_text(L, -1, &text))
        buffer_printf(&text, "a %s", script_value_type(L, -1));
    if (strcmp(buffer_text(&text), expected) != 0)
        fail_msg("%s: \"%s\", expected \"%s\"", chunk, buffer_text(&text), expected);
    buffer_clear(&text);
    lua_pop(L, 1);
}

FIXTURE void is(const char *expression, const char *expected)
{
    struct buffer chunk = {0};
    buffer_printf(&chunk, "return %s", expression);
    does(chunk.data, expected);
    buffer_clear(&chunk);
}

FIXTURE void ends(const char *chunk, enum sandbox_outcome expected, const char *part)
{
    enum sandbox_outcome outcome = run_chunk(chunk);
    if (outcome != expected || !strstr(last_reason(), part))
        fail_msg("%s: outcome %d, \"%s\"; expected %d, \"%s\"", chunk, (int)outcome,
                 outcome == SANDBOX_DONE ? "" : last_reason(), (int)expected, part);
}

FIXTURE void faults(const char *chunk, const char *part)
{
    ends(chunk, SANDBOX_FAULT, part);
}

FIXTURE void is_untestable(const char *chunk, const char *part)
{
    ends(chunk, SANDBOX_UNTESTABLE, part);
}

// Spends the budget, after which the state can only be freed.
FIXTURE void spends(const char *chunk, const char *part)
{
    ends(chunk, SANDBOX_SPENT, part);
    script_start();
}

// Customers, orders in three currencies, lines, prices, people.
FIXTURE int script_set_up(void **state)
{
    trade_set_up(state);
    put_rows("customer", "customer_id,name,grade,region,credit_limit\nC1,Alpha,A,west,1000\n"
                         "C2,贝塔,,,\n");
    put_rows("employee", "employee_id,name\nE1,Chen\nE2,Zhou\n");
    put_rows("user_account", "user_id,employee_id,is_system\nu1,E1,\nu2,E2,\nsys,,true\n");
    put_rows("sales_order",
             "order_id,customer_id,order_date,approved_at,currency,amount,entered_by,approved_by\n"
             "SO1,C1,2026-10-15,2026-10-15T12:00:00,,100.50,E1,u1\n"
             "SO2,C2,2026-10-16,2026-10-16,USD,20,sys,sys\n"
             "SO3,C1,,,EUR,oops,,E9\n"
             "SO4,C9,2026-11-06,,,0.00,u2,u1\n");
    put_rows("sales_order_line", "order_id,line_no,product,quantity,unit_price,is_gift\n"
                                 "SO1,2,P2,3,20.25,\nSO1,1,P1,1.5,10,true\nSO1,10,P3,0,0,false\n"
                                 "SO2,1,P1,1,20,\n");
    put_rows("price", "price_id,product,grade,region,floor,valid_from,valid_to,approved_at\n"
                      "F1,P1,,,9.5,2026-10-01,,2026-01-01\nF2,P2,,,1,2026-10-01,,2026-01-01\n"
                      "F3,P2,*,,2,2026-10-01,,2026-01-01\n");
    put_rows("exchange_rate", "currency,rate_date,rate\nUSD,2026-10-01,7.1\nUSD,2026-10-10,7.2\n");
    seal();
    script_start();
    name_row("so1", "sales_order", "SO1");
    name_row("so2", "sales_order", "SO2");
    name_row("so3", "sales_order", "SO3");
    name_row("so4", "sales_order", "SO4");
    name_row("line", "sales_order_line", "SO1/1");
    name_row("line2", "sales_order_line", "SO1/2");
    return 0;
}

FIXTURE int script_tear_down(void **state)
{
    sandbox_free(L);
    L = NULL;
    return trade_tear_down(state);
}

#define LUA_TEST(test) cmocka_unit_test_setup_teardown(test, script_set_up, script_tear_down)

#endif
