// SPDX-License-Identifier: MIT
#include "adapters/table_file.h"

#include "tests/unit/import_fixture.h"

static void a_file_is_the_table_it_is_named_like(void **state)
{
    (void)state;
    static const struct {
        const char *file;
        int table;
    } files[] = {
        {"customer.csv", CUSTOMER}, {"sales_order.csv.gz", SALES_ORDER},
        {"customer.CSV", CUSTOMER}, {"SALES_ORDER.CSV.GZ", SALES_ORDER},
        {"customer", -1},           {".csv", -1},
        {"customer.csv.bak", -1},   {"customer.2026.csv", -1},
        {"customer.gz", -1},        {".customer.csv", -1},
        {"customers.csv", -1},      {"", -1},
    };
    static const char *const endings[] = {".csv", ".csv.gz", NULL}, *const none[] = {"", NULL};
    assert_int_equal(table_file_find(&fixture_model, "Customer", none), CUSTOMER);
    for (size_t i = 0; i < sizeof files / sizeof *files; i++)
        if (table_file_find(&fixture_model, files[i].file, endings) != files[i].table)
            fail_msg("%s", files[i].file);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(a_file_is_the_table_it_is_named_like)};
    return cmocka_run_group_tests_name("table_file", tests, NULL, NULL);
}
