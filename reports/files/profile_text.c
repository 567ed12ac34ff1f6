// SPDX-License-Identifier: MIT
// Walks the measured columns of a table into JSON; CSV is made from that JSON, so both say the
// same. Whatever may show a cell goes through cell_json or plain_json, where the mask stands: no
// other function here takes text from the data.
#include "reports/files/profile_text.h"

#include "engine/data/profile.h"
#include "engine/rules/sums.h"
#include "reports/files/csv_text.h"
#include "reports/files/json_text.h"

#include <string.h>

// What is told of a column, and of what.
struct telling {
    const struct data *data;
    const struct mask *mask;
    int table, field;
    json_t *column; // to be filled
};

static json_t *cell_json(const struct telling *telling, int64_t row)
{
    struct buffer text = {0};
    mask_format(telling->mask, telling->data, telling->table, row, telling->field, &text);
    json_t *json = json_text(buffer_text(&text));
    buffer_clear(&text);
    return json;
}

static json_t *plain_json(const struct telling *telling, const char *text)
{
    struct buffer masked = {0};
    if (!telling->mask)
        return json_text(text);
    mask_text(telling->mask, text, &masked);
    json_t *json = json_text(buffer_text(&masked));
    buffer_clear(&masked);
    return json;
}

static void tell_extremes(const struct telling *telling, const struct profile *profile)
{
    if (profile->least_row >= 0) {
        json_set(telling->column, "least", cell_json(telling, profile->least_row));
        json_set(telling->column, "greatest", cell_json(telling, profile->most_row));
    }
    if (profile->longest_row >= 0) {
        json_set(telling->column, "longest", json_integer((json_int_t)profile->longest));
        json_set(telling->column, "longest_text", cell_json(telling, profile->longest_row));
    }
}

static void tell_sums(const struct telling *telling, const struct profile *profile)
{
    json_t *sums = json_array();
    for (size_t i = 0; i < profile->sum_count; i++) {
        const struct profile_sum *it = &profile->sums[i];
        bool money = it->currency != DICTIONARY_NONE;
        const char *currency =
            money ? dictionary_get(telling->data->texts, it->currency).bytes : NULL;
        struct buffer text = {0};
        if (money)
            amount_format(it->total, currency, false, &text);
        else
            total_format(it->total, 0, false, &text);
        json_t *sum = json_object();
        json_set(sum, "currency", json_text(currency));
        json_set(sum, "sum", json_text(buffer_text(&text)));
        json_append(sums, sum);
        buffer_clear(&text);
    }
    json_set(telling->column, "sums", sums);
}

static void tell_values(const struct telling *telling, const struct profile *profile)
{
    json_t *values = json_array();
    for (size_t i = 0; i < profile->value_count; i++) {
        json_t *value = json_object();
        json_set(value, "value", cell_json(telling, profile->values[i].row));
        json_set(value, "count", json_integer((json_int_t)profile->values[i].count));
        json_append(values, value);
    }
    json_set(telling->column, "values", values);
}

static void tell_numbers(const struct telling *telling, const struct profile *profile)
{
    json_t *gaps = json_array();
    for (size_t i = 0; i < profile->gap_count; i++) {
        json_t *gap = json_array();
        json_append(gap, plain_json(telling, profile->gaps[i].first));
        json_append(gap, plain_json(telling, profile->gaps[i].last));
        json_append(gaps, gap);
    }
    json_set(telling->column, "numbers_missing", json_integer((json_int_t)profile->missing));
    json_set(telling->column, "gaps", gaps);
}

static void tell_column(const struct telling *telling)
{
    const struct field *field =
        &telling->data->model->tables[telling->table].fields[telling->field];
    bool masked = mask_covers(telling->mask, telling->table, telling->field);
    json_t *column = telling->column;
    struct profile profile;
    profile_init(&profile, telling->data, telling->table, telling->field);
    json_set(column, "column", json_text(field->name));
    json_set(column, "type", json_text(type_name(field->type)));
    json_set(column, "rows", json_integer((json_int_t)profile.rows));
    json_set(column, "empty", json_integer((json_int_t)profile.empty));
    json_set(column, "unreadable", json_integer((json_int_t)profile.unreadable));
    json_set(column, "distinct", json_integer((json_int_t)profile.distinct));
    json_set(column, "masked", json_boolean(masked));
    if (!masked) {
        tell_extremes(telling, &profile);
        if (profile.sum_count > 0)
            tell_sums(telling, &profile);
        if (profile.value_count > 0)
            tell_values(telling, &profile);
        if (profile.dated)
            json_set(column, "outside_period", json_integer((json_int_t)profile.outside));
        if (profile.numbered)
            tell_numbers(telling, &profile);
    }
    if (field->refers || profile.dangling > 0)
        json_set(column, "finds_nothing", json_integer((json_int_t)profile.dangling));
    profile_clear(&profile);
}

static json_t *sources_json(const struct data *data, const struct table *table)
{
    json_t *sources = json_array();
    for (size_t i = 0; i < table->span_count; i++) {
        json_t *name = json_text(data->sources[table->spans[i].source].name);
        bool told = false;
        for (size_t j = 0; j < json_array_size(sources); j++)
            told = told || json_equal(json_array_get(sources, j), name);
        if (told)
            json_decref(name);
        else
            json_append(sources, name);
    }
    return sources;
}

json_t *profile_json(const struct data *data, const struct mask *mask, int table)
{
    const struct table *rows = &data->tables[table];
    json_t *object = json_object(), *columns = json_array();
    for (int i = 0; i < rows->definition->field_count; i++) {
        struct telling telling = {data, mask, table, i, NULL};
        if (!rows->columns[i].imported)
            continue;
        telling.column = json_object();
        tell_column(&telling);
        json_append(columns, telling.column);
    }
    json_set(object, "table", json_text(rows->definition->name));
    json_set(object, "rows", json_integer(rows->rows));
    json_set(object, "sources", sources_json(data, rows));
    json_set(object, "columns", columns);
    return object;
}

// ---- CSV

static void add_count(struct buffer *line, const json_t *column, const char *name)
{
    const json_t *count = json_object_get(column, name);
    if (count)
        csv_text_add_count(line, (uint64_t)json_integer_value(count));
    else
        csv_text_add(line, NULL);
}

// "approved=20;draft=3" of an array of objects with these two members, the second perhaps a number.
static void add_pairs(struct buffer *line, const json_t *list, const char *first,
                      const char *second)
{
    struct buffer text = {0};
    const json_t *item;
    size_t at;
    json_array_foreach(list, at, item)
    {
        const char *name = json_string_value(json_object_get(item, first));
        const json_t *value = json_object_get(item, second);
        buffer_printf(&text, "%s%s%s", at ? ";" : "", name ? name : "", name ? "=" : "");
        if (json_is_integer(value))
            buffer_printf(&text, "%lld", (long long)json_integer_value(value));
        else
            buffer_add_text(&text, json_string_value(value));
    }
    csv_text_add(line, buffer_text(&text));
    buffer_clear(&text);
}

// "SO-4;SO-9..SO-12"
static void add_gaps(struct buffer *line, const json_t *gaps)
{
    struct buffer text = {0};
    const json_t *gap;
    size_t at;
    json_array_foreach(gaps, at, gap)
    {
        const char *first = json_string_value(json_array_get(gap, 0));
        const char *last = json_string_value(json_array_get(gap, 1));
        buffer_printf(&text, "%s%s", at ? ";" : "", first);
        if (strcmp(first, last) != 0)
            buffer_printf(&text, "..%s", last);
    }
    csv_text_add(line, buffer_text(&text));
    buffer_clear(&text);
}

static void add_column(struct buffer *out, const char *table, const json_t *column)
{
    csv_text_add(out, table);
    csv_text_add(out, json_string_value(json_object_get(column, "column")));
    csv_text_add(out, json_string_value(json_object_get(column, "type")));
    add_count(out, column, "rows");
    add_count(out, column, "empty");
    add_count(out, column, "unreadable");
    add_count(out, column, "distinct");
    csv_text_add_number(out, json_string_value(json_object_get(column, "least")));
    csv_text_add_number(out, json_string_value(json_object_get(column, "greatest")));
    add_count(out, column, "longest");
    csv_text_add(out, json_string_value(json_object_get(column, "longest_text")));
    add_pairs(out, json_object_get(column, "sums"), "currency", "sum");
    add_pairs(out, json_object_get(column, "values"), "value", "count");
    add_count(out, column, "outside_period");
    add_count(out, column, "numbers_missing");
    add_gaps(out, json_object_get(column, "gaps"));
    add_count(out, column, "finds_nothing");
    csv_text_end_line(out);
}

void profile_print_csv(const json_t *tables, FILE *out)
{
    struct buffer text = {0};
    const json_t *table, *column;
    size_t at, number;
    buffer_add_text(&text, "table,column,type,rows,empty,unreadable,distinct,least,greatest,"
                           "longest,longest_text,sums,values,outside_period,numbers_missing,gaps,"
                           "finds_nothing\n");
    json_array_foreach(tables, at, table)
    {
        const char *name = json_string_value(json_object_get(table, "table"));
        json_array_foreach(json_object_get(table, "columns"), number, column)
            add_column(&text, name, column);
    }
    fwrite(text.data, 1, text.length, out);
    buffer_clear(&text);
}
