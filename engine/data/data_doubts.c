// SPDX-License-Identifier: MIT
// What was probably changed before it was imported. Ids that a spreadsheet has rounded; and rows
// that look like totals: their key is a word for a total, alone, or at the beginning of the last
// row of a source. They stay: whoever knows the list has to say that they are none.
#include "engine/base/reason.h"
#include "engine/data/data_inside.h"

#include <string.h>
#include <strings.h>

static const char *const totals[] = {
    "合计",     "总计",          "小计",          "共计",        "累计",
    "总合计",   "本页合计",      "本页小计",      "本月合计",    "本年累计",
    "合 计",    "合  计",        "总 计",         "小 计",       "合计：",
    "合计:",    "总计：",        "总计:",         "小计：",      "小计:",
    "Total",    "TOTAL",         "total",         "Total:",      "Totals",
    "TOTALS",   "Grand Total",   "Grand total",   "Sum",         "GRAND TOTAL",
    "Subtotal", "SUBTOTAL",      "Sub Total",     "Sub-total",   "SUM",
    "Summe",    "SUMME",         "Gesamt",        "Gesamtsumme", "Endsumme",
    "Итого",    "Zwischensumme", "Total général", "Totale",      "Totaal",
    "合計",     "総計",          "小計",          "*",           "**",
    "***",
};

static const char *const beginnings[] = {
    "合计",   "总计",   "小计",  "共计",   "共 ",   "制表",        "打印",    "合計",
    "Total ", "Total:", "Summe", "Gesamt", "Итого", "Grand total", "Subtotal"};

static void report(struct data *data, int table, uint32_t row, int field)
{
    const struct table *rows = &data->tables[table];
    int64_t word = column_get(&rows->columns[field], row);
    struct text text = dictionary_get(data->texts, (uint32_t)word);
    struct buffer reason = {0};
    reason_set(&reason, REASON_LOOKS_LIKE_TOTAL);
    problem_add(&data->problems, PROBLEM_DOUBTFUL_RECORD, table, data_source(rows, row),
                column_get(&rows->lines, row), rows->definition->fields[field].name, text.bytes,
                text.length, buffer_text(&reason));
    buffer_clear(&reason);
}

static bool begins_as_total(struct text text)
{
    for (size_t i = 0; i < sizeof beginnings / sizeof *beginnings; i++) {
        size_t length = strlen(beginnings[i]);
        if (text.length >= length && strncasecmp(text.bytes, beginnings[i], length) == 0)
            return true;
    }
    return false;
}

static bool is_total(const uint32_t *codes, size_t count, int64_t word)
{
    for (size_t i = 0; i < count; i++)
        if (word == (int64_t)codes[i])
            return true;
    return false;
}

static void check_table(struct data *data, int table, const uint32_t *codes, size_t count)
{
    const struct table *rows = &data->tables[table];
    int field = rows->definition->key_count ? rows->definition->key[0] : -1;
    if (field < 0 || rows->definition->fields[field].type != TYPE_TEXT || rows->rows == 0)
        return;
    const struct column *column = &rows->columns[field];
    for (uint32_t row = 0; count && row < rows->rows; row++)
        if (is_total(codes, count, column_get(column, row)))
            report(data, table, row, field);
    for (size_t span = 0; span < rows->span_count; span++) {
        uint32_t next = span + 1 < rows->span_count ? rows->spans[span + 1].first : rows->rows;
        int64_t word = next > rows->spans[span].first ? column_get(column, next - 1) : CELL_NULL;
        if (word > CELL_INVALID && !is_total(codes, count, word) &&
            begins_as_total(dictionary_get(data->texts, (uint32_t)word)))
            report(data, table, next - 1, field);
    }
}

// Digits that a spreadsheet, which keeps fifteen, has written in full again.
static bool is_rounded(struct text text)
{
    enum { KEPT = 15 };
    if (text.length <= KEPT)
        return false;
    for (size_t i = 0; i < text.length; i++)
        if (text.bytes[i] < '0' || text.bytes[i] > (i < KEPT ? '9' : '0'))
            return false;
    return true;
}

// Three ids are enough to tell: by chance they would not all end in zeros.
static void check_ids(struct data *data, int table, int field)
{
    enum { ENOUGH = 3 };
    const struct table *rows = &data->tables[table];
    const struct column *column = &rows->columns[field];
    uint32_t ids = 0, first = 0;
    for (uint32_t row = 0; row < rows->rows; row++) {
        int64_t word = column_get(column, row);
        if (word <= CELL_INVALID)
            continue;
        if (!is_rounded(dictionary_get(data->texts, (uint32_t)word)))
            return;
        first = ids++ ? first : row;
    }
    if (ids < ENOUGH)
        return;
    struct text text = dictionary_get(data->texts, (uint32_t)column_get(column, first));
    struct buffer reason = {0};
    reason_set(&reason, REASON_ROUNDED_IDS);
    problem_add(&data->problems, PROBLEM_DOUBTFUL_SOURCE, table, data_source(rows, first),
                column_get(&rows->lines, first), rows->definition->fields[field].name, text.bytes,
                text.length, buffer_text(&reason));
    buffer_clear(&reason);
}

void data_doubt_ids(struct data *data)
{
    for (int table = 0; table < data->model->table_count; table++)
        for (int field = 0; field < data->model->tables[table].field_count; field++) {
            const struct field *definition = &data->model->tables[table].fields[field];
            if (definition->type == TYPE_TEXT && (definition->key || definition->refers) &&
                data->tables[table].columns[field].imported)
                check_ids(data, table, field);
        }
}

void data_doubt_totals(struct data *data)
{
    uint32_t codes[sizeof totals / sizeof *totals];
    size_t count = 0;
    for (size_t i = 0; i < sizeof totals / sizeof *totals; i++) {
        uint32_t code = dictionary_find(data->texts, totals[i], strlen(totals[i]));
        if (code != DICTIONARY_NONE)
            codes[count++] = code;
    }
    for (int table = 0; table < data->model->table_count; table++)
        if (data->tables[table].imported)
            check_table(data, table, codes, count);
}
