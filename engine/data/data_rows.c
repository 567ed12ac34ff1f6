// SPDX-License-Identifier: MIT
// What is asked of tables and rows: keys, origins, texts, days, currencies. A key's text can be
// taken apart again: its parts are encoded, so that nothing in them looks like what separates keys,
// ids and labels, or like a waiver's star. A path whose step is ambiguous, or not in
// the data, ends in what cannot be read.
#include "engine/base/currency.h"
#include "engine/base/memory.h"
#include "engine/data/data_inside.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int data_source(const struct table *table, int64_t row)
{
    size_t low = 0, high = table->span_count;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (table->spans[middle].first <= row)
            low = middle;
        else
            high = middle;
    }
    return table->span_count ? table->spans[low].source : -1;
}

void data_place(const struct data *data, int source, int64_t line, const char *column,
                struct buffer *out)
{
    const struct source *it = &data->sources[source];
    const json_t *letters = column && it->sheet ? json_object_get(it->details, "letters") : NULL;
    const char *letter = json_string_value(json_object_get(letters, column ? column : ""));
    buffer_add_text(out, it->name);
    if (line)
        buffer_printf(out, "%s%s%lld", it->sheet ? "!" : ":", letter ? letter : "",
                      (long long)line);
}

void data_origin(const struct data *data, int table, int64_t row, struct buffer *out)
{
    const struct table *rows = &data->tables[table];
    int source = data_source(rows, row);
    if (source < 0)
        return;
    if (!data->sources[source].keyed) {
        data_place(data, source, column_get(&rows->lines, (size_t)row), NULL, out);
        return;
    }
    buffer_printf(out, "%s:", data->sources[source].name);
    data_key(data, table, row, out);
}

const struct column *data_naming_column(const struct data *data, int table, int number, int target)
{
    const struct reference *reference = &data->model->tables[table].references[number];
    if (reference->kind != REFERENCE_KEY || reference->target != target)
        return NULL;
    const struct path *from = &reference->matches[reference->match_count - 1].from;
    const struct column *column = &data->tables[table].columns[from->field];
    return from->depth == 0 && column->imported ? column : NULL;
}

int64_t data_follow(const struct data *data, int table, int64_t row, int reference, int *target)
{
    const struct link *link = &data->tables[table].links[reference];
    *target = data->model->tables[table].references[reference].target;
    int64_t word = column_get(&link->rows, (size_t)row);
    if (word == CELL_INVALID)
        return ROW_AMBIGUOUS;
    if (word == CELL_NULL)
        return ROW_NONE;
    if (*target < 0)
        *target = (int)column_get(&link->tables, (size_t)row);
    return word;
}

int64_t data_walk(const struct data *data, int table, const struct path *path, int64_t row)
{
    for (int i = 0; i < path->depth; i++) {
        int target;
        int64_t next = data_follow(data, table, row, path->references[i], &target);
        if (next < 0) {
            bool lost =
                next == ROW_AMBIGUOUS || data_dangles(data, table, row, path->references[i]);
            return lost ? CELL_INVALID : CELL_NULL;
        }
        row = next;
        table = target;
    }
    return column_get(&data->tables[table].columns[path->field], (size_t)row);
}

bool data_day(const struct data *data, int table, const struct path *path, int64_t row, int *day)
{
    if (path->field < 0)
        return false;
    int64_t word = data_walk(data, table, path, row);
    if (word <= CELL_INVALID)
        return false;
    const struct field *field = &data->model->tables[path->table].fields[path->field];
    switch (field->type) {
    case TYPE_DATE:
        *day = (int)word;
        return true;
    case TYPE_TIMESTAMP:
        *day = zone_day(data->scope.zone, word >> 1);
        return true;
    case TYPE_TEXT: {
        // A period names a month; the table of periods says otherwise where it is imported.
        struct text text = dictionary_get(data->texts, (uint32_t)word);
        return data_period_end(data, text.bytes, day);
    }
    case TYPE_INT:
    case TYPE_DECIMAL:
    case TYPE_MONEY:
    case TYPE_BOOL:
    case TYPE_ENUM:
        break;
    }
    return false;
}

bool data_row_day(const struct data *data, int table, int64_t row, int *day)
{
    const struct model_table *definition = &data->model->tables[table];
    return data_day(data, table, &definition->period, row, day) ||
           data_day(data, table, &definition->period_otherwise, row, day);
}

bool data_period_end(const struct data *data, const char *period, int *day)
{
    int table = model_find_table(data->model, "accounting_period");
    if (table >= 0 && data->tables[table].imported) {
        int64_t row = data_find_key(data, table, period);
        int field = model_find_field(&data->model->tables[table], "ends_on");
        int64_t word = row < 0 || field < 0
                           ? CELL_NULL
                           : column_get(&data->tables[table].columns[field], (size_t)row);
        if (word > CELL_INVALID) {
            *day = (int)word;
            return true;
        }
    }
    struct civil civil = {.day = 1};
    char rest;
    if (sscanf(period, "%4d-%2d%c", &civil.year, &civil.month, &rest) != 2 || civil.month < 1 ||
        civil.month > 12)
        return false;
    civil.day = calendar_month_days(civil.year, civil.month);
    return calendar_day(civil, day) == 0;
}

uint32_t data_currency_of_row(const struct data *data, int table, int64_t row)
{
    const struct path *path = &data->model->tables[table].currency;
    int64_t word = path->field < 0 ? CELL_NULL : data_walk(data, table, path, row);
    return word > CELL_INVALID ? (uint32_t)word : data->own_currency;
}

uint32_t data_currency(const struct data *data, int table, int64_t row)
{
    const struct table *rows = &data->tables[table];
    return rows->one_currency ? rows->currency : data_currency_of_row(data, table, row);
}

// Adds the text of a word of `field`; places of amounts as `digits`.
static void format_word(const struct data *data, const struct field *field, int scale, int digits,
                        int64_t word, struct buffer *out)
{
    _Static_assert((int)DECIMAL_TEXT_MAX >= (int)CALENDAR_TEXT_MAX, "room for a timestamp");
    char text[DECIMAL_TEXT_MAX];
    switch (field->type) {
    case TYPE_TEXT: {
        struct text bytes = dictionary_get(data->texts, (uint32_t)word);
        buffer_add(out, bytes.bytes, bytes.length);
        return;
    }
    case TYPE_ENUM:
        buffer_add_text(out, field->values[word]);
        return;
    case TYPE_BOOL:
        buffer_add_text(out, word ? "true" : "false");
        return;
    case TYPE_INT:
        buffer_printf(out, "%lld", (long long)word);
        return;
    case TYPE_DECIMAL:
    case TYPE_MONEY:
        decimal_format((struct decimal){word, scale}, field->type == TYPE_MONEY ? digits : 0, text);
        break;
    case TYPE_DATE:
        calendar_format_day((int)word, text);
        break;
    case TYPE_TIMESTAMP:
        if (word & 1)
            calendar_format_day(zone_day(data->scope.zone, word >> 1), text);
        else
            zone_format(data->scope.zone, word >> 1, text);
        break;
    }
    buffer_add_text(out, text);
}

bool data_format(const struct data *data, int table, int64_t row, int field, struct buffer *out)
{
    const struct column *column = &data->tables[table].columns[field];
    const struct field *definition = &data->model->tables[table].fields[field];
    int64_t word = column_get(column, (size_t)row);
    if (word <= CELL_INVALID)
        return false;
    int digits = 0;
    if (definition->type == TYPE_MONEY)
        digits =
            currency_digits(dictionary_get(data->texts, data_currency(data, table, row)).bytes);
    format_word(data, definition, column->scale, digits, word, out);
    return true;
}

void data_encode_key(const char *bytes, size_t length, struct buffer *out)
{
    for (size_t i = 0; i < length; i++) {
        unsigned char byte = (unsigned char)bytes[i];
        if (byte < 0x20 || byte == 0x7F || strchr("%/:#*", byte))
            buffer_printf(out, "%%%02X", byte);
        else
            buffer_add_byte(out, (char)byte);
    }
}

void data_key(const struct data *data, int table, int64_t row, struct buffer *out)
{
    const struct model_table *definition = &data->model->tables[table];
    struct buffer part = {0};
    for (int i = 0; i < definition->key_count; i++) {
        if (i)
            buffer_add_byte(out, '/');
        int field = definition->key[i];
        buffer_reset(&part);
        if (data_format(data, table, row, field, &part))
            data_encode_key(part.data, part.length, out);
    }
    buffer_clear(&part);
}

static int hex_digit(char c)
{
    return c >= '0' && c <= '9' ? c - '0' : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

// One column's text of a key, decoded into `out`.
static void decode_part(const char *text, size_t length, struct buffer *out)
{
    for (size_t i = 0; i < length; i++) {
        if (text[i] == '%' && i + 2 < length && hex_digit(text[i + 1]) >= 0 &&
            hex_digit(text[i + 2]) >= 0) {
            buffer_add_byte(out, (char)(hex_digit(text[i + 1]) * 16 + hex_digit(text[i + 2])));
            i += 2;
        } else {
            buffer_add_byte(out, text[i]);
        }
    }
}

int64_t data_word(const struct data *data, int table, int field, const char *text, size_t length)
{
    const struct field *definition = &data->model->tables[table].fields[field];
    if (length == 0)
        return CELL_NULL;
    struct cell_value value;
    if (definition->type == TYPE_TEXT) {
        uint32_t code = dictionary_find(data->texts, text, length);
        return code == DICTIONARY_NONE ? CELL_INVALID : (int64_t)code;
    }
    if (cell_parse(NULL, definition, data->scope.zone, text, length, &value, NULL) != 0)
        return CELL_INVALID;
    int64_t word = value.word;
    if (value.is == CELL_IS_NUMBER &&
        decimal_at_scale(value.number, data->tables[table].columns[field].scale, &word) != 0)
        return CELL_INVALID;
    return word;
}

int data_key_words(const struct data *data, int table, const char *key, int64_t *words)
{
    const struct model_table *definition = &data->model->tables[table];
    struct buffer part = {0};
    int result = 0;
    for (int i = 0; i < definition->key_count && result == 0; i++) {
        const char *slash = i + 1 < definition->key_count ? strchr(key, '/') : NULL;
        size_t length = slash ? (size_t)(slash - key) : strlen(key);
        if (i + 1 < definition->key_count && !slash)
            result = -1;
        buffer_reset(&part);
        decode_part(key, length, &part);
        words[i] = data_word(data, table, definition->key[i], buffer_text(&part), part.length);
        if (words[i] == CELL_INVALID)
            result = -1;
        key += length + (slash != NULL);
    }
    buffer_clear(&part);
    return result;
}

int64_t data_find_key(const struct data *data, int table, const char *key)
{
    int64_t words[16];
    const struct model_table *definition = &data->model->tables[table];
    const struct table *rows = &data->tables[table];
    if (data_key_words(data, table, key, words) != 0)
        return ROW_NONE;
    for (uint32_t row = 0; row < rows->rows; row++) {
        int at = 0;
        while (at < definition->key_count &&
               column_get(&rows->columns[definition->key[at]], row) == words[at])
            at++;
        if (at == definition->key_count)
            return row;
    }
    return ROW_NONE;
}

static int compare_words(const struct data *data, const struct field *field, int64_t a, int64_t b)
{
    if (a == b)
        return 0;
    if (a > CELL_INVALID && b > CELL_INVALID && field->type == TYPE_TEXT)
        return text_compare(dictionary_get(data->texts, (uint32_t)a),
                            dictionary_get(data->texts, (uint32_t)b));
    return a < b ? -1 : 1;
}

int data_compare_keys(const struct data *data, int table, int64_t a, int64_t b)
{
    const struct model_table *definition = &data->model->tables[table];
    for (int i = 0; i < definition->key_count; i++) {
        int field = definition->key[i];
        const struct column *column = &data->tables[table].columns[field];
        int order = compare_words(data, &definition->fields[field], column_get(column, (size_t)a),
                                  column_get(column, (size_t)b));
        if (order)
            return order;
    }
    return 0;
}

struct row_order {
    const struct data *data;
    int table;
};

static int compare_rows(const void *a, const void *b, void *context)
{
    const struct row_order *order = context;
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    int compared = data_compare_keys(order->data, order->table, x, y);
    return compared ? compared : (x > y) - (x < y);
}

void data_sort_rows(const struct data *data, int table, uint32_t *rows, size_t count)
{
    struct row_order order = {data, table};
    bool sorted = true;
    for (size_t next = 1; next < count && sorted; next++)
        sorted = compare_rows(&rows[next - 1], &rows[next], &order) <= 0;
    if (!sorted)
        qsort_r(rows, count, sizeof *rows, compare_rows, &order);
}

// Rows [first, next) of a column.
static __int128 sum_rows(const struct column *column, uint32_t first, uint32_t next)
{
    __int128 sum = 0;
    for (uint32_t row = first; column->width && row < next; row++) {
        int64_t word = column_get(column, row);
        if (word > CELL_INVALID)
            sum += word;
    }
    return sum;
}

struct total data_sum(const struct data *data, int table, int field)
{
    const struct column *column = &data->tables[table].columns[field];
    return total_of_units(sum_rows(column, 0, data->tables[table].rows), column->scale);
}

struct total data_sum_source(const struct data *data, int table, int field, int source)
{
    const struct table *rows = &data->tables[table];
    const struct column *column = &rows->columns[field];
    __int128 sum = 0;
    for (size_t i = 0; i < rows->span_count; i++)
        if (rows->spans[i].source == source)
            sum += sum_rows(column, rows->spans[i].first,
                            i + 1 < rows->span_count ? rows->spans[i + 1].first : rows->rows);
    return total_of_units(sum, column->scale);
}
