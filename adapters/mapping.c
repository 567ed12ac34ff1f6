// SPDX-License-Identifier: MIT
// Compiled twice by the same code: without the source's columns, to refuse at once what the
// declaration alone shows to be wrong, then with them. Afterwards nothing is looked up any more: a
// record is put by numbers. A column is never chosen among two of one header, and a field is never
// filled twice. Headers are untrusted text, in messages too.
#include "adapters/mapping.h"

#include "adapters/mapping_inside.h"
#include "adapters/text_fold.h"
#include "engine/base/buffer.h"
#include "engine/base/nearest.h"
#include "engine/base/reason.h"

#include <stdlib.h>
#include <string.h>

// What compiling needs; `columns` is NULL while the source has not been read.
struct compiling {
    struct mapping *mapping;
    const struct source_columns *columns;
    const json_t *shared_nulls;
    bool keyed; // something must fill the table's key
    const char *where;
    struct error *error;
};

static int fail(const struct compiling *compiling, const char *message, const char *field)
{
    return error_set(compiling->error, ERROR_USAGE, compiling->where, "%s: %s", field, message);
}

// ---- the source's columns

char *source_column_name(struct arena *arena, const struct source_columns *columns, size_t column)
{
    struct buffer name = {0};
    const char *given = column >= columns->count ? columns->beside[column - columns->count]
                        : columns->names         ? columns->names[column]
                                                 : "";
    size_t length = strlen(given);
    cell_bare(&given, &length);
    if (length)
        buffer_add(&name, given, length);
    else
        buffer_printf(&name, "column %zu", column + 1);
    return arena_text_of(arena, &name);
}

static void set_source(struct mapping *mapping, const struct source_columns *columns)
{
    mapping->own_count = columns->count;
    mapping->source_count = columns->count + columns->beside_count;
    mapping->has_header = columns->names != NULL;
    mapping->names = arena_take(mapping->arena, mapping->source_count, sizeof *mapping->names);
    mapping->doubled = arena_take(mapping->arena, mapping->source_count, sizeof *mapping->doubled);
    for (size_t i = 0; i < mapping->source_count; i++) {
        mapping->names[i] = source_column_name(mapping->arena, columns, i);
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

// Headers also differ from their names in case, width and blanks: where one header remains that
// does, it is meant.
static int find_folded(const struct mapping *mapping, const char *name)
{
    struct buffer wanted = {0}, folded = {0};
    int found = -1;
    text_fold(name, &wanted);
    for (size_t i = 0; i < mapping->source_count && found != -2; i++) {
        buffer_reset(&folded);
        text_fold(mapping->names[i], &folded);
        if (strcmp(buffer_text(&wanted), buffer_text(&folded)) == 0)
            found = found == -1 ? (int)i : -2;
    }
    buffer_clear(&wanted);
    buffer_clear(&folded);
    return found;
}

static int find_name(const struct compiling *compiling, const char *field, const char *name,
                     int *column)
{
    struct mapping *mapping = compiling->mapping;
    int found = -1;
    for (size_t i = 0; i < mapping->source_count && found < 0; i++)
        if (strcmp(mapping->names[i], name) == 0)
            found = (int)i;
    bool doubled = found >= 0 && mapping->doubled[found];
    if (found < 0) {
        found = find_folded(mapping, name);
        doubled = found == -2;
    }
    if (doubled)
        return error_set(compiling->error, ERROR_USAGE, compiling->where,
                         "%s: two columns of %s have the header \"%s\"; give the column's number",
                         field, compiling->columns->source, name);
    *column = found;
    return found >= 0 ? 0 : fail_missing(compiling, field, name);
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
    if (!mapping->has_header && !strchr(name, '.'))
        return error_set(compiling->error, ERROR_USAGE, compiling->where,
                         "%s: column \"%s\" is named, but %s has no header; give its number", field,
                         name, compiling->columns->source);
    return find_name(compiling, field, name, column);
}

// ---- the declaration

static int find_field(const struct compiling *compiling, const char *name)
{
    const struct model_table *table = compiling->mapping->table;
    int field = model_find_field(table, name);
    if (field >= 0)
        return field;
    const char **names =
        arena_take(compiling->mapping->arena, (size_t)table->field_count, sizeof *names);
    for (int i = 0; i < table->field_count; i++)
        names[i] = table->fields[i].name;
    const char *near = nearest_name(name, names, (size_t)table->field_count);
    error_set(compiling->error, ERROR_USAGE, compiling->where, "%s has no field \"%s\"%s%s%s",
              table->name, name, near ? " (meant \"" : "", near ? near : "", near ? "\"?)" : "");
    return -1;
}

static int read_constant(const struct compiling *compiling, struct mapped_column *column,
                         const struct field *field, const json_t *given)
{
    if (json_is_string(given)) {
        column->constant = arena_text(column->arena, json_string_value(given));
    } else if (json_is_integer(given)) {
        struct buffer text = {0};
        buffer_printf(&text, "%lld", (long long)json_integer_value(given));
        column->constant = arena_text_of(column->arena, &text);
    } else if (json_is_boolean(given)) {
        column->constant = arena_text(column->arena, json_is_true(given) ? "true" : "false");
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
        text_list_add(column->arena, &column->marks, json_string_value(each));
    }
    return find_source(compiling, negate, field->name, &column->mark);
}

// `{ debit = "借方", credit = "贷方" }`: either may be left out, and its amounts are nothing.
static int read_balance(const struct compiling *compiling, struct mapped_column *column,
                        const struct field *field, const json_t *entry)
{
    static const char *const names[] = {"debit", "credit"};
    int *columns[] = {&column->source, &column->credit};
    column->mark = -1;
    if (field->type != TYPE_DECIMAL && field->type != TYPE_MONEY)
        return fail(compiling, "`debit` and `credit` give an amount", field->name);
    for (int i = 0; i < 2; i++) {
        json_t *given = json_object_get(entry, names[i]);
        if (!json_is_string(given) && !json_is_integer(given))
            return fail(compiling, "`debit` and `credit` are both the header or number of a column",
                        field->name);
        json_t *side = json_pack("{s:O}", json_is_string(given) ? "source" : "number", given);
        int result = find_source(compiling, side, field->name, columns[i]);
        json_decref(side);
        if (result != 0)
            return -1;
    }
    const json_t *negate = json_object_get(entry, "negate");
    if (negate && !json_is_boolean(negate))
        return fail(compiling, "`negate` beside `debit` and `credit` is true or false",
                    field->name);
    column->format.negate = json_is_true(negate);
    return 0;
}

static int read_column(const struct compiling *compiling, struct mapped_column *column,
                       const json_t *entry)
{
    struct mapping *mapping = compiling->mapping;
    const struct field *field = &mapping->table->fields[column->field];
    const json_t *constant = json_object_get(entry, "value");
    column->source = column->credit = -1;
    if (constant) {
        column->mark = -1;
        column->label = arena_text(column->arena, field->name);
        return read_constant(compiling, column, field, constant);
    }
    bool balance = json_object_get(entry, "debit") || json_object_get(entry, "credit");
    if (balance && (json_object_get(entry, "source") || json_object_get(entry, "number")))
        return fail(compiling, "has `debit` and `credit`, and a column of its own", field->name);
    if (balance ? read_balance(compiling, column, field, entry) != 0
                : find_source(compiling, entry, field->name, &column->source) != 0 ||
                      read_negate(compiling, column, field, entry) != 0)
        return -1;
    column->label = arena_text(column->arena,
                               compiling->columns ? mapping->names[column->source] : field->name);
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

static struct mapped_column *add_column(struct mapping *mapping, int field)
{
    mapping->columns = arena_extend(mapping->arena, mapping->columns, (size_t)mapping->count,
                                    sizeof *mapping->columns);
    struct mapped_column *column = &mapping->columns[mapping->count++];
    *column = (struct mapped_column){.arena = mapping->arena, .field = field};
    return column;
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
        mapping->computed =
            arena_extend(mapping->arena, mapping->computed, (size_t)mapping->computed_count,
                         sizeof *mapping->computed);
        mapping->computed[mapping->computed_count++] = (struct computed_column){
            field, (int)json_integer_value(json_object_get(entry, "computed"))};
        mapping->keeps_source = true;
        return 0;
    }
    return read_column(compiling, add_column(mapping, field), entry);
}

// The field that a header names, in whatever case; -1. A header that is one exactly goes first.
static int field_of_header(const struct mapping *mapping, size_t header)
{
    struct buffer folded = {0};
    int field = model_find_field(mapping->table, mapping->names[header]);
    if (field < 0) {
        text_fold(mapping->names[header], &folded);
        field = model_find_field(mapping->table, buffer_text(&folded));
        for (size_t i = 0; i < mapping->source_count && field >= 0; i++)
            if (strcmp(mapping->names[i], mapping->table->fields[field].name) == 0)
                field = -1;
    }
    buffer_clear(&folded);
    return field;
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
    for (size_t i = 0; i < mapping->own_count; i++) {
        int field = field_of_header(mapping, i);
        if (field < 0)
            continue;
        json_t *entry = json_pack("{s:s, s:s}", "field", mapping->table->fields[field].name,
                                  "source", mapping->names[i]);
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

// A table whose key nothing fills would have every record rejected. NULL: all of it is filled.
static const struct field *find_unfilled_key(const struct mapping *mapping)
{
    const struct model_table *table = mapping->table;
    for (int i = 0; i < table->key_count; i++) {
        const struct field *field = &table->fields[table->key[i]];
        if (!field->nullable && !mapping_fills(mapping, table->key[i]))
            return field;
    }
    return NULL;
}

static int check_key(const struct compiling *compiling)
{
    const struct field *field = find_unfilled_key(compiling->mapping);
    if (field)
        return error_set(compiling->error, ERROR_USAGE, compiling->where,
                         "%s%snothing fills %s, a key column of %s",
                         compiling->columns ? compiling->columns->source : "",
                         compiling->columns ? ": " : "", field->name,
                         compiling->mapping->table->name);
    return 0;
}

// `sum = { quantity = "数量" }`: columns that are added up where `distinct` makes rows one.
static int read_sums(const struct compiling *compiling, const json_t *sums)
{
    struct mapping *mapping = compiling->mapping;
    const json_t *entry;
    size_t index;
    json_array_foreach(sums, index, entry)
    {
        int before = mapping->count;
        if (read_entry(compiling, entry) != 0)
            return -1;
        if (mapping->count == before)
            return fail(compiling, "a computed column cannot be a `sum`",
                        json_string_value(json_object_get(entry, "field")));
        struct mapped_column *column = &mapping->columns[mapping->count - 1];
        const struct field *field = &mapping->table->fields[column->field];
        if ((field->type != TYPE_INT && field->type != TYPE_DECIMAL && field->type != TYPE_MONEY) ||
            field->key)
            return fail(compiling, "`sum` adds numbers up that are no key", field->name);
        column->summed = true;
    }
    return 0;
}

// `number = { line_no = "order_id" }`: the field that takes the number of the line.
static int read_number(const struct compiling *compiling, const json_t *number)
{
    struct mapping *mapping = compiling->mapping;
    const char *name;
    json_t *within;
    json_object_foreach((json_t *)number, name, within)
    {
        int field = find_field(compiling, name);
        if (field < 0)
            return -1;
        if (mapping_fills(mapping, field))
            return fail(compiling, "is mapped twice", name);
        if (mapping->table->fields[field].type != TYPE_INT &&
            mapping->table->fields[field].type != TYPE_TEXT)
            return fail(compiling, "`number` fills whole numbers and texts", name);
        struct mapped_column *column = add_column(mapping, field);
        column->source = column->credit = column->mark = -1;
        column->counted = true;
        column->label = arena_text(mapping->arena, name);
        column->constant = "";
    }
    return 0;
}

static int compile(const struct compiling *compiling, const json_t *declaration)
{
    const json_t *columns = json_object_get(declaration, "columns");
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
    if (read_sums(compiling, json_object_get(declaration, "sum")) != 0 ||
        read_number(compiling, json_object_get(declaration, "number")) != 0)
        return -1;
    bool known = columns || compiling->columns;
    return known && compiling->keyed ? check_key(compiling) : 0;
}

static struct mapping *new_mapping(const struct model *model, int table, const json_t *declaration,
                                   const struct source_columns *columns, bool keyed,
                                   const char *where, struct error *error)
{
    struct arena *arena = arena_new();
    struct mapping *mapping = arena_take(arena, 1, sizeof *mapping);
    mapping->arena = arena;
    mapping->table = &model->tables[table];
    struct compiling compiling = {.mapping = mapping,
                                  .columns = columns,
                                  .shared_nulls = json_object_get(declaration, "null"),
                                  .keyed = keyed,
                                  .where = where,
                                  .error = error};
    if (columns)
        set_source(mapping, columns);
    if (compile(&compiling, declaration) != 0) {
        mapping_free(mapping);
        return NULL;
    }
    return mapping;
}

struct mapping *mapping_new(const struct model *model, int table, const json_t *declaration,
                            const struct source_columns *columns, const char *where,
                            struct error *error)
{
    return new_mapping(model, table, declaration, columns, true, where, error);
}

const struct field *mapping_missing_key(const struct model *model, int table,
                                        const json_t *declaration,
                                        const struct source_columns *columns)
{
    struct error ignored;
    struct mapping *mapping = new_mapping(model, table, declaration, columns, false, "", &ignored);
    const struct field *field = mapping ? find_unfilled_key(mapping) : NULL;
    mapping_free(mapping);
    return field;
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
    if (mapping)
        arena_free(mapping->arena);
}

int mapping_column(const struct mapping *mapping, const json_t *given, const char *setting,
                   const struct source_columns *columns, const char *where, struct error *error)
{
    struct compiling compiling = {
        .mapping = (struct mapping *)mapping, .columns = columns, .where = where, .error = error};
    json_t *entry = json_object();
    int column = -1;
    json_object_set(entry, json_is_integer(given) ? "number" : "source", (json_t *)given);
    int result = find_source(&compiling, entry, setting, &column);
    json_decref(entry);
    return result == 0 ? column : -1;
}
