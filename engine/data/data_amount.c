// SPDX-License-Identifier: MIT
// What a row says that it is worth, for totals of rows of all kinds: its amount, else what it comes
// to with tax or without, else that of the document it is about.
#include "engine/data/data.h"

bool data_amount(const struct data *data, int table, int64_t row, struct decimal *amount)
{
    static const char *const names[] = {"amount", "gross_amount", "net_amount", "doc_amount"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        int field = model_find_field(&data->model->tables[table], names[i]);
        if (field < 0 || data->model->tables[table].fields[field].type != TYPE_MONEY)
            continue;
        const struct column *column = &data->tables[table].columns[field];
        int64_t word = column->imported ? column_get(column, (size_t)row) : CELL_NULL;
        if (word > CELL_INVALID) {
            *amount = (struct decimal){word, column->scale};
            return true;
        }
    }
    return false;
}
