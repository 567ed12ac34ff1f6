// SPDX-License-Identifier: MIT
// Any bytes as a CSV file. The first byte chooses delimiter, cap and size of the pieces; the rest
// is the text. However it is cut, every physical line must be accounted for, and all ways must
// agree.
#include "adapters/delimited.h"
#include "engine/base/buffer.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PIECES = 4 };

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static void must(bool holds, const char *what)
{
    if (holds)
        return;
    fprintf(stderr, "does not hold: %s\n", what);
    abort();
}

// Adds the records of a piece to `out`; false when one was open at its end.
static bool show(const struct record_format *format, const struct record_range *range,
                 struct buffer *out)
{
    struct record_reader *reader = record_reader_new(format, range);
    struct record record;
    enum record_status status;
    int64_t line = range->line - 1, records = 0;
    while ((status = record_next(reader, &record)) == RECORD_READ) {
        must(record.line > line, "records begin on different lines, in order");
        line = record.line;
        records++;
        buffer_printf(out, "%lld %s", (long long)record.line, record.reason ? record.reason : "");
        must(record.reason || format->columns == 0 || record.field_count == format->columns,
             "a record has the columns that it must have");
        for (size_t i = 0; i < record.field_count; i++) {
            buffer_add_byte(out, '|');
            buffer_add(out, record.fields[i].bytes, record.fields[i].length);
        }
        buffer_add_byte(out, '\n');
    }
    if (status == RECORD_END) {
        must(record_position(reader) == range->length, "all bytes are read");
        must(records + record_blank_lines(reader) <= record_line(reader) - range->line,
             "a record or blank line takes a line");
    }
    record_reader_free(reader);
    return status == RECORD_END;
}

static void read_text(const char *text, size_t length, unsigned choice)
{
    static const char delimiters[] = ",;\t|";
    struct delimited_dialect dialect = {delimiters[choice % 4], choice & 4, choice / 16 % 4,
                                        choice & 8 ? 20 : 1 << 20};
    struct delimited_layout layout;
    struct error error;
    if (delimited_layout_read(&layout, &dialect, text, length, "fuzz.csv", &error) == 0) {
        struct record_format format = {dialect.delimiter, layout.columns, dialect.field_cap};
        struct record_range whole, pieces[PIECES];
        struct buffer one = {0}, many = {0};
        delimited_cut(&layout, text, length, 1, &whole);
        must(show(&format, &whole, &one), "the last piece has no open end");
        size_t count = delimited_cut(&layout, text, length, PIECES, pieces);
        bool fits = true;
        for (size_t i = 0; i < count && fits; i++)
            fits = show(&format, &pieces[i], &many);
        must(!fits || (one.length == many.length &&
                       (one.length == 0 || memcmp(one.data, many.data, one.length) == 0)),
             "pieces that fit give what the whole gives");
        buffer_clear(&one);
        buffer_clear(&many);
    }
    delimited_layout_clear(&layout);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    if (size == 0)
        return 0;
    char *text = malloc(size); // a block of its own, so that a read past the text is found
    if (!text)
        return 0;
    memcpy(text, bytes + 1, size - 1);
    text[size - 1] = '\0';
    read_text(text, size - 1, bytes[0]);
    free(text);
    return 0;
}
