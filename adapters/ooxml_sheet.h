// SPDX-License-Identifier: MIT
// A sheet of an .xlsx file, row by row as it is unpacked: no more than a row is kept.
#ifndef VOUCH_OOXML_SHEET_H
#define VOUCH_OOXML_SHEET_H

#include "adapters/ooxml_book.h"
#include "adapters/workbook.h"

// Reads the sheet of that number. 0 at its end, 1 when the target wants no more, -1 with `error`,
// ERROR_SOURCE, where it is damaged, unpacks to more than the limit or is no sheet.
int ooxml_sheet_read(struct ooxml_book *book, size_t sheet, const struct workbook_target *target,
                     struct error *error);

#endif
