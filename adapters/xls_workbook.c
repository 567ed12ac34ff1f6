// SPDX-License-Identifier: MIT
// .xls files as workbooks. All of one is read when it is opened: it has 65,536 rows a sheet at
// most.
#include "adapters/decode.h"
#include "adapters/file_kind.h"
#include "adapters/workbook.h"
#include "adapters/xls_content.h"
#include "engine/base/memory.h"

#include <stdlib.h>

struct xls {
    struct buffer content;
    size_t *starts; // by sheet: what follows its beginning
};

static int add_sheet(struct workbook *workbook, const struct xls_item *item, size_t start)
{
    struct xls *xls = workbook->state;
    size_t count = workbook->sheet_count;
    workbook->sheets =
        arena_extend(workbook->arena, workbook->sheets, count, sizeof *workbook->sheets);
    xls->starts = arena_extend(workbook->arena, xls->starts, count, sizeof *xls->starts);
    workbook->sheets[count] = (struct workbook_sheet){
        .name = arena_text_n(workbook->arena, item->text, item->length), .is_table = true};
    xls->starts[workbook->sheet_count++] = start;
    return 0;
}

static int list_sheets(struct workbook *workbook, struct error *error)
{
    const struct xls *xls = workbook->state;
    struct xls_item item = {0};
    size_t at = 0;
    while (item.thing != XLS_END) {
        if (!xls_content_next(&xls->content, &at, &item))
            return error_set(error, ERROR_SOURCE, workbook->name, "is damaged, or no workbook");
        if (item.thing == XLS_SHEET)
            add_sheet(workbook, &item, at);
    }
    return 0;
}

static int xls_open(struct workbook *workbook, const char *path, const struct unpack_limit *limit,
                    struct error *error)
{
    struct xls *xls = workbook->state = arena_take(workbook->arena, 1, sizeof *xls);
    struct file_bytes file;
    (void)limit; // nothing in it is compressed
    if (file_bytes_read(&file, path, workbook->name, error) != 0)
        return -1;
    enum file_kind kind = file_kind_of(file.bytes, file.length);
    int result = kind == FILE_CONTAINER || kind == FILE_OLD_SHEET
                     ? xls_content_read(&file, workbook->name, &xls->content, error)
                     : file_kind_refuse(kind, "xls", workbook->name, error);
    file_bytes_hash(&file, workbook->sha256);
    workbook->bytes = (int64_t)file.length;
    file_bytes_clear(&file);
    return result == 0 ? list_sheets(workbook, error) : -1;
}

// The row at hand.
struct filling {
    struct workbook_row row;
    struct text cells[WORKBOOK_COLUMNS_MAX];
};

static int end_row(struct filling *filling, const struct workbook_target *target)
{
    int result = filling->row.number ? target->row(target->context, &filling->row) : 0;
    for (size_t i = 0; i < filling->row.count; i++)
        filling->cells[i] = (struct text){0};
    filling->row.count = 0;
    return result;
}

static int read_rows(const struct workbook *workbook, size_t at, struct filling *filling,
                     const struct workbook_target *target, struct error *error)
{
    const struct xls *xls = workbook->state;
    struct xls_item item;
    size_t start = at;
    for (;;) {
        if (!xls_content_next(&xls->content, &at, &item))
            return error_set(error, ERROR_SOURCE, workbook->name, "is damaged, or no workbook");
        if (item.thing == XLS_CELL && item.number < WORKBOOK_COLUMNS_MAX) {
            filling->cells[item.number] = (struct text){item.text, item.length};
            filling->row.count = (size_t)item.number + 1;
            continue;
        }
        if (item.thing == XLS_CELL)
            return error_set(error, ERROR_SOURCE, workbook->name, "is damaged, or no workbook");
        filling->row.position = (int64_t)(at - start);
        if (end_row(filling, target) != 0)
            return 1;
        if (item.thing != XLS_ROW)
            return 0;
        filling->row.number = item.number;
    }
}

static int xls_read(const struct workbook *workbook, size_t sheet,
                    const struct workbook_target *target, struct error *error)
{
    const struct xls *xls = workbook->state;
    struct filling *filling = memory_new(1, sizeof *filling);
    filling->row.cells = filling->cells;
    int result = read_rows(workbook, xls->starts[sheet], filling, target, error);
    free(filling);
    return result;
}

static int64_t xls_size(const struct workbook *workbook, size_t sheet)
{
    const struct xls *xls = workbook->state;
    size_t end = sheet + 1 < workbook->sheet_count ? xls->starts[sheet + 1] : xls->content.length;
    return (int64_t)(end - xls->starts[sheet]);
}

static void xls_close(struct workbook *workbook)
{
    struct xls *xls = workbook->state;
    buffer_clear(&xls->content);
}

const struct workbook_format workbook_xls = {"xls", true, xls_open, xls_read, xls_size, xls_close};
