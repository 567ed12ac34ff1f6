// SPDX-License-Identifier: MIT
// Two readers of one grammar. cut_line cuts a line at its delimiters, 64 bytes at a time, and gives
// up at the first quote, before anything is taken from the text; then libcsv, in its strict mode,
// gets the record line by line. A record that it refuses for quotes in unquoted fields is tried
// once more with these as data. The fields of the first reader stand in the source, those of libcsv
// in a buffer that may move until the record has ended. Whatever the bytes, each record takes a
// line at least, so reading ends.
#include "adapters/record.h"

#include "engine/base/buffer.h"
#include "engine/base/memory.h"
#include "engine/base/reason.h"
#include "engine/data/cell.h"

#include <csv.h>
#include <stdlib.h>
#include <string.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

enum { PIECE_SIZE = 1 << 16, BLOCK = 64 };

struct record_reader {
    struct record_format format;
    struct record_range range;
    const char *at, *end;
    int64_t line, blank_lines;
    // The 64 bytes in which a line is being cut, and where in them a delimiter, quote or line end
    // stands.
    const char *block;
    uint64_t stops;
    struct text *fields;
    size_t field_count, field_capacity;
    struct csv_parser parser;
    bool parser_ready;
    // Of the record that libcsv is in: its fields' bytes, and whether its end was seen.
    struct buffer bytes;
    bool ended, too_long;
    struct buffer reason; // why the last record cannot be split
};

struct record_reader *record_reader_new(const struct record_format *format,
                                        const struct record_range *range)
{
    struct record_reader *reader = memory_new(1, sizeof *reader);
    reader->format = *format;
    reader->range = *range;
    reader->at = range->text;
    reader->end = range->text + range->length;
    reader->line = range->line;
    return reader;
}

static void drop_parser(struct record_reader *reader)
{
    if (reader->parser_ready)
        csv_free(&reader->parser);
    reader->parser_ready = false;
}

void record_reader_free(struct record_reader *reader)
{
    if (!reader)
        return;
    drop_parser(reader);
    buffer_clear(&reader->bytes);
    buffer_clear(&reader->reason);
    free(reader->fields);
    free(reader);
}

size_t record_position(const struct record_reader *reader)
{
    return (size_t)(reader->at - reader->range.text);
}

int64_t record_line(const struct record_reader *reader)
{
    return reader->line;
}

int64_t record_blank_lines(const struct record_reader *reader)
{
    return reader->blank_lines;
}

const char *record_line_end(const char *from, const char *end)
{
    const char *feed = memchr(from, '\n', (size_t)(end - from));
    const char *stop = feed ? feed : end;
    const char *carriage = memchr(from, '\r', (size_t)(stop - from));
    if (carriage && carriage + 1 != feed)
        return carriage + 1;
    return feed ? feed + 1 : end;
}

static inline struct text *new_field(struct record_reader *reader)
{
    if (reader->field_count == reader->field_capacity) {
        reader->field_capacity = reader->field_capacity ? reader->field_capacity * 2 : 32;
        reader->fields =
            memory_resize(reader->fields, reader->field_capacity, sizeof *reader->fields);
    }
    return &reader->fields[reader->field_count++];
}

// ---- lines without quotes

#ifdef __SSE2__
static uint64_t find_stops(const char *block, char delimiter)
{
    uint64_t stops = 0;
    for (int i = 0; i < BLOCK; i += 16) {
        __m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)(block + i));
        __m128i found = _mm_or_si128(_mm_or_si128(_mm_cmpeq_epi8(bytes, _mm_set1_epi8(delimiter)),
                                                  _mm_cmpeq_epi8(bytes, _mm_set1_epi8('"'))),
                                     _mm_or_si128(_mm_cmpeq_epi8(bytes, _mm_set1_epi8('\n')),
                                                  _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\r'))));
        stops |= (uint64_t)(unsigned)_mm_movemask_epi8(found) << i;
    }
    return stops;
}
#else
static uint64_t find_stops(const char *block, char delimiter)
{
    uint64_t stops = 0;
    for (int i = 0; i < BLOCK; i++)
        stops |= (uint64_t)(block[i] == delimiter || block[i] == '"' || block[i] == '\n' ||
                            block[i] == '\r')
                 << i;
    return stops;
}
#endif

static void enter_block(struct record_reader *reader, const char *block)
{
    size_t left = (size_t)(reader->end - block);
    reader->block = block;
    if (left >= BLOCK) {
        reader->stops = find_stops(block, reader->format.delimiter);
        return;
    }
    char rest[BLOCK] = {0};
    memcpy(rest, block, left);
    reader->stops = find_stops(rest, reader->format.delimiter) & ((UINT64_C(1) << left) - 1);
}

// The next delimiter, quote or line end, or the end of the text.
static inline const char *next_stop(struct record_reader *reader)
{
    while (reader->stops == 0) {
        if (reader->end - reader->block <= BLOCK)
            return reader->end;
        enter_block(reader, reader->block + BLOCK);
    }
    const char *stop = reader->block + __builtin_ctzll(reader->stops);
    reader->stops &= reader->stops - 1;
    return stop;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

static inline void add_plain(struct record_reader *reader, const char *from, const char *to)
{
    char delimiter = reader->format.delimiter;
    while (from < to && is_blank(*from) && *from != delimiter)
        from++;
    while (to > from && is_blank(to[-1]) && to[-1] != delimiter)
        to--;
    *new_field(reader) = (struct text){from, (size_t)(to - from)};
}

// Cuts the line at hand into fields; false when libcsv must read it. On success `at` stands after
// its line end.
static bool cut_line(struct record_reader *reader)
{
    const char *field = reader->at, *end = reader->end, *stop;
    char delimiter = reader->format.delimiter;
    reader->field_count = 0;
    if (!reader->block || reader->block > field || field - reader->block >= BLOCK)
        enter_block(reader, field);
    for (;; field = stop + 1) {
        stop = next_stop(reader);
        if ((size_t)(stop - field) > reader->format.field_cap || (stop < end && *stop == '"')) {
            reader->block = NULL;
            return false;
        }
        add_plain(reader, field, stop);
        if (stop == end || *stop != delimiter)
            break;
    }
    if (stop + 1 < end && *stop == '\r' && stop[1] == '\n')
        stop = next_stop(reader);
    reader->at = stop < end ? stop + 1 : end;
    reader->line++;
    return true;
}

// ---- libcsv

static void on_field(void *bytes, size_t length, void *context)
{
    struct record_reader *reader = context;
    if (reader->ended)
        return;
    // The buffer may still move: for now the field holds where it ends.
    buffer_add(&reader->bytes, bytes, length);
    *new_field(reader) = (struct text){NULL, length};
    reader->too_long = reader->too_long || length > reader->format.field_cap;
}

static void on_end(int terminator, void *context)
{
    (void)terminator;
    struct record_reader *reader = context;
    reader->ended = true;
}

static void start_record(struct record_reader *reader, unsigned char options)
{
    // A parser that failed, or stopped within a record, keeps its state: it is not used again.
    drop_parser(reader);
    if (csv_init(&reader->parser, options) != 0)
        memory_exhausted();
    csv_set_delim(&reader->parser, (unsigned char)reader->format.delimiter);
    csv_set_blk_size(&reader->parser, 256 << 10);
    reader->parser_ready = true;
}

static void clear_record(struct record_reader *reader)
{
    buffer_reset(&reader->bytes);
    reader->field_count = 0;
    reader->ended = reader->too_long = false;
}

// Feeds a run of bytes; false on a parse error. Fed in pieces so that a field without end is
// noticed.
static bool feed(struct record_reader *reader, const char *from, const char *to)
{
    while (from < to && !reader->too_long) {
        size_t piece = (size_t)(to - from) < PIECE_SIZE ? (size_t)(to - from) : PIECE_SIZE;
        if (csv_parse(&reader->parser, from, piece, on_field, on_end, reader) != piece) {
            if (csv_error(&reader->parser) != CSV_EPARSE)
                memory_exhausted();
            return false;
        }
        reader->too_long = reader->too_long ||
                           (!reader->ended && reader->parser.entry_pos > reader->format.field_cap);
        from += piece;
    }
    return true;
}

// Feeds one physical line; one that the end of the source cuts short gets its line end.
static bool feed_line(struct record_reader *reader, const char *from, const char *to)
{
    if (!feed(reader, from, to))
        return false;
    bool complete = to > from && (to[-1] == '\n' || to[-1] == '\r');
    return complete || feed(reader, "\n", &"\n"[1]);
}

static void place_fields(struct record_reader *reader)
{
    const char *bytes = buffer_text(&reader->bytes);
    for (size_t i = 0; i < reader->field_count; i++) {
        reader->fields[i].bytes = bytes;
        bytes += reader->fields[i].length;
    }
}

// ---- records

static void fail_columns(struct record_reader *reader)
{
    if (reader->format.columns == 1)
        reason_set_with(&reader->reason, REASON_COLUMNS_FOR_ONE, "%zu", reader->field_count);
    else if (reader->field_count == 1)
        reason_set_with(&reader->reason, REASON_ONE_COLUMN, "%zu", reader->format.columns);
    else
        reason_set_with(&reader->reason, REASON_COLUMNS, "%zu" REASON_AND "%zu",
                        reader->field_count, reader->format.columns);
}

static bool has_columns(const struct record_reader *reader)
{
    return reader->format.columns == 0 || reader->field_count == reader->format.columns;
}

// A bare quote within an unquoted field is data, if the same lines then make one record of the
// right width. The strict parser has refused [from, to).
static bool read_leniently(struct record_reader *reader, const char *from, const char *to)
{
    start_record(reader, 0);
    clear_record(reader);
    bool fits = true;
    for (const char *line = from; line < to && fits;) {
        const char *next = record_line_end(line, to);
        fits = feed_line(reader, line, next) && !reader->too_long && reader->ended == (next == to);
        line = next;
    }
    bool parsed = fits && has_columns(reader);
    drop_parser(reader);
    return parsed;
}

// What a try at a record that begins at `at` has found: where it ends, or why it cannot be split.
struct attempt {
    const char *end; // after its last line
    int64_t lines;
    bool open, blank;
    bool failed; // reader->reason says why
};

// What libcsv does not take may be read after all: false.
static bool refuse(struct record_reader *reader, struct attempt *attempt)
{
    if (reader->parser.quoted) {
        reason_set(&reader->reason, REASON_TEXT_AFTER_QUOTE);
        return true;
    }
    if (read_leniently(reader, reader->at, attempt->end))
        return false;
    size_t counted = reader->ended ? reader->field_count : 0;
    if (counted)
        reason_set_with(&reader->reason, REASON_QUOTE_AS_DATA, "%zu" REASON_AND "%zu", counted,
                        reader->format.columns);
    else
        reason_set(&reader->reason, REASON_QUOTE_IN_FIELD);
    return true;
}

static struct attempt try_record(struct record_reader *reader)
{
    struct attempt attempt = {.end = reader->at};
    if (!reader->parser_ready)
        start_record(reader, CSV_STRICT);
    clear_record(reader);
    while (!reader->ended) {
        if (attempt.end == reader->end) {
            attempt.open = !reader->range.last;
            attempt.failed = true;
            reason_set(&reader->reason, REASON_QUOTE_NOT_CLOSED);
            break;
        }
        const char *from = attempt.end;
        attempt.end = record_line_end(from, reader->end);
        attempt.lines++;
        if (!feed_line(reader, from, attempt.end)) {
            attempt.failed = refuse(reader, &attempt);
            break;
        }
        if (reader->too_long) {
            attempt.failed = true;
            reason_set_with(&reader->reason,
                            attempt.lines > 1 ? REASON_FIELD_TOO_LONG_QUOTED
                                              : REASON_FIELD_TOO_LONG,
                            "%zu", reader->format.field_cap);
            break;
        }
        // A line of blanks alone begins no record.
        if (!reader->ended && reader->field_count == 0 && !reader->parser.quoted) {
            attempt.blank = true;
            return attempt;
        }
    }
    if (attempt.failed)
        drop_parser(reader);
    return attempt;
}

static struct text without_line_end(const char *from, const char *to)
{
    while (to > from && (to[-1] == '\n' || to[-1] == '\r'))
        to--;
    return (struct text){from, (size_t)(to - from)};
}

// Stands after the first line of a record that cannot be split.
static void step_over(struct record_reader *reader, const char *from, int64_t line)
{
    reader->at = record_line_end(from, reader->end);
    reader->line = line + 1;
}

static bool is_empty(struct text text)
{
    cell_bare(&text.bytes, &text.length);
    return text.length == 0;
}

// "------", "=====", "--+---": three characters that frame, and no other.
static bool is_rule(struct text text)
{
    size_t count = 0;
    cell_bare(&text.bytes, &text.length);
    for (size_t i = 0; i < text.length; i++) {
        if (!strchr("-=_+|", text.bytes[i]) || !text.bytes[i])
            return false;
        count++;
    }
    return count > 2;
}

bool record_is_empty(const struct record *record)
{
    const struct text *fields = record->fields;
    if (record->field_count == 0)
        return false;
    unsigned char first = fields[0].length ? (unsigned char)*fields[0].bytes : ' ';
    if (first > ' ' && first < 0x80 && !strchr("-=_+|'", first))
        return false; // most records are told by their first byte
    size_t at = 0;
    while (at < record->field_count && is_empty(fields[at]))
        at++;
    if (at == record->field_count)
        return true;
    bool rules = false;
    for (; at < record->field_count; at++) {
        if (!is_empty(fields[at]) && !is_rule(fields[at]))
            return false;
        rules = rules || is_rule(fields[at]);
    }
    return rules;
}

static enum record_status finish(struct record_reader *reader, struct record *record,
                                 const char *from, bool failed)
{
    record->bytes = without_line_end(from, reader->at);
    if (!failed) {
        record->fields = reader->fields;
        record->field_count = reader->field_count;
    }
    if (!failed && !has_columns(reader)) {
        fail_columns(reader);
        failed = true;
    }
    if (failed) {
        step_over(reader, from, record->line);
        record->reason = buffer_text(&reader->reason);
        record->first_line = without_line_end(from, reader->at);
    }
    return RECORD_READ;
}

enum record_status record_next(struct record_reader *reader, struct record *record)
{
    for (;;) {
        if (reader->at == reader->end)
            return RECORD_END;
        const char *from = reader->at;
        *record = (struct record){.line = reader->line};
        if (cut_line(reader)) {
            if (reader->field_count > 1 || reader->fields[0].length > 0)
                return finish(reader, record, from, false);
            reader->blank_lines++;
            continue;
        }
        struct attempt attempt = try_record(reader);
        if (attempt.open)
            return RECORD_OPEN;
        reader->at = attempt.end;
        reader->line += attempt.lines;
        if (attempt.blank) {
            reader->blank_lines++;
            continue;
        }
        place_fields(reader);
        return finish(reader, record, from, attempt.failed);
    }
}
