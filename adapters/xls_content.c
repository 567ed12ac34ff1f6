// SPDX-License-Identifier: MIT
#include "adapters/xls_content.h"

#include "adapters/xls_number.h"
#include "engine/base/process.h"

#include <freexl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

struct header {
    uint32_t thing, number, length;
};

static void add(struct buffer *out, enum xls_thing thing, size_t number, const char *text,
                size_t length)
{
    struct header header = {(uint32_t)thing, (uint32_t)number, (uint32_t)length};
    buffer_add(out, &header, sizeof header);
    buffer_add(out, text, length);
}

bool xls_content_next(const struct buffer *content, size_t *at, struct xls_item *item)
{
    struct header header;
    if (content->length - *at < sizeof header)
        return false;
    memcpy(&header, content->data + *at, sizeof header);
    *at += sizeof header;
    if (header.thing > XLS_END || header.length > content->length - *at)
        return false;
    *item = (struct xls_item){(enum xls_thing)header.thing, header.number, content->data + *at,
                              header.length};
    *at += header.length;
    return true;
}

// ---- in the process

static int fail(const char *name, int code, struct error *error)
{
    const char *why = "is damaged, or no workbook";
    switch (code) {
    case FREEXL_BIFF_WORKBOOK_NOT_FOUND:
        why = "holds no workbook: it is another kind of document";
        break;
    case FREEXL_INSUFFICIENT_MEMORY:
        why = "needs more memory than any workbook of its kind";
        break;
    case FREEXL_UNSUPPORTED_CHARSET:
        why = "is written in a character set that is not known here; save it as .xlsx";
        break;
    default:
        break;
    }
    return error_set(error, ERROR_SOURCE, name, "%s (libfreexl: %d)", why, code);
}

static void add_cell(const FreeXL_CellValue *cell, size_t column, struct buffer *number,
                     struct buffer *out)
{
    switch (cell->type) {
    case FREEXL_CELL_INT:
        buffer_printf(number, "%d", cell->value.int_value);
        break;
    case FREEXL_CELL_DOUBLE:
        xls_number_add(cell, number);
        break;
    case FREEXL_CELL_TEXT:
    case FREEXL_CELL_SST_TEXT:
    case FREEXL_CELL_DATE:
    case FREEXL_CELL_DATETIME:
    case FREEXL_CELL_TIME:
        if (cell->value.text_value)
            buffer_add_text(number, cell->value.text_value);
        break;
    default:
        break;
    }
    if (number->length)
        add(out, XLS_CELL, column, number->data, number->length);
    buffer_reset(number);
}

static int add_rows(const void *workbook, const char *name, struct buffer *out, struct error *error)
{
    unsigned rows = 0;
    unsigned short columns = 0;
    struct buffer text = {0};
    int code = freexl_worksheet_dimensions(workbook, &rows, &columns);
    for (unsigned row = 0; row < rows && code == FREEXL_OK; row++) {
        add(out, XLS_ROW, row + 1, "", 0);
        for (unsigned short column = 0; column < columns && code == FREEXL_OK; column++) {
            FreeXL_CellValue cell = {0};
            code = freexl_get_cell_value(workbook, row, column, &cell);
            if (code == FREEXL_OK)
                add_cell(&cell, column, &text, out);
        }
    }
    buffer_clear(&text);
    return code == FREEXL_OK ? 0 : fail(name, code, error);
}

static int add_sheets(const void *workbook, const char *name, struct buffer *out,
                      struct error *error)
{
    unsigned count = 0, password = 0;
    if (freexl_get_info(workbook, FREEXL_BIFF_PASSWORD, &password) == FREEXL_OK &&
        password == FREEXL_BIFF_OBFUSCATED)
        return error_set(error, ERROR_SOURCE, name,
                         "is an encrypted workbook; save it without a password");
    freexl_get_info(workbook, FREEXL_BIFF_SHEET_COUNT, &count);
    if (count == 0)
        return error_set(error, ERROR_SOURCE, name, "is a workbook without sheets");
    for (unsigned sheet = 0; sheet < count; sheet++) {
        const char *title = NULL;
        int code = freexl_get_worksheet_name(workbook, (unsigned short)sheet, &title);
        if (code == FREEXL_OK)
            code = freexl_select_active_worksheet(workbook, (unsigned short)sheet);
        if (code != FREEXL_OK)
            return fail(name, code, error);
        add(out, XLS_SHEET, sheet, title ? title : "", title ? strlen(title) : 0);
        if (add_rows(workbook, name, out, error) != 0)
            return -1;
    }
    add(out, XLS_END, 0, "", 0);
    return 0;
}

struct job {
    int file;
    const char *name;
};

static int read_workbook(void *context, struct buffer *out, struct error *error)
{
    const struct job *job = context;
    const void *workbook = NULL;
    char path[64];
    snprintf(path, sizeof path, "/proc/self/fd/%d", job->file);
    int code = freexl_open(path, &workbook);
    int result = code == FREEXL_OK ? add_sheets(workbook, job->name, out, error)
                                   : fail(job->name, code, error);
    if (workbook)
        freexl_close(workbook);
    return result;
}

// ---- the parent's side

// What was hashed is what is read: the file may have changed since.
static int copy_to_memory(const struct file_bytes *file, const char *name, struct error *error)
{
    int copy = memfd_create("workbook", MFD_CLOEXEC);
    if (copy < 0 || process_write(copy, file->bytes, file->length) != 0) {
        error_set_errno(error, ERROR_SOURCE, name, "cannot be copied");
        if (copy >= 0)
            close(copy);
        return -1;
    }
    return copy;
}

int xls_content_read(const struct file_bytes *file, const char *name, struct buffer *out,
                     struct error *error)
{
    static const struct limits limits = {
        .cpu_seconds = 120, .wall_seconds = 600, .bytes = (size_t)2 << 30, .opens_files = true};
    struct job job = {copy_to_memory(file, name, error), name};
    struct error problem = {0};
    if (job.file < 0)
        return -1;
    int result = process_run(read_workbook, &job, &limits, name, out, &problem);
    close(job.file);
    if (result == 0)
        return 0;
    if (problem.kind == ERROR_SOURCE)
        *error = problem;
    else
        error_set(error, ERROR_SOURCE, name, "is damaged: reading it %s", problem.message);
    return -1;
}
