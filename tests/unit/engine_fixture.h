// SPDX-License-Identifier: MIT
// What the tests of the engine share: a small trade (customers, orders with lines, prices in force,
// approvals, people), filled from row literals, and the shipped model as its rules declare it.
#ifndef VOUCH_ENGINE_FIXTURE_H
#define VOUCH_ENGINE_FIXTURE_H

#include "engine/base/memory.h"
#include "engine/data/data.h"
#include "engine/data/data_inside.h"
#include "engine/lua/declaration.h"
#include "engine/rules/engagement.h"
#include "engine/rules/rule_files.h"
#include "tests/unit/said.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define FIXTURE __attribute__((unused)) static

// Apostrophes stand for quotation marks.
static const char trade_model[] =
    "{'tables':["
    "{'name':'customer','key':['customer_id'],'fields':["
    " {'name':'customer_id','type':'text'},{'name':'name','type':'text'},"
    " {'name':'grade','type':'enum','values':['A','B','C']},{'name':'region','type':'text'},"
    " {'name':'credit_limit','type':'money'}],"
    " 'reverse':[{'name':'orders','table':'sales_order','by':'customer'}]},"
    "{'name':'sales_order','key':['order_id'],'fields':["
    " {'name':'order_id','type':'text'},{'name':'customer_id','type':'text','to':'customer'},"
    " {'name':'order_date','type':'date'},{'name':'approved_at','type':'timestamp'},"
    " {'name':'currency','type':'text'},{'name':'amount','type':'money'},"
    " {'name':'entered_by','type':'text','to':'employee'},"
    " {'name':'approved_by','type':'text','to':'employee'},"
    " {'name':'contract_id','type':'text'},{'name':'note','type':'text'},"
    " {'name':'reversal_of','type':'text','to':'sales_order'}],"
    " 'references':[{'name':'day_rate','target':'exchange_rate',"
    "  'match':[{'from':'currency','to':'currency'}],"
    "  'asof':{'at':'order_date','from':'rate_date'}}],"
    " 'reverse':[{'name':'lines','table':'sales_order_line','by':'order'},"
    "  {'name':'approvals','table':'approval','by':'document'}],"
    " 'period':'order_date','customer':'customer_id','actor':'entered_by','currency':'currency'},"
    "{'name':'sales_order_line','key':['order_id','line_no'],'fields':["
    " {'name':'order_id','type':'text','to':'sales_order'},{'name':'line_no','type':'int'},"
    " {'name':'product','type':'text'},{'name':'quantity','type':'decimal'},"
    " {'name':'unit_price','type':'money'},{'name':'contract_id','type':'text'},"
    " {'name':'contract_line_no','type':'int'},{'name':'is_gift','type':'bool'}],"
    " 'references':["
    "  {'name':'contract_line','target':'contract_line','match':["
    "   {'from':'contract_id','otherwise':'order.contract_id','to':'contract_id'},"
    "   {'from':'contract_line_no','to':'line_no'}]},"
    "  {'name':'hint','target':'contract_line','optional':true,'match':["
    "   {'from':'contract_id','to':'contract_id'},{'from':'line_no','to':'line_no'}]},"
    "  {'name':'price','target':'price','match':[{'from':'product','to':'product'},"
    "   {'from':'order.customer.grade','to':'grade'},"
    "   {'from':'order.customer.region','to':'region'}],"
    "   'asof':{'at':'order.order_date','from':'valid_from','to':'valid_to'},"
    "   'where':['approved_at','<=','order.approved_at']}],"
    " 'reverse':[{'name':'approvals','table':'approval','by':'document'}],"
    " 'period':'order.order_date','customer':'order.customer_id','actor':'order.entered_by',"
    " 'currency':'order.currency'},"
    "{'name':'contract_line','key':['contract_id','line_no'],'fields':["
    " {'name':'contract_id','type':'text'},{'name':'line_no','type':'int'},"
    " {'name':'floor','type':'money'}],"
    " 'reverse':[{'name':'order_lines','table':'sales_order_line','by':'contract_line'}]},"
    "{'name':'price','key':['price_id'],'fields':["
    " {'name':'price_id','type':'text'},{'name':'product','type':'text'},"
    " {'name':'grade','type':'text'},{'name':'region','type':'text'},"
    " {'name':'floor','type':'money'},{'name':'valid_from','type':'date'},"
    " {'name':'valid_to','type':'date'},{'name':'approved_at','type':'timestamp'}],"
    " 'absence':{'region':{'en':'for all regions','zh':'所有地区'},"
    "  'valid_to':{'en':'open','zh':'未截止'}}},"
    "{'name':'approval','key':['approval_id'],'fields':["
    " {'name':'approval_id','type':'text'},{'name':'doc_kind','type':'text'},"
    " {'name':'doc_id','type':'text'},{'name':'approver_id','type':'text','to':'employee'},"
    " {'name':'opinion','type':'text'},{'name':'requested_at','type':'timestamp'},"
    " {'name':'decided_at','type':'timestamp'}],"
    " 'references':[{'name':'document','kind':'doc_kind','id':'doc_id',"
    "  'tables':{'order':'sales_order'}}],"
    " 'period':'decided_at','period_otherwise':'requested_at','actor':'approver_id'},"
    "{'name':'employee','key':['employee_id'],'fields':["
    " {'name':'employee_id','type':'text'},{'name':'name','type':'text'}],"
    " 'alias':['user_account','employee_id']},"
    "{'name':'user_account','key':['user_id'],'fields':["
    " {'name':'user_id','type':'text'},{'name':'employee_id','type':'text','to':'employee'},"
    " {'name':'is_system','type':'bool'}]},"
    "{'name':'accounting_period','key':['period'],'fields':["
    " {'name':'period','type':'text'},{'name':'ends_on','type':'date'}]},"
    "{'name':'entry','key':['entry_id'],'fields':["
    " {'name':'entry_id','type':'text'},{'name':'period','type':'text'},"
    " {'name':'amount','type':'money'}],'period':'period'},"
    "{'name':'exchange_rate','key':['currency','rate_date'],'fields':["
    " {'name':'currency','type':'text'},{'name':'rate_date','type':'date'},"
    " {'name':'rate','type':'decimal'}]}"
    "]}";

// The world at hand. The zone, period and as_of of the next world stand in fixture_scope.
static struct model *model;
static struct data *data;
static struct {
    const char *zone;
    const char *from, *to, *as_of; // NULL: open
} fixture_scope = {"Asia/Shanghai", "2026-10-01", "2026-10-31", "2026-11-05"};

FIXTURE int day_at(const char *text)
{
    int day = 0;
    if (calendar_parse_day(text, strlen(text), &day) != 0)
        fail_msg("%s is no day", text);
    return day;
}

FIXTURE json_t *json_of(const char *text)
{
    char *copy = memory_text(text);
    for (char *at = copy; *at; at++)
        *at = *at == '\'' ? '"' : *at;
    json_error_t problem;
    json_t *value = json_loads(copy, JSON_DECODE_ANY, &problem);
    if (!value)
        fail_msg("%s: %s", copy, problem.text);
    free(copy);
    return value;
}

FIXTURE struct model *model_of(const char *text)
{
    struct error error = {0};
    json_t *declaration = json_of(text);
    struct model *made = model_new(declaration, &error);
    json_decref(declaration);
    if (!made)
        fail_msg("%s: %s", error.where, error.message);
    return made;
}

// The declaration that rules/model makes; its owner decrefs.
FIXTURE json_t *shipped_declaration(void)
{
    struct rule_file *files = NULL;
    int count = 0;
    struct error error = {0};
    struct arena *arena = arena_new();
    if (rule_files_add_folder(arena, &files, &count, RULE_FILE_MODEL, VOUCH_RULES "/model",
                              "rules/model", &error) != 0)
        fail_msg("%s: %s", error.where, error.message);
    json_t *result = declaration_engagement(files, count, NULL, &error);
    arena_free(arena);
    if (!result)
        fail_msg("%s: %s", error.where, error.message);
    json_t *declared = json_incref(json_object_get(result, "declared"));
    json_decref(result);
    return declared;
}

FIXTURE struct scope make_scope(void)
{
    return (struct scope){
        .from = fixture_scope.from ? day_at(fixture_scope.from) : CALENDAR_DAY_MIN,
        .to = fixture_scope.to ? day_at(fixture_scope.to) : CALENDAR_DAY_MAX,
        .as_of = fixture_scope.as_of ? day_at(fixture_scope.as_of) : CALENDAR_DAY_MAX,
        .currency = "CNY",
        .zone = zone_new(fixture_scope.zone),
        .period_text = "2026-10",
        .rate_days = RATE_DAYS,
    };
}

// Starts over with empty data over a model that the world then owns.
FIXTURE void world_start(struct model *over)
{
    data_free(data);
    model_free(model);
    model = over;
    data = data_new(model, make_scope());
}

FIXTURE int table_at(const char *name)
{
    int table = model_find_table(model, name);
    if (table < 0)
        fail_msg("no table %s", name);
    return table;
}

FIXTURE int field_at(const char *table, const char *name)
{
    int field = model_find_field(&model->tables[table_at(table)], name);
    if (field < 0)
        fail_msg("no field %s.%s", table, name);
    return field;
}

FIXTURE int reference_at(const char *table, const char *name)
{
    int reference = model_find_reference(&model->tables[table_at(table)], name);
    if (reference < 0)
        fail_msg("no reference %s.%s", table, name);
    return reference;
}

// A part of one table from "a,b\n1,2\n": the first line names the columns, cells hold no commas, an
// empty cell is null. Lines count from the header's, as in a file.
FIXTURE struct part *part_of(const char *table, int source, const char *text)
{
    int index = table_at(table);
    struct part *part = part_new(model, index, source, data->scope.zone);
    int64_t line = 0;
    int columns = 0;
    while (*text) {
        size_t length = strcspn(text, "\n");
        const char *at = text, *end = text + length;
        for (int column = 0; at <= end; column++) {
            size_t cell = strcspn(at, ",\n");
            char *copy = memory_text_n(at, cell);
            if (line == 0)
                columns = 1 + part_add_column(part, field_at(table, copy), NULL, copy);
            else if (column < columns)
                part_put(part, column, copy, cell, false);
            free(copy);
            at += cell + 1;
        }
        line++;
        if (line > 1)
            part_end_row(part, line);
        text += length + (text[length] == '\n');
    }
    return part;
}

FIXTURE void put_rows(const char *table, const char *text)
{
    char name[128];
    snprintf(name, sizeof name, "data/%s.csv", table);
    data_add_part(data, part_of(table, data_add_source(data, name, NULL, 0, NULL), text));
}

FIXTURE void seal(void)
{
    data_seal(data);
}

FIXTURE int trade_set_up(void **state)
{
    (void)state;
    world_start(model_of(trade_model));
    return 0;
}

FIXTURE int trade_tear_down(void **state)
{
    (void)state;
    data_free(data);
    model_free(model);
    data = NULL;
    model = NULL;
    return 0;
}

#define TRADE_TEST(test) cmocka_unit_test_setup_teardown(test, trade_set_up, trade_tear_down)

// The row with this key; the test fails when there is none.
FIXTURE int64_t row_at(const char *table, const char *key)
{
    int64_t row = data_find_key(data, table_at(table), key);
    if (row < 0)
        fail_msg("no %s %s", table, key);
    return row;
}

FIXTURE void has_cell(const char *table, int64_t row, const char *field, const char *expected)
{
    struct buffer shown = {0};
    bool any = data_format(data, table_at(table), row, field_at(table, field), &shown);
    if (any != (expected != NULL) || (any && strcmp(buffer_text(&shown), expected) != 0))
        fail_msg("%s row %d, %s: \"%s\", expected \"%s\"", table, (int)row, field,
                 any ? buffer_text(&shown) : "(none)", expected ? expected : "(none)");
    buffer_clear(&shown);
}

// Follows a reference of the row with this key; `expected` is "table key", "none" or "ambiguous".
FIXTURE void leads_to(const char *table, const char *key, const char *name, const char *expected)
{
    int target;
    int64_t row =
        data_follow(data, table_at(table), row_at(table, key), reference_at(table, name), &target);
    struct buffer found = {0};
    if (row == ROW_AMBIGUOUS)
        buffer_add_text(&found, "ambiguous");
    else if (row == ROW_NONE)
        buffer_add_text(&found, "none");
    else {
        buffer_printf(&found, "%s ", model->tables[target].name);
        data_key(data, target, row, &found);
    }
    if (strcmp(buffer_text(&found), expected) != 0)
        fail_msg("%s %s, %s leads to %s, expected %s", table, key, name, buffer_text(&found),
                 expected);
    buffer_clear(&found);
}

// The keys of a reverse list, joined by blanks; "missing" when the list cannot be read.
FIXTURE void lists(const char *table, const char *key, const char *name, const char *expected)
{
    int index = table_at(table), reverse = model_find_reverse(&model->tables[index], name);
    assert_true(reverse >= 0);
    const struct row_lists *list = &data->tables[index].reverses[reverse];
    int64_t row = row_at(table, key);
    struct buffer found = {0};
    if (!list->offsets)
        buffer_add_text(&found, "missing");
    else
        for (uint32_t i = list->offsets[row]; i < list->offsets[row + 1]; i++) {
            if (found.length)
                buffer_add_byte(&found, ' ');
            data_key(data, model->tables[index].reverses[reverse].table, list->rows[i], &found);
        }
    if (strcmp(buffer_text(&found), expected) != 0)
        fail_msg("%s of %s %s: \"%s\", expected \"%s\"", name, table, key, buffer_text(&found),
                 expected);
    buffer_clear(&found);
}

// The number of problems of a kind.
FIXTURE size_t problems_of(enum problem_kind kind)
{
    size_t count = 0;
    for (size_t i = 0; i < data->problems.count; i++)
        count += data->problems.items[i].kind == kind;
    return count;
}

// The problem of a kind at a line; the test fails when there is none.
FIXTURE const struct problem *problem_at(enum problem_kind kind, int64_t line)
{
    for (size_t i = 0; i < data->problems.count; i++)
        if (data->problems.items[i].kind == kind && data->problems.items[i].line == line)
            return &data->problems.items[i];
    for (size_t i = 0; i < data->problems.count; i++)
        print_error("%s, line %d: %s\n", problem_kind_name(data->problems.items[i].kind),
                    (int)data->problems.items[i].line, said(data->problems.items[i].reason));
    fail_msg("no %s at line %d", problem_kind_name(kind), (int)line);
    return NULL;
}

#endif
