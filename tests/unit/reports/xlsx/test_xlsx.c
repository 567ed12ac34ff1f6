// SPDX-License-Identifier: MIT
#include "reports/xlsx/xlsx.h"

#include "tests/unit/sample_folder.h"
#include "tests/unit/sample_package.h"
#include "tests/unit/sample_run.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/resource.h>

#include <cmocka.h>

static int write_to(struct run *run, const char *name, struct error *error)
{
    static const char *const formats[] = {"xlsx", NULL};
    run->formats = formats;
    run_judge(run);
    struct output *output = output_open(folder_path(name), error);
    int result = xlsx_write(run, output, error);
    output_free(output);
    return result;
}

static const char *sheet_of(struct run *run, int number)
{
    struct error error = {0};
    char part[64], path[512];
    assert_int_equal(write_to(run, "out", &error), 0);
    snprintf(part, sizeof part, "xl/worksheets/sheet%d.xml", number);
    snprintf(path, sizeof path, "%s", folder_path("out/report.xlsx"));
    return package_part(path, part);
}

static void assert_has(const char *text, const char *piece)
{
    if (!strstr(text, piece))
        fail_msg("no %s in %s", piece, text);
}

// The cell alone, as it stands in the sheet.
static const char *cell_of(const char *xml, const char *name)
{
    static char cell[1024];
    char start[32];
    snprintf(start, sizeof start, "<c r=\"%s\"", name);
    const char *at = strstr(xml, start), *end = at ? strstr(at, "</c>") : NULL;
    if (!end)
        fail_msg("no cell %s in %s", name, xml);
    snprintf(cell, sizeof cell, "%.*s", (int)(end - at), at);
    return cell;
}

enum { SUMMARY = 1, CONTROLS, EXCEPTIONS, EVIDENCE, PROBLEMS, PARAMETERS, MAPPING, RECORD };

static void test_the_summary_says_what_and_why_incomplete(void **state)
{
    (void)state;
    struct sample *sample = sample_new();
    const char *xml = sheet_of(&sample->run, SUMMARY);
    assert_has(xml, "<t>October</t>");
    assert_has(xml, "<t>incomplete</t>");
    assert_has(xml, "<t>sale (data/sale.csv): expected 4 records, found 3</t>");
    assert_has(xml, "<t>invalid cells: 1 (data_problems.csv)</t>");
    assert_has(xml, "<t>approval was not imported</t>");
    sample_free(sample);
}

static void test_controls_and_exceptions_lead_to_one_another(void **state)
{
    (void)state;
    struct sample *sample = sample_new();
    const char *xml = sheet_of(&sample->run, CONTROLS);
    assert_has(xml, "<hyperlink ref=\"A2\" location=\"'Exceptions'!A2\" display=\"PRC-01\"");
    assert_has(xml, "<autoFilter ref=\"A1:AN3\"/>");
    assert_null(strstr(xml, "PRC-03")); // of another profile
    xml = sheet_of(&sample->run, EXCEPTIONS);
    assert_has(xml, "<hyperlink ref=\"B3\" location=\"'Controls'!A2\"");
    assert_has(xml, "<hyperlink ref=\"Q3\" location=\"'Evidence'!A4\"");
    assert_has(xml, "<t>sold at 9 \"net\", floor 10</t>");
    assert_has(xml, "<t>=C2</t>");
    xml = sheet_of(&sample->run, EVIDENCE);
    assert_has(xml, "<hyperlink ref=\"A4\" location=\"'Exceptions'!A3\"");
    assert_has(xml, "<t>data/price.csv:2</t>");
    assert_has(xml, "<t>price_id=P,1; floor=10</t>");
    sample_free(sample);
}

static void test_each_further_currency_has_a_row_without_counts(void **state)
{
    (void)state;
    struct sample *sample = sample_new();
    struct sum amounts[] = {
        {AMOUNT_MISSTATEMENT, "CNY", true, total_of_units(-1, 0), 1},
        {AMOUNT_MISSTATEMENT, "JPY", false, total_of_units((__int128)1 << 96, 0), 1}};
    sample->results[0].amounts = (struct sums){.items = amounts, .count = 2};
    const char *xml = sheet_of(&sample->run, CONTROLS);
    assert_has(xml, "<t>79228162514264337593543950336</t>");
    assert_has(xml, "r=\"W3\" ");
    assert_null(strstr(xml, "r=\"G3\""));
    assert_has(xml, "<t>PRC-02</t>");
    xml = sheet_of(&sample->run, SUMMARY);
    assert_has(xml, "location=\"'Controls'!A4\" display=\"PRC-02\""); // two rows down
    sample_free(sample);
}

static void test_problems_and_the_record_are_there(void **state)
{
    (void)state;
    struct sample *sample = sample_new();
    assert_has(sheet_of(&sample->run, PROBLEMS), "<t>oops</t>");
    const char *xml = sheet_of(&sample->run, RECORD);
    assert_has(xml, "<t>scope.as_of</t>");
    assert_has(xml, "<t>counts.exceptions.high</t>");
    sample_free(sample);
}

static void waive(struct sample *sample, struct waivers *waivers, int count, const char *cells[][7])
{
    sample->controls[0].waivable = true;
    sample->engagement.waivers = (char *)"waivers.csv";
    for (int i = 0; i < count; i++)
        waivers_add(waivers, 2 + i, cells[i], NULL);
    waivers_apply(waivers, &sample->engagement, sample->run.data, &sample->evaluation);
    sample->run.waivers = waivers;
}

static void test_waivers_stand_beside_exceptions_and_are_taken_off_totals(void **state)
{
    (void)state;
    static const char *cells[][7] = {
        {"PRC-01:sale:S1/1", "f1", "known", "E1", "2026-09-20", "2026-12-31", ""},
        {"PRC-01:sale:S2/1#late", "f2", "too old", "E2", "2026-09-20", "2026-10-01", ""},
    };
    struct sample *sample = sample_new();
    struct waivers *waivers = waivers_new();
    waive(sample, waivers, 2, cells);
    const char *xml = sheet_of(&sample->run, EXCEPTIONS);
    assert_has(xml, "<t>waived</t>");
    assert_has(xml, "<t>applied</t>");
    assert_has(xml, "<t>known</t>");
    assert_has(xml, "<t>E1</t>");
    assert_has(xml, "<v>46387</v>"); // 2026-12-31
    assert_has(xml, "<t>open</t>");
    assert_has(xml, "<t>expired</t>");
    assert_has(xml, "<t>too old</t>");
    xml = sheet_of(&sample->run, CONTROLS);
    assert_has(cell_of(xml, "O2"), "<v>2</v>");
    assert_has(cell_of(xml, "P2"), "<v>1</v>");
    assert_has(cell_of(xml, "S2"), "<v>1</v>");
    assert_has(cell_of(xml, "U2"), "<v>0</v>");
    xml = sheet_of(&sample->run, SUMMARY);
    assert_has(xml, "<t>waivers.csv:3</t>");
    assert_has(xml, "<t>expired on 2026-10-01</t>");
    assert_null(strstr(xml, "<t>waivers.csv:2</t>"));
    sample->run.language = "zh";
    assert_has(sheet_of(&sample->run, EXCEPTIONS), "<t>已过期</t>");
    waivers_free(waivers);
    sample_free(sample);
}

static void test_what_people_note_stands_beside_exceptions(void **state)
{
    (void)state;
    static const char *cells[] = {"PRC-01:sale:S1/1", "li", "in work", "limit not in the ERP",
                                  "=asked"};
    struct sample *sample = sample_new();
    struct dispositions *dispositions = dispositions_new();
    dispositions_add(dispositions, 2, cells);
    dispositions_apply(dispositions, &sample->engagement, sample->run.data, &sample->evaluation);
    sample->run.dispositions = dispositions;
    const char *xml = sheet_of(&sample->run, EXCEPTIONS);
    assert_has(xml, "<t>li</t>");
    assert_has(xml, "<t>in work</t>");
    assert_has(xml, "<t>limit not in the ERP</t>");
    assert_has(xml, "<t>=asked</t>");
    dispositions_free(dispositions);
    sample_free(sample);
}

static void test_grades_are_suggested_with_their_thresholds(void **state)
{
    (void)state;
    struct sample *sample = sample_new();
    assert_null(strstr(sheet_of(&sample->run, CONTROLS), "deficiency"));
    sample->engagement.materiality = (struct materiality){.stated = true,
                                                          .amount = {200, 2},
                                                          .significant = {100, 2},
                                                          .significant_count = 10,
                                                          .material_count = 50};
    const char *xml = sheet_of(&sample->run, CONTROLS);
    assert_has(cell_of(xml, "Z2"), "<t>significant deficiency</t>");
    assert_has(cell_of(xml, "AA2"), "<t>amount</t>");
    assert_has(cell_of(xml, "AB2"), "from 1.00 CNY on, or from 10 such exceptions on");
    xml = sheet_of(&sample->run, SUMMARY);
    assert_has(xml, "(a suggestion, for judgement)");
    assert_has(xml, "from 2.00 CNY on, or from 50 open exceptions");
    sample->run.language = "zh";
    assert_has(sheet_of(&sample->run, SUMMARY), "控制缺陷等级建议（仅供判断参考）");
    assert_has(cell_of(sheet_of(&sample->run, CONTROLS), "Z2"), "<t>重要缺陷</t>");
    sample_free(sample);
}

static void test_documents_and_the_previous_run_are_named(void **state)
{
    (void)state;
    struct sample *sample = sample_new();
    sample->run.previous_sha256 = "c0ffee";
    const char *xml = sheet_of(&sample->run, SUMMARY);
    assert_has(xml, "<t>each document once</t>");
    assert_has(xml, "<t>found by several controls</t>");
    assert_has(xml, "<t>c0ffee</t>");
    xml = sheet_of(&sample->run, RECORD);
    assert_has(xml, "<t>previous</t>");
    assert_has(xml, "<t>c0ffee</t>");
    sample_free(sample);
}

static void test_a_mask_holds_in_every_sheet(void **state)
{
    (void)state;
    static const char *waiver[][7] = {
        {"PRC-01:sale:S2/1#客户", "f9", "asked for by 客户", "客户", "2026-09-20", "2026-12-31",
         ""},
        {"PRC-01:sale:S1/1", "f1", "asked for by 客户", "客户", "2026-09-20", "2026-12-31", ""}};
    static const char *note[] = {"PRC-01:sale:S1/1", "客户", "of 客户", "客户", "客户 called"};
    struct error error = {0};
    struct sample *sample = sample_new();
    struct data *data = (struct data *)sample->run.data;
    struct waivers *waivers = waivers_new();
    struct dispositions *dispositions = dispositions_new();
    struct parameter parameter = {.name = "who",
                                  .value = json_string("客户"),
                                  .declared = json_string("客户"),
                                  .type = "text",
                                  .origin = "policy"};
    sample->controls[0].parameters = &parameter;
    sample->controls[0].parameter_count = 1;
    sample->findings[1].row = 2;
    data->sources[1].details = json_pack("{s:s,s:[{s:s,s:s}]}", "table", "sale", "columns", "field",
                                         "customer", "value", "客户");
    waive(sample, waivers, 2, waiver);
    dispositions_add(dispositions, 2, note);
    dispositions_apply(dispositions, &sample->engagement, data, &sample->evaluation);
    sample->run.dispositions = dispositions;
    for (int sheet = SUMMARY; sheet <= RECORD; sheet++) // but for two, it is there without a mask
        if (sheet != CONTROLS && sheet != PROBLEMS)
            assert_has(sheet_of(&sample->run, sheet), "客户");
    struct mask *mask = mask_new(sample->engagement.model, "sale.customer", &error);
    mask_gather(mask, data);
    sample->run.mask = mask;
    for (int sheet = SUMMARY; sheet <= RECORD; sheet++)
        assert_null(strstr(sheet_of(&sample->run, sheet), "客户"));
    const char *xml = sheet_of(&sample->run, EVIDENCE);
    assert_has(xml, "<t>sale_id=S1; line_no=1; sold_on=2026-10-05; customer=***; amount=9.00</t>");
    mask_free(mask);
    json_decref(parameter.value);
    json_decref(parameter.declared);
    dispositions_free(dispositions);
    waivers_free(waivers);
    sample_free(sample);
}

static void test_columns_say_how_they_were_mapped(void **state)
{
    (void)state;
    static const struct {
        const char *columns, *mapped, *detail;
    } cases[] = {
        {"[{\"field\":\"floor\",\"source\":\"限价\"}]", "<t>direct</t>", "<t>限价</t>"},
        {"[{\"field\":\"floor\",\"source\":\"a\",\"group\":\".\",\"null\":[\"-\"]}]",
         "<t>converted</t>", "<t>thousands \".\"; empty when \"-\"</t>"},
        {"[{\"field\":\"floor\",\"source\":\"a\",\"map\":[[\"甲\",\"1\"],[\"乙\",\"2\"]]}]",
         "<t>converted</t>", "<t>values \"甲\" → \"1\", \"乙\" → \"2\"</t>"},
        {"[{\"field\":\"floor\",\"source\":\"a\",\"negate\":true}]", "<t>converted</t>",
         "<t>opposite sign</t>"},
        {"[{\"field\":\"floor\",\"source\":\"a\",\"negate\":\"红字\"}]", "<t>converted</t>",
         "<t>sign by column \"红字\"</t>"},
        {"[{\"field\":\"floor\",\"computed\":1}]", "<t>computed</t>",
         "<t>by a function of the engagement file</t>"},
        {"[{\"field\":\"floor\",\"value\":\"7\"}]", "<t>constant</t>", "<t>\"7\"</t>"},
        {"[]", "<t>missing</t>", "<t>floor</t>"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct sample *sample = sample_new();
        sample->run.data->sources[0].details =
            json_pack("{s:s,s:o,s:[s]}", "table", "price", "columns",
                      json_loads(cases[i].columns, 0, NULL), "unmapped", "备注");
        const char *xml = sheet_of(&sample->run, MAPPING);
        assert_has(xml, cases[i].mapped);
        assert_has(xml, cases[i].detail);
        assert_has(xml, "<t>not used</t>");
        assert_has(xml, "<t>备注</t>");
        sample_free(sample);
    }
}

static void test_parameters_are_numbers_where_they_are_numbers(void **state)
{
    (void)state;
    struct sample *sample = sample_new();
    struct parameter parameters[] = {
        {.name = "limit",
         .value = json_string("-5.0"),
         .declared = json_string("10"),
         .type = "decimal",
         .origin = "command line",
         .note = "board"},
        {.name = "role", .value = json_string("-manager"), .type = "text", .origin = "policy"},
        {.name = "roles",
         .value = json_pack("[ss]", "gm", "cfo"),
         .type = "list",
         .origin = "default"},
    };
    sample->controls[0].parameters = parameters;
    sample->controls[0].parameter_count = 3;
    const char *xml = sheet_of(&sample->run, PARAMETERS);
    assert_has(xml, "<v>-5</v>");
    assert_has(xml, "<v>10</v>");
    assert_has(xml, "<t>command line</t>");
    assert_has(xml, "<t>-manager</t>");
    assert_has(xml, "<t>[\"gm\", \"cfo\"]</t>");
    for (int i = 0; i < 3; i++)
        json_decref(parameters[i].value);
    json_decref(parameters[0].declared);
    sample_free(sample);
}

static void test_two_runs_give_the_same_bytes(void **state)
{
    (void)state;
    struct error error = {0};
    struct sample *sample = sample_new();
    sample->run.language = "zh";
    assert_int_equal(write_to(&sample->run, "one", &error), 0);
    sleep(2); // the clock of an archive counts in twos
    sample->run.jobs = 5;
    assert_int_equal(write_to(&sample->run, "two", &error), 0);
    struct package_bytes one = package_read(folder_path("one/report.xlsx"));
    struct package_bytes two = package_read(folder_path("two/report.xlsx"));
    assert_true(one.length > 0);
    assert_int_equal(one.length, two.length);
    assert_memory_equal(one.bytes, two.bytes, one.length);
    free(one.bytes);
    free(two.bytes);
    sample_free(sample);
}

static void test_no_room_is_an_error_and_leaves_nothing(void **state)
{
    (void)state;
    struct rlimit before, small = {4096, RLIM_INFINITY};
    struct error error = {0};
    struct sample *sample = sample_new();
    getrlimit(RLIMIT_FSIZE, &before);
    small.rlim_max = before.rlim_max;
    setrlimit(RLIMIT_FSIZE, &small);
    int result = write_to(&sample->run, "out", &error);
    setrlimit(RLIMIT_FSIZE, &before);
    assert_int_equal(result, -1);
    assert_int_equal(error.kind, ERROR_RESULT);
    assert_int_not_equal(*error.message, '\0');
    snprintf(folder + strlen(folder), 8, "/out");
    assert_int_equal(folder_entries(), 0);
    folder[strlen(folder) - 4] = '\0';
    sample_free(sample);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, folder_make, folder_remove)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_the_summary_says_what_and_why_incomplete),
        TEST(test_controls_and_exceptions_lead_to_one_another),
        TEST(test_each_further_currency_has_a_row_without_counts),
        TEST(test_problems_and_the_record_are_there),
        TEST(test_waivers_stand_beside_exceptions_and_are_taken_off_totals),
        TEST(test_what_people_note_stands_beside_exceptions),
        TEST(test_grades_are_suggested_with_their_thresholds),
        TEST(test_documents_and_the_previous_run_are_named),
        TEST(test_a_mask_holds_in_every_sheet),
        TEST(test_columns_say_how_they_were_mapped),
        TEST(test_parameters_are_numbers_where_they_are_numbers),
        TEST(test_two_runs_give_the_same_bytes),
        TEST(test_no_room_is_an_error_and_leaves_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
