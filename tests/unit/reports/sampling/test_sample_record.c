// SPDX-License-Identifier: MIT
#include "reports/sampling/sample_record.h"
#include "tests/unit/drawn_sample.h"

static void test_a_record_comes_back(void **state)
{
    (void)state;
    struct sample sample = {0};
    assert_int_equal(write_sample(SAMPLE_MONETARY_UNIT, folder), 0);
    assert_int_equal(sample_record_read(&sample, folder_path(SAMPLE_RECORD), &error), 0);
    assert_string_equal(sample.table, "sales_order");
    assert_string_equal(sample.seed, "s1");
    assert_int_equal(sample.interval, 2002); // 60.00 / 2.995733
    assert_int_equal(sample.rows, 3);
    assert_true(sample.total == 18550);
    assert_int_equal(sample.item_count, 3);
    assert_string_equal(sample.items[1].key, "=1+1");
    assert_int_equal(sample.items[1].book, 2550);
    assert_int_equal(strlen(sample.items[1].check), 10);
    sample_clear(&sample);
}

static void test_an_altered_record_is_refused(void **state)
{
    (void)state;
    struct sample sample = {0};
    assert_int_equal(write_sample(SAMPLE_MONETARY_UNIT, folder), 0);
    char *text = memory_text(folder_content(SAMPLE_RECORD));
    char *amount = strstr(text, "\"book_amount\": \"25.50\"");
    assert_non_null(amount);
    amount[strlen("\"book_amount\": \"")] = '9';
    folder_put(SAMPLE_RECORD, text);
    free(text);
    assert_int_equal(sample_record_read(&sample, folder_path(SAMPLE_RECORD), &error), -1);
    assert_int_equal(error.kind, ERROR_SOURCE);
    assert_non_null(strstr(error.message, "altered"));
    sample_clear(&sample);
}

static void test_what_is_no_record_is_refused(void **state)
{
    (void)state;
    struct sample sample = {0};
    static const char *const texts[] = {"",
                                        "{",
                                        "[]",
                                        "{}",
                                        "{\"format\":1,\"sample\":{}}",
                                        "{\"format\":2,\"sample\":{},\"sha256\":\"\"}"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        folder_put(SAMPLE_RECORD, texts[i]);
        error = (struct error){0};
        assert_int_equal(sample_record_read(&sample, folder_path(SAMPLE_RECORD), &error), -1);
        assert_int_equal(error.kind, ERROR_SOURCE);
        sample_clear(&sample);
    }
    assert_int_equal(sample_record_read(&sample, folder_path("absent"), &error), -1);
}

// Hashed anew by somebody, so that only its content speaks against it.
static void test_a_record_of_no_possible_sample_is_refused(void **state)
{
    (void)state;
    static const char *const wrong[][2] = {
        {"confidence", "0"}, {"confidence", "1"}, {"tolerable", "0"}, {"interval", "0.00"}};
    assert_int_equal(write_sample(SAMPLE_MONETARY_UNIT, folder), 0);
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        char digits[HASH_TEXT];
        struct sample sample = {0};
        json_t *record = json_load_file(folder_path(SAMPLE_RECORD), 0, NULL);
        json_t *stated = json_object_get(record, "sample");
        json_object_set_new(stated, wrong[i][0], json_string(wrong[i][1]));
        sample_record_hash(stated, digits);
        json_object_set_new(record, "sha256", json_string(digits));
        assert_int_equal(json_dump_file(record, folder_path("wrong.json"), 0), 0);
        json_decref(record);
        error = (struct error){0};
        assert_int_equal(sample_record_read(&sample, folder_path("wrong.json"), &error), -1);
        assert_non_null(strstr(error.message, "cannot be understood"));
        sample_clear(&sample);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        PAPER_TEST(test_a_record_comes_back),
        PAPER_TEST(test_an_altered_record_is_refused),
        PAPER_TEST(test_a_record_of_no_possible_sample_is_refused),
        PAPER_TEST(test_what_is_no_record_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
