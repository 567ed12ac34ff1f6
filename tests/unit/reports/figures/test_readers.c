// SPDX-License-Identifier: MIT
#include "reports/figures/readers.h"

#include "tests/unit/evaluation_fixture.h"

static void says(const char *table, const char *field, const char *expected)
{
    struct buffer ids = {0};
    readers_add(&engagement, table, field, &ids);
    assert_string_equal(buffer_text(&ids), expected);
    buffer_clear(&ids);
}

static void test_who_reads_what(void **state)
{
    (void)state;
    world_start(model_of(trade_model));
    declare("control \"OWN-01\" { title = \"t\", severity = \"low\", population = \"price\", "
            "test = function(row) if row.grade then return exception { floor = row.floor } end "
            "end }\n"
            "control \"OWN-02\" { title = \"t\", severity = \"low\", population = \"price\", "
            "test = function(row) if row.grade then return exception {} end end }");
    says("price", "grade", "OWN-01, OWN-02");
    says("price", "floor", "OWN-01"); // shown is read, too
    says("price", NULL, "OWN-01, OWN-02");
    says("price", "region", "");
    says("customer", NULL, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {EVALUATION_TEST(test_who_reads_what)};
    return cmocka_run_group_tests_name("readers", tests, NULL, NULL);
}
