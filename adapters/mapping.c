// SPDX-License-Identifier: MIT
// Compiled twice by the same code: without the source's columns, to refuse at once what the
// declaration alone shows to be wrong, then with them. Afterwards nothing is looked up any more: a
// record is put by numbers. A column is never chosen among two of one header, and a field is never
// filled twice. Headers are untrusted text, in messages too.
#include "adapters/mapping.h"

#include "adapters/mapping_inside.h"
#include "engine/base/buffer.h"
#include "engine/base/memory.h"
#include "engine/base/nearest.h"
#include "engine/base/reason.h"

#include <stdlib.h>
#include <string.h>

struct mapping {
    struct mapped_column *columns;
    int count;
    struct computed_column {
        int field;
        int function; // number of the engagement's function that computes it later
    } * computed;
    int computed_count;
    bool keeps_source; // every source column is kept as text for the computed ones
    char **names;      // of the source's columns; "column 3" where there is no header
    bool *doubled;     // another column has the same name
    size_t source_count;
    const struct model_table *table;
    bool has_header;
};

// What compiling needs; `columns` is NULL while the source has not been read.
struct compiling {
    struct mapping *mapping;
    const struct source_columns *columns;
    const json_t *shared_nulls;
    const char *where;
    struct error *error;
};

static int fail(const struct compiling *compiling, const char *message, const char *field)
{
    return error_set(compiling->error, ERROR_USAGE, compiling->where, "%s: %s", field, message);
}

// ---- the source's columns

static void set_source(struct mapping *mapping, const struct source_columns *columns)
{
    mapping->source_count = columns->count;
    mapping->has_header = columns->names != NULL;
    mapping->names = memory_new(columns->count + 1, sizeof *mapping->names);
    mapping->doubled = memory_new(columns->count + 1, sizeof *mapping->doubled);
    for (size_t i = 0; i < columns->count; i++) {
        struct buffer name = {0};
        if (columns->names && *columns->names[i])
            buffer_add_text(&name, columns->names[i]);
        else
            buffer_printf(&name, "column %zu", i + 1);
        mapping->names[i] = buffer_take(&name);
        for (size_t other = 0; other < i; other++)
            if (strcmp(mapping->names[other], mapping->names[i]) == 0)
                mapping->doubled[other] = mapping->doubled[i] = true;
    }
}

// Messages are for a terminal: bytes that are not text and very long names do not belong there.
static void add_names(struct buffer *out, char **names, size_t count)
{
    for (size_t i = 0; i < count && out->length < 600; i++)
        buffer_printf(out, "%s%.60s", i ? ", " : "", names[i]);
    if (out->length >= 600)
        buffer_add_text(out, ", …");
    for (size_t i = 0; i < out->length; i++)
        if ((unsigned char)out->data[i] == 0xFF || (unsigned char)out->data[i] < ' ')
            out->data[i] = '?';
}

static bool not_text(char **names, size_t count)
{
    const struct field text = {.type = TYPE_TEXT};
    struct cell_value value;
    for (size_t i = 0; i < count; i++)
        if (cell_parse(NULL, &text, NULL, names[i], strlen(names[i]), &value, NULL) != 0)
            return true;
    return false;
}

static int fail_header(const struct compiling *compiling, const char *message)
{
    const struct mapping *mapping = compiling->mapping;
    if (not_text(mapping->names, mapping->source_count))
        return error_set(
            compiling->error, ERROR_USAGE, compiling->where,
            "%s: the header holds bytes that are no text; state the file's `encoding`, "
            "for example \"GB18030\"",
            compiling->columns->source);
    struct buffer names = {0};
    add_names(&names, mapping->names, mapping->source_count);
    error_set(compiling->error, ERROR_USAGE, compiling->where, "%s: %s; it has: %s",
              compiling->columns->source, message, buffer_text(&names));
    buffer_clear(&names);
    return -1;
}

static int fail_missing(const struct compiling *compiling, const char *field, const char *name)
{
    const struct mapping *mapping = compiling->mapping;
    const char *near =
        nearest_name(name, (const char *const *)mapping->names, mapping->source_count);
    struct buffer message = {0};
    buffer_printf(&message, "no column \"%s\" in the header, which %s needs%s%s%s", name, field,
                  near ? " (meant \"" : "", near ? near : "", near ? "\"?)" : "");
    fail_header(compiling, buffer_text(&message));
    buffer_clear(&message);
    return -1;
}

// The column that `entry` names by header (`source`) or `number`; -1 in `*column` while not known.
static int find_source(const struct compiling *compiling, const json_t *entry, const char *field,
                       int *column)
{
    const struct mapping *mapping = compiling->mapping;
    const char *name = json_string_value(json_object_get(entry, "source"));
    const json_t *number = json_object_get(entry, "number");
    *column = -1;
    if (number) {
        json_int_t value = json_integer_value(number);
        if (!json_is_integer(number) || value < 1 || value > 1000000)
            return fail(compiling, "a column's number counts from 1", field);
        if (compiling->columns && (size_t)value > mapping->source_count)
            return error_set(compiling->error, ERROR_USAGE, compiling->where,
                             "%s: column number %d, but %s has %zu columns", field, (int)value,
                             compiling->columns->source, mapping->source_count);
        *column = (int)value - 1;
        return 0;
    }
    if (!name)
        return fail(compiling, "needs the source column's header or number", field);
    if (!compiling->columns)
        return 0;
    if (!mapping->has_header)
        return error_set(compiling->error, ERROR_USAGE, compiling->where,
                         "%s: column \"%s\" is named, but %s has no header; give its number", field,
                         name, compiling->columns->source);
    for (size_t i = 0; i < mapping->source_count; i++)
        if (strcmp(mapping->names[i], name) == 0) {
            *column = (int)i;
            if (!mapping->doubled[i])
                return 0;
            return error_set(
                compiling->error, ERROR_USAGE, compiling->where,
                "%s: two columns of %s have the header \"%s\"; give the column's number", field,
                compiling->columns->source, name);
        }
    return fail_missing(compiling, field, name);
}

// ---- the declaration

static int find_field(const struct compiling *compiling, const char *name)
{
    const struct model_table *table = compiling->mapping->table;
    int field = model_find_field(table, name);
    if (field >= 0)
        return field;
    const char **names = memory_new((size_t)table->field_count + 1, sizeof *names);
    for (int i = 0; i < table->field_count; i++)
        names[i] = table->fields[i].name;
    const char *near = nearest_name(name, names, (size_t)table->field_count);
    error_set(compiling->error, ERROR_USAGE, compiling->where, "%s has no field \"%s\"%s%s%s",
              table->name, name, near ? " (meant \"" : "", near ? near : "", near ? "\"?)" : "");
    free(names);
    return -1;
}

static int read_constant(const struct compiling *compiling, struct mapped_column *column,
                         const struct field *field, const json_t *given)
{
    if (json_is_string(given)) {
        column->constant = memory_text(json_string_value(given));
    } else if (json_is_integer(given)) {
        struct buffer text = {0};
        buffer_printf(&text, "%lld", (long long)json_integer_value(given));
        column->constant = buffer_take(&text);
    } else if (json_is_boolean(given)) {
        column->constant = memory_text(json_is_true(given) ? "true" : "false");
    } else {
        return fail(compiling, "a constant is a text, a whole number, true or false", field->name);
    }
    struct cell_value value;
    struct buffer reason = {0};
    int result =
        cell_parse(NULL, field, NULL, column->constant, strlen(column->constant), &value, &reason);
    if (result != 0) {
        char *why = reason_text(buffer_text(&reason));
        error_set(compiling->error, ERROR_USAGE, compiling->where,
                  "%s: the constant \"%s\" is wrong: %s", field->name, column->constant, why);
        free(why);
    }
    buffer_clear(&reason);
    return result;
}

// `negate = { source = ..., values = {...} }`, or true where the whole column has the opposite
// sign.
static int read_negate(const struct compiling *compiling, struct mapped_column *column,
                       const struct field *field, const json_t *entry)
{
    const json_t *negate = json_object_get(entry, "negate"), *values, *each;
    size_t index;
    column->mark = -1;
    if (!negate || json_is_false(negate))
        return 0;
    if (field->type != TYPE_INT && field->type != TYPE_DECIMAL && field->type != TYPE_MONEY)
        return fail(compiling, "`negate` turns the sign of numbers only", field->name);
    if (json_is_true(negate)) {
        column->format.negate = true;
        return 0;
    }
    values = json_object_get(negate, "values");
    if (json_array_size(values) == 0)
        return fail(compiling, "`negate` needs the texts that mark a negative number in `values`",
                    field->name);
    json_array_foreach(values, index, each)
    {
        if (!json_is_string(each))
            return fail(compiling, "the `values` of `negate` must be texts", field->name);
        text_list_add(&column->marks, json_string_value(each));
    }
    return find_source(compiling, negate, field->name, &column->mark);
}

static int read_column(const struct compiling *compiling, struct mapped_column *column,
                       const json_t *entry)
{
    struct mapping *mapping = compiling->mapping;
    const struct field *field = &mapping->table->fields[column->field];
    const json_t *constant = json_object_get(entry, "value");
    column->source = -1;
    if (constant) {
        column->mark = -1;
        column->label = memory_text(field->name);
        return read_constant(compiling, column, field, constant);
    }
    if (find_source(compiling, entry, field->name, &column->source) != 0 ||
        read_negate(compiling, column, field, entry) != 0)
        return -1;
    column->label = memory_text(compiling->columns ? mapping->names[column->source] : field->name);
    return mapped_column_read_format(column, field, entry, compiling->shared_nulls,
                                     compiling->where, compiling->error);
}

bool mapping_fills(const struct mapping *mapping, int field)
{
    for (int i = 0; i < mapping->count; i++)
        if (mapping->columns[i].field == field)
            return true;
    for (int i = 0; i < mapping->computed_count; i++)
        if (mapping->computed[i].field == field)
            return true;
    return false;
}

static int read_entry(const struct compiling *compiling, const json_t *entry)
{
    struct mapping *mapping = compiling->mapping;
    const char *name = json_string_value(json_object_get(entry, "field"));
    int field = find_field(compiling, name ? name : "");
    if (field < 0)
        return -1;
    if (mapping_fills(mapping, field))
        return fail(compiling, "is mapped twice", name);
    if (json_object_get(entry, "computed")) {
        mapping->computed = memory_resize(mapping->computed, (size_t)mapping->computed_count + 1,
                                          sizeof *mapping->computed);
        mapping->computed[mapping->computed_count++] = (struct computed_column){
            field, (int)json_integer_value(json_object_get(entry, "computed"))};
        mapping->keeps_source = true;
        return 0;
    }
    mapping->columns =
        memory_resize(mapping->columns, (size_t)mapping->count + 1, sizeof *mapping->columns);
    struct mapped_column *column = &mapping->columns[mapping->count++];
    *column = (struct mapped_column){.field = field};
    return read_column(compiling, column, entry);
}

static int match_headers(const struct compiling *compiling)
{
    struct mapping *mapping = compiling->mapping;
    if (!compiling->columns)
        return 0;
    if (!mapping->has_header)
        return error_set(compiling->error, ERROR_USAGE, compiling->where,
                         "%s has no header: `columns` must say which column is which",
                         compiling->columns->source);
    for (size_t i = 0; i < mapping->source_count; i++) {
        if (model_find_field(mapping->table, mapping->names[i]) < 0)
            continue;
        json_t *entry =
            json_pack("{s:s, s:s}", "field", mapping->names[i], "source", mapping->names[i]);
        int result = read_entry(compiling, entry);
        json_decref(entry);
        if (result != 0)
            return -1;
    }
    if (mapping->count > 0)
        return 0;
    struct buffer message = {0};
    buffer_printf(&message, "no header is a field of %s", mapping->table->name);
    fail_header(compiling, buffer_text(&message));
    buffer_clear(&message);
    return -1;
}

// A table whose key nothing fills would have every record rejected.
static int check_key(const struct compiling *compiling)
{
    const struct model_table *table = compiling->mapping->table;
    for (int i = 0; i < table->key_count; i++) {
        const struct field *field = &table->fields[table->key[i]];
        if (!field->nullable && !mapping_fills(compiling->mapping, table->key[i]))
            return error_set(compiling->error, ERROR_USAGE, compiling->where,
                             "%s%snothing fills %s, a key column of %s",
                             compiling->columns ? compiling->columns->source : "",
                             compiling->columns ? ": " : "", field->name, table->name);
    }
    return 0;
}

static int compile(const struct compiling *compiling, const json_t *columns)
{
    const json_t *entry;
    size_t index;
    if (columns && !json_is_array(columns))
        return error_set(compiling->error, ERROR_USAGE, compiling->where,
                         "`columns` must be a table of fields");
    if (!columns && match_headers(compiling) != 0)
        return -1;
    json_array_foreach(columns, index, entry)
    {
        if (read_entry(compiling, entry) != 0)
            return -1;
    }
    return columns || compiling->columns ? check_key(compiling) : 0;
}

struct mapping *mapping_new(const struct model *model, int table, const json_t *declaration,
                            const struct source_columns *columns, const char *where,
                            struct error *error)
{
    struct mapping *mapping = memory_new(1, sizeof *mapping);
    mapping->table = &model->tables[table];
    struct compiling compiling = {.mapping = mapping,
                                  .columns = columns,
                                  .shared_nulls = json_object_get(declaration, "null"),
                                  .where = where,
                                  .error = error};
    if (columns)
        set_source(mapping, columns);
    if (compile(&compiling, json_object_get(declaration, "columns")) != 0) {
        mapping_free(mapping);
        return NULL;
    }
    return mapping;
}

int mapping_check(const struct model *model, int table, const json_t *declaration,
                  const char *where, struct error *error)
{
    struct mapping *mapping = mapping_new(model, table, declaration, NULL, where, error);
    mapping_free(mapping);
    return mapping ? 0 : -1;
}

void mapping_free(struct mapping *mapping)
{
    if (!mapping)
        return;
    for (int i = 0; i < mapping->count; i++)
        mapped_column_clear(&mapping->columns[i]);
    for (size_t i = 0; i < mapping->source_count; i++)
        free(mapping->names[i]);
    free(mapping->columns);
    free(mapping->computed);
    free(mapping->names);
    free(mapping->doubled);
    free(mapping);
}

// ---- rows

void mapping_add_columns(const struct mapping *mapping, struct part *part)
{
    for (int i = 0; i < mapping->count; i++) {
        const struct mapped_column *column = &mapping->columns[i];
        part_add_column(part, column->field, column->has_format ? &column->format : NULL,
                        column->label);
    }
    for (size_t i = 0; mapping->keeps_source && i < mapping->source_count; i++)
        if (!mapping->doubled[i]) // which of the two a function means cannot be known
            part_add_source_column(part, mapping->names[i]);
}

static bool is_marked(const struct mapped_column *column, const struct text *mark)
{
    const char *bytes = mark->bytes;
    size_t length = mark->length;
    while (length && bytes[length - 1] == ' ')
        length--;
    while (length && *bytes == ' ')
        bytes++, length--;
    for (int i = 0; i < column->marks.count; i++)
        if (strlen(column->marks.items[i]) == length &&
            memcmp(column->marks.items[i], bytes, length) == 0)
            return true;
    return false;
}

void mapping_put(const struct mapping *mapping, struct part *part, const struct text *fields)
{
    for (int i = 0; i < mapping->count; i++) {
        const struct mapped_column *column = &mapping->columns[i];
        if (column->source < 0) {
            part_put(part, i, column->constant, strlen(column->constant), false);
            continue;
        }
        const struct text *text = &fields[column->source];
        bool negate = column->mark >= 0 && is_marked(column, &fields[column->mark]);
        part_put(part, i, text->bytes, text->length, negate);
    }
    int number = mapping->count;
    for (size_t i = 0; mapping->keeps_source && i < mapping->source_count; i++)
        if (!mapping->doubled[i])
            part_put(part, number++, fields[i].bytes, fields[i].length, false);
}

// ---- for the run record

static bool is_used(const struct mapping *mapping, size_t source)
{
    for (int i = 0; i < mapping->count; i++)
        if (mapping->columns[i].source == (int)source || mapping->columns[i].mark == (int)source)
            return true;
    return false;
}

static json_t *text_value(const char *text)
{
    json_t *value = json_string(text);
    return value ? value : json_string("(no text)"); // a header that is not UTF-8
}

json_t *mapping_unmapped(const struct mapping *mapping)
{
    json_t *names = json_array();
    for (size_t i = 0; !mapping->keeps_source && i < mapping->source_count; i++)
        if (!is_used(mapping, i))
            json_array_append_new(names, text_value(mapping->names[i]));
    return names;
}

// What is done to the source's texts, so that nobody takes a converted column for a direct one.
static void describe_format(json_t *entry, const struct cell_format *format)
{
    json_t *map = json_array(), *nulls = json_array();
    if (format->date)
        json_object_set_new(entry, "format", text_value(format->date));
    if (format->decimal)
        json_object_set_new(entry, "decimal", json_stringn(&format->decimal, 1));
    if (format->group)
        json_object_set_new(entry, "group", json_stringn(&format->group, 1));
    if (format->negate)
        json_object_set_new(entry, "negate", json_true());
    for (int i = 0; i < format->map.count; i++)
        json_array_append_new(map, json_pack("[o,o]", text_value(format->map.from[i]),
                                             text_value(format->map.to[i])));
    for (int i = 0; i < format->null_count; i++)
        json_array_append_new(nulls, text_value(format->nulls[i]));
    if (json_array_size(map) > 0)
        json_object_set(entry, "map", map);
    if (json_array_size(nulls) > 0)
        json_object_set(entry, "null", nulls);
    json_decref(map);
    json_decref(nulls);
}

json_t *mapping_describe(const struct mapping *mapping)
{
    json_t *columns = json_array();
    for (int i = 0; i < mapping->count; i++) {
        const struct mapped_column *column = &mapping->columns[i];
        json_t *entry = json_object();
        json_object_set_new(entry, "field",
                            json_string(mapping->table->fields[column->field].name));
        if (column->source < 0)
            json_object_set_new(entry, "value", text_value(column->constant));
        else
            json_object_set_new(entry, "source", text_value(column->label));
        if (column->mark >= 0)
            json_object_set_new(entry, "negate", text_value(mapping->names[column->mark]));
        describe_format(entry, &column->format);
        json_array_append_new(columns, entry);
    }
    for (int i = 0; i < mapping->computed_count; i++)
        json_array_append_new(columns,
                              json_pack("{s:s, s:i}", "field",
                                        mapping->table->fields[mapping->computed[i].field].name,
                                        "computed", mapping->computed[i].function));
    return columns;
}
