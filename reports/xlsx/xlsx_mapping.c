// SPDX-License-Identifier: MIT
// How each source column became a field, as the imports describe it in the run record.
#include "reports/xlsx/xlsx_inside.h"

#include <jansson.h>
#include <string.h>

#define COUNT(array) ((int)(sizeof(array) / sizeof *(array)))

static const struct xlsx_column columns[] = {
    {WORD_TABLE, 28}, {WORD_SOURCE, 36}, {WORD_FIELD, 26},         {WORD_FIELD_LABEL, 20},
    {WORD_TYPE, 11},  {WORD_MAPPED, 12}, {WORD_SOURCE_COLUMN, 26}, {WORD_DETAIL, 60},
};

static const char *const conversions[] = {"format", "decimal", "group", "map", "null", "negate"};

static enum word mapped_as(const json_t *entry)
{
    if (!entry)
        return WORD_MAPPED_MISSING;
    if (json_object_get(entry, "computed"))
        return WORD_MAPPED_COMPUTED;
    if (json_object_get(entry, "value"))
        return WORD_MAPPED_CONSTANT;
    for (int i = 0; i < COUNT(conversions); i++)
        if (json_object_get(entry, conversions[i]))
            return WORD_MAPPED_CONVERTED;
    return WORD_MAPPED_DIRECT;
}

static void add_quoted(struct buffer *out, const json_t *value)
{
    const char *text = json_string_value(value);
    buffer_printf(out, "\"%s\"", text ? text : "");
}

// `"已审核" → "approved", ...`, or `"", "-"`.
static void add_items(struct buffer *out, const json_t *list)
{
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *item = json_array_get(list, i);
        buffer_add_text(out, i ? ", " : "");
        if (!json_is_array(item)) {
            add_quoted(out, item);
            continue;
        }
        add_quoted(out, json_array_get(item, 0));
        buffer_add_text(out, " → ");
        add_quoted(out, json_array_get(item, 1));
    }
}

static void add_detail(const struct xlsx *xlsx, const json_t *entry, struct buffer *out)
{
    static const enum word words[] = {WORD_HOW_FORMAT, WORD_HOW_DECIMAL, WORD_HOW_GROUP,
                                      WORD_HOW_MAP,    WORD_HOW_NULL,    WORD_HOW_MARK};
    struct buffer what = {0};
    for (int i = 0; i < COUNT(conversions); i++) {
        const json_t *value = json_object_get(entry, conversions[i]);
        if (!value)
            continue;
        enum word word = json_is_true(value) ? WORD_HOW_NEGATE : words[i];
        buffer_reset(&what);
        if (json_is_array(value))
            add_items(&what, value);
        else
            add_quoted(&what, value);
        buffer_add_text(out, out->length ? "; " : "");
        const char *form = xlsx_say(xlsx, word), *mark = strstr(form, "%s");
        buffer_add(out, form, mark ? (size_t)(mark - form) : strlen(form));
        buffer_add_text(out, mark ? buffer_text(&what) : "");
        buffer_add_text(out, mark ? mark + 2 : "");
    }
    if (json_object_get(entry, "computed"))
        buffer_add_text(out, xlsx_say(xlsx, WORD_HOW_COMPUTED));
    buffer_clear(&what);
}

static const json_t *find_entry(const json_t *entries, const char *field)
{
    for (size_t i = 0; i < json_array_size(entries); i++) {
        const json_t *entry = json_array_get(entries, i);
        const char *name = json_string_value(json_object_get(entry, "field"));
        if (name && strcmp(name, field) == 0)
            return entry;
    }
    return NULL;
}

// The table of a source that says what its columns became, or -1.
static int table_of(const struct data *data, const struct source *source)
{
    const char *name = json_string_value(json_object_get(source->details, "table"));
    bool described = json_is_array(json_object_get(source->details, "columns"));
    return name && described ? model_find_table(data->model, name) : -1;
}

static void begin_row(const struct xlsx *xlsx, const struct source *source, int table)
{
    struct buffer name = {0};
    result_add_table_name(xlsx->run, table, xlsx->run->language, &name);
    sheet_add_row(xlsx->mapping);
    sheet_add_text(xlsx->mapping, buffer_text(&name), STYLE_TEXT);
    sheet_add_text(xlsx->mapping, source->name, STYLE_TEXT);
    buffer_clear(&name);
}

static void write_field(const struct xlsx *xlsx, const struct source *source, int table,
                        const struct field *field)
{
    struct sheet *sheet = xlsx->mapping;
    struct buffer detail = {0};
    const json_t *entry = find_entry(json_object_get(source->details, "columns"), field->name);
    const json_t *from = json_object_get(entry, "source"), *value = json_object_get(entry, "value");
    begin_row(xlsx, source, table);
    sheet_add_text(sheet, field->name, STYLE_TEXT);
    sheet_add_text(sheet, field->label, STYLE_TEXT);
    sheet_add_text(sheet, type_name(field->type), STYLE_TEXT);
    sheet_add_text(sheet, xlsx_say(xlsx, mapped_as(entry)), STYLE_TEXT);
    sheet_add_text(sheet, json_string_value(from), STYLE_TEXT);
    if (value)
        add_quoted(&detail, value);
    else
        add_detail(xlsx, entry, &detail);
    xlsx_add_masked(xlsx, sheet, buffer_text(&detail), STYLE_WRAP);
    buffer_clear(&detail);
}

static void write_unused(const struct xlsx *xlsx, const struct source *source, int table)
{
    const json_t *names = json_object_get(source->details, "unmapped");
    for (size_t i = 0; i < json_array_size(names); i++) {
        begin_row(xlsx, source, table);
        sheet_skip(xlsx->mapping, 3);
        sheet_add_text(xlsx->mapping, xlsx_say(xlsx, WORD_MAPPED_NOT_USED), STYLE_TEXT);
        sheet_add_text(xlsx->mapping, json_string_value(json_array_get(names, i)), STYLE_TEXT);
    }
}

void xlsx_add_mapping(struct xlsx *xlsx)
{
    const struct data *data = xlsx->run->data;
    size_t rows = 0;
    for (size_t i = 0; i < data->source_count; i++) {
        int table = table_of(data, &data->sources[i]);
        if (table >= 0)
            rows += (size_t)data->model->tables[table].field_count +
                    json_array_size(json_object_get(data->sources[i].details, "unmapped"));
    }
    xlsx->mapping = xlsx_add_sheet(xlsx, WORD_SHEET_MAPPING, columns, COUNT(columns), rows, 0);
}

void xlsx_write_mapping(struct xlsx *xlsx)
{
    const struct data *data = xlsx->run->data;
    for (size_t i = 0; i < data->source_count; i++) {
        int table = table_of(data, &data->sources[i]);
        if (table < 0)
            continue;
        const struct model_table *definition = &data->model->tables[table];
        for (int field = 0; field < definition->field_count; field++)
            write_field(xlsx, &data->sources[i], table, &definition->fields[field]);
        write_unused(xlsx, &data->sources[i], table);
    }
}
