// SPDX-License-Identifier: MIT
// What the sheets share: a sheet with its columns, the cells that several have, a section of the
// summary.
#include "engine/base/currency.h"
#include "engine/base/memory.h"
#include "reports/xlsx/xlsx_inside.h"

#include <stdlib.h>

const char *xlsx_say(const struct xlsx *xlsx, enum word word)
{
    return word_get(word, xlsx->run->language);
}

struct sheet *xlsx_add_sheet(struct xlsx *xlsx, enum word name, const struct xlsx_column *columns,
                             int count, size_t rows, int frozen)
{
    struct sheet_column *named = arena_take(xlsx->arena, (size_t)count, sizeof *named);
    for (int i = 0; i < count; i++)
        named[i] = (struct sheet_column){xlsx_say(xlsx, columns[i].heading), columns[i].width};
    struct sheet_plan plan = {.name = xlsx_say(xlsx, name),
                              .columns = named,
                              .column_count = count,
                              .rows = rows,
                              .frozen = frozen};
    return book_add_sheet(xlsx->book, &plan);
}

void xlsx_add_masked(const struct xlsx *xlsx, struct sheet *sheet, const char *text,
                     enum style style)
{
    struct buffer masked = {0};
    if (xlsx->run->mask && text)
        mask_text(xlsx->run->mask, text, &masked);
    sheet_add_text(sheet, xlsx->run->mask ? buffer_text(&masked) : text, style);
    buffer_clear(&masked);
}

void xlsx_add_sum(struct sheet *sheet, const struct sum *sum)
{
    sheet_add_amount(sheet, sum->total, currency_digits(sum->currency));
}

void xlsx_add_control(const struct xlsx *xlsx, struct sheet *sheet, int control)
{
    sheet_add_link(sheet, xlsx->run->engagement->controls[control].id, xlsx->controls,
                   xlsx->control_rows[control]);
}

void xlsx_begin_section(const struct xlsx *xlsx, const char *name)
{
    sheet_add_row(xlsx->summary);
    sheet_add_row(xlsx->summary);
    sheet_add_text(xlsx->summary, name, STYLE_BOLD);
}

void xlsx_add_headings(const struct xlsx *xlsx, const enum word *words, size_t count)
{
    sheet_add_row(xlsx->summary);
    for (size_t i = 0; i < count; i++)
        sheet_add_text(xlsx->summary, xlsx_say(xlsx, words[i]), STYLE_HEADING);
}
