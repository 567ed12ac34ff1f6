// SPDX-License-Identifier: MIT
#include "reports/xlsx/xlsx_number.h"

enum { DIGITS = 15 };

bool xlsx_number_is_exact(struct total total)
{
    while (total.coefficient != 0 && total.coefficient % 10 == 0)
        total.coefficient /= 10;
    int digits = 0;
    for (; total.coefficient != 0; total.coefficient /= 10)
        digits++;
    return !total.beyond && digits <= DIGITS;
}

// Up to 15 digits and 22 places both operands are exact, so that the quotient is the nearest there
// is.
static double nearest(struct total total)
{
    long double power = 1; // holds 64-bit coefficients
    for (; total.scale > 0 && total.coefficient % 10 == 0; total.scale--)
        total.coefficient /= 10;
    for (int i = 0; i < total.scale; i++)
        power *= 10;
    return (double)((long double)total.coefficient / power);
}

lxw_error xlsx_number_write(lxw_worksheet *sheet, lxw_row_t row, lxw_col_t column,
                            struct total total, lxw_format *format)
{
    return worksheet_write_number(sheet, row, column, nearest(total), format);
}

lxw_error xlsx_number_write_rate(lxw_worksheet *sheet, lxw_row_t row, lxw_col_t column,
                                 uint64_t part, uint64_t whole, lxw_format *format)
{
    return worksheet_write_number(sheet, row, column, (double)part / (double)whole, format);
}

lxw_error xlsx_number_write_formula(lxw_worksheet *sheet, lxw_row_t row, lxw_col_t column,
                                    const char *formula, uint64_t result, lxw_format *format)
{
    return worksheet_write_formula_num(sheet, row, column, formula, format, (double)result);
}
