// SPDX-License-Identifier: MIT
// What the run record is to say of a mapping.
#include "adapters/mapping_inside.h"

bool mapping_uses(const struct mapping *mapping, size_t source)
{
    for (int i = 0; i < mapping->count; i++)
        if (mapping->columns[i].source == (int)source || mapping->columns[i].mark == (int)source ||
            mapping->columns[i].credit == (int)source)
            return true;
    return mapping->keeps_source;
}

static json_t *text_value(const char *text)
{
    json_t *value = json_string(text);
    return value ? value : json_string("(no text)"); // a header that is not UTF-8
}

json_t *mapping_unmapped(const struct mapping *mapping)
{
    json_t *names = json_array();
    for (size_t i = 0; i < mapping->own_count; i++)
        if (!mapping_uses(mapping, i))
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
    if (format->rounded)
        json_object_set_new(entry, "round",
                            json_pack("[i,s]", format->places, rounding_name(format->rounding)));
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
        if (column->counted)
            json_object_set_new(entry, "numbered", json_true());
        else if (column->source < 0)
            json_object_set_new(entry, "value", text_value(column->constant));
        else if (column->credit >= 0) {
            json_object_set_new(entry, "debit", text_value(mapping->names[column->source]));
            json_object_set_new(entry, "credit", text_value(mapping->names[column->credit]));
        } else
            json_object_set_new(entry, "source", text_value(column->label));
        if (column->mark >= 0)
            json_object_set_new(entry, "negate", text_value(mapping->names[column->mark]));
        if (column->summed)
            json_object_set_new(entry, "sum", json_true());
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
