// SPDX-License-Identifier: MIT
#include "adapters/listing.h"

#include "tests/unit/sample_folder.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static const char *const columns[] = {"id", "?owner", "comment", NULL};
static struct listing listing;
static struct error error;
static const char *encoding;

static int read_text(const char *text)
{
    folder_put("list.csv", text);
    error = (struct error){0};
    return listing_read(&listing, folder_path("list.csv"), "list.csv", encoding, columns, &error);
}

static void columns_come_in_any_order_and_some_may_be_absent(void **state)
{
    (void)state;
    assert_int_equal(read_text("\xEF\xBB\xBF"
                               "comment,id\n\"a, b\",X\n\n客户,Y\n"),
                     0);
    assert_int_equal(listing.row_count, 2);
    assert_int_equal(listing.rows[0].line, 2);
    assert_string_equal(listing.rows[0].cells[0], "X");
    assert_string_equal(listing.rows[0].cells[1], "");
    assert_string_equal(listing.rows[0].cells[2], "a, b");
    assert_int_equal(listing.rows[1].line, 4);
    assert_string_equal(listing.rows[1].cells[2], "客户");
    assert_int_equal(strlen(listing.sha256), 64);
    listing_clear(&listing);
}

static void a_record_that_cannot_be_split_keeps_its_place_and_reason(void **state)
{
    (void)state;
    assert_int_equal(read_text("id,owner,comment\nX\nY,O,c\n"), 0);
    assert_int_equal(listing.row_count, 2);
    assert_non_null(listing.rows[0].reason);
    assert_null(listing.rows[0].cells);
    assert_null(listing.rows[1].reason);
    listing_clear(&listing);
}

static void what_is_no_text_is_refused(void **state)
{
    (void)state;
    assert_int_equal(read_text("id,comment\nX,a\nY,\xC0\xED\n"), -1);
    assert_int_equal(error.kind, ERROR_USAGE);
    assert_non_null(strstr(error.message, "line 3: is not text in UTF-8; state its `encoding`"));
    listing_clear(&listing);
    encoding = "GB18030";
    assert_int_equal(read_text("id,comment\nY,\xC0\xED\n"), 0);
    assert_string_equal(listing.rows[0].cells[2], "理");
    listing_clear(&listing);
    assert_int_equal(read_text("id,comment\nY,理由\n"), -1);
    assert_non_null(strstr(error.message, "is valid UTF-8"));
    encoding = NULL;
    listing_clear(&listing);
}

static void a_workbook_is_no_list(void **state)
{
    (void)state;
    assert_int_equal(read_text("PK\3\4id,comment\n"), -1);
    assert_non_null(strstr(error.message, "is a workbook"));
    listing_clear(&listing);
}

static void the_file_as_a_whole_is_a_usage_error(void **state)
{
    (void)state;
    static const char *const texts[] = {"", "id,owner\nX,O\n", "id,comment,id\nX,c,X\n",
                                        "id,comment,onwer\nX,c,O\n"};
    static const char *const words[] = {"header", "comment", "twice", "did you mean owner?"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        assert_int_equal(read_text(texts[i]), -1);
        assert_int_equal(error.kind, ERROR_USAGE);
        assert_non_null(strstr(error.message, words[i]));
        listing_clear(&listing);
    }
    assert_int_equal(
        listing_read(&listing, folder_path("none.csv"), "none.csv", NULL, columns, &error), -1);
    assert_int_equal(error.kind, ERROR_USAGE);
    assert_string_equal(error.where, "none.csv");
}

#define FOLDER_TEST(test) cmocka_unit_test_setup_teardown(test, folder_make, folder_remove)

int main(void)
{
    const struct CMUnitTest tests[] = {
        FOLDER_TEST(columns_come_in_any_order_and_some_may_be_absent),
        FOLDER_TEST(a_record_that_cannot_be_split_keeps_its_place_and_reason),
        FOLDER_TEST(what_is_no_text_is_refused),
        FOLDER_TEST(a_workbook_is_no_list),
        FOLDER_TEST(the_file_as_a_whole_is_a_usage_error),
    };
    return cmocka_run_group_tests_name("listing", tests, NULL, NULL);
}
