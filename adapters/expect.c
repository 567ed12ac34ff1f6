// SPDX-License-Identifier: MIT
#include "adapters/expect.h"

#include <string.h>

// One total of one table, over the imports that state it.
struct total {
    int table;
    int field; // -1: the number of records
    struct decimal sum;
    size_t stated;
};

static const char *field_name(const struct import *import, int table, int field)
{
    return field < 0 ? "rows" : import->data->model->tables[table].fields[field].name;
}

static const json_t *stated_value(const struct import *import, const struct feed *feed, int field)
{
    const json_t *expect = json_object_get(feed->declaration, "expect");
    if (field < 0)
        return json_object_get(expect, "rows");
    return json_object_get(json_object_get(expect, "sum"), field_name(import, feed->table, field));
}

static int add(const struct import *import, const struct feed *feed, const json_t *value,
               struct total *total, struct error *error)
{
    struct decimal number;
    const char *text = json_string_value(value);
    if (json_is_integer(value))
        number = decimal_from_int(json_integer_value(value));
    else if (!text || decimal_parse(text, strlen(text), &number) != 0)
        return error_set(error, ERROR_USAGE, feed->where,
                         "`expect` of %s must be a number, written as text: \"1234567.89\"",
                         field_name(import, total->table, total->field));
    total->stated++;
    if (decimal_add(total->sum, number, &total->sum) != 0)
        return error_set(error, ERROR_USAGE, feed->where, "`expect` of %s needs more than 64 bits",
                         field_name(import, total->table, total->field));
    return 0;
}

static int declare_total(struct import *import, int table, int field, struct error *error)
{
    struct total total = {.table = table, .field = field};
    const struct feed *silent = NULL;
    for (size_t at = 0; at < import->feed_count; at++) {
        const struct feed *feed = import->feeds[at];
        if (feed->table != table)
            continue;
        const json_t *value = stated_value(import, feed, field);
        if (!value)
            silent = feed;
        else if (add(import, feed, value, &total, error) != 0)
            return -1;
    }
    if (total.stated == 0)
        return 0;
    if (silent)
        return error_set(error, ERROR_USAGE, silent->where,
                         "another import of %s states `expect` of %s: this one must state it too, "
                         "since their totals are compared together",
                         import->data->model->tables[table].name, field_name(import, table, field));
    char text[DECIMAL_TEXT_MAX];
    decimal_format(total.sum, 0, text);
    data_expect(import->data, table, field, text);
    return 0;
}

static int check_sum_field(const struct import *import, const struct feed *feed, const char *name,
                           struct error *error)
{
    const struct model_table *table = &import->data->model->tables[feed->table];
    int field = model_find_field(table, name);
    if (field < 0)
        return error_set(error, ERROR_USAGE, feed->where, "`expect`: %s has no field \"%s\"",
                         table->name, name);
    enum type type = table->fields[field].type;
    if (type == TYPE_INT || type == TYPE_DECIMAL || type == TYPE_MONEY)
        return 0;
    return error_set(error, ERROR_USAGE, feed->where, "`expect`: %s is no number and has no sum",
                     name);
}

static int check_names(const struct import *import, const struct feed *feed, struct error *error)
{
    const json_t *expect = json_object_get(feed->declaration, "expect");
    const char *key;
    json_t *value;
    json_object_foreach((json_t *)expect, key, value)
    {
        if (strcmp(key, "rows") != 0 && strcmp(key, "sum") != 0)
            return error_set(error, ERROR_USAGE, feed->where,
                             "`expect` has no setting `%s`; it has `rows` and `sum`", key);
    }
    json_object_foreach(json_object_get(expect, "sum"), key, value)
    {
        if (check_sum_field(import, feed, key, error) != 0)
            return -1;
    }
    return 0;
}

int expect_declare(struct import *import, struct error *error)
{
    for (size_t at = 0; at < import->feed_count; at++)
        if (check_names(import, import->feeds[at], error) != 0)
            return -1;
    for (int table = 0; table < import->data->model->table_count; table++)
        for (int field = -1; field < import->data->model->tables[table].field_count; field++)
            if (declare_total(import, table, field, error) != 0)
                return -1;
    return 0;
}
