// SPDX-License-Identifier: MIT
// Reads how the cells of one column are written (date, decimal, group, round, null, map ...) into
// the format that cell_parse takes.
//
// What is declared here holds for every cell of the column, so each setting is refused that could
// read a cell in two ways, or that the field could never hold: a date format lacking a part, a
// separator that is a digit, a value of `map` that the field does not know.
#include "adapters/mapping_inside.h"

#include "engine/base/reason.h"

#include <stdlib.h>
#include <string.h>

void text_list_add(struct arena *arena, struct text_list *list, const char *text)
{
    list->items = arena_extend(arena, list->items, (size_t)list->count, sizeof *list->items);
    list->items[list->count++] = arena_text(arena, text);
}

static bool is_number(const struct field *field)
{
    return field->type == TYPE_INT || field->type == TYPE_DECIMAL || field->type == TYPE_MONEY;
}

// A zone written as plain text behind the time would be read over: the clock would be the
// engagement's.
static int check_zone_text(const char *format, const struct field *field, const char *where,
                           struct error *error)
{
    const char *time = strpbrk(format, "HI");
    bool is_time = time && time > format && time[-1] == '%';
    const char *named = strstr(format, "UTC");
    named = named ? named : strstr(format, "GMT");
    for (const char *at = time; is_time && at && *at && !named; at++)
        if ((*at == '+' || *at == '-') && at[1] >= '0' && at[1] <= '9' && at[2] >= '0' &&
            at[2] <= '9')
            named = at;
    if (!is_time || !named)
        return 0;
    return error_set(
        error, ERROR_USAGE, where,
        "%s: the date format \"%s\" has a zone as plain text; write %%z (+08:00, Z) or "
        "%%Z (UTC, GMT) in its place",
        field->name, format);
}

// A date format must name each part of a date once, with items that the reader knows.
static int check_date_format(const char *format, const struct field *field, const char *where,
                             struct error *error)
{
    static const char known[] = "YymbdHMSIpfzZ%";
    int years = 0, months = 0, days = 0, hours = 0, halves = 0;
    if (field->type != TYPE_DATE && field->type != TYPE_TIMESTAMP)
        return error_set(error, ERROR_USAGE, where,
                         "%s is no date: `format` describes dates and timestamps", field->name);
    if (cell_date_is_serial(format))
        return 0;
    for (const char *at = strchr(format, '%'); at; at = strchr(at + 2, '%')) {
        if (!at[1] || !strchr(known, at[1]))
            return error_set(
                error, ERROR_USAGE, where,
                "%s: the date format \"%s\" has an unknown item \"%.2s\"; known are %%Y "
                "%%y %%m %%b %%d %%H %%I %%M %%S %%f %%p %%z %%Z %%%%",
                field->name, format, at);
        years += at[1] == 'Y' || at[1] == 'y';
        months += at[1] == 'm' || at[1] == 'b';
        days += at[1] == 'd';
        hours += at[1] == 'I';
        halves += at[1] == 'p';
    }
    if (check_zone_text(format, field, where, error) != 0)
        return -1;
    if (hours != halves)
        return error_set(
            error, ERROR_USAGE, where,
            "%s: the date format \"%s\" needs %%I (an hour of twelve) and %%p (AM or PM) "
            "together",
            field->name, format);
    if (years == 1 && months == 1 && days == 1)
        return 0;
    return error_set(
        error, ERROR_USAGE, where,
        "%s: the date format \"%s\" must have a year, a month and a day, each once (or be "
        "\"excel\")",
        field->name, format);
}

static int read_date_format(struct mapped_column *column, const struct field *field,
                            const json_t *entry, const char *where, struct error *error)
{
    const json_t *given = json_object_get(entry, "format");
    if (!given)
        return 0;
    if (!json_is_string(given))
        return error_set(error, ERROR_USAGE, where, "%s: `format` must be a text", field->name);
    if (check_date_format(json_string_value(given), field, where, error) != 0)
        return -1;
    column->format.date = arena_text(column->arena, json_string_value(given));
    return 0;
}

// `decimal` or `group`: one character that is no digit and no sign.
static int read_separator(const json_t *entry, const char *key, const struct field *field,
                          char *sign, const char *where, struct error *error)
{
    const json_t *given = json_object_get(entry, key);
    if (!given)
        return 0;
    const char *text = json_string_value(given);
    if (!is_number(field))
        return error_set(error, ERROR_USAGE, where, "%s is no number: `%s` does not apply",
                         field->name, key);
    if (!text || strlen(text) != 1 || strchr("0123456789+-()", *text) || *text < ' ' || *text > '~')
        return error_set(error, ERROR_USAGE, where,
                         "%s: `%s` must be one ASCII character that is no digit and no sign",
                         field->name, key);
    *sign = *text;
    return 0;
}

// `round = { 2, "half_up" }`, or a number of places alone.
static int read_round(const json_t *entry, const struct field *field, struct cell_format *format,
                      const char *where, struct error *error)
{
    const json_t *given = json_object_get(entry, "round");
    if (!given)
        return 0;
    const json_t *places = json_is_array(given) ? json_array_get(given, 0) : given;
    const char *mode = json_string_value(json_array_get(given, 1));
    if (field->type != TYPE_DECIMAL && field->type != TYPE_MONEY)
        return error_set(error, ERROR_USAGE, where,
                         "%s has no decimal places: `round` does not apply", field->name);
    format->rounding = ROUND_HALF_UP;
    if (!json_is_integer(places) || json_integer_value(places) < 0 ||
        json_integer_value(places) > CELL_SCALE_MAX || json_array_size(given) > 2 ||
        (mode && rounding_from_name(mode, &format->rounding) != 0) ||
        (json_array_size(given) == 2 && !mode))
        return error_set(error, ERROR_USAGE, where,
                         "%s: `round` is { places, mode }: 0 to %d places; half_up, half_even, up, "
                         "down, ceiling or floor",
                         field->name, CELL_SCALE_MAX);
    format->rounded = true;
    format->places = (int)json_integer_value(places);
    return 0;
}

static int read_map(struct mapped_column *column, const struct field *field, const json_t *entry,
                    const char *where, struct error *error)
{
    const json_t *map = json_object_get(entry, "map"), *pair;
    size_t index;
    if (map && !json_is_array(map))
        return error_set(error, ERROR_USAGE, where, "%s: `map` must be a table of texts",
                         field->name);
    struct text_list from = {0}, to = {0};
    json_array_foreach(map, index, pair)
    {
        const char *key = json_string_value(json_array_get(pair, 0));
        const char *value = json_string_value(json_array_get(pair, 1));
        if (!key || !value)
            return error_set(error, ERROR_USAGE, where, "%s: `map` must map texts to texts",
                             field->name);
        text_list_add(column->arena, &from, key);
        text_list_add(column->arena, &to, value);
    }
    column->format.map = (struct value_map){from.items, to.items, from.count};
    return 0;
}

static int add_nulls(struct mapped_column *column, const json_t *given, const char *name,
                     const char *where, struct error *error)
{
    struct text_list nulls = {column->format.nulls, column->format.null_count};
    const json_t *each;
    size_t index;
    if (given && !json_is_array(given))
        return error_set(error, ERROR_USAGE, where, "%s: `null` must be a list of texts", name);
    json_array_foreach(given, index, each)
    {
        if (!json_is_string(each))
            return error_set(error, ERROR_USAGE, where, "%s: `null` must be a list of texts", name);
        if (json_string_length(each) > 0) // the empty text is null anyway
            text_list_add(column->arena, &nulls, json_string_value(each));
    }
    column->format.nulls = nulls.items;
    column->format.null_count = nulls.count;
    return 0;
}

// A value that a map leads to must be one that the field can hold.
static int check_map(const struct mapped_column *column, const struct field *field,
                     const char *where, struct error *error)
{
    const struct value_map *map = &column->format.map;
    struct buffer reason = {0};
    int result = 0;
    for (int i = 0; i < map->count && field->type == TYPE_ENUM && result == 0; i++) {
        struct cell_value value;
        result = cell_parse(NULL, field, NULL, map->to[i], strlen(map->to[i]), &value, &reason);
        if (result == 0)
            continue;
        char *why = reason_text(buffer_text(&reason));
        error_set(error, ERROR_USAGE, where, "%s: `map` leads to \"%s\": %s", field->name,
                  map->to[i], why);
        free(why);
    }
    buffer_clear(&reason);
    return result;
}

int mapped_column_read_format(struct mapped_column *column, const struct field *field,
                              const json_t *entry, const json_t *shared_nulls, const char *where,
                              struct error *error)
{
    struct cell_format *format = &column->format;
    if (read_date_format(column, field, entry, where, error) != 0 ||
        read_separator(entry, "decimal", field, &format->decimal, where, error) != 0 ||
        read_separator(entry, "group", field, &format->group, where, error) != 0 ||
        read_round(entry, field, format, where, error) != 0 ||
        read_map(column, field, entry, where, error) != 0 ||
        check_map(column, field, where, error) != 0)
        return -1;
    if (format->group && format->group == (format->decimal ? format->decimal : '.'))
        return error_set(error, ERROR_USAGE, where,
                         "%s: `decimal` and `group` are the same character", field->name);
    if (add_nulls(column, shared_nulls, field->name, where, error) != 0 ||
        add_nulls(column, json_object_get(entry, "null"), field->name, where, error) != 0)
        return -1;
    column->has_format = format->date || format->decimal || format->group || format->negate ||
                         format->rounded || format->map.count || format->null_count;
    return 0;
}
