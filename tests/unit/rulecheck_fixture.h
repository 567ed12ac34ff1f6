// SPDX-License-Identifier: MIT
// A small model, and rule files checked against it in both languages.
#ifndef VOUCH_RULECHECK_FIXTURE_H
#define VOUCH_RULECHECK_FIXTURE_H

#include "engine/language/rulecheck_inside.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { APPROVAL, EMPLOYEE, PRICE, ORDER, LINE, QUOTATION_LINE };

static char *decisions[] = {"approve", "reject", "pending"};
static char *statuses[] = {"draft", "approved", "closed", "cancelled"};
static struct field approval_fields[] = {
    {.name = "approval_id", .type = TYPE_TEXT},
    {.name = "doc_kind", .type = TYPE_TEXT},
    {.name = "doc_id", .type = TYPE_TEXT},
    {.name = "decision", .type = TYPE_ENUM, .values = decisions, .value_count = 3},
    {.name = "opinion", .type = TYPE_TEXT},
    {.name = "decided_at", .type = TYPE_TIMESTAMP},
};
static struct reference approval_references[] = {
    {.name = "document", .kind = REFERENCE_DOCUMENT, .target = -1}};
static struct field employee_fields[] = {{.name = "employee_id", .type = TYPE_TEXT},
                                         {.name = "name", .type = TYPE_TEXT},
                                         {.name = "hired_on", .type = TYPE_DATE}};
static struct field price_fields[] = {{.name = "floor_price", .type = TYPE_MONEY},
                                      {.name = "version", .type = TYPE_INT}};
static struct field order_fields[] = {
    {.name = "order_id", .type = TYPE_TEXT},
    {.name = "customer_id", .type = TYPE_TEXT},
    {.name = "order_date", .type = TYPE_DATE},
    {.name = "amount", .type = TYPE_MONEY},
    {.name = "status", .type = TYPE_ENUM, .values = statuses, .value_count = 4},
    {.name = "approved_by", .type = TYPE_TEXT},
    {.name = "approved_at", .type = TYPE_TIMESTAMP},
    {.name = "version", .type = TYPE_INT},
    {.name = "urgent", .type = TYPE_BOOL},
};
static struct reference order_references[] = {{.name = "approved_by_employee", .target = EMPLOYEE}};
static struct reverse order_reverses[] = {{.name = "approvals", .table = APPROVAL, .reference = 0},
                                          {.name = "lines", .table = LINE, .reference = 0}};
static struct field line_fields[] = {{.name = "order_id", .type = TYPE_TEXT},
                                     {.name = "line_no", .type = TYPE_INT},
                                     {.name = "quantity", .type = TYPE_DECIMAL},
                                     {.name = "unit_price", .type = TYPE_MONEY}};
static struct reference line_references[] = {{.name = "order", .target = ORDER},
                                             {.name = "price", .target = PRICE}};
static struct field quotation_fields[] = {{.name = "quotation_id", .type = TYPE_TEXT},
                                          {.name = "unit_price", .type = TYPE_MONEY},
                                          {.name = "quoted_on", .type = TYPE_DATE}};

#define FIELDS(table)                                                                              \
    .fields = table##_fields, .field_count = sizeof table##_fields / sizeof(struct field)
#define REFERENCES(table)                                                                          \
    .references = table##_references,                                                              \
    .reference_count = sizeof table##_references / sizeof(struct reference)

static struct model_table tables[] = {
    [APPROVAL] = {.name = "approval", FIELDS(approval), REFERENCES(approval)},
    [EMPLOYEE] = {.name = "employee", FIELDS(employee)},
    [PRICE] = {.name = "price_list_line", FIELDS(price)},
    [ORDER] = {.name = "sales_order",
               FIELDS(order),
               REFERENCES(order),
               .reverses = order_reverses,
               .reverse_count = 2},
    [LINE] = {.name = "sales_order_line", FIELDS(line), REFERENCES(line)},
    [QUOTATION_LINE] = {.name = "sales_quotation_line", FIELDS(quotation)},
};
static const struct model model = {.tables = tables, .table_count = 6};

static const char *const globals[] = {
    "rows",       "lookup",    "any",    "control", "exception",    "untestable", "decimal",
    "date",       "timestamp", "day",    "div",     "ipairs",       "pairs",      "each",
    "count",      "sum",       "max",    "abs",     "approved",     "first",      "imported",
    "type",       "as_of",     "filter", "all_of",  "string.upper", "string.sub", "table.insert",
    "table.sort", "cases",     "with"};
static const struct helper_type helpers[] = {
    {.name = "day", .result = "date"},
    {.name = "div", .result = "decimal"},
    {.name = "count", .result = "int"},

    {.name = "max", .result = "argument 1"},
    {.name = "abs", .result = "argument 1"},
    {.name = "approved", .result = "bool"},
    {.name = "first", .result = "element 1"},
    {.name = "as_of", .result = "date"},
    {.name = "rows", .result = "list:argument 1"},
    {.name = "lookup", .result = "list:argument 1"},
    {.name = "filter", .result = "argument 1", .callback = "element 1"}};

static struct diagnostics found;

static const struct helper_signature signatures[] = {
    {"any", "any(list, condition)"},      {"day", "day(moment)"},
    {"div", "div(a, b, scale, mode)"},    {"same", "min(list, by) or min(a, b, ...)"},
    {"untestable", "untestable(reason)"},
};

static inline bool in_chinese(const char *message)
{
    for (; *message; message++)
        if ((unsigned char)*message >= 0xE4 && (unsigned char)*message <= 0xE9)
            return true;
    return false;
}

static inline void run(enum rulecheck_kind kind, const struct model *with, const char *text)
{
    struct rulecheck_input input = {.name = "prc.lua",
                                    .text = text,
                                    .length = strlen(text),
                                    .kind = kind,
                                    .globals = globals,
                                    .global_count = sizeof globals / sizeof *globals,
                                    .helpers = helpers,
                                    .helper_count = sizeof helpers / sizeof *helpers,
                                    .signatures = signatures,
                                    .signature_count = sizeof signatures / sizeof *signatures,
                                    .model = with,
                                    .thorough = true};
    // Whatever is said is said in Chinese too, at the same places.
    struct diagnostics chinese = {0};
    mistake_speak("zh");
    rulecheck_run(&input, &chinese);
    mistake_speak("en");
    diagnostics_clear(&found);
    rulecheck_run(&input, &found);
    assert_int_equal(chinese.count, found.count);
    for (size_t i = 0; i < chinese.count; i++) {
        if (!in_chinese(chinese.items[i].message))
            print_message("not in Chinese: %s\n", chinese.items[i].message);
        assert_true(in_chinese(chinese.items[i].message));
        assert_int_equal(chinese.items[i].line, found.items[i].line);
    }
    diagnostics_clear(&chinese);
}

static inline void print_found(void)
{
    for (size_t i = 0; i < found.count; i++)
        print_message("  %u:%u: %s\n", found.items[i].line, found.items[i].column,
                      found.items[i].message);
}

static inline void expect_clean(const char *text)
{
    if (found.count) {
        print_message("refused:\n%s\n", text);
        print_found();
    }
    assert_int_equal(found.count, 0);
}

// Exactly one finding, whose message holds `message`.
static inline void expect_one(const char *text, enum diagnostic_severity severity,
                              const char *message)
{
    if (found.count != 1 || !strstr(found.items[0].message, message)) {
        print_message("expected \"%s\" in:\n%s\n", message, text);
        print_found();
    }
    assert_int_equal(found.count, 1);
    assert_non_null(strstr(found.items[0].message, message));
    assert_int_equal(found.items[0].severity, severity);
}

// A whole control whose test has this body; the row is `line`, a sales_order_line.
static inline char *with_test(const char *body)
{
    static char text[8192];
    snprintf(
        text, sizeof text,
        "control \"PRC-01\" {\n"
        "  title = \"t\", severity = \"high\", population = \"sales_order_line\",\n"
        "  parameters = { limit = { decimal \"5\", origin = \"policy\" }, days = { 30 } },\n"
        "  amount_kind = \"exposure\", message = \"m\", cases = { { \"one\", expect = {} } },\n"
        "  test = function(line, p)\n"
        "    local used = p.limit and p.days\n"
        "    %s\n"
        "  end,\n"
        "}\n",
        body);
    return text;
}

static inline void refused(const char *body, const char *message)
{
    const char *text = with_test(body);
    run(RULECHECK_RULES, &model, text);
    expect_one(text, DIAGNOSTIC_ERROR, message);
}

static inline void passes(const char *body)
{
    const char *text = with_test(body);
    run(RULECHECK_RULES, &model, text);
    expect_clean(text);
}

// A control with these declarations instead of the ordinary ones.
static inline void declared(const char *text, enum diagnostic_severity severity,
                            const char *message)
{
    run(RULECHECK_RULES, &model, text);
    if (message)
        expect_one(text, severity, message);
    else
        expect_clean(text);
}

#define MINIMAL(more)                                                                              \
    "control \"A-1\" { title = \"t\", severity = \"low\", population = \"sales_order\", "          \
    "cases = { { \"c\" } }, " more " }"

static inline int clear_found(void **state)
{
    (void)state;
    diagnostics_clear(&found);
    return 0;
}

#endif
