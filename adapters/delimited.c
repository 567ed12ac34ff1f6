// SPDX-License-Identifier: MIT
// A text is cut by counting quotes: where a line ends after an even number of them, it most likely
// ends outside of any. A bare quote that is data makes that wrong, which shows when the piece ends
// within a record. Line ends are counted on the way, so each piece knows the line it begins with,
// and what comes of the pieces together is what reading the text in one piece gives.
#include "adapters/delimited.h"

#include "adapters/intake.h"
#include "engine/base/hash.h"
#include "engine/base/reason.h"

#include <stdlib.h>
#include <string.h>

// ---- the declaration

static int read_delimiter(struct delimited_dialect *dialect, const json_t *given, const char *where,
                          struct error *error)
{
    if (!given)
        return 0;
    const char *text = json_string_value(given);
    if (!text || json_string_length(given) != 1 || strchr("\"\r\n", *text) ||
        (unsigned char)*text > 0x7E)
        return error_set(
            error, ERROR_USAGE, where,
            "`delimiter` must be one ASCII character, such as \",\", \";\" or \"\\t\", "
            "and no quote or line end");
    dialect->delimiter = *text;
    return 0;
}

int delimited_dialect_read(struct delimited_dialect *dialect, const json_t *declaration,
                           size_t field_cap, const char *where, struct error *error)
{
    const json_t *header = json_object_get(declaration, "header");
    const json_t *skip = json_object_get(declaration, "skip");
    const json_t *cap = json_object_get(declaration, "field_cap");
    *dialect = (struct delimited_dialect){.delimiter = ',', .header = true, .field_cap = field_cap};
    if (read_delimiter(dialect, json_object_get(declaration, "delimiter"), where, error) != 0)
        return -1;
    if (header)
        dialect->header = json_is_true(header);
    if (skip)
        dialect->skip = json_integer_value(skip);
    if (cap)
        dialect->field_cap = (size_t)json_integer_value(cap);
    return 0;
}

// ---- the header

static int read_header(struct delimited_layout *layout, const struct delimited_dialect *dialect,
                       const struct record *record, const struct record_reader *reader,
                       const char *source, struct error *error)
{
    if (record->reason) {
        char *why = reason_text(record->reason);
        error_set(error, ERROR_SOURCE, source, "line %lld: the header cannot be split: %s",
                  (long long)record->line, why);
        free(why);
        return -1;
    }
    layout->columns = record->field_count;
    layout->header_line = record->line;
    if (!dialect->header)
        return 0;
    layout->start += record_position(reader);
    layout->line = record_line(reader);
    layout->blank_lines = record_blank_lines(reader);
    delimited_layout_name(layout, record->fields, record->field_count);
    return 0;
}

int delimited_layout_read(struct delimited_layout *layout, const struct delimited_dialect *dialect,
                          const char *text, size_t length, const char *source, struct error *error)
{
    const char *at = text, *end = text + length;
    *layout = (struct delimited_layout){.line = 1};
    for (; layout->line <= dialect->skip && at < end; layout->line++)
        at = record_line_end(at, end);
    layout->start = (size_t)(at - text);
    struct record_format format = {dialect->delimiter, 0, dialect->field_cap};
    struct record_range range = {at, (size_t)(end - at), layout->line, true};
    struct record_reader *reader = record_reader_new(&format, &range);
    struct record record;
    int result = 0;
    if (record_next(reader, &record) == RECORD_READ) {
        result = read_header(layout, dialect, &record, reader, source, error);
    } else if (dialect->header) {
        result =
            error_set(error, ERROR_SOURCE, source,
                      length == 0 ? "is empty: a header was expected"
                                  : "has no header: there is nothing but %lld lines skipped or "
                                    "blank",
                      (long long)(record_line(reader) - 1));
    }
    record_reader_free(reader);
    return result;
}

// Has the record more cells than the header, and only empty ones?
static bool has_surplus(const struct delimited_layout *layout, const struct record *record)
{
    bool empty = !record->reason && record->field_count > layout->columns;
    for (size_t i = layout->columns; empty && i < record->field_count; i++)
        empty = record->fields[i].length == 0;
    return empty;
}

size_t delimited_surplus(struct delimited_layout *layout, const struct delimited_dialect *dialect,
                         const char *text, size_t length)
{
    struct record_format format = {dialect->delimiter, 0, dialect->field_cap};
    struct record_range range = {text + layout->start, length - layout->start, layout->line, true};
    struct record_reader *reader = record_reader_new(&format, &range);
    struct record record;
    size_t count = 0, surplus = 0;
    bool all = true;
    while (all && record_next(reader, &record) == RECORD_READ) {
        if (record_is_empty(&record))
            continue;
        size_t width = record.field_count - (record.field_count ? layout->columns : 0);
        all = has_surplus(layout, &record) && (count == 0 || width == surplus);
        surplus = width;
        count++;
    }
    layout->surplus = all && count ? surplus : 0;
    record_reader_free(reader);
    return all ? count : 0;
}

void delimited_layout_name(struct delimited_layout *layout, const struct text *names, size_t count)
{
    layout->arena = arena_new();
    layout->columns = count;
    layout->names = arena_take(layout->arena, count, sizeof *layout->names);
    for (size_t i = 0; i < count; i++)
        layout->names[i] = arena_text_n(layout->arena, names[i].bytes, names[i].length);
}

void delimited_layout_clear(struct delimited_layout *layout)
{
    arena_free(layout->arena);
    *layout = (struct delimited_layout){0};
}

// ---- pieces

enum { VECTOR = 16, VECTORS_COUNTED = 255 };
typedef unsigned char vector __attribute__((vector_size(VECTOR)));

static vector load(const char *from)
{
    vector value;
    memcpy(&value, from, VECTOR);
    return value;
}

static size_t sum(vector counts)
{
    size_t total = 0;
    for (int i = 0; i < VECTOR; i++)
        total += counts[i];
    return total;
}

struct counts {
    size_t quotes;
    size_t lines; // line ends: LF, CR LF or a lone CR
};

// Counts in [from, to); `to` does not part a CR from its LF. Bytes up to to[0] are readable.
static void count(struct counts *counts, const char *from, const char *to, bool carriages)
{
    while (to - from > VECTOR) {
        vector quotes = {0}, lines = {0};
        for (int i = 0; i < VECTORS_COUNTED && to - from > VECTOR; i++, from += VECTOR) {
            vector bytes = load(from);
            quotes -= (vector)(bytes == '"'); // a true comparison is -1
            lines -= (vector)(bytes == '\n');
            if (carriages)
                lines -= (vector)((bytes == '\r') & (load(from + 1) != '\n'));
        }
        counts->quotes += sum(quotes);
        counts->lines += sum(lines);
    }
    for (; from < to; from++) {
        counts->quotes += *from == '"';
        counts->lines += *from == '\n' || (*from == '\r' && from[1] != '\n');
    }
}

size_t delimited_cut(const struct delimited_layout *layout, const char *text, size_t length,
                     size_t wanted, struct record_range *pieces)
{
    const char *end = text + length, *from = text + layout->start, *at = from;
    bool carriages = memchr(from, '\r', (size_t)(end - from)) != NULL;
    size_t step = (size_t)(end - from) / wanted, found = 0;
    int64_t line = layout->line;
    struct counts counts = {0};
    while (found + 1 < wanted && step > 0) {
        const char *target = from + step;
        if (target >= end)
            break;
        do {
            target = record_line_end(target, end);
            count(&counts, at, target, carriages);
            at = target;
        } while (counts.quotes % 2 != 0 && target < end);
        if (target == end)
            break;
        pieces[found++] = (struct record_range){from, (size_t)(target - from), line, false};
        from = target;
        line = layout->line + (int64_t)counts.lines;
    }
    pieces[found++] = (struct record_range){from, (size_t)(end - from), line, true};
    return found;
}

// ---- rows

enum { RECORDS_BETWEEN_REPORTS = 4096 };

struct reported {
    int64_t bytes, rows;
};

static void report(struct progress *progress, struct reported *before,
                   const struct record_reader *reader, const struct part *part)
{
    struct reported now = {(int64_t)record_position(reader), (int64_t)part_rows(part)};
    atomic_fetch_add_explicit(&progress->bytes, now.bytes - before->bytes, memory_order_relaxed);
    atomic_fetch_add_explicit(&progress->rows, now.rows - before->rows, memory_order_relaxed);
    *before = now;
}

static void take(struct delimited_target *target, const struct delimited_layout *layout,
                 const struct record_reader *reader, const struct record *record)
{
    if (target->intake)
        intake_add(target->intake, record->line, record_line(reader) - 1, record->fields,
                   record->reason ? record->field_count : layout->columns, record->reason,
                   record->first_line);
    else if (record->reason)
        part_reject(target->part, record->line, record->first_line.bytes, record->first_line.length,
                    record->reason);
    else {
        mapping_put(target->mapping, target->part, record->fields);
        part_digest(target->part,
                    hash_quick(target->digest_seed, record->bytes.bytes, record->bytes.length));
        part_end_row(target->part, record->line);
    }
    target->records++;
}

bool delimited_read(const struct delimited_dialect *dialect, const struct delimited_layout *layout,
                    const struct record_range *piece, struct delimited_target *target)
{
    struct record_format format = {dialect->delimiter, layout->columns + layout->surplus,
                                   dialect->field_cap};
    struct record_reader *reader = record_reader_new(&format, piece);
    struct reported reported = {0};
    struct record record;
    enum record_status status;
    size_t empty = 0;
    for (int count_down = RECORDS_BETWEEN_REPORTS;
         (status = record_next(reader, &record)) == RECORD_READ;) {
        if (record_is_empty(&record))
            empty++;
        else
            take(target, layout, reader, &record);
        if (--count_down == 0) {
            report(target->progress, &reported, reader, target->part);
            count_down = RECORDS_BETWEEN_REPORTS;
        }
    }
    report(target->progress, &reported, reader, target->part);
    target->blank_lines = record_blank_lines(reader) + (int64_t)empty;
    record_reader_free(reader);
    return status == RECORD_END;
}
