// SPDX-License-Identifier: MIT
// What the tests of workbooks share: .xlsx files made of the XML of their parts.
#ifndef VOUCH_WORKBOOK_FIXTURE_H
#define VOUCH_WORKBOOK_FIXTURE_H

#include "adapters/workbook.h"
#include "tests/unit/import_fixture.h"

#include <zip.h>

#define MAIN_NS "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
#define RELATIONS_NS "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

struct fixture_part {
    const char *name, *text;
};

// Writes the archive `file` of the folder; parts end with a NULL name.
FIXTURE void fixture_pack(const char *file, const struct fixture_part *parts)
{
    char path[256];
    int code;
    snprintf(path, sizeof path, "%s/%s", fixture_folder, file);
    zip_t *archive = zip_open(path, ZIP_CREATE | ZIP_TRUNCATE, &code);
    assert_non_null(archive);
    for (; parts->name; parts++) {
        zip_source_t *source = zip_source_buffer(archive, parts->text, strlen(parts->text), 0);
        assert_true(zip_file_add(archive, parts->name, source, ZIP_FL_OVERWRITE) >= 0);
    }
    assert_int_equal(zip_close(archive), 0);
}

struct fixture_sheet {
    const char *name, *xml; // of <worksheet>
    const char *state;      // NULL: visible
};

// The parts that most workbooks differ in; NULL for none.
struct fixture_book {
    struct fixture_sheet sheets[4];
    const char *strings;    // of <sst>
    const char *styles;     // of <styleSheet>
    const char *properties; // of <workbook>, before its sheets
};

FIXTURE void fixture_book(const char *file, const struct fixture_book *book)
{
    struct buffer list = {0}, relations = {0}, sheets[4] = {{0}}, texts[3] = {{0}};
    char names[4][40];
    struct fixture_part parts[10] = {
        {"_rels/.rels", "<Relationships><Relationship Id='r' Type='" RELATIONS_NS
                        "/officeDocument' Target='xl/workbook.xml'/></Relationships>"}};
    size_t count = 1;
    for (size_t i = 0; i < 4 && book->sheets[i].name; i++) {
        const struct fixture_sheet *sheet = &book->sheets[i];
        buffer_printf(&list, "<sheet name='%s' sheetId='%zu' r:id='s%zu'%s%s%s/>", sheet->name,
                      i + 1, i, sheet->state ? " state='" : "", sheet->state ? sheet->state : "",
                      sheet->state ? "'" : "");
        buffer_printf(&relations,
                      "<Relationship Id='s%zu' Type='" RELATIONS_NS
                      "/worksheet' Target='worksheets/%zu.xml'/>",
                      i, i);
        snprintf(names[i], sizeof names[i], "xl/worksheets/%zu.xml", i);
        buffer_printf(&sheets[i], "<worksheet xmlns='" MAIN_NS "'>%s</worksheet>", sheet->xml);
        parts[count++] = (struct fixture_part){names[i], buffer_text(&sheets[i])};
    }
    buffer_printf(&texts[0],
                  "<workbook xmlns='" MAIN_NS "' xmlns:r='" RELATIONS_NS
                  "'>%s<sheets>%s</sheets></workbook>",
                  book->properties ? book->properties : "", buffer_text(&list));
    parts[count++] = (struct fixture_part){"xl/workbook.xml", buffer_text(&texts[0])};
    if (book->strings) {
        buffer_printf(&texts[1], "<sst xmlns='" MAIN_NS "'>%s</sst>", book->strings);
        parts[count++] = (struct fixture_part){"xl/sharedStrings.xml", buffer_text(&texts[1])};
        buffer_add_text(&relations, "<Relationship Id='t' Type='" RELATIONS_NS
                                    "/sharedStrings' Target='/xl/sharedStrings.xml'/>");
    }
    if (book->styles) {
        buffer_printf(&texts[2], "<styleSheet xmlns='" MAIN_NS "'>%s</styleSheet>", book->styles);
        parts[count++] = (struct fixture_part){"xl/styles.xml", buffer_text(&texts[2])};
        buffer_add_text(&relations, "<Relationship Id='f' Type='" RELATIONS_NS
                                    "/styles' Target='styles.xml'/>");
    }
    struct buffer all = {0};
    buffer_printf(&all, "<Relationships>%s</Relationships>", buffer_text(&relations));
    parts[count++] = (struct fixture_part){"xl/_rels/workbook.xml.rels", buffer_text(&all)};
    fixture_pack(file, parts);
    for (int i = 0; i < 4; i++)
        buffer_clear(&sheets[i]);
    for (int i = 0; i < 3; i++)
        buffer_clear(&texts[i]);
    buffer_clear(&list);
    buffer_clear(&relations);
    buffer_clear(&all);
}

// A workbook of one sheet without shared strings or styles.
FIXTURE void fixture_sheet(const char *file, const char *name, const char *xml)
{
    struct fixture_book book = {.sheets = {{name, xml, NULL}}};
    fixture_book(file, &book);
}

// Rows of inline texts: lines "SO1|2026-10-05|1.50", as <sheetData>. The caller frees.
FIXTURE char *fixture_rows(const char *lines)
{
    struct buffer xml = {0};
    char *copy = memory_text(lines);
    buffer_add_text(&xml, "<sheetData>");
    for (char *rest = copy, *line; (line = strsep(&rest, "\n"));) {
        buffer_add_text(&xml, "<row>");
        for (char *cell; (cell = strsep(&line, "|"));)
            buffer_printf(&xml, "<c t='inlineStr'><is><t>%s</t></is></c>", cell);
        buffer_add_text(&xml, "</row>");
    }
    buffer_add_text(&xml, "</sheetData>");
    free(copy);
    return buffer_take(&xml);
}

FIXTURE struct workbook *fixture_open(const char *file, struct error *error)
{
    char path[256];
    struct unpack_limit limit = {0};
    snprintf(path, sizeof path, "%s/%s", fixture_folder, file);
    return workbook_new(&workbook_xlsx, path, file, &limit, error);
}

#endif
