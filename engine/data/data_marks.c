// SPDX-License-Identifier: MIT
// An amount marked with one currency in a row of another is not read: one of the two is wrong.
// Where the source has no currency for its rows, they are only taken to be in the company's own;
// then the amounts stay, and the column is said to be doubtful.
#include "engine/base/currency.h"
#include "engine/base/memory.h"
#include "engine/base/reason.h"
#include "engine/data/data_inside.h"

#include <stdlib.h>
#include <string.h>

struct checking {
    struct data *data;
    int table, field;
    int64_t *words; // of the column; NULL: nothing of it has changed
    int doubted;    // source whose column was said to be doubtful
};

// Does the row say its own currency?
static bool says_currency(const struct data *data, int table, uint32_t row)
{
    const struct path *path = &data->model->tables[table].currency;
    if (path->field < 0 || !data->tables[path->table].columns[path->field].imported)
        return false;
    return data_walk(data, table, path, row) > CELL_INVALID;
}

static void spoil(struct checking *checking, uint32_t row, const char *text)
{
    const struct table *rows = &checking->data->tables[checking->table];
    struct column *column = &checking->data->tables[checking->table].columns[checking->field];
    if (!checking->words) {
        checking->words = memory_resize(NULL, (size_t)rows->rows + 1, sizeof(int64_t));
        for (uint32_t each = 0; each < rows->rows; each++)
            checking->words[each] = column_get(column, each);
    }
    column_add_invalid(column, checking->data->arena, row, text, strlen(text));
    checking->words[row] = CELL_INVALID;
}

static void check_cell(struct checking *checking, const struct marked_cell *cell)
{
    struct data *data = checking->data;
    const struct table *rows = &data->tables[checking->table];
    uint32_t currency = data_currency_of_row(data, checking->table, cell->row);
    const char *code = dictionary_get(data->texts, currency).bytes;
    const char *mark = currency_mark_text(cell->mark);
    bool said = says_currency(data, checking->table, cell->row);
    int source = data_source(rows, cell->row);
    if (currency_mark_fits(cell->mark, code) || (!said && checking->doubted == source))
        return;
    struct buffer text = {0}, reason = {0};
    data_format(data, checking->table, cell->row, checking->field, &text);
    buffer_printf(&text, " %s", mark);
    reason_set_with(&reason, said ? REASON_OTHER_CURRENCY : REASON_MARKED_OTHERWISE,
                    "%s" REASON_AND "%s", mark, code);
    problem_add(&data->problems, said ? PROBLEM_INVALID_CELL : PROBLEM_DOUBTFUL_SOURCE,
                checking->table, source, column_get(&rows->lines, cell->row),
                rows->definition->fields[checking->field].name, buffer_text(&text), text.length,
                buffer_text(&reason));
    if (said)
        spoil(checking, cell->row, buffer_text(&text));
    else
        checking->doubted = source;
    buffer_clear(&text);
    buffer_clear(&reason);
}

static void check_column(struct data *data, int table, int field)
{
    struct column *column = &data->tables[table].columns[field];
    struct checking checking = {data, table, field, NULL, -1};
    for (size_t i = 0; i < column->marked_count; i++)
        check_cell(&checking, &column->marked[i]);
    if (checking.words) {
        column_pack(column, checking.words, data->tables[table].rows);
        column_sort_invalid(column);
        free(checking.words);
    }
    free(column->marked);
    column->marked = NULL;
    column->marked_count = 0;
}

void data_check_marks(struct data *data, bool linked)
{
    for (int table = 0; table < data->model->table_count; table++)
        for (int field = 0; field < data->model->tables[table].field_count; field++)
            if ((data->model->tables[table].currency.depth > 0) == linked)
                check_column(data, table, field);
}
