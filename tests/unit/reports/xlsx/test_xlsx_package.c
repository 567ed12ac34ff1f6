// SPDX-License-Identifier: MIT
#include "reports/xlsx/xlsx_package.h"

#include "reports/xlsx/xlsx_book.h"
#include "tests/unit/sample_folder.h"
#include "tests/unit/sample_package.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <zip.h>

#include <cmocka.h>

static struct package_contents contents;

static int make(void **state)
{
    static const struct sheet_column columns[] = {{"number", 10}, {"text", 40}};
    struct error error = {0};
    char path[512];
    if (folder_make(state) != 0)
        return -1;
    snprintf(path, sizeof path, "%s", folder_path("book"));
    struct book *book = book_new(path, folder, NULL, false, &error);
    struct sheet_plan plan = {
        .name = "Rows", .columns = columns, .column_count = 2, .rows = 9000, .frozen = 1};
    struct sheet *sheet = book_add_sheet(book, &plan);
    for (size_t i = 0; i < 9000; i++) {
        char text[64];
        snprintf(text, sizeof text, "row %zu of %zu", i * 7919 % 9001, i * i);
        sheet_add_row(sheet);
        sheet_add_count_link(sheet, i, sheet, i);
        sheet_add_text(sheet, text, STYLE_TEXT);
    }
    return book_close(book, &contents, &error);
}

static int release(void **state)
{
    package_contents_clear(&contents);
    return folder_remove(state);
}

// Copies "book" to the result "out/copy".
static int copy(struct error *error)
{
    struct output *output = output_open(folder_path("out"), error);
    int descriptor = open(folder_path("book"), O_RDONLY | O_CLOEXEC);
    assert_true(descriptor >= 0);
    assert_int_equal(output_begin(output, "copy", error), 0);
    int result = package_copy(descriptor, &contents, "copy", output, error);
    if (result == 0)
        result = output_end(output, error);
    close(descriptor);
    output_free(output);
    return result;
}

static void rewrite(const struct package_bytes *package, size_t length)
{
    FILE *file = fopen(folder_path("book"), "wb");
    assert_int_equal(fwrite(package->bytes, 1, length, file), length);
    fclose(file);
}

static void assert_refused(const char *what)
{
    struct error error = {0};
    assert_int_equal(copy(&error), -1);
    assert_int_equal(error.kind, ERROR_RESULT);
    if (!strstr(error.message, what))
        fail_msg("the message says nothing of \"%s\": %s", what, error.message);
    assert_false(folder_has("out/copy"));
}

static void test_a_whole_package_is_copied_byte_by_byte(void **state)
{
    (void)state;
    struct error error = {0};
    assert_int_equal(copy(&error), 0);
    struct package_bytes before = package_read(folder_path("book"));
    struct package_bytes after = package_read(folder_path("out/copy"));
    assert_int_equal(before.length, after.length);
    assert_memory_equal(before.bytes, after.bytes, before.length);
    free(before.bytes);
    free(after.bytes);
}

static void test_a_package_that_ends_early_is_refused(void **state)
{
    (void)state;
    struct package_bytes package = package_read(folder_path("book"));
    size_t sheet = package_find(&package, "xl/worksheets/sheet1.xml");
    const size_t lengths[] = {package.length - 1, sheet + 1000, sheet - 10, 0};
    for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++) {
        rewrite(&package, lengths[i]);
        assert_refused("the file is not whole");
    }
    free(package.bytes);
}

static void test_a_hole_in_the_file_is_seen(void **state)
{
    (void)state;
    struct package_bytes package = package_read(folder_path("book"));
    size_t sheet = package_find(&package, "xl/worksheets/sheet1.xml");
    memset(package.bytes + sheet + 4096, 0, 4096);
    rewrite(&package, package.length);
    assert_refused("xl/worksheets/sheet1.xml cannot be unpacked");
    free(package.bytes);
}

// Of the checksum in the part's header and in the directory: the one that is left unpacks, but to
// something else.
static void test_a_changed_byte_is_seen(void **state)
{
    (void)state;
    static const char theme[] = "xl/theme/theme1.xml";
    const size_t length = sizeof theme - 1;
    struct package_bytes package = package_read(folder_path("book"));
    size_t header = package_find(&package, theme) - length - 30;
    package.bytes[header + 14] ^= 1;
    rewrite(&package, package.length);
    assert_refused("the file is not whole");
    unsigned char *listed = package.bytes + package.length;
    do
        listed = memrchr(package.bytes, theme[0], (size_t)(listed - package.bytes));
    while (memcmp(listed, theme, length) != 0);
    listed[16 - 46] ^= 1;
    rewrite(&package, package.length);
    assert_refused("theme1.xml cannot be unpacked");
    free(package.bytes);
}

static void test_rows_and_links_that_are_not_there_are_missed(void **state)
{
    (void)state;
    contents.sheets[0].row_bytes++;
    assert_refused("sheet1.xml does not hold");
    contents.sheets[0].row_bytes--;
    contents.sheets[0].links--;
    assert_refused("sheet1.xml does not hold");
    contents.sheets[0].links++;
    contents.count = 0;
    assert_refused("sheet1.xml does not hold");
    contents.count = 2;
    assert_refused("the file lacks sheets");
}

// A package of one part.
static void put_part(const char *name, const char *text)
{
    zip_t *archive = zip_open(folder_path("book"), ZIP_CREATE | ZIP_TRUNCATE, NULL);
    zip_source_t *source = zip_source_buffer(archive, text, strlen(text), 0);
    assert_int_equal(zip_file_add(archive, name, source, 0), 0);
    assert_int_equal(zip_close(archive), 0);
}

static void test_a_hole_in_a_part_is_seen(void **state)
{
    (void)state;
    struct error error = {0};
    static const char *const broken[] = {"",   "x</a>",        "<a><b></a>",         "<a><b/>",
                                         "<a", "<a b=\"></a>", "<a><b <c/></b></a>", "<a>></a>"};
    contents.count = 0;
    put_part("a.xml", "<?xml version=\"1.0\"?>\n<a b=\">\"><c/>x</a>");
    assert_int_equal(copy(&error), 0);
    unlink(folder_path("out/copy"));
    for (size_t i = 0; i < sizeof broken / sizeof *broken; i++) {
        put_part("a.xml", broken[i]);
        assert_refused("a.xml is not whole");
    }
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, make, release)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_a_whole_package_is_copied_byte_by_byte),
        TEST(test_a_package_that_ends_early_is_refused),
        TEST(test_a_hole_in_the_file_is_seen),
        TEST(test_a_changed_byte_is_seen),
        TEST(test_rows_and_links_that_are_not_there_are_missed),
        TEST(test_a_hole_in_a_part_is_seen),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
