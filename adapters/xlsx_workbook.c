// SPDX-License-Identifier: MIT
// .xlsx files as workbooks.
#include "adapters/ooxml_book.h"
#include "adapters/ooxml_sheet.h"
#include "adapters/workbook.h"

static int xlsx_open(struct workbook *workbook, const char *path, const struct unpack_limit *limit,
                     struct error *error)
{
    struct ooxml_book *book = workbook->state = arena_take(workbook->arena, 1, sizeof *book);
    *book = (struct ooxml_book){.arena = workbook->arena, .name = workbook->name};
    if (ooxml_book_open(book, path, limit, error) != 0)
        return -1;
    file_bytes_hash(&book->file, workbook->sha256);
    workbook->bytes = (int64_t)book->file.length;
    workbook->stale = book->stale;
    workbook->sheet_count = book->sheet_count;
    workbook->sheets = arena_take(workbook->arena, book->sheet_count, sizeof *workbook->sheets);
    for (size_t i = 0; i < book->sheet_count; i++)
        workbook->sheets[i] = (struct workbook_sheet){.name = book->sheets[i].name,
                                                      .hidden = book->sheets[i].hidden,
                                                      .is_table = book->sheets[i].part != NULL};
    return 0;
}

static int xlsx_read(const struct workbook *workbook, size_t sheet,
                     const struct workbook_target *target, struct error *error)
{
    return ooxml_sheet_read(workbook->state, sheet, target, error);
}

static int64_t xlsx_size(const struct workbook *workbook, size_t sheet)
{
    struct ooxml_book *book = workbook->state;
    struct error ignored = {0};
    struct ooxml_package *package =
        book->sheets[sheet].part
            ? ooxml_package_new(&book->file, book->name, &book->limit, &ignored)
            : NULL;
    int64_t size = package ? ooxml_package_size(package, book->sheets[sheet].part) : 0;
    ooxml_package_free(package);
    return size;
}

static void xlsx_close(struct workbook *workbook)
{
    ooxml_book_close(workbook->state);
}

const struct workbook_format workbook_xlsx = {"xlsx",    false,     xlsx_open,
                                              xlsx_read, xlsx_size, xlsx_close};
