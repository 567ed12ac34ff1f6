// SPDX-License-Identifier: MIT
#include "adapters/intake.h"
#include "adapters/intake_inside.h"
#include "adapters/pattern.h"

#include <string.h>

static bool is_column(const json_t *given)
{
    return json_is_string(given) || json_is_integer(given);
}

static int check_fill(const json_t *fill, const char *where, struct error *error)
{
    bool right = !fill || is_column(fill) || json_array_size(fill) > 0;
    for (size_t i = 0; i < json_array_size(fill); i++)
        right = right && is_column(json_array_get(fill, i));
    return right
               ? 0
               : error_set(error, ERROR_USAGE, where,
                           "`fill` is a list of columns, by header or number: first the one whose "
                           "value begins a new document");
}

static int check_number(const json_t *declaration, const char *where, struct error *error)
{
    const json_t *number = json_object_get(declaration, "number");
    const char *name;
    json_t *within;
    if (!number)
        return 0;
    if (json_object_size(number) != 1)
        return error_set(
            error, ERROR_USAGE, where,
            "`number` is { field = \"the field or column within whose values lines are "
            "numbered\" }");
    json_object_foreach((json_t *)number, name, within)
    {
        if (!is_column(within))
            return error_set(error, ERROR_USAGE, where, "`number`: %s needs a field or a column",
                             name);
    }
    return json_is_true(json_object_get(declaration, "distinct"))
               ? error_set(
                     error, ERROR_USAGE, where,
                     "`number` gives each record a key of its own: `distinct` would join none")
               : 0;
}

static int check_sum(const json_t *declaration, const char *where, struct error *error)
{
    if (!json_object_get(declaration, "sum") ||
        json_is_true(json_object_get(declaration, "distinct")))
        return 0;
    return error_set(error, ERROR_USAGE, where,
                     "`sum` adds up the rows that `distinct = true` joins");
}

static int check_beside(const char *name, const json_t *entry, const char *where,
                        struct error *error)
{
    static const char *const known[] = {"file", "key",       "encoding", "delimiter",
                                        "skip", "field_cap", "sheet"};
    const json_t *key = json_object_get(entry, "key");
    const char *setting;
    json_t *value;
    if (strchr(name, '.'))
        return error_set(error, ERROR_USAGE, where, "`with`: a name has no point, as \"%s\" has",
                         name);
    if (!json_is_string(json_object_get(entry, "file")) ||
        !json_is_string(json_object_get(key, "there")) || !is_column(json_object_get(key, "here")))
        return error_set(
            error, ERROR_USAGE, where,
            "`with`: %s is { file = \"...\", key = { there = \"its column\", here = \"the "
            "column of this source\" } }",
            name);
    json_object_foreach((json_t *)entry, setting, value)
    {
        size_t i = 0;
        while (i < sizeof known / sizeof *known && strcmp(known[i], setting) != 0)
            i++;
        if (i == sizeof known / sizeof *known)
            return error_set(
                error, ERROR_USAGE, where,
                "`with`: %s has no setting `%s`; it has file, key, encoding, delimiter, "
                "sheet and skip",
                name, setting);
    }
    return 0;
}

static int check_with(const json_t *with, const char *where, struct error *error)
{
    const char *name;
    json_t *entry;
    if (with && (!json_is_object(with) || json_object_size(with) > INTAKE_BESIDES_MAX))
        return error_set(error, ERROR_USAGE, where,
                         "`with` is { name = { file = ..., key = ... } }, for up to %d files",
                         INTAKE_BESIDES_MAX);
    json_object_foreach((json_t *)with, name, entry)
    {
        if (check_beside(name, entry, where, error) != 0)
            return -1;
    }
    return 0;
}

static int check_patterns(const json_t *patterns, const char *where, struct error *error)
{
    const json_t *pair;
    size_t index;
    json_array_foreach(patterns, index, pair)
    {
        const char *pattern = json_string_value(json_array_get(pair, 1));
        const char *mistake = pattern ? pattern_mistake(pattern) : "it is no text";
        if (mistake)
            return error_set(error, ERROR_USAGE, where, "`where`: the pattern \"%s\" is wrong: %s",
                             pattern ? pattern : "", mistake);
    }
    return 0;
}

int intake_check(const struct model *model, int table, const json_t *declaration, bool ordered,
                 const char *where, struct error *error)
{
    static const char *const in_order[] = {"skip_end", "fill", "number"};
    (void)model;
    (void)table;
    for (size_t i = 0; i < sizeof in_order / sizeof *in_order && !ordered; i++)
        if (json_object_get(declaration, in_order[i]))
            return error_set(error, ERROR_USAGE, where,
                             "`%s` needs an order of the rows, and a table of a database has none: "
                             "import a `query` with ORDER BY",
                             in_order[i]);
    return check_patterns(json_object_get(json_object_get(declaration, "where"), "patterns"), where,
                          error) == 0 &&
                   check_fill(json_object_get(declaration, "fill"), where, error) == 0 &&
                   check_number(declaration, where, error) == 0 &&
                   check_sum(declaration, where, error) == 0 &&
                   check_with(json_object_get(declaration, "with"), where, error) == 0
               ? 0
               : -1;
}

void intake_name_columns(struct intake *intake, const struct source_columns *columns)
{
    size_t count = columns->count + columns->beside_count;
    intake->names = arena_take(intake->arena, count, sizeof *intake->names);
    for (size_t i = 0; i < count; i++)
        intake->names[i] = source_column_name(intake->arena, columns, i);
}
