// SPDX-License-Identifier: MIT
// What rule files are refused for, and what must pass.
#include "tests/unit/rulecheck_fixture.h"

// ---- tests ----

static void syntax_errors_name_their_place(void **state)
{
    (void)state;
    run(RULECHECK_RULES, &model, "local a = 1\nlocal b = = 2\n");
    expect_one("", DIAGNOSTIC_ERROR, "expected an expression");
    assert_int_equal(found.items[0].line, 2);
    assert_int_equal(found.items[0].column, 11);
}

static void unknown_names_are_refused_with_the_nearest(void **state)
{
    (void)state;
    refused("return lime.order", "unknown name \"lime\"; did you mean \"line\"?");
    refused("return untestible \"x\"", "did you mean \"untestable\"?");
    refused("return zzzzqq", "unknown name \"zzzzqq\"");
    refused("return os.time()", "rules have no \"os\"");
    refused("return line.price == null", "write nil");
    refused("return string.uper(line.order_id)", "did you mean \"string.upper\"?");
    passes("return string.upper(line.order_id)");
    passes("local lime = line return lime.order");
    passes("local function again(n) if n > 0 then return again(n - 1) end end again(3)");
}

static void a_test_changes_nothing_outside_itself(void **state)
{
    (void)state;
    refused("total = 1", "\"total\" is not a local");
    refused("string.upper = nil", "belongs to all rules");
    refused("line.quantity = 0", "rows are read-only");
    refused("line.order.status = \"draft\"", "rows are read-only");
    refused("p.limit = 0", "parameters are read-only");
    const char *counter = "local n = 0\nlocal function f() n = n + 1 end f()";
    declared(counter, DIAGNOSTIC_ERROR, "\"n\" belongs to the file");
    declared("local seen = {}\nlocal function f(x) seen[x] = true end f(1)", DIAGNOSTIC_ERROR,
             "seen[x] belongs to the file");
    declared("local seen = {}\nlocal function f(x) seen.a.b = x end f(1)", DIAGNOSTIC_ERROR,
             "seen.a.b belongs to the file");
    declared("local seen = {}\nlocal function f(x) table.insert(seen, x) end f(1)",
             DIAGNOSTIC_ERROR, "seen belongs to the file");
    declared("function helper() end", DIAGNOSTIC_ERROR, "\"helper\" is not a local");
    declared("helper = 1 local y = helper", DIAGNOSTIC_ERROR, "write local helper");
    // What is its own, also through a function inside the test, and the file's while it loads.
    passes("local total = 0\n each(line.order.lines, function(l) total = total + l.quantity end)");
    passes("local seen = {} seen[line.order_id] = true seen.x = 1 table.insert(seen, 1)");
    declared("local words = {}\nwords.a = true\nlocal n = 1 n = n + 1", DIAGNOSTIC_ERROR, NULL);
    declared("local n = 0\nlocal function f() local n = 1 n = 2 return n end f()", DIAGNOSTIC_ERROR,
             NULL);
}

static void libraries_define_globals_at_top_level_only(void **state)
{
    (void)state;
    run(RULECHECK_LIBRARY, &model, "function helper(x) return x end\nother = helper\nreturn other");
    expect_clean("");
    run(RULECHECK_LIBRARY, &model, "function helper(x) count_of = x end");
    expect_one("", DIAGNOSTIC_ERROR, "a library function may not change the global \"count_of\"");
    run(RULECHECK_LIBRARY, &model, "function string.trim(x) return x end");
    expect_one("", DIAGNOSTIC_ERROR, "belongs to all rules");
    run(RULECHECK_LIBRARY, &model, "function last(a, b) return a % b end");
    expect_clean("");
}

static void float_constants_are_refused(void **state)
{
    (void)state;
    refused("return line.quantity > 1.5", "1.5 is not exact; write decimal \"1.5\"");
    refused("return line.quantity > 1e3", "write decimal \"1000\"");
    refused("return line.quantity > 12.50e-3", "write decimal \"0.01250\"");
    refused("return line.quantity > .5", "write decimal \"0.5\"");
    refused("return line.quantity > 0x1p4", "write decimal \"...\"");
    refused("return line.quantity > 9223372036854775808", "is not exact");
    passes("return line.quantity > 1500 or line.quantity > 9223372036854775807");
    passes("return line.quantity > decimal \"1.5\" and \"1.5\" ~= line.order_id");
}

static void an_exception_that_is_not_returned_is_refused(void **state)
{
    (void)state;
    refused("if line.quantity > 5 then exception { quantity = line.quantity } end",
            "write return exception");
    passes("if line.quantity > 5 then return exception { quantity = line.quantity } end");
    passes("local found = exception { quantity = line.quantity } return found");
}

static void inexact_operators_are_refused(void **state)
{
    (void)state;
    refused("return line.unit_price / 3", "write div(line.unit_price, 3, scale, mode)");
    refused("return 7 / 2", "div(7, 2, scale, mode)");
    refused("return line.quantity // 2", "div(line.quantity, 2, scale, mode)");
    refused("return line.quantity % 2", "div(a, b, scale, mode)");
    refused("return line.quantity ^ 2", "line.quantity * line.quantity");
    refused("return line.line_no & 1", "works on bits");
    refused("return line.line_no | 1", "write or");
    refused("return ~line.line_no", "write ~= or not");
    refused("return 1 << line.line_no", "works on bits");
    passes("return line.line_no % 2 + line.line_no // 2");
    passes("return div(line.unit_price, 3, 2, \"half_up\")");
}

static void products_of_whole_numbers_are_refused(void **state)
{
    (void)state;
    refused("return line.line_no * line.order.version > 5",
            "write decimal(line.line_no) * line.order.version");
    refused("local n = line.line_no return n * n == 4", "decimal(n) * n");
    refused("return (#line.order.lines) * 1000001 > 5", "not exact beyond 64 bits");
    passes("return line.line_no * 1000000 > 5 and 2 * line.line_no > 1");
    passes("return decimal(line.line_no) * line.order.version > 5");
    passes("return line.quantity * line.line_no > 5 and line.line_no + line.line_no > 5");
}

static void a_decimal_never_equals_a_whole_number(void **state)
{
    (void)state;
    const char *message = "never equals the whole number 140; write decimal \"140\"";
    refused("return line.unit_price == 140", message);
    refused("return 140 ~= line.quantity", message);
    refused("return line.quantity == -140", "write decimal \"-140\"");
    refused("local price = line.unit_price return price == 140", message);
    refused("return line.price.floor_price == 140", message);
    refused("return line.quantity * line.unit_price == 140", message);
    refused("return line.quantity * line.line_no == 140", message);
    refused("return sum(line.order.lines, \"quantity\") == 140", message);
    refused("return sum(line.order.lines, function(l) return l.unit_price end) == 140", message);
    refused("return abs(line.quantity) == 140", message);
    refused("return max(line.quantity, 0) == 140", message);
    refused("return (line.price and line.price.floor_price or 0) == 140", message);
    refused("local t = 0 for _, l in ipairs(line.order.lines) do t = t + l.quantity end "
            "return t == 140",
            message);
    refused("local t t = line.quantity return t == 140", message);
    refused("local function price(l) return l.unit_price end return price(line) == 140", message);
    refused("for l in each(line.order.lines) do if l.quantity == 140 then return end end", message);
    refused("return p.limit == 140", message);
    refused("return first(line.order.lines).quantity == 140", message);
    refused("return line.quantity == line.line_no", "write line.quantity - line.line_no == 0");
}

static void zero_whole_fields_and_unknown_values_compare(void **state)
{
    (void)state;
    passes("return line.quantity == 0 or 0 ~= line.unit_price");
    passes("return line.quantity > 140 and line.quantity <= 140");
    passes("return line.quantity == decimal \"140\"");
    passes("return line.line_no == 2 and line.order.version == 2 and p.days == 30");
    passes("return line.order.order_date - line.order.order_date == 30");
    passes("return count(line.order.lines) == 140 and #line.order.lines == 140");
    passes("return first(line.order) == 140 and line.order.approvals[1].document.amount == 140");
    passes("local n = 0 for _, l in ipairs(line.order.lines) do n = n + 1 end return n == 140");
    passes("local x = line.quantity x = 3 return x == 3");
    passes("return max(1, line.quantity) == 140 and max(1, line.line_no) == 140");
    passes("local function any_of(v) return v == 140 end return all_of(any_of)");
    passes("return sum(line.order.lines, \"line_no\") == 140 and sum({ 1 }) == 140");
    passes("return line.price == nil and nil ~= line.quantity");
    passes("local zero = 0 return line.quantity == zero");
    passes(
        "local found = false if line.order then found = line.quantity end return found == false");
}

static void dates_and_timestamps(void **state)
{
    (void)state;
    refused("return line.order.order_date == line.order.approved_at",
            "write day(line.order.approved_at)");
    refused("return line.order.order_date == \"2026-10-05\"", "write date \"2026-10-05\"");
    refused("return line.order.order_date >= \"2026-10-05\"", "write date \"2026-10-05\"");
    refused("return line.order.approved_at == \"2026-10-05\"",
            "write day(line.order.approved_at) == date \"2026-10-05\"");
    refused("return line.order.order_date < 30", "they cannot be compared");
    refused("return date \"2026-13-01\"", "is no day of the calendar");
    refused("return decimal \"1,5\"", "is not a number");
    passes("return line.order.order_date < line.order.approved_at");
    passes("return day(line.order.approved_at) == line.order.order_date");
    passes("return line.order.order_date == date \"2026-10-05\"");
    passes("return as_of - line.order.order_date > p.days");
    passes("return line.order.order_date + p.days < as_of");
}

static void unlike_kinds_are_refused(void **state)
{
    (void)state;
    refused("return line.order_id == 5", "write \"5\" in quotes");
    refused("return line.line_no == \"5\"", "write 5 without quotes");
    refused("return line.quantity == \"140\"", "write decimal \"140\"");
    refused("return line.order_id < 5", "they cannot be compared");
    refused("return line.order.urgent == \"true\"", "write line.order.urgent by itself");
    refused("return line.order.urgent == 1", "they are never equal");
    refused("return line.order == \"SO1\"", "compare one of its fields");
    refused("return line.order == line.price", "a row of price_list_line: they are never equal");
    refused("return line.order.approvals == 0", "its length is #line.order.approvals");
    refused("return not line.order.status == \"draft\"", "\"not\" goes before the comparison");
    refused("return line.order_id + 1", "it cannot be calculated with");
    refused("return line.order * 2", "it cannot be calculated with");
    passes("return line.order_id < \"SO9\" and line.order.urgent == true");
    passes("return line.order == line.order and line.order ~= nil");
    passes("return -line.quantity < line.unit_price - 1");
}

static void enum_values_are_known(void **state)
{
    (void)state;
    refused(
        "return line.order.status == \"aproved\"",
        "is never \"aproved\"; did you mean \"approved\"? (its values: draft, approved, closed, "
        "cancelled)");
    refused("return \"open\" ~= line.order.status", "line.order.status is never \"open\"");
    refused("for _, a in ipairs(line.order.approvals) do return a.decision == \"approved\" end",
            "did you mean \"approve\"?");
    passes("return line.order.status == \"closed\" or line.order.status == line.order_id");
    passes("local s = line.order.status s = \"anything\" return s == \"open\"");
}

static void unknown_fields_are_refused(void **state)
{
    (void)state;
    refused(
        "return line.unit_prise",
        "sales_order_line has no field or reference \"unit_prise\"; did you mean \"unit_price\"?");
    refused("return line[\"unit_prise\"]", "did you mean \"unit_price\"?");
    refused("return line.order.aprovals", "did you mean \"approvals\"?");
    refused("return line.ordr.status", "did you mean \"order\"?");
    refused("return line.order.approvals.decision", "is a list of rows and has no \"decision\"");
    refused("return line.order_id.status", "the row it names is order");
    refused("return line.order.approvals[1].decison", "did you mean \"decision\"?");
    refused("return filter(line.order.lines, function(l) return l.quantty > 0 end)",
            "did you mean \"quantity\"?");
    refused("local function check(l) return l.quantty end return check(line)",
            "did you mean \"quantity\"?");
    refused("return sum(line.order.lines, \"quantty\")", "did you mean \"quantity\"?");
    refused("return any(line.order.approvals, function(a) return a.decison end)",
            "did you mean \"decision\"?");
    passes("return sum(line.order.lines, \"quantity\") > count(line.order.lines, \"line_no\")");
    passes("local function check(l) return l.quantty end return all_of(check)");
    passes("local t = { quantty = 1 } return t.quantty");
    passes("return line.order.approvals[1].document.whatever");
    passes("local field = \"x\" return line[field]");
    passes("return line.order_id:upper()");
}

static void several_populations_share_a_test(void **state)
{
    (void)state;
#define TWO(body)                                                                                  \
    "control \"A-1\" { title = \"t\", severity = \"low\", cases = { { \"c\" } },\n"                \
    "population = { \"sales_order_line\", \"sales_quotation_line\" },\n"                           \
    "test = function(line) " body " end }"
    declared(TWO("return line.quoted_on or line.quantity or line.unit_price"), DIAGNOSTIC_ERROR,
             NULL);
    declared(TWO("return line.unit_price == 140"), DIAGNOSTIC_ERROR, "write decimal \"140\"");
    declared(TWO("return line.quoted_at"), DIAGNOSTIC_ERROR,
             "has a field or reference \"quoted_at\"; did you mean \"quoted_on\"?");
}

static void grouped_tests_get_lists(void **state)
{
    (void)state;
    declared(MINIMAL("group = { \"customer_id\" }, test = function(rows) "
                     "for _, o in ipairs(rows) do if o.amount == 5 then return end end end"),
             DIAGNOSTIC_ERROR, "write decimal \"5\"");
    declared(MINIMAL("group = { \"customer_id\" }, test = function(rows) return rows.amount end"),
             DIAGNOSTIC_ERROR, "is a list of rows");
    declared(MINIMAL("group = { \"custmer_id\" }, test = function(rows) end"), DIAGNOSTIC_ERROR,
             "group: sales_order has no field \"custmer_id\"; did you mean \"customer_id\"?");
    declared(MINIMAL("group = { \"customer_id\" }, applies = function(o) return o.statu end, "
                     "test = function(rows) end"),
             DIAGNOSTIC_ERROR, "did you mean \"status\"?");
    declared(MINIMAL("group = function(o) return o.customr_id end, test = function(rows) end"),
             DIAGNOSTIC_ERROR, "did you mean \"customer_id\"?");
    declared(MINIMAL("group = { \"customer_id\", \"approved_by_employee.name\" }, "
                     "applies = function(o) return o.status end, test = function(rows) "
                     "return rows[1].amount > #rows end"),
             DIAGNOSTIC_ERROR, NULL);
}

static void local_functions_serve_as_tests(void **state)
{
    (void)state;
    declared("local function late(o) return o.amount == 7 end\n" MINIMAL("test = late"),
             DIAGNOSTIC_ERROR, "write decimal \"7\"");
    declared("local function late(o) return o.amount == 0 end\n" MINIMAL("test = late"),
             DIAGNOSTIC_ERROR, NULL);
    declared(MINIMAL("test = all_of { \"x\" }"), DIAGNOSTIC_ERROR, NULL);
}

static void controls_declare_what_they_must(void **state)
{
    (void)state;
    declared("control \"A-1\" { severity = \"low\", population = \"sales_order\", cases = { { "
             "\"c\" } }, "
             "test = function(o) end }",
             DIAGNOSTIC_ERROR, "control A-1 has no title");
    declared("control(\"A-1\", { title = \"t\", severity = \"low\", cases = { { \"c\" } }, "
             "population = \"sales_order\" })",
             DIAGNOSTIC_ERROR, "control A-1 has no test");
    declared(MINIMAL("test = function(o) end, titel = \"x\""), DIAGNOSTIC_ERROR,
             "a control has no \"titel\"; did you mean \"title\"?");
    declared(MINIMAL("test = function(o) end, scope = \"al\""), DIAGNOSTIC_ERROR,
             "scope \"al\" is not period, open or all; did you mean \"all\"?");
    declared(MINIMAL("test = function(o) end, title = \"again\""), DIAGNOSTIC_ERROR,
             "\"title\" is given twice");
    declared(MINIMAL("test = function(o) end, amount_kind = \"loss\""), DIAGNOSTIC_ERROR,
             "amount_kind \"loss\" is not misstatement, exposure or transaction");
    declared(MINIMAL("test = function(o) end, shape = \"required field\""), DIAGNOSTIC_ERROR,
             "duplicates or gaps; did you mean \"required fields\"?");
    declared(MINIMAL("test = function(o) end, tests = { de = \"t\", en = \"t\" }"),
             DIAGNOSTIC_ERROR, "tests has no language \"de\"");
    declared("control \"A-1\" { title = { en = \"t\", zh = \"t\" }, severity = \"hihg\", cases = { "
             "{ \"c\" } }, "
             "population = \"sales_order\", test = function(o) end }",
             DIAGNOSTIC_ERROR,
             "severity \"hihg\" is not low, medium, high or critical; did you mean \"high\"?");
    declared("control \"A-1\" { title = { fr = \"t\", en = \"t\" }, severity = \"low\", cases = { "
             "{ \"c\" } }, "
             "population = \"sales_order\", test = function(o) end }",
             DIAGNOSTIC_ERROR, "title has no language \"fr\"");
    declared("control \"A-1\" { title = \"t\", severity = \"low\", cases = { { \"c\" } }, "
             "population = \"sales_ordr\", test = function(o) return o.x == 1 end }",
             DIAGNOSTIC_ERROR, "no table \"sales_ordr\"; did you mean \"sales_order\"?");
    declared(MINIMAL("test = function(o) end") MINIMAL("test = function(o) end"), DIAGNOSTIC_ERROR,
             "control \"A-1\" is already declared on line 1");
    declared(
        MINIMAL("test = function(o) end, period = \"approved_by_employee.hired_on\", "
                "scope = \"open\", profile = { \"general\" }, source = { \"x\" }, waivable = true"),
        DIAGNOSTIC_ERROR, NULL);
    declared(MINIMAL("test = function(o) end, period = \"approved_by_employee.hired\""),
             DIAGNOSTIC_ERROR, "did you mean \"hired_on\"?");
}

static void evidence_columns_exist(void **state)
{
    (void)state;
    declared(MINIMAL("test = function(o) end, evidence_columns = { \"approval.opinon\" }"),
             DIAGNOSTIC_ERROR, "approval has no field \"opinon\"; did you mean \"opinion\"?");
    declared(MINIMAL("test = function(o) end, evidence_columns = { \"aproval.opinion\" }"),
             DIAGNOSTIC_ERROR, "no table \"aproval\"; did you mean \"approval\"?");
    declared(MINIMAL("test = function(o) end, evidence_columns = { \"opinion\" }"),
             DIAGNOSTIC_ERROR, "is written \"table.field\"");
    declared(MINIMAL("test = function(o) end, evidence_columns = { \"approval.opinion\" }, "
                     "parameters = { assume_recorded = { false, origin = \"default\" } }"),
             DIAGNOSTIC_ERROR, NULL);
}

static void amounts_have_a_kind(void **state)
{
    (void)state;
    declared(
        MINIMAL("message = \"m\", test = function(o) return exception { amount = o.amount } end"),
        DIAGNOSTIC_ERROR, "has no amount_kind");
    declared("local function found(o) return exception { amount = o.amount } end\n" MINIMAL(
                 "message = \"m\", test = function(o) return found(o) end"),
             DIAGNOSTIC_ERROR, "has no amount_kind");
    declared(
        MINIMAL("message = \"m\", test = function(o) return exception { found = o.amount } end"),
        DIAGNOSTIC_ERROR, NULL);
    declared(
        MINIMAL("message = \"m\", test = function(o) return exception { severity = \"hig\" } end"),
        DIAGNOSTIC_ERROR, "severity \"hig\"");
}

static void parameters_are_declared_and_read(void **state)
{
    (void)state;
    declared(
        MINIMAL(
            "parameters = { limit = { 3 } }, test = function(o, p) return p.limt or p.limit end"),
        DIAGNOSTIC_ERROR,
        "parameter \"limt\" is not declared in parameters = { ... }; did you mean \"limit\"?");
    declared(MINIMAL("test = function(o, p) return p.limit end"), DIAGNOSTIC_ERROR,
             "parameter \"limit\" is not declared");
    declared(MINIMAL("parameters = { limit = { 3 } }, test = function(o) end"), DIAGNOSTIC_WARNING,
             "parameter \"limit\" is declared but never read");
    declared(MINIMAL("parameters = { limit = { 3, origin = \"ours\" } }, test = function(o, p) "
                     "return p.limit end"),
             DIAGNOSTIC_ERROR, "origin \"ours\" is not policy or default");
    declared(MINIMAL("parameters = { limit = { origin = \"policy\" } }, test = function(o, p) "
                     "return p.limit end"),
             DIAGNOSTIC_ERROR, "parameter limit has no value");
    // Read by the message, by a local function, or by something that cannot be seen.
    declared(MINIMAL("parameters = { limit = { 3 } }, message = \"above {p.limit}\", test = "
                     "function(o) end"),
             DIAGNOSTIC_ERROR, NULL);
    declared("local function over(o, p) return o.amount > p.limit end\n" MINIMAL(
                 "parameters = { limit = { 3 } }, test = function(o, p) return over(o, p) end"),
             DIAGNOSTIC_ERROR, NULL);
    declared(
        MINIMAL("parameters = { limit = { 3 } }, test = function(o, p) return approved(o, p) end"),
        DIAGNOSTIC_ERROR, NULL);
    declared(MINIMAL("parameters = { limit = { 3 } }, test = all_of { \"limit\" }"),
             DIAGNOSTIC_ERROR, NULL);
    declared(MINIMAL("parameters = { limit = { 3 } }, test = function(o, p) local k = \"limit\" "
                     "return p[k] end"),
             DIAGNOSTIC_ERROR, NULL);
}

static void reasons_are_whole(void **state)
{
    (void)state;
#define REASON(reason) MINIMAL("test = function(o) untestable " reason " end")
    declared(REASON("{ en = \"no cost\" }"), DIAGNOSTIC_ERROR, "the reason has no zh");
    declared(REASON("{ en = \"no {cost}\", zh = \"无成本\" }"), DIAGNOSTIC_ERROR,
             "the reason shows {cost}, which stands for nothing");
    declared(REASON("{ zh = \"无成本\" }"), DIAGNOSTIC_ERROR, "the reason has no en");
    declared(REASON("{ en = \"no {cost}\", zh = \"无{cost}\", cost = \"1\" }"), DIAGNOSTIC_ERROR,
             NULL);
    declared(REASON("\"no {cost}\""), DIAGNOSTIC_ERROR, NULL);
#undef REASON
}

static void messages_show_what_exceptions_give(void **state)
{
    (void)state;
#define MESSAGE(template, body)                                                                    \
    MINIMAL("amount_kind = \"exposure\", message = { en = \"" template "\", zh = \"m\" }, test = " \
                                                                       "function(o) " body " end")
    declared(
        MESSAGE("sold at {prise}", "return exception { price = o.amount }"), DIAGNOSTIC_ERROR,
        "shows {prise}, which no exception { ... } of the test gives; did you mean \"price\"?");
    declared(MESSAGE("above {p.limit}", "return exception { price = o.amount }"), DIAGNOSTIC_ERROR,
             "no such parameter");
    declared(MESSAGE("{price} {floor}",
                     "if o.urgent then return exception { price = 1 } end "
                     "local all = {} all[1] = exception { price = 1 } return all"),
             DIAGNOSTIC_ERROR, "shows {floor}");
    declared(MESSAGE("{price} {amount} {currency} {label} {key}",
                     "return exception { price = 1, unused = 2 }"),
             DIAGNOSTIC_ERROR, NULL);
    // What is built elsewhere cannot be seen.
    declared(MESSAGE("{floor}", "local e = { floor = 1 } return exception(e)"), DIAGNOSTIC_ERROR,
             NULL);
    declared(MESSAGE("{floor}", "if o.urgent then return exception { a = 1 } end return all_of(o)"),
             DIAGNOSTIC_ERROR, NULL);
    declared(MESSAGE("{floor}", "local all = all_of(o) all[1] = exception { a = 1 } return all"),
             DIAGNOSTIC_ERROR, NULL);
    declared(MINIMAL("message = \"{floor}\", test = all_of { floor = 1 }"), DIAGNOSTIC_ERROR, NULL);
}

static void cases_are_named_and_give_known_rows(void **state)
{
    (void)state;
#define CASES(list)                                                                                \
    "control \"A-1\" { title = \"t\", severity = \"low\", population = \"sales_order\", "          \
    "test = function(o) end, cases = { " list " } }"
    declared(CASES("{ \"a\" }, { \"a\" }"), DIAGNOSTIC_ERROR, "has the name \"a\"");
    declared(CASES("{ expect = {} }"), DIAGNOSTIC_ERROR, "this case has no name");
    declared(CASES(""), DIAGNOSTIC_WARNING, "the list of cases is empty");
    declared(CASES("{ \"a\", given = { sales_ordr = {} } }"), DIAGNOSTIC_ERROR,
             "did you mean \"sales_order\"?");
    declared(CASES("{ \"a\", given = { sales_order = { { order_dat = \"2026-10-05\" } } } }"),
             DIAGNOSTIC_ERROR, "did you mean \"order_date\"?");
    declared(CASES("{ \"a\", given = { sales_order = { { status = \"aproved\" } } } }"),
             DIAGNOSTIC_ERROR, "sales_order.status is never \"aproved\"");
    declared(CASES("{ \"a\", given = { sales_order = { { status = \"approved\", amount = \"1.5\", "
                   "version = 2 } } }, expect = { { key = \"1\", amount = \"0.01\" } } }"),
             DIAGNOSTIC_ERROR, NULL);
}

static void cases_apart_are_checked_too(void **state)
{
    (void)state;
    static const struct {
        const char *text, *message;
    } wrong[] = {
        {"cases \"A-1\" { { \"a\" }, { \"a\" } }", "has the name \"a\""},
        {"cases(\"A-1\", { { expect = {} } })", "this case has no name"},
        {"cases \"A-1\" { { \"a\", given = { sales_ordr = {} } } }",
         "did you mean \"sales_order\"?"},
        {"cases \"A-1\" { { \"a\", given = { sales_order = { status = \"approved\" } } } }",
         "the rows of sales_order stand in a list"},
        {"local function one(more) return with({}, more) end\n"
         "cases \"A-1\" { { \"a\", given = with(one(), { sales_order = { order_dat = \"x\" } }) } "
         "}",
         "did you mean \"order_date\"?"},
        {"cases \"A-1\" { { \"a\", given = { sales_order = { with({ status = \"aproved\" }) } } } "
         "}",
         "sales_order.status is never \"aproved\""},
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        run(RULECHECK_CASES, &model, wrong[i].text);
        expect_one(wrong[i].text, DIAGNOSTIC_ERROR, wrong[i].message);
    }
    const char *text =
        "local one = { sales_order = { { status = \"approved\" } } }\n"
        "cases \"A-1\" { { \"a\", given = with(one, { sales_order = { version = 2 } }) } }";
    run(RULECHECK_CASES, &model, text);
    expect_clean(text);
}

static void a_test_makes_no_data_of_cases(void **state)
{
    (void)state;
    refused("return with({}, {})", "\"with\" makes the data of cases");
    // Said once of a helper that several controls reach; one for cases may use it.
    declared("local function helper(o) return with({}, { o }) end\n"
             "local function order(more) return with({ order_id = \"1\" }, more) end\n"
             "control \"A-1\" { title = \"t\", severity = \"low\", population = \"sales_order\",\n"
             "test = function(o) helper(o) end,\n"
             "cases = { { \"c\", given = { sales_order = { order() } } } } }\n"
             "control \"A-2\" { title = \"t\", severity = \"low\", population = \"sales_order\",\n"
             "test = function(o) helper(o) end }\n",
             DIAGNOSTIC_ERROR, "\"with\" makes the data of cases");
    assert_int_equal(found.items[0].line, 1);
}

static void imported_names_tables(void **state)
{
    (void)state;
    refused("return imported \"aproval\"", "did you mean \"approval\"?");
    refused("return imported(\"approval\", \"opinon\")", "did you mean \"opinion\"?");
    refused("return rows \"aproval\"", "did you mean \"approval\"?");
    refused("return lookup(\"approval\", { doc_id = line.order_id })[1].opinon",
            "did you mean \"opinion\"?");
    passes("return imported \"approval\" and imported(\"approval\", \"opinion\")");
    passes("local table_name = \"x\" return rows(table_name)");
}

static void without_a_model_only_syntax_and_names_count(void **state)
{
    (void)state;
    run(RULECHECK_RULES, NULL, with_test("return line.anything == 3 and line.other.thing"));
    expect_clean("");
    run(RULECHECK_RULES, NULL, with_test("return line.anything == 3.5"));
    expect_one("", DIAGNOSTIC_ERROR, "decimal \"3.5\"");
}

static void messages_are_safe_to_print(void **state)
{
    (void)state;
    run(RULECHECK_RULES, &model, with_test("return line[\"\\27[2J\\xFFname\"]"));
    assert_int_equal(found.count, 1);
    assert_null(strchr(found.items[0].message, '\x1B'));
    assert_non_null(strstr(found.items[0].message, "?[2J?name"));
}

static void a_flood_of_findings_is_cut(void **state)
{
    (void)state;
    enum { LINES = 5 * DIAGNOSTICS_MAX };
    static const char line[] = "x = y1\n";
    char *text = calloc(LINES, sizeof line);
    for (size_t i = 0; i < LINES; i++)
        memcpy(text + i * (sizeof line - 1), line, sizeof line);
    run(RULECHECK_RULES, &model, text);
    assert_int_equal(found.count, DIAGNOSTICS_MAX);
    free(text);
}

static void accesses_follow_local_functions(void **state)
{
    (void)state;
    const char *text = "local function floor(l) return l.price.floor_price end\n"
                       "control \"A-1\" { title = \"t\", population = \"sales_order_line\",\n"
                       "evidence_columns = { \"employee.name\" },\n"
                       "applies = function(line) return line.order.status == \"approved\" end,\n"
                       "test = function(line) for _, a in ipairs(line.order.approvals) do\n"
                       "  if a.opinion then return floor(line) end end end }\n"
                       "control \"A-2\" { population = \"employee\", test = function(e) end }";
    struct rulecheck_input input = {.text = text, .length = strlen(text), .model = &model};
    struct rulecheck_needs needs = {0};
    rulecheck_accesses(&input, &needs);
    assert_int_equal(needs.count, 2);
    static const struct rulecheck_access expected[] = {
        {APPROVAL, -1, 0}, // order.approvals
        {APPROVAL, 4, -1}, {EMPLOYEE, 1, -1}, {PRICE, 0, -1}, {ORDER, 4, -1},
        {LINE, -1, -1},    {LINE, -1, 0},     {LINE, -1, 1},
    };
    assert_string_equal(needs.items[0].control, "A-1");
    assert_int_equal(needs.items[0].count, sizeof expected / sizeof *expected);
    assert_memory_equal(needs.items[0].accesses, expected, sizeof expected);
    assert_int_equal(needs.items[1].count, 1);
    rulecheck_needs_clear(&needs);
}

// What the first control of `rules` reads through the functions of `library`.
static struct rulecheck_needs needs_through(const char *library, const char *rules)
{
    static const struct helper_type known[] = {{"rows", "list:argument 1", NULL},
                                               {"lookup", "list:argument 1", NULL}};
    struct rulecheck_input own = {.text = rules,
                                  .length = strlen(rules),
                                  .model = &model,
                                  .helpers = known,
                                  .helper_count = 2};
    struct rulecheck_input shared = own;
    shared.text = library;
    shared.length = strlen(library);
    own.library = rulecheck_library_new(&shared, 1);
    struct rulecheck_needs needs = {0};
    rulecheck_accesses(&own, &needs);
    rulecheck_library_free(own.library);
    return needs;
}

// -1: the table is not read at all.
static int demand_for(const struct rulecheck_need *need, int table)
{
    for (size_t i = 0; i < need->table_count; i++)
        if (need->tables[i].table == table)
            return (int)need->tables[i].demand;
    return -1;
}

static bool reads(const struct rulecheck_need *need, int table, int field)
{
    for (size_t i = 0; i < need->count; i++)
        if (need->accesses[i].table == table && need->accesses[i].field == field)
            return true;
    return false;
}

#define ON_LINES(body)                                                                             \
    "control \"A-1\" { title = \"t\", population = \"sales_order_line\", "                         \
    "test = function(line) " body " end }"

// Whether the access decides; the test fails when there is none.
static bool decides(const struct rulecheck_need *need, int table, int field)
{
    for (size_t i = 0; i < need->count; i++)
        if (need->accesses[i].table == table && need->accesses[i].field == field)
            return need->decides[i];
    fail_msg("table %d, field %d is not read", table, field);
    return false;
}

static void accesses_tell_what_only_is_shown(void **state)
{
    (void)state;
    static const char library[] = "function floor(l) return l.price.floor_price end\n"
                                  "function order_of(l) return l.order end\n"
                                  "function late_exception(values) return exception(values) end\n"
                                  "function told(l) return exception { who = l.order.urgent, "
                                  "label = l.order.status } end\n";
    struct rulecheck_needs needs = needs_through(
        library, ON_LINES("if line.quantity > 0 then return exception { price = floor(line), "
                          "evidence = { line.order.approvals }, severity = line.order.status } end "
                          "return late_exception { on = order_of(line).approved_at }"));
    const struct rulecheck_need *need = &needs.items[0];
    assert_true(decides(need, LINE, 2));   // compared
    assert_false(decides(need, PRICE, 0)); // in the braces, through the library
    assert_true(decides(need, ORDER, 4));  // severity decides
    assert_false(decides(need, ORDER, 6)); // of a helper that makes an exception
    rulecheck_needs_clear(&needs);
    needs = needs_through(library, ON_LINES("return told(line)"));
    assert_false(decides(&needs.items[0], ORDER, 8)); // in braces of the library
    assert_true(decides(&needs.items[0], ORDER, 4));
    rulecheck_needs_clear(&needs);
    // What is read before the braces decides, too.
    needs =
        needs_through(library, ON_LINES("local price = floor(line) "
                                        "return exception { price = price, low = floor(line) }"));
    assert_true(decides(&needs.items[0], PRICE, 0));
    rulecheck_needs_clear(&needs);
}

static void accesses_follow_library_functions(void **state)
{
    (void)state;
    static const char library[] =
        "local function floor_of(price) return price.floor_price end\n"
        "function order_of(l) return l.order end\n"
        "function floor(l) return floor_of(l.price) end\n"
        "function chosen(list, f) return filter(list, f) end\n"
        "function signed(order) return order.approved_at end\n"
        "function names() return rows(\"employee\") end\n"
        "function down(l, n) if n == 0 then return l end return down(l, n - 1) end\n";
    struct rulecheck_needs needs =
        needs_through(library, ON_LINES("local order = order_of(line) if order.urgent then return "
                                        "floor(line) end return names()[1].hired_on"));
    const struct rulecheck_need *need = &needs.items[0];
    assert_true(reads(need, ORDER, 8));    // of the row that a library function returned
    assert_true(reads(need, PRICE, 0));    // two calls deep
    assert_true(reads(need, EMPLOYEE, 2)); // of a table named in the library
    assert_false(reads(need, ORDER, 6));   // a function that is not called
    assert_int_equal(demand_for(need, ORDER), DEMAND_SOMETIMES);
    rulecheck_needs_clear(&needs);
    needs = needs_through(library, ON_LINES("return chosen({ line.order }, signed)[1].amount "
                                            "or any(rows \"sales_order\", signed)"));
    assert_true(reads(&needs.items[0], ORDER, 6)); // a library function is called with elements
    assert_true(reads(&needs.items[0], ORDER, 3)); // a list that a library function passed on
    assert_int_equal(demand_for(&needs.items[0], ORDER), DEMAND_ALWAYS);
    rulecheck_needs_clear(&needs);
    needs = needs_through(library, ON_LINES("return down(line, 3).quantity"));
    assert_true(reads(&needs.items[0], LINE, 2)); // a function that calls itself
    rulecheck_needs_clear(&needs);
}

static void a_library_function_is_followed_for_each_kind_of_row(void **state)
{
    (void)state;
    static const char library[] =
        "function id_of(row) return row.order_id or row.quotation_id end\n"
        "local above = { sales_order_line = function(l) return { l.order } end,\n"
        "  sales_order = function(o) return evidence(o.approved_by_employee) end }\n"
        "function chain(row)\n"
        "  local found = { row }\n"
        "  for one in each(found) do\n"
        "    for more in each(above[table_of(one)](one)) do table.insert(found, more) end\n"
        "  end\n"
        "  return found\n"
        "end\n";
    struct rulecheck_needs needs =
        needs_through(library, ON_LINES("for one in each(chain(line)) do if one.name then "
                                        "return id_of(line) end end"));
    assert_true(reads(&needs.items[0], EMPLOYEE, 1)); // two steps up the chain
    assert_true(reads(&needs.items[0], LINE, 0));
    assert_false(reads(&needs.items[0], QUOTATION_LINE, 0));
    assert_false(reads(&needs.items[0], ORDER, 0));
    rulecheck_needs_clear(&needs);
}

static void what_is_asked_for_is_not_demanded(void **state)
{
    (void)state;
    static const char library[] =
        "function rows_of(row, t, name) if not imported(t) then return {} end return row[name] "
        "end\n"
        "function opinion(order) return imported \"approval\" and order.approvals[1].opinion end\n"
        "function late(order) return order.approvals[1].decided_at end\n";
    struct rulecheck_needs needs = needs_through(
        library, ON_LINES("return rows_of(line.order, \"approval\", \"approvals\")[1].doc_kind"));
    assert_true(reads(&needs.items[0], APPROVAL, 1)); // the reverse list was named by a text
    assert_int_equal(demand_for(&needs.items[0], APPROVAL), DEMAND_IMPORTED);
    rulecheck_needs_clear(&needs);
    needs = needs_through(library, ON_LINES("return opinion(line.order)"));
    assert_int_equal(demand_for(&needs.items[0], APPROVAL), DEMAND_IMPORTED);
    rulecheck_needs_clear(&needs);
    // What the library asks is no answer for the control itself.
    needs = needs_through(library, ON_LINES("return opinion(line.order), line.order.approvals[1]"));
    assert_int_equal(demand_for(&needs.items[0], APPROVAL), DEMAND_ALWAYS);
    rulecheck_needs_clear(&needs);
    needs = needs_through(library, ON_LINES("return late(line.order)"));
    assert_int_equal(demand_for(&needs.items[0], APPROVAL), DEMAND_SOMETIMES);
    rulecheck_needs_clear(&needs);
}

static void shipped_list_functions_are_the_library_s(void **state)
{
    (void)state;
#ifdef VOUCH_RULES
    // Types are known of functions that exist.
    FILE *file = fopen(VOUCH_RULES "/library/lists.lua", "rb");
    if (!file)
        skip();
    static char text[1 << 16];
    text[fread(text, 1, sizeof text - 1, file)] = '\0';
    fclose(file);
    for (const struct helper_type *own = check_library; own->name; own++) {
        char definition[64];
        snprintf(definition, sizeof definition, "function %s(", own->name);
        bool in_c = strcmp(own->name, "sort") == 0 || strcmp(own->name, "min") == 0 ||
                    strcmp(own->name, "max") == 0;
        assert_true(in_c || strstr(text, definition));
    }
#else
    skip();
#endif
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(syntax_errors_name_their_place),
        cmocka_unit_test(unknown_names_are_refused_with_the_nearest),
        cmocka_unit_test(a_test_changes_nothing_outside_itself),
        cmocka_unit_test(libraries_define_globals_at_top_level_only),
        cmocka_unit_test(float_constants_are_refused),
        cmocka_unit_test(an_exception_that_is_not_returned_is_refused),
        cmocka_unit_test(inexact_operators_are_refused),
        cmocka_unit_test(products_of_whole_numbers_are_refused),
        cmocka_unit_test(a_decimal_never_equals_a_whole_number),
        cmocka_unit_test(zero_whole_fields_and_unknown_values_compare),
        cmocka_unit_test(dates_and_timestamps),
        cmocka_unit_test(unlike_kinds_are_refused),
        cmocka_unit_test(enum_values_are_known),
        cmocka_unit_test(unknown_fields_are_refused),
        cmocka_unit_test(several_populations_share_a_test),
        cmocka_unit_test(grouped_tests_get_lists),
        cmocka_unit_test(local_functions_serve_as_tests),
        cmocka_unit_test(controls_declare_what_they_must),
        cmocka_unit_test(evidence_columns_exist),
        cmocka_unit_test(amounts_have_a_kind),
        cmocka_unit_test(parameters_are_declared_and_read),
        cmocka_unit_test(reasons_are_whole),
        cmocka_unit_test(messages_show_what_exceptions_give),
        cmocka_unit_test(cases_are_named_and_give_known_rows),
        cmocka_unit_test(cases_apart_are_checked_too),
        cmocka_unit_test(a_test_makes_no_data_of_cases),
        cmocka_unit_test(imported_names_tables),
        cmocka_unit_test(without_a_model_only_syntax_and_names_count),
        cmocka_unit_test(messages_are_safe_to_print),
        cmocka_unit_test(a_flood_of_findings_is_cut),
        cmocka_unit_test(accesses_follow_local_functions),
        cmocka_unit_test(accesses_follow_library_functions),
        cmocka_unit_test(accesses_tell_what_only_is_shown),
        cmocka_unit_test(a_library_function_is_followed_for_each_kind_of_row),
        cmocka_unit_test(what_is_asked_for_is_not_demanded),
        cmocka_unit_test(shipped_list_functions_are_the_library_s),
    };
    return cmocka_run_group_tests(tests, NULL, clear_found);
}
