// SPDX-License-Identifier: MIT
#include "reports/totals.h"

#include "reports/csv_text.h"
#include "reports/total.h"

#include <stdlib.h>

// The table's next expectation of this field from `*at` on, or NULL.
static const struct expectation *next_expectation(const struct data *data, int table, int field,
                                                  size_t *at)
{
    for (; *at < data->expectation_count; ++*at) {
        const struct expectation *expectation = &data->expectations[*at];
        if (expectation->table == table && expectation->field == field)
            return &data->expectations[(*at)++];
    }
    return NULL;
}

static void add_expected(struct buffer *line, const struct expectation *expectation)
{
    struct total actual, expected, difference;
    struct buffer text = {0};
    csv_text_add_number(line, expectation ? expectation->expected : NULL);
    if (expectation && expectation->actual && total_parse(expectation->actual, &actual) == 0 &&
        total_parse(expectation->expected, &expected) == 0 &&
        total_subtract(actual, expected, &difference) == 0)
        total_format(difference, 0, false, &text);
    csv_text_add_number(line, buffer_text(&text));
    buffer_clear(&text);
}

static void write_line(struct output *output, struct buffer *line)
{
    csv_text_end_line(line);
    output_add(output, line->data, line->length);
    buffer_reset(line);
}

static void add_records(struct buffer *line, const struct table *table)
{
    csv_text_add(line, table->definition->name);
    csv_text_add(line, NULL);
    csv_text_add_count(line, table->records_read);
    csv_text_add_count(line, table->rows);
    csv_text_add_count(line, table->records_rejected);
    csv_text_add(line, NULL);
    csv_text_add(line, NULL);
    csv_text_add(line, NULL);
}

static void add_column(struct buffer *line, const struct data *data, int index, int field)
{
    const struct table *table = &data->tables[index];
    const struct column *column = &table->columns[field];
    char *sum = data_sum(data, index, field);
    size_t empty = 0;
    for (size_t row = 0; row < table->rows; row++)
        empty += column_get(column, row) == CELL_NULL;
    csv_text_add(line, table->definition->name);
    csv_text_add(line, table->definition->fields[field].name);
    csv_text_add(line, NULL);
    csv_text_add_count(line, table->rows);
    csv_text_add(line, NULL);
    csv_text_add_number(line, sum);
    csv_text_add_count(line, empty);
    csv_text_add_count(line, column->invalid_count);
    free(sum);
}

static void write_table(const struct data *data, int index, struct output *output,
                        struct buffer *line)
{
    const struct table *table = &data->tables[index];
    for (int field = -1; field < table->definition->field_count; field++) {
        if (field >= 0) {
            enum type type = table->definition->fields[field].type;
            bool numeric = type == TYPE_INT || type == TYPE_DECIMAL || type == TYPE_MONEY;
            if (!numeric || !table->columns[field].imported)
                continue;
        }
        // Several expectations of one total each get a line.
        size_t at = 0;
        const struct expectation *expectation = next_expectation(data, index, field, &at);
        do {
            if (field < 0)
                add_records(line, table);
            else
                add_column(line, data, index, field);
            add_expected(line, expectation);
            write_line(output, line);
        } while (expectation && (expectation = next_expectation(data, index, field, &at)));
    }
}

int totals_write(const struct run *run, struct output *output, struct error *error)
{
    if (output_begin(output, "totals.csv", error) < 0)
        return -1;
    output_add_text(output, "table,column,records_read,loaded,rejected,sum,empty,invalid,expected,"
                            "difference\n");
    struct buffer line = {0};
    for (int table = 0; table < run->data->model->table_count; table++)
        if (run->data->tables[table].imported)
            write_table(run->data, table, output, &line);
    buffer_clear(&line);
    return output_end(output, error);
}
