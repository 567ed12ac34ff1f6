// SPDX-License-Identifier: MIT
// One COPY, in its text format, into one part. The bytes are hashed as the server sent them;
// escapes are undone in their place, since no text grows by it. A null and an empty text come out
// alike, as from a file. The server is not trusted to be one: a row must have the columns that were
// asked for, and the end must count as many rows as came.
#include "adapters/postgres_copy.h"

#include "adapters/intake.h"
#include "adapters/postgres_error.h"
#include "engine/base/hash.h"
#include "engine/base/memory.h"
#include "engine/base/reason.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FIELD_CAP = 16 << 20, ROWS_PER_REPORT = 4096 };

// ---- the text format

static int digit_value(char c, int base)
{
    int value = c >= '0' && c <= '9'   ? c - '0'
                : c >= 'a' && c <= 'f' ? c - 'a' + 10
                : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                       : base;
    return value < base ? value : -1;
}

// Digits of a byte written as a number, at most `most` of them.
static const char *take_byte(const char *at, const char *end, int base, int most, char *byte)
{
    int value = 0;
    for (int taken = 0; taken < most && at < end && digit_value(*at, base) >= 0; taken++, at++)
        value = value * base + digit_value(*at, base);
    *byte = (char)value;
    return at;
}

// What stands after a backslash; returns the byte after it.
static const char *take_escape(const char *at, const char *end, char *byte)
{
    static const char letters[] = "bfnrtv", meanings[] = "\b\f\n\r\t\v";
    const char *letter = strchr(letters, *at);
    if (letter && *letter) {
        *byte = meanings[letter - letters];
        return at + 1;
    }
    if (digit_value(*at, 8) >= 0)
        return take_byte(at, end, 8, 3, byte);
    if (*at == 'x' && at + 1 < end && digit_value(at[1], 16) >= 0)
        return take_byte(at + 1, end, 16, 2, byte);
    *byte = *at;
    return at + 1;
}

static struct text undo_escapes(char *field, size_t length)
{
    char *to = memchr(field, '\\', length);
    const char *at = to, *end = field + length;
    if (!to)
        return (struct text){field, length};
    if (length == 2 && field[1] == 'N')
        return (struct text){field, 0};
    while (at < end) {
        if (*at == '\\' && at + 1 < end)
            at = take_escape(at + 1, end, to++);
        else
            *to++ = *at++;
    }
    return (struct text){field, (size_t)(to - field)};
}

bool postgres_copy_split(char *row, size_t length, struct text *fields, size_t count)
{
    char *end = row + length;
    if (count == 0)
        return length == 0;
    bool plain = !memchr(row, '\\', length);
    for (size_t i = 0; i < count; i++) {
        char *tab = memchr(row, '\t', (size_t)(end - row));
        if ((tab == NULL) != (i + 1 == count))
            return false;
        size_t size = (size_t)((tab ? tab : end) - row);
        fields[i] = plain ? (struct text){row, size} : undo_escapes(row, size);
        row = tab ? tab + 1 : end;
    }
    return true;
}

// ---- one row

static struct text without_padding(struct text text)
{
    while (text.length && text.bytes[text.length - 1] == ' ')
        text.length--;
    return text;
}

// The clock of a moment, without its offset: the session shows it in the engagement's zone.
static struct text without_offset(struct text text)
{
    for (size_t i = text.length; i > 11; i--)
        if (text.bytes[i - 1] == '+' || text.bytes[i - 1] == '-')
            return (struct text){text.bytes, i - 1};
    return text;
}

struct reading {
    struct postgres_copy *copy;
    struct text *sent;   // fields as COPY sends them
    struct text *fields; // by column; those not sent stay empty
    size_t cap;
    struct hash *hash;
    int64_t row;
};

static const char *place(struct reading *reading)
{
    const struct postgres_copy *copy = reading->copy;
    for (size_t i = 0; i < copy->slot_count; i++) {
        int slot = copy->slots[i];
        const struct postgres_column *column = &copy->columns->items[slot];
        struct text text = reading->sent[i];
        if (text.length > reading->cap)
            return column->name;
        if (column->padded)
            text = without_padding(text);
        if (column->zoned && copy->days[slot])
            text = without_offset(text);
        reading->fields[slot] = text;
    }
    return NULL;
}

static int put_row(struct reading *reading, char *row, size_t length, struct error *error)
{
    struct postgres_copy *copy = reading->copy;
    int64_t line = ++reading->row;
    struct feed *feed = copy->feed;
    uint64_t digest = hash_quick(feed->digest_seed, row, length);
    if (length && row[length - 1] == '\n')
        length--;
    if (!postgres_copy_split(row, length, reading->sent, copy->slot_count))
        return error_set(error, ERROR_SOURCE, copy->feed->name,
                         "a row does not have the %zu columns that were asked for: is this "
                         "server PostgreSQL?",
                         copy->slot_count);
    const char *wide = place(reading);
    if (wide) {
        struct buffer reason = {0};
        reason_set_with(&reason, REASON_FIELD_TOO_LONG_IN, "%zu" REASON_AND "%.100s", reading->cap,
                        wide);
        if (feed->intake)
            intake_add(feed->intake, line, line, NULL, 0, buffer_text(&reason),
                       (struct text){"", 0});
        else
            part_reject(copy->part, line, NULL, 0, buffer_text(&reason));
        buffer_clear(&reason);
        return 0;
    }
    if (feed->intake) {
        intake_add(feed->intake, line, line, reading->fields, copy->columns->count, NULL,
                   (struct text){"", 0});
        return 0;
    }
    mapping_put(feed->mapping, copy->part, reading->fields);
    part_digest(copy->part, digest);
    part_end_row(copy->part, line);
    return 0;
}

// ---- the whole COPY

static bool is_unwanted(const struct postgres_copy *copy)
{
    return atomic_load(copy->stopped) ||
           copy->feed->position > atomic_load(&copy->feed->import->first_failed);
}

static void report(const struct postgres_copy *copy, int64_t *rows, int64_t *bytes)
{
    struct progress *progress = &copy->feed->import->progress;
    atomic_fetch_add(&progress->rows, *rows);
    atomic_fetch_add(&progress->bytes, *bytes);
    *rows = *bytes = 0;
}

// The rows; -1 with `error` when one is odd, or when no more are wanted.
static int receive(struct reading *reading, PGconn *connection, struct error *error)
{
    struct postgres_copy *copy = reading->copy;
    int64_t rows = 0, bytes = 0;
    int length, outcome = 0;
    char *row;
    while (outcome == 0 && (length = PQgetCopyData(connection, &row, 0)) > 0) {
        hash_add(reading->hash, row, (size_t)length);
        copy->bytes += length;
        bytes += length;
        outcome = put_row(reading, row, (size_t)length, error);
        PQfreemem(row);
        if (++rows == ROWS_PER_REPORT) {
            report(copy, &rows, &bytes);
            if (is_unwanted(copy))
                outcome = error_set(error, ERROR_SOURCE, copy->feed->name, "not read to its end");
        }
    }
    report(copy, &rows, &bytes);
    return outcome;
}

// COPY has ended: did it end well, and with as many rows as have come?
static int finish(const struct reading *reading, PGconn *connection, struct error *error)
{
    const struct postgres_copy *copy = reading->copy;
    int outcome = -1;
    bool ended = false;
    for (PGresult *result; (result = PQgetResult(connection)); PQclear(result)) {
        if (ended)
            continue;
        ended = true;
        if (PQresultStatus(result) != PGRES_COMMAND_OK)
            postgres_fail(error, copy->feed->name, connection, result, copy->relation);
        else if (strtoll(PQcmdTuples(result), NULL, 10) != reading->row)
            error_set(error, ERROR_SOURCE, copy->feed->name,
                      "the server counts %s rows, but %lld have come", PQcmdTuples(result),
                      (long long)reading->row);
        else
            outcome = 0;
    }
    if (!ended)
        postgres_fail(error, copy->feed->name, connection, NULL, copy->relation);
    return outcome;
}

static int begin(const struct postgres_copy *copy, PGconn *connection, struct error *error)
{
    PGresult *result = PQexec(connection, copy->sql);
    int outcome = 0;
    if (PQresultStatus(result) != PGRES_COPY_OUT)
        outcome = postgres_fail(error, copy->feed->name, connection, result, copy->relation);
    PQclear(result);
    return outcome;
}

int postgres_copy_read(struct postgres_copy *copy, PGconn *connection, struct error *error)
{
    const struct import *import = copy->feed->import;
    struct reading reading = {
        .copy = copy,
        .sent = memory_new(copy->slot_count + 1, sizeof(struct text)),
        .fields = memory_new(copy->columns->count + 1, sizeof(struct text)),
        .cap = import->options->field_cap ? import->options->field_cap : FIELD_CAP,
        .hash = hash_new(),
    };
    for (size_t i = 0; i < copy->columns->count; i++)
        reading.fields[i].bytes = "";
    copy->part = part_new(import->data->model, copy->feed->table, copy->feed->source,
                          import->data->scope.zone);
    mapping_add_columns(copy->feed->mapping, copy->part);
    int outcome = begin(copy, connection, error);
    if (outcome == 0)
        outcome = receive(&reading, connection, error);
    if (outcome == 0)
        outcome = finish(&reading, connection, error);
    copy->rows = reading.row;
    hash_finish(reading.hash, copy->sha256);
    free(reading.sent);
    free(reading.fields);
    return outcome;
}
