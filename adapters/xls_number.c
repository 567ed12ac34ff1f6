// SPDX-License-Identifier: MIT
#include "adapters/xls_number.h"

#include "adapters/number_text.h"

#include <stdio.h>
#include <string.h>

void xls_number_add(const FreeXL_CellValue *cell, struct buffer *out)
{
    const double number = cell->value.double_value;
    char digits[64];
    snprintf(digits, sizeof digits, "%.17g",
             number); // every binary number has 17 digits of its own
    char *comma = strchr(digits, ',');
    if (comma)
        *comma = '.'; // some languages' decimal sign
    if (!number_text_add(digits, strlen(digits), out))
        buffer_add_text(out, digits); // nan and inf, which no cell takes for a number
}
