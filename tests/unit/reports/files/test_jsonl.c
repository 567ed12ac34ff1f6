// SPDX-License-Identifier: MIT
#include "reports/files/jsonl.h"

#include "tests/unit/sample_folder.h"
#include "tests/unit/sample_run.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static const char *written(const struct run *run)
{
    struct error error = {0};
    struct output *output = output_open(folder, &error);
    assert_int_equal(jsonl_write(run, output, &error), 0);
    output_free(output);
    return folder_content("exceptions.jsonl");
}

static void test_an_exception_has_the_fields_of_the_format_in_order(void **state)
{
    (void)state;
    struct sample *sample = sample_new();
    assert_string_equal(
        written(&sample->run),
        "{\"id\":\"PRC-01:sale:S1/"
        "1\",\"control\":\"PRC-01\",\"severity\":\"high\",\"table\":\"sale\","
        "\"key\":\"S1/1\",\"label\":null,\"date\":\"2026-10-05\",\"customer_id\":\"C1\","
        "\"actor_id\":null,\"amount\":\"1.00\",\"currency\":\"CNY\",\"amount_kind\":"
        "\"misstatement\","
        "\"message\":\"sold at 9 \\\"net\\\", floor 10\",\"values\":{\"floor\":\"10\",\"price\":"
        "\"9 \\\"net\\\"\"},\"evidence\":[{\"table\":\"price\",\"key\":\"P,1\",\"source\":"
        "\"data/price.csv:2\"}],\"source\":\"data/"
        "sale.csv:2\",\"fingerprint\":\"f1\",\"rule\":\"aa\",\"assumptions\":[],"
        "\"status\":\"open\",\"waiver\":null,\"disposition\":null,\"unknown\":null}\n"
        "{\"id\":\"PRC-01:sale:S2/1#late\",\"control\":\"PRC-01\",\"severity\":\"low\",\"table\":"
        "\"sale\",\"key\":\"S2/"
        "1\",\"label\":\"late\",\"date\":\"2026-10-06\",\"customer_id\":\"=C2\","
        "\"actor_id\":null,\"amount\":null,\"currency\":null,\"amount_kind\":null,"
        "\"message\":\"sold at –, floor –\",\"values\":{},\"evidence\":[],"
        "\"source\":\"data/"
        "sale.csv:3\",\"fingerprint\":\"f2\",\"rule\":\"aa\",\"assumptions\":[],\"status\":"
        "\"open\","
        "\"waiver\":null,\"disposition\":null,\"unknown\":null}"
        "\n");
    sample_free(sample);
}

static void test_a_cut_character_is_replaced(void **state)
{
    (void)state;
    struct sample *sample = sample_new();
    sample->evaluation.finding_count = 1;
    sample->values[0].text = "\xE4\xBD";
    assert_non_null(strstr(written(&sample->run), "\"floor\":\"\xEF\xBF\xBD\xEF\xBF\xBD\""));
    sample_free(sample);
}

static void test_no_exceptions_make_an_empty_file(void **state)
{
    (void)state;
    struct sample *sample = sample_new();
    sample->evaluation.finding_count = 0;
    assert_string_equal(written(&sample->run), "");
    assert_true(folder_has("exceptions.jsonl"));
    sample_free(sample);
}

static void test_the_control_s_own_date_comes_before_the_table_s(void **state)
{
    (void)state;
    struct sample *sample = sample_new();
    sample->controls[0].period = "sold_on";
    struct model_table *sale =
        &sample->engagement.model->tables[model_find_table(sample->engagement.model, "sale")];
    int field = sale->period.field;
    sale->period.field = -1;
    assert_non_null(strstr(written(&sample->run), "\"date\":\"2026-10-05\""));
    sample->controls[0].period = NULL;
    assert_non_null(strstr(written(&sample->run), "\"date\":null"));
    sale->period.field = field;
    sample_free(sample);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, folder_make, folder_remove)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_an_exception_has_the_fields_of_the_format_in_order),
        TEST(test_a_cut_character_is_replaced),
        TEST(test_no_exceptions_make_an_empty_file),
        TEST(test_the_control_s_own_date_comes_before_the_table_s),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
