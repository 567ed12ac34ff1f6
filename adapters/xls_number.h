// SPDX-License-Identifier: MIT
// The binary numbers of .xls files as digits.
#ifndef VOUCH_XLS_NUMBER_H
#define VOUCH_XLS_NUMBER_H

#include "engine/base/buffer.h"

#include <freexl.h>

// Adds the number of a cell as number_text_add would: the only use of binary floating point in
// reading.
void xls_number_add(const FreeXL_CellValue *cell, struct buffer *out);

#endif
