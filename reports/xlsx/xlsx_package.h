// SPDX-License-Identifier: MIT
// A package: a workbook's file, a ZIP archive of XML. The library that writes it does not notice
// when a disk that is full takes away part of a sheet, so a package is read through before it
// becomes a result.
#ifndef VOUCH_XLSX_PACKAGE_H
#define VOUCH_XLSX_PACKAGE_H

#include "engine/base/error.h"
#include "reports/files/output.h"

#include <stddef.h>
#include <stdint.h>

// What was written into one sheet.
struct package_sheet {
    int64_t row_bytes; // of the rows' XML
    int64_t links;     // hyperlinks, HYPERLINK formulas apart
};

struct package_contents {
    struct package_sheet *sheets; // in the order of the book; owned
    size_t count;
};

void package_contents_clear(struct package_contents *contents);

// Reads the package through and then adds it to the file begun last: each part unpacks to what its
// checksum says, its tags open and close, each sheet holds its contents. 0, or -1 with `error`
// (ERROR_RESULT) when it is not whole.
int package_copy(int descriptor, const struct package_contents *contents, const char *name,
                 struct output *output, struct error *error);

#endif
