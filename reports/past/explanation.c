// SPDX-License-Identifier: MIT
// Rows are found again by where they stood in the source, not by their key alone, which two rows
// may share or a group may have made. What is not found is said as such. The fields of rows, and
// what the exception says in values and message, pass the mask.
#include "reports/past/explanation.h"

#include "engine/base/memory.h"
#include "engine/language/rule_text.h"
#include "reports/files/json_text.h"
#include "reports/files/version.h"
#include "reports/words/absence_words.h"

#include <stdlib.h>
#include <string.h>

static const char *text_of(const json_t *object, const char *name)
{
    return json_string_value(json_object_get(object, name));
}

static json_t *taken(const json_t *object, const char *name)
{
    json_t *value = json_object_get(object, name);
    return value ? json_incref(value) : json_null();
}

// ---- rows

static bool is_it(const struct data *data, int table, int64_t row, const char *key,
                  const char *origin)
{
    struct buffer text = {0};
    data_origin(data, table, row, &text);
    bool same = strcmp(buffer_text(&text), origin) == 0;
    if (same && key) {
        buffer_reset(&text);
        data_key(data, table, row, &text);
        same = strcmp(buffer_text(&text), key) == 0;
    }
    buffer_clear(&text);
    return same;
}

// Keys may be there twice, and a group's key is no row's: the place in the source decides.
static int64_t find_row(const struct data *data, int table, const char *key, const char *origin)
{
    int64_t row = data_find_key(data, table, key);
    if (row >= 0 && is_it(data, table, row, key, origin))
        return row;
    for (int strict = 1; strict >= 0; strict--)
        for (row = 0; row < (int64_t)data->tables[table].rows; row++)
            if (is_it(data, table, row, strict ? key : NULL, origin))
                return row;
    return ROW_NONE;
}

static const struct source *source_of(const struct data *data, const char *origin)
{
    for (size_t i = 0; origin && i < data->source_count; i++) {
        size_t length = strlen(data->sources[i].name);
        if (strncmp(data->sources[i].name, origin, length) == 0 &&
            origin[length] == (data->sources[i].sheet ? '!' : ':'))
            return &data->sources[i];
    }
    return NULL;
}

// What of the source fills a field: its header, {"value": ...} of a constant, {"computed": ...}.
static json_t *filled_from(const struct source *source, const char *field)
{
    const json_t *columns = source ? json_object_get(source->details, "columns") : NULL;
    for (size_t i = 0; i < json_array_size(columns); i++) {
        const json_t *column = json_array_get(columns, i);
        const char *name = text_of(column, "field");
        if (!name || strcmp(name, field) != 0)
            continue;
        if (json_object_get(column, "source"))
            return taken(column, "source");
        json_t *rest = json_copy((json_t *)column);
        json_object_del(rest, "field");
        return rest;
    }
    return json_null();
}

static json_t *field_json(const struct explanation_of *of, int table, int64_t row, int field,
                          const struct source *source)
{
    const struct data *data = of->data;
    const struct field *definition = &data->model->tables[table].fields[field];
    const struct column *column = &data->tables[table].columns[field];
    struct buffer text = {0};
    json_t *object = json_object();
    bool readable = mask_format(of->mask, data, table, row, field, &text);
    const char *invalid = readable ? NULL : column_invalid_text(column, (size_t)row);
    json_set(object, "name", json_text(definition->name));
    json_set(object, "label", json_text(definition->label));
    json_set(object, "type", json_text(type_name(definition->type)));
    json_set(object, "value", json_text(readable ? buffer_text(&text) : NULL));
    if (invalid)
        json_set(object, "invalid", json_text(invalid));
    json_set(object, "from", filled_from(source, definition->name));
    buffer_clear(&text);
    return object;
}

static json_t *fields_json(const struct explanation_of *of, int table, int64_t row,
                           const char *origin)
{
    const struct data *data = of->data;
    const struct source *source = source_of(data, origin);
    json_t *fields = json_array();
    for (int i = 0; i < data->model->tables[table].field_count; i++)
        if (data->tables[table].columns[i].imported)
            json_append(fields, field_json(of, table, row, i, source));
    return fields;
}

// `from` has "table", "key" and "source", as exceptions and their evidence do.
static json_t *row_json(const struct explanation_of *of, const json_t *from)
{
    const struct data *data = of->data;
    const char *name = text_of(from, "table"), *key = text_of(from, "key");
    const char *origin = text_of(from, "source");
    int table = name ? model_find_table(data->model, name) : -1;
    int64_t row = table >= 0 && key && origin && data->tables[table].imported
                      ? find_row(data, table, key, origin)
                      : ROW_NONE;
    const struct source *source = source_of(data, origin);
    json_t *object = json_object();
    json_set(object, "table", taken(from, "table"));
    json_set(object, "label", json_text(table >= 0 ? data->model->tables[table].label : NULL));
    json_set(object, "key", taken(from, "key"));
    json_set(object, "source", taken(from, "source"));
    json_set(object, "sha256", json_text(source ? source->sha256 : NULL));
    json_set(object, "found", json_boolean(row >= 0));
    json_set(object, "fields", row >= 0 ? fields_json(of, table, row, origin) : json_array());
    return object;
}

// ---- the rest

static json_t *masked(const struct mask *mask, const json_t *value, struct buffer *text)
{
    if (!json_is_string(value))
        return json_null();
    buffer_reset(text);
    mask_text(mask, json_string_value(value), text);
    return json_text(buffer_text(text));
}

// Its texts as a mask leaves them: the run may have had none.
static json_t *exception_json(const struct explanation_of *of)
{
    json_t *copy = json_deep_copy(of->exception);
    json_t *values = json_object_get(copy, "values"), *value;
    static const char *const members[] = {"message", "customer_id", "actor_id", "label"};
    const char *name;
    struct buffer text = {0};
    void *next;
    if (!of->mask)
        return copy;
    json_object_foreach_safe(values, next, name, value)
        json_set(values, name, masked(of->mask, value, &text));
    for (size_t i = 0; i < sizeof members / sizeof *members; i++)
        json_set(copy, members[i], masked(of->mask, json_object_get(copy, members[i]), &text));
    buffer_clear(&text);
    return copy;
}

// Fields by table, each with what its absence means.
static json_t *reads_json(const struct engagement *engagement, const struct control *control)
{
    json_t *reads = json_array(), *fields, *item;
    const char *name;
    size_t at;
    json_object_foreach(control->reads, name, fields)
    {
        int table = model_find_table(engagement->model, name);
        const struct model_table *definition = table < 0 ? NULL : &engagement->model->tables[table];
        if (!definition)
            continue;
        json_t *object = json_object(), *list = json_array();
        json_array_foreach(fields, at, item)
        {
            int field = model_find_field(definition, json_string_value(item));
            if (field < 0)
                continue;
            json_t *read = json_object();
            json_set(read, "name", json_text(definition->fields[field].name));
            json_set(read, "absent", absence_json(definition->fields[field].absence));
            json_append(list, read);
        }
        json_set(object, "table", json_text(name));
        json_set(object, "demand", taken(control->demands, name));
        json_set(object, "absent", absence_json(definition->absence));
        json_set(object, "fields", list);
        json_append(reads, object);
    }
    return reads;
}

static json_t *control_json(const struct engagement *engagement, const struct control *control,
                            const char *language)
{
    json_t *needs = json_array();
    for (int i = 0; i < control->need_count; i++)
        json_append(needs, json_text(control->needs[i]));
    json_t *object = json_object(), *sources = json_array(), *parameters = json_array();
    for (int i = 0; i < control->source_count; i++)
        json_append(sources, json_text(control->sources[i]));
    for (int i = 0; i < control->parameter_count; i++) {
        json_t *parameter = json_object();
        json_set(parameter, "name", json_text(control->parameters[i].name));
        json_set(parameter, "value", json_incref(control->parameters[i].value));
        json_set(parameter, "origin", json_text(control->parameters[i].origin));
        json_append(parameters, parameter);
    }
    json_set(object, "id", json_text(control->id));
    json_set(object, "title", json_text(bilingual_get(&control->title, language)));
    json_set(object, "tests", json_text(bilingual_get(&control->tests, language)));
    json_set(object, "risk", json_text(bilingual_get(&control->risk, language)));
    json_set(object, "follow_up", json_text(bilingual_get(&control->follow_up, language)));
    json_set(object, "sources", sources);
    json_set(object, "parameters", parameters);
    json_set(object, "reads", reads_json(engagement, control));
    json_set(object, "needs", needs);
    return object;
}

static json_t *rule_json(const struct engagement *engagement, const struct control *control)
{
    struct buffer text = {0};
    json_t *object = json_object();
    int line = rule_text_get(engagement, control, &text);
    json_set(object, "file", json_text(control->file));
    json_set(object, "line", json_integer(line));
    json_set(object, "hash", json_text(control->hash));
    json_set(object, "text", json_text(buffer_text(&text)));
    buffer_clear(&text);
    return object;
}

static json_t *run_json(const struct past_run *run)
{
    json_t *object = json_object();
    json_set(object, "folder", json_text(run->folder));
    json_set(object, "record_sha256", json_text(run->record_sha256));
    json_set(object, "engagement", taken(run->stated, "engagement"));
    json_set(object, "scope", taken(run->stated, "scope"));
    return object;
}

json_t *explanation_control(const struct engagement *engagement, const struct control *control,
                            const char *language)
{
    json_t *object = json_object();
    json_set(object, "format", json_integer(EXPLAIN_FORMAT));
    json_set(object, "control", control_json(engagement, control, language));
    json_set(object, "rule", rule_json(engagement, control));
    return object;
}

json_t *explanation_new(const struct explanation_of *of, struct error *error)
{
    const char *id = text_of(of->exception, "control");
    const struct control *control = id ? engagement_control(of->engagement, id) : NULL;
    const json_t *pieces = json_object_get(of->exception, "evidence");
    json_t *evidence = json_array(), *object = json_object();
    if (!control) {
        error_set(error, ERROR_USAGE, "", "there is no control %s any more", id ? id : "?");
        json_decref(evidence);
        json_decref(object);
        return NULL;
    }
    for (size_t i = 0; i < json_array_size(pieces); i++)
        json_append(evidence, row_json(of, json_array_get(pieces, i)));
    json_set(object, "format", json_integer(EXPLAIN_FORMAT));
    json_set(object, "exception", exception_json(of));
    json_set(object, "run", run_json(of->run));
    json_set(object, "control", control_json(of->engagement, control, of->engagement->language));
    json_set(object, "row", row_json(of, of->exception));
    json_set(object, "evidence", evidence);
    json_set(object, "rule", rule_json(of->engagement, control));
    return object;
}
