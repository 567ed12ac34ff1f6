// SPDX-License-Identifier: MIT
// Any bytes as an .xlsx file. The corpus is not compressed, so that a change of a byte is one of
// the XML. Whatever is read comes in order and within the limits of a sheet.
#include "adapters/workbook.h"
#include "engine/data/cell.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

struct seen {
    int64_t row;
    size_t bytes;
};

static void must(bool holds, const char *what)
{
    if (holds)
        return;
    fprintf(stderr, "does not hold: %s\n", what);
    abort();
}

static int see_row(void *context, const struct workbook_row *row)
{
    struct seen *seen = context;
    must(row->number > seen->row && row->number <= WORKBOOK_ROWS_MAX, "rows come in order");
    must(row->count <= WORKBOOK_COLUMNS_MAX, "a row has the columns of a sheet");
    seen->row = row->number;
    for (size_t i = 0; i < row->count; i++)
        for (size_t at = 0; at < row->cells[i].length; at++)
            seen->bytes += row->cells[i].bytes[at] != '\0';
    return 0;
}

static void see_column(void *context, size_t column)
{
    (void)context;
    must(column < WORKBOOK_COLUMNS_MAX, "a hidden column is one of the sheet");
}

static void see_merged(void *context, int64_t first_row, int64_t last_row, size_t first_column,
                       size_t last_column)
{
    (void)context;
    must(first_row > 0 && first_row < last_row && last_row <= WORKBOOK_ROWS_MAX &&
             first_column <= last_column && last_column < WORKBOOK_COLUMNS_MAX,
         "merged cells lie on the sheet");
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    char path[64];
    struct error error = {0};
    struct unpack_limit limit = {.declared = 16 << 20};
    int file = memfd_create("fuzz", MFD_CLOEXEC);
    must(file >= 0 && write(file, bytes, size) == (ssize_t)size, "there is room for a file");
    snprintf(path, sizeof path, "/proc/self/fd/%d", file);
    struct workbook *workbook = workbook_new(&workbook_xlsx, path, "fuzz.xlsx", &limit, &error);
    must(workbook || error.kind == ERROR_SOURCE, "what cannot be read is the source's fault");
    for (size_t i = 0; workbook && i < workbook->sheet_count; i++) {
        struct seen seen = {0};
        struct workbook_target target = {&seen, see_row, see_column, see_merged};
        must(workbook_read(workbook, i, &target, &error) == 0 || error.kind == ERROR_SOURCE,
             "what cannot be read is the source's fault");
    }
    workbook_free(workbook);
    close(file);
    return 0;
}
