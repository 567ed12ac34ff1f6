// SPDX-License-Identifier: MIT
#include "reports/past/verification.h"

#include "engine/base/hash.h"
#include "reports/report.h"
#include "tests/unit/sample_folder.h"
#include "tests/unit/sample_run.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/stat.h>

#include <cmocka.h>

static char said[4096];

static void put_hashed(const char *name, const char *text, char sha256[HASH_TEXT])
{
    int64_t bytes;
    folder_put(name, text);
    assert_int_equal(hash_file(folder_path(name), sha256, &bytes), 0);
}

// Writes a run into folder/out whose sources and engagement lie in folder/, its rules in
// folder/rules.
static int write_run(void **state)
{
    struct error error = {0};
    if (folder_make(state) < 0)
        return -1;
    mkdir(folder_path("data"), 0777);
    mkdir(folder_path("rules"), 0777);
    struct sample *sample = sample_new();
    struct data *data = (struct data *)sample->run.data;
    char price[HASH_TEXT], rule[HASH_TEXT];
    put_hashed("data/price.csv", "price_id,floor\n", price);
    data->sources[0].sha256 = price;
    data->sources[1].sha256 = NULL; // as a database: no bytes of its own
    char rules[160], path[160];
    strcpy(rules, folder_path("rules"));
    strcpy(path, folder_path("rules/prc.lua"));
    sample->file =
        (struct rule_file){.kind = RULE_FILE_CONTROLS, .path = path, .name = "rules/prc.lua"};
    put_hashed("rules/prc.lua", "control \"PRC-01\" {}\n", rule);
    sample->file.sha256 = rule;
    sample->engagement.files = &sample->file;
    sample->engagement.file_count = 1;
    sample->engagement.folder = folder;
    sample->run.rules_folder = rules;
    sample->run.formats = report_defaults;
    run_judge(&sample->run);
    struct output *output = output_open(folder_path("out"), &error);
    int result = report_write(&sample->run, output, &error);
    output_free(output);
    sample_free(sample);
    return result;
}

static struct verification verify(const char *name)
{
    struct verification verification = {.is_result = report_is_result};
    struct error error = {0};
    FILE *out = fmemopen(said, sizeof said, "w");
    assert_int_equal(verification_run(&verification, folder_path(name), out, &error), 0);
    fclose(out);
    return verification;
}

static void test_an_untouched_run_matches(void **state)
{
    (void)state;
    struct verification found = verify("out");
    assert_int_equal(found.matching, 11); // nine results, a source, a rule file
    assert_int_equal(found.changed + found.missing + found.unrecorded, 0);
    assert_int_equal(found.unhashed, 1);
    found = verify("out/run.json");
    assert_int_equal(found.matching, 11);
}

static void test_a_changed_result_is_named(void **state)
{
    (void)state;
    folder_put("out/exceptions.csv", "nothing found\n");
    struct verification found = verify("out");
    assert_int_equal(found.changed, 1);
    assert_int_equal(found.matching, 10);
    assert_string_equal(said, "changed result: exceptions.csv\n");
}

static void test_a_missing_source_is_named(void **state)
{
    (void)state;
    assert_int_equal(unlink(folder_path("data/price.csv")), 0);
    struct verification found = verify("out");
    assert_int_equal(found.missing, 1);
    assert_string_equal(said, "missing source: data/price.csv\n");
}

static void test_a_changed_rule_file_is_named(void **state)
{
    (void)state;
    folder_put("rules/prc.lua", "control \"PRC-01\" { }\n");
    struct verification found = verify("out");
    assert_int_equal(found.changed, 1);
    assert_string_equal(said, "changed rule file: rules/prc.lua\n");
}

// For who compares the hashes of rules.
static void test_files_of_rules_may_be_left_to_others(void **state)
{
    (void)state;
    struct verification verification = {
        .engagement_folder = folder, .inputs_only = true, .without_rules = true};
    struct error error = {0};
    FILE *out = fopen("/dev/null", "w");
    folder_put("rules/prc.lua", "control \"PRC-01\" { }\n");
    assert_int_equal(verification_run(&verification, folder_path("out"), out, &error), 0);
    assert_int_equal(verification.changed + verification.missing, 0);
    folder_put("data/price.csv", "changed\n");
    assert_int_equal(verification_run(&verification, folder_path("out"), out, &error), 0);
    assert_int_equal(verification.changed, 1);
    fclose(out);
}

static void test_a_result_added_later_is_named(void **state)
{
    (void)state;
    folder_put("out/exceptions.csv.bak", "not ours");
    assert_int_equal(verify("out").unrecorded, 0);
    char record[1 << 16];
    strcpy(record, folder_content("out/run.json"));
    char *name = strstr(record, "\"name\": \"totals.csv\"");
    assert_non_null(name);
    memcpy(name, "\"name\": \"tables.csv\"", strlen("\"name\": \"tables.csv\""));
    folder_put("out/run.json", record);
    struct verification found = verify("out");
    assert_int_equal(found.unrecorded, 1);
    assert_int_equal(found.missing, 1);
    assert_string_equal(said, "changed run record: run.json\nmissing result: tables.csv\n"
                              "unrecorded result: totals.csv\n");
}

static void test_sources_and_results_may_move_together(void **state)
{
    (void)state;
    char command[600];
    snprintf(command, sizeof command,
             "cd '%s' && mkdir moved && mv out data moved/ && mv rules shipped", folder);
    assert_int_equal(system(command), 0);
    struct verification found = verify("moved/out");
    assert_int_equal(found.missing, 1); // the rules
    struct verification given = {.is_result = report_is_result,
                                 .rules_folder = memory_text(folder_path("shipped"))};
    struct error error = {0};
    FILE *out = fmemopen(said, sizeof said, "w");
    assert_int_equal(verification_run(&given, folder_path("moved/out"), out, &error), 0);
    fclose(out);
    assert_int_equal(given.matching, 11);
    free((char *)given.rules_folder);
}

static void test_no_record_is_a_usage_error_and_a_damaged_one_is_not_read(void **state)
{
    (void)state;
    struct verification verification = {.is_result = report_is_result};
    struct error error = {0};
    assert_int_equal(verification_run(&verification, folder_path("data"), stdout, &error), -1);
    assert_int_equal(error.kind, ERROR_USAGE);
    folder_put("out/run.json", "{\"format\": 1,");
    assert_int_equal(verification_run(&verification, folder_path("out"), stdout, &error), -1);
    assert_int_equal(error.kind, ERROR_SOURCE);
    folder_put("out/run.json", "{\"format\": 99, \"deterministic\": {}}");
    assert_int_equal(verification_run(&verification, folder_path("out"), stdout, &error), -1);
    assert_int_equal(error.kind, ERROR_SOURCE);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, write_run, folder_remove)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_an_untouched_run_matches),
        TEST(test_a_changed_result_is_named),
        TEST(test_a_missing_source_is_named),
        TEST(test_a_changed_rule_file_is_named),
        TEST(test_files_of_rules_may_be_left_to_others),
        TEST(test_a_result_added_later_is_named),
        TEST(test_sources_and_results_may_move_together),
        TEST(test_no_record_is_a_usage_error_and_a_damaged_one_is_not_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
