// SPDX-License-Identifier: MIT
// Records are kept as texts until all of a source was read: footers are known by its end, and
// `where` is decided in a child process, which cannot be forked while threads read. Then one pass
// over them makes the rows.
#include "adapters/intake.h"

#include "adapters/beside.h"
#include "adapters/intake_inside.h"
#include "adapters/pattern.h"
#include "engine/base/memory.h"
#include "engine/base/reason.h"
#include "engine/lua/screening.h"

#include <stdlib.h>
#include <string.h>

// ---- the source's columns

static bool is_wanted(const json_t *declaration)
{
    static const char *const names[] = {"where", "skip_end", "fill", "number", "with"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (json_object_get(declaration, names[i]))
            return true;
    return false;
}

static int read_besides(struct intake *intake, const struct feed *feed, struct error *error)
{
    const json_t *with = json_object_get(feed->declaration, "with");
    const char *name;
    json_t *entry;
    intake->besides = arena_take(intake->arena, json_object_size(with), sizeof *intake->besides);
    json_object_foreach((json_t *)with, name, entry)
    {
        struct beside *file = beside_new(name, entry, feed->declaration, feed->import->base_folder,
                                         feed->where, error);
        if (!file)
            return -1;
        intake->besides[intake->beside_count++] = (struct lent){.file = file};
        for (size_t i = 0; i < beside_count(file); i++) {
            intake->labels = arena_extend(intake->arena, intake->labels, intake->label_count,
                                          sizeof *intake->labels);
            intake->labels[intake->label_count++] = beside_label(file, i);
        }
    }
    return 0;
}

static int find_fill(struct intake *intake, const struct feed *feed,
                     const struct source_columns *columns, struct error *error)
{
    const json_t *fill = json_object_get(feed->declaration, "fill");
    size_t count = json_is_array(fill) ? json_array_size(fill) : fill != NULL;
    intake->fill = arena_take(intake->arena, count, sizeof *intake->fill);
    intake->above = arena_take(intake->arena, count, sizeof *intake->above);
    for (size_t i = 0; i < count; i++) {
        int column =
            mapping_column(feed->mapping, json_is_array(fill) ? json_array_get(fill, i) : fill,
                           "fill", columns, feed->where, error);
        if (column < 0)
            return -1;
        intake->fill[intake->fill_count++] = (size_t)column;
    }
    return 0;
}

// The column within whose values lines are numbered: that of a field, or one of the source.
static int find_number(struct intake *intake, const struct feed *feed,
                       const struct source_columns *columns, struct error *error)
{
    const json_t *number = json_object_get(feed->declaration, "number");
    const char *name;
    json_t *within;
    intake->within = -1;
    json_object_foreach((json_t *)number, name, within)
    {
        const struct model_table *table = &feed->import->data->model->tables[feed->table];
        const char *text = json_string_value(within);
        int field = text ? model_find_field(table, text) : -1;
        intake->within = field >= 0 ? mapping_source(feed->mapping, field) : -1;
        if (field >= 0 && intake->within < 0 && mapping_fills(feed->mapping, field))
            return error_set(
                error, ERROR_USAGE, feed->where,
                "number: %s is no column of the source as it stands; name the source's "
                "column within which lines are numbered",
                text);
        if (intake->within < 0)
            intake->within =
                mapping_column(feed->mapping, within, "number", columns, feed->where, error);
        if (intake->within < 0)
            return -1;
    }
    return 0;
}

static int find_here(struct intake *intake, const struct feed *feed,
                     const struct source_columns *columns, struct error *error)
{
    const json_t *with = json_object_get(feed->declaration, "with");
    const char *name;
    json_t *entry;
    size_t at = 0;
    json_object_foreach((json_t *)with, name, entry)
    {
        int column =
            mapping_column(feed->mapping, json_object_get(json_object_get(entry, "key"), "here"),
                           "with", columns, feed->where, error);
        if (column < 0)
            return -1;
        intake->besides[at++].here = (size_t)column;
    }
    return 0;
}

static int find_where(struct intake *intake, const struct feed *feed,
                      const struct source_columns *columns, struct error *error)
{
    const json_t *patterns =
        json_object_get(json_object_get(feed->declaration, "where"), "patterns");
    const json_t *pair;
    size_t index;
    intake->where_columns =
        arena_take(intake->arena, json_array_size(patterns), sizeof *intake->where_columns);
    json_array_foreach(patterns, index, pair)
    {
        json_t *name = json_array_get(pair, 0);
        int number = 0;
        json_t *given =
            !columns->names && sscanf(json_string_value(name), "column %d", &number) == 1
                ? json_integer(number)
                : json_incref(name);
        int column = mapping_column(feed->mapping, given, "where", columns, feed->where, error);
        json_decref(given);
        if (column < 0)
            return -1;
        intake->where_columns[index] = column;
    }
    return 0;
}

static void describe(struct feed *feed)
{
    static const char *const names[] = {"where", "skip_end", "fill", "number", "distinct", "with"};
    json_t *settings = json_object();
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        json_t *value = json_object_get(feed->declaration, names[i]);
        if (value)
            json_object_set_new(settings, names[i], json_deep_copy(value));
    }
    if (!feed->details)
        feed->details = json_object();
    json_object_set_new(feed->details, "settings", settings);
}

struct source_columns intake_columns(const struct feed *feed, const struct source_columns *columns)
{
    struct source_columns all = *columns;
    if (feed->intake) {
        all.beside = feed->intake->labels;
        all.beside_count = feed->intake->label_count;
    }
    return all;
}

bool intake_lender(const struct feed *feed, size_t number, const char **name, const char **sha256,
                   int64_t *bytes)
{
    const struct intake *intake = feed->intake;
    if (!intake || number >= intake->beside_count)
        return false;
    *name = beside_name(intake->besides[number].file);
    *sha256 = beside_hash(intake->besides[number].file);
    *bytes = beside_bytes(intake->besides[number].file);
    return true;
}

bool intake_fills(const struct feed *feed, size_t column)
{
    const struct intake *intake = feed->intake;
    for (size_t i = 0; intake && i < intake->fill_count; i++)
        if (intake->fill[i] == column)
            return true;
    return false;
}

static int start(struct feed *feed, const struct source_columns *columns)
{
    struct intake *intake = feed->intake = arena_take(feed->arena, 1, sizeof *intake);
    intake->arena = feed->arena;
    intake->columns = columns->count;
    intake->where = json_object_get(feed->declaration, "where");
    intake->skip_end = json_integer_value(json_object_get(feed->declaration, "skip_end"));
    intake->distinct = json_is_true(json_object_get(feed->declaration, "distinct"));
    intake->numbers = dictionary_new();
    return read_besides(intake, feed, &feed->error);
}

int intake_map(struct feed *feed, const struct source_columns *columns)
{
    const struct model *model = feed->import->data->model;
    if (is_wanted(feed->declaration) && start(feed, columns) != 0)
        return -1;
    struct source_columns all = intake_columns(feed, columns);
    feed->mapping =
        mapping_new(model, feed->table, feed->declaration, &all, feed->where, &feed->error);
    if (!feed->mapping) {
        feed->missing_key = feed->from_folder
                                ? mapping_missing_key(model, feed->table, feed->declaration, &all)
                                : NULL;
        return -1;
    }
    for (int field = 0; feed->doubts && field < model->tables[feed->table].field_count; field++)
        if (feed->doubts[field])
            mapping_doubt(feed->mapping, field);
    if (!feed->intake)
        return 0;
    describe(feed);
    intake_name_columns(feed->intake, &all);
    return find_fill(feed->intake, feed, &all, &feed->error) == 0 &&
                   find_number(feed->intake, feed, &all, &feed->error) == 0 &&
                   find_here(feed->intake, feed, &all, &feed->error) == 0 &&
                   find_where(feed->intake, feed, &all, &feed->error) == 0
               ? 0
               : -1;
}

void intake_free(struct intake *intake)
{
    if (!intake)
        return;
    for (size_t i = 0; i < intake->beside_count; i++)
        beside_free(intake->besides[i].file);
    for (size_t i = 0; i < intake->fill_count; i++)
        buffer_clear(&intake->above[i]);
    dictionary_free(intake->numbers);
    buffer_clear(&intake->bytes);
    free(intake->records);
    free(intake->lengths);
    free(intake->counts);
}

// ---- the records

void intake_add(struct intake *intake, int64_t line, int64_t last_line, const struct text *fields,
                size_t count, const char *reason, struct text first_line)
{
    intake->record_capacity = memory_grow((void **)&intake->records, intake->record_count,
                                          intake->record_capacity, sizeof *intake->records);
    struct kept_record *record = &intake->records[intake->record_count++];
    *record = (struct kept_record){.line = line,
                                   .at = intake->bytes.length,
                                   .first = intake->length_count,
                                   .count = (uint32_t)count,
                                   .reason = arena_text(intake->arena, reason)};
    for (size_t i = 0; i < count; i++) {
        const char *text = fields[i].bytes;
        size_t length = fields[i].length;
        cell_bare(&text, &length);
        intake->length_capacity = memory_grow((void **)&intake->lengths, intake->length_count,
                                              intake->length_capacity, sizeof *intake->lengths);
        intake->lengths[intake->length_count++] = (uint32_t)length;
        buffer_add(&intake->bytes, text, length);
    }
    record->length = reason ? first_line.length : 0;
    record->raw = intake->bytes.length;
    if (reason)
        buffer_add(&intake->bytes, first_line.bytes, first_line.length);
    intake->last_line = last_line;
}

void intake_fields(const struct intake *intake, const struct kept_record *record,
                   struct text *fields)
{
    const char *at = buffer_text(&intake->bytes) + record->at;
    for (size_t i = 0; i < intake->columns + intake->label_count; i++)
        fields[i] = (struct text){"", 0};
    for (size_t i = 0; i < record->count; i++) {
        size_t length = intake->lengths[record->first + i];
        if (i < intake->columns)
            fields[i] = (struct text){at, length};
        at += length;
    }
}

// ---- where

static struct text cell_of(const struct intake *intake, size_t number, size_t column)
{
    const struct kept_record *record = &intake->records[number];
    const char *at = buffer_text(&intake->bytes) + record->at;
    if (column >= record->count || column >= intake->columns)
        return (struct text){"", 0};
    for (size_t i = 0; i < column; i++)
        at += intake->lengths[record->first + i];
    return (struct text){at, intake->lengths[record->first + column]};
}

static bool find_cell(const void *context, size_t number, const char *label, struct text *text)
{
    const struct intake *intake = context;
    for (size_t i = 0; i < intake->columns; i++)
        if (strcmp(intake->names[i], label) == 0) {
            *text = cell_of(intake, number, i);
            cell_unmark(&text->bytes, &text->length);
            return true;
        }
    return false;
}

static const char *find_label(const void *context, size_t number)
{
    const struct intake *intake = context;
    return number < intake->columns ? intake->names[number] : NULL;
}

static unsigned char match_patterns(struct intake *intake, size_t record)
{
    const json_t *patterns = json_object_get(intake->where, "patterns"), *pair;
    size_t index;
    unsigned char screened = SCREENED_KEPT;
    json_array_foreach(patterns, index, pair)
    {
        struct text text = cell_of(intake, record, (size_t)intake->where_columns[index]);
        const char *pattern = json_string_value(json_array_get(pair, 1));
        cell_unmark(&text.bytes, &text.length);
        int found = text.length ? pattern_find(pattern, text.bytes, text.length) : 0;
        if (found < 0 && !intake->failure)
            intake->failure = "its pattern takes too long";
        if (found < 0)
            return SCREENED_FAILED;
        if (found == 0)
            screened = SCREENED_LEFT_OUT;
    }
    return screened;
}

int intake_screen(struct import *import, struct error *error)
{
    struct screening *items = arena_take(import->arena, import->feed_count, sizeof *items);
    struct intake **screened =
        arena_take(import->arena, import->feed_count, sizeof(struct intake *));
    size_t count = 0;
    for (size_t i = 0; i < import->feed_count; i++) {
        struct intake *intake = import->feeds[i]->intake;
        if (!intake || !intake->where || intake->record_count == 0)
            continue;
        const json_t *function = json_object_get(intake->where, "function");
        intake->failure = NULL;
        intake->screened = arena_take(intake->arena, intake->record_count, 1);
        for (size_t record = 0; !function && record < intake->record_count; record++)
            intake->screened[record] = match_patterns(intake, record);
        if (!function)
            continue;
        screened[count] = intake;
        items[count++] = (struct screening){.function = (int)json_integer_value(function),
                                            .count = intake->record_count,
                                            .find = find_cell,
                                            .label = find_label,
                                            .context = intake,
                                            .arena = intake->arena,
                                            .screened = intake->screened};
    }
    int result =
        count ? screening_run(import->options->rules, import->data, items, count, error) : 0;
    for (size_t i = 0; i < count; i++)
        screened[i]->failure = items[i].reason;
    return result;
}
