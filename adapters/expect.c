// SPDX-License-Identifier: MIT
#include "adapters/expect.h"

#include <stdio.h>
#include <string.h>

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

int expect_check(const struct import *import, struct error *error)
{
    for (size_t i = 0; i < import->feed_count; i++)
        if (check_names(import, import->feeds[i], error) != 0)
            return -1;
    return 0;
}

// An import of several files expects something of all of them: it is declared with the first.
static bool is_first(const struct feed *feed)
{
    const struct import *import = feed->import;
    return feed->position == 0 || import->feeds[feed->position - 1]->number != feed->number;
}

static int count_sources(const struct feed *feed)
{
    const struct import *import = feed->import;
    size_t next = feed->position;
    while (next < import->feed_count && import->feeds[next]->number == feed->number)
        next++;
    return (int)(next - feed->position);
}

// Declares one total; `field` -1: the number of records.
static int declare(struct feed *feed, int source, int field, const json_t *value,
                   struct error *error)
{
    struct data *data = feed->import->data;
    const char *name = field < 0 ? "rows" : data->model->tables[feed->table].fields[field].name;
    const char *text = json_string_value(value);
    char digits[32];
    if (json_is_integer(value)) {
        snprintf(digits, sizeof digits, "%lld", (long long)json_integer_value(value));
        text = digits;
    }
    struct total number;
    if (!text || total_parse(text, &number) != 0)
        return error_set(error, ERROR_USAGE, feed->where,
                         "`expect` of %s must be a number of at most 38 digits, written as text: "
                         "\"1234567.89\"",
                         name);
    if (field >= 0 && feed->mapping && !mapping_fills(feed->mapping, field))
        return error_set(error, ERROR_USAGE, feed->where,
                         "`expect` of %s: this import does not fill that column", name);
    data_expect(data, feed->table, source, count_sources(feed), field, text);
    return 0;
}

int expect_declare(struct feed *feed, int source, struct error *error)
{
    if (!is_first(feed))
        return 0;
    const struct model_table *table = &feed->import->data->model->tables[feed->table];
    const json_t *expect = json_object_get(feed->declaration, "expect");
    const json_t *rows = json_object_get(expect, "rows"), *sums = json_object_get(expect, "sum");
    if (rows && declare(feed, source, -1, rows, error) != 0)
        return -1;
    for (int field = 0; field < table->field_count; field++) {
        const json_t *sum = json_object_get(sums, table->fields[field].name);
        if (sum && declare(feed, source, field, sum, error) != 0)
            return -1;
    }
    return 0;
}
