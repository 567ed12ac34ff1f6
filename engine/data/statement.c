// SPDX-License-Identifier: MIT
// That a table has no rows is corroborated where a column is there that would name its rows and
// names none, or where its file is there without rows. Of the other statements the data say
// nothing: what is there cannot be assumed (statement_check_all).
#include "engine/data/statement.h"

#include "engine/base/reason.h"
#include "engine/data/data_inside.h"

#include <stdlib.h>
#include <string.h>

void statement_add(struct data *data, enum statement_kind kind, int table, int field,
                   const char *value)
{
    data->statements = arena_extend(data->arena, data->statements, data->statement_count,
                                    sizeof *data->statements);
    data->statements[data->statement_count++] =
        (struct statement){kind, table, field, arena_text(data->arena, value)};
}

static int check_value(const struct data *data, const struct statement *it, struct error *error)
{
    const struct model_table *table = data->tables[it->table].definition;
    const struct field *field = &table->fields[it->field];
    struct cell_value value;
    struct buffer reason = {0};
    int result =
        cell_parse(NULL, field, data->scope.zone, it->value, strlen(it->value), &value, &reason);
    if (result != 0) {
        char *why = reason_text(buffer_text(&reason));
        error_set(error, ERROR_USAGE, "assume", "%s.%s: '%s' %s", table->name, field->name,
                  it->value, why);
        free(why);
    }
    buffer_clear(&reason);
    return result;
}

int statement_check_all(const struct data *data, struct error *error)
{
    for (size_t i = 0; i < data->statement_count; i++) {
        const struct statement *it = &data->statements[i];
        const struct model_table *table = &data->model->tables[it->table];
        const struct table *rows = &data->tables[it->table];
        if (it->kind == STATE_NONE && rows->imported && rows->rows > 0)
            return error_set(error, ERROR_USAGE, "none",
                             "%s was imported, with %u rows; take it out of `none`", table->name,
                             rows->rows);
        if (it->kind != STATE_ASSUME)
            continue;
        const char *column = table->fields[it->field].name;
        if (rows->columns[it->field].imported)
            return error_set(error, ERROR_USAGE, "assume",
                             "%s.%s was imported; what is there cannot be assumed", table->name,
                             column);
        if (check_value(data, it, error) != 0)
            return -1;
    }
    return 0;
}

const struct statement *statement_find(const struct data *data, enum statement_kind kind, int table,
                                       int field)
{
    for (size_t i = 0; i < data->statement_count; i++) {
        const struct statement *statement = &data->statements[i];
        if (statement->kind == kind && statement->table == table && statement->field == field)
            return statement;
    }
    return NULL;
}

const char *standing_name(enum standing standing)
{
    static const char *const names[] = {[STANDING_UNCORROBORATED] = "uncorroborated",
                                        [STANDING_CORROBORATED] = "corroborated",
                                        [STANDING_CONTRADICTED] = "contradicted"};
    return names[standing];
}

const char *statement_name(enum statement_kind kind)
{
    static const char *const names[] = {[STATE_ASSUME] = "assume",
                                        [STATE_REFUSE] = "refuse",
                                        [STATE_NONE] = "none",
                                        [STATE_COMPLETE] = "complete"};
    return names[kind];
}

// Is there a column that would name a row of the table, if there were one?
static bool could_be_named(const struct data *data, int target)
{
    for (int table = 0; table < data->model->table_count; table++) {
        const struct table *rows = &data->tables[table];
        for (int i = 0; rows->imported && rows->rows > 0 && i < rows->definition->reference_count;
             i++)
            if (data_naming_column(data, table, i, target))
                return true;
    }
    return false;
}

const char *statement_contradiction(const struct data *data, const struct statement *statement)
{
    int number = statement->kind == STATE_NONE ? data->tables[statement->table].assumption : 0;
    return number ? data->assumptions[number].contradiction : NULL;
}

enum standing statement_standing(const struct data *data, const struct statement *statement)
{
    if (statement->kind != STATE_NONE)
        return STANDING_UNCORROBORATED;
    if (statement_contradiction(data, statement))
        return STANDING_CONTRADICTED;
    return data->tables[statement->table].imported || could_be_named(data, statement->table)
               ? STANDING_CORROBORATED
               : STANDING_UNCORROBORATED;
}

void statement_subject(const struct data *data, const struct statement *statement,
                       struct buffer *out)
{
    model_add_name(data->model, statement->table, statement->field, out);
    if (statement->value)
        buffer_printf(out, "=%s", statement->value);
}
