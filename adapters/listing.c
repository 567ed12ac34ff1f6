// SPDX-License-Identifier: MIT
#include "adapters/listing.h"

#include "adapters/decode.h"
#include "adapters/delimited.h"
#include "engine/base/buffer.h"
#include "engine/base/nearest.h"

#include <string.h>
#include <utf8proc.h>

enum { FIELD_CAP = 1 << 16 };

// The file's column of each wanted one, -1 where it has none.
struct plan {
    const char *name;
    const char *const *wanted;
    int places[LISTING_COLUMNS_MAX];
};

static const char *bare(const char *column)
{
    return column + (*column == '?');
}

static int unknown_column(const struct plan *plan, const char *header, size_t count,
                          struct error *error)
{
    const char *names[LISTING_COLUMNS_MAX];
    struct buffer all = {0};
    for (size_t i = 0; i < count; i++) {
        names[i] = bare(plan->wanted[i]);
        buffer_printf(&all, "%s%s", i ? ", " : "", names[i]);
    }
    const char *nearest = nearest_name(header, names, count);
    error_set(error, ERROR_USAGE, plan->name, "has a column '%s', which means nothing here; %s%s%s",
              header, nearest ? "did you mean " : "it knows ",
              nearest ? nearest : buffer_text(&all), nearest ? "?" : "");
    buffer_clear(&all);
    return -1;
}

static int place_column(struct plan *plan, const char *header, int at, size_t count,
                        struct error *error)
{
    for (size_t i = 0; i < count; i++) {
        if (strcmp(bare(plan->wanted[i]), header) != 0)
            continue;
        if (plan->places[i] >= 0)
            return error_set(error, ERROR_USAGE, plan->name, "has the column '%s' twice", header);
        plan->places[i] = at;
        return 0;
    }
    return unknown_column(plan, header, count, error);
}

static int place_columns(struct plan *plan, const struct delimited_layout *layout, size_t *count,
                         struct error *error)
{
    for (*count = 0; plan->wanted[*count]; ++*count)
        plan->places[*count] = -1;
    for (size_t i = 0; i < layout->columns; i++)
        if (place_column(plan, layout->names[i], (int)i, *count, error) != 0)
            return -1;
    for (size_t i = 0; i < *count; i++)
        if (plan->places[i] < 0 && *plan->wanted[i] != '?')
            return error_set(error, ERROR_USAGE, plan->name, "has no column '%s'", plan->wanted[i]);
    return 0;
}

// A byte that is no text stands as 0xFF (decode.h): shown as the character for that.
static const char *copy_cell(struct arena *arena, struct text text)
{
    struct buffer copy = {0};
    for (size_t i = 0; i < text.length; i++)
        if ((unsigned char)text.bytes[i] == 0xFF || text.bytes[i] == '\0')
            buffer_add_text(&copy, "\xEF\xBF\xBD");
        else
            buffer_add_byte(&copy, text.bytes[i]);
    return arena_text_of(arena, &copy);
}

static void add_row(struct listing *listing, const struct plan *plan, const struct record *record)
{
    listing->rows =
        arena_extend(listing->arena, listing->rows, listing->row_count, sizeof *listing->rows);
    struct listing_row *row = &listing->rows[listing->row_count++];
    *row = (struct listing_row){.line = record->line};
    if (record->reason) {
        row->reason = arena_text(listing->arena, record->reason);
        return;
    }
    row->cells = arena_take(listing->arena, listing->column_count, sizeof *row->cells);
    for (size_t i = 0; i < listing->column_count; i++)
        row->cells[i] =
            plan->places[i] < 0 ? "" : copy_cell(listing->arena, record->fields[plan->places[i]]);
}

static void read_rows(struct listing *listing, const struct plan *plan,
                      const struct delimited_layout *layout, const struct decoded *text)
{
    struct record_format format = {',', layout->columns, FIELD_CAP};
    struct record_range range = {text->bytes + layout->start, text->length - layout->start,
                                 layout->line, true};
    struct record_reader *reader = record_reader_new(&format, &range);
    struct record record;
    while (record_next(reader, &record) == RECORD_READ)
        add_row(listing, plan, &record);
    record_reader_free(reader);
}

// People write reasons: a byte that is no text would go into work papers as another one.
static int check_text(const struct decoded *text, const char *name, const char *encoding,
                      struct error *error)
{
    int64_t line = 1;
    for (size_t i = 0; i < text->length;) {
        utf8proc_int32_t point;
        utf8proc_ssize_t used = utf8proc_iterate((const utf8proc_uint8_t *)text->bytes + i,
                                                 (utf8proc_ssize_t)(text->length - i), &point);
        if (used <= 0)
            return error_set(
                error, ERROR_USAGE, name,
                "line %lld: is not text in %s; state its `encoding`, for example { \"%s\", "
                "encoding = \"GB18030\" }, or save it as CSV UTF-8",
                (long long)line, encoding ? encoding : "UTF-8", name);
        line += text->bytes[i] == '\n';
        i += (size_t)used;
    }
    return text->doubtful
               ? error_set(error, ERROR_USAGE, name,
                           "is valid UTF-8, and its `encoding` is \"%s\": leave that out", encoding)
               : 0;
}

int listing_read(struct listing *listing, const char *path, const char *name, const char *encoding,
                 const char *const *columns, struct error *error)
{
    static const struct delimited_dialect dialect = {',', true, 0, FIELD_CAP};
    struct plan plan = {.name = name, .wanted = columns};
    struct file_bytes file = {0};
    struct decoded text = {0};
    struct delimited_layout layout = {0};
    *listing = (struct listing){0};
    int result = file_bytes_read(&file, path, name, error);
    if (result == 0)
        result = decode(&text, &file, name, encoding, NULL, error);
    if (result == 0)
        result = check_text(&text, name, text.encoding, error);
    if (result == 0)
        result = delimited_layout_read(&layout, &dialect, text.bytes, text.length, name, error);
    if (result == 0)
        result = place_columns(&plan, &layout, &listing->column_count, error);
    if (result == 0) {
        file_bytes_hash(&file, listing->sha256);
        listing->bytes = (int64_t)file.length;
        listing->arena = arena_new();
        read_rows(listing, &plan, &layout, &text);
    } else {
        error->kind = ERROR_USAGE; // what people wrote beside the engagement, not a source
    }
    delimited_layout_clear(&layout);
    decoded_clear(&text);
    file_bytes_clear(&file);
    return result;
}

void listing_clear(struct listing *listing)
{
    arena_free(listing->arena);
    *listing = (struct listing){0};
}
