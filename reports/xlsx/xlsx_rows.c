// SPDX-License-Identifier: MIT
// Tables of results as rows and cells of sheets.
#include "reports/xlsx/xlsx_inside.h"

#include "engine/base/memory.h"

#include <stdlib.h>

// ---- headings

struct sheet *xlsx_add_result(struct xlsx *xlsx, enum word name, const struct result_table *table,
                              size_t rows, int frozen)
{
    struct xlsx_column *columns = arena_take(xlsx->arena, (size_t)table->count, sizeof *columns);
    int count = 0;
    for (int i = 0; i < table->count; i++)
        if (table->columns[i].marks & RESULT_SHEET)
            columns[count++] =
                (struct xlsx_column){table->columns[i].heading, table->columns[i].width};
    return xlsx_add_sheet(xlsx, name, columns, count, rows, frozen);
}

void xlsx_add_result_headings(const struct xlsx *xlsx, const struct result_table *table)
{
    sheet_add_row(xlsx->summary);
    for (int i = 0; i < table->count; i++)
        if (table->columns[i].marks & RESULT_SHEET)
            sheet_add_text(xlsx->summary, xlsx_say(xlsx, table->columns[i].heading), STYLE_HEADING);
}

// ---- cells

// The row that a cell leads to; NULL when there is none.
static const struct sheet *find_target(const struct xlsx *xlsx, const struct result_column *column,
                                       const struct result_row *row, size_t *at)
{
    switch (column->link) {
    case LINK_CONTROL:
        *at = xlsx->control_rows[row->control];
        return xlsx->controls;
    case LINK_EXCEPTION: // from a control to its first, if any
        *at = row->exception ? row->number : xlsx->first_exceptions[row->control];
        if (!row->exception &&
            (row->line > 0 || xlsx->run->evaluation->results[row->control].exceptions == 0))
            break;
        return xlsx->exceptions;
    case LINK_EVIDENCE:
        *at = xlsx->evidence_rows;
        return xlsx->evidence;
    case LINK_NONE:
        break;
    }
    return NULL;
}

static enum style style_of(const struct result_cell *cell)
{
    if (cell->tone != TONE_PLAIN)
        return cell->tone == TONE_STRONG ? STYLE_BOLD : STYLE_WARNING;
    return cell->type == RESULT_LONG_TEXT ? STYLE_WRAP : STYLE_TEXT;
}

static void add_cell(const struct xlsx *xlsx, struct sheet *sheet, const struct result_cell *cell)
{
    switch (cell->type) {
    case RESULT_COUNT:
    case RESULT_POSITION:
        sheet_add_count(sheet, cell->count);
        break;
    case RESULT_NUMBER:
        sheet_add_number(sheet, cell->text);
        break;
    case RESULT_AMOUNT:
        sheet_add_amount(sheet, cell->amount, cell->places);
        break;
    case RESULT_RATE:
        sheet_add_rate(sheet, cell->count, cell->whole);
        break;
    case RESULT_DAY:
        sheet_add_day(sheet, cell->text);
        break;
    case RESULT_TEXT:
    case RESULT_LONG_TEXT:
    case RESULT_JSON_TEXT:
        if (cell->people)
            xlsx_add_masked(xlsx, sheet, cell->text, style_of(cell));
        else
            sheet_add_text(sheet, cell->text, style_of(cell));
        break;
    case RESULT_EXACT: // the amount's own
        break;
    }
}

void xlsx_add_result_row(const struct xlsx *xlsx, struct sheet *sheet,
                         const struct result_table *table, const struct result_row *row)
{
    struct result_cell cell = {0};
    sheet_add_row(sheet);
    for (int i = 0; i < table->count; i++) {
        const struct result_column *column = &table->columns[i];
        size_t at = 0;
        if (!(column->marks & RESULT_SHEET) || column->type == RESULT_EXACT)
            continue;
        result_cell_fill(&cell, column, row);
        const struct sheet *target = cell.empty ? NULL : find_target(xlsx, column, row, &at);
        if (cell.empty)
            sheet_skip(sheet, cell.type == RESULT_AMOUNT ? 2 : 1);
        else if (!target)
            add_cell(xlsx, sheet, &cell);
        else if (cell.type == RESULT_COUNT)
            sheet_add_count_link(sheet, cell.count, target, at);
        else
            sheet_add_link(sheet, cell.text, target, at);
    }
    buffer_clear(&cell.built);
}
