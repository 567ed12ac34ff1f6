// SPDX-License-Identifier: MIT
#include "adapters/file_kind.h"
#include "tests/unit/import_fixture.h"

static const char container[] = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 and more";
static const char encrypted[] = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 "
                                "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0";

static enum file_kind kind_of(const char *text)
{
    return file_kind_of(text, strlen(text));
}

static void files_are_told_by_their_bytes(void **state)
{
    (void)state;
    assert_int_equal(kind_of(""), FILE_LIST);
    assert_int_equal(kind_of("order_id,amount\n"), FILE_LIST);
    assert_int_equal(kind_of("PK\3\4..."), FILE_ZIP);
    assert_int_equal(file_kind_of(container, sizeof container), FILE_CONTAINER);
    assert_int_equal(file_kind_of(encrypted, sizeof encrypted), FILE_ENCRYPTED);
    assert_int_equal(file_kind_of("\x09\x08\x10\0..", 6), FILE_OLD_SHEET);
    assert_int_equal(kind_of("\x1F\x8B\x08"), FILE_GZIP);
    assert_int_equal(kind_of("%PDF-1.7"), FILE_PDF);
    assert_int_equal(kind_of("\xEF\xBB\xBF \r\n<HTML>"), FILE_WEB_PAGE);
    assert_int_equal(kind_of("<?xml version='1.0'?>"), FILE_XML);
    assert_int_equal(kind_of("pk\3\4"), FILE_LIST);
}

static void refuses(enum file_kind kind, const char *wanted, const char *message)
{
    struct error error = {0};
    assert_int_equal(file_kind_refuse(kind, wanted, "x", &error), -1);
    assert_int_equal(error.kind, ERROR_SOURCE);
    assert_string_equal(error.where, "x");
    if (!strstr(error.message, message))
        fail_msg("\"%s\", not \"%s\"", error.message, message);
}

static void what_to_do_is_said(void **state)
{
    (void)state;
    refuses(FILE_ZIP, "csv", "save its list as CSV (UTF-8), or import it with import.xlsx");
    refuses(FILE_WEB_PAGE, "csv",
            "is a web page (HTML), whatever its name says; save its list as CSV");
    refuses(FILE_CONTAINER, "xlsx",
            "is an old workbook (.xls), whatever its name says; import it with import.xls");
    refuses(FILE_ENCRYPTED, "xlsx", "is an encrypted workbook; save it without a password");
    refuses(FILE_LIST, "xlsx", "import it with import.csv");
    refuses(FILE_WEB_PAGE, "xls", "save its list as a workbook");
    refuses(FILE_ZIP, "xls", "import it with import.xlsx");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(files_are_told_by_their_bytes),
        cmocka_unit_test(what_to_do_is_said),
    };
    return cmocka_run_group_tests_name("file_kind", tests, NULL, NULL);
}
