// SPDX-License-Identifier: MIT
#include "reports/files/csv_files.h"

#include "reports/files/csv_text.h"
#include "reports/files/result_table.h"

struct writing {
    struct output *output;
    const struct result_table *table;
    struct result_cell cell;
    struct buffer line;
};

static void add_cell(struct buffer *line, const struct result_cell *cell)
{
    if (cell->empty) {
        csv_text_add(line, NULL);
        return;
    }
    switch (cell->type) {
    case RESULT_COUNT:
    case RESULT_POSITION:
        csv_text_add_count(line, cell->count);
        break;
    case RESULT_NUMBER:
    case RESULT_AMOUNT:
        csv_text_add_number(line, cell->text);
        break;
    case RESULT_TEXT:
    case RESULT_LONG_TEXT:
    case RESULT_JSON_TEXT:
    case RESULT_DAY:
        csv_text_add(line, cell->text);
        break;
    case RESULT_EXACT: // the workbook's
    case RESULT_RATE:
        break;
    }
}

static void write_line(struct writing *writing)
{
    csv_text_end_line(&writing->line);
    output_add(writing->output, writing->line.data, writing->line.length);
    buffer_reset(&writing->line);
}

static void write_row(void *context, const struct result_row *row)
{
    struct writing *writing = context;
    for (int i = 0; i < writing->table->count; i++)
        if (writing->table->columns[i].marks & RESULT_CSV) {
            result_cell_fill(&writing->cell, &writing->table->columns[i], row);
            add_cell(&writing->line, &writing->cell);
        }
    write_line(writing);
}

static int write_file(const struct run *run, const struct result_table *table,
                      struct output *output, struct error *error)
{
    struct writing writing = {.output = output, .table = table};
    if (output_begin(output, table->csv, error) != 0)
        return -1;
    for (int i = 0; i < table->count; i++)
        if (table->columns[i].marks & RESULT_CSV)
            csv_text_add(&writing.line, table->columns[i].name);
    write_line(&writing);
    table->visit(&(struct result_walk){
        .run = run, .result = table->csv, .see = write_row, .context = &writing});
    buffer_clear(&writing.line);
    buffer_clear(&writing.cell.built);
    return output_end(output, error);
}

int csv_files_write(const struct run *run, struct output *output, struct error *error)
{
    for (int i = 0; i < RESULT_TABLES; i++) {
        const struct result_table *table = result_tables[i];
        if (table->csv && (table != &result_waivers || run->waivers) &&
            (table != &result_left_out || run->data->left_out.count) &&
            write_file(run, table, output, error) != 0)
            return -1;
    }
    return 0;
}
