// SPDX-License-Identifier: MIT
// libfreexl reads the workbook in a process of its own, which has limits of time and memory and
// passes on a flat stream: header, bytes, header, bytes. The parent trusts none of its lengths
// (xls_content_next).
//
// libfreexl does not tell a formula from a value that was typed, so the formulas are found in the
// file's own records beside it (xls_stream, xls_formula), and a cell with one takes what was saved
// as its result.
#include "adapters/xls_content.h"

#include "adapters/xls_formula.h"
#include "adapters/xls_number.h"
#include "adapters/xls_stream.h"
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

// What is read, and the formulas that are still to come.
struct job {
    int copy;
    const struct file_bytes *file;
    const char *name;
    const void *workbook;
    struct xls_formulas formulas;
    size_t next; // formula
};

// The formula at a place, or NULL.
static const struct xls_formula *formula_at(struct job *job, unsigned sheet, unsigned row,
                                            unsigned column)
{
    const struct xls_formula *it = &job->formulas.items[job->next];
    if (job->next == job->formulas.count || it->sheet != sheet || it->row != row ||
        it->column != column)
        return NULL;
    while (++job->next < job->formulas.count && it[1].sheet == sheet && it[1].row == row &&
           it[1].column == column)
        it++; // the last of two
    return it;
}

static int add_row(struct job *job, unsigned sheet, unsigned row, unsigned short columns,
                   struct buffer *out)
{
    struct buffer text = {0};
    int code = FREEXL_OK;
    for (unsigned short column = 0; column < columns && code == FREEXL_OK; column++) {
        const struct xls_formula *formula = formula_at(job, sheet, row, column);
        FreeXL_CellValue cell = {0};
        code = formula ? FREEXL_OK : freexl_get_cell_value(job->workbook, row, column, &cell);
        if (formula && formula->length)
            add(out, XLS_CELL, column, job->formulas.texts.data + formula->at, formula->length);
        else if (code == FREEXL_OK)
            add_cell(&cell, column, &text, out);
    }
    buffer_clear(&text);
    return code;
}

static int add_rows(struct job *job, unsigned sheet, struct buffer *out, struct error *error)
{
    unsigned rows = 0;
    unsigned short columns = 0;
    int code = freexl_worksheet_dimensions(job->workbook, &rows, &columns);
    for (unsigned row = 0; row < rows && code == FREEXL_OK; row++) {
        add(out, XLS_ROW, row + 1, "", 0);
        code = add_row(job, sheet, row, columns, out);
    }
    if (code != FREEXL_OK)
        return fail(job->name, code, error);
    // All that the file has must have been reached.
    if (job->next < job->formulas.count && job->formulas.items[job->next].sheet <= sheet)
        return error_set(error, ERROR_SOURCE, job->name,
                         "is damaged: it has cells outside its sheets; save it as .xlsx");
    return 0;
}

static int add_sheets(struct job *job, struct buffer *out, struct error *error)
{
    unsigned count = 0;
    freexl_get_info(job->workbook, FREEXL_BIFF_SHEET_COUNT, &count);
    if (count == 0)
        return error_set(error, ERROR_SOURCE, job->name, "is a workbook without sheets");
    for (unsigned sheet = 0; sheet < count; sheet++) {
        const char *title = NULL;
        int code = freexl_get_worksheet_name(job->workbook, (unsigned short)sheet, &title);
        if (code == FREEXL_OK)
            code = freexl_select_active_worksheet(job->workbook, (unsigned short)sheet);
        if (code != FREEXL_OK)
            return fail(job->name, code, error);
        add(out, XLS_SHEET, sheet, title ? title : "", title ? strlen(title) : 0);
        if (add_rows(job, sheet, out, error) != 0)
            return -1;
    }
    add(out, XLS_END, 0, "", 0);
    return 0;
}

static int find_formulas(struct job *job, struct error *error)
{
    struct buffer stream = {0};
    unsigned password = 0;
    if (freexl_get_info(job->workbook, FREEXL_BIFF_PASSWORD, &password) == FREEXL_OK &&
        password == FREEXL_BIFF_OBFUSCATED)
        return error_set(error, ERROR_SOURCE, job->name,
                         "is an encrypted workbook; save it without a password");
    bool whole = xls_stream_read(job->file->bytes, job->file->length, &stream) &&
                 xls_formulas_find(&stream, &job->formulas);
    buffer_clear(&stream);
    return whole ? 0
                 : error_set(error, ERROR_SOURCE, job->name,
                             "is damaged: its records cannot be followed; save it as .xlsx");
}

static int read_workbook(void *context, struct buffer *out, struct error *error)
{
    struct job *job = context;
    char path[64];
    snprintf(path, sizeof path, "/proc/self/fd/%d", job->copy);
    int code = freexl_open(path, &job->workbook);
    int result = code == FREEXL_OK ? 0 : fail(job->name, code, error);
    if (result == 0)
        result = find_formulas(job, error);
    if (result == 0)
        result = add_sheets(job, out, error);
    xls_formulas_clear(&job->formulas);
    if (job->workbook)
        freexl_close(job->workbook);
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
    struct job job = {.copy = copy_to_memory(file, name, error), .file = file, .name = name};
    struct error problem = {0};
    if (job.copy < 0)
        return -1;
    int result = process_run(read_workbook, &job, &limits, name, out, &problem);
    close(job.copy);
    if (result == 0)
        return 0;
    if (problem.kind == ERROR_SOURCE)
        *error = problem;
    else
        error_set(error, ERROR_SOURCE, name, "is damaged: reading it %s", problem.message);
    return -1;
}
