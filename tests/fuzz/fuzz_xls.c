// SPDX-License-Identifier: MIT
// Any bytes as an .xls file: its stream and formulas are found here, all of it by the process that
// reads it, which may break, but not this one.
#include "adapters/workbook.h"
#include "adapters/xls_formula.h"
#include "adapters/xls_stream.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static void must(bool holds, const char *what)
{
    if (holds)
        return;
    fprintf(stderr, "does not hold: %s\n", what);
    abort();
}

static void find_formulas(const char *bytes, size_t size)
{
    struct buffer stream = {0};
    struct xls_formulas formulas = {0};
    if (xls_stream_read(bytes, size, &stream))
        xls_formulas_find(&stream, &formulas);
    must(stream.length <= size, "a stream is no longer than its file");
    for (size_t i = 0; i < formulas.count; i++)
        must(formulas.items[i].at + formulas.items[i].length <= formulas.texts.length,
             "a formula's text is one of theirs");
    xls_formulas_clear(&formulas);
    buffer_clear(&stream);
}

static int see_row(void *context, const struct workbook_row *row)
{
    size_t *seen = context;
    for (size_t i = 0; i < row->count; i++)
        *seen += row->cells[i].length;
    return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    char path[64], *copy = malloc(size + 1); // a block of its own, so that a read past it is found
    struct error error = {0};
    struct unpack_limit limit = {0};
    int file = memfd_create("fuzz", MFD_CLOEXEC);
    must(copy && file >= 0 && write(file, bytes, size) == (ssize_t)size,
         "there is room for a file");
    memcpy(copy, bytes, size);
    find_formulas(copy, size);
    free(copy);
    snprintf(path, sizeof path, "/proc/self/fd/%d", file);
    struct workbook *workbook = workbook_new(&workbook_xls, path, "fuzz.xls", &limit, &error);
    must(workbook || error.kind == ERROR_SOURCE, "what cannot be read is the source's fault");
    for (size_t i = 0, seen = 0; workbook && i < workbook->sheet_count; i++) {
        struct workbook_target target = {.context = &seen, .row = see_row};
        must(workbook_read(workbook, i, &target, &error) == 0 || error.kind == ERROR_SOURCE,
             "what cannot be read is the source's fault");
    }
    workbook_free(workbook);
    close(file);
    return 0;
}
