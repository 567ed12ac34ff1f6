// SPDX-License-Identifier: MIT
// What the tests of the adapters share: a model of two tables, a folder of its own for files, and
// an import run over it.
#ifndef VOUCH_IMPORT_FIXTURE_H
#define VOUCH_IMPORT_FIXTURE_H

#include "adapters/import.h"
#include "engine/base/buffer.h"
#include "engine/base/memory.h"
#include "tests/unit/said.h"

#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#define FIXTURE __attribute__((unused)) static

enum order_field { ORDER_ID, ORDER_NO, ORDER_DATE, AMOUNT, STATUS, CHANNEL, NOTE, APPROVED_AT };

static char *fixture_statuses[] = {"draft", "approved", "cancelled"};
static struct field fixture_order[] = {
    {.name = "order_id", .type = TYPE_TEXT, .key = true},
    {.name = "order_no", .type = TYPE_INT},
    {.name = "order_date", .type = TYPE_DATE},
    {.name = "amount", .type = TYPE_MONEY},
    {.name = "status", .type = TYPE_ENUM, .values = fixture_statuses, .value_count = 3},
    {.name = "channel", .type = TYPE_TEXT},
    {.name = "note", .type = TYPE_TEXT},
    {.name = "approved_at", .type = TYPE_TIMESTAMP},
};
static struct field fixture_customer[] = {
    {.name = "customer_id", .type = TYPE_TEXT, .key = true},
    {.name = "name", .type = TYPE_TEXT},
};
static int fixture_key[] = {0};
#define NO_PATHS                                                                                   \
    .period = {.field = -1}, .customer = {.field = -1}, .actor = {.field = -1},                    \
    .currency = {.field = -1}, .alias_table = -1
static struct model_table fixture_tables[] = {
    {.name = "customer",
     .fields = fixture_customer,
     .field_count = 2,
     .key = fixture_key,
     .key_count = 1,
     NO_PATHS},
    {.name = "sales_order",
     .fields = fixture_order,
     .field_count = 8,
     .key = fixture_key,
     .key_count = 1,
     NO_PATHS},
};
static const struct model fixture_model = {.tables = fixture_tables, .table_count = 2};
enum { CUSTOMER, SALES_ORDER };

// The run at hand.
static char fixture_folder[64];
static struct data *fixture_data;
static struct import_summary fixture_summary;
static struct error fixture_error;
static struct import_options fixture_options;

FIXTURE void fixture_write_n(const char *name, const char *bytes, size_t length)
{
    char path[256];
    snprintf(path, sizeof path, "%s/%s", fixture_folder, name);
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, length, file), length);
    assert_int_equal(fclose(file), 0);
}

FIXTURE void fixture_write(const char *name, const char *text)
{
    fixture_write_n(name, text, strlen(text));
}

FIXTURE void fixture_drop(void)
{
    data_free(fixture_data);
    fixture_data = NULL;
    import_summary_clear(&fixture_summary);
}

// Runs imports written as JSON with ' for ". The data are sealed on success.
FIXTURE int fixture_import(const char *declaration)
{
    fixture_drop();
    char *text = memory_text(declaration);
    for (char *at = text; *at; at++)
        *at = *at == '\'' ? '"' : *at;
    json_error_t json_error;
    json_t *imports = json_loads(text, 0, &json_error);
    if (!imports)
        fail_msg("%s: %s", text, json_error.text);
    free(text);
    struct scope scope = {.zone = zone_new("Asia/Shanghai"),
                          .currency = "CNY",
                          .from = CALENDAR_DAY_MIN,
                          .to = CALENDAR_DAY_MAX,
                          .as_of = CALENDAR_DAY_MAX,
                          .period_text = ""};
    fixture_data = data_new(&fixture_model, scope);
    memset(&fixture_error, 0, sizeof fixture_error);
    int result = import_run(fixture_data, imports, fixture_folder, &fixture_options,
                            &fixture_summary, &fixture_error);
    json_decref(imports);
    if (result == 0)
        data_seal(fixture_data);
    return result;
}

FIXTURE void fixture_succeeds(const char *declaration)
{
    if (fixture_import(declaration) != 0)
        fail_msg("%s: %s", fixture_error.where, fixture_error.message);
}

FIXTURE void fixture_fails(const char *declaration, enum error_kind kind, const char *where,
                           const char *message)
{
    assert_int_equal(fixture_import(declaration), -1);
    if (fixture_error.kind != kind || !strstr(fixture_error.where, where) ||
        !strstr(fixture_error.message, message))
        fail_msg("kind %d, where \"%s\", message \"%s\"; expected \"%s\", \"%s\"",
                 (int)fixture_error.kind, fixture_error.where, fixture_error.message, where,
                 message);
}

// Imports `bytes` as the folder's sales_order.csv.
FIXTURE void fixture_read_n(const char *bytes, size_t length)
{
    fixture_write_n("sales_order.csv", bytes, length);
    fixture_succeeds("[{'kind':'csv','folder':'.'}]");
}

FIXTURE void fixture_read(const char *text)
{
    fixture_read_n(text, strlen(text));
}

FIXTURE void fixture_has(size_t rows, size_t rejected)
{
    assert_int_equal(fixture_data->tables[SALES_ORDER].rows, rows);
    assert_int_equal(fixture_data->tables[SALES_ORDER].records_rejected, rejected);
    assert_int_equal(fixture_data->tables[SALES_ORDER].records_read, rows + rejected);
}

FIXTURE void fixture_cell(int64_t row, int field, const char *expected)
{
    struct buffer shown = {0};
    bool any = data_format(fixture_data, SALES_ORDER, row, field, &shown);
    if (any != (expected != NULL) || (any && strcmp(buffer_text(&shown), expected) != 0))
        fail_msg("row %d, %s: \"%s\", expected \"%s\"", (int)row, fixture_order[field].name,
                 any ? buffer_text(&shown) : "(none)", expected ? expected : "(none)");
    buffer_clear(&shown);
}

FIXTURE void fixture_line(int64_t row, int64_t expected)
{
    assert_int_equal(column_get(&fixture_data->tables[SALES_ORDER].lines, (size_t)row), expected);
}

// The problem of a record that begins at `line`; fails when there is none that says `reason`.
FIXTURE const struct problem *fixture_problem(enum problem_kind kind, int64_t line,
                                              const char *reason)
{
    const struct problem_list *problems = &fixture_data->problems;
    for (size_t i = 0; i < problems->count; i++)
        if (problems->items[i].kind == kind && problems->items[i].line == line &&
            strstr(said(problems->items[i].reason), reason))
            return &problems->items[i];
    for (size_t i = 0; i < problems->count; i++)
        print_error("%s, line %d: %s\n", problem_kind_name(problems->items[i].kind),
                    (int)problems->items[i].line, said(problems->items[i].reason));
    fail_msg("no problem at line %d says \"%s\"", (int)line, reason);
    return NULL;
}

FIXTURE int fixture_set_up(void **state)
{
    (void)state;
    const char *base = getenv("TMPDIR");
    snprintf(fixture_folder, sizeof fixture_folder, "%.40s/vouch-XXXXXX", base ? base : "/tmp");
    memset(&fixture_options, 0, sizeof fixture_options);
    fixture_options.engagement = "audit.lua";
    fixture_options.jobs = 2;
    return mkdtemp(fixture_folder) ? 0 : -1;
}

FIXTURE int fixture_tear_down(void **state)
{
    (void)state;
    fixture_drop();
    DIR *folder = opendir(fixture_folder);
    for (struct dirent *entry; folder && (entry = readdir(folder));) {
        char path[400];
        snprintf(path, sizeof path, "%s/%s", fixture_folder, entry->d_name);
        if (entry->d_name[0] != '.' && unlink(path) != 0)
            rmdir(path);
    }
    if (folder)
        closedir(folder);
    return rmdir(fixture_folder);
}

#define FIXTURE_TEST(test) cmocka_unit_test_setup_teardown(test, fixture_set_up, fixture_tear_down)

#endif
