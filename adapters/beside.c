// SPDX-License-Identifier: MIT
// Reads the file beside a source once, whole, into texts by key: the file is small, a list of
// customers or rates, and the source's records look it up one by one.
//
// A key counts bare, without blanks at its ends. Records with one key that say the same are one
// record; where they differ the key stands for several, and none of them is taken: which one was
// meant cannot be known. A record without a key can be named by nothing and is passed over.
#include "adapters/beside.h"

#include "adapters/decode.h"
#include "adapters/delimited.h"
#include "adapters/file_kind.h"
#include "adapters/text_fold.h"
#include "adapters/workbook.h"
#include "engine/base/arena.h"
#include "engine/base/buffer.h"
#include "engine/base/reason.h"
#include "engine/data/cell.h"

#include <stdlib.h>
#include <string.h>

enum { FIELD_CAP = 16 << 20 };

struct lender {
    struct text *fields; // as many as there are columns
    bool several;        // there are records that differ
};

struct beside {
    struct arena *arena; // of all but the dictionary
    const char *name, *file;
    char sha256[HASH_TEXT];
    int64_t bytes;
    const char **labels;
    size_t columns;
    struct dictionary *keys; // of its records
    struct lender *lenders;  // by code of the key
    struct text *none;       // no record's
};

struct reading {
    struct beside *beside;
    struct file_bytes bytes;
    struct decoded text;
    struct delimited_dialect dialect;
    struct delimited_layout layout;
    size_t key;
    // Of a workbook.
    const char *there, *where;
    struct text *fields;
    struct error *error;
};

static struct text bare(const char *bytes, size_t length)
{
    cell_bare(&bytes, &length);
    return (struct text){bytes, strnlen(bytes, length)};
}

static void add_record(struct reading *reading, const struct text *fields)
{
    struct beside *beside = reading->beside;
    const char *key = fields[reading->key].bytes;
    size_t length = fields[reading->key].length;
    cell_bare(&key, &length);
    if (length == 0)
        return; // a total, a blank line: nothing can name it
    uint32_t before = dictionary_count(beside->keys);
    uint32_t code = dictionary_add(beside->keys, key, length);
    if (code == before) {
        beside->lenders =
            arena_extend(beside->arena, beside->lenders, code, sizeof *beside->lenders);
        beside->lenders[code] =
            (struct lender){arena_take(beside->arena, beside->columns, sizeof(struct text)), false};
    }
    struct lender *lender = &beside->lenders[code];
    for (size_t i = 0; i < beside->columns; i++) {
        struct text text = bare(fields[i].bytes, fields[i].length), *kept = &lender->fields[i];
        if (code == before)
            *kept =
                (struct text){arena_text_n(beside->arena, text.bytes, text.length), text.length};
        else if (text.length != kept->length || memcmp(text.bytes, kept->bytes, text.length) != 0)
            lender->several = true;
    }
}

static int read_records(struct reading *reading, struct error *error)
{
    struct record_format format = {reading->dialect.delimiter, reading->layout.columns,
                                   reading->dialect.field_cap};
    struct record_range range = {reading->text.bytes + reading->layout.start,
                                 reading->text.length - reading->layout.start, reading->layout.line,
                                 true};
    struct record_reader *reader = record_reader_new(&format, &range);
    struct record record;
    int result = 0;
    while (result == 0 && record_next(reader, &record) == RECORD_READ) {
        if (!record.reason) {
            add_record(reading, record.fields);
        } else if (!record_is_empty(&record)) {
            char *why = reason_text(record.reason);
            result = error_set(error, ERROR_SOURCE, reading->beside->file, "line %lld: %s",
                               (long long)record.line, why);
            free(why);
        }
    }
    record_reader_free(reader);
    return result;
}

static int find_key(struct reading *reading, const char *there, const char *where,
                    struct error *error)
{
    const struct delimited_layout *layout = &reading->layout;
    struct buffer wanted = {0}, all = {0};
    size_t found = layout->columns;
    text_fold(there, &wanted);
    for (size_t i = 0; i < layout->columns; i++) {
        struct buffer name = {0};
        text_fold(layout->names[i], &name);
        if (strcmp(buffer_text(&name), buffer_text(&wanted)) == 0)
            found = i;
        buffer_clear(&name);
        buffer_printf(&all, "%s%.60s", i ? ", " : "", layout->names[i]);
    }
    reading->key = found;
    int result = found < layout->columns
                     ? 0
                     : error_set(error, ERROR_USAGE, where,
                                 "with: no column \"%s\" in the header of %s; it has: %.600s",
                                 there, reading->beside->file, buffer_text(&all));
    buffer_clear(&wanted);
    buffer_clear(&all);
    return result;
}

static void set_labels(struct beside *beside, const struct delimited_layout *layout)
{
    beside->columns = layout->columns;
    beside->labels = arena_take(beside->arena, beside->columns, sizeof *beside->labels);
    beside->none = arena_take(beside->arena, beside->columns, sizeof *beside->none);
    for (size_t i = 0; i < beside->columns; i++) {
        struct buffer label = {0};
        struct text header = bare(layout->names[i], strlen(layout->names[i]));
        buffer_printf(&label, "%s.%.*s", beside->name, (int)header.length, header.bytes);
        beside->labels[i] = arena_text_of(beside->arena, &label);
        beside->none[i].bytes = "";
    }
}

// The entry's own settings, and the import's where it has none.
static json_t *settings_of(const json_t *entry, const json_t *declaration)
{
    static const char *const shared[] = {"encoding", "delimiter", "field_cap", "unpacked_cap"};
    json_t *settings = json_copy((json_t *)entry);
    for (size_t i = 0; i < sizeof shared / sizeof *shared; i++) {
        json_t *value = json_object_get(declaration, shared[i]);
        if (value && !json_object_get(settings, shared[i]))
            json_object_set(settings, shared[i], value);
    }
    json_object_del(settings, "header"); // its columns are known by their names
    return settings;
}

// ---- a sheet of a workbook

static int take_header(struct reading *reading, const struct workbook_row *row)
{
    struct delimited_layout *layout = &reading->layout;
    delimited_layout_name(layout, row->cells, row->count);
    reading->fields = arena_take(reading->beside->arena, row->count, sizeof *reading->fields);
    if (find_key(reading, reading->there, reading->where, reading->error) != 0)
        return 1;
    set_labels(reading->beside, layout);
    return 0;
}

static int take_row(void *context, const struct workbook_row *row)
{
    struct reading *reading = context;
    const struct record record = {.fields = row->cells, .field_count = row->count};
    if (row->number <= reading->dialect.skip || row->count == 0 || record_is_empty(&record))
        return 0;
    if (!reading->layout.names)
        return take_header(reading, row);
    for (size_t i = 0; i < reading->layout.columns; i++)
        reading->fields[i] = i < row->count ? row->cells[i] : (struct text){"", 0};
    add_record(reading, reading->fields);
    return 0;
}

// The sheet that the settings name, or the only one; -1 with the reading's error.
static int choose_sheet(const struct reading *reading, const struct workbook *workbook,
                        const json_t *settings)
{
    const json_t *given = json_object_get(settings, "sheet");
    json_int_t number = given ? json_integer_value(given) : 1;
    struct buffer names = {0};
    int sheet = json_is_string(given) ? workbook_find(workbook, json_string_value(given)) : -1;
    if (!json_is_string(given) && (given || workbook->sheet_count == 1) && number >= 1 &&
        (size_t)number <= workbook->sheet_count)
        sheet = (int)number - 1;
    if (sheet >= 0)
        return sheet;
    workbook_add_names(workbook, &names);
    error_set(reading->error, ERROR_USAGE, reading->where,
              "with: say which `sheet` of %s has the records; it has: %s", workbook->name,
              buffer_text(&names));
    buffer_clear(&names);
    return -1;
}

static int read_workbook(struct reading *reading, const json_t *settings, const char *path)
{
    struct beside *beside = reading->beside;
    struct unpack_limit limit = unpack_limit_of(settings);
    struct workbook_target target = {.context = reading, .row = take_row};
    struct workbook *workbook =
        workbook_new(&workbook_xlsx, path, beside->file, &limit, reading->error);
    int sheet = workbook ? choose_sheet(reading, workbook, settings) : -1;
    int result = sheet < 0 ? -1 : workbook_read(workbook, (size_t)sheet, &target, reading->error);
    if (result == 0 && !reading->layout.names)
        result = error_set(reading->error, ERROR_SOURCE, beside->file, "its sheet %s has no header",
                           workbook->sheets[sheet].name);
    workbook_free(workbook);
    return result;
}

static int read_file(struct reading *reading, const json_t *settings, const char *path,
                     const char *there, const char *where, struct error *error)
{
    struct beside *beside = reading->beside;
    const char *encoding = json_string_value(json_object_get(settings, "encoding"));
    struct unpack_limit limit = unpack_limit_of(settings);
    reading->there = there;
    reading->where = where;
    reading->error = error;
    if (delimited_dialect_read(&reading->dialect, settings, FIELD_CAP, where, error) != 0 ||
        file_bytes_read(&reading->bytes, path, beside->file, error) != 0)
        return -1;
    file_bytes_hash(&reading->bytes, beside->sha256);
    beside->bytes = (int64_t)reading->bytes.length;
    if (file_kind_of(reading->bytes.bytes, reading->bytes.length) == FILE_ZIP)
        return read_workbook(reading, settings, path);
    if (decode(&reading->text, &reading->bytes, beside->file, encoding, &limit, error) != 0 ||
        delimited_layout_read(&reading->layout, &reading->dialect, reading->text.bytes,
                              reading->text.length, beside->file, error) != 0 ||
        find_key(reading, there, where, error) != 0)
        return -1;
    set_labels(beside, &reading->layout);
    return read_records(reading, error);
}

struct beside *beside_new(const char *name, const json_t *entry, const json_t *declaration,
                          const char *base, const char *where, struct error *error)
{
    const char *file = json_string_value(json_object_get(entry, "file"));
    const char *there = json_string_value(json_object_get(json_object_get(entry, "key"), "there"));
    struct arena *arena = arena_new();
    struct beside *beside = arena_take(arena, 1, sizeof *beside);
    struct reading reading = {.beside = beside};
    struct buffer path = {0};
    beside->arena = arena;
    beside->name = arena_text(arena, name);
    beside->file = arena_text(arena, file);
    beside->keys = dictionary_new();
    if (*file != '/' && *base)
        buffer_printf(&path, "%s/", base);
    buffer_add_text(&path, file);
    json_t *settings = settings_of(entry, declaration);
    int result = read_file(&reading, settings, buffer_text(&path), there, where, error);
    json_decref(settings);
    delimited_layout_clear(&reading.layout);
    decoded_clear(&reading.text);
    file_bytes_clear(&reading.bytes);
    buffer_clear(&path);
    if (result == 0)
        return beside;
    beside_free(beside);
    return NULL;
}

void beside_free(struct beside *beside)
{
    if (!beside)
        return;
    dictionary_free(beside->keys);
    arena_free(beside->arena);
}

const char *beside_name(const struct beside *beside)
{
    return beside->file;
}

const char *beside_hash(const struct beside *beside)
{
    return beside->sha256;
}

int64_t beside_bytes(const struct beside *beside)
{
    return beside->bytes;
}

size_t beside_count(const struct beside *beside)
{
    return beside->columns;
}

const char *beside_label(const struct beside *beside, size_t column)
{
    return beside->labels[column];
}

enum beside_found beside_find(const struct beside *beside, struct text key,
                              const struct text **fields)
{
    uint32_t code = dictionary_find(beside->keys, key.bytes, key.length);
    const struct lender *lender = code == DICTIONARY_NONE ? NULL : &beside->lenders[code];
    *fields = !lender || lender->several ? beside->none : lender->fields;
    return !lender ? BESIDE_NONE : lender->several ? BESIDE_SEVERAL : BESIDE_FOUND;
}
