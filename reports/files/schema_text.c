// SPDX-License-Identifier: MIT
// Three forms of one model. Each walks the tables and fields in the model's order and takes its
// sentences (term, absence, readers) from one place, describe; only what the form's own syntax
// wants differs. All text is quoted as the form quotes, since terms hold apostrophes and quotation
// marks.
#include "reports/files/schema_text.h"

#include "reports/figures/readers.h"
#include "reports/files/csv_text.h"
#include "reports/words/absence_words.h"
#include "reports/words/words.h"

#include <string.h>

void schema_add_csv(const struct engagement *engagement, int table, const char *language,
                    struct buffer *out)
{
    const struct model_table *it = &engagement->model->tables[table];
    (void)language;
    for (int i = 0; i < it->field_count; i++)
        csv_text_add(out, it->fields[i].name);
    csv_text_end_line(out);
}

// ---- PostgreSQL

static const char *sql_type(enum type type)
{
    switch (type) {
    case TYPE_INT:
        return "bigint";
    case TYPE_DECIMAL:
    case TYPE_MONEY:
        return "numeric";
    case TYPE_DATE:
        return "date";
    case TYPE_TIMESTAMP:
        return "timestamptz";
    case TYPE_BOOL:
        return "boolean";
    case TYPE_TEXT:
    case TYPE_ENUM:
        break;
    }
    return "text";
}

// Between quotation marks, those in it doubled.
static void add_quoted(char mark, const char *text, struct buffer *out)
{
    buffer_add_byte(out, mark);
    for (; *text; text++) {
        if (*text == mark)
            buffer_add_byte(out, mark);
        buffer_add_byte(out, *text);
    }
    buffer_add_byte(out, mark);
}

static void add_sql_field(const struct field *field, struct buffer *out)
{
    buffer_add_text(out, "    ");
    add_quoted('"', field->name, out);
    buffer_printf(out, " %s", sql_type(field->type));
    if (field->key && !field->nullable)
        buffer_add_text(out, " NOT NULL");
    if (field->type != TYPE_ENUM)
        return;
    buffer_add_text(out, " CHECK (");
    add_quoted('"', field->name, out);
    buffer_add_text(out, " IN (");
    for (int i = 0; i < field->value_count; i++) {
        buffer_add_text(out, i ? ", " : "");
        add_quoted('\'', field->values[i], out);
    }
    buffer_add_text(out, "))");
}

static void add_sql_key(const struct model_table *table, struct buffer *out)
{
    bool nullable = false;
    for (int i = 0; i < table->key_count; i++)
        nullable = nullable || table->fields[table->key[i]].nullable;
    buffer_add_text(out, nullable ? "    UNIQUE (" : "    PRIMARY KEY (");
    for (int i = 0; i < table->key_count; i++) {
        buffer_add_text(out, i ? ", " : "");
        add_quoted('"', table->fields[table->key[i]].name, out);
    }
    buffer_add_text(out, ")\n");
}

// "term; what its absence means; -> customer (customer_id); read by CRD-01"
static void add_part(struct buffer *out, const char *between, const char *before, const char *text)
{
    if (*text)
        buffer_printf(out, "%s%s%s", out->length ? between : "", before, text);
}

static void add_references(const struct model *model, const struct model_table *table, int field,
                           struct buffer *out)
{
    for (int i = 0; i < table->reference_count; i++) {
        const struct reference *it = &table->references[i];
        const struct match *match = it->kind == REFERENCE_KEY ? it->matches : NULL;
        if (!match || it->match_count != 1 || match->from.depth > 0 || match->from.field != field)
            continue;
        const struct model_table *target = &model->tables[it->target];
        struct buffer name = {0};
        buffer_printf(&name, "%s (%s)", target->name, target->fields[match->to.field].name);
        add_part(out, "; ", "-> ", buffer_text(&name));
        buffer_clear(&name);
    }
}

static void describe(const struct engagement *engagement, int table, int field,
                     const char *language, struct buffer *out)
{
    const struct model_table *it = &engagement->model->tables[table];
    const struct field *column = field < 0 ? NULL : &it->fields[field];
    struct buffer absence = {0}, readers = {0};
    const char *label = column ? column->label : it->label;
    absence_add_words(column ? column->absence : it->absence, language, &absence);
    readers_add(engagement, it->name, column ? column->name : NULL, &readers);
    add_part(out, "; ", "", label ? label : "");
    add_part(out, "; ", word_get(WORD_SCHEMA_ABSENT, language), buffer_text(&absence));
    if (column)
        add_references(engagement->model, it, field, out);
    add_part(out, "; ", word_get(WORD_SCHEMA_READERS, language), buffer_text(&readers));
    buffer_clear(&absence);
    buffer_clear(&readers);
}

static void add_sql_comment(const struct engagement *engagement, int table, int field,
                            const char *language, struct buffer *out)
{
    const struct model_table *it = &engagement->model->tables[table];
    struct buffer text = {0};
    describe(engagement, table, field, language, &text);
    buffer_add_text(out, field < 0 ? "COMMENT ON TABLE " : "COMMENT ON COLUMN ");
    add_quoted('"', it->name, out);
    if (field >= 0) {
        buffer_add_byte(out, '.');
        add_quoted('"', it->fields[field].name, out);
    }
    buffer_add_text(out, " IS ");
    add_quoted('\'', buffer_text(&text), out);
    buffer_add_text(out, ";\n");
    buffer_clear(&text);
}

void schema_add_sql(const struct engagement *engagement, int table, const char *language,
                    struct buffer *out)
{
    const struct model_table *it = &engagement->model->tables[table];
    buffer_add_text(out, "CREATE TABLE ");
    add_quoted('"', it->name, out);
    buffer_add_text(out, " (\n");
    for (int i = 0; i < it->field_count; i++) {
        add_sql_field(&it->fields[i], out);
        buffer_add_text(out, ",\n");
    }
    add_sql_key(it, out);
    buffer_add_text(out, ");\n");
    for (int i = -1; i < it->field_count; i++)
        add_sql_comment(engagement, table, i, language, out);
    buffer_add_byte(out, '\n');
}

// ---- Lua

static const char *lua_type(enum type type)
{
    static const char *const names[] = {
        [TYPE_TEXT] = "string",   [TYPE_INT] = "integer", [TYPE_DECIMAL] = "decimal",
        [TYPE_MONEY] = "decimal", [TYPE_DATE] = "date",   [TYPE_TIMESTAMP] = "timestamp",
        [TYPE_BOOL] = "boolean",  [TYPE_ENUM] = "string",
    };
    return names[type];
}

static void add_lua_field(const struct engagement *engagement, int table, int number,
                          const char *language, struct buffer *out)
{
    const struct field *field = &engagement->model->tables[table].fields[number];
    struct buffer text = {0};
    describe(engagement, table, number, language, &text);
    buffer_printf(out, "---@field %s%s ", field->name, field->key && !field->nullable ? "" : "?");
    for (int i = 0; i < field->value_count; i++)
        buffer_printf(out, "%s\"%s\"", i ? "|" : "", field->values[i]);
    buffer_printf(out, "%s %s\n", field->value_count ? "" : lua_type(field->type),
                  buffer_text(&text));
    buffer_clear(&text);
}

// What a field is called as well is the field: `rows.x` finds it first.
static void add_lua_references(const struct model *model, const struct model_table *table,
                               struct buffer *out)
{
    for (int i = 0; i < table->reference_count; i++) {
        const struct reference *it = &table->references[i];
        if (model_find_field(table, it->name) >= 0)
            continue;
        buffer_printf(out, "---@field %s? %s\n", it->name,
                      it->target < 0 ? "row" : model->tables[it->target].name);
    }
    for (int i = 0; i < table->reverse_count; i++)
        if (model_find_field(table, table->reverses[i].name) < 0 &&
            model_find_reference(table, table->reverses[i].name) < 0)
            buffer_printf(out, "---@field %s %s[]\n", table->reverses[i].name,
                          model->tables[table->reverses[i].table].name);
}

void schema_add_lua(const struct engagement *engagement, int table, const char *language,
                    struct buffer *out)
{
    const struct model_table *it = &engagement->model->tables[table];
    struct buffer text = {0};
    describe(engagement, table, -1, language, &text);
    buffer_printf(out, "\n---%s\n---@class %s: row\n", buffer_text(&text), it->name);
    for (int i = 0; i < it->field_count; i++)
        add_lua_field(engagement, table, i, language, out);
    add_lua_references(engagement->model, it, out);
    buffer_clear(&text);
}
