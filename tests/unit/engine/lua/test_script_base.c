// SPDX-License-Identifier: MIT
#include "tests/unit/script_fixture.h"

static void pairs_goes_in_a_fixed_order(void **state)
{
    (void)state;
    does(
        "local t = {b = 1, a = 2, [10] = 3, [2] = 4, [decimal '2.5'] = 5, [true] = 6, [false] = 7, "
        "[so2] = 8, [so1] = 9, [date '2026-10-05'] = 10, Z = 11} "
        "local s = '' for k in pairs(t) do s = s .. tostring(k) .. ' ' end return s",
        "false true 2 2.5 10 2026-10-05 SO1 SO2 Z a b ");
    does("local t = {} for i = 200, 1, -1 do t['k' .. i] = i end local s, before = true, '' "
         "for k in pairs(t) do s = s and before < k before = k end return s",
         "true");
    does("local s = '' for k, v in pairs({5, 6, 7, x = 8}) do s = s .. k .. '=' .. v .. ' ' end "
         "return s",
         "1=5 2=6 3=7 x=8 ");
    does("local t = {a = 1, b = 2} for k in pairs(t) do t[k] = nil end return t.a == nil and t.b "
         "== nil",
         "true");
    does("for k in pairs({}) do return k end", "nil");
    faults("pairs(so1.lines)", "table expected");
    faults("for k in pairs({[{}] = 1, x = 1}) do end", "no order");
}

static void texts_compare_bytewise(void **state)
{
    (void)state;
    does("local t = sort({'b', 'a', 'B', 'ä', 'aa', ''}) return table.concat(t, ',')",
         ",B,a,aa,b,ä");
}

static void sort_is_stable_and_leaves_the_list(void **state)
{
    (void)state;
    does("local t = {} for i = 1, 100 do t[i] = {k = i % 3, i = i} end "
         "local s, before = sort(t, function(e) return e.k end), nil "
         "for _, e in ipairs(s) do if before and (e.k < before.k or (e.k == before.k and e.i < "
         "before.i)) "
         "then return 'unstable' end before = e end return #s",
         "100");
    does("local t = {3, 1, 2} sort(t) return table.concat(t, ',')", "3,1,2");
    does("return table.concat(sort({decimal '1.5', 1, 2, decimal '-3', 0}), ' ')", "-3 0 1 1.5 2");
    does("local s = '' for _, l in ipairs(sort(so1.lines, 'unit_price')) do s = s .. l.line_no .. "
         "' ' end "
         "return s",
         "10 1 2 ");
    does("local s = '' for _, l in ipairs(sort({line2, line}, function(l) return {l.order_id, "
         "l.line_no} "
         "end)) do s = s .. l.line_no .. ' ' end return s",
         "1 2 ");
    does("return #sort({})", "0");
    faults("sort({1, so1.lines})", "no order");
    faults("sort({function() end, 1})", "no order");
}

static void empty_keys_sort_first(void **state)
{
    (void)state;
    does("local t = {{n = 1, k = 2}, {n = 2}, {n = 3, k = 1}, {n = 4}} local s = '' "
         "for _, e in ipairs(sort(t, 'k')) do s = s .. e.n end return s",
         "2431");
    does("local t = {{n = 1, k = {2}}, {n = 2}, {n = 3, k = {1}}} local s = '' "
         "for _, e in ipairs(sort(t, 'k')) do s = s .. e.n end return s",
         "231");
    does("local s = '' for _, o in ipairs(sort({so1, so3, so2}, 'order_date')) do s = s .. o end "
         "return s",
         "SO3SO1SO2");
    does("local t = {{n = 1}, {n = 2}} local s = '' for _, e in ipairs(sort(t, 'k')) do s = s .. "
         "e.n end "
         "return s",
         "12");
}

static void a_false_key_is_no_empty_key(void **state)
{
    (void)state;
    does("local t = {{n = 1, k = true}, {n = 2, k = false}, {n = 3}} local s = '' "
         "for _, e in ipairs(sort(t, 'k')) do s = s .. e.n end return s",
         "321");
}

static void tables_are_changed_in_place(void **state)
{
    (void)state;
    does("local t = {1, 2} table.insert(t, 3) table.insert(t, 1, 0) return table.concat(t, ',')",
         "0,1,2,3");
    does("local t = {1, 2, 3} local x = table.remove(t, 1) return x .. table.concat(t, ',')",
         "12,3");
    does("local t = {} return table.remove(t) == nil", "true");
    faults("table.insert({1}, 3, 5)", "outside the array");
    faults("table.insert({1}, 0, 5)", "outside the array");
    faults("table.remove({1, 2}, 3)", "outside the array");
    does("return table.concat({1, decimal '2.5', 'x', date '2026-10-05', so1}, ' ')",
         "1 2.5 x 2026-10-05 SO1");
    faults("return table.concat({{}})", "no text");
    does("local a, b, c = table.unpack({1, 2}) return a + b + (c or 10)", "13");
    faults("local t = {} for i = 1, 300 do t[i] = i end return table.unpack(t)", "200");
}

static void tostring_and_type_show_no_addresses(void **state)
{
    (void)state;
    does("return tostring(decimal '1.50') .. tostring(true) .. tostring(nil) .. tostring(so1)",
         "1.5truenilSO1");
    faults("return tostring({})", "a table has no text");
    faults("return tostring(sort)", "a function has no text");
    faults("return tostring(1.5)", "no text");
    does("return type(so1) .. ' ' .. type(so1.lines) .. ' ' .. type(decimal '1') .. ' ' .. type(1) "
         ".. ' ' "
         ".. type(date '2026-10-05') .. ' ' .. type(nil) .. ' ' .. type({})",
         "row list decimal number date nil table");
}

static void only_the_allow_list_is_there(void **state)
{
    (void)state;
    static const char *const gone[] = {"io",
                                       "os",
                                       "package",
                                       "debug",
                                       "require",
                                       "load",
                                       "loadstring",
                                       "dofile",
                                       "loadfile",
                                       "pcall",
                                       "xpcall",
                                       "coroutine",
                                       "getmetatable",
                                       "setmetatable",
                                       "rawget",
                                       "rawset",
                                       "rawequal",
                                       "rawlen",
                                       "collectgarbage",
                                       "print",
                                       "next",
                                       "math",
                                       "utf8",
                                       "string.format",
                                       "string.rep",
                                       "string.gsub",
                                       "string.gmatch",
                                       "string.match",
                                       "string.dump",
                                       "string.byte",
                                       "string.char",
                                       "table.move",
                                       "table.sort",
                                       "table.pack",
                                       "_G",
                                       "_ENV.x"};
    for (size_t i = 0; i < sizeof gone / sizeof *gone; i++) {
        char expression[80];
        snprintf(expression, sizeof expression, "%s == nil", gone[i]);
        is(expression, "true");
    }
    struct error error = {0};
    assert_int_equal(sandbox_run(L, "bytecode", "\x1bLua", 4, &error), -1);
}

static void errors_say_where(void **state)
{
    (void)state;
    faults("error('too bad')", "chunk:1: too bad");
    faults("assert(false, 'not so')", "not so");
    faults("assert(nil)", "assertion failed");
    is("assert(5, 'x')", "5");
    faults("error({})", "string expected");
}

static void lists_that_are_no_lists(void **state)
{
    (void)state;
    faults("for x in each(5) do end", "a list is wanted, this is a number");
    faults("ipairs(so1)", "a list is wanted, this is a row");
    faults("each(nil)", "a list is wanted, this is a nil");
    does("local n = 0 for x in each({7, 8}) do n = n + x end return n", "15");
    does("return select('#', 1, nil, 3) .. select(2, 'a', 'b')", "3b");
    faults("select(0, 1)", "count from 1");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        LUA_TEST(pairs_goes_in_a_fixed_order),
        LUA_TEST(texts_compare_bytewise),
        LUA_TEST(sort_is_stable_and_leaves_the_list),
        LUA_TEST(empty_keys_sort_first),
        LUA_TEST(a_false_key_is_no_empty_key),
        LUA_TEST(tables_are_changed_in_place),
        LUA_TEST(tostring_and_type_show_no_addresses),
        LUA_TEST(only_the_allow_list_is_there),
        LUA_TEST(errors_say_where),
        LUA_TEST(lists_that_are_no_lists),
    };
    return cmocka_run_group_tests_name("script_base", tests, NULL, NULL);
}
