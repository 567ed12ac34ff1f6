// SPDX-License-Identifier: MIT
#include "reports/xlsx/xlsx_book.h"

#include "tests/unit/sample_folder.h"
#include "tests/unit/sample_package.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static const struct sheet_column columns[] = {{"first", 10}, {"second", 10}, {"third", 10}};
static struct package_contents contents;

static struct book *begin(const struct book_limits *limits)
{
    struct error error = {0};
    char path[512];
    snprintf(path, sizeof path, "%s", folder_path("book.xlsx"));
    struct book *book = book_new(path, folder, limits, false, &error);
    assert_non_null(book);
    return book;
}

static struct sheet *add(struct book *book, const char *name, size_t rows)
{
    struct sheet_plan plan = {
        .name = name, .columns = columns, .column_count = 3, .rows = rows, .frozen = 1};
    return book_add_sheet(book, &plan);
}

static void end(struct book *book)
{
    struct error error = {0};
    assert_int_equal(book_close(book, &contents, &error), 0);
    package_contents_clear(&contents);
}

static const char *part(const char *name)
{
    char path[512];
    snprintf(path, sizeof path, "%s", folder_path("book.xlsx"));
    return package_part(path, name);
}

static void assert_has(const char *name, const char *text)
{
    if (!strstr(part(name), text))
        fail_msg("%s lacks %s; it is %s", name, text, part(name));
}

#define SHEET_1 "xl/worksheets/sheet1.xml"
#define SHEET_2 "xl/worksheets/sheet2.xml"
#define SHEET_3 "xl/worksheets/sheet3.xml"

static void test_cells_are_what_they_are(void **state)
{
    (void)state;
    struct book *book = begin(NULL);
    struct sheet *sheet = add(book, "All", 3);
    sheet_add_row(sheet);
    sheet_add_text(sheet, "<b>&\"", STYLE_TEXT);
    sheet_add_count(sheet, 1234567);
    sheet_add_day(sheet, "2026-10-05");
    sheet_add_row(sheet);
    sheet_add_text(sheet, "=1+1", STYLE_TEXT);
    sheet_add_rate(sheet, 1, 4);
    sheet_add_rate(sheet, 1, 0);
    sheet_add_row(sheet);
    sheet_add_number(sheet, "-5.00");
    sheet_add_day(sheet, "1900-02-28"); // their calendar has a leap day that year
    sheet_add_day(sheet, "soon");
    end(book);
    assert_has(SHEET_1, "<is><t>&lt;b&gt;&amp;\"</t></is>");
    assert_has(SHEET_1, "<v>1234567</v>");
    assert_has(SHEET_1, "<v>46300</v>");
    assert_has(SHEET_1, "t=\"inlineStr\"><is><t>=1+1</t></is>");
    assert_null(strstr(part(SHEET_1), "<f>"));
    assert_has(SHEET_1, "<v>0.25</v>");
    assert_null(strstr(part(SHEET_1), "r=\"C3\""));
    assert_has(SHEET_1, "<v>-5</v>");
    assert_has(SHEET_1, "<t>1900-02-28</t>");
    assert_has(SHEET_1, "<t>soon</t>");
}

static void test_an_amount_keeps_its_digits(void **state)
{
    (void)state;
    struct book *book = begin(NULL);
    struct sheet *sheet = add(book, "Amounts", 4);
    const struct total amounts[] = {total_of_units(999999999999999, 2),
                                    total_of_units(123456789012345678, 1),
                                    {.beyond = true}};
    for (int i = 0; i < 3; i++) {
        sheet_add_row(sheet);
        sheet_add_amount(sheet, amounts[i], 2);
        sheet_add_text(sheet, "CNY", STYLE_TEXT); // two cells on, whatever the amount
    }
    end(book);
    assert_has(SHEET_1, "<v>9999999999999.99</v>");
    assert_null(strstr(part(SHEET_1), "r=\"B2\""));
    assert_has(SHEET_1, "<v>1.234567890123457E+16</v>");
    assert_has(SHEET_1, "<t>12345678901234567.80</t>");
    assert_has(SHEET_1, "<t>?</t>");
    assert_has(SHEET_1, "r=\"C4\"");
    assert_null(strstr(part(SHEET_1), "r=\"A4\""));
}

static void test_rows_beyond_a_sheet_go_on_to_the_next(void **state)
{
    (void)state;
    struct book_limits limits = {.rows = 3};
    struct book *book = begin(&limits);
    struct sheet *sheet = add(book, "Long", 5), *other = add(book, "Other", 0);
    struct buffer place = {0};
    for (int i = 0; i < 5; i++) {
        sheet_add_row(sheet);
        sheet_add_count(sheet, (uint64_t)i);
    }
    sheet_place(sheet, 1, &place);
    sheet_place(sheet, 2, &place);
    sheet_place(other, 0, &place);
    assert_string_equal(buffer_text(&place), "'Long'!A3'Long 2'!A2'Other'!A2");
    buffer_clear(&place);
    end(book);
    assert_has("xl/workbook.xml", "name=\"Long 2\"");
    assert_has("xl/workbook.xml", "name=\"Long 3\"");
    assert_has(SHEET_1, "<autoFilter ref=\"A1:C3\"/>");
    assert_has(SHEET_3, "<autoFilter ref=\"A1:C2\"/>");
    assert_has(SHEET_3, "<v>4</v>");
    assert_has(SHEET_3, "<t>first</t>");
    assert_has(SHEET_3, "<pane xSplit=\"1\" ySplit=\"1\" topLeftCell=\"B2\"");
}

static void test_links_beyond_the_limit_are_formulas(void **state)
{
    (void)state;
    struct book_limits limits = {.links = 2};
    struct book *book = begin(&limits);
    struct sheet *sheet = add(book, "From", 2), *target = add(book, "To", 9);
    sheet_add_row(sheet);
    sheet_add_link(sheet, "a", target, 0);
    sheet_add_count_link(sheet, 7, target, 1);
    sheet_add_row(sheet);
    sheet_add_link(sheet, "say \"b\"", target, 2);
    sheet_add_count_link(sheet, 8, target, 3);
    end(book);
    assert_has(SHEET_1, "<hyperlink ref=\"A2\" location=\"'To'!A2\"");
    assert_has(SHEET_1, "<hyperlink ref=\"B2\" location=\"'To'!A3\"");
    assert_null(strstr(part(SHEET_1), "<hyperlink ref=\"A3\""));
    assert_has(SHEET_1, "<v>7</v>");
    assert_has(SHEET_1, "<f>HYPERLINK(\"#'To'!A4\",\"say \"\"b\"\"\")</f><v>say \"b\"</v>");
    assert_has(SHEET_1, "<f>HYPERLINK(\"#'To'!A5\",8)</f><v>8</v>");
}

static void test_a_text_too_long_for_a_formula_is_no_link(void **state)
{
    (void)state;
    char text[300];
    struct book *book = begin(NULL);
    struct sheet *sheet = add(book, "From", 1);
    memset(text, 'x', sizeof text - 1);
    text[sizeof text - 1] = '\0';
    sheet_add_row(sheet);
    sheet_add_link(sheet, text, sheet, 0);
    end(book);
    assert_has(SHEET_1, text);
    assert_null(strstr(part(SHEET_1), "<hyperlink "));
}

static void test_more_rows_than_planned_are_an_error(void **state)
{
    (void)state;
    struct error error = {0};
    struct book_limits limits = {.rows = 3};
    struct book *book = begin(&limits);
    struct sheet *sheet = add(book, "Short", 2);
    for (int i = 0; i < 3; i++) {
        sheet_add_row(sheet);
        sheet_add_count(sheet, 1);
    }
    assert_int_equal(book_close(book, &contents, &error), -1);
    assert_int_equal(error.kind, ERROR_RESULT);
    assert_null(contents.sheets);
}

static void test_the_date_is_the_one_given(void **state)
{
    (void)state;
    struct book *book = begin(NULL);
    add(book, "Empty", 0);
    book_describe(book, "Title <1>", "Entity", 1793836800);
    end(book);
    assert_has("docProps/core.xml", "2026-11-05T00:00:00Z</dcterms:created>");
    assert_has("docProps/core.xml", "<dc:title>Title &lt;1&gt;</dc:title>");
    book = begin(NULL);
    add(book, "Empty", 0);
    book_describe(book, NULL, NULL, 0); // not the clock
    end(book);
    assert_has("docProps/core.xml", "1980-01-01T00:00:00Z</dcterms:created>");
}

static void test_contents_say_what_was_written(void **state)
{
    (void)state;
    struct error error = {0};
    struct book *book = begin(NULL);
    struct sheet *sheet = add(book, "One", 1);
    add(book, "Two", 0);
    sheet_add_row(sheet);
    sheet_add_link(sheet, "a", sheet, 0);
    assert_int_equal(book_close(book, &contents, &error), 0);
    assert_int_equal(contents.count, 2);
    assert_int_equal(contents.sheets[0].links, 1);
    assert_int_equal(contents.sheets[1].links, 0);
    const char *xml = part(SHEET_2);
    const char *from = strstr(xml, "<sheetData>") + 11, *to = strstr(xml, "</sheetData>");
    assert_int_equal(contents.sheets[1].row_bytes, to - from);
    package_contents_clear(&contents);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, folder_make, folder_remove)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_cells_are_what_they_are),
        TEST(test_an_amount_keeps_its_digits),
        TEST(test_rows_beyond_a_sheet_go_on_to_the_next),
        TEST(test_links_beyond_the_limit_are_formulas),
        TEST(test_a_text_too_long_for_a_formula_is_no_link),
        TEST(test_more_rows_than_planned_are_an_error),
        TEST(test_the_date_is_the_one_given),
        TEST(test_contents_say_what_was_written),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
