// SPDX-License-Identifier: MIT
#include "reports/files/csv_files.h"

#include "tests/unit/sample_folder.h"
#include "tests/unit/sample_run.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void write_files(const struct run *run)
{
    struct error error = {0};
    struct output *output = output_open(folder, &error);
    assert_int_equal(csv_files_write(run, output, &error), 0);
    output_free(output);
}

static void test_exceptions_are_flat_lines(void **state)
{
    (void)state;
    struct sample *sample = sample_new();
    write_files(&sample->run);
    assert_string_equal(
        folder_content("exceptions.csv"),
        "id,control,severity,table,key,label,date,customer_id,actor_id,amount,currency,amount_kind,"
        "message,values,evidence,source,fingerprint,rule,assumptions,status,waiver,waiver_"
        "status,waiver_reason,owner,disposition,cause,comment,unknown\n"
        "PRC-01:sale:S1/1,PRC-01,high,sale,S1/1,,2026-10-05,C1,,1.00,CNY,misstatement,"
        "\"sold at 9 \"\"net\"\", floor 10\",\"floor=10; price=9 \"\"net\"\"\","
        "\"price P,1 (data/price.csv:2)\",data/sale.csv:2,f1,aa,,open,,,,,,,,\n"
        "PRC-01:sale:S2/1#late,PRC-01,low,sale,S2/1,late,2026-10-06,'=C2,,,,,"
        "\"sold at –, floor –\",,,data/sale.csv:3,f2,aa,,open,,,,,,,,\n");
    sample_free(sample);
}

static void test_controls_of_the_run_are_listed_with_their_counts(void **state)
{
    (void)state;
    struct sample *sample = sample_new();
    sample->run.language = "zh";
    write_files(&sample->run);
    assert_string_equal(
        folder_content("controls.csv"),
        "control,title,severity,status,loaded,in_scope,not_applicable,tested,passed,passed_assumed,"
        "untestable,errors,exception_rows,exceptions,waived,amount,currency,amount_kind,"
        "assumptions,reason,open_amount,"
        "suggested_grade,grade_reason,passed_same_day,same_day_amount,"
        "passed_within_tolerance,within_tolerance_amount\n"
        "PRC-01,低于最低限价,high,exceptions,3,3,0,3,1,0,0,0,2,2,0,1.00,CNY,misstatement,,,1.00,,,"
        "0,,0,\n"
        "PRC-02,Second control,low,not_run,0,0,0,0,0,0,0,0,0,0,0,,,,,approval was not "
        "imported,,,,0,,0,\n");
    sample_free(sample);
}

static void test_amounts_of_several_currencies_are_joined(void **state)
{
    (void)state;
    struct sample *sample = sample_new();
    struct sum amounts[] = {
        {AMOUNT_MISSTATEMENT, "CNY", true, total_of_units(-1, 0), 1},
        {AMOUNT_MISSTATEMENT, "JPY", false, total_of_units((__int128)1 << 96, 0), 1}};
    sample->results[0].amounts = (struct sums){.items = amounts, .count = 2};
    write_files(&sample->run);
    assert_non_null(strstr(folder_content("controls.csv"),
                           ",'-1.00; 79228162514264337593543950336,CNY; JPY,misstatement,"));
    sample->results[0].amounts.count = 1;
    write_files(&sample->run);
    assert_non_null(strstr(folder_content("controls.csv"), ",-1.00,CNY,misstatement,"));
    sample_free(sample);
}

static void test_parameters_keep_their_form(void **state)
{
    (void)state;
    struct sample *sample = sample_new();
    struct parameter parameters[] = {
        {.name = "limit", .value = json_string("-5.0"), .type = "decimal", .origin = "policy"},
        {.name = "role", .value = json_string("-manager"), .type = "text", .origin = "engagement"},
        {.name = "days", .value = json_integer(30), .type = "int", .origin = "command line"},
        {.name = "roles",
         .value = json_pack("[ss]", "gm", "cfo"),
         .type = "list",
         .origin = "default"},
    };
    sample->controls[0].parameters = parameters;
    sample->controls[0].parameter_count = 4;
    write_files(&sample->run);
    assert_string_equal(folder_content("parameters.csv"),
                        "control,parameter,value,origin\n"
                        "PRC-01,limit,-5.0,policy\n"
                        "PRC-01,role,'-manager,engagement\n"
                        "PRC-01,days,30,command line\n"
                        "PRC-01,roles,\"[\"\"gm\"\", \"\"cfo\"\"]\",default\n");
    for (int i = 0; i < 4; i++)
        json_decref(parameters[i].value);
    sample_free(sample);
}

static void test_problems_say_where_and_why(void **state)
{
    (void)state;
    struct sample *sample = sample_new();
    write_files(&sample->run);
    const char *text = folder_content("data_problems.csv");
    const char *expected = "kind,table,source,line,column,value,reason\n"
                           "invalid cell,sale,data/sale.csv,4,amount,oops,";
    assert_int_equal(strncmp(text, expected, strlen(expected)), 0);
    sample_free(sample);
}

static void test_totals_tie_to_the_source(void **state)
{
    (void)state;
    struct sample *sample = sample_new();
    write_files(&sample->run);
    assert_string_equal(folder_content("totals.csv"),
                        "table,column,records_read,loaded,rejected,sum,empty,invalid,expected,"
                        "difference,left_out,repeated,merged,footers\n"
                        "price,,2,2,0,,,,,,0,0,0,0\n"
                        "price,floor,,2,,30,0,0,,,,,,\n"
                        "sale,,3,3,0,,,,4,-1,0,0,0,0\n"
                        "sale,line_no,,3,,3,0,0,,,,,,\n"
                        "sale,amount,,3,,4,0,1,,,,,,\n");
    sample_free(sample);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, folder_make, folder_remove)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_exceptions_are_flat_lines),
        TEST(test_controls_of_the_run_are_listed_with_their_counts),
        TEST(test_amounts_of_several_currencies_are_joined),
        TEST(test_parameters_keep_their_form),
        TEST(test_problems_say_where_and_why),
        TEST(test_totals_tie_to_the_source),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
