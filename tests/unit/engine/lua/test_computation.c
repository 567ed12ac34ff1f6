// SPDX-License-Identifier: MIT
#include "engine/evaluation/engagement_load.h"
#include "engine/lua/computation.h"

#include "adapters/import.h"
#include "tests/unit/engine_fixture.h"

#include <unistd.h>

static struct engagement *engagement;
static char folder[64], file[100];

static const char *names[] = {"数量", "单价"};

static const char *more = ""; // that the engagement file says

// An import whose column `field` is a function of the source's columns, over rows of order id,
// quantity, price. What computation_run returns.
static int try_to_compute(const char *field, const char *function, const char *const rows[][3],
                          int count, struct error *error)
{
    const char *base = getenv("TMPDIR");
    snprintf(folder, sizeof folder, "%.40s/vouch-XXXXXX", base ? base : "/tmp");
    assert_non_null(mkdtemp(folder));
    snprintf(file, sizeof file, "%s/audit.lua", folder);
    FILE *out = fopen(file, "wb");
    fprintf(out,
            "engagement { title = 't', period = '2026-10' }\n"
            "import.csv { table = 'sales_order', file = 'x.csv', columns = { order_id = '编号', "
            "%s = function(source) %s end } }\n%s",
            field, function, more);
    fclose(out);
    struct engagement_options options = {.rules_folder = VOUCH_RULES, .imports = import_kinds()};
    engagement = engagement_load(folder, &options, error);
    if (!engagement)
        fail_msg("%s", error->message);
    for (int i = 0; i < engagement->diagnostic_count; i++)
        if (engagement->diagnostics[i].is_error)
            fail_msg("%s", engagement->diagnostics[i].message);
    data_free(data);
    model_free(model);
    model = engagement->model;
    data = data_new(model, engagement_take_scope(engagement));
    char details[200];
    snprintf(details, sizeof details, "{'columns':[{'field':'%s','computed':0}]}", field);
    int source = data_add_source(data, "x.csv", NULL, 0, json_of(details));
    struct part *part = part_new(model, table_at("sales_order"), source, data->scope.zone);
    int id = part_add_column(part, field_at("sales_order", "order_id"), NULL, "编号");
    int quantity = part_add_source_column(part, names[0]),
        price = part_add_source_column(part, names[1]);
    for (int row = 0; row < count; row++) {
        part_put(part, id, rows[row][0], strlen(rows[row][0]), false);
        if (rows[row][1])
            part_put(part, quantity, rows[row][1], strlen(rows[row][1]), false);
        part_put(part, price, rows[row][2], strlen(rows[row][2]), false);
        part_end_row(part, row + 2);
    }
    data_add_part(data, part);
    data_join(data);
    return computation_run(engagement, data, error);
}

static void compute(const char *field, const char *function, const char *const rows[][3], int count)
{
    struct error error = {0};
    if (try_to_compute(field, function, rows, count, &error) != 0)
        fail_msg("%s: %s", error.where, error.message);
    seal();
}

static int tear_down(void **state)
{
    (void)state;
    data_free(data);
    data = NULL;
    model = NULL; // the engagement's
    engagement_free(engagement);
    engagement = NULL;
    unlink(file);
    return rmdir(folder);
}

static void columns_are_multiplied_exactly(void **state)
{
    (void)state;
    static const char *const rows[][3] = {
        {"SO1", "3", "0.10"}, {"SO2", "-2.5", "1,000.00"}, {"SO3", "0", "7"}};
    compute("amount", "return source['数量'] * source['单价']", rows, 3);
    has_cell("sales_order", 0, "amount", "0.30");
    has_cell("sales_order", 1, "amount", "-2500.00");
    has_cell("sales_order", 2, "amount", "0.00");
    assert_true(
        data->tables[table_at("sales_order")].columns[field_at("sales_order", "amount")].imported);
    assert_int_equal(data->problems.count, 0);
}

static void what_goes_wrong_on_a_row_is_an_invalid_cell(void **state)
{
    (void)state;
    static const char *const rows[][3] = {{"SO1", "x", "2"},
                                          {"SO2", "2", "2"},
                                          {"SO3", NULL, "2"},
                                          {"SO4", "9223372036854775807", "2"}};
    compute("amount", "return source['数量'] * source['单价']", rows, 4);
    has_cell("sales_order", 0, "amount", NULL);
    has_cell("sales_order", 1, "amount", "4.00");
    assert_int_equal(problem_at(PROBLEM_INVALID_CELL, 2)->line, 2);
    assert_string_equal(problem_at(PROBLEM_INVALID_CELL, 4)->column, "amount");
    assert_int_equal(problem_at(PROBLEM_INVALID_CELL, 5)->line, 5);
    assert_int_equal(problems_of(PROBLEM_INVALID_CELL), 3);
}

static void texts_dates_and_nothing(void **state)
{
    (void)state;
    static const char *const rows[][3] = {{"SO1", "a", "2026-10-05"}, {"SO2", "b", "x"}};
    compute("contract_id", "if source['数量'] == 'a' then return 'K' .. source['数量'] end", rows,
            2);
    has_cell("sales_order", 0, "contract_id", "Ka");
    has_cell("sales_order", 1, "contract_id", NULL);
    assert_int_equal(problems_of(PROBLEM_INVALID_CELL), 0);
    tear_down(state);
    compute("order_date", "return source['单价']", rows, 2);
    has_cell("sales_order", 0, "order_date", "2026-10-05");
    has_cell("sales_order", 1, "order_date", NULL);
    assert_int_equal(problem_at(PROBLEM_INVALID_CELL, 3)->line, 3);
}

static const char *reason_at(int line)
{
    return said(problem_at(PROBLEM_INVALID_CELL, line)->reason);
}

static void columns_without_a_header_have_places(void **state)
{
    (void)state;
    static const char *const rows[][3] = {{"SO1", "3", "0.10"}};
    names[0] = "column 1";
    names[1] = "column 2";
    compute("amount", "return source[1] * source[2]", rows, 1);
    has_cell("sales_order", 0, "amount", "0.30");
    tear_down(state);
    compute("amount", "return source[3] * 2", rows, 1);
    assert_non_null(strstr(reason_at(2), "no column 3; it has 2"));
    tear_down(state);
    compute("amount", "return source.price * 2", rows, 1);
    assert_non_null(strstr(reason_at(2), "write source[1]"));
    tear_down(state);
    names[0] = "数量";
    names[1] = "单价";
    compute("amount", "return source[1] * 2", rows, 1);
    assert_non_null(strstr(reason_at(2), "source[\"数量\"]"));
}

static void functions_of_numbers_want_decimals(void **state)
{
    (void)state;
    static const char *const rows[][3] = {{"SO1", "3", "1,000.00"}, {"SO2", "3", "x"}};
    compute("amount", "return div(source['单价'], 3, 2)", rows, 1);
    assert_non_null(strstr(reason_at(2), "write decimal(x)"));
    tear_down(state);
    compute("amount", "return div(decimal(source['单价']), 3, 2)", rows, 2);
    has_cell("sales_order", 0, "amount", "333.33");
    assert_non_null(strstr(reason_at(3), "'x'"));
}

static void a_loop_costs_its_cells_not_the_audit(void **state)
{
    (void)state;
    static const char *const rows[][3] = {{"SO1", "1", "2"}, {"SO2", "1", "3"}};
    compute("amount", "if source['单价'] == '2' then while true do end end return 5", rows, 2);
    has_cell("sales_order", 0, "amount", NULL);
    assert_true(problems_of(PROBLEM_INVALID_CELL) >= 1);
}

// The engagement file runs once more beside the data, and may end otherwise there.
static void an_engagement_that_fails_beside_its_data_says_where(void **state)
{
    (void)state;
    static const char *const rows[][3] = {{"SO1", "3", "1.10"}};
    struct error error = {0};
    more = "assert(as_of == nil, 'as_of is not known here')\n";
    assert_int_equal(try_to_compute("amount", "return nil", rows, 1, &error), -1);
    more = "";
    assert_string_equal(error.where, "audit.lua:3");
    assert_string_equal(error.message, "as_of is not known here");
}

static void an_empty_cell_is_nil(void **state)
{
    (void)state;
    static const char *const rows[][3] = {
        {"SO1", "", "5"}, {"SO2", " ", "=\"7\""}, {"SO3", "2", "'3"}};
    compute("amount", "return decimal(source['数量'] or '0') - source['单价']", rows, 3);
    has_cell("sales_order", 0, "amount", "-5.00");
    has_cell("sales_order", 1, "amount", "-7.00");
    has_cell("sales_order", 2, "amount", "-1.00");
}

static void dates_calculate(void **state)
{
    (void)state;
    static const char *const rows[][3] = {{"SO1", "46300", "2026/10/5"},
                                          {"SO2", "x", "2026-10-07"}};
    compute("order_date", "return date('1899-12-30') + source['数量']", rows, 2);
    has_cell("sales_order", 0, "order_date", "2026-10-05");
    problem_at(PROBLEM_INVALID_CELL, 3);
}

static void dates_of_texts(void **state)
{
    (void)state;
    static const char *const rows[][3] = {{"SO1", "2026年10月5日", "2026/10/7"}};
    compute("amount", "return date(source['单价']) - source['数量']", rows, 1);
    has_cell("sales_order", 0, "amount", "2.00");
}

static void many_places_until_rounded(void **state)
{
    (void)state;
    static const char *const rows[][3] = {
        {"SO1", "1358640412.6999999990684979", "0.30000000000000004"}};
    compute("amount", "return round(source['数量'], 2) + round(source['单价'] * 3, 2)", rows, 1);
    has_cell("sales_order", 0, "amount", "1358640413.60");
}

static void what_needs_sealed_data_is_refused(void **state)
{
    (void)state;
    static const char *const rows[][3] = {{"SO1", "1", "2"}};
    compute("amount", "return rows('customer')", rows, 1);
    assert_non_null(
        strstr(said(problem_at(PROBLEM_INVALID_CELL, 2)->reason), "rows: references are not"));
}

int main(void)
{
#define TEST(test) cmocka_unit_test_setup_teardown(test, NULL, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(columns_are_multiplied_exactly),
        TEST(an_empty_cell_is_nil),
        TEST(dates_calculate),
        TEST(dates_of_texts),
        TEST(many_places_until_rounded),
        TEST(what_needs_sealed_data_is_refused),
        TEST(what_goes_wrong_on_a_row_is_an_invalid_cell),
        TEST(texts_dates_and_nothing),
        TEST(columns_without_a_header_have_places),
        TEST(functions_of_numbers_want_decimals),
        TEST(a_loop_costs_its_cells_not_the_audit),
        TEST(an_engagement_that_fails_beside_its_data_says_where),
    };
    return cmocka_run_group_tests_name("computation", tests, NULL, NULL);
}
