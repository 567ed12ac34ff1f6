// SPDX-License-Identifier: MIT
// That a table has no rows is corroborated where a column is there that would name its rows and
// names none, or where its file is there without rows. Of the other statements the data say
// nothing: what is there cannot be assumed (data_check_statements).
#include "engine/data/statement.h"

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
        const struct model_table *definition = &data->model->tables[table];
        const struct table *rows = &data->tables[table];
        for (int i = 0; rows->imported && rows->rows > 0 && i < definition->reference_count; i++) {
            const struct reference *it = &definition->references[i];
            const struct path *from =
                it->kind == REFERENCE_KEY ? &it->matches[it->match_count - 1].from : NULL;
            if (from && it->target == target && from->depth == 0 &&
                rows->columns[from->field].imported)
                return true;
        }
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
    const struct model_table *table = &data->model->tables[statement->table];
    buffer_add_text(out, table->name);
    if (statement->field >= 0)
        buffer_printf(out, ".%s", table->fields[statement->field].name);
    if (statement->value)
        buffer_printf(out, "=%s", statement->value);
}
