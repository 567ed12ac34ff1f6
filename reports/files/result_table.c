// SPDX-License-Identifier: MIT
#include "reports/files/result_inside.h"

#include "engine/base/calendar.h"
#include "engine/base/currency.h"
#include "reports/files/json_text.h"

#include <string.h>

const struct result_table *const result_tables[RESULT_TABLES] = {
    &result_exceptions, &result_controls, &result_assumptions, &result_parameters,
    &result_problems,   &result_totals,   &result_documents,   &result_waivers,
    &result_evidence,   &result_amounts,  &result_left_out,    &result_systems,
};

// ---- cells

void result_cell_fill(struct result_cell *cell, const struct result_column *column,
                      const struct result_row *row)
{
    struct buffer built = cell->built;
    buffer_reset(&built);
    *cell = (struct result_cell){.type = column->type,
                                 .empty = true,
                                 .people = column->marks & RESULT_PEOPLE,
                                 .built = built};
    if (column->marks & RESULT_ONCE && row->line > 0)
        return;
    column->fill(row, cell);
    if (cell->empty)
        result_cell_buffer(cell, &cell->built);
}

// ---- for those that fill

void result_cell_text(struct result_cell *cell, const char *text)
{
    cell->text = text;
    cell->empty = !text;
}

void result_cell_count(struct result_cell *cell, uint64_t count)
{
    cell->count = count;
    cell->empty = false;
}

void result_cell_buffer(struct result_cell *cell, const struct buffer *text)
{
    result_cell_text(cell, text->length ? buffer_text(text) : NULL);
}

void result_cell_amount(struct result_cell *cell, struct total amount, const char *currency)
{
    cell->amount = amount;
    cell->places = currency ? currency_digits(currency) : 0;
    total_format(amount, cell->places, false, &cell->built);
}

void result_cell_day(struct result_cell *cell, int day)
{
    char text[CALENDAR_TEXT_MAX];
    calendar_format_day(day, text);
    buffer_add_text(&cell->built, text);
}

// ---- columns that several tables have

const struct control *result_control(const struct result_row *row)
{
    return &row->run->engagement->controls[row->control];
}

void result_fill_number(const struct result_row *row, struct result_cell *cell)
{
    result_cell_count(cell, row->number + 1);
}

void result_fill_control(const struct result_row *row, struct result_cell *cell)
{
    cell->tone = row->exception ? TONE_PLAIN : TONE_STRONG;
    result_cell_text(cell, result_control(row)->id);
}

void result_fill_title(const struct result_row *row, struct result_cell *cell)
{
    result_cell_text(cell, bilingual_get(&result_control(row)->title, row->run->language));
}

void result_fill_table(const struct result_row *row, struct result_cell *cell)
{
    result_add_table_name(row->run, row->table, row->language, &cell->built);
}

void result_fill_amount_kind(const struct result_row *row, struct result_cell *cell)
{
    enum amount_kind kind = result_control(row)->amount_kind;
    if (!row->exception || row->exception->finding->has_amount)
        result_cell_text(cell,
                         row->language ? word_kind(kind, row->language) : amount_kind_name(kind));
}

void result_add_table_name(const struct run *run, int table, const char *language,
                           struct buffer *out)
{
    const struct model_table *definition = &run->data->model->tables[table];
    if (language && definition->label && strcmp(language, "zh") == 0)
        buffer_printf(out, "%s (%s)", definition->label, definition->name);
    else
        buffer_add_text(out, definition->name);
}

// ---- rows as JSON

static void add_member(struct buffer *out, const char *name, const struct result_cell *cell)
{
    json_text_add(out, name);
    buffer_add_byte(out, ':');
    if (cell->empty)
        buffer_add_text(out, "null");
    else if (cell->type == RESULT_COUNT || cell->type == RESULT_POSITION)
        buffer_printf(out, "%llu", (unsigned long long)cell->count);
    else if (cell->type == RESULT_JSON_TEXT)
        buffer_add_text(out, cell->text);
    else
        json_text_add(out, cell->text);
}

void result_add_json(const struct result_table *table, const struct result_row *row,
                     struct buffer *out)
{
    struct result_cell cell = {0};
    bool first = true;
    buffer_add_byte(out, '{');
    for (int i = 0; i < table->count; i++) {
        const struct result_column *column = &table->columns[i];
        if (!(column->marks & RESULT_JSON))
            continue;
        if (!first)
            buffer_add_byte(out, ',');
        first = false;
        result_cell_fill(&cell, column, row);
        add_member(out, column->name, &cell);
    }
    buffer_add_byte(out, '}');
    buffer_clear(&cell.built);
}
