// SPDX-License-Identifier: MIT
// Files that are none, damaged ones, and hostile ones.
#include "adapters/ooxml_package.h"
#include "tests/unit/workbook_fixture.h"

static struct error problem;

static int ignore_row(void *context, const struct workbook_row *row)
{
    (void)context, (void)row;
    return 0;
}

// Opens a workbook and reads its first sheet.
static int read_book(const char *file, const struct unpack_limit *limit)
{
    struct workbook_target target = {.row = ignore_row};
    char path[256];
    snprintf(path, sizeof path, "%s/%s", fixture_folder, file);
    struct workbook *workbook = workbook_new(&workbook_xlsx, path, file, limit, &problem);
    int result = workbook ? workbook_read(workbook, 0, &target, &problem) : -1;
    workbook_free(workbook);
    return result;
}

static void refuses(const char *file, const char *message)
{
    struct unpack_limit limit = {0};
    assert_int_equal(read_book(file, &limit), -1);
    if (problem.kind != ERROR_SOURCE || strcmp(problem.where, file) != 0 ||
        !strstr(problem.message, message))
        fail_msg("\"%s\": \"%s\", not \"%s\"", problem.where, problem.message, message);
}

static void other_archives_are_told(void **state)
{
    (void)state;
    static const struct {
        const char *part, *message;
    } kinds[] = {{"xl/workbook.bin", "is a binary workbook (.xlsb)"},
                 {"content.xml", "is an OpenDocument file (.ods)"},
                 {"word/document.xml", "is a text document (.docx)"},
                 {"photo.jpg", "is a ZIP archive that holds no workbook"}};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        struct fixture_part parts[] = {{kinds[i].part, "x"}, {NULL, NULL}};
        fixture_pack("a.xlsx", parts);
        refuses("a.xlsx", kinds[i].message);
    }
    refuses("none.xlsx", "cannot be opened");
    fixture_write("a.xlsx", "");
    refuses("a.xlsx", "is empty");
    fixture_write("a.xlsx", "order_id\n1\n");
    refuses("a.xlsx", "import.csv");
}

static void damaged_archives_are_refused(void **state)
{
    (void)state;
    char path[256], bytes[4096];
    char *rows = fixture_rows("a|b\n1|2");
    fixture_sheet("a.xlsx", "a", rows);
    free(rows);
    snprintf(path, sizeof path, "%s/a.xlsx", fixture_folder);
    FILE *file = fopen(path, "rb");
    size_t length = fread(bytes, 1, sizeof bytes, file);
    fclose(file);
    fixture_write_n("half.xlsx", bytes, length / 2);
    refuses("half.xlsx", "is damaged, or no workbook");
    fixture_write("mark.xlsx", "PK\3\4 and no more");
    refuses("mark.xlsx", "is damaged, or no workbook");
    // Whatever byte is another, something is said or something is read; nothing breaks.
    for (size_t i = 4; i < length; i += 7) {
        struct unpack_limit limit = {0};
        bytes[i] ^= 0x55;
        fixture_write_n("b.xlsx", bytes, length);
        read_book("b.xlsx", &limit);
        bytes[i] ^= 0x55;
    }
}

static void a_document_type_is_refused(void **state)
{
    (void)state;
    static const struct fixture_part parts[] = {
        {"xl/workbook.xml",
         "<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;'>]>"
         "<workbook><sheets><sheet name='&b;'/></sheets></workbook>"},
        {NULL, NULL}};
    fixture_pack("a.xlsx", parts);
    refuses("a.xlsx", "declares a document type");
}

static void packed_bombs_are_refused(void **state)
{
    (void)state;
    struct buffer xml = {0};
    struct unpack_limit small = {.declared = 100000}, large = {.declared = INT64_MAX};
    for (int i = 0; i < 70 << 10; i++)
        buffer_printf(&xml, "%01024d\n", 0);
    fixture_sheet("a.xlsx", "a", buffer_text(&xml));
    refuses("a.xlsx", "unpacks to more than 200 times its size");
    assert_int_equal(read_book("a.xlsx", &small), -1);
    assert_non_null(strstr(problem.message, "unpacks to more than 100000 bytes"));
    assert_int_equal(read_book("a.xlsx", &large), 0);
    buffer_clear(&xml);
}

static void elements_without_end_are_refused(void **state)
{
    (void)state;
    struct unpack_limit limit = {.declared = INT64_MAX};
    struct buffer xml = {0};
    buffer_add_text(&xml, "<sheetData><row x='");
    for (int i = 0; i < 17 << 10; i++)
        buffer_printf(&xml, "%01024d", 0);
    buffer_add_text(&xml, "'/></sheetData>");
    fixture_sheet("a.xlsx", "a", buffer_text(&xml));
    assert_int_equal(read_book("a.xlsx", &limit), -1);
    assert_non_null(strstr(problem.message, "an element longer than any of a workbook"));
    buffer_reset(&xml);
    for (int i = 0; i < 1000; i++)
        buffer_add_text(&xml, "<a>");
    fixture_sheet("a.xlsx", "a", buffer_text(&xml));
    refuses("a.xlsx", "nested too deeply");
    buffer_clear(&xml);
}

static void a_sheet_may_be_no_table(void **state)
{
    (void)state;
    static const struct fixture_part parts[] = {
        {"xl/workbook.xml", "<workbook><sheets><sheet name='图表' id='c'/></sheets></workbook>"},
        {"xl/_rels/workbook.xml.rels", "<Relationships><Relationship Id='c' Type='x/chartsheet' "
                                       "Target='chart.xml'/></Relationships>"},
        {NULL, NULL}};
    fixture_pack("a.xlsx", parts);
    refuses("a.xlsx", "its sheet \"图表\" has no cells");
    static const struct fixture_part none[] = {{"xl/workbook.xml", "<workbook/>"}, {NULL, NULL}};
    fixture_pack("a.xlsx", none);
    refuses("a.xlsx", "is a workbook without sheets");
}

static void names(const char *part, const char *target, const char *expected)
{
    struct arena *arena = arena_new();
    assert_string_equal(ooxml_part_name(arena, part, target), expected);
    arena_free(arena);
}

static void names_of_parts_stay_within_the_package(void **state)
{
    (void)state;
    names("xl/workbook.xml", "worksheets/a.xml", "xl/worksheets/a.xml");
    names("xl/workbook.xml", "/xl/a.xml", "xl/a.xml");
    names("xl/workbook.xml", "../../../etc/passwd", "etc/passwd");
    names("xl/workbook.xml", "..\\a.xml", "a.xml");
    names("", "xl/./workbook.xml", "xl/workbook.xml");
    names("a.xml", "", "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FIXTURE_TEST(other_archives_are_told),
        FIXTURE_TEST(damaged_archives_are_refused),
        FIXTURE_TEST(a_document_type_is_refused),
        FIXTURE_TEST(packed_bombs_are_refused),
        FIXTURE_TEST(elements_without_end_are_refused),
        FIXTURE_TEST(a_sheet_may_be_no_table),
        FIXTURE_TEST(names_of_parts_stay_within_the_package),
    };
    return cmocka_run_group_tests_name("ooxml_package", tests, NULL, NULL);
}
