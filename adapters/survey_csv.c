// SPDX-License-Identifier: MIT
// A CSV file of which nothing is known: its encoding by its bytes, its delimiter by the widths of
// its records.
#include "adapters/decode.h"
#include "adapters/record.h"
#include "adapters/survey.h"

#include <string.h>
#include <utf8proc.h>

enum { FIELD_CAP = 1 << 20, RECORDS_TRIED = 400, WIDTHS = 256, BYTES_TRIED = 1 << 16 };

// ---- encoding

static bool is_utf8(const struct decoded *text)
{
    for (size_t i = 0; i < text->length;) {
        utf8proc_int32_t point;
        utf8proc_ssize_t used = utf8proc_iterate((const utf8proc_uint8_t *)text->bytes + i,
                                                 (utf8proc_ssize_t)(text->length - i), &point);
        if (used <= 0)
            return false;
        i += (size_t)used;
    }
    return true;
}

// UTF-16 without a mark: every other byte of ASCII is zero.
static const char *wide_encoding(const struct decoded *text)
{
    size_t zeros[2] = {0}, length = text->length < BYTES_TRIED ? text->length : BYTES_TRIED;
    for (size_t i = 0; i < length; i++)
        zeros[i % 2] += text->bytes[i] == '\0';
    if (zeros[1] > length / 8 && zeros[0] <= length / 64)
        return "UTF-16LE";
    if (zeros[0] > length / 8 && zeros[1] <= length / 64)
        return "UTF-16BE";
    return NULL;
}

// Letters of Western Europe stand alone between ASCII; common Chinese characters are pairs of two
// bytes above 0xA0.
static const char *narrow_encoding(const struct decoded *text)
{
    size_t pairs = 0, single = 0;
    for (size_t i = 0; i < text->length; i++) {
        unsigned char byte = (unsigned char)text->bytes[i];
        unsigned char next = i + 1 < text->length ? (unsigned char)text->bytes[i + 1] : 0;
        if (byte < 0x80)
            continue;
        if (byte > 0xA0 && byte < 0xFA && next > 0xA0) {
            pairs++;
            i++;
        } else {
            single++;
        }
    }
    return pairs >= 4 * single ? "GB18030" : "windows-1252";
}

// NULL: nothing needs to be said.
static const char *find_encoding(const struct decoded *text)
{
    const char *wide = wide_encoding(text);
    if (wide)
        return wide;
    return is_utf8(text) ? NULL : narrow_encoding(text);
}

// ---- delimiter

// How well a delimiter fits: records of the most frequent width beyond one, times that width.
static size_t fit(const struct decoded *text, char delimiter)
{
    size_t widths[WIDTHS] = {0}, best = 0;
    struct record_format format = {delimiter, 0, FIELD_CAP};
    struct record_range range = {text->bytes, text->length, 1, true};
    struct record_reader *reader = record_reader_new(&format, &range);
    struct record record;
    for (int i = 0; i < RECORDS_TRIED && record_next(reader, &record) == RECORD_READ; i++)
        if (!record_is_empty(&record) && record.field_count > 1)
            widths[record.field_count < WIDTHS ? record.field_count : WIDTHS - 1]++;
    record_reader_free(reader);
    for (size_t i = 2; i < WIDTHS; i++)
        if (widths[i] * i > best)
            best = widths[i] * i;
    return best;
}

static char find_delimiter(const struct decoded *text)
{
    static const char delimiters[] = {',', ';', '\t', '|'};
    char best = ',';
    size_t most = 0;
    for (size_t i = 0; i < sizeof delimiters; i++) {
        size_t found = fit(text, delimiters[i]);
        if (found > most) {
            best = delimiters[i];
            most = found;
        }
    }
    return best;
}

// ---- the sheet

static void add_records(struct survey *survey, struct survey_sheet *sheet,
                        const struct decoded *text)
{
    struct record_format format = {sheet->delimiter, 0, FIELD_CAP};
    struct record_range range = {text->bytes, text->length, 1, true};
    struct record_reader *reader = record_reader_new(&format, &range);
    struct record record;
    while (record_next(reader, &record) == RECORD_READ) {
        if (record_is_empty(&record) || record.reason)
            continue;
        survey_begin_row(sheet, record.line);
        for (size_t i = 0; i < record.field_count; i++)
            survey_add_cell(survey, sheet, record.fields[i].bytes, record.fields[i].length);
    }
    record_reader_free(reader);
}

void survey_csv(struct survey *survey, struct survey_sheet *sheet, const char *path)
{
    struct file_bytes file = {0};
    struct decoded text = {0};
    struct unpack_limit limit = {0};
    struct error error = {0};
    bool read = file_bytes_read(&file, path, sheet->file, &error) == 0 &&
                decode(&text, &file, sheet->file, NULL, &limit, &error) == 0;
    const char *encoding =
        read && strcmp(text.encoding, "UTF-8") == 0 ? find_encoding(&text) : NULL;
    if (encoding) {
        decoded_clear(&text);
        sheet->encoding = encoding;
        read = decode(&text, &file, sheet->file, encoding, &limit, &error) == 0;
    }
    if (read) {
        sheet->delimiter = find_delimiter(&text);
        add_records(survey, sheet, &text);
    } else {
        sheet->trouble = arena_text(survey->arena, error.message);
    }
    decoded_clear(&text);
    file_bytes_clear(&file);
}
