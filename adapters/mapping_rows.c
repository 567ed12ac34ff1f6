// SPDX-License-Identifier: MIT
// Records put into a part by a mapping, and what is counted of those that are left out.
#include "adapters/mapping_inside.h"
#include "engine/data/data.h"

#include <stdio.h>
#include <string.h>

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
    cell_bare(&bytes, &length);
    for (int i = 0; i < column->marks.count; i++)
        if (strlen(column->marks.items[i]) == length &&
            memcmp(column->marks.items[i], bytes, length) == 0)
            return true;
    return false;
}

// A cell's number; 0 where it is empty, and then `*empty`. -1: it cannot be read.
static int read_side(const struct mapped_column *column, const struct field *field,
                     const struct text *text, struct decimal *number, bool *empty)
{
    struct cell_value value;
    if (cell_parse(column->has_format ? &column->format : NULL, field, NULL, text->bytes,
                   text->length, &value, NULL) != 0)
        return -1;
    *empty = value.is != CELL_IS_NUMBER;
    *number = *empty ? (struct decimal){0, 0} : value.number;
    return 0;
}

static void put_balance(const struct mapping *mapping, struct part *part, int number,
                        const struct text *fields)
{
    const struct mapped_column *column = &mapping->columns[number];
    const struct field *field = &mapping->table->fields[column->field];
    const struct text *debit = &fields[column->source], *credit = &fields[column->credit];
    struct decimal a, b, balance;
    bool no_debit, no_credit;
    if (read_side(column, field, debit, &a, &no_debit) != 0)
        part_put(part, number, debit->bytes, debit->length, false);
    else if (read_side(column, field, credit, &b, &no_credit) != 0)
        part_put(part, number, credit->bytes, credit->length, false);
    else if (no_debit && no_credit)
        part_put(part, number, "", 0, false);
    else if (decimal_subtract(a, b, &balance) == 0)
        part_put_number(part, number, balance);
    else
        part_put(part, number, "difference of more than 64 bits", 31, false);
}

static void put_fields(const struct mapping *mapping, struct part *part, const struct text *fields,
                       const struct text *line)
{
    for (int i = 0; i < mapping->count; i++) {
        const struct mapped_column *column = &mapping->columns[i];
        if (column->counted) {
            part_put(part, i, line->bytes, line->length, false);
            continue;
        }
        if (column->source < 0) {
            part_put(part, i, column->constant, strlen(column->constant), false);
            continue;
        }
        if (column->credit >= 0) {
            put_balance(mapping, part, i, fields);
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

void mapping_put(const struct mapping *mapping, struct part *part, const struct text *fields)
{
    static const struct text no_line = {"", 0};
    put_fields(mapping, part, fields, &no_line);
}

void mapping_put_numbered(const struct mapping *mapping, struct part *part,
                          const struct text *fields, int64_t number)
{
    char digits[24];
    int length = snprintf(digits, sizeof digits, "%lld", (long long)number);
    struct text line = {digits, (size_t)length};
    put_fields(mapping, part, fields, &line);
}

int mapping_numbered(const struct mapping *mapping)
{
    for (int i = 0; i < mapping->count; i++)
        if (mapping->columns[i].counted)
            return mapping->columns[i].field;
    return -1;
}

int mapping_source(const struct mapping *mapping, int field)
{
    for (int i = 0; i < mapping->count; i++)
        if (mapping->columns[i].field == field && mapping->columns[i].credit < 0)
            return mapping->columns[i].source;
    return -1;
}

size_t mapping_sums(const struct mapping *mapping, int *fields)
{
    size_t count = 0;
    for (int i = 0; i < mapping->count; i++)
        if (mapping->columns[i].summed)
            fields[count++] = mapping->columns[i].field;
    return count;
}

void mapping_doubt(struct mapping *mapping, int field)
{
    for (int i = 0; i < mapping->count; i++)
        if (mapping->columns[i].field == field)
            mapping->columns[i].format.doubtful = mapping->columns[i].has_format = true;
}

// ---- records that are left out

static const struct mapped_column *column_of(const struct mapping *mapping, int field)
{
    for (int i = 0; i < mapping->count; i++)
        if (mapping->columns[i].field == field && mapping->columns[i].source >= 0)
            return &mapping->columns[i];
    return NULL;
}

bool mapping_key(const struct mapping *mapping, const struct text *fields, struct buffer *key)
{
    const struct model_table *table = mapping->table;
    for (int i = 0; i < table->key_count; i++) {
        const struct mapped_column *column = column_of(mapping, table->key[i]);
        struct cell_value value;
        if (!column)
            return false;
        const struct text *text = &fields[column->source];
        if (cell_parse(column->has_format ? &column->format : NULL, &table->fields[table->key[i]],
                       NULL, text->bytes, text->length, &value, NULL) != 0 ||
            (value.is != CELL_IS_TEXT && value.is != CELL_IS_WORD))
            return false;
        if (i)
            buffer_add_byte(key, '/');
        if (value.is == CELL_IS_TEXT)
            data_encode_key(value.text.bytes, value.text.length, key);
        else if (table->fields[table->key[i]].type == TYPE_INT)
            buffer_printf(key, "%lld", (long long)value.word);
        else
            data_encode_key(text->bytes, text->length, key);
    }
    return table->key_count > 0;
}

size_t mapping_count(const struct mapping *mapping)
{
    return (size_t)mapping->count;
}

void mapping_add_amounts(const struct mapping *mapping, const struct text *fields,
                         struct total *totals, bool *any)
{
    for (int i = 0; i < mapping->count; i++) {
        const struct mapped_column *column = &mapping->columns[i];
        const struct field *field = &mapping->table->fields[column->field];
        struct decimal number;
        bool empty;
        if (column->source < 0 || (field->type != TYPE_DECIMAL && field->type != TYPE_MONEY) ||
            read_side(column, field, &fields[column->source], &number, &empty) != 0 || empty)
            continue;
        totals[i] = total_add(totals[i], total_of(number));
        any[i] = true;
        if (column->credit >= 0 &&
            read_side(column, field, &fields[column->credit], &number, &empty) == 0 && !empty)
            totals[i] = total_subtract(totals[i], total_of(number));
    }
}

void mapping_format_amounts(const struct mapping *mapping, const struct total *totals,
                            const bool *any, struct buffer *out)
{
    for (int i = 0; i < mapping->count; i++) {
        if (!any[i])
            continue;
        buffer_printf(out, "%s%s=", out->length ? "; " : "",
                      mapping->table->fields[mapping->columns[i].field].name);
        total_format(totals[i], 0, false, out);
    }
}
