// SPDX-License-Identifier: MIT
// The list of imports: which files are taken, replaced, left over; control totals; threads.
#include "engine/base/calendar.h"
#include "engine/data/extent.h"
#include "tests/unit/import_fixture.h"
#include "tests/unit/total_text.h"

#include <sys/stat.h>

#define ORDERS "[{'kind':'csv','table':'sales_order','file':'x.csv','line':7}]"

static int threads(void)
{
    int count = 0;
    DIR *tasks = opendir("/proc/self/task");
    for (struct dirent *entry; tasks && (entry = readdir(tasks));)
        count += entry->d_name[0] != '.';
    if (tasks)
        closedir(tasks);
    return count;
}

static void a_folder_gives_every_table_it_holds(void **state)
{
    (void)state;
    fixture_write("sales_order.csv", "order_id\nSO1\n");
    fixture_write("customer.csv", "customer_id,name\nC1,a\nC2,b\n");
    fixture_write("customers.csv", "x\n");
    fixture_write("readme.txt", "x\n");
    fixture_succeeds("[{'kind':'csv','folder':'.'}]");
    assert_int_equal(fixture_data->tables[SALES_ORDER].rows, 1);
    assert_int_equal(fixture_data->tables[CUSTOMER].rows, 2);
    assert_int_equal(fixture_summary.item_count, 2);
    assert_string_equal(fixture_summary.items[0].name, "customer.csv");
    assert_int_equal(fixture_summary.items[0].rows, 2);
    assert_int_equal(fixture_summary.items[1].table, SALES_ORDER);
    assert_int_equal(fixture_summary.unused_count, 2);
    assert_string_equal(fixture_summary.unused[0], "customers.csv");
    assert_string_equal(fixture_summary.unused[1], "readme.txt");
}

static void a_source_is_described(void **state)
{
    (void)state;
    fixture_write("x.csv", "order_id,foo\nSO1,\n");
    fixture_succeeds("[{'kind':'csv','table':'sales_order','file':'./x.csv',"
                     "'extracted':{'system':'U8'}}]");
    const struct source *source = &fixture_data->sources[0];
    assert_string_equal(source->name, "x.csv");
    assert_int_equal(source->bytes, 18);
    assert_int_equal(strlen(source->sha256), 64);
    assert_string_equal(json_string_value(json_object_get(source->details, "encoding")), "UTF-8");
    assert_string_equal(
        json_string_value(json_object_get(json_object_get(source->details, "extracted"), "system")),
        "U8");
    assert_int_equal(json_array_size(json_object_get(source->details, "unmapped")), 1);
    assert_int_equal(json_array_size(json_object_get(source->details, "columns")), 1);
}

static void a_source_says_up_to_when_it_goes(void **state)
{
    (void)state;
    fixture_write("x.csv", "order_id\nSO1\n");
    fixture_write("y.csv", "order_id\nSO2\n");
    fixture_succeeds(
        "[{'kind':'csv','table':'sales_order','file':'x.csv',"
        "'extracted':{'from':'2026-10-01','to':'2026-10-31'}},"
        "{'kind':'csv','table':'sales_order','file':'y.csv','extracted':{'to':'2026-11-03'}}]");
    int sales_order = model_find_table(fixture_data->model, "sales_order");
    assert_int_equal(fixture_data->extent_count, 2);
    assert_int_equal(fixture_data->extents[0].table, sales_order);
    assert_int_equal(fixture_data->extents[0].to - fixture_data->extents[0].from, 30);
    assert_int_equal(fixture_data->extents[1].from, CALENDAR_DAY_MIN);
    assert_int_equal(fixture_data->extents[1].to - fixture_data->extents[0].to, 3);
    fixture_fails("[{'kind':'csv','table':'sales_order','file':'x.csv','line':7,"
                  "'extracted':{'to':'soon'}}]",
                  ERROR_USAGE, "audit.lua:7", "extracted.to is no day");
}

static void a_folders_table_without_its_key_is_not_imported(void **state)
{
    (void)state;
    fixture_write("customer.csv", "customer_id\nC1\n");
    fixture_write("sales_order.csv", "note\nx\n");
    fixture_succeeds("[{'kind':'csv','folder':'.'}]");
    assert_true(fixture_data->tables[CUSTOMER].imported);
    assert_false(fixture_data->tables[SALES_ORDER].imported);
    const struct problem *problem = fixture_problem(PROBLEM_KEYLESS_TABLE, 1, "is a key column");
    assert_string_equal(problem->column, "order_id");
    assert_true(problem_is_loss(problem->kind)); // the run is incomplete
    fixture_fails("[{'kind':'csv','table':'sales_order','file':'sales_order.csv'}]", ERROR_USAGE,
                  "", "nothing fills order_id, a key column of sales_order");
}

static void an_explicit_import_replaces_the_folders_file(void **state)
{
    (void)state;
    fixture_write("sales_order.csv", "order_id\nOLD\n");
    fixture_write("customer.csv", "customer_id\nC1\n");
    fixture_write("x.csv", "order_id\nSO1\n");
    fixture_write("y.csv", "order_id\nSO2\nSO3\n");
    fixture_succeeds("[{'kind':'csv','table':'sales_order','file':'x.csv'},"
                     "{'kind':'csv','folder':'.'},"
                     "{'kind':'csv','table':'sales_order','file':'y.csv'}]");
    fixture_has(3, 0); // several explicit imports append
    fixture_cell(0, ORDER_ID, "SO1");
    fixture_cell(1, ORDER_ID, "SO2");
    assert_int_equal(fixture_data->tables[CUSTOMER].rows, 1);
    assert_int_equal(fixture_summary.replaced_count, 1);
    assert_string_equal(fixture_summary.replaced[0], "sales_order.csv (replaced by x.csv)");
    assert_int_equal(fixture_summary.unused_count, 0);
    assert_int_equal(fixture_summary.items[2].import, 2);
}

static void one_file_may_feed_several_tables(void **state)
{
    (void)state;
    fixture_write("x.csv", "order,customer\nSO1,C1\nSO2,C2\n");
    fixture_succeeds("[{'kind':'csv','table':'sales_order','file':'x.csv',"
                     "'columns':[{'field':'order_id','source':'order'}]},"
                     "{'kind':'csv','table':'customer','file':'x.csv',"
                     "'columns':[{'field':'customer_id','source':'customer'}]}]");
    assert_int_equal(fixture_data->tables[SALES_ORDER].rows, 2);
    assert_int_equal(fixture_data->tables[CUSTOMER].rows, 2);
}

static void sources_that_are_not_there(void **state)
{
    (void)state;
    fixture_fails(ORDERS, ERROR_SOURCE, "x.csv", "No such file");
    fixture_fails("[{'kind':'csv','folder':'absent'}]", ERROR_SOURCE, "absent", "No such file");
    fixture_fails("[{'kind':'csv','folder':'.'}]", ERROR_SOURCE, ".", "holds no TABLE.csv");
    char path[256];
    snprintf(path, sizeof path, "%s/x.csv", fixture_folder);
    assert_int_equal(mkdir(path, 0700), 0);
    fixture_fails(ORDERS, ERROR_SOURCE, "x.csv", "is a directory");
    fixture_write("customer.csv", "customer_id\n");
    fixture_write("customer.csv.gz", "");
    fixture_fails("[{'kind':'csv','folder':'.'}]", ERROR_USAGE, "audit.lua",
                  "both customer.csv and customer.csv.gz");
}

static void the_first_error_is_told_whatever_the_threads_do(void **state)
{
    (void)state;
    int threads_before = threads();
    fixture_write("big.csv", "order_id\n");
    for (int run = 0; run < 30; run++) {
        fixture_options.jobs = 1 + run % 4;
        fixture_fails("[{'kind':'csv','table':'sales_order','file':'big.csv'},"
                      "{'kind':'csv','table':'sales_order','file':'absent1.csv'},"
                      "{'kind':'csv','table':'sales_order','file':'absent2.csv'},"
                      "{'kind':'csv','table':'sales_order','file':'absent3.csv'}]",
                      ERROR_SOURCE, "absent1.csv", "No such file");
    }
    assert_int_equal(threads(), threads_before);
}

static void declarations_that_are_wrong(void **state)
{
    (void)state;
    fixture_write("x.csv", "order_id\n");
    static const char *const wrong[][2] = {
        {"'kind':'oracle','conninfo':'x'", "import.oracle is not available in this build"},
        {"'kind':'postgres','conninfo':'x'", "needs `schema`, or `table`"},
        {"'kind':'csv'", "needs `folder`, or `table` and `file`"},
        {"'kind':'csv','file':'x.csv'", "needs its `table`"},
        {"'kind':'csv','file':'x.csv','table':'sales_odrer'",
         "no table \"sales_odrer\" (meant \"sales_order\"?)"},
        {"'kind':'csv','file':'x.csv','table':'sales_order','encoding':'GB18O30'",
         "unknown encoding \"GB18O30\""},
        {"'kind':'csv','file':'x.csv','table':'sales_order','encoding':7", "`encoding`"},
        {"'kind':'csv','file':'x.csv','table':'sales_order','header':1",
         "`header` must be true or false"},
        {"'kind':'csv','file':'x.csv','table':'sales_order','skip':-1",
         "`skip` must be a number of lines"},
        {"'kind':'csv','file':'x.csv','table':'sales_order','conninfo':'x'",
         "import.csv has no setting `conninfo`"},
        {"'kind':'postgres','conninfo':7,'schema':'erp'", "`conninfo` must be a text"},
        {"'kind':'postgres','conninfo':'','schema':'erp','encoding':'GBK'",
         "import.postgres has no setting `encoding`"},
        {"'kind':'postgres','conninfo':'','schema':'erp','expect':{'rows':1}",
         "import.postgres has no setting `expect` for a whole schema"},
        {"'kind':'csv','file':'x.csv','table':'sales_order','colunms':[]", "no setting `colunms`"},
        {"'kind':'csv','folder':'.','columns':[]", "no setting `columns` for a folder"},
        {"'kind':'csv','file':'x.csv','table':'sales_order','expect':{'sum':{'x':'1'}}",
         "no field \"x\""},
        {"'kind':'csv','file':'x.csv','table':'sales_order','expect':{'sum':{'note':'1'}}",
         "is no number"},
        {"'kind':'csv','file':'x.csv','table':'sales_order','expect':{'rows':'many'}",
         "must be a number"},
        {"'kind':'csv','file':'x.csv','table':'sales_order','expect':{'rows':'5-'}",
         "must be a number"},
        {"'kind':'csv','file':'x.csv','table':'sales_order','expect':{'sum':{'amount':'1.5.3'}}",
         "must be a number"},
        {"'kind':'csv','file':'x.csv','table':'sales_order','expect':{'total':'1'}",
         "no setting `total`"},
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        char declaration[300];
        snprintf(declaration, sizeof declaration, "[{'line':7,%s}]", wrong[i][0]);
        fixture_fails(declaration, ERROR_USAGE, "audit.lua:7", wrong[i][1]);
    }
    fixture_fails("[]", ERROR_USAGE, "audit.lua", "nothing is imported");
}

static void a_field_may_be_longer_than_the_import_allows(void **state)
{
    (void)state;
    fixture_write("x.csv", "order_id,note\nSO1,four\nSO2,fifth\n");
    fixture_succeeds("[{'kind':'csv','table':'sales_order','file':'x.csv','field_cap':8}]");
    assert_int_equal(fixture_data->problems.count, 0);
    fixture_write("x.csv", "a,b\nSO1,four\nSO2,fifth\n");
    fixture_succeeds(
        "[{'kind':'csv','table':'sales_order','file':'x.csv','field_cap':4,"
        "'columns':[{'field':'order_id','source':'a'},{'field':'note','source':'b'}]}]");
    fixture_problem(PROBLEM_REJECTED_RECORD, 3, "");
    fixture_fails("[{'kind':'csv','table':'sales_order','file':'x.csv','field_cap':0}]",
                  ERROR_USAGE, "audit.lua", "number of bytes");
}

static void control_totals(void **state)
{
    (void)state;
    fixture_write("x.csv", "order_id,amount\nSO1,1.10\nSO2,2.20\n");
    fixture_write("y.csv", "order_id,amount\nSO3,3.30\n");
    fixture_succeeds("[{'kind':'csv','table':'sales_order','file':'x.csv',"
                     "'expect':{'rows':'2','sum':{'amount':'3.30'}}},"
                     "{'kind':'csv','table':'sales_order','file':'y.csv',"
                     "'expect':{'rows':1,'sum':{'amount':'3.31'}}}]");
    // Each source answers for its own rows: what one has too many cannot make up for another's
    // lack.
    const struct expectation *all = fixture_data->expectations;
    assert_int_equal(fixture_data->expectation_count, 4);
    assert_true(all[0].met && all[1].met && all[2].met);
    is_total(all[1].actual, "3.3");
    assert_int_equal(all[3].source, 1);
    assert_string_equal(all[3].expected, "3.31");
    assert_false(all[3].met);
    fixture_succeeds("[{'kind':'csv','table':'sales_order','file':'x.csv','expect':{'rows':'2'}},"
                     "{'kind':'csv','table':'sales_order','file':'y.csv'}]");
    assert_int_equal(fixture_data->expectation_count, 1);
    fixture_write("z.csv", "order_id\nSO4\n");
    fixture_fails("[{'kind':'csv','table':'sales_order','file':'z.csv',"
                  "'expect':{'sum':{'amount':'1'}}}]",
                  ERROR_USAGE, "audit.lua", "does not fill");
}

struct seen {
    int64_t done, total, rows;
    int calls;
};

static void see(void *context, int64_t done, int64_t total, int64_t rows)
{
    *(struct seen *)context = (struct seen){done, total, rows, ((struct seen *)context)->calls + 1};
}

static void progress_ends_at_the_whole(void **state)
{
    (void)state;
    struct buffer text = {0};
    buffer_add_text(&text, "order_id,note\n");
    for (int row = 0; row < 20000; row++)
        buffer_printf(&text, "SO%d,\"5\" pipe\n", row);
    fixture_write_n("x.csv", text.data, text.length);
    struct seen seen = {0};
    int threads_before = threads();
    fixture_options.progress = see;
    fixture_options.progress_context = &seen;
    fixture_options.piece_size = 1000;
    fixture_succeeds(ORDERS);
    assert_true(seen.calls > 0);
    assert_int_equal(seen.done, text.length);
    assert_int_equal(seen.total, text.length);
    assert_int_equal(seen.rows, fixture_data->tables[SALES_ORDER].rows);
    assert_int_equal(threads(), threads_before);
    buffer_clear(&text);
}

static void every_kind_is_offered_to_engagements(void **state)
{
    (void)state;
    const struct import_kind *kinds = import_kinds();
    static const char *const shared[] = {"table", "null", "expect", "extracted", "columns"};
    static const char *const names[] = {"csv", "xlsx", "xls", "postgres"};
    enum { KINDS = sizeof names / sizeof *names };
    for (size_t i = 0; i < KINDS; i++)
        assert_string_equal(kinds[i].name, names[i]);
    assert_null(kinds[KINDS].name);
    for (size_t i = 0; i < KINDS; i++)
        for (size_t name = 0; name < sizeof shared / sizeof *shared; name++)
            assert_non_null(setting_find(kinds[i].settings, shared[name]));
    assert_non_null(setting_find(kinds[0].settings, "delimiter"));
    assert_null(setting_find(kinds[KINDS - 1].settings, "delimiter"));
    assert_non_null(setting_find(kinds[1].settings, "sheet"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FIXTURE_TEST(a_folder_gives_every_table_it_holds),
        FIXTURE_TEST(a_source_is_described),
        FIXTURE_TEST(a_source_says_up_to_when_it_goes),
        FIXTURE_TEST(a_folders_table_without_its_key_is_not_imported),
        FIXTURE_TEST(an_explicit_import_replaces_the_folders_file),
        FIXTURE_TEST(one_file_may_feed_several_tables),
        FIXTURE_TEST(sources_that_are_not_there),
        FIXTURE_TEST(the_first_error_is_told_whatever_the_threads_do),
        FIXTURE_TEST(declarations_that_are_wrong),
        FIXTURE_TEST(every_kind_is_offered_to_engagements),
        FIXTURE_TEST(control_totals),
        FIXTURE_TEST(a_field_may_be_longer_than_the_import_allows),
        FIXTURE_TEST(progress_ends_at_the_whole),
    };
    return cmocka_run_group_tests_name("import", tests, NULL, NULL);
}
