// SPDX-License-Identifier: MIT
#include "reports/files/totals.h"

#include "engine/base/total.h"
#include "reports/files/csv_text.h"

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

void totals_add_difference(const struct expectation *expectation, struct buffer *out)
{
    struct total actual, expected, difference;
    if (expectation && expectation->actual && total_parse(expectation->actual, &actual) == 0 &&
        total_parse(expectation->expected, &expected) == 0 &&
        total_subtract(actual, expected, &difference) == 0)
        total_format(difference, 0, false, out);
}

static void add_expected(struct buffer *line, const struct expectation *expectation)
{
    struct buffer text = {0};
    csv_text_add_number(line, expectation ? expectation->expected : NULL);
    totals_add_difference(expectation, &text);
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

size_t totals_empty(const struct table *table, int field)
{
    size_t empty = 0;
    for (size_t row = 0; row < table->rows; row++)
        empty += column_get(&table->columns[field], row) == CELL_NULL;
    return empty;
}

static void add_column(struct buffer *line, const struct data *data, int index, int field)
{
    const struct table *table = &data->tables[index];
    const struct column *column = &table->columns[field];
    char *sum = data_sum(data, index, field);
    csv_text_add(line, table->definition->name);
    csv_text_add(line, table->definition->fields[field].name);
    csv_text_add(line, NULL);
    csv_text_add_count(line, table->rows);
    csv_text_add(line, NULL);
    csv_text_add_number(line, sum);
    csv_text_add_count(line, totals_empty(table, field));
    csv_text_add_count(line, column->invalid_count);
    free(sum);
}

static void visit_table(const struct data *data, int index,
                        void (*visit)(void *context, int table, int field,
                                      const struct expectation *expectation),
                        void *context)
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
        do
            visit(context, index, field, expectation);
        while (expectation && (expectation = next_expectation(data, index, field, &at)));
    }
}

void totals_visit(const struct data *data,
                  void (*visit)(void *context, int table, int field,
                                const struct expectation *expectation),
                  void *context)
{
    for (int table = 0; table < data->model->table_count; table++)
        if (data->tables[table].imported)
            visit_table(data, table, visit, context);
}

struct writing {
    const struct data *data;
    struct output *output;
    struct buffer line;
};

static void write_total(void *context, int table, int field, const struct expectation *expectation)
{
    struct writing *writing = context;
    if (field < 0)
        add_records(&writing->line, &writing->data->tables[table]);
    else
        add_column(&writing->line, writing->data, table, field);
    add_expected(&writing->line, expectation);
    write_line(writing->output, &writing->line);
}

int totals_write(const struct run *run, struct output *output, struct error *error)
{
    struct writing writing = {.data = run->data, .output = output};
    if (output_begin(output, "totals.csv", error) < 0)
        return -1;
    output_add_text(output, "table,column,records_read,loaded,rejected,sum,empty,invalid,expected,"
                            "difference\n");
    totals_visit(run->data, write_total, &writing);
    buffer_clear(&writing.line);
    return output_end(output, error);
}
