// SPDX-License-Identifier: MIT
#include "adapters/ooxml_sheet.h"
#include "engine/data/cell.h"
#include "tests/unit/workbook_fixture.h"

static struct buffer shown;
static struct error problem;

// "3: a|b|c", hidden rows with an h, merged and hidden columns as they come.
static int show_row(void *context, const struct workbook_row *row)
{
    (void)context;
    buffer_printf(&shown, "%s%lld%s: ", shown.length ? "\n" : "", (long long)row->number,
                  row->hidden ? "h" : "");
    for (size_t i = 0; i < row->count; i++) {
        const char *text = row->cells[i].bytes;
        size_t length = row->cells[i].length;
        bool none = cell_unmark(&text, &length);
        buffer_printf(&shown, "%s%s%.*s", i ? "|" : "", none ? "!" : "", (int)length, text);
    }
    return 0;
}

static void show_hidden(void *context, size_t column)
{
    (void)context;
    buffer_printf(&shown, "hidden %zu ", column);
}

static void show_merged(void *context, int64_t first_row, int64_t last_row, size_t first_column,
                        size_t last_column)
{
    (void)context;
    buffer_printf(&shown, "\nmerged %lld-%lld %zu-%zu", (long long)first_row, (long long)last_row,
                  first_column, last_column);
}

static int read_first(const char *file)
{
    struct workbook_target target = {NULL, show_row, show_hidden, show_merged};
    struct workbook *workbook = fixture_open(file, &problem);
    buffer_reset(&shown);
    if (!workbook)
        return -1;
    int result = workbook_read(workbook, 0, &target, &problem);
    workbook_free(workbook);
    return result;
}

static void holds(const struct fixture_book *book, const char *expected)
{
    fixture_book("a.xlsx", book);
    if (read_first("a.xlsx") != 0)
        fail_msg("%s: %s", problem.where, problem.message);
    if (strcmp(buffer_text(&shown), expected) != 0)
        fail_msg("\"%s\", not \"%s\"", buffer_text(&shown), expected);
}

static void reads(const char *xml, const char *expected)
{
    struct fixture_book book = {
        .sheets = {{"a", xml, NULL}},
        .strings =
            "<si><t>one</t></si><si><r><t>ri</t></r><r><rPr/><t xml:space='preserve'>ch </t></r>"
            "<rPh sb='0' eb='1'><t>no</t></rPh></si><si/><si><t>a_x000D_b_x005F_x0041_</t></si>",
        .styles =
            "<numFmts><numFmt numFmtId='164' formatCode='yyyy&quot;年&quot;m&quot;月&quot;'/>"
            "<numFmt numFmtId='165' formatCode='0.0%'/></numFmts>"
            "<cellStyleXfs><xf numFmtId='14'/></cellStyleXfs>"
            "<cellXfs><xf numFmtId='0'/><xf numFmtId='14'/><xf numFmtId='164'/><xf numFmtId='165'/>"
            "</cellXfs><cellStyles/>"};
    holds(&book, expected);
}

static void cells_come_as_what_they_mean(void **state)
{
    (void)state;
    reads("<sheetData><row r='1'><c r='A1' t='s'><v>0</v></c><c r='B1' t='s'><v>1</v></c>"
          "<c r='C1' t='s'><v>2</v></c><c r='D1' t='s'><v>3</v></c></row></sheetData>",
          "1: one|rich ||a\rb_x0041_");
    reads("<sheetData><row r='2'><c r='A2'><v>133.80000000000001</v></c><c r='B2' t='n' "
          "s='1'><v>46300</v>"
          "</c><c r='C2' s='2'><v>46300.5</v></c><c r='D2' s='3'><v>0.13</v></c><c r='E2' "
          "s='99'><v>1</v></c>"
          "</row></sheetData>",
          "2: 133.8|2026-10-05|2026-10-05 12:00:00|13%|1");
    reads("<sheetData><row r='1'><c t='b'><v>1</v></c><c t='b'><v>0</v></c><c t='e'><v>#N/A</v></c>"
          "<c t='e'><f>1/0</f><v>#DIV/0!</v></c><c t='d'><v>2026-10-05T00:00:00.000</v></c>"
          "<c t='d'><v>2026-10-05T08:30:00</v></c></row></sheetData>",
          "1: TRUE|FALSE|!#N/A|!#DIV/0!|2026-10-05|2026-10-05T08:30:00");
    reads("<sheetData><row r='1'><c "
          "t='inlineStr'><is><t>a</t><r><t>b</t></r><rPh><t>no</t></rPh></is></c>"
          "<c t='str'><f>A1</f><v>x &amp; y</v></c><c "
          "t='str'><f>A1</f><v></v></c><c><f>SUM(A1:A2)</f></c>"
          "<c><f>A1</f><v>1</v></c></row></sheetData>",
          "1: ab|x & y||!=SUM(A1:A2)|1");
}

static void places_may_be_left_out(void **state)
{
    (void)state;
    reads(
        "<sheetData><row><c><v>1</v></c><c/><c><v>3</v></c></row><row r='4'><c r='C4'><v>4</v></c>"
        "<c><v>5</v></c></row><row/><row><c s='1'/></row></sheetData>",
        "1: 1||3\n4: ||4|5\n5: \n6: ");
}

static void what_stands_around_the_rows_is_told(void **state)
{
    (void)state;
    reads("<cols><col min='2' max='3' hidden='1'/><col min='5' max='5'/></cols><sheetData>"
          "<row r='1' hidden='true'><c><v>1</v></c></row></sheetData><mergeCells><mergeCell "
          "ref='A2:B5'/>"
          "<mergeCell ref='A1:B1'/><mergeCell ref='nonsense'/></mergeCells>",
          "hidden 1 hidden 2 \n1h: 1\nmerged 2-5 0-1");
}

static void other_programs_write_other_shapes(void **state)
{
    (void)state;
    static const struct fixture_part prefixed[] = {
        {"_rels/.rels",
         "<p:Relationships xmlns:p='x'><p:Relationship Id='r' Type='http://purl.oclc.org/"
         "ooxml/officeDocument/relationships/officeDocument' Target='/office/book.xml'/>"
         "</p:Relationships>"},
        {"office/book.xml",
         "<x:workbook xmlns:x='http://purl.oclc.org/ooxml/spreadsheetml/main' "
         "xmlns:q='y'><x:sheets><x:sheet name='a' q:id='s'/></x:sheets></x:workbook>"},
        {"office/_rels/book.xml.rels",
         "<p:Relationships xmlns:p='x'><p:Relationship Id='s' Type='http://purl.oclc.org/ooxml/"
         "officeDocument/relationships/worksheet' Target='../Data/./one.xml'/></p:Relationships>"},
        {"data/one.xml",
         "<x:worksheet xmlns:x='z'><x:sheetData><x:row><x:c><x:v>7</x:v></x:c></x:row>"
         "</x:sheetData></x:worksheet>"},
        {NULL, NULL}};
    fixture_pack("a.xlsx", prefixed);
    assert_int_equal(read_first("a.xlsx"), 0);
    assert_string_equal(buffer_text(&shown), "1: 7");
    struct fixture_book old = {
        .sheets = {{"a", "<sheetData><row><c s='0'><v>0</v></c></row></sheetData>", NULL}},
        .properties = "<workbookPr date1904='1'/>",
        .styles = "<cellXfs><xf numFmtId='14'/></cellXfs>"};
    holds(&old, "1: 1904-01-01");
    struct fixture_book bare = {.sheets = {{"a", "", NULL}}};
    holds(&bare, "");
}

static void fails(const char *xml, const char *message)
{
    fixture_sheet("a.xlsx", "a", xml);
    assert_int_equal(read_first("a.xlsx"), -1);
    if (problem.kind != ERROR_SOURCE || strcmp(problem.where, "a.xlsx") != 0 ||
        !strstr(problem.message, message))
        fail_msg("\"%s\": \"%s\", not \"%s\"", problem.where, problem.message, message);
}

static void damaged_sheets_are_refused_with_the_place(void **state)
{
    (void)state;
    fails("<sheetData><row r='2'/><row r='2'/></sheetData>", "its rows are not in order, at row 2");
    fails("<sheetData><row r='0'/></sheetData>", "its rows are not in order");
    fails("<sheetData><row r='1048577'/></sheetData>", "more than 1,048,576 rows");
    fails("<sheetData><row r='3'><c r='B3'/><c r='A3'/></row></sheetData>",
          "its cells are not in order");
    fails("<sheetData><row r='3'><c r='A4'/></row></sheetData>", "its cells are not in order");
    fails("<sheetData><row r='3'><c r='XFE3'/></row></sheetData>", "no such place");
    fails("<sheetData><row><c r='A'/></row></sheetData>", "no such place");
    fails("<sheetData><row r='7'><c/><c t='s'><v>0</v></c></row></sheetData>",
          "refers to a text that is not there, at B7");
    fails("<sheetData><row r='7'><c t='s'><v>-1</v></c></row></sheetData>", "is not there");
    fails("<sheetData><row>", "cannot be read, line 1: mismatched tag");
}

static void a_cell_holds_what_a_cell_can_hold(void **state)
{
    (void)state;
    struct buffer xml = {0};
    buffer_add_text(&xml, "<sheetData><row><c t='inlineStr'><is><t>");
    for (int i = 0; i < 32767 * 4 + 1; i++)
        buffer_add_byte(&xml, 'x');
    buffer_add_text(&xml, "</t></is></c></row></sheetData>");
    fails(buffer_text(&xml), "32,767 characters that a cell can hold, at A1");
    buffer_reset(&xml);
    buffer_add_text(&xml, "<sheetData><row>");
    for (int i = 0; i < 140; i++)
        buffer_printf(&xml, "<c t='inlineStr'><is><t>%0131000d</t></is></c>", 0);
    buffer_add_text(&xml, "</row></sheetData>");
    fails(buffer_text(&xml), "a row has more than 16 MiB of text");
    buffer_clear(&xml);
}

static void texts_that_are_said_again_and_again_are_counted(void **state)
{
    (void)state;
    struct unpack_limit limit = {.declared = 5000};
    struct workbook_target target = {NULL, show_row, NULL, NULL};
    struct buffer strings = {0}, xml = {0};
    char path[256];
    buffer_printf(&strings, "<si><t>%01000d</t></si>", 0);
    buffer_add_text(&xml, "<sheetData><row>");
    for (int i = 0; i < 6; i++)
        buffer_add_text(&xml, "<c t='s'><v>0</v></c>");
    buffer_add_text(&xml, "</row></sheetData>");
    struct fixture_book book = {.sheets = {{"a", buffer_text(&xml), NULL}},
                                .strings = buffer_text(&strings)};
    fixture_book("a.xlsx", &book);
    snprintf(path, sizeof path, "%s/a.xlsx", fixture_folder);
    struct workbook *workbook = workbook_new(&workbook_xlsx, path, "a.xlsx", &limit, &problem);
    assert_non_null(workbook);
    assert_int_equal(workbook_read(workbook, 0, &target, &problem), -1);
    assert_non_null(strstr(problem.message, "more than 5000 bytes"));
    workbook_free(workbook);
    buffer_clear(&strings);
    buffer_clear(&xml);
}

static int end_shown(void **state)
{
    buffer_clear(&shown);
    return fixture_tear_down(state);
}

#define SHEET_TEST(test) cmocka_unit_test_setup_teardown(test, fixture_set_up, end_shown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        SHEET_TEST(cells_come_as_what_they_mean),
        SHEET_TEST(places_may_be_left_out),
        SHEET_TEST(what_stands_around_the_rows_is_told),
        SHEET_TEST(other_programs_write_other_shapes),
        SHEET_TEST(damaged_sheets_are_refused_with_the_place),
        SHEET_TEST(a_cell_holds_what_a_cell_can_hold),
        SHEET_TEST(texts_that_are_said_again_and_again_are_counted),
    };
    return cmocka_run_group_tests_name("ooxml_sheet", tests, NULL, NULL);
}
