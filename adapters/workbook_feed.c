// SPDX-License-Identifier: MIT
// The first rows are kept until the header among them is found; they are read again to say where it
// stands when it is not where it should be. Later rows go straight to the part, or to the intake.
#include "adapters/workbook_feed.h"

#include "adapters/feed_header.h"
#include "adapters/intake.h"
#include "adapters/record.h"
#include "engine/base/buffer.h"
#include "engine/base/reason.h"

#include <string.h>

enum { ROWS_BETWEEN_REPORTS = 4096 };

struct workbook_feed {
    struct workbook_share *share;
    const char *sheet;
};

struct early_row {
    struct workbook_row row;
    struct text *cells; // copied
};

struct reading {
    struct arena *arena; // of the early rows, names and what is known by column
    struct feed *feed;
    const struct workbook *workbook;
    bool header;
    int64_t skip;
    struct early_row early[HEADER_LINES_TRIED];
    size_t early_count;
    bool settled, failed;
    const char *const *names;
    size_t columns;
    int64_t header_row, last_row;
    struct text *fields;
    struct part *part;
    bool *hidden, *merged; // by column
    int64_t hidden_rows, blank_rows;
    bool formulas;
    int64_t position; // reported
    size_t rows;
};

void workbook_feed_set(struct feed *feed, struct workbook_share *share, const char *file,
                       const char *sheet)
{
    struct workbook_feed *state = arena_take(feed->arena, 1, sizeof *state);
    state->share = share;
    state->sheet = arena_text(feed->arena, sheet);
    workbook_share_add(share);
    feed->state = state;
    feed->sheet = true;
    feed->details = json_pack("{s:s,s:s}", "file", file, "sheet", sheet);
}

void workbook_feed_release(struct feed *feed)
{
    struct workbook_feed *state = feed->state;
    if (state)
        workbook_share_release(state->share);
}

void workbook_feed_rewind(struct feed *feed)
{
    struct workbook_feed *state = feed->state;
    workbook_share_again(state->share);
}

// ---- records

static size_t width_of(const struct text *cells, size_t count)
{
    while (count > 0 && cells[count - 1].length == 0)
        count--;
    return count;
}

static void notice(struct reading *reading, int64_t line, size_t column, enum reason code)
{
    struct buffer reason = {0};
    reason_set(&reason, code);
    feed_notice(reading->feed, line, reading->names ? reading->names[column] : NULL, NULL,
                buffer_text(&reason));
    buffer_clear(&reason);
}

// Values for which the header has no name.
static void look_beyond(struct reading *reading, const struct workbook_row *row)
{
    struct buffer reason = {0};
    char letters[WORKBOOK_LETTERS];
    size_t column = reading->columns;
    while (column < row->count && row->cells[column].length == 0)
        column++;
    if (column >= row->count)
        return;
    workbook_letters(column, letters);
    reason_set_with(&reason, REASON_BEYOND_HEADER, "%s", letters);
    feed_notice(reading->feed, row->number, NULL, row->cells[column].bytes, buffer_text(&reason));
    buffer_clear(&reason);
}

static void report(struct reading *reading, int64_t position)
{
    struct progress *progress = &reading->feed->import->progress;
    atomic_fetch_add_explicit(&progress->bytes, position - reading->position, memory_order_relaxed);
    atomic_fetch_add_explicit(&progress->rows, (int64_t)reading->rows, memory_order_relaxed);
    reading->position = position;
    reading->rows = 0;
}

static void take(struct reading *reading, const struct workbook_row *row)
{
    struct feed *feed = reading->feed;
    for (size_t i = 0; i < reading->columns; i++)
        reading->fields[i] = i < row->count ? row->cells[i] : (struct text){"", 0};
    look_beyond(reading, row);
    if (feed->intake) {
        intake_add(feed->intake, row->number, row->number, reading->fields, reading->columns, NULL,
                   (struct text){"", 0});
    } else {
        mapping_put(feed->mapping, reading->part, reading->fields);
        part_digest(reading->part, feed_digest(feed, reading->fields, reading->columns));
        part_end_row(reading->part, row->number);
    }
    feed->records++;
    reading->hidden_rows += row->hidden;
    reading->formulas |= row->has_formula;
    if (++reading->rows == ROWS_BETWEEN_REPORTS)
        report(reading, row->position);
}

static bool is_blank(const struct workbook_row *row)
{
    const struct record record = {.fields = row->cells, .field_count = row->count};
    return row->count == 0 || record_is_empty(&record);
}

// A row behind the header: a record, or a blank line.
static void take_row(struct reading *reading, const struct workbook_row *row)
{
    if (row->number <= reading->header_row)
        return;
    reading->blank_rows += row->number - reading->last_row - 1;
    reading->last_row = row->number;
    if (is_blank(row))
        reading->blank_rows++;
    else
        take(reading, row);
}

// ---- the header

static void keep(struct reading *reading, const struct workbook_row *row)
{
    struct early_row *early = &reading->early[reading->early_count++];
    *early = (struct early_row){*row, arena_take(reading->arena, row->count, sizeof(struct text))};
    for (size_t i = 0; i < row->count; i++)
        early->cells[i] =
            (struct text){arena_text_n(reading->arena, row->cells[i].bytes, row->cells[i].length),
                          row->cells[i].length};
    early->row.cells = early->cells;
}

static const char *const *names_of(const struct workbook_row *row, struct arena *arena,
                                   size_t *count)
{
    *count = width_of(row->cells, row->count);
    const char **names = arena_take(arena, *count, sizeof *names);
    for (size_t i = 0; i < *count; i++) {
        const char *text = row->cells[i].bytes;
        size_t length = row->cells[i].length;
        cell_unmark(&text, &length);
        names[i] = arena_text_n(arena, text, length);
    }
    return names;
}

// Says where a header stands that would fit.
static void explain_header(struct reading *reading, size_t from)
{
    for (size_t i = from; i < reading->early_count; i++) {
        size_t count;
        const char *const *names = names_of(&reading->early[i].row, reading->arena, &count);
        if (count == 0 || !feed_header_fits(reading->feed, names, count))
            continue;
        struct buffer advice = {0};
        feed_header_add_skip(&advice, reading->early[i].row.number - 1);
        feed_header_advise(reading->feed, buffer_text(&advice));
        buffer_clear(&advice);
        return;
    }
}

// The column of the highest number that the declaration names, which need not have a value in the
// first rows.
static size_t highest_number(const json_t *value)
{
    size_t highest = 0;
    const char *name;
    json_t *each;
    size_t index;
    json_array_foreach(value, index, each)
    {
        size_t found = highest_number(each);
        highest = found > highest ? found : highest;
    }
    json_object_foreach((json_t *)value, name, each)
    {
        size_t found = json_is_integer(each) && strcmp(name, "number") == 0
                           ? (size_t)json_integer_value(each)
                           : highest_number(each);
        highest = found > highest ? found : highest;
    }
    return highest < WORKBOOK_COLUMNS_MAX ? highest : WORKBOOK_COLUMNS_MAX;
}

static void set_width(struct reading *reading)
{
    reading->columns = highest_number(json_object_get(reading->feed->declaration, "columns"));
    for (size_t i = 0; i < reading->early_count; i++) {
        const struct workbook_row *row = &reading->early[i].row;
        size_t width = width_of(row->cells, row->count);
        reading->columns = width > reading->columns ? width : reading->columns;
    }
}

static int find_header(struct reading *reading, size_t *at)
{
    for (*at = 0; *at < reading->early_count; ++*at) {
        const struct workbook_row *row = &reading->early[*at].row;
        if (is_blank(row))
            continue;
        reading->names = names_of(row, reading->arena, &reading->columns);
        reading->header_row = reading->last_row = row->number;
        return 0;
    }
    return error_set(&reading->feed->error, ERROR_SOURCE, reading->feed->name,
                     "has no header: there is nothing in its first %d rows behind the %lld skipped",
                     HEADER_LINES_TRIED, (long long)reading->skip);
}

// What of the mapped columns a reader of the sheet would not see.
static void tell_hidden(struct reading *reading)
{
    for (size_t i = 0; i < reading->columns && reading->hidden; i++)
        if (reading->hidden[i] && mapping_uses(reading->feed->mapping, i))
            notice(reading, reading->header_row, i, REASON_COLUMN_HIDDEN);
}

// Where evidence finds the cells of a column: its letters, by what the source calls it.
static void note_letters(struct reading *reading)
{
    json_t *letters_of = json_object();
    for (size_t i = 0; i < reading->columns; i++) {
        struct source_columns columns = {.names = reading->names, .count = reading->columns};
        char letters[WORKBOOK_LETTERS], *name = source_column_name(reading->arena, &columns, i);
        workbook_letters(i, letters);
        if (mapping_uses(reading->feed->mapping, i) && !json_object_get(letters_of, name))
            json_object_set_new(letters_of, name, json_string(letters));
    }
    json_object_set_new(reading->feed->details, "letters", letters_of);
}

// Maps the feed to the header among the rows that were kept, and takes those behind it.
static int settle(struct reading *reading)
{
    struct feed *feed = reading->feed;
    const struct data *data = feed->import->data;
    size_t at = 0;
    reading->settled = true;
    reading->last_row = reading->skip;
    if (reading->header ? find_header(reading, &at) != 0 : (set_width(reading), false))
        return -1;
    if (!reading->header && reading->columns == 0)
        return 0; // there is nothing
    if (feed_header_map(feed, reading->names, reading->columns) != 0) {
        if (!feed->mapping && reading->names)
            explain_header(reading, at + 1);
        return -1;
    }
    reading->fields = arena_take(reading->arena, reading->columns, sizeof *reading->fields);
    reading->part = part_new(data->model, feed->table, feed->source, data->scope.zone);
    mapping_add_columns(feed->mapping, reading->part);
    note_letters(reading);
    tell_hidden(reading);
    for (size_t i = 0; i < reading->early_count; i++)
        take_row(reading, &reading->early[i].row);
    return 0;
}

// ---- what the workbook gives

static int on_row(void *context, const struct workbook_row *row)
{
    struct reading *reading = context;
    if (reading->settled) {
        take_row(reading, row);
        return 0;
    }
    if (row->number <= reading->skip)
        return 0;
    keep(reading, row);
    if (reading->early_count < HEADER_LINES_TRIED)
        return 0;
    reading->failed = settle(reading) != 0;
    return reading->failed;
}

static void mark(struct arena *arena, bool **columns, size_t column)
{
    if (!*columns)
        *columns = arena_take(arena, WORKBOOK_COLUMNS_MAX, sizeof **columns);
    if (column < WORKBOOK_COLUMNS_MAX)
        (*columns)[column] = true;
}

static void on_hidden_column(void *context, size_t column)
{
    struct reading *reading = context;
    mark(reading->arena, &reading->hidden, column);
}

static void on_merged(void *context, int64_t first_row, int64_t last_row, size_t first_column,
                      size_t last_column)
{
    struct reading *reading = context;
    const struct feed *feed = reading->feed;
    (void)last_row;
    if (!reading->settled) // all rows have been read
        reading->failed = settle(reading) != 0;
    if (!feed->mapping || first_row <= reading->header_row)
        return;
    for (size_t i = first_column; i <= last_column && i < reading->columns; i++) {
        if ((reading->merged && reading->merged[i]) || !mapping_uses(feed->mapping, i) ||
            intake_fills(feed, i))
            continue;
        mark(reading->arena, &reading->merged, i);
        notice(reading, first_row, i, REASON_CELLS_MERGED);
    }
}

// ---- the whole

static void tell_sheet(struct reading *reading, const struct workbook_sheet *sheet)
{
    struct feed *feed = reading->feed;
    struct buffer reason = {0};
    if (sheet->hidden) {
        reason_set(&reason, REASON_SHEET_HIDDEN);
        feed_notice(feed, 0, NULL, NULL, buffer_text(&reason));
    }
    if (reading->hidden_rows) {
        reason_set_with(&reason, REASON_ROWS_HIDDEN, "%lld", (long long)reading->hidden_rows);
        feed_notice(feed, 0, NULL, NULL, buffer_text(&reason));
    }
    if (reading->formulas && reading->workbook->stale) {
        reason_set(&reason, REASON_FORMULAS_STALE);
        feed_notice(feed, 0, NULL, NULL, buffer_text(&reason));
    }
    buffer_clear(&reason);
}

static void hand_over(struct reading *reading)
{
    struct feed *feed = reading->feed;
    feed->parts = arena_take(feed->arena, 1, sizeof *feed->parts);
    feed->parts[0] = reading->part;
    feed->part_count = reading->part != NULL;
    feed->blank_lines = reading->blank_rows;
    reading->part = NULL;
}

static int read_sheet(struct reading *reading, const char *name)
{
    struct feed *feed = reading->feed;
    const struct workbook *workbook = reading->workbook;
    struct workbook_target target = {reading, on_row, on_hidden_column, on_merged};
    int sheet = workbook_find(workbook, name);
    if (sheet < 0)
        return error_set(&feed->error, ERROR_SOURCE, feed->name,
                         "changed while it was read; run again when nothing writes it");
    int64_t size = workbook_size(workbook, (size_t)sheet);
    feed->sha256 = arena_text(feed->arena, workbook->sha256);
    feed->bytes = workbook->bytes;
    atomic_fetch_add(&feed->import->bytes_total, size - feed->bytes);
    int result = workbook_read(workbook, (size_t)sheet, &target, &feed->error);
    if (result == 0 && !reading->settled)
        result = settle(reading);
    report(reading, size);
    if (result != 0 || reading->failed)
        return -1;
    tell_sheet(reading, &workbook->sheets[sheet]);
    hand_over(reading);
    return 0;
}

void workbook_feed_read(struct feed *feed)
{
    struct workbook_feed *state = feed->state;
    const json_t *header = json_object_get(feed->declaration, "header");
    struct reading reading = {
        .arena = arena_new(),
        .feed = feed,
        .header = !header || json_is_true(header),
        .skip = json_integer_value(json_object_get(feed->declaration, "skip")),
        .workbook = workbook_share_open(state->share, &feed->error),
    };
    if (!reading.workbook || read_sheet(&reading, state->sheet) != 0)
        feed_fail(feed);
    part_free(reading.part);
    arena_free(reading.arena);
    workbook_share_close(state->share);
}
