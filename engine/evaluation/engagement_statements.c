// SPDX-License-Identifier: MIT
// What management states about data that are not there: assume, refuse, none, complete. Each is a
// list of tables or columns, assume with a value for each; `stated` says who stated them.
#include "engine/evaluation/engagement_inside.h"

#include "engine/base/memory.h"

static void add(struct engagement *engagement, enum statement_kind kind, const char *word,
                const char *name, const char *value, int line)
{
    const char *column;
    int table = model_find_table_of(engagement->model, name, &column);
    int field =
        table < 0 || !column ? -1 : model_find_field(&engagement->model->tables[table], column);
    bool of_table = kind == STATE_NONE || kind == STATE_COMPLETE;
    if (table < 0 || (column && field < 0)) {
        engagement_complain(engagement, true, NULL, line, "%s: the model has no %s", word, name);
        return;
    }
    if ((of_table && column) || (kind == STATE_ASSUME && !column)) {
        engagement_complain(engagement, true, NULL, line, "%s names %s, %s is none", word,
                            of_table ? "tables" : "columns, [\"table.column\"] = \"value\"", name);
        return;
    }
    engagement->statements = memory_resize(engagement->statements, engagement->statement_count + 1,
                                           sizeof *engagement->statements);
    engagement->statements[engagement->statement_count++] =
        (struct statement){kind, table, field, arena_text(engagement->arena, value)};
}

static void read_names(struct engagement *engagement, enum statement_kind kind, const char *word,
                       const json_t *list, int line)
{
    const json_t *item;
    size_t at;
    if (!json_is_array(list))
        engagement_complain(engagement, true, NULL, line, "%s is a list: { \"approval\", ... }",
                            word);
    json_array_foreach(list, at, item)
    {
        if (json_is_string(item))
            add(engagement, kind, word, json_string_value(item), NULL, line);
        else
            engagement_complain(engagement, true, NULL, line, "%s: names are texts", word);
    }
}

static void read_values(struct engagement *engagement, const char *word, const json_t *values,
                        int line)
{
    const char *name;
    json_t *value;
    if (!json_is_object(values))
        engagement_complain(engagement, true, NULL, line,
                            "%s is a table: { [\"delivery.kind\"] = \"delivery\" }", word);
    json_object_foreach((json_t *)values, name, value)
    {
        if (json_is_string(value))
            add(engagement, STATE_ASSUME, word, name, json_string_value(value), line);
        else
            engagement_complain(engagement, true, NULL, line,
                                "%s: the value of %s is a text, as it would stand in a file", word,
                                name);
    }
}

void engagement_read_statements(struct engagement *engagement, const json_t *declared)
{
    static const char *const words[] = {[STATE_ASSUME] = "assume",
                                        [STATE_REFUSE] = "refuse",
                                        [STATE_NONE] = "none",
                                        [STATE_COMPLETE] = "complete"};
    for (int kind = STATE_ASSUME; kind <= STATE_COMPLETE; kind++) {
        const json_t *entry;
        size_t at;
        json_array_foreach(json_object_get(declared, words[kind]), at, entry)
        {
            int line = (int)json_integer_value(json_object_get(entry, "line"));
            const json_t *value = json_object_get(entry, "value");
            if (kind == STATE_ASSUME)
                read_values(engagement, words[kind], value, line);
            else
                read_names(engagement, (enum statement_kind)kind, words[kind], value, line);
        }
    }
}
