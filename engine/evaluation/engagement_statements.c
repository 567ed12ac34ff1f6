// SPDX-License-Identifier: MIT
// What management states about data that are not there: assume, refuse, none, complete. Each is a
// list of tables or columns, assume with a value for each; `stated` says who stated them.
#include "engine/evaluation/engagement_inside.h"

#include "engine/base/calendar.h"
#include "engine/base/mistake.h"
#include "engine/base/nearest.h"

#include <string.h>

static void add(struct engagement *engagement, enum statement_kind kind, const char *word,
                const char *name, const char *value, int line)
{
    const char *column;
    int table = model_find_table_of(engagement->model, name, &column);
    int field =
        table < 0 || !column ? -1 : model_find_field(&engagement->model->tables[table], column);
    bool of_table = kind == STATE_NONE || kind == STATE_COMPLETE;
    if (table < 0 || (column && field < 0)) {
        const struct model *model = engagement->model;
        const struct model_table *of = table < 0 ? NULL : &model->tables[table];
        struct nearest nearest = nearest_start((struct text){name, strlen(name)});
        char hint[96];
        if (of)
            nearest = nearest_start((struct text){column, strlen(column)});
        for (int i = 0; i < (of ? of->field_count : model->table_count); i++)
            nearest_try(&nearest, of ? of->fields[i].name : model->tables[i].name);
        engagement_complain(engagement, true, NULL, line, mistake_STATEMENT_NO_NAME, word, name,
                            nearest_hint(&nearest, hint));
        return;
    }
    if ((of_table && column) || (kind == STATE_ASSUME && !column)) {
        engagement_complain(engagement, true, NULL, line, "%s names %s, %s is none", word,
                            of_table ? "tables" : "columns, [\"table.column\"] = \"value\"", name);
        return;
    }
    size_t count = engagement->statement_count++;
    engagement->statements = arena_extend(engagement->arena, engagement->statements, count,
                                          sizeof *engagement->statements);
    engagement->statings =
        arena_extend(engagement->arena, engagement->statings, count, sizeof *engagement->statings);
    engagement->statements[count] =
        (struct statement){kind, table, field, arena_text(engagement->arena, value)};
    engagement->statings[count] = (struct stating){.line = line};
}

static void read_names(struct engagement *engagement, enum statement_kind kind, const char *word,
                       const json_t *list, int line)
{
    const json_t *item;
    size_t at;
    if (!json_is_array(list))
        engagement_complain(engagement, true, NULL, line, mistake_STATEMENT_LIST, word);
    json_array_foreach(list, at, item)
    {
        if (json_is_string(item))
            add(engagement, kind, word, json_string_value(item), NULL, line);
        else
            engagement_complain(engagement, true, NULL, line, mistake_STATEMENT_NAMES, word);
    }
}

static void read_values(struct engagement *engagement, const char *word, const json_t *values,
                        int line)
{
    const char *name;
    json_t *value;
    if (!json_is_object(values))
        engagement_complain(engagement, true, NULL, line, mistake_STATEMENT_TABLE, word);
    json_object_foreach((json_t *)values, name, value)
    {
        if (json_is_string(value))
            add(engagement, STATE_ASSUME, word, name, json_string_value(value), line);
        else
            engagement_complain(engagement, true, NULL, line, mistake_STATEMENT_VALUE, word, name);
    }
}

const struct setting stated_settings[] = {
    {"by", .type = SETTING_TEXT},
    {"on", .type = SETTING_TEXT},
    {"because", .type = SETTING_TEXT},
    {"reference", .type = SETTING_TEXT},
    {NULL},
};

static const char *stated_text(struct engagement *engagement, const json_t *value, const char *name,
                               int line)
{
    const json_t *text = json_object_get(value, name);
    if (text && !json_is_string(text))
        engagement_complain(engagement, true, NULL, line, mistake_STATED_TEXT, name);
    return arena_text(engagement->arena, json_string_value(text));
}

// `stated` stands after the statements that it is about, from the `stated` before it on.
static void read_stated(struct engagement *engagement, const json_t *entry, int after)
{
    int line = (int)json_integer_value(json_object_get(entry, "line")), day;
    const json_t *value = json_object_get(entry, "value");
    bool about_any = false;
    if (!json_is_object(value)) {
        engagement_complain(engagement, true, NULL, line, mistake_STATED_TABLE);
        return;
    }
    engagement_check_names(engagement, value, "stated", stated_settings, line);
    struct stating stating = {.by = stated_text(engagement, value, "by", line),
                              .on = stated_text(engagement, value, "on", line),
                              .because = stated_text(engagement, value, "because", line),
                              .reference = stated_text(engagement, value, "reference", line)};
    if (stating.on && calendar_parse_day(stating.on, strlen(stating.on), &day) != 0)
        engagement_complain(engagement, true, NULL, line, mistake_STATED_DAY);
    for (size_t i = 0; i < engagement->statement_count; i++) {
        int of = engagement->statings[i].line;
        if (of <= after || of > line)
            continue;
        stating.line = of;
        engagement->statings[i] = stating;
        about_any = true;
    }
    if (!about_any)
        engagement_complain(engagement, true, NULL, line, mistake_STATED_ALONE);
}

void engagement_read_statements(struct engagement *engagement, const json_t *declared)
{
    for (int kind = STATE_ASSUME; kind <= STATE_COMPLETE; kind++) {
        const char *word = statement_name((enum statement_kind)kind);
        const json_t *entry;
        size_t at;
        json_array_foreach(json_object_get(declared, word), at, entry)
        {
            int line = (int)json_integer_value(json_object_get(entry, "line"));
            const json_t *value = json_object_get(entry, "value");
            if (kind == STATE_ASSUME)
                read_values(engagement, word, value, line);
            else
                read_names(engagement, (enum statement_kind)kind, word, value, line);
        }
    }
    const json_t *entry;
    size_t at;
    int after = 0;
    json_array_foreach(json_object_get(declared, "stated"), at, entry)
    {
        read_stated(engagement, entry, after);
        after = (int)json_integer_value(json_object_get(entry, "line"));
    }
}
